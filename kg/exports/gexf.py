"""GEXF: the network for Gephi."""

from __future__ import annotations

from networkx.readwrite.gexf import GEXFWriter
from pyoxigraph import Store

from kg.exports.networkx_graph import to_networkx
from kg.exports.registry import Files, Format
from kg.graph.network import read_network


def write_gexf(store: Store, _base: str) -> Files:
    """Return network.gexf, without the date that networkx stamps. A character that XML cannot hold becomes U+FFFD."""
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(to_networkx(read_network(store)))
    for element in writer.xml.iter("meta"):
        element.attrib.pop("lastmodifieddate", None)
    return {"network.gexf": [f"<?xml version='1.0' encoding='utf-8'?>\n{writer}\n".encode()]}


FORMAT = Format("gexf", ".gexf", "GEXF 1.2; the same network, for Gephi", write_gexf)
