"""A part of what is shown: all that lies within some edges of one node."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg.errors import GraphError
from kg.view.data import ViewData


def neighbourhood(data: ViewData, around: str, hops: int) -> ViewData:
    """Return the nodes within `hops` edges of those that are named, known or identified by `around`.

    Only stated edges lead on. Raises GraphError where nothing is called so.
    """
    kept = {node.id for node in data.nodes if around in (node.id, node.label, *node.aliases)}
    if not kept:
        raise GraphError(
            "", f"nothing in the graph is called {around!r}", "give a whole name, an alias or an identifier"
        )
    beside: dict[str, set[str]] = defaultdict(set)
    for edge in data.edges:
        if not edge.inferred:
            beside[edge.source].add(edge.target)
            beside[edge.target].add(edge.source)
    for _ in range(hops):
        kept |= {other for node in kept for other in beside[node]}
    edges = tuple(edge for edge in data.edges if {edge.source, edge.target} <= kept)
    return replace(data, nodes=tuple(node for node in data.nodes if node.id in kept), edges=edges)
