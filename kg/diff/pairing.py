"""Finds which thing of one build is which thing of the other.

First come things with the same identifier, then those that share less and less (place and words, words alone), and at
last those whose words are most alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain
from typing import Generic, TypeVar

from pyoxigraph import NamedNode

from kg.diff.sides import REFERENCE_DATA, BuildView, properties_of
from kg.graph.direct_triples import ASSIGNMENT
from kg.graph.things import Thing, Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Round(Generic[T]):
    """One way to recognise things: a key for those before and a key for those after; equal keys make a pair.

    A thing with an empty key is left for the next round. Several things of one key are paired in their order if both
    sides have as many of them; otherwise, and with `lone` wherever a side has several, none of them is paired, because
    a guess would mislead.
    """

    before: Callable[[T], Hashable]
    after: Callable[[T], Hashable]
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Pairing(Generic[T]):
    """The pairs that were found, the things that are gone from the build before, and those that the later one added."""

    pairs: tuple[tuple[T, T], ...]
    gone: tuple[T, ...]
    added: tuple[T, ...]


def pair_up(
    before: Iterable[T],
    after: Iterable[T],
    rounds: Sequence[Round[T]],
    *,
    alike: Callable[[T, T], float] | None = None,
    least: float = 0.6,
) -> Pairing[T]:
    """Pair the things of two builds.

    Each round pairs what earlier ones left. What is left after all rounds is paired by likeness, the most alike first,
    where `alike` gives at least `least` (both from 0 to 1).
    """
    left, right = list(before), list(after)
    pairs: list[tuple[T, T]] = []
    for one_round in rounds:
        found = _by_key(left, right, one_round)
        pairs += found
        left, right = _without(left, [one for one, _ in found]), _without(right, [other for _, other in found])
    if alike:
        found = _by_likeness(left, right, alike, least)
        pairs += found
        left, right = _without(left, [one for one, _ in found]), _without(right, [other for _, other in found])
    return Pairing(tuple(pairs), tuple(left), tuple(right))


def _by_key(left: list[T], right: list[T], one_round: Round[T]) -> list[tuple[T, T]]:
    groups: defaultdict[Hashable, tuple[list[T], list[T]]] = defaultdict(lambda: ([], []))
    for one in left:
        groups[one_round.before(one)][0].append(one)
    for one in right:
        groups[one_round.after(one)][1].append(one)
    return [
        pair
        for key, (some, others) in groups.items()
        if key and len(some) == len(others) and (len(some) == 1 or not one_round.lone)
        for pair in zip(some, others, strict=True)
    ]


def _by_likeness(left: list[T], right: list[T], alike: Callable[[T, T], float], least: float) -> list[tuple[T, T]]:
    scored = [
        (-score, i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (score := alike(one, other)) >= least
    ]
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j]))
    return pairs


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """Return how alike two texts are, from 0 to 1; 0 where it is surely less than `least`.

    >>> likeness("发展绿色信贷", "大力发展绿色信贷")
    0.8571428571428571
    """
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _without(things: list[T], taken: list[T]) -> list[T]:
    ids = {id(one) for one in taken}
    return [one for one in things if id(one) not in ids]


_ALIKE = 0.6
_SAME_PLACE = 0.2
Key = Callable[[Thing], Hashable]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Both builds, the pairs of documents, and for each pair (or document left over) the pairs of what it holds."""

    before: BuildView
    after: BuildView
    known: dict[str, str] = field(default_factory=dict)
    """The IRI in the second build of what is known again, by its IRI in the first."""

    def documents(self) -> Pairing[Thing]:
        """Pair the documents."""
        keys: list[Key] = [_iri, _number_and_title, _number, _title]
        return self._pair(self.before.documents(), self.after.documents(), [_both(key) for key in keys], _titles_alike)

    def within(self, before: str, after: str) -> Iterator[Pairing[Thing]]:
        """Pair the measures of one document, then its assignments, then all else; one side may be empty."""
        measures = self.before.within(before, "zc:Measure"), self.after.within(after, "zc:Measure")
        yield self._pair(*measures, [_both(key) for key in (_iri_and_label, _place_and_label, _label)], _measures_alike)
        yield self._assignments(before, after)
        yield self._others(before, after)

    def reference(self) -> Pairing[Thing]:
        """Pair the reference data that takes part."""
        return self._pair(self.before.within(REFERENCE_DATA), self.after.within(REFERENCE_DATA), [_both(_iri)], None)

    def same(self, value: Value, side: BuildView) -> str:
        """Return what a value is equal by: a node of the first build counts as the one it is in the second."""
        known = self.known.get(value.value) if isinstance(value, NamedNode) and side is self.before else None
        return str(NamedNode(known)) if known else str(value)

    def _pair(
        self,
        before: Iterable[Thing],
        after: Iterable[Thing],
        rounds: list[Round[Thing]],
        alike: Callable[[Thing, Thing], float] | None,
    ) -> Pairing[Thing]:
        found = pair_up(before, after, rounds, alike=alike, least=_ALIKE)
        self.known.update((one.iri, other.iri) for one, other in found.pairs)
        return found

    def _assignments(self, before: str, after: str) -> Pairing[Thing]:
        """Pair the assignments of a measure by body and role, by body, by the words, then a lone lead with another."""

        def by(*names: str, lone: bool = False) -> Round[Thing]:
            def key(thing: Thing, measure: str) -> Hashable:
                values = tuple(thing.link(name) or thing.text(name) for name in names)
                return (measure, *values) if measure and all(values) else ()

            return Round(
                lambda thing: key(thing, self.known.get(thing.link("zc:measure"), "")),
                lambda thing: key(thing, thing.link("zc:measure")),
                lone,
            )

        rounds = [by("zc:agent", "zc:role"), by("zc:agent"), by("zc:role", "zc:surfaceForm"), by("zc:role", lone=True)]
        old, new = ([one for one in side if one.is_a(ASSIGNMENT)] for side in self._sides(before, after))
        return self._pair(old, new, rounds, None)

    def _others(self, before: str, after: str) -> Pairing[Thing]:
        """Pair all other things by all they say, by name and measure, by their words, by likeness."""
        old, new = (
            [thing for thing in side if not thing.is_a("zc:Measure", ASSIGNMENT)] for side in self._sides(before, after)
        )
        rounds = list(map(self._either, (self._all_values, _named, _quoted)))
        return self._pair(old, new, rounds, self._labels_alike)

    def _either(self, key: Callable[[Thing, BuildView], Hashable]) -> Round[Thing]:
        return Round(lambda thing: key(thing, self.before), lambda thing: key(thing, self.after))

    def _sides(self, before: str, after: str) -> tuple[list[Thing], list[Thing]]:
        return self.before.within(before), self.after.within(after)

    def _all_values(self, thing: Thing, side: BuildView) -> Hashable:
        values = chain.from_iterable(
            sorted((name, self.same(value, side)) for value in thing.values[name]) for name in properties_of(thing)
        )
        return (thing.kind, *values)

    def _labels_alike(self, one: Thing, other: Thing) -> float:
        if one.kind != other.kind:
            return 0.0
        return likeness(self.before.label(one), self.after.label(other), _ALIKE)


