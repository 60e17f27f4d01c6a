"""The graph for a first look: documents, measures, who has to do them, what news announces, targets, and the reference
data they use.

Assignments, evidence, sections, source texts and everything inferred stay in the full graph.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg.exports.registry import Files, Format
from kg.graph.namespaces import Names, prefixes, term
from kg.model.ids import BASE
from kg.store import to_rdf

_KEPT = ("zc:PolicyDocument", "schema:NewsArticle", "zc:Measure", "zc:Target")
_DROPPED = frozenset(map(term, ("zc:evidence", "zc:wording", "zc:statedIn", "schema:mentions")))


def slim_quads(store: Store, *, base: str = BASE) -> Iterator[Quad]:
    """Yield what is stated of documents, measures and targets, then all reference data that can be reached from it."""
    names = Names(base)
    reference = names.graph("reference")
    left_out = {reference, names.graph("inferred"), names.graph("provenance")}
    waiting: set[NamedNode] = set()
    for subject in _things(store):
        for quad in store.quads_for_pattern(subject, None, None, None):
            if quad.graph_name not in left_out and quad.predicate not in _DROPPED:
                waiting |= _linked(quad)
                yield quad
    yield from _reachable(store, reference, waiting)


def _things(store: Store) -> list[NamedNode]:
    kinds = (store.quads_for_pattern(None, term("rdf:type"), term(kind), None) for kind in _KEPT)
    nodes = {quad.subject for quads in kinds for quad in quads}
    return sorted((node for node in nodes | _announced(store) if isinstance(node, NamedNode)), key=str)


def _announced(store: Store) -> set[NamedNode]:
    """Return the actions of news; those of a policy are too many for a first look, and its measures tell them."""
    articles = {quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), term("schema:NewsArticle"))}
    actions = (quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), term("zc:PolicyAction")))
    return {
        action
        for action in actions
        if isinstance(action, NamedNode)
        and any(q.object in articles for q in store.quads_for_pattern(action, term("dcterms:isPartOf"), None))
    }


def _reachable(store: Store, reference: NamedNode, waiting: set[NamedNode]) -> Iterator[Quad]:
    """Follow the links of reference data upwards: broader concepts, regions around, bodies above, successors."""
    done: set[NamedNode] = set()
    while waiting:
        node = waiting.pop()
        done.add(node)
        for quad in store.quads_for_pattern(node, None, None, reference):
            waiting |= _linked(quad) - done
            yield quad


def _linked(quad: Quad) -> set[NamedNode]:
    return {quad.object} if isinstance(quad.object, NamedNode) else set()


def write_slim(store: Store, base: str) -> Files:
    """Return graph.slim.ttl."""
    return {"graph.slim.ttl": [to_rdf(slim_quads(store, base=base), RdfFormat.TURTLE, prefixes(base))]}


ABOUT = "RDF 1.1 Turtle for a first look: direct triples and the reference data they use, no evidence"
FORMATS = (Format("slim", ".slim.ttl", ABOUT, write_slim),)
