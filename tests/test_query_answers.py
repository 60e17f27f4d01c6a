"""The named queries against answers that were worked out by hand from the documents (tests/data/query-answers.yaml)."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, SEEDS, run_kg
from pyoxigraph import Store

from kg.exports.sheets.rows import read_sheets
from kg.graph.counts import count_things
from kg.query import Solutions, format_csv, list_queries, run_query
from kg.store import open_store
from kg.view.payload import make_payload
from kg.view.reading import read_view_data

DATA: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "data" / "query-answers.yaml").read_text(encoding="utf-8"))
NAMES: dict[str, str] = DATA["names"]
CORPUS = Path(os.environ.get("KG_CORPUS") or ROOT.parent / "shared") / "corpus" / "dev"

Open = Callable[[str], Store]


@pytest.fixture(scope="module")
def store_of(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Open the build of the seeds or of the thirteen documents, each once."""
    stores: dict[str, Store] = {}

    def build(corpus: str) -> Path:
        if corpus == "seeds":
            return built
        more = sorted(CORPUS.glob("*.txt"))
        if not more:
            pytest.skip("the eight further documents are not here: set KG_CORPUS to the folder that has corpus/dev")
        out = tmp_path_factory.mktemp("thirteen") / "build"
        run_kg("build", *SEEDS, *more, "-o", out)
        return out

    def opened(corpus: str) -> Store:
        if corpus not in stores:
            stores[corpus] = open_store(build(corpus))
        return stores[corpus]

    return opened


def full(value: object) -> str:
    return NAMES.get(str(value), str(value))


@pytest.mark.parametrize("answer", DATA["answers"], ids=lambda answer: f"{answer['query']}-{answer['params']}")
def test_answer_worked_out_by_hand(store_of: Open, answer: dict[str, Any]) -> None:
    solutions = run_query(store_of(answer["corpus"]), answer["query"], answer["params"])
    assert isinstance(solutions, Solutions)
    found = list(csv.DictReader(io.StringIO(format_csv(solutions))))
    wanted = {column: full(value) for column, value in answer.get("where", {}).items()}
    found = [row for row in found if all(row[column] == value for column, value in wanted.items())]
    if "count" in answer:
        assert len(found) == answer["count"], answer["why"]
        return
    columns = answer.get("columns", [])
    rows = sorted(tuple(full(value) for value in row) for row in answer["rows"])
    assert sorted(tuple(row[column] for column in columns) for row in found) == rows, answer["why"]


def test_every_named_query_has_an_answer_from_the_documents() -> None:
    asked = {answer["query"] for answer in DATA["answers"]}
    assert {query.name for query in list_queries()} - asked == {"actions-by-act"}  # answered in test_actions.py
    assert all(answer["why"] for answer in DATA["answers"])


def test_the_25_questions_have_a_query_each() -> None:
    assert {query.number for query in list_queries()} - {None} == set(range(1, 26))


@pytest.mark.parametrize("name", ["省财政厅", "财政厅", "广东省财政厅"])
def test_every_name_of_a_body_finds_it(store_of: Open, name: str) -> None:
    solutions = run_query(store_of("seeds"), "agency-counts", {"agency": name})
    assert isinstance(solutions, Solutions)
    assert [row[0].value for row in solutions.rows if row[0]] == ["广东省财政厅"]  # type: ignore[union-attr]


def test_every_form_that_documents_use_is_a_name_of_its_body(store_of: Open) -> None:
    nameless = """SELECT ?words { ?x zc:surfaceForm ?words ; zc:agent ?body FILTER NOT EXISTS { ?x zc:viaGroup ?group }
        FILTER NOT EXISTS {
            ?body skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name FILTER (STR(?name) = STR(?words))
        } }"""
    solutions = run_query(store_of("seeds"), nameless)
    assert isinstance(solutions, Solutions)
    assert not solutions.rows


# --- every count is the same wherever it is told ---


def unpacked(column: Any, size: int) -> list[Any]:
    """Return the values of a column of the page in any of its forms; None where a row says nothing."""
    if isinstance(column, list):
        return column
    if "at" in column:
        return [column["of"][place] for place in column["at"]]
    values = dict(zip(column["rows"], column["values"], strict=True))
    return [values.get(row) for row in range(size)]


def test_everything_tells_the_counts_that_the_query_gives(built: Path) -> None:
    store = open_store(built)
    rows = run_query(store, "counts")
    assert isinstance(rows, Solutions)
    asked = {(str(row[2].value), int(row[1].value)) for row in rows.rows}  # type: ignore[union-attr]
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert {(count["zh"], count["number"]) for count in report["counts"].values()} == asked
    shown: Any = make_payload(read_view_data(store), title="")["counts"]
    columns = (unpacked(shown["columns"][name], shown["size"]) for name in ("zh", "number"))
    assert {(zh, number or 0) for zh, number in zip(*columns, strict=True)} == asked
    assert {(count.zh, count.number) for count in count_things(store)} == asked
    sheets = {sheet.name: sheet.rows for sheet in read_sheets(store)}
    assert {(row[0], row[2]) for row in sheets["counts"]} == asked


def test_what_the_sheets_list_is_as_much_as_the_counts_say(built: Path) -> None:
    counts = {count.name: count.number for count in count_things(open_store(built))}
    listed = {sheet.name: len(sheet.rows) for sheet in read_sheets(open_store(built))}
    assert listed["assignments"] == counts["participants"]
    assert listed["measures"] == counts["measures"] + counts["parts"]
    assert listed["agencies"] >= counts["bodies"]
    assert listed["targets"] == counts["targets"] + counts["pledges"]
    assert listed["policy-action"] == counts["actions"]


def test_the_bodies_lead_and_support_as_often_in_the_page_and_the_workbook(built: Path) -> None:
    store = open_store(built)
    rows = run_query(store, "agency-counts")
    assert isinstance(rows, Solutions)
    asked = {tuple(cell.value for cell in row[:4]) for row in rows.rows}  # type: ignore[union-attr]
    sheet = next(one for one in read_sheets(store) if one.name == "agencies")
    keys = [column.key for column in sheet.columns]
    told = (dict(zip(keys, row, strict=True)) for row in sheet.rows)
    roles = ("lead", "support", "responsible")
    assert asked == {
        (one["official"], *(str(one[role]) for role in roles))
        for one in told
        if one["kind"] == "agency" and any(one[role] for role in roles)
    }
    data = read_view_data(store)
    drawn = Counter({(edge.source, edge.kind, edge.target): 1 for edge in data.edges if not edge.inferred})
    held = Counter((target, kind) for _, kind, target in drawn)
    names = {node.id: node.label for node in data.nodes if node.kind == "agency"}
    assert asked == {
        (name, *(str(held[body, role]) for role in roles))
        for body, name in names.items()
        if any(held[body, role] for role in roles)
    }
