"""What the page is given: rows that open, packed tables, the network of bodies, initials and stretches of texts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from view_pages import load, opening

from benchmarks.view_graph import make_graph
from kg.errors import GraphError
from kg.graph.things import Quote
from kg.view import to_pyvis, trees
from kg.view.compact import cut_texts, holds, pack, pack_table
from kg.view.coordination import coordinate, pair_up
from kg.view.data import Edge, Node, SourceDocument, ViewData, neighbourhood
from kg.view.grouping import OPEN_LINES, OPEN_ROWS, initials
from kg.view.page import render_page
from kg.view.payload import make_payload
from kg.view.reading import read_view_data
from kg.view.trees import MOST_ROWS, TREE_OF, Group, grow_trees

SIZES = ((40, 80), (1000, 2000), (3000, 6000))


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]} nodes")
def data(request: pytest.FixtureRequest) -> ViewData:
    return make_graph(*request.param)


def _children(groups: tuple[Group, ...]) -> list[int]:
    """Return how many rows each group opens to."""
    below = Counter(group.parent for group in groups)
    return [below[place] + len(group.nodes) for place, group in enumerate(groups)]


# --- rows ---


def test_every_node_has_one_row_in_its_tree(data: ViewData) -> None:
    kinds = {node.id: node.kind for node in data.nodes}
    rows = [(node, group.tree) for group in grow_trees(data) for node in group.nodes]
    assert sorted(node for node, _ in rows) == sorted(kinds)
    assert all(TREE_OF[kinds[node]] == tree for node, tree in rows)


def test_no_step_shows_more_than_a_screen(data: ViewData) -> None:
    groups = grow_trees(data)
    assert max(_children(groups)) <= MOST_ROWS
    assert max(Counter(group.tree for group in groups if group.parent < 0).values()) <= MOST_ROWS


def test_rows_open_at_first_keep_to_their_budget(data: ViewData) -> None:
    groups = grow_trees(data)
    for tree, budget in OPEN_ROWS.items():
        own = [place for place, group in enumerate(groups) if group.tree == tree]
        roots = sum(groups[place].parent < 0 for place in own)
        assert roots + sum(_children(groups)[place] for place in own if groups[place].open) <= max(budget, roots)
        assert all(groups[place].parent < 0 or groups[groups[place].parent].open for place in own if groups[place].open)


def test_lines_at_first_keep_to_their_budget_or_no_measure_is_open(data: ViewData) -> None:
    groups = grow_trees(data)
    row = {node: _row(groups, place, node) for place, group in enumerate(groups) for node in group.nodes}
    for kinds, most in (
        ({"lead", "support", "responsible", "guide", "announced"}, OPEN_LINES["body"]),
        ({"instrument"}, OPEN_LINES["instrument"]),
    ):
        shown = [edge for edge in data.edges if edge.kind in kinds and not edge.inferred]
        lines = {(row[edge.source], row[edge.target], edge.kind) for edge in shown}
        assert len(lines) <= most or not any(group.open for group in groups if group.tree in {"document", "body"})


def _row(groups: tuple[Group, ...], place: int, node: str) -> str:
    """Return what stands for a node: itself, or the outermost closed group that it is in."""
    row = node
    while place >= 0:
        row = row if groups[place].open else groups[place].id
        place = groups[place].parent
    return row


def test_names_of_groups_are_theirs_alone_and_parents_come_first(data: ViewData) -> None:
    groups = grow_trees(data)
    assert len({group.id for group in groups}) == len(groups)
    assert all(group.parent < place for place, group in enumerate(groups))
    assert all(groups[group.parent].tree == group.tree for group in groups if group.parent >= 0)


def test_a_group_keeps_its_name_when_the_graph_grows() -> None:
    small = {group.id for group in grow_trees(make_graph(40, 80)) if group.key.kind == "document"}
    assert small <= {group.id for group in grow_trees(make_graph(1000, 2000)) if group.key.kind == "document"}


def test_measures_stand_as_they_are_read(data: ViewData) -> None:
    position = {node.id: (node.document, node.position) for node in data.nodes}
    for document in {node.document for node in data.nodes if node.document}:
        rows = [n for group in grow_trees(data) for n in group.nodes if position[n][0] == document]
        assert [position[row] for row in rows] == sorted(position[row] for row in rows)
        if len(data.nodes) > 100:
            break


def _document(count: int, path: str = "") -> ViewData:
    nodes = tuple(Node(f"m/{n:03}", "measure", f"m{n}", document="d", path=path, position=n) for n in range(count))
    return ViewData(nodes, (), (), (SourceDocument("d", "policy", "title"),), {})


@pytest.mark.parametrize(
    ("data", "kinds", "reason"),
    [
        (_document(trees.MOST_MEASURES), ["document"], "few measures stand right below their document"),
        (_document(61), ["document", "range", "range"], "without sections, many are parted by number"),
        (_document(0), [], "nothing has no rows"),
        (replace(_document(3), documents=()), ["document"], "a document that nobody describes"),
    ],
)
def test_documents_are_divided_when_they_must(data: ViewData, kinds: list[str], reason: str) -> None:
    assert [group.key.kind for group in grow_trees(data)] == kinds, reason


# --- tables ---


@given(st.lists(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.lists(st.text(max_size=2)))))
def test_packing_loses_nothing(values: list[Any]) -> None:
    plain = [tuple(value) if isinstance(value, list) else value for value in values]
    column = json.loads(json.dumps(pack(plain)))
    assert [_said(value) for value in _unpack(column, len(values))] == [_said(value) for value in values]


def _unpack(column: Any, size: int) -> list[Any]:
    """Return the values as the page reads them."""
    if isinstance(column, list):
        return column
    if "of" in column:
        return [column["of"][place] for place in column["at"]]
    rows = dict(zip(column["rows"], column["values"], strict=True))
    return [rows.get(row) for row in range(size)]


def _said(value: Any) -> tuple[str, Any] | None:
    return None if value in (None, "", []) or value is False else (type(value).__name__, value)


def test_columns_that_say_nothing_are_left_out() -> None:
    assert pack_table({"a": ["x"], "b": [""], "c": [0]}) == {"size": 1, "columns": {"a": ["x"], "c": [0]}}


def test_rows_name_only_rows_that_exist(data: ViewData) -> None:
    payload: Any = make_payload(data, title="")
    sizes = {name: table["size"] for name, table in payload.items() if isinstance(table, dict) and "size" in table}
    sizes["texts"] = len(payload["texts"])
    references = {
        ("nodes", "document"): "documents",
        ("nodes", "group"): "groups",
        ("edges", "source"): "nodes",
        ("edges", "target"): "nodes",
        ("edges", "evidence"): "evidence",
        ("evidence", "source"): "texts",
        ("documents", "source"): "texts",
        ("headings", "document"): "documents",
        ("groups", "parent"): "groups",
        ("groups", "document"): "documents",
        ("network", "node"): "nodes",
    }
    for (table, column), target in references.items():
        if column in payload[table]["columns"]:
            places = _unpack(payload[table]["columns"][column], sizes[table])
            assert all(place is None or 0 <= place < sizes[target] for place in places), (table, column)
    assert sizes["nodes"] == len(data.nodes)
    assert sizes["edges"] == len(data.edges)


# --- the network ---


def test_every_body_stands_in_the_network_by_itself(data: ViewData) -> None:
    members = coordinate(data).members
    bodies = [node.id for node in data.nodes if node.kind in {"agency", "group"}]
    assert sorted(member.id for member in members) == bodies
    assert len({(member.x, member.y) for member in members}) > len(members) * 0.9
    assert all(0 <= member.x <= 1 and 0 <= member.y <= 1 for member in members)
    assert [member.community for member in members] == sorted(member.community for member in members)


def test_weight_is_the_number_of_measures_with_each_partner(data: ViewData) -> None:
    weights: Counter[str] = Counter()
    for lead, support in pair_up(data.edges):
        weights.update((lead, support))
    assert {member.id: member.weight for member in coordinate(data).members if member.weight} == weights


def _edges(*pairs: tuple[str, str]) -> tuple[Edge, ...]:
    roles = (("lead", 0), ("support", 1))
    return tuple(
        Edge(f"{number}{role}", role, f"m{number}", pair[end])
        for number, pair in enumerate(pairs)
        for role, end in roles
    )


def test_those_who_work_together_form_a_community() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x"), ("a", "x")] * 3
    nodes = tuple(Node(name, "agency", name) for name in "abcxyzl")
    coordination = coordinate(ViewData(nodes, _edges(*pairs), (), (), {}))
    communities = {member.id: member.community for member in coordination.members}
    assert communities["a"] == communities["b"] == communities["c"]
    assert communities["x"] == communities["y"] == communities["z"]
    assert len({communities["a"], communities["x"], communities["l"]}) == 3
    assert coordination.members[-1].id == "l", "a body without a partner comes last"
    assert set(coordination.heads) == {"a", "x", "l"}


def test_nobody_supports_itself() -> None:
    assert list(pair_up(_edges(("a", "a"), ("a", "b")))) == [("a", "b")]


def test_same_payload_whatever_the_hash_seed() -> None:
    script = (
        "import json; from benchmarks.view_graph import make_graph; from kg.view.payload import make_payload;"
        "from hashlib import sha256;"
        "print(sha256(json.dumps(make_payload(make_graph(1000, 2000), title='')).encode()).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "1"}  # that of this process is a random one
    done = subprocess.run([sys.executable, "-c", script], check=True, env=environment, capture_output=True, text=True)
    here = json.dumps(make_payload(make_graph(1000, 2000), title="")).encode()
    assert done.stdout.strip() == sha256(here).hexdigest()


# --- names and texts ---


@pytest.mark.parametrize(
    ("name", "expected", "reason"),
    [
        ("重庆市财政局", "cqsczj", "重 is chóng in 重庆"),
        ("重点工程", "zdgc", "and zhòng in 重点"),
        ("中国人民银行", "zgrmyh", "行 is háng in 银行"),
        ("长沙市", "css", "长 is cháng in 长沙"),
        ("“数字山东”2019行动", "szsd2019xd", "digits stay, marks go"),
        ("ESG评级", "esgpj", "letters become small"),
        ("", "", "nothing"),
    ],
)
def test_initials(name: str, expected: str, reason: str) -> None:
    assert initials(name) == expected, reason


@given(st.data())
def test_stretches_hold_every_quote(draw: st.DataObject) -> None:
    text = draw.draw(st.text(alphabet="绿色𠮷🏦，", min_size=50, max_size=400))
    starts = draw.draw(st.lists(st.integers(0, len(text) - 5), min_size=1, max_size=6))
    items = tuple(Quote(f"e{n}", "s", start, start + 4, text[start : start + 4]) for n, start in enumerate(starts))
    data = ViewData((), (), items, (), {"s": text, "long": "长" * 2_000_000})
    stretches = cut_texts(data)["s"]
    assert all(holds(stretches, item) for item in items)
    assert all(text[start : start + len(part)] == part for start, part in stretches)
    ends = [(start, start + len(part)) for start, part in stretches]
    assert all(end < following for (_, end), (following, _) in pairwise(ends))


@pytest.mark.browser
def test_characters_beyond_the_basic_plane_do_not_shift_the_mark(browser: Browser, tmp_path: Path) -> None:
    """Offsets are code points: a stretch of 🏦 is twice as long in JavaScript and must not swallow the next one."""
    quotes = [f"第{number}句𠮷由甲牵头" for number in range(30)]
    text = "".join(f"{'🏦' * 1300}{quote}" for quote in quotes)
    starts = [text.index(quote) for quote in quotes]
    evidence = tuple(
        Quote(f"e{number:02}", "s", start, start + len(quote), quote)
        for number, (start, quote) in enumerate(zip(starts, quotes, strict=True))
    )
    measures = tuple(Node(f"m{number:02}", "measure", f"m{number}", document="d") for number in range(30))
    edges = tuple(Edge(f"a{n:02}", "lead", f"m{n:02}", "x", evidence=f"e{n:02}") for n in range(30))
    documents = (SourceDocument("d", "policy", "t", source="s"),)
    texts = {"s": text, "z": "长" * 2_000_000}
    data = ViewData((*measures, Node("x", "agency", "甲")), edges, evidence, documents, texts)
    assert len(cut_texts(data)["s"]) == 30
    file = tmp_path / "astral.html"
    file.write_text(render_page(make_payload(data, title=""), title=""), encoding="utf-8")
    with opening(browser, file) as opened:
        for edge, quote in zip(edges, quotes, strict=True):
            opened.api("openProof", edge.id)
            assert opened.page.text_content("mark") == quote
            assert opened.page.evaluate("document.querySelector('mark').previousSibling.textContent").endswith("🏦🏦")


# --- parts of a graph ---


def test_a_neighbourhood_is_what_lies_around_a_name() -> None:
    data = read_view_data(load())
    near, far = neighbourhood(data, "省环境厅", 1), neighbourhood(data, "广东省生态环境厅", 2)
    assert {node.kind for node in near.nodes} == {"agency", "measure"}
    assert {node.id for node in near.nodes} < {node.id for node in far.nodes}
    assert {end for edge in near.edges for end in (edge.source, edge.target)} <= {node.id for node in near.nodes}


def test_a_neighbourhood_of_nothing_is_refused() -> None:
    with pytest.raises(GraphError, match="is called '火星局'; give a whole name"):
        to_pyvis(load(), around="火星局")


def test_a_pyvis_network_of_a_neighbourhood_is_small() -> None:
    whole, part = to_pyvis(load()), to_pyvis(load(), around="省环境厅")
    assert 1 < len(part.nodes) < len(whole.nodes)
    assert all({"x", "y"} <= node.keys() for node in part.nodes)
