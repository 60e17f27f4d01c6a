"""Statements as text in any RDF syntax, sorted: the same graph gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.graph.namespaces import VOCABULARIES, prefixes
from kg.model.ids import BASE
from kg.store.files import replacing

_LOCAL = re.compile(r"(?![.-])(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})+(?<!\.)")
_FIRST = {VOCABULARIES["rdf"] + "type": 0, VOCABULARIES["skos"] + "prefLabel": 1, VOCABULARIES["rdfs"] + "label": 1}
_READ_BY_PEOPLE = (RdfFormat.TURTLE, RdfFormat.TRIG)


def to_rdf(statements: Iterable[Quad | Triple], syntax: RdfFormat, namespaces: Mapping[str, str]) -> bytes:
    """Return statements in an RDF syntax, each once, with the prefixes of `namespaces` where the syntax has any.

    A syntax without named graphs merges them. Turtle and TriG give graph by graph and subject by subject, each with
    its types and labels first; the other syntaxes give the order of the lines of N-Quads.
    """
    unique = {Quad(*each) if syntax.supports_datasets else _merged(each) for each in statements}
    if syntax not in _READ_BY_PEOPLE:
        return serialize(sorted(unique, key=str), format=syntax, prefixes=dict(namespaces)) or b""
    text = serialize(sorted(unique, key=_for_people), format=syntax, prefixes=dict(namespaces)) or b""
    # The library declares prefixes in an order of its own, and none for a graph without statements.
    declared = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in namespaces.items())
    return declared.encode() + text.split(b"\n", len(namespaces))[-1]


def _merged(statement: Quad | Triple) -> Quad:
    return Quad(statement.subject, statement.predicate, statement.object)


def _for_people(quad: Quad) -> tuple[str, str, int, str, str]:
    graph, predicate = getattr(quad.graph_name, "value", ""), quad.predicate.value
    return graph, str(quad.subject), _FIRST.get(predicate, 2), predicate, str(quad.object)


def write_nquads(quads: Iterable[Quad], path: Path) -> None:
    """Write all quads, one a line, the lines sorted."""
    with replacing(path) as stream:
        stream.write(to_rdf(quads, RdfFormat.N_QUADS, {}))


def write_turtle(quads: Iterable[Quad], path: Path, *, base: str = BASE) -> None:
    """Write the triples of `quads`, named graphs merged, as Turtle."""
    with replacing(path) as stream:
        stream.write(to_rdf(quads, RdfFormat.TURTLE, prefixes(base)))


def shortener(namespaces: Mapping[str, str]) -> Callable[[NamedNode], str]:
    """Return a function that writes an IRI as Turtle does: with its prefix where the rest is a local name.

    >>> shortener({"zc": "https://w3id.org/zhengce/ontology#"})(NamedNode("https://w3id.org/zhengce/ontology#Measure"))
    'zc:Measure'
    """
    prefix_of = {iri: prefix for prefix, iri in namespaces.items()}

    @cache
    def shorten(node: NamedNode) -> str:
        iri = node.value
        head = max(iri.rfind("/"), iri.rfind("#")) + 1
        fits = iri[:head] in prefix_of and _LOCAL.fullmatch(iri[head:])
        return f"{prefix_of[iri[:head]]}:{iri[head:]}" if fits else f"<{iri}>"

    return shorten
