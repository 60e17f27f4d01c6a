"""The whole graph: N-Quads with the named graphs, and one Turtle file in which they are merged."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kg.graph.namespaces import BASE
from kg.store import write_nquads, write_turtle


def export_full(store: Store, folder: Path, *, base: str = BASE) -> tuple[Path, Path]:
    """Write graph.nq and graph.ttl into `folder` and return their paths."""
    quads, turtle = folder / "graph.nq", folder / "graph.ttl"
    write_nquads(store, quads)
    write_turtle(store, turtle, base=base)
    return quads, turtle
