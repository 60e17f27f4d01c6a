"""Whatever text stands in the graph, the pages ask for nothing, run no script of it, and make no error of it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from view_pages import DESK, Opened, load, opening

from kg.view.data import ViewData
from kg.view.page import render_page
from kg.view.payload import make_payload
from kg.view.pyvis_network import to_pyvis
from kg.view.reading import read_view_data

pytestmark = pytest.mark.browser

HOSTILE = (
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg/onload=window.pwned=1>",
    "javascript:window.pwned=1",
    'https://example.invalid/"><script>window.pwned=1</script>',
    "'-window.pwned=1-'",
    "`${window.pwned=1}`",
    "{{policy}}{{data}}{{script}}",
    "<!--<script>window.pwned=1",
    "<a href=javascript:window.pwned=1>href</a>",
    "<style>@import 'https://example.invalid/x.css';body{display:none}</style>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<link rel=stylesheet href=https://example.invalid/x.css>",
    "\u2028window.pwned=1\u2029//",
    "__proto__",
    "constructor",
    "]]><x onclick=window.pwned=1>",
    '\\u003c/script>\\";window.pwned=1;//',
    '=HYPERLINK("https://example.invalid")',
    "data:text/html,<script>window.pwned=1</script>",
    "\x00\x1b[31m\ud7ff\ufffe",
)
"""Each stands in every field of text, one after the other, together with what makes identifiers differ."""

WHOLE = ("javascript:", "https:", "data:", "{{", "__", "constructor", "=", "\x00")
"""How those begin that harm as a whole value only; markup and code do so behind each other as well."""

MARKUP = tuple(text for text in HOSTILE if not text.startswith(WHOLE))
TOGETHER = [
    *(text for text in HOSTILE if text.startswith(WHOLE)),
    *map("".join, (MARKUP[::3], MARKUP[1::3], MARKUP[2::3])),
]
"""The same in fewer texts, for the page that is not ours."""

_ID_FIELDS = {"id", "source", "target", "evidence", "document", "via", "province", "families"}
_WORDS = {"kind", "predicate", "type", "named"}
"""Fields that our own code fills from a fixed list."""


def _hostile(data: ViewData, text: str) -> ViewData:
    """Return the graph with `text` in every field of text; identifiers stay different and go on fitting together."""

    def poison(item: Any) -> Any:
        changes: dict[str, object] = {}
        for each in fields(item):
            value = getattr(item, each.name)
            if each.name in _WORDS or not value:
                continue
            if each.name in _ID_FIELDS:
                changes[each.name] = tuple(it + text for it in value) if isinstance(value, tuple) else value + text
            elif isinstance(value, str):
                changes[each.name] = text
            elif isinstance(value, tuple):
                changes[each.name] = (text, text + "2")
        return replace(item, **changes)

    return ViewData(
        nodes=tuple(sorted(replace(poison(node), english=text) for node in data.nodes)),
        edges=tuple(sorted(poison(edge) for edge in data.edges)),
        evidence=tuple(sorted(poison(item) for item in data.evidence)),
        documents=tuple(sorted(replace(poison(it), link=text, number=text, publisher=text) for it in data.documents)),
        texts={source + text: text + whole for source, whole in data.texts.items()},
        headings=tuple(sorted(poison(heading) for heading in data.headings)),
        names=tuple(sorted(poison(name) for name in data.names)),
    )


def _is_harmless(opened: Opened, file: Path) -> None:
    assert opened.page.evaluate("window.pwned") is None
    assert opened.page.evaluate("({}).polluted") is None
    assert opened.page.locator("img, iframe, object, embed, script[src], link[rel=stylesheet]").count() == 0
    assert {request.split("#")[0] for request in opened.requests} == {file.as_uri()}
    assert opened.errors == []


@pytest.mark.parametrize("text", HOSTILE)
def test_the_page_takes_all_text_as_text(browser: Browser, tmp_path: Path, text: str) -> None:
    data = _hostile(read_view_data(load()), text)
    payload = make_payload(data, title=text)
    file = tmp_path / "hostile.html"
    file.write_text(render_page(payload, title=text), encoding="utf-8")
    with opening(browser, file, offline=False) as opened:
        assert opened.page.evaluate("kgView.nodeCount") == len(data.nodes)
        for edge in data.edges[::7]:
            opened.api("openProof", edge.id)
            assert opened.page.locator("#panel h2").count() == 1
        for node in data.nodes[::5]:
            opened.api("focus", node.id)
        opened.api("search", text)
        for picture in ("network", "table", "matrix", "overview"):
            opened.api("picture", picture)
            opened.page.wait_for_timeout(50)
        opened.api("exportSvg")
        opened.api("exportCsv")
        opened.api("exportTurtle")
        for link in opened.page.locator("#panel a").all():
            assert (link.get_attribute("href") or "").startswith(("http:", "https:"))
        _is_harmless(opened, file)


@pytest.mark.parametrize("text", TOGETHER)
def test_the_pyvis_page_takes_all_text_as_text(browser: Browser, tmp_path: Path, text: str) -> None:
    network = to_pyvis(_hostile(read_view_data(load()), text))
    file = tmp_path / "hostile.html"
    file.write_text(network.generate_html(text), encoding="utf-8")
    with opening(browser, file, ready=False, offline=False) as opened:
        opened.wait_until("window.vis && network.body.data.nodes.length")
        assert opened.page.evaluate("network.body.data.nodes.length") == len(network.nodes) > 10
        _hover_all(opened)
        _is_harmless(opened, file)


def _hover_all(opened: Opened) -> None:
    """Show the tooltip of some nodes, one after the other."""
    places = opened.page.evaluate(
        """() => network.body.data.nodes.getIds().slice(0, 4)
            .map(id => network.canvasToDOM(network.getPosition(id)))"""
    )
    for place in places:
        opened.page.mouse.move(min(max(place["x"], 1), DESK["width"] - 1), min(max(place["y"], 1), 700))
        opened.page.wait_for_timeout(350)


def test_the_pyvis_page_stands_still(browser: Browser, tmp_path: Path) -> None:
    network = to_pyvis(read_view_data(load()))
    file = tmp_path / "pyvis.html"
    network.write_html(str(file))
    places = {(node["x"], node["y"]) for node in network.nodes}
    assert len(places) == len(network.nodes)
    with opening(browser, file, ready=False) as opened:
        opened.wait_until("window.vis && network.body.data.nodes.length")
        assert opened.page.evaluate("network.physics.physicsEnabled") is False
        found = opened.page.evaluate("Object.values(network.getPositions()).map(({x, y}) => [x, y])")
        assert {tuple(place) for place in found} == places
