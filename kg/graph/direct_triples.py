"""Assignments and the direct triples they speak about: who leads, in one triple; RDF 1.2 can say which triple it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.graph.namespaces import term
from kg.graph.terms import key_of
from kg.graph.things import StoredThings, Thing

REIFIES = term("rdf:reifies")
ASSIGNMENT = "zc:Assignment"
"""The class of nodes that speak about a direct triple."""
DIRECT_PROPERTIES = {
    "lead": "zc:leadAgency",
    "support": "zc:supportAgency",
    "responsible": "zc:responsibleAgency",
    "guide": "zc:guideAgency",
}
"""The property of the direct triple by role."""
_BY_ROLE = {term(f"zc:{role.capitalize()}").value: name for role, name in DIRECT_PROPERTIES.items()}


@dataclass(frozen=True, slots=True)
class DirectTriple:
    """The triple from a measure to a body, as IRIs."""

    subject: str
    property: str
    object: str


def direct_triple(assignment: Thing) -> DirectTriple | None:
    """Return the triple that an assignment speaks about, None where it lacks its measure, its body or a known role."""
    measure, body = assignment.link("zc:measure"), assignment.link("zc:agent")
    name = _BY_ROLE.get(assignment.link("zc:role"))
    return DirectTriple(measure, term(name).value, body) if name and measure and body else None


def reified(store: Store) -> Iterator[Quad]:
    """Yield ``node rdf:reifies <<( s p o )>>`` for each assignment whose direct triple is stated, in its graphs."""
    things = StoredThings(store)
    for typed in store.quads_for_pattern(None, term("rdf:type"), term(ASSIGNMENT), None):
        link = direct_triple(things[key_of(typed.subject)])
        triple = Triple(NamedNode(link.subject), NamedNode(link.property), NamedNode(link.object)) if link else None
        if triple and _is_stated(store, triple):
            yield Quad(typed.subject, REIFIES, triple, typed.graph_name)


def _is_stated(store: Store, triple: Triple) -> bool:
    return next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), None) is not None
