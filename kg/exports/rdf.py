"""The graph in the syntaxes of RDF but JSON-LD, a row of a table each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain

from pyoxigraph import Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.exports.registry import Files, Format
from kg.exports.writing import NO_XML, REPLACEMENT
from kg.graph.direct_triples import reified
from kg.graph.namespaces import prefixes
from kg.store import to_rdf

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


FORMATS = tuple(map(_format, _SYNTAXES))
