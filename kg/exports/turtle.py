"""Turtle: the whole graph with the named graphs merged, as a build's graph.ttl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, Store

from kg.exports.registry import Files, Format
from kg.store import turtle_blocks


def write_turtle(store: Store, base: str) -> Files:
    """Return graph.ttl, subject by subject."""
    return {"graph.ttl": encoded(store, base)}


def encoded(quads: Iterable[Quad], base: str) -> Iterator[bytes]:
    """Yield the prefixes, then one subject after the other."""
    return (block.encode() for block, _ in turtle_blocks(quads, base=base))


FORMAT = Format("turtle", ".ttl", "RDF 1.1 Turtle; the whole graph, named graphs merged", write_turtle)
