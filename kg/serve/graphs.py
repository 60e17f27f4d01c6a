"""Triples as text in any of the RDF formats."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from pyoxigraph import Quad, Triple, serialize

from kg.graph.namespaces import BASE, prefixes
from kg.serve.formats import graph_format
from kg.store import turtle_blocks

_READABLE = frozenset({"ttl", "trig"})


def write_graph(triples: Iterable[Triple], name: str, base: str = BASE) -> bytes:
    """Return the triples, sorted, in the format called `name`, with those of our prefixes that they use."""
    lines = {str(triple): triple for triple in triples}
    ordered = [lines[line] for line in sorted(lines)]
    text = "\n".join(lines)
    used = {prefix: iri for prefix, iri in prefixes(base).items() if f"<{iri}" in text}
    if name in _READABLE and not any(isinstance(triple.object, Triple) for triple in ordered):
        return _turtle(ordered, used, base).encode()
    return serialize(ordered, format=graph_format(name), prefixes=used) or b""


def _turtle(triples: Iterable[Triple], used: dict[str, str], base: str) -> str:
    """Return Turtle as the exports have it; a graph without names is TriG as well."""
    quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    blocks = islice(turtle_blocks(quads, base=base), 1, None)
    declared = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in used.items())
    return declared + "".join(block for block, _ in blocks)
