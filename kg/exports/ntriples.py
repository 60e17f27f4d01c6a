"""N-Triples: the whole graph with the named graphs merged, a triple a line, sorted."""

from __future__ import annotations

from pyoxigraph import Store

from kg.exports.registry import Files, Format


def write_ntriples(store: Store, _base: str) -> Files:
    """Return graph.nt."""
    return {"graph.nt": sorted({f"{quad.triple} .\n".encode() for quad in store})}


FORMAT = Format("ntriples", ".nt", "N-Triples; the whole graph, named graphs merged, lines sorted", write_ntriples)
