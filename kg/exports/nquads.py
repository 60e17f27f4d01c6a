"""N-Quads: the whole graph with its named graphs, a quad a line, sorted; as a build's graph.nq."""

from __future__ import annotations

from pyoxigraph import Store

from kg.exports.registry import Files, Format


def write_nquads(store: Store, _base: str) -> Files:
    """Return graph.nq."""
    return {"graph.nq": sorted(f"{quad} .\n".encode() for quad in store)}


FORMAT = Format("nquads", ".nq", "N-Quads; the whole graph with its named graphs, lines sorted", write_nquads)
