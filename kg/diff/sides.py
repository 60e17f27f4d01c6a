"""The two builds of a comparison, their things named as people name them, and the changes between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Quad

from kg.errors import QueryError
from kg.graph.direct_triples import ASSIGNMENT, DIRECT_PROPERTIES
from kg.graph.namespaces import term
from kg.graph.network import REFERENCE, is_node, reached
from kg.graph.things import (
    DOCUMENTS,
    NOTHING,
    Thing,
    Things,
    assignment_name,
    document_of,
    name_of,
    order_of,
    quote_of,
    read_things,
)
from kg.graph.vocabulary import read_vocabulary

DIRECT = {term(name).value for name in DIRECT_PROPERTIES.values()}
"""The properties of direct triples; assignments say the same with more detail."""
REFERENCE_DATA = "reference data"
_WHERE_WORDS_STAND = {
    term(name).value
    for name in ("zc:evidence", "zc:wording", "zc:statedIn", "zc:order", "zc:start", "zc:end", "prov:wasDerivedFrom")
} | {term("skos:hiddenLabel").value}  # words that stood for a body in some document: not said of the body


@dataclass(frozen=True, slots=True)
class BuildView:
    """One of the two builds.

    Attributes:
        things: all its things.
        by_document: the compared ones, by the IRI of the document in which they stand or under `REFERENCE_DATA`.
        has_assignments: whether it has assignments; a slim graph has direct triples only.
    """

    things: Things
    by_document: Mapping[str, tuple[Thing, ...]]
    has_assignments: bool = False

    def get(self, iri: str) -> Thing:
        """Return a thing, an empty one where there is none."""
        return self.things.get(iri, NOTHING)

    def documents(self) -> list[Thing]:
        """Return the documents, by IRI."""
        return [thing for thing in self.things.values() if is_document(thing)]

    def within(self, document: str, kind: str = "") -> list[Thing]:
        """Return what stands in a document, in its order; of one class, such as ``zc:Measure``, where one is given."""
        return [thing for thing in self.by_document.get(document, ()) if not kind or thing.is_a(kind)]

    def name(self, iri: str) -> str:
        """Return what a node is called."""
        return name_of(self.things, iri)

    def quote(self, thing: Thing) -> str:
        """Return the words that prove a thing."""
        return quote_of(self.things, thing)

    def order(self, thing: Thing) -> tuple[int, int, str]:
        """Return what to sort things by, so that they come as they stand in their document."""
        return order_of(self.things, thing)

    def where(self, thing: Thing) -> str:
        """Return the path of a measure; of others the path and label of their measure, or the path of their section."""
        if thing.is_a("zc:Measure"):
            return thing.text("zc:path")
        links = (iri for values in thing.values.values() for value in values if (iri := value.value) in self.things)
        measures = (self.get(iri) for iri in links)
        measure = next((one for one in measures if one.is_a("zc:Measure")), NOTHING)
        if measure.iri:
            return f"{measure.text('zc:path')} {self.name(measure.iri)}".strip()
        return self.get(thing.link("zc:statedIn")).text("zc:path")

    def label(self, thing: Thing) -> str:
        """Return a name that no similar thing has: of a document with its number, of a target with its value."""
        more = ("eli:id_local",) if is_document(thing) else ("zc:comparator", "zc:valueText", "zc:unitText")
        name = assignment_name(self.things, thing, "en") or self.name(thing.iri)
        return " ".join(filter(None, (name, *map(thing.text, more))))


def is_document(thing: Thing) -> bool:
    """Tell whether a thing is a policy document or a news article."""
    return thing.is_a(*DOCUMENTS)


def properties_of(thing: Thing) -> list[str]:
    """Return the properties that say something; where the words stand in their text does not count."""
    return [name for name in thing.values if name not in _WHERE_WORDS_STAND]


def read_build_view(quads: Iterable[Quad]) -> BuildView:
    """Read the things of a build; bookkeeping and what is inferred through groups are not compared."""
    things = read_things(quads)
    nodes = reached(things)
    by_document: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in things.values():
        if is_document(thing) or not _is_compared(thing, nodes):
            continue
        document = "" if thing.is_a(*REFERENCE) else document_of(things, thing)
        by_document[document or REFERENCE_DATA].append(thing)
    ordered = {
        iri: tuple(sorted(group, key=lambda one: order_of(things, one))) for iri, group in sorted(by_document.items())
    }
    return BuildView(things, ordered, any(thing.is_a(ASSIGNMENT) for thing in things.values()))


def _is_compared(thing: Thing, nodes: set[str]) -> bool:
    if thing.is_a(ASSIGNMENT):
        return not thing.links("zc:viaGroup")
    return is_node(thing) and thing.iri in nodes


class How(StrEnum):
    """What became of a thing from the first build to the second."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, order=True)
class Field:
    """A property whose values differ: its English name and IRI, and the values that only one build has.

    Nodes stand there by their names. The words of the evidence come as the field `quote`, which has no IRI.
    """

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    property: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that one build has and the other has not, or that both have with different values.

    Attributes:
        kind: what it is, such as ``measure``.
        document: the title of its document, empty for reference data.
        where: the path and label of its measure, empty for reference data.
        label: what it is called.
        before, after: its IRI in the first and in the second build, empty where that has no such thing.
        fields: the properties that differ.
        topics: the words by which the change can be asked for.
    """

    how: How
    kind: str
    document: str
    where: str
    label: str
    before: str
    after: str
    fields: tuple[Field, ...] = ()
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes: by document, then as they stand in it, reference data last."""

    changes: tuple[Change, ...]

    def only(self, topics: Iterable[str]) -> Diff:
        """Return the changes under any of these topics: a kind, the name of a field, ``document`` or ``body``.

        Raises QueryError for a word that could be no topic; no topics give all changes.
        """
        wanted = set(topics)
        for word in sorted(wanted - self._known(wanted)):
            raise QueryError(word, "is no kind of thing and no field", "try measure, assignment, target, body or role")
        return Diff(tuple(change for change in self.changes if wanted & change.topics)) if wanted else self

    def _known(self, wanted: set[str]) -> set[str]:
        """Return those of the words by which a change could be asked for, whether or not there is one."""
        vocabulary = read_vocabulary()
        fields = {vocabulary.label(iri) for iri in (*vocabulary.labels, *vocabulary.values)}
        kinds = {vocabulary.kind([iri]) for iri in vocabulary.labels} | {"document", "body", "quote"}
        return wanted & fields.union(kinds, *(change.topics for change in self.changes))

    def count(self, how: How) -> int:
        """Return how many things were added, are gone or changed."""
        return sum(change.how is how for change in self.changes)
