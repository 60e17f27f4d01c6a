"""Named queries, parameters and formats, on the small graph whose answers were worked out by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ExtractText
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store
from pyparsing import ParseResults
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from small_graph import EXTRACTIONS, NOTHING, REFERENCE, news, plan

from kg.errors import QueryError
from kg.graph import Names, build_quads, prefixes, term
from kg.query import (
    Graph,
    NamedQuery,
    NameIndex,
    Solutions,
    bound,
    find_query,
    format_csv,
    format_json,
    format_table,
    format_turtle,
    list_queries,
    run_query,
    unknown_names,
)
from kg.query.formats import columns
from kg.query.run import bind
from kg.store import load, open_store, write_turtle

PLAN, NEWS = "广东省绿色金融实施方案", "上海银保监局：推动绿色保险"
FIN, ECO, PBC = "广东省财政厅", "广东省生态环境厅", "中国人民银行广州分行"
PRD, ALL = "珠三角各地级以上市政府", "各有关部门"
GZ, SZ = "广州市人民政府", "深圳市人民政府"
SH = "中国银行保险监督管理委员会上海监管局"
CREDIT, CARBON, PUBLICITY = ("一", "发展绿色信贷"), ("二", "建设碳市场"), ("三", "加强宣传")
FIRST, SECOND, THIRD = ("（" + part.partition("）")[0] + "）" for part in plan().document.text.split("（")[1:])

COUNTED = {
    **{
        "documents": 3,
        "news": 2,
        "measures": 4,
        "actions": 1,
        "clauses": 3,
        "participants": 7,
        "members": 2,
        "bodies": 5,
    },
    **{"agencies": 2, "regions": 2, "instruments": 2, "targets": 1},
}
"""Three documents; the clauses have 3, 3 and 1 participants, of which 珠三角 has two members in the lexicon."""

ANSWERS: list[tuple[str, dict[str, str], list[tuple[str, ...]]]] = [
    (
        "who-leads",
        {},
        [
            (PLAN, *CREDIT, "Lead", FIN, "1", FIRST),
            (PLAN, *CREDIT, "Lead", PBC, "2", FIRST),
            (PLAN, *CREDIT, "Support", PRD, "3", FIRST),
            (PLAN, *CARBON, "Lead", ECO, "1", SECOND),
            (PLAN, *CARBON, "Support", FIN, "2", SECOND),
            (PLAN, *CARBON, "Support", ALL, "3", SECOND),
            (PLAN, *PUBLICITY, "Responsible", ALL, "1", THIRD),
        ],
    ),
    ("who-leads", {"measure": "宣传"}, [(PLAN, *PUBLICITY, "Responsible", ALL, "1", THIRD)]),
    ("who-leads", {"document": "山东"}, []),
    ("agency-counts", {}, [(FIN, "1", "1", "0", "0.5"), (PBC, "1", "0", "0", "1"), (ECO, "1", "0", "0", "1")]),
    ("agency-counts", {"agency": "人民银行广州分行"}, [(PBC, "1", "0", "0", "1")]),
    (
        "coordination-network",
        {},
        [(PBC, PRD, "1"), (ECO, ALL, "1"), (ECO, FIN, "1"), (FIN, PRD, "1")],
    ),
    ("coordination-network", {"min": "2"}, []),
    ("co-leads", {}, [("Lead", FIN, PBC, "1")]),
    ("no-lead", {}, [(PLAN, *PUBLICITY, "1", "0")]),
    ("crowded-measures", {"min": "3"}, [(PLAN, *CREDIT, "3"), (PLAN, *CARBON, "3")]),
    ("crowded-measures", {}, []),
    ("never-lead", {}, []),
    (
        "announcements",
        {},
        [
            (
                "2023-03-01",
                SH,
                "推动",
                "绿色债券",
                "",
                "上海市浦东新区",
                "在浦东新区推广绿色债券",
                "在浦东新区推广绿色债券",
            )
        ],
    ),
    ("actions-by-act", {"act": "推广"}, [(SH, "推动", "1", "1", "0", "1")]),
    ("actions-by-act", {"act": "promote"}, [(SH, "推动", "1", "1", "0", "1")]),
    ("actions-by-act", {"status": "reported"}, []),
    ("announcements", {"agency": "人民银行"}, []),
    ("agency-tasks", {"agency": GZ}, [(GZ, PLAN, "2025", *CREDIT, "Support", PRD)]),
    ("agency-tasks", {"agency": ECO}, [(ECO, PLAN, "", *CARBON, "Lead", "")]),
    (
        "place-tasks",
        {"place": "广州"},
        [("广州市", "group", PLAN, *CREDIT, PRD), ("广州市", "named", PLAN, *CARBON, "")],
    ),
    ("place-tasks", {"place": "深圳市"}, [("深圳市", "group", PLAN, *CREDIT, PRD)]),
    (
        "instrument-mix",
        {},
        [
            (NEWS, "Howlett", "财力", "1", "1"),
            (NEWS, "RothwellZegveld", "环境型", "1", "1"),
            (PLAN, "Howlett", "权威", "1", "1"),
            (PLAN, "Howlett", "财力", "1", "1"),
            (PLAN, "RothwellZegveld", "环境型", "2", "2"),
        ],
    ),
    ("instrument-leads", {}, [(PBC, "债券", "1"), (ECO, "碳市场", "1"), (FIN, "债券", "1")]),
    (
        "instrument-reach",
        {"instrument": "绿色债券"},
        [("绿色债券", "上海市浦东新区", "county", "1"), ("绿色债券", "广东省", "province", "1")],
    ),
    (
        "targets-due",
        {"by": "2025"},
        [
            ("2025", PLAN, "绿色专营机构", "at-least", "40", "家", "40", "", "", "NUM", "2020", "广州市", body)
            for body in (PBC, FIN)
        ],
    ),
    (
        "review",
        {},
        [
            ("0.95", "restored", PLAN, "一", "Lead", FIN, "省财政厅", FIRST),
            ("0.95", "restored", PLAN, "二", "Lead", ECO, "省生态环境厅", SECOND),
            ("0.95", "restored", PLAN, "二", "Support", FIN, "省财政厅", SECOND),
        ],
    ),
    ("review", {"below": "0.95"}, []),
    ("targets-due", {"by": "2024"}, []),
    ("tasks-due", {}, []),  # answered from the documents: the small graph has no deadline
    ("targets-unowned", {}, []),
    ("mutual-support", {}, []),
    ("citation-chain", {}, []),  # answered in test_citations.py, on documents that cite
    ("implementing", {}, []),
    ("leads", {"agency": "财政厅"}, [(FIN, "2022", PLAN, *CREDIT, "1", "", FIRST)]),
    ("leads", {"agency": "人民银行广州分行", "year": "2022"}, [(PBC, "2022", PLAN, *CREDIT, "2", "", FIRST)]),
    ("leads", {"document": "粤办函", "year": "2021"}, []),
    ("merged-tasks", {"agency": "省生态环境厅"}, [(ECO, ECO, PLAN, "", *CARBON, "Lead", "")]),
    (
        "lead-shares",
        {"document": "〔2022〕1号"},
        [
            (PLAN, "provincial body", "2", "2", "1"),
            (PLAN, "local office of a central body", "1", "2", "0.5"),
        ],
    ),
    (
        "compare-documents",
        {"first": "粤办函", "second": "绿色保险", "about": "债券"},
        [
            ("instrument", "绿色债券", NEWS, "一", "在浦东新区推广绿色债券", "", ""),
            ("instrument", "绿色债券", PLAN, *CREDIT, "Lead", PBC),
            ("instrument", "绿色债券", PLAN, *CREDIT, "Lead", FIN),
            ("instrument", "绿色债券", PLAN, *CREDIT, "Support", PRD),
        ],
    ),
    ("compare-documents", {"first": "粤办函", "second": "粤办函"}, []),
    (
        "brokers",
        {},
        [("2022", FIN, "1")],
    ),  # the ecology department, which it supports, and the cities, which support it
    ("brokers", {"year": "2021"}, []),
    (
        "instrument-mix-of-bodies",
        {"agency": ECO},
        [(ECO, "Howlett", "权威", "1", "1"), (ECO, "RothwellZegveld", "环境型", "1", "1")],
    ),
    (
        "instrument-mix-of-levels",
        {},
        [
            ("province", "Howlett", "权威", "1", "1"),
            ("province", "Howlett", "财力", "1", "1"),
            ("province", "RothwellZegveld", "环境型", "2", "2"),
        ],
    ),
    ("leading-groups", {}, []),  # answered from the documents
    (
        "changes",
        {"before": "方案", "after": "绿色保险"},
        [
            ("gone", PLAN, *measure, role, body)
            for measure, role, body in (
                (CREDIT, "Lead", PBC),
                (CREDIT, "Lead", FIN),
                (CREDIT, "Support", PRD),
                (PUBLICITY, "Responsible", ALL),
                (CARBON, "Lead", ECO),
                (CARBON, "Support", ALL),
                (CARBON, "Support", FIN),
            )
        ],
    ),
    ("changes", {}, []),
    (
        "doubtful",
        {},
        [("1", "group-member", PLAN, "一", "Support", body, PRD, FIRST) for body in (GZ, SZ)],
    ),
]


@pytest.fixture(scope="module")
def store() -> Store:
    return load(build_quads(EXTRACTIONS, REFERENCE, program_version="0.1.0", lexicon_version="2024"))


def solve(store: Store, query: str, params: dict[str, str] | None = None) -> Solutions:
    answer = run_query(store, query, params)
    assert isinstance(answer, Solutions)
    return answer


def plain(solutions: Solutions) -> list[tuple[str, ...]]:
    rows = csv.reader(io.StringIO(format_csv(solutions)))
    return [tuple(row) for row in rows][1:]


def test_the_counts_of_the_small_graph(store: Store) -> None:
    counted = {row[0]: int(row[1]) for row in plain(solve(store, "counts", {})) if row[1] != "0"}
    assert counted == COUNTED


@pytest.mark.parametrize(("name", "params", "expected"), ANSWERS)
def test_named_query(store: Store, name: str, params: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert plain(solve(store, name, params)) == expected


def test_the_merged_turtle_gives_the_same_answers(store: Store, tmp_path: Path) -> None:
    write_turtle(store, tmp_path / "graph.ttl")
    again = open_store(tmp_path / "graph.ttl")
    for name, params, expected in ANSWERS:
        assert plain(solve(again, name, params)) == expected


def test_every_named_query_has_a_worked_answer_and_two_questions() -> None:
    queries = list_queries()
    unanswered = {query.name for query in queries} ^ {"counts", *(name for name, _, _ in ANSWERS)}
    assert not unanswered, f"add the answer of {unanswered} on the small graph to ANSWERS"
    for query in queries:
        assert query.zh.endswith("？")
        assert query.en.endswith((".", "?"))
        assert all(f"${parameter.name}" in query.text and parameter.about for parameter in query.parameters)


CHANGES = [
    # what is changed in the plan's graph, the query, its answer then
    ("DELETE { ?x zc:role zc:Lead } INSERT { ?x zc:role zc:Support } WHERE { ?x zc:order 1 ; zc:role zc:Lead }",
     "never-lead", [(FIN, "2"), (ECO, "1")]),
    ('INSERT { ?x zc:measure ?m ; zc:agent ?a ; zc:role zc:Support } WHERE { ?m rdfs:label "发展绿色信贷"@zh . '
     '?n rdfs:label "建设碳市场"@zh ; zc:leadAgency ?a . BIND (evidence:x AS ?x) }',
     "mutual-support", [(ECO, FIN, "1", "1")]),
    ("DELETE { ?x zc:targetOf ?m } WHERE { ?x zc:targetOf ?m }",
     "targets-unowned", [(PLAN, "绿色专营机构", "at-least", "40", "家", "2025", "2020", "广州市")]),
    ("DELETE { ?x zc:valueText ?v ; qudt:numericValue ?n } WHERE { ?x zc:valueText ?v ; qudt:numericValue ?n }",
     "targets-due", []),  # a pledge without a figure is no quantified target
    ("DELETE { ?x qudt:numericValue ?n ; qudt:hasUnit ?u } INSERT { ?x schema:minValue 2 ; schema:maxValue 3 } "
     "WHERE { ?x qudt:numericValue ?n ; qudt:hasUnit ?u }",
     "targets-due",
     [("2025", PLAN, "绿色专营机构", "at-least", "40", "家", "", "2", "3", "", "2020", "广州市", body)
      for body in (PBC, FIN)]),
    ("DELETE { ?x zc:confidence ?c } INSERT { ?x zc:confidence 0.5 } "
     "WHERE { ?x zc:confidence ?c ; zc:order 2 ; zc:role zc:Lead }",
     "doubtful", [("0.5", "verbatim", PLAN, "一", "Lead", PBC, "人民银行广州分行", FIRST)]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "name", "expected"), CHANGES)
def test_named_query_on_a_changed_graph(change: str, name: str, expected: list[tuple[str, ...]]) -> None:
    quads = build_quads([plan()], REFERENCE, program_version="0.1.0", lexicon_version="2024")
    store = load(quad for quad in quads if quad.graph_name != Names().graph("inferred"))
    declared = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes().items())
    store.update(f"{declared} WITH {Names().graph(plan().document.id)} {change}")
    assert plain(solve(store, name)) == expected


REFORMS = [
    # the body in the clause, the day, the body whose task it is on that day, why
    ("cbrc", "2018-04-07", "中国银行业监督管理委员会", "the day before it was merged"),
    ("cbrc", "2018-04-08", "中国银行保险监督管理委员会", "merged on that day"),
    ("cbirc", "2018-04-07", "中国银行保险监督管理委员会", "it is in force for itself"),
]


@pytest.mark.parametrize(("agency", "date", "body", "why"), REFORMS)
def test_tasks_go_to_the_body_that_is_in_force_on_the_day(agency: str, date: str, body: str, why: str) -> None:
    store = load(build_quads([plan(), news()], REFERENCE, program_version="0.1.0", lexicon_version="2024"))
    declared = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes().items())
    change = f"DELETE {{ ?x zc:agent ?old }} INSERT {{ ?x zc:agent agency:{agency} }}"
    where = "WHERE { ?x zc:agent ?old ; zc:role zc:Responsible }"
    store.update(f"{declared} WITH {Names().graph(plan().document.id)} {change} {where}")
    rows = plain(solve(store, "merged-tasks", {"date": date}))
    assert [row[0] for row in rows if row[6] == "Responsible"] == [body], why


DRAFT = """广东省绿色金融实施方案（征求意见稿）
一、发展绿色信贷
鼓励银行发行绿色债券。（省财政厅牵头，省生态环境厅配合）
二、建设碳市场
开展碳排放权交易。（省生态环境厅牵头）
"""
FINAL = DRAFT.replace("（征求意见稿）", "").replace("省财政厅牵头，省生态环境厅配合", "省生态环境厅牵头，省财政厅配合")


def test_what_changed_between_a_draft_and_the_final_text(extract_text: ExtractText) -> None:
    extractions = [done for text in (DRAFT, FINAL.replace("实施方案", "行动方案")) for done in extract_text(text)]
    store = load(build_quads(extractions, NOTHING, program_version="0.1.0", lexicon_version="2024"))
    rows = plain(solve(store, "changes", {"before": "征求意见稿", "after": "行动方案"}))
    assert sorted((row[0], row[2], row[4], row[5]) for row in rows) == [
        ("added", "一", "Lead", ECO),
        ("added", "一", "Support", FIN),
        ("gone", "一", "Lead", FIN),
        ("gone", "一", "Support", ECO),
    ]


def test_what_changed_between_two_builds_with_a_base_each(extract_text: ExtractText) -> None:
    quads = [
        quad
        for text, base in ((FINAL, "http://e.org/old/"), (FINAL.replace("省财政厅", "省科技厅"), "http://e.org/new/"))
        for quad in build_quads(extract_text(text), NOTHING, base=base, program_version="1", lexicon_version="1")
    ]
    rows = plain(solve(load(quads), "changes", {"before": "http://e.org/old/", "after": "http://e.org/new/"}))
    assert [(row[0], row[2], row[4], row[5]) for row in rows] == [
        ("added", "一", "Support", "广东省科学技术厅"),
        ("gone", "一", "Support", FIN),
    ]


@pytest.mark.parametrize(
    ("query", "params", "message"),
    [
        ("who-follows", {}, "there is no such named query"),
        ("who-leads", {"agancy": "x"}, "has no parameter agancy"),
        ("never-lead", {"min": "many"}, "min: 'many' is no whole number; give one such as 1"),
        ("doubtful", {"below": "low"}, "below: 'low' is no number"),
        ("targets-due", {"by": "abc"}, "by: 'abc' is no year; give one such as 2025"),
        ("targets-due", {"by": "20255"}, "is no year"),
        ("targets-due", {"by": ""}, "is no year"),
        ("leads", {"year": "２０２２"}, "is no year"),
        ("merged-tasks", {"date": "2023-02-30"}, "is no day"),
        ("merged-tasks", {"date": "2023"}, "is no day"),
        ("merged-tasks", {"parts": "maybe"}, "'maybe' is none of yes, no"),
        ("SELECT * WHERE { ?s ?p }", {}, "mend the query"),
        ("SELECT * WHERE { ?s ?p ?o }", {"x": "1"}, "the query has no such parameter"),
        ("SELECT * WHERE { SERVICE <http://e.org/> { ?s ?p ?o } }", {}, "SERVICE is not allowed; ask this graph only"),
        ("SELECT * WHERE { service<http://e.org/> { ?s ?p ?o } }", {}, "SERVICE is not allowed"),
        ("LOAD <http://e.org/>", {}, "LOAD is not allowed"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", {}, "INSERT is not allowed"),
        ("SELECT * WHERE { ?s nope:p ?o }", {}, "mend the query"),
        ("", {}, "mend the query"),
    ],
)
def test_bad_queries_raise_one_clear_line(store: Store, query: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(store, query, params)
    assert "\n" not in str(caught.value)


# the line of the comment, the kind, reason
KINDS = [
    ('# param year: "" the year', "YEAR", "called as a kind is"),
    ('# param by (year): "2100" the last year (e.g. 2025)', "YEAR", "it says so"),
    ('# param document (text): "" words', "TEXT", "what it says goes before what it is called"),
    ('# param parts (yes|no): "no" whether', "yes|no", "words to choose from"),
    ("# param min: 1 the least", "COUNT", "by its default"),
    ("# param below: 0.8 the confidence", "NUMBER", "by its default"),
    ('# param about: "" a part', "TEXT", "anything"),
]


def written(folder: Path, line: str) -> Path:
    (folder / "q.rq").write_text(f"# zh: 问？\n# en: Ask?\n{line}\nSELECT * WHERE {{}}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("line", "shown", "reason"), KINDS, ids=[row[-1] for row in KINDS])
def test_the_kind_of_a_parameter_stands_in_its_comment(tmp_path: Path, line: str, shown: str, reason: str) -> None:
    ((query,), (parameter,)) = (list_queries(written(tmp_path, line)), list_queries(tmp_path)[0].parameters)
    assert query.name == "q"
    assert parameter.kind.shown == shown, reason
    assert parameter.value(parameter.default.value) == parameter.default, "the default is taken"


@pytest.mark.parametrize(
    "line", ['# param by (yaer): "2100" x', '# param by (): "2100" x', '# param by (yes|): "yes" x']
)
def test_a_kind_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(QueryError, match="by is of no kind"):
        list_queries(written(tmp_path, line))


# the query, its parameters, what is said of them, reason
UNKNOWN = [
    ("leads", {"agency": "省财政听"}, ["no body is called 省财政听; near: 省财政厅"], "one character is wrong"),
    ("leads", {"agency": "没有此局"}, ["no body is called 没有此局"], "nothing is near"),
    ("leads", {"agency": "财政厅", "year": "1999"}, [], "a body that leads nothing in that year is known"),
    ("leads", {"agency": "东省财政厅"}, [], "the end of a full name is a name"),
    ("leads", {"agency": "各有关部门"}, [], "a group is a body"),
    ("leads", {"agency": ""}, [], "all are asked for"),
    ("leads", {}, [], "all are asked for"),
    ("place-tasks", {"place": "广卅市"}, ["no place is called 广卅市; near: 广州市"], "a place"),
    ("instrument-reach", {"instrument": "绿债券"}, ["no instrument is called 绿债券; near: 债券, 绿色债券"], "a tool"),
    ("leads", {"document": "〔2022〕1号"}, [], "a part of a number is a name"),
    (
        "leads",
        {"document": "绿色金融方案"},
        [f"no document is called 绿色金融方案; near: {PLAN}"],
        "no part of a title",
    ),
    ("who-leads", {"measure": "无此措施"}, [], "a part of a label is no name"),
]


@pytest.mark.parametrize(("name", "params", "said", "reason"), UNKNOWN, ids=[row[-1] for row in UNKNOWN])
def test_a_name_that_nothing_bears_is_told(
    store: Store, name: str, params: dict[str, str], said: list[str], reason: str
) -> None:
    assert [str(each) for each in unknown_names(store, find_query(name), params)] == said, reason


@given(
    st.text("省市财政金融监管局厅", min_size=1, max_size=8),
    st.sets(st.text("省市财政金融监管局厅", min_size=1), max_size=5),
)
def test_what_is_called_so_is_nearest_and_order_changes_nothing(name: str, others: set[str]) -> None:
    entries = tuple((each, f"urn:{each}") for each in sorted({name, *others}))
    near = NameIndex(entries).near(name, 9)
    assert (f"urn:{name}", name) in near[:1]
    assert NameIndex(entries[::-1]).near(name, 9) == near


def test_words_in_strings_and_variables_are_no_commands(store: Store) -> None:
    text = 'SELECT ?service WHERE { ?service a zc:Measure ; rdfs:label ?l FILTER (?l != "SERVICE $x <") } # LOAD'
    assert len(solve(store, text).rows) == 4


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_value_breaks_out_of_its_place(value: str) -> None:
    store = Store()
    answer = run_query(store, "SELECT ?x WHERE { BIND ($value AS ?x) }", {"value": value})
    assert isinstance(answer, Solutions)
    assert answer.rows == ((Literal(value),),)


def test_values_go_only_where_the_parameter_stands() -> None:
    text = 'SELECT * WHERE { ?s ?p $v . FILTER (?p < 3 && ?x > 2 || ?s = "$v" || ?s = <http://e.org/$v>) } # $v'
    bound = bind(text, {"v": Literal("省")})
    assert bound.count('"省"') == 1
    assert bound.replace(' "省" ', "$v") == text


def test_formats(store: Store) -> None:
    answer = solve(store, 'SELECT ?m ?l ?n WHERE { ?m rdfs:label "加强宣传"@zh, ?l ; zc:path "三" }')
    assert [line.split()[1] for line in format_table(answer).splitlines()] == ["l", "--------", "加强宣传"]
    bindings = json.loads(format_json(answer))["results"]["bindings"]
    assert bindings[0]["l"] == {"type": "literal", "value": "加强宣传", "xml:lang": "zh"}
    assert bindings[0]["m"]["type"] == "uri"
    assert "n" not in bindings[0]
    assert json.loads(format_json(answer=True)) == {"head": {}, "boolean": True}
    assert run_query(store, "ASK { ?m a zc:Measure }") is True
    graph = run_query(store, 'CONSTRUCT { ?m rdfs:label "x" } WHERE { ?m zc:path "三" ; a zc:Measure }')
    assert isinstance(graph, Graph)
    assert format_turtle(graph).rstrip().endswith('rdfs:label "x" .')


def test_typed_values_in_json() -> None:
    answer = Solutions(("x", "y"), ((Literal("1", datatype=term("xsd:integer")), NamedNode("http://e.org/")),))
    (row,) = json.loads(format_json(answer))["results"]["bindings"]
    assert row["x"] == {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("财政厅", 6), ("“绿色”", 6), ("（一）", 6), ("e\u0301", 1)])
def test_columns_of_the_terminal(text: str, width: int) -> None:
    assert columns(text) == width


def test_tables_are_aligned_and_cut() -> None:
    long = Literal("财政厅" * 40)
    lines = format_table(Solutions(("a", "b"), ((long, Literal("x")), (Literal("y"), None))), width=20).splitlines()
    assert [columns(line) for line in lines] == [22, 22, 22, 1]
    assert "…" in lines[2]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("# en: What?\nASK {}", "# zh:"),
        ("# zh: 什么？\nASK {}", "# en:"),
        ("# zh: 什么？\n# en: What?\n# param x\nASK {}", "cannot read"),
        ("# question: one\n# zh: 什么？\n# en: What?\nASK {}", "write its number"),
    ],
)
def test_bad_query_files_are_told(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "q.rq").write_text(content, encoding="utf-8")
    with pytest.raises(QueryError, match=message):
        list_queries(tmp_path)


def nodes_of(tree: object) -> Iterator[CompValue]:
    """Yield every node of a parsed query, however deep."""
    if isinstance(tree, CompValue):
        yield tree
        yield from (node for value in tree.values() for node in nodes_of(value))
    elif isinstance(tree, (list, ParseResults)):
        yield from (node for value in tree for node in nodes_of(value))


def slow_parts(text: str) -> list[str]:
    """Return what makes a query take time by the square of the graph: where a store cannot look up, it compares all."""
    found = []
    for node in nodes_of(parseQuery(text)):
        if node.name == "GroupGraphPatternSub":
            names = [
                f"{part.name} of {len(part.graph)}" if "Union" in part.name else part.name for part in node.part or ()
            ]
            late = next((i for i, name in enumerate(names) if re.match("Optional|Bind|.* of [2-9]", name)), len(names))
            found += [f"triples after {names[late]}" for name in names[late:] if name == "TriplesBlock"]
        if node.name == "Builtin_NOTEXISTS":
            triples = sum(len(triples) // 3 for inner in nodes_of(node.graph) for triples in inner.get("triples") or ())
            found += [f"NOT EXISTS of {triples} triples"] if triples > 1 else []
    return found


# a query's pattern, what is slow in it
SLOW = [
    ("?a <p:1> ?b OPTIONAL { ?b <p:2> ?c } FILTER (?c) ?b <p:3> ?d", ["triples after OptionalGraphPattern"]),
    ("{ ?a <p:1> ?b } UNION { ?a <p:2> ?b } ?b <p:3> ?d", ["triples after GroupOrUnionGraphPattern of 2"]),
    ("{ { ?a <p:1> ?b } BIND (1 AS ?n) ?b <p:3> ?d }", ["triples after Bind"]),
    ("{ SELECT ?b { ?a <p:1> ?b } } ?b <p:3> ?d", []),
    ("?a <p:1> ?b FILTER NOT EXISTS { ?b <p:2> ?c . ?c <p:3> ?d }", ["NOT EXISTS of 2 triples"]),
    ("?a <p:1> ?b FILTER NOT EXISTS { ?b <p:2> ?c } MINUS { ?b <p:2> ?c . ?c <p:3> ?d }", []),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "slow"), SLOW)
def test_the_check_for_slow_queries_finds_them(pattern: str, slow: list[str]) -> None:
    assert slow_parts(f"SELECT * {{ {pattern} }}") == slow


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_a_named_query_stands_by_itself(query: NamedQuery) -> None:
    """Other stores know none of our prefixes: the text declares each that it uses."""
    assert translateQuery(parseQuery(bound(query, {}))).algebra


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_no_named_query_compares_all_with_all(query: NamedQuery) -> None:
    assert slow_parts(bound(query, {})) == []
