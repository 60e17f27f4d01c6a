"""The page of 20,000 nodes and 40,000 edges: the right proof for any edge, and never more than can be read."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from view_pages import Opened, opening

from benchmarks.view_graph import make_graph
from kg.view.data import Edge, ViewData
from kg.view.page import render_page
from kg.view.payload import make_payload

pytestmark = pytest.mark.browser

MOST_SHOWN = 300
PROVEN = 100


@pytest.fixture(scope="module")
def data() -> ViewData:
    return make_graph(20_000, 40_000)


@pytest.fixture(scope="module")
def file(data: ViewData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("large") / "graph.html"
    out.write_text(render_page(make_payload(data, title="large"), title="large"), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    with opening(browser, file) as opened:
        yield opened
        assert opened.errors == []
        assert opened.requests == [file.as_uri()]


def _short(edge: Edge) -> str:
    return edge.id if "|" in edge.id else edge.id.removeprefix("https://w3id.org/zhengce/id/")


def test_it_is_as_large_as_it_is_said(opened: Opened, data: ViewData) -> None:
    assert opened.page.evaluate("[kgView.nodeCount, kgView.edgeCount]") == [len(data.nodes), len(data.edges)]
    assert len(data.nodes) > 19_500
    assert len(data.edges) == 40_000


def test_a_hundred_edges_open_their_sentence(opened: Opened, data: ViewData) -> None:
    """What stands before the mark tells sentences apart that are said twice in the same document."""
    evidence = {item.iri: item for item in data.evidence}
    chosen = random.Random(1).sample(data.edges, PROVEN)
    twice = [
        edge for edge in chosen if data.texts[evidence[edge.evidence].source].count(evidence[edge.evidence].exact) > 1
    ]
    assert twice, "no sentence stands twice"
    for edge in chosen:
        item = evidence[edge.evidence]
        opened.api("openProof", _short(edge))
        assert opened.page.text_content("mark") == item.exact, edge
        before = opened.page.evaluate("document.querySelector('mark').previousSibling?.textContent ?? ''")
        assert data.texts[item.source][: item.start].endswith(before[-40:]), edge
        assert len(before) >= min(20, item.start), edge


@pytest.mark.parametrize("picture", ["overview", "network", "table", "matrix"])
def test_never_more_than_can_be_read(opened: Opened, picture: str) -> None:
    opened.api("clear")
    opened.api("picture", picture)
    opened.page.wait_for_timeout(300)
    assert opened.page.locator(f"#{picture} *:visible").count() < MOST_SHOWN * 12
    assert len(opened.api("visibleRows")) <= MOST_SHOWN


def test_opening_everything_stays_within_bounds(opened: Opened) -> None:
    """Rows are opened one after the other until nothing more opens: the rows on show stay few."""
    opened.api("clear")
    opened.api("picture", "overview")
    for _ in range(40):
        closed = [row["id"] for row in opened.api("visibleRows") if row["kind"] == "group" and not row["open"]]
        if not closed:
            break
        opened.api("expand", closed[len(closed) // 2])
        assert len(opened.api("visibleRows")) <= MOST_SHOWN


def test_a_body_is_shown_wherever_it_stands(opened: Opened, data: ViewData) -> None:
    bodies = [node for node in data.nodes if node.kind == "agency"]
    for node in random.Random(2).sample(bodies, 5):
        key = node.id.removeprefix("https://w3id.org/zhengce/id/")
        opened.api("focus", key)
        assert opened.heading().endswith(node.label)
        assert key in [row["id"] for row in opened.api("visibleRows")]
