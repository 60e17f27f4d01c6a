"""What readers do with the page: search, share an address, work by keyboard, take statements away, read the labels."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import rdflib
from playwright.sync_api import Browser, ViewportSize
from view_pages import DESK, PHONE, SAMPLE, Opened, load, opening

from benchmarks.view_graph import make_graph
from kg.store import open_store
from kg.view import write_view
from kg.view.page import render_page
from kg.view.payload import make_payload
from kg.view.reading import read_view_data

pytestmark = pytest.mark.browser

ECOLOGY = "agency/440000-ecology"
PICTURES = ("overview", "network", "table", "matrix")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample, the seeds as they are built into the repository, and a graph of 1,000 nodes."""
    folder = tmp_path_factory.mktemp("use")
    write_view(load(), folder / "sample.html", title="sample")
    write_view(open_store(Path("exports")), folder / "seeds.html", title="seeds")
    payload = make_payload(make_graph(1000, 2000), title="thousand")
    (folder / "thousand.html").write_text(render_page(payload, title="thousand"), encoding="utf-8")
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture
def opened(browser: Browser, files: dict[str, Path]) -> Iterator[Opened]:
    with opening(browser, files["sample"]) as opened:
        yield opened
        assert opened.errors == []


# --- search ---


@pytest.mark.parametrize(
    ("query", "found", "reason"),
    [
        ("gdssthjt", ECOLOGY, "initials of the official name"),
        ("GDSCZT", "agency/440000-finance", "initials in capitals"),
        ("zgrmyh", "agency/pboc", "a character read by its word: 行 is háng in 银行"),
        ("yh", "agency/pboc", "initials of an alias: 央行"),
        ("lszq", "instrument/green-bond", "initials of an instrument"),
    ],
)
def test_search_takes_initials(opened: Opened, query: str, found: str, reason: str) -> None:
    assert found in [hit["id"] for hit in opened.api("search", query)][:3], reason


def test_search_finds_every_name_and_alias(opened: Opened) -> None:
    for node in read_view_data(load()).nodes:
        for name in (node.label, *node.aliases):
            hits = [hit["label"] for hit in opened.api("search", name)]
            assert node.label in hits, name


# --- the address ---


def test_the_address_brings_everything_back(browser: Browser, files: dict[str, Path]) -> None:
    with opening(browser, files["thousand"]) as opened:
        rows = opened.api("visibleRows")
        closed = next(row["id"] for row in rows if row["kind"] == "group" and not row["open"])
        opened.api("expand", closed)
        opened.page.check("[data-layer=region]")
        body = next(row["id"] for row in opened.api("visibleRows") if row["id"].startswith("agency/"))
        opened.api("focus", body)
        state, shown, heading = opened.api("state"), opened.api("visibleRows"), opened.heading()
        hash_ = opened.page.evaluate("location.hash")
    with opening(browser, files["thousand"], hash_=hash_) as again:
        assert again.api("state") == state
        assert again.api("visibleRows") == shown
        assert again.heading() == heading
        assert again.page.is_checked("[data-layer=region]")


def test_the_address_keeps_picture_and_proof(browser: Browser, files: dict[str, Path]) -> None:
    edge = next(edge for edge in read_view_data(load()).edges if edge.kind == "lead" and not edge.inferred)
    for picture in PICTURES:
        with opening(browser, files["sample"]) as opened:
            opened.api("picture", picture)
            opened.api("openProof", edge.id)
            hash_, mark = opened.page.evaluate("location.hash"), opened.page.text_content("mark")
        with opening(browser, files["sample"], hash_=hash_) as again:
            assert again.page.get_attribute(f"[data-picture={picture}]", "aria-selected") == "true"
            assert again.page.text_content("mark") == mark


def test_back_leads_to_what_was_before(opened: Opened) -> None:
    opened.api("focus", ECOLOGY)
    opened.api("focus", "agency/pboc")
    opened.page.go_back()
    assert opened.heading() == "广东省生态环境厅"


