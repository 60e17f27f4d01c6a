"""Turtle of RDF 1.2: each assignment says which direct triple it is evidence for."""

from __future__ import annotations

from itertools import chain

from pyoxigraph import Store

from kg.exports.registry import Files, Format
from kg.graph.direct_triples import reified
from kg.store import turtle_blocks


def write_turtle_star(store: Store, base: str) -> Files:
    """Return graph.star.ttl: all that Turtle has, and ``assignment:… rdf:reifies <<( measure:… zc:leadAgency … )>>``.

    The assignment keeps its confidence, its evidence and the rest, and so annotates the direct triple.
    """
    blocks = turtle_blocks(chain(store, reified(store)), base=base)
    return {"graph.star.ttl": (block.encode() for block, _ in blocks)}


ABOUT = "RDF 1.2 Turtle; turtle, and each assignment reifies its direct triple (zc:leadAgency …)"
FORMAT = Format("turtle-star", ".star.ttl", ABOUT, write_turtle_star)
