"""GraphML: the network for Gephi, Cytoscape, yEd, igraph and networkx."""

from __future__ import annotations

from networkx.readwrite.graphml import GraphMLWriter
from pyoxigraph import Store

from kg.exports.networkx_graph import to_networkx
from kg.exports.registry import Files, Format
from kg.graph.network import read_network


def write_graphml(store: Store, _base: str) -> Files:
    """Return network.graphml. A character that XML cannot hold becomes U+FFFD."""
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(to_networkx(read_network(store)))
    return {"network.graphml": [f"<?xml version='1.0' encoding='utf-8'?>\n{writer}\n".encode()]}


ABOUT = "GraphML; the network of documents, measures, bodies, instruments, regions, each edge with its quote"
FORMAT = Format("graphml", ".graphml", ABOUT, write_graphml)