def test_back_undoes_one_filter_at_a_time(opened: Opened) -> None:
    opened.page.uncheck("[data-layer=support]")
    opened.page.uncheck("[data-layer=lead]")
    opened.page.go_back()
    assert opened.page.is_checked("[data-layer=lead]")
    assert not opened.page.is_checked("[data-layer=support]")


@pytest.mark.parametrize("key", ["d", "g"])
def test_a_link_leaves_out_what_the_browser_has(opened: Opened, key: str) -> None:
    opened.page.keyboard.press(key)
    assert opened.api("state") != ""
    opened.page.keyboard.press(key)
    assert opened.api("state") == ""


def test_totals_follow_the_filter_of_a_column(opened: Opened) -> None:
    opened.api("picture", "table")
    opened.page.fill("[data-key=lead] input", "生态环境厅")
    count = opened.page.inner_text("#table .count")
    assert f"{count} 行" in opened.page.inner_text(".shown")


# --- the keyboard ---


def test_rows_open_and_close_by_keyboard(opened: Opened) -> None:
    before = opened.api("visibleRows")
    group = next(row for row in before if row["kind"] == "group" and row["open"])
    row = opened.page.locator(f"[role=treeitem][data-key='{group['key']}']")
    row.focus()
    opened.page.keyboard.press("ArrowLeft")
    assert len(opened.api("visibleRows")) < len(before)
    opened.page.keyboard.press("ArrowRight")
    assert opened.api("visibleRows") == before
    opened.page.keyboard.press("ArrowDown")
    following = before[before.index(group) + 1]
    assert opened.page.evaluate("document.activeElement.dataset.key") == following["key"]
    opened.page.keyboard.press("Enter")
    assert opened.api("state").startswith("n=") or "&n=" in opened.api("state")


def test_pictures_by_keyboard(opened: Opened) -> None:
    for number, picture in enumerate(PICTURES, start=1):
        opened.page.keyboard.press(str(number))
        assert opened.page.locator(f"#{picture}").is_visible()
        assert opened.page.locator(f"[data-picture={picture}]").get_attribute("aria-selected") == "true"


def test_every_control_has_a_name(opened: Opened) -> None:
    for picture in PICTURES:
        opened.api("picture", picture)
        nameless = opened.page.evaluate(
            """() => [...document.querySelectorAll('button, input, select, a')].filter((it) => it.checkVisibility()
                && !(it.textContent.trim() || it.getAttribute('aria-label') || it.title || it.labels?.length))
                .map((it) => it.outerHTML)"""
        )
        assert nameless == []


# --- what is taken away ---


def _triples(turtle: str) -> set[Any]:
    return set(rdflib.Graph().parse(data=turtle, format="turtle"))


@pytest.mark.parametrize("around", ["", ECOLOGY, "agency/pboc", "group/prd"])
def test_turtle_is_a_part_of_the_graph(opened: Opened, around: str) -> None:
    if around:
        opened.api("focus", around)
    graph = rdflib.Dataset(default_union=True).parse(SAMPLE, format="nquads")
    known = {(s, p, o) for s, p, o, _ in graph.quads((None, None, None, None))}
    found = _triples(opened.api("exportTurtle"))
    assert found
    assert found <= known
    if around:
        assert any(around in term for triple in found for term in triple)


def test_csv_has_a_row_for_each_statement(opened: Opened) -> None:
    opened.api("focus", ECOLOGY)
    rows = list(csv.DictReader(io.StringIO(opened.api("exportCsv").removeprefix("\ufeff"))))
    data = read_view_data(load())
    quotes = {item.iri: item.exact for item in data.evidence}
    edges = [edge for edge in data.edges if edge.target.endswith(ECOLOGY) and not edge.inferred]
    assert sorted((row["role"], row["measure_iri"], row["quote"]) for row in rows) == sorted(
        (edge.kind, edge.source, quotes[edge.evidence]) for edge in edges
    )


PARTS = """svg => {
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const count = (kinds) => parsed.querySelectorAll(kinds).length;
    return [count('parsererror') === 0, count('text'), count('script, image, a, foreignObject')];
}"""