def _both(key: Key) -> Round[Thing]:
    return Round(key, key)


def _iri(thing: Thing) -> str:
    return thing.iri


def _number(thing: Thing) -> Hashable:
    number = thing.text("eli:id_local")
    return (thing.kind, number) if number else ()


def _number_and_title(thing: Thing) -> Hashable:
    return (_number(thing), title_of(thing)) if _number(thing) else ()


def _title(thing: Thing) -> Hashable:
    return (thing.kind, title_of(thing)) if title_of(thing) else ()


def title_of(thing: Thing) -> str:
    """Return a document's title without blanks."""
    return "".join((thing.text("dcterms:title") or thing.text("rdfs:label")).split())


def _titles_alike(one: Thing, other: Thing) -> float:
    return likeness(title_of(one), title_of(other), _ALIKE) if one.kind == other.kind else 0.0


def _place(thing: Thing) -> Hashable:
    return (thing.text("zc:path"), thing.text("zc:part")) if thing.text("zc:path") else ()


def _label(thing: Thing) -> Hashable:
    return thing.text("rdfs:label"), thing.text("zc:part")


def _iri_and_label(thing: Thing) -> Hashable:
    """An identifier alone says little: it comes from the path, and another item may stand there now."""
    return thing.iri, _label(thing)


def _place_and_label(thing: Thing) -> Hashable:
    return (_place(thing), _label(thing)) if _place(thing) else ()


def _measures_alike(one: Thing, other: Thing) -> float:
    """Return how alike two labels are, with a bonus for the same path; so the same item may be reworded further."""
    bonus = _SAME_PLACE if _place(one) and _place(one) == _place(other) else 0.0
    return likeness(thing_label(one), thing_label(other), _ALIKE - bonus) + bonus


def thing_label(thing: Thing) -> str:
    """Return the label of a measure."""
    return thing.text("rdfs:label")


def _named(thing: Thing, side: BuildView) -> Hashable:
    return thing.kind, side.name(thing.iri), side.where(thing)


def _quoted(thing: Thing, side: BuildView) -> Hashable:
    return (thing.kind, side.quote(thing)) if side.quote(thing) else ()
