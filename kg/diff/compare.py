"""Compares two builds: what the second says differently from the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.diff.pairing import Pairing, Pairs
from kg.diff.sides import DIRECT, BuildView, Change, Diff, Field, How, is_document, properties_of, read_build_view
from kg.graph.direct_triples import ASSIGNMENT
from kg.graph.namespaces import VOCABULARIES
from kg.graph.things import Thing, Value
from kg.graph.vocabulary import read_vocabulary

_BODIES = ("zc:Agency", "zc:AgencyGroup")


def compare(before: Iterable[Quad], after: Iterable[Quad]) -> Diff:
    """Return the changes from the first build to the second, document by document, reference data last."""
    return _Comparison(Pairs(read_build_view(before), read_build_view(after))).diff()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two builds that are compared."""

    pairs: Pairs

    def diff(self) -> Diff:
        documents = self.pairs.documents()
        ends = [(one.iri, other.iri) for one, other in documents.pairs]
        ends += [(gone.iri, "") for gone in documents.gone] + [("", added.iri) for added in documents.added]
        found = [(pairing, end) for end in ends for pairing in self.pairs.within(*end)]
        reference = self.pairs.reference()
        within = [change for pairing, end in found for change in self._changes(pairing, self._title(*end))]
        changes = [*self._changes(documents, ""), *within]
        return Diff((*sorted(changes, key=self._place), *sorted(self._changes(reference, ""), key=_name)))

    def _title(self, before: str, after: str) -> str:
        side, iri = (self.pairs.after, after) if after else (self.pairs.before, before)
        return side.label(side.get(iri))

    def _changes(self, pairing: Pairing[Thing], document: str) -> Iterator[Change]:
        before, after = self.pairs.before, self.pairs.after
        for thing in pairing.gone:
            yield _change(How.GONE, before, thing, document, (thing.iri, ""))
        for thing in pairing.added:
            yield _change(How.ADDED, after, thing, document, ("", thing.iri))
        for one, other in pairing.pairs:
            if fields := self._all_fields(one, other):
                yield _change(How.CHANGED, after, other, document, (one.iri, other.iri), fields)

    def _all_fields(self, one: Thing, other: Thing) -> tuple[Field, ...]:
        """Return what differs; other words alone do not make another assignment, since all of a clause share them."""
        fields = tuple(self._fields(one, other))
        return (*fields, *self._quote(one, other)) if fields or not other.is_a(ASSIGNMENT) else ()

    def _fields(self, one: Thing, other: Thing) -> Iterator[Field]:
        before, after = self.pairs.before, self.pairs.after
        for name in sorted({*self._properties(one), *self._properties(other)}):
            was, now = self._values(one, name, before), self._values(other, name, after)
            if was.keys() != now.keys():
                lost, new = (tuple(sorted(a[key] for key in a.keys() - b.keys())) for a, b in ((was, now), (now, was)))
                yield Field(read_vocabulary().label(name), lost, new, name)

    def _quote(self, one: Thing, other: Thing) -> Iterator[Field]:
        quotes = self.pairs.before.quote(one), self.pairs.after.quote(other)
        if quotes[0] != quotes[1]:
            lost, new = ((quote,) if quote else () for quote in quotes)
            yield Field("quote", lost, new)

    def _properties(self, thing: Thing) -> list[str]:
        """Return the properties to compare; direct triples only unless both builds have assignments, which say more."""
        assigned = self.pairs.before.has_assignments and self.pairs.after.has_assignments
        return [name for name in properties_of(thing) if name not in DIRECT or not assigned]

    def _values(self, thing: Thing, name: str, side: BuildView) -> Mapping[str, str]:
        """Return the values as they read, each under what it is equal by."""
        return {self.pairs.same(value, side): _read(value, side) for value in thing.values.get(name, ())}

    def _place(self, change: Change) -> tuple[object, ...]:
        side = self.pairs.after if change.after else self.pairs.before
        in_document = "document" not in change.topics
        place = side.order(side.get(change.after or change.before)) if in_document else (-1, 0, "")
        return change.document, in_document, place, change.kind, change.how


def _change(
    how: How, side: BuildView, thing: Thing, document: str, ends: tuple[str, str], fields: tuple[Field, ...] = ()
) -> Change:
    topics = {thing.kind, *(field.name for field in fields)}
    topics |= {"document"} if is_document(thing) else set()
    topics |= {"body"} if thing.is_a(*_BODIES) else set()
    label = side.label(thing)
    where = "" if is_document(thing) else side.where(thing)
    within = label if is_document(thing) else document
    return Change(how, thing.kind, within, where, label, *ends, fields, frozenset(topics))


def _name(change: Change) -> tuple[str, ...]:
    return change.kind, change.label, change.how, change.before, change.after


def _read(value: Value, side: BuildView) -> str:
    if not isinstance(value, NamedNode):
        return value.value
    if value.value in side.things:
        return side.name(value.value)
    own = value.value.startswith(tuple(VOCABULARIES.values()))
    return read_vocabulary().label(value.value) if own else value.value
