"""The network for networkx, and so for the formats it writes."""

from __future__ import annotations

from dataclasses import asdict

import networkx as nx

from kg.graph.vocabulary import local_name
from kg.tables.network import Edge, Network, Node
from kg.tables.xml_text import fit_for_xml


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
