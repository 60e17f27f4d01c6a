"""Finds the things of one build again in the other.

Identifiers come from the text, so a document that changed in one word has other identifiers throughout. Documents are
therefore paired by identifier, number or title, measures within by path and label, assignments within a measure by
body and role, and all else by what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import NamedNode

from kg.diff.matching import Pairing, Round, likeness, pair_up
from kg.diff.sides import REFERENCE_DATA, BuildView, properties_of
from kg.graph.direct_triples import ASSIGNMENT
from kg.graph.things import Thing, Value

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
        yield self._pair(*measures, [_both(_iri), _both(_place_and_label), _both(_label)], _measures_alike)
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
        return self._pair(old, new, [_both(_iri), *rounds], None)

    def _others(self, before: str, after: str) -> Pairing[Thing]:
        """Pair all other things by all they say, by name and measure, by their words, by likeness."""
        old, new = (
            [thing for thing in side if not thing.is_a("zc:Measure", ASSIGNMENT)] for side in self._sides(before, after)
        )
        rounds = [_both(_iri), *map(self._either, (self._all_values, _named, _quoted))]
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
