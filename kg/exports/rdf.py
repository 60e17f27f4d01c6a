"""The syntaxes of RDF, a row of a table each; and the slim graph for a first look.

Assignments, evidence, sections, source texts and everything inferred stay out of the slim graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.exports.registry import Files, Format
from kg.exports.writing import NO_XML, REPLACEMENT
from kg.graph.direct_triples import reified
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


_ABOUT = "RDF 1.1 Turtle for a first look: direct triples and the reference data they use, no evidence"
_SLIM = Format("slim", ".slim.ttl", _ABOUT, write_slim)


_NAME_AT_END = re.compile(r".*[/#:?=&](?=[^\W\d])[\w.-]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax of RDF as a format of export; one without named graphs merges them.

    `reifies` says that each assignment names its direct triple as well, as RDF 1.2 can:
    ``assignment:… rdf:reifies <<( measure:… zc:leadAgency … )>>``.
    """

    name: str
    suffix: str
    library: RdfFormat
    about: str
    reifies: bool = False


_SYNTAXES = (
    Syntax("nquads", ".nq", RdfFormat.N_QUADS, "N-Quads; the whole graph with its named graphs, lines sorted"),
    Syntax("ntriples", ".nt", RdfFormat.N_TRIPLES, "N-Triples; the whole graph, named graphs merged, lines sorted"),
    Syntax("rdfxml", ".rdf", RdfFormat.RDF_XML, "RDF/XML; the whole graph, named graphs merged"),
    Syntax("trig", ".trig", RdfFormat.TRIG, "TriG; Turtle with the named graphs"),
    Syntax("turtle", ".ttl", RdfFormat.TURTLE, "RDF 1.1 Turtle; the whole graph, named graphs merged"),
    Syntax(
        "turtle-star",
        ".star.ttl",
        RdfFormat.TURTLE,
        "RDF 1.2 Turtle; turtle, and each assignment reifies its direct triple (zc:leadAgency …)",
        reifies=True,
    ),
)


def _write(syntax: Syntax, store: Store, base: str) -> Files:
    quads: Iterable[Quad] = chain(store, reified(store)) if syntax.reifies else store
    return {f"graph{syntax.suffix}": [to_rdf(quads, syntax.library, prefixes(base))]}


def _write_rdf_xml(store: Store, base: str) -> Files:
    """Return graph.rdf; characters that XML cannot hold are U+FFFD in it, and a comment at its end counts them.

    Raises GraphError for a property whose IRI does not end in a name: RDF/XML cannot write it.
    """
    for predicate in sorted({quad.predicate.value for quad in store}):
        if not _NAME_AT_END.fullmatch(predicate):
            raise GraphError(predicate, "does not end in a name, as RDF/XML needs it", "take another format")
    text = to_rdf(store, RdfFormat.RDF_XML, prefixes(base)).decode()
    fitting, replaced = NO_XML.subn(REPLACEMENT, text)
    note = f"\n<!-- U+FFFD stands for {replaced} characters that XML cannot hold -->" if replaced else ""
    whole = (fitting + note).replace("\r", "&#13;")  # a bare one would be read back as a line feed
    return {"graph.rdf": [whole.encode()]}


def _format(syntax: Syntax) -> Format:
    write = _write_rdf_xml if syntax.library == RdfFormat.RDF_XML else partial(_write, syntax)
    return Format(syntax.name, syntax.suffix, syntax.about, write)


FORMATS = (*map(_format, _SYNTAXES), _SLIM)
