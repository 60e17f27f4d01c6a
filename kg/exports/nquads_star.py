"""N-Quads of RDF 1.2: each assignment says, in its own graph, which direct triple it is evidence for."""

from __future__ import annotations

from itertools import chain

from pyoxigraph import Store

from kg.exports.registry import Files, Format
from kg.graph.direct_triples import reified


def write_nquads_star(store: Store, _base: str) -> Files:
    """Return graph.star.nq, lines sorted."""
    return {"graph.star.nq": sorted({f"{quad} .\n".encode() for quad in chain(store, reified(store))})}


FORMAT = Format("nquads-star", ".star.nq", "RDF 1.2 N-Quads; nquads with the reified direct triples", write_nquads_star)
