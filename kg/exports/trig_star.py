"""TriG of RDF 1.2: each assignment says, in its own graph, which direct triple it is evidence for."""

from __future__ import annotations

from itertools import chain

from pyoxigraph import Store

from kg.exports.registry import Files, Format
from kg.graph.direct_triples import reified
from kg.store import trig_blocks


def write_trig_star(store: Store, base: str) -> Files:
    """Return graph.star.trig."""
    blocks = trig_blocks(chain(store, reified(store)), base=base)
    return {"graph.star.trig": (block.encode() for block in blocks)}


FORMAT = Format("trig-star", ".star.trig", "RDF 1.2 TriG; trig with the reified direct triples", write_trig_star)
