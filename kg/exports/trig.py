"""TriG: Turtle with the named graphs."""

from __future__ import annotations

from pyoxigraph import Store

from kg.exports.registry import Files, Format
from kg.store import trig_blocks


def write_trig(store: Store, base: str) -> Files:
    """Return graph.trig, graph by graph and subject by subject."""
    return {"graph.trig": (block.encode() for block in trig_blocks(store, base=base))}


FORMAT = Format("trig", ".trig", "TriG; Turtle with the named graphs", write_trig)
