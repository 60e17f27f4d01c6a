"""The same graph for notebooks, drawn by pyvis, for as many nodes as a force simulation bears (a few hundred).

pyvis asks three servers for style sheets and writes files in the encoding of the machine; both are mended here.
Its tooltips turn into HTML as soon as a title holds ``href``, so titles never do.
"""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import Store
from pyvis.network import Network

from kg.view.data import Edge, Node
from kg.view.reading import read_view_data

_EXTERNAL = re.compile(
    r"<script\b[^>]*\bsrc\s*=[^>]*>\s*</script>|<link\b[^>]*\bhref\s*=[^>]*>|<!--\s*<link\b.*?-->", re.DOTALL
)
_NODE_STYLES = {
    "measure": {"shape": "box", "color": "#e8edf4"},
    "agency": {"shape": "dot", "color": "#5b6b82"},
    "group": {"shape": "diamond", "color": "#5b6b82"},
}
_EDGE_STYLES = {
    "lead": {"color": "#0b62b8", "width": 3},
    "support": {"color": "#0a8a5f", "width": 1, "dashes": True},
    "responsible": {"color": "#c2500a", "width": 2},
    "announced": {"color": "#a23b83", "width": 1, "dashes": True},
}


class OfflineNetwork(Network):  # type: ignore[misc] # pyvis ships no types
    """A pyvis network whose page asks for nothing from outside."""

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Return the page without its links to other servers."""
        page: str = super().generate_html(name, local, notebook)
        self.html = _without_external(page)
        return self.html

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page as UTF-8, whatever the encoding of the machine; never open a browser."""
        del open_browser
        Path(name).write_text(self.generate_html(name, local, notebook), encoding="utf-8")


def to_pyvis(store: Store) -> OfflineNetwork:
    """Return measures and bodies with their stated roles as a pyvis network; save it with ``write_html``."""
    data = read_view_data(store)
    network = OfflineNetwork(height="750px", width="100%", directed=True, cdn_resources="in_line")
    shown = {node.id for node in data.nodes if node.kind in _NODE_STYLES}
    for node in data.nodes:
        if node.id in shown:
            network.add_node(node.id, label=_clip(node.label), title=_node_title(node), **_NODE_STYLES[node.kind])
    for edge in data.edges:
        if edge.kind in _EDGE_STYLES and not edge.inferred and {edge.source, edge.target} <= shown:
            network.add_edge(edge.source, edge.target, title=_edge_title(edge), **_EDGE_STYLES[edge.kind])
    return network


def _without_external(page: str) -> str:
    """Drop what the template loads from outside; it stands after the inlined library, which must stay as it is."""
    return _EXTERNAL.sub("", page)


def _node_title(node: Node) -> str:
    return _plain("\n".join(filter(None, (node.label, node.path, *node.aliases))))


def _edge_title(edge: Edge) -> str:
    return _plain(" ".join(filter(None, (edge.kind, edge.raw, edge.surface))))


def _plain(text: str) -> str:
    """Break the word by which pyvis decides to show titles as HTML."""
    return text.replace("href", "hre\u200bf")


def _clip(text: str, length: int = 14) -> str:
    return text if len(text) <= length else text[:length] + "…"
