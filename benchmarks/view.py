"""The view of a large graph against the pyvis page of the same graph, in the same run and the same browser.

pyvis as it comes never finishes its simulation at 20,000 nodes, so there it is given positions and no physics.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page
from pyvis.edge import Edge as PyvisEdge
from pyvis.network import Network

from benchmarks.chromium import chromium
from benchmarks.view_graph import make_graph
from kg.view.data import ViewData
from kg.view.page import render_page
from kg.view.payload import make_payload

LARGE, SMALL = (20_000, 40_000), (1_000, 2_000)
SECONDS = 4
LOADS = 3
QUERIES = 12
POLL = 10
"""Milliseconds between two looks at a page."""
LONGEST = 60_000
"""Milliseconds after which pyvis' simulation is not waited for any more."""

_PAN = """seconds => new Promise(done => {
    const start = performance.now(); let count = 0;
    const step = now => { count += 1; const wave = Math.sin((now - start) / 300);
        network.moveTo({ position: { x: wave * 400, y: wave * 200 }, scale: network.getScale() * (1 + wave * 0.02) });
        network.redraw();
        if (now - start < seconds * 1000) requestAnimationFrame(step); else done(count * 1000 / (now - start)); };
    requestAnimationFrame(step); })"""
_FIND = """text => { const start = performance.now();
    const found = network.body.data.nodes.get({ filter: (node) => node.label.includes(text) });
    return [performance.now() - start, found.length]; }"""
_SEARCH = """text => { const start = performance.now();
    const hits = kgView.search(text);
    return [performance.now() - start, hits.length]; }"""
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured for both: `ours` and `peer` in `unit`, and the bound that ours is to keep."""

    what: str
    unit: str
    ours: float
    peer: float
    bound: float
    more_is_better: bool = False

    def __str__(self) -> str:
        kept = self.ours >= self.bound if self.more_is_better else self.ours <= self.bound
        sign = ">=" if self.more_is_better else "<="
        ratio = self.ours / self.peer
        bound = f"{sign} {self.bound:.3g}"
        both = f"{self.ours:12.2f}{self.peer:12.2f} {self.unit:10}{ratio:8.2f}"
        return f"{self.what:44}{both}{bound:>10} {'kept' if kept else 'MISSED'}"


def figures() -> Iterator[Figure]:
    """Yield all figures; makes the graphs and their pages first."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        ours, peer = _pages(Path(folder), "large", *LARGE, physics=False)
        yield Figure(
            "file of 20,000 nodes, 40,000 edges", "MB", _megabytes(ours), _megabytes(peer), _megabytes(peer) / 2
        )
        yield from _large(browser, ours, peer)
        ours, peer = _pages(Path(folder), "small", *SMALL, physics=True)
        own, other = _loads(browser, ours, _ready), _loads(browser, peer, _settled, loads=1)
        yield Figure("ready, 1,000 nodes (pyvis: simulation ends)", "s", own, other, 1)


def report() -> None:
    """Print the figures as a table."""
    print(f"\n{'the view against pyvis':44}{'ours':>12}{'pyvis':>12} {'':10}{'ratio':>8}{'bound':>10}")
    for figure in figures():
        print(figure, flush=True)


def _large(browser: Browser, ours: Path, peer: Path) -> Iterator[Figure]:
    yield Figure(
        "first picture, 20,000 nodes", "s", _loads(browser, ours, _ready), _loads(browser, peer, _drawn, loads=1), 2
    )
    names = [node.label for node in make_graph(*LARGE).nodes if node.kind == "agency"][:: 6_000 // QUERIES][:QUERIES]
    with _opened(browser, ours) as page:  # one page at a time: the other's drawing would slow it down
        _ready(page)
        own, found = _search(page, _SEARCH, [*names, *(name[:3] for name in names), "gdsczt", "zgrmyh"])
        assert found, "the search finds nothing"
        overview = page.evaluate(f"kgView.frames({SECONDS})")
        page.evaluate("kgView.picture('network')")
        network = page.evaluate(f"kgView.frames({SECONDS})")
    with _opened(browser, peer) as page:
        _drawn(page)
        theirs, _ = _search(page, _FIND, [*names, *(name[:3] for name in names)])
        peer_frames = page.evaluate(_PAN, SECONDS)
    yield Figure("search, the slowest of some names and initials", "ms", own, theirs, 50)
    yield Figure("panning and zooming, overview", "frames/s", overview, peer_frames, 30, more_is_better=True)
    yield Figure("panning and zooming, network", "frames/s", network, peer_frames, 30, more_is_better=True)


def _search(page: Page, script: str, texts: list[str]) -> tuple[float, int]:
    page.evaluate(script, "first")  # an index may be made at the first search
    done = [[page.evaluate(script, text) for _ in range(LOADS)] for text in texts]
    return max(median(took for took, _ in each) for each in done), sum(each[0][1] for each in done)


# --- pages ---


def _pages(folder: Path, name: str, nodes: int, edges: int, *, physics: bool) -> tuple[Path, Path]:
    data = make_graph(nodes, edges)
    ours, peer = folder / f"{name}-ours.html", folder / f"{name}-pyvis.html"
    ours.write_text(render_page(make_payload(data, title=name), title=name), encoding="utf-8")
    peer.write_text(_pyvis(data, physics=physics), encoding="utf-8")
    return ours, peer


def _pyvis(data: ViewData, *, physics: bool) -> str:
    """Return the page that pyvis writes for names and statements alone: no document, no sentence, no alias."""
    network = Network(directed=True, cdn_resources="in_line")
    width = max(1, round(len(data.nodes) ** 0.5))
    for place, node in enumerate(data.nodes):
        where: dict[str, int] = {} if physics else {"x": place % width * 60, "y": place // width * 60}
        network.add_node(node.id, label=node.label, title=node.label, **where)
    # add_edge searches the list of all nodes twice for every edge; what it makes is this
    network.edges = [PyvisEdge(e.source, e.target, True, title=f"{e.kind} {e.surface}").options for e in data.edges]
    network.toggle_physics(physics)
    if not physics:
        network.set_edge_smooth("continuous")
    page: str = network.generate_html()
    return page


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1e6


# --- the browser ---


@contextmanager
def _opened(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN", offline=True)
    page = context.new_page()
    page.set_default_timeout(LONGEST)
    page.goto(file.as_uri(), wait_until="commit")
    yield page
    context.close()


def _loads(browser: Browser, file: Path, wait: Callable[[Page], Any], *, loads: int = LOADS) -> float:
    """Return the median of seconds from the start of loading until `wait` is over."""
    times = []
    for _ in range(loads):
        with _opened(browser, file) as page:
            times.append(wait(page) / 1000)
    return float(median(times))


def _until(page: Page, expression: str) -> None:
    """Wait until an expression holds; playwright's own way needs eval, which our page forbids."""
    end = time.monotonic() + LONGEST / 1000
    while time.monotonic() < end and not page.evaluate(f"Boolean({expression})"):
        page.wait_for_timeout(POLL)


def _ready(page: Page) -> float:
    _until(page, "window.kgView?.ready")
    painted: float = page.evaluate(_PAINTED)
    return painted


def _drawn(page: Page) -> float:
    _until(page, "typeof network !== 'undefined' && network?.body?.nodeIndices?.length")
    painted: float = page.evaluate(_PAINTED)
    return painted


def _settled(page: Page) -> float:
    _until(page, "typeof network !== 'undefined' && network?.physics?.stabilized")
    painted: float = page.evaluate(_PAINTED)
    return painted


if __name__ == "__main__":
    report()
