"""One of the two builds of a comparison: its things, named as people name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad

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

DIRECT = {term(name).value for name in DIRECT_PROPERTIES.values()}
"""The properties of direct triples; assignments say the same with more detail."""
REFERENCE_DATA = "reference data"
_WHERE_WORDS_STAND = {
    term(name).value
    for name in ("zc:evidence", "zc:sourceText", "zc:statedIn", "zc:order", "oa:start", "oa:end", "prov:wasDerivedFrom")
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
