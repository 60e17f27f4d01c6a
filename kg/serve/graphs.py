"""Triples as text in any of the RDF formats."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Triple

from kg.graph.namespaces import prefixes
from kg.model.ids import BASE
from kg.serve.formats import graph_format
from kg.store import to_rdf


def write_graph(triples: Iterable[Triple], name: str, base: str = BASE) -> bytes:
    """Return the triples, sorted, in the format called `name`, with those of our prefixes that they use."""
    given = tuple(triples)
    text = "\n".join(map(str, given))
    used = {prefix: iri for prefix, iri in prefixes(base).items() if f"<{iri}" in text}
    return to_rdf(given, graph_format(name), used)
