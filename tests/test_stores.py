"""The same build gives the same rows in Oxigraph, Virtuoso, Comunica and rdflib, and docs/stores.md says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, ExtractText
from small_graph import EXTRACTIONS, REFERENCE

from benchmarks.stores.answers import Answer, Rows, Unanswered, cell
from benchmarks.stores.comparison import Asked, Case, cases, from_comunica, from_rdflib, from_server, page, verdict
from benchmarks.stores.servers import Unavailable
from kg.graph import build_quads
from kg.graph.namespaces import term
from kg.query import NamedQuery, find_query, list_queries
from kg.store import load, open_store, write_nquads, write_turtle


@pytest.fixture(scope="session")
def asked(built: Path) -> tuple[Case, ...]:
    return cases(open_store(built))


# A plan that, with the small graph, has a row for every question.
PLAN = """---
title: 广东省绿色发展实施方案
number: 粤府〔2022〕9号
issuer: 广东省人民政府
date: '2022-03-01'
---
为贯彻落实《国务院关于加快建立健全绿色低碳循环发展经济体系的指导意见》（国发〔2021〕4号），制定本方案。到2030年，森林覆盖率达到60%。
一、健全机制
成立省绿色发展工作领导小组，领导小组办公室设在省发展改革委。2025年底前，省绿色发展工作领导小组完成绿色发展规划。（省发展改革委牵头，省财政厅、省科技厅、省生态环境厅、省交通运输厅配合）
二、完善政策
设立绿色发展专项资金。（省财政厅牵头，省发展改革委配合）
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, extract_text: ExtractText) -> tuple[Path, tuple[Case, ...]]:
    """A folder with a graph of a thousand triples, and what is asked of it.

    Comunica and rdflib take a second or more for a question to a whole build: those they get from make stores.
    """
    extractions = [*EXTRACTIONS, *extract_text(PLAN)]
    store = load(build_quads(extractions, REFERENCE, program_version="0", lexicon_version="0"))
    folder = tmp_path_factory.mktemp("small")
    write_nquads(store, folder / "graph.nq")
    write_turtle(store, folder / "graph.ttl")
    return folder, tuple(case for case in cases(store) if not case.params)


def test_the_small_graph_answers_all_but_what_compares_two_builds(small: tuple[Path, tuple[Case, ...]]) -> None:
    assert {case.query.name for case in small[1]} == {query.name for query in list_queries()}
    assert {case.query.name for case in small[1] if not case.rows} == {"changes"}


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_every_question_gives_the_same_rows_in(
    name: str, request: pytest.FixtureRequest, built: Path, asked: tuple[Case, ...]
) -> None:
    assert_alike(from_server(name, request.getfixturevalue(f"running_{name}"), built, asked), asked)


@pytest.mark.parametrize("ask", [from_comunica, from_rdflib], ids=["comunica", "rdflib"])
def test_every_query_gives_the_same_rows_in(
    ask: Callable[[Path, Sequence[Case]], Asked], small: tuple[Path, tuple[Case, ...]]
) -> None:
    folder, questions = small
    try:
        store = ask(folder, questions)
    except Unavailable as reason:
        pytest.skip(str(reason))
    assert_alike(store, questions)


def assert_alike(store: Asked, questions: tuple[Case, ...]) -> None:
    assert store.warnings == ()
    verdicts = [(case.query.name, case.params, verdict(case, store.answers[n])) for n, case in enumerate(questions)]
    assert [each for each in verdicts if each[-1] != "same"] == []


def test_the_page_has_every_question_and_no_difference(asked: tuple[Case, ...]) -> None:
    alike = tuple(case.rows for case in asked)
    stores = [Asked(name, (), alike) for name in ("Oxigraph", "Virtuoso", "Comunica", "rdflib")]
    assert (ROOT / "docs" / "stores.md").read_text(encoding="utf-8") == page(asked, stores), (
        "make stores writes it anew"
    )


def test_every_query_is_asked_and_most_answer(asked: tuple[Case, ...]) -> None:
    assert {case.query.name for case in asked} == {query.name for query in list_queries()}
    assert {name for case in asked for name, _ in case.params} >= {"agency", "document", "measure", "place"}
    assert all(case.rows for case in asked if case.params)
    assert sum(bool(case.rows) for case in asked) > 0.8 * len(asked)


ROWS: Rows = Counter({("甲", "1"): 2, ("乙", None): 1})
# answer, verdict, reason
VERDICTS: list[tuple[Answer, str, str]] = [
    (Counter({("乙", None): 1, ("甲", "1"): 2}), "same", "in any order"),
    (Counter({("甲", "1"): 1, ("乙", None): 1}), "differs: 1 missing, 0 more", "a row that should stand twice"),
    (Counter({("甲", "1"): 2, ("乙", "0"): 1}), "differs: 1 missing, 1 more", "a value in place of none"),
    (Counter(), "differs: 3 missing, 0 more", "no row"),
    (Unanswered("no plan"), "fails: no plan", "an error"),
    (Unanswered("no answer in 60 s"), "no answer in 60 s", "a question given up"),
]


@pytest.mark.parametrize(("answer", "said", "reason"), VERDICTS, ids=[row[-1] for row in VERDICTS])
def test_what_is_no_same_answer(answer: Answer, said: str, reason: str) -> None:
    assert verdict(Case(find_query("never-lead"), (), "", ROWS), answer) == said, reason


# value, datatype, as it is compared, reason
CELLS = [
    ("1.0", "xsd:decimal", "1", "needless zeros"),
    ("100", "xsd:integer", "100", "needed zeros"),
    ("0.95", "xsd:decimal", "0.95", "a fraction"),
    ("1E2", "xsd:double", "100", "an exponent"),
    ("1.0", "xsd:string", "1.0", "words are left alone"),
    ("true", "xsd:boolean", "1", "truth"),
    ("2025", "xsd:gYear", "2025", "a year is no number"),
]


@pytest.mark.parametrize(("value", "datatype", "compared", "reason"), CELLS, ids=[row[-1] for row in CELLS])
def test_how_terms_are_compared(value: str, datatype: str, compared: str, reason: str) -> None:
    assert cell(value, term(datatype).value) == compared, reason


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_no_query_asks_whether_a_text_contains_an_empty_one(query: NamedQuery) -> None:
    for parameter in query.parameters:
        if not parameter.default.value and re.search(rf"CONTAINS\([^\n]*\${parameter.name}\b", query.text):
            assert f'${parameter.name} = "" ||' in query.text, "Virtuoso says no; ask first whether it is empty"