@pytest.mark.parametrize("picture", PICTURES)
def test_svg_shows_what_is_seen(opened: Opened, picture: str) -> None:
    opened.api("picture", picture)
    svg = opened.api("exportSvg")
    parsed = opened.page.evaluate(PARTS, svg)
    assert parsed[0]
    assert parsed[1] >= 4
    assert parsed[2] == 0


# --- labels ---

OVERLAPS = """(name) => {
    const within = (box, frame) => ({ left: Math.max(box.left, frame.left), right: Math.min(box.right, frame.right),
        top: Math.max(box.top, frame.top), bottom: Math.min(box.bottom, frame.bottom) });
    const seen = { visibilityProperty: true, opacityProperty: true };
    const texts = [...document.querySelectorAll(`#${name} :is(.row .name, .cell, .row-head, .column-head, .tick)`)]
        .filter((it) => it.checkVisibility(seen) && it.textContent.trim());
    const boxes = texts.map((it) => {
        const range = document.createRange();
        range.selectNodeContents(it);
        return { text: it.textContent, ...within(range.getBoundingClientRect(), it.getBoundingClientRect()) };
    });
    const found = [];
    boxes.forEach((a, place) => boxes.slice(place + 1).forEach((b) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 4) found.push([a.text, b.text, wide, high]);
    }));
    return [boxes.length, found.slice(0, 5)];
}"""
"""How many labels there are, and those pairs whose ink shares more than 2 by 4 pixels."""

CORNERS = """(svg) => {
    const host = document.body.appendChild(document.createElement("div"));
    host.style.cssText = "position:absolute;left:0;top:0;visibility:hidden";
    host.append(document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true));
    const found = [...host.querySelectorAll("text")].map((it) => {
        const box = it.getBBox(), matrix = it.getScreenCTM(), trim = box.height * 0.2;
        const at = (x, y) => { const p = new DOMPoint(x, y).matrixTransform(matrix); return [p.x, p.y]; };
        const [top, bottom, right] = [box.y + trim, box.y + box.height - trim, box.x + box.width];
        return [it.textContent, [at(box.x, top), at(right, top), at(right, bottom), at(box.x, bottom)]];
    });
    host.remove();
    return found;
}"""
"""The text and the four corners of each label of a picture, turned as it is; blank above and below is taken off."""

Corners = list[list[float]]


def _apart(one: Corners, other: Corners) -> bool:
    """Tell whether a straight line parts two boxes, however they are turned."""
    for box in (one, other):
        for (x, y), (to_x, to_y) in ((box[0], box[1]), (box[1], box[2])):
            across = (y - to_y, to_x - x)
            first, second = ([px * across[0] + py * across[1] for px, py in each] for each in (one, other))
            if max(first) <= min(second) or max(second) <= min(first):
                return True
    return False


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("graph", ["seeds", "thousand"])
def test_labels_do_not_lie_on_each_other(
    browser: Browser, files: dict[str, Path], size: ViewportSize, graph: str
) -> None:
    with opening(browser, files[graph], viewport=size) as opened:
        for picture in ("overview", "table", "matrix"):
            opened.api("picture", picture)
            opened.page.wait_for_timeout(200)
            count, overlaps = opened.page.evaluate(OVERLAPS, picture)
            assert overlaps == []
            assert count > 5
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("graph", ["seeds", "thousand"])
def test_labels_of_the_network_do_not_lie_on_each_other(
    browser: Browser, files: dict[str, Path], size: ViewportSize, graph: str
) -> None:
    with opening(browser, files[graph], viewport=size) as opened:
        opened.api("picture", "network")
        opened.page.wait_for_timeout(600)
        labels = opened.page.evaluate(CORNERS, opened.api("exportSvg"))
        assert len(labels) > 5
        overlaps = [(a, b) for (a, box), (b, other) in combinations(labels, 2) if not _apart(box, other)]
        assert overlaps == []


def test_boxes_are_told_apart_however_they_are_turned() -> None:
    square = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]
    diamond = [[3.0, 1.0], [4.0, 2.0], [3.0, 3.0], [2.0, 2.0]]
    assert _apart(square, diamond)
    assert not _apart(square, [[x - 0.6, y - 0.6] for x, y in diamond])
