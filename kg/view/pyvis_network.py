"""The same graph for notebooks, drawn by pyvis: positions are given, so it stands still; a few hundred nodes read well.

pyvis pages of its own ask three servers for style sheets, put data into their script as it is, and are written in the
encoding of the machine. Here the network writes a page of ours around the drawing library that pyvis brings along.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from importlib.resources import files
from math import isqrt
from pathlib import Path

from pyvis.network import Network

from kg.view.data import Edge, Node, ViewData
from kg.view.page import escape_json, seal
from kg.view.trees import TREE_OF, grow_trees

_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_NODE_STYLES: dict[str, dict[str, object]] = {
    "measure": {"shape": "box", "color": "#e8edf4"},
    "agency": {"shape": "dot", "color": "#5b6b82", "size": 9},
    "group": {"shape": "diamond", "color": "#5b6b82", "size": 9},
}
_EDGE_STYLES = {
    "lead": {"color": "#0b62b8", "width": 3},
    "support": {"color": "#0a8a5f", "width": 1, "dashes": True},
    "responsible": {"color": "#c2500a", "width": 2},
    "guide": {"color": "#6b4fc0", "width": 1, "dashes": True},
    "announced": {"color": "#a23b83", "width": 1, "dashes": True},
}
_STEP = (340, 56)
"""Width of a column and height of a row, in pixels at zoom 1."""
_LABEL = 14
_QUOTE = 200


class OfflineNetwork(Network):  # type: ignore[misc] # pyvis ships no types
    """A pyvis network whose page asks for nothing from outside and takes all it is given as data."""

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """Return the page, titled `name`; the other arguments are pyvis' own and change nothing."""
        del local, notebook
        content = {
            "nodes": self.nodes,
            "edges": self.edges,
            "options": json.loads(self.options.to_json()),
            "width": self.width,
            "height": self.height,
        }
        self.html = seal(
            _asset("page.html"),
            title=name,
            scripts=[files("pyvis").joinpath(_LIBRARY).read_text(encoding="utf-8"), _asset("page.js")],
            style=_asset("page.css"),
            blocks={"data": escape_json(content)},
        )
        return self.html

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page as UTF-8, whatever the encoding of the machine; never open a browser."""
        del local, notebook, open_browser
        Path(name).write_text(self.generate_html(Path(name).stem), encoding="utf-8")


def to_pyvis(data: ViewData) -> OfflineNetwork:
    """Return measures and bodies with their stated roles as a pyvis network; save it with ``write_html``."""
    network = OfflineNetwork(height="750px", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    network.set_edge_smooth("continuous")
    edges = [edge for edge in data.edges if edge.kind in _EDGE_STYLES and not edge.inferred]
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = {node.id: node for node in data.nodes if node.kind == "measure" or node.id in ends}
    for iri, x, y in _places(data, nodes.keys()):
        title = _node_title(nodes[iri])
        network.add_node(iri, label=_clip(nodes[iri].label), title=title, x=x, y=y, **_NODE_STYLES[nodes[iri].kind])
    quotes = {item.iri: item.exact for item in data.evidence}
    for edge in edges:
        title = _edge_title(edge, quotes.get(edge.evidence, ""))
        network.add_edge(edge.source, edge.target, title=title, **_EDGE_STYLES[edge.kind])
    return network


def _places(data: ViewData, shown: Set[str]) -> Iterator[tuple[str, int, int]]:
    """Yield a place for each body and measure: measures in the middle as they are read, bodies beside them by level."""
    groups = grow_trees(data)
    measures, bodies = (
        [node for group in groups if group.tree == TREE_OF[kind] for node in group.nodes if node in shown]
        for kind in ("measure", "agency")
    )
    rows = max(12, 2 * isqrt(len(measures) + len(bodies)))
    half = len(bodies) // 2
    columns = [*_columns(bodies[:half], rows), (), *_columns(measures, rows), (), *_columns(bodies[half:], rows)]
    for place, column in enumerate(columns):
        for row, iri in enumerate(column):
            yield iri, place * _STEP[0], round((row - len(column) / 2) * _STEP[1])


def _columns(nodes: Sequence[str], rows: int) -> Iterable[Sequence[str]]:
    return (nodes[start : start + rows] for start in range(0, len(nodes), rows))


def _asset(name: str) -> str:
    return files("kg.view").joinpath("notebook", name).read_text(encoding="utf-8")


def _node_title(node: Node) -> str:
    return "\n".join(filter(None, (node.label, node.path, *node.aliases)))


def _edge_title(edge: Edge, quote: str) -> str:
    return "\n".join(filter(None, (" ".join(filter(None, (edge.kind, edge.raw, edge.surface))), _clip(quote, _QUOTE))))


def _clip(text: str, length: int = _LABEL) -> str:
    return text if len(text) <= length else text[:length] + "…"
