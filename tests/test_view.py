"""The page is opened in a real Chromium from disk, without a network, and used as a reader uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pyoxigraph import Literal, NamedNode, Quad, Store
from view_pages import PHONE, SAMPLE, Opened, load, opening

from kg.view import write_view
from kg.view.compact import MOST_TEXT
from kg.view.page import escape_json, render_page
from kg.view.payload import make_payload
from kg.view.reading import read_view_data

TITLE = "绿色金融</title><script>window.pwned=1</script>"
PROVEN = "（省生态环境厅牵头，省财政厅配合）"
PICTURES = ("overview", "network", "table", "matrix")
ECOLOGY = "agency/440000-ecology"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("view") / "graph.html"
    write_view(load(), out, title=TITLE)
    return out


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    with opening(browser, file) as opened:
        yield opened


def _edge(role: str, agent: str, occurrence: int = 0) -> str:
    """Return the edge of a role and a body that stands at the given place of the sample's text."""
    data = read_view_data(load())
    starts = {item.iri: item.start for item in data.evidence}
    edges = [edge for edge in data.edges if edge.kind == role and edge.target.endswith(agent) and not edge.inferred]
    return sorted(edges, key=lambda edge: starts[edge.evidence])[occurrence].id


# --- the page loads and shows the graph ---


def test_asks_for_nothing_and_reports_no_error(opened: Opened, file: Path) -> None:
    opened.api("focus", ECOLOGY)
    opened.page.wait_for_timeout(500)
    assert opened.errors == []
    assert opened.requests == [file.as_uri()]


def test_counts_and_draws_nodes(opened: Opened) -> None:
    data = read_view_data(load())
    assert opened.page.evaluate("[kgView.nodeCount, kgView.edgeCount]") == [len(data.nodes), len(data.edges)]
    colours = opened.page.evaluate(
        """() => { const canvas = document.querySelector('#picture canvas');
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return new Set(new Uint32Array(pixels.buffer)).size; }"""
    )
    assert colours > 50


def test_an_address_with_any_hash_opens(browser: Browser, file: Path) -> None:
    hashes = ("#n=<img src=x onerror=window.pwned=1>", "#%", "#p=__proto__&o=%E0%A4%A&f.year=~~", "#e=no&b=|a&n=%00")
    for hash_ in hashes:
        with opening(browser, file, hash_=hash_) as opened:
            assert opened.page.evaluate("window.pwned") is None
            assert opened.errors == []


# --- search ---


@pytest.mark.parametrize(
    ("query", "found", "reason"),
    [
        ("广东省生态环境厅", ECOLOGY, "official name"),
        ("省环境厅", ECOLOGY, "alias"),
        ("央行", "agency/pboc", "alias that a measure's label begins with too"),
        ("GREEN Bond", "instrument/green-bond", "English name, letters of any case"),
        ("ｇreen", "instrument/green-bond", "full-width letters"),
    ],
)
def test_search_finds(opened: Opened, query: str, found: str, reason: str) -> None:
    assert opened.api("search", query)[0]["id"] == found, reason


def test_search_by_keyboard(opened: Opened) -> None:
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("广州")
    assert opened.page.locator("#hits [role=option]").count() >= 2
    opened.page.keyboard.press("ArrowDown")
    chosen = opened.page.inner_text("#hits [aria-selected=true] .name")
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.heading() == chosen
    assert opened.page.locator("#hits").is_hidden()
    opened.page.keyboard.press("Escape")
    assert opened.heading() == "概览"


# --- the proof ---


def test_click_on_an_edge_opens_its_sentence(opened: Opened) -> None:
    edge = _edge("support", "pboc-guangzhou")
    opened.click_at(opened.api("edgeScreenPosition", edge))
    assert opened.page.inner_text("mark") == "（珠三角各地级以上市政府负责，人民银行广州分行配合）"
    assert "配合 supports" in opened.heading()


def test_click_on_a_node_lists_its_edges(opened: Opened) -> None:
    opened.click_at(opened.api("nodeScreenPosition", ECOLOGY))
    assert opened.heading() == "广东省生态环境厅"
    assert opened.page.locator(".edges button").count() == 2


def test_escape_steps_back_from_proof_to_row_to_nothing(opened: Opened) -> None:
    opened.api("focus", ECOLOGY)
    opened.api("openProof", _edge("lead", "440000-ecology"))
    for heading in ("广东省生态环境厅", "概览", "概览"):
        opened.page.keyboard.press("Escape")
        assert opened.heading() == heading


