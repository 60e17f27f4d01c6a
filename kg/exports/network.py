"""The network for programs that draw and measure networks: GraphML and GEXF, written by networkx."""

from __future__ import annotations

from dataclasses import asdict

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter
from pyoxigraph import Store

from kg.exports.registry import Files, Format
from kg.exports.writing import fit_for_xml
from kg.graph.network import Edge, Network, Node, read_network
from kg.graph.vocabulary import local_name


def write_graphml(store: Store, _base: str) -> Files:
    """Return network.graphml. A character that XML cannot hold becomes U+FFFD."""
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(to_networkx(read_network(store)))
    return {"network.graphml": [_xml(writer)]}


def write_gexf(store: Store, _base: str) -> Files:
    """Return network.gexf, without the date that networkx stamps. A character that XML cannot hold becomes U+FFFD."""
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(to_networkx(read_network(store)))
    for element in writer.xml.iter("meta"):
        element.attrib.pop("lastmodifieddate", None)
    return {"network.gexf": [_xml(writer)]}


def _xml(writer: GraphMLWriter | GEXFWriter) -> bytes:
    return f"<?xml version='1.0' encoding='utf-8'?>\n{writer}\n".encode()


def to_networkx(network: Network) -> nx.MultiDiGraph[str]:
    """Return a directed graph that may have several edges between two nodes, in the order of the network.

    Nodes and edges bear their columns where they have a value, and a `label` to show: the Chinese one, else the
    English, else the last part of the IRI; an edge is labelled by the English name of its kind.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes:
        shown = node.label_zh or node.label_en or local_name(node.id)
        graph.add_node(node.id, label=fit_for_xml(shown), **_attributes(node))
    for number, edge in enumerate(network.edges):
        graph.add_edge(edge.source, edge.target, key=f"e{number}", label=edge.kind_en, **_attributes(edge))
    return graph


def _attributes(row: Node | Edge) -> dict[str, str | float]:
    columns = {name: value for name, value in asdict(row).items() if name not in {"id", "source", "target"}}
    return {
        name: fit_for_xml(value) if isinstance(value, str) else value
        for name, value in columns.items()
        if value not in (None, "")
    }


_GRAPHML = "GraphML; the network of documents, measures, bodies, instruments, regions, each edge with its quote"
FORMATS = (
    Format("graphml", ".graphml", _GRAPHML, write_graphml),
    Format("gexf", ".gexf", "GEXF 1.2; the same network, for Gephi", write_gexf),
)