def test_escape_steps_back_from_proof_to_list(opened: Opened) -> None:
    opened.api("picture", "network")
    opened.page.click("#panel .pair")
    pair = opened.heading()
    opened.page.click("#panel .shared .chip")
    assert opened.page.locator("mark").is_visible()
    for heading in (pair, "协作网络"):
        opened.page.keyboard.press("Escape")
        assert opened.heading() == heading


@pytest.mark.parametrize(("occurrence", "before"), [(0, "支持企业发行绿色债券。"), (1, "𠮷祥🏦开展试点。")])
def test_offsets_tell_the_same_sentence_apart(opened: Opened, occurrence: int, before: str) -> None:
    opened.api("openProof", _edge("lead", "440000-ecology", occurrence))
    assert opened.page.text_content("mark") == PROVEN
    whole = opened.page.text_content(".passage") or ""
    marked = opened.page.evaluate("document.querySelector('mark').previousSibling.textContent")
    assert marked.endswith(before)
    assert whole.count(PROVEN) == 2


def test_proof_by_keyboard_alone(opened: Opened) -> None:
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("省财政厅")
    opened.page.keyboard.press("Enter")
    for _ in range(6):
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate("document.activeElement.classList.contains('item')"):
            break
    assert opened.page.evaluate("document.activeElement.classList.contains('item')")
    opened.page.keyboard.press("Enter")
    assert opened.page.text_content("mark") == PROVEN
    assert opened.page.locator("mark").is_visible()


def test_proof_says_how_the_body_was_found(opened: Opened) -> None:
    opened.api("openProof", _edge("lead", "440000-ecology"))
    text = opened.page.inner_text("#panel")
    for words in (
        "粤办函〔2022〕219号",
        "成文 2022-06-24",
        "二 › 1 扩大绿色债券发行规模",
        "省生态环境厅",
        "补全地区或层级",
        "高（95%）",
        "原文写明",
    ):
        assert words in text
    link = opened.page.locator(".source a")
    assert link.get_attribute("href") == "https://example.org/policy?a=1&b=2"
    assert "noopener" in (link.get_attribute("rel") or "")


def test_javascript_address_is_no_link(opened: Opened) -> None:
    opened.api("openProof", _edge("lead", "agency/pboc"))
    assert opened.page.text_content("mark") == "由人民银行牵头"
    assert opened.page.locator("#panel a").count() == 0


# --- filters, layers, languages, screens ---


def test_levels_to_filter_by_are_those_of_the_tree(opened: Opened) -> None:
    opened.page.check("[data-layer=inferred]")
    rows = [row["id"] for row in opened.api("visibleRows") if row["kind"] == "group" and row["depth"] == 0]
    opened.page.uncheck("[data-layer=inferred]")
    opened.page.click("#tool-filter")
    offered = opened.page.locator("[data-facet=level]").evaluate_all("boxes => boxes.map((box) => box.dataset.value)")
    assert offered == [name.removeprefix("body.") for name in rows if name.startswith("body.")]
    opened.page.check("[data-facet=level][data-value=vertical]")
    opened.page.keyboard.press("Escape")
    opened.api("expand", "body.vertical")
    bodies = [row["id"] for row in opened.api("visibleRows") if row["id"].startswith("agency/")]
    assert bodies == ["agency/pboc-guangzhou"]


def test_inferred_edges_are_off_at_first(opened: Opened) -> None:
    opened.api("focus", "group/prd")
    assert not opened.page.is_checked("[data-layer=inferred]")
    opened.page.check("[data-layer=inferred]")
    opened.api("focus", "agency/440100-government")
    assert "推断" in opened.page.inner_text(".edges >> nth=0")


def test_asking_for_a_hidden_node_shows_its_layer(opened: Opened) -> None:
    opened.page.uncheck("[data-layer=instrument]")
    opened.api("focus", "instrument/green-bond")
    assert opened.page.is_checked("[data-layer=instrument]")


def test_language_follows_the_browser_and_the_button(browser: Browser, file: Path) -> None:
    with opening(browser, file, locale="en-GB") as opened:
        assert opened.heading() == "Overview"
        opened.page.click("#language")
        assert opened.heading() == "概览"
        assert opened.page.get_attribute("html", "lang") == "zh-CN"


def test_every_phrase_has_both_languages(opened: Opened) -> None:
    strings = opened.page.evaluate("JSON.parse(document.getElementById('kg-strings').textContent)")
    assert all(phrase["zh"] and phrase["en"] for phrase in strings.values())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(browser: Browser, file: Path, scheme: Any) -> None:
    with opening(browser, file, viewport=PHONE, color_scheme=scheme) as opened:
        opened.api("openProof", _edge("lead", "440000-ecology"))
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert opened.page.locator("mark").is_visible()
        assert opened.errors == []


# --- other graphs ---


def test_empty_graph_gives_a_page(browser: Browser, tmp_path: Path) -> None:
    write_view(Store(), tmp_path / "empty.html", title="empty")
    with opening(browser, tmp_path / "empty.html") as opened:
        assert opened.page.evaluate("kgView.nodeCount") == 0
        assert opened.page.locator("#panel .hint").count() == 0
        for picture in PICTURES:
            opened.api("picture", picture)
        assert opened.errors == []


def test_direct_triples_alone_give_edges_without_proof(browser: Browser, tmp_path: Path) -> None:
    terms = "https://w3id.org/zhengce/ontology#"
    store = Store()
    for quad in load():
        if quad.predicate.value.startswith(terms) and "Agency" in quad.predicate.value:
            store.add(Quad(quad.subject, quad.predicate, quad.object))
            kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
            store.add(Quad(quad.subject, kind, NamedNode(terms + "Measure")))
    data = read_view_data(store)
    write_view(store, tmp_path / "slim.html", title="slim")
    with opening(browser, tmp_path / "slim.html") as opened:
        opened.api("openProof", data.edges[0].id)
        assert "没有附原文依据" in opened.page.inner_text("#panel")
        assert opened.errors == []


def test_many_texts_come_as_surroundings(browser: Browser, tmp_path: Path) -> None:
    store = load()
    text = next(iter(store.quads_for_pattern(None, NamedNode("https://schema.org/text"), None, None)))
    store.remove(text)
    assert isinstance(text.object, Literal)
    store.add(Quad(text.subject, text.predicate, Literal(text.object.value + "长" * MOST_TEXT), text.graph_name))
    write_view(store, tmp_path / "long.html", title="long")
    assert (tmp_path / "long.html").stat().st_size < 1_000_000
    with opening(browser, tmp_path / "long.html") as opened:
        opened.api("openProof", _edge("lead", "440000-ecology", 1))
        assert opened.page.text_content("mark") == PROVEN


# --- the file ---


def test_same_bytes_whatever_the_hash_seed(file: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pyoxigraph import Store, RdfFormat; from kg.view import write_view;"
        "s = Store(); s.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS);"
        "write_view(s, Path(sys.argv[2]), title=sys.argv[3])"
    )
    out = tmp_path / "again.html"
    environment = os.environ | {"PYTHONHASHSEED": "1"}  # that of this process is a random one
    subprocess.run([sys.executable, "-c", script, SAMPLE, out, TITLE], check=True, env=environment)
    assert out.read_bytes() == file.read_bytes()


def test_leaves_the_old_page_where_writing_fails(tmp_path: Path) -> None:
    out = tmp_path / "graph.html"
    out.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_view(load(), out, title="\ud800")
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_policy_allows_nothing_else(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    policy = text.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_json_cannot_end_its_block() -> None:
    assert escape_json("</script>\u2028&") == '"\\u003c/script\\u003e\\u2028\\u0026"'


def test_unused_bodies_stay_out() -> None:
    assert "无关机构" not in render_page(make_payload(read_view_data(load()), title=""), title="")


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        (f"推广绿色债券。{PROVEN}", "推广绿色债券。"),
        (f"推广绿色债券{PROVEN}。", "推广绿色债券"),
        (PROVEN, PROVEN),
        ("推广绿色债券（省财政厅牵头）", "推广绿色债券（省财政厅牵头）"),
    ],
)
def test_labels_leave_out_the_clause_that_assigns(label: str, shown: str) -> None:
    store, named = load(), NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    edge = _edge("lead", "440000-ecology")
    measure = NamedNode(next(each.source for each in read_view_data(store).edges if each.id == edge))
    for quad in list(store.quads_for_pattern(measure, named, None, None)):
        store.remove(quad)
        store.add(Quad(quad.subject, quad.predicate, Literal(label, language="zh"), quad.graph_name))
    node = next(node for node in read_view_data(store).nodes if node.id == measure.value)
    assert node.label == shown
    assert bool(node.named) == (label == shown)


def test_data_has_no_reference_to_a_missing_part() -> None:
    data = read_view_data(load())
    nodes = {node.id for node in data.nodes}
    assert {end for edge in data.edges for end in (edge.source, edge.target)} <= nodes
    assert {edge.evidence for edge in data.edges} - {""} <= {item.iri for item in data.evidence}
    for item in data.evidence:
        assert data.texts[item.source][item.start : item.end] == item.exact
