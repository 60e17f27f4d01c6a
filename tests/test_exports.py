"""Exports: every file reads back to the same facts, the same graph gives the same bytes, hostile text does no harm."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, fields
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyarrow.parquet
import pytest
import rdflib
from conftest import ROOT, call_kg, run_kg
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from small_graph import EXTRACTIONS, REFERENCE

from kg.errors import GraphError, KgError
from kg.exports.network import to_networkx
from kg.exports.registry import Format, find_format, format_for, load_formats
from kg.exports.sheets.sheets import read_layouts
from kg.exports.tables import LONGEST_CELL
from kg.exports.writing import EPOCH, write_files
from kg.graph import build_quads, prefixes, term
from kg.graph.direct_triples import REIFIES
from kg.graph.network import Edge, Node, read_network
from kg.graph.vocabulary import json_context
from kg.model.facts import Extraction
from kg.model.ids import BASE
from kg.store import load, open_store, write_nquads
from kg.text.csv_rows import csv_row

FORMATS = {format_.name: format_ for format_ in load_formats()}
EX = "http://example.org/"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.fixture(scope="module")
def store() -> Store:
    return load(build_quads(EXTRACTIONS, REFERENCE, program_version="0.1.0", lexicon_version="2024"))


@pytest.fixture(scope="module")
def seeds_store(built: Path) -> Store:
    return open_store(built)


@pytest.fixture(scope="module")
def facts_store(seeds: tuple[Extraction, ...]) -> Store:
    """All facts of the seeds over a small part of the lexicons, a third of the triples of a build."""
    return load(build_quads([*EXTRACTIONS, *seeds], REFERENCE, program_version="0.1.0", lexicon_version="2024"))


@cache
def files(name: str, store: Store) -> dict[str, bytes]:
    """Return the files of a format, written once for each store."""
    return {file: b"".join(pieces) for file, pieces in FORMATS[name].write(store, BASE).items()}


def written(name: str, store: Store) -> bytes:
    """Return the one file of a format."""
    (data,) = files(name, store).values()
    return data


def one_quad(value: Literal | NamedNode, predicate: str = "rdfs:label", graph: str = "") -> Store:
    store = Store()
    place = [NamedNode(EX + graph)] if graph else []
    store.add(Quad(NamedNode(EX + "s"), term(predicate), value, *place))
    return store


# ---- RDF

# format, its name in pyoxigraph and in rdflib, whether it keeps the named graphs
RDF = [
    ("jsonld", RdfFormat.JSON_LD, "json-ld", True),
    ("nquads", RdfFormat.N_QUADS, "nquads", True),
    ("ntriples", RdfFormat.N_TRIPLES, "nt", False),
    ("rdfxml", RdfFormat.RDF_XML, "xml", False),
    ("trig", RdfFormat.TRIG, "trig", True),
    ("turtle", RdfFormat.TURTLE, "turtle", False),
]


def statements(quads: Iterable[Quad], named: bool) -> set[str]:
    """Return the quads, or their triples, as text; a store brings 1.0 and 1 into one form, as our Turtle does not."""
    return {str(quad if named else quad.triple) for quad in load(quads)}


@pytest.mark.parametrize(("name", "format_", "_other", "_named"), RDF, ids=[row[0] for row in RDF])
def test_every_format_reads_back_to_the_same_terms_of_rdf(
    facts_store: Store, name: str, format_: RdfFormat, _other: str, _named: bool
) -> None:
    """To the letter: a store that keeps 1.0 and 1 apart must not hold both."""
    expected = {quad.triple for quad in parse(written("ntriples", facts_store), format=RdfFormat.N_TRIPLES)}
    assert {quad.triple for quad in parse(written(name, facts_store), format=format_)} == expected


def test_the_slim_format_is_the_file_of_a_build(seeds_store: Store, built: Path) -> None:
    assert written("slim", seeds_store) == (built / "graph.slim.ttl").read_bytes()


def rdflib_quads(data: bytes, name: str) -> set[tuple[object, ...]]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=name)
    return {(s, p, _one_form(o), g) for s, p, o, g in dataset.quads()}


def _one_form(node: object) -> object:
    if isinstance(node, rdflib.Literal) and node.datatype == rdflib.XSD.decimal and node.value is not None:
        return Decimal(node.value).normalize()
    return node


@pytest.mark.parametrize(("name", "format_", "_other", "named"), RDF, ids=[row[0] for row in RDF])
def test_all_facts_read_back_to_the_same_statements(
    facts_store: Store, name: str, format_: RdfFormat, _other: str, named: bool
) -> None:
    data = written(name, facts_store)
    again = list(parse(data, format=format_))
    assert statements(again, named) == statements(facts_store, named)
    assert len(again) == len(set(again)), "nothing is told twice"


@pytest.mark.parametrize(("name", "_format", "other", "named"), RDF, ids=[row[0] for row in RDF])
def test_rdflib_reads_the_same_statements(store: Store, name: str, _format: RdfFormat, other: str, named: bool) -> None:
    data = written(name, store)
    plain = written("nquads" if named else "ntriples", store)
    parts = 4 if named else 3
    read = {quad[:parts] for quad in rdflib_quads(data, other)}
    assert read == {quad[:parts] for quad in rdflib_quads(plain, "nquads" if named else "nt")}
    assert len(read) == len(plain.splitlines())


VALUES = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text, language: Literal(text, language=language), TEXTS, st.sampled_from(["zh", "en", "zh-hant"])),
    st.builds(
        lambda text, name: Literal(text, datatype=term(name)),
        st.one_of(TEXTS, st.sampled_from(["1", "007", "-0", "true", "1.0", "99999999999999999999", "2022-06-24"])),
        st.sampled_from(["xsd:integer", "xsd:boolean", "xsd:decimal", "xsd:date", "xsd:double", "zc:GBT2260"]),
    ),
    st.builds(NamedNode, st.sampled_from([EX + "o", BASE + "agency/a//b", BASE + "agency///x", "urn:x:y", BASE])),
)
PREDICATES = st.sampled_from(
    ["rdfs:label", "skos:prefLabel", "zc:leadAgency", "zc:order", "zc:path", "zc:rawRole", "zc:deadline", "rdf:type"]
)


@given(VALUES, PREDICATES, st.sampled_from(["", "g"]))
def test_json_ld_holds_any_value_under_any_property(value: Literal | NamedNode, predicate: str, graph: str) -> None:
    quad = Quad(NamedNode(EX + "s"), term(predicate), value, *([NamedNode(EX + graph)] if graph else []))
    (pieces,) = FORMATS["jsonld"].write([quad], BASE).values()  # type: ignore[arg-type]  # a store would normalise 007
    data = b"".join(pieces)
    assert list(parse(data, format=RdfFormat.JSON_LD)) == [quad]
    ((s, p, o, g),) = rdflib_quads(data, "json-ld")
    ((s2, p2, o2, g2),) = rdflib_quads(f"{quad} .".encode(), "nquads")
    assert (s, p, str(o), g) == (s2, p2, str(o2), g2)


@given(TEXTS, st.sampled_from(["", "zh"]))
def test_rdf_xml_holds_what_xml_holds_and_shows_the_rest_as_one_character(text: str, language: str) -> None:
    shown = NO_XML.sub("\ufffd", text)
    data = written("rdfxml", one_quad(Literal(text, language=language) if language else Literal(text)))
    (quad,) = parse(data, format=RdfFormat.RDF_XML)
    assert quad.object == (Literal(shown, language=language) if language else Literal(shown))
    ((_, _, read, _),) = rdflib_quads(data, "xml")
    assert str(read) == shown
    replaced = len(NO_XML.findall(text))
    assert (f"stands for {replaced} characters".encode() in data) == bool(replaced), "told in the file"


@pytest.mark.parametrize("predicate", [EX + "1", EX, EX + "a%20", EX + "-a"])
def test_rdf_xml_refuses_a_property_that_does_not_end_in_a_name(predicate: str) -> None:
    store = load([Quad(NamedNode(EX + "s"), NamedNode(predicate), Literal("x"))])
    with pytest.raises(GraphError, match="does not end in a name"):
        written("rdfxml", store)


@pytest.mark.parametrize("iri", ["agency:x", "zc:y"])
def test_json_ld_refuses_an_iri_whose_scheme_is_a_prefix(iri: str) -> None:
    with pytest.raises(GraphError, match="its scheme is one of the prefixes"):
        written("jsonld", one_quad(NamedNode(iri)))


def test_every_property_of_a_build_fits_its_term_in_the_context(seeds_store: Store) -> None:
    """Words in place of another thing, or the other way round, would stand under the property's full address."""
    document = json.loads(written("jsonld", seeds_store))
    keys = {key for graph in document["@graph"] for node in graph["@graph"] for key in node}
    assert not [key for key in keys if key.startswith("http")]
    assert {"id", "type", "zc:leadAgency", "skos:prefLabel"} <= keys


def test_the_context_is_published_by_itself_and_gives_the_same_statements(store: Store) -> None:
    context = json.loads(written("jsonld-context", Store()))["@context"]
    assert context == json_context()
    assert context["zc:leadAgency"] == {"@id": term("zc:leadAgency").value, "@type": "@id"}
    assert context["skos:prefLabel"]["@container"] == "@language"
    assert context["zc:deadline"]["@type"] == "xsd:gYear"
    document = json.loads(written("jsonld", store)) | {"@context": context}
    assert statements(parse(json.dumps(document), format=RdfFormat.JSON_LD), True) == statements(store, True)


def test_another_base_gives_short_names_to_its_own_things() -> None:
    base = "http://a.example/things/"
    quads = build_quads(EXTRACTIONS, REFERENCE, base=base, program_version="1", lexicon_version="1")
    (pieces,) = FORMATS["jsonld"].write(load(quads), base).values()
    text = b"".join(pieces).decode()
    assert '"id": "agency:pbc"' in text
    assert f'"{base}agency' not in text.replace(f'"agency": "{base}agency/"', "")


def test_several_things_under_one_property_are_a_list(store: Store) -> None:
    document = json.loads(written("jsonld", store))
    nodes = [node for graph in document["@graph"] for node in graph["@graph"]]
    measure = next(node for node in nodes if node.get("zc:path") == "一" and "zc:leadAgency" in node)
    assert measure["zc:leadAgency"] == ["agency:440000-finance-department", "agency:pbc-guangzhou"]
    assert measure["rdfs:label"] == {"zh": "发展绿色信贷"}


# ---- RDF 1.2


def test_rdf_12_adds_what_each_assignment_reifies_and_nothing_else(store: Store) -> None:
    quads = list(parse(written("turtle-star", store), format=RdfFormat.TURTLE))
    added = [quad for quad in quads if quad.predicate == REIFIES]
    assert statements((quad for quad in quads if quad.predicate != REIFIES), False) == statements(store, False)
    assignments = {quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), term("zc:Assignment"))}
    assert {quad.subject for quad in added} == assignments
    for quad in added:
        assert isinstance(quad.object, Triple)
        assert next(store.quads_for_pattern(*quad.object), None), "a triple that the graph states"
        assert next(store.quads_for_pattern(quad.subject, term("zc:agent"), quad.object.object), None)


def test_rdf_12_answers_with_the_confidence_of_a_direct_triple(store: Store, tmp_path: Path) -> None:
    write_files(FORMATS["turtle-star"].write(store, BASE), tmp_path / "graph.ttl")
    query = """SELECT ?c WHERE { ?m zc:path "一" ; zc:leadAgency ?a .
        ?x rdf:reifies <<( ?m zc:leadAgency ?a )>> ; zc:confidence ?c ; zc:surfaceForm "省财政厅"@zh }"""
    rows = open_store(tmp_path / "graph.ttl").query(query, use_default_graph_as_union=True, prefixes=prefixes())
    assert [row["c"].value for row in rows] == ["0.95"]  # type: ignore[union-attr]


def test_rdf_12_is_off_where_nobody_asks(store: Store) -> None:
    for name in ("nquads", "trig", "turtle", "ntriples"):
        assert b"reifies" not in written(name, store)


# ---- the network

COLUMNS = {
    Node: "id kind label_zh label_en aliases types level region region_zh document path number date value unit "
    "deadline quote properties",
    Edge: "source target kind kind_zh kind_en role document quote confidence raw_role surface resolution via statement",
}


def test_the_columns_are_stable() -> None:
    for kind, names in COLUMNS.items():
        assert " ".join(field.name for field in fields(kind)) == names


def test_the_network_of_the_small_graph(store: Store) -> None:
    network = read_network(store)
    kinds = Counter(node.kind for node in network.nodes)
    assert kinds["measure"] == 4
    assert (kinds["policy-document"], kinds["news-article"], kinds["target"]) == (1, 2, 1)
    assert not {"assignment", "evidence", "section", "source-text"} & set(kinds)
    named = {node.id: node.label_zh for node in network.nodes}
    lead = [edge for edge in network.edges if edge.kind == "leadAgency"]
    assert {(named[edge.source], named[edge.target], edge.surface) for edge in lead} == {
        ("发展绿色信贷", "广东省财政厅", "省财政厅"),
        ("发展绿色信贷", "中国人民银行广州分行", "人民银行广州分行"),
        ("建设碳市场", "广东省生态环境厅", "省生态环境厅"),
    }
    (first,) = [edge for edge in lead if edge.surface == "省财政厅"]
    assert (first.role, first.raw_role, first.confidence, first.kind_zh) == ("lead", "牵头", 0.95, "牵头单位")
    assert first.quote == "（省财政厅、人民银行广州分行牵头，珠三角各地级以上市政府配合）"
    assert named[first.document] == "广东省绿色金融实施方案"
    via = [edge for edge in network.edges if edge.via]
    assert {(edge.resolution, named[edge.via]) for edge in via} == {("group-member", "珠三角各地级以上市政府")}
    assert len(via) == 2
    ends = {end for edge in network.edges for end in (edge.source, edge.target)}
    assert ends <= set(named)


def test_reference_data_that_no_document_leads_to_is_no_node(store: Store) -> None:
    labels = {node.label_zh for node in read_network(store).nodes}
    assert "上海市浦东新区" in labels
    assert "上海市金山区" not in labels


def test_a_slim_graph_has_edges_without_evidence(store: Store) -> None:
    assignments = set(store.quads_for_pattern(None, term("rdf:type"), term("zc:Assignment")))
    subjects = {quad.subject for quad in assignments}
    slim = load(quad for quad in store if quad.subject not in subjects)
    lead = [edge for edge in read_network(slim).edges if edge.kind == "leadAgency"]
    assert len(lead) == 3
    assert {(edge.quote, edge.confidence, edge.statement) for edge in lead} == {("", None, "")}


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("graphml", lambda data: nx.parse_graphml(data.decode(), force_multigraph=True)),
        ("gexf", lambda data: nx.read_gexf(io.BytesIO(data))),
    ],
    ids=["graphml", "gexf"],
)
def test_networkx_reads_back_nodes_and_edges(facts_store: Store, name: str, read) -> None:  # type: ignore[no-untyped-def]
    graph, wanted = read(written(name, facts_store)), to_networkx(read_network(facts_store))
    assert graph.is_directed()
    assert graph.is_multigraph()
    assert {node: data for node, data in graph.nodes(data=True)} == {  # noqa: C416  # a view is no plain iterable
        node: data for node, data in wanted.nodes(data=True)
    }
    found = [(s, t, {k: v for k, v in data.items() if k != "id"}) for s, t, data in graph.edges(data=True)]
    assert sorted(found, key=repr) == sorted(((s, t, data) for s, t, data in wanted.edges(data=True)), key=repr)


def test_gexf_bears_no_date(store: Store) -> None:
    assert b"lastmodifieddate" not in written("gexf", store)


def test_csv_reads_back_to_the_same_rows(facts_store: Store) -> None:
    network, found = read_network(facts_store), files("csv", facts_store)
    assert set(found) == {"nodes.csv", "edges.csv"}
    for file, kind, rows in (("nodes.csv", Node, network.nodes), ("edges.csv", Edge, network.edges)):
        header, *read = csv.reader(io.StringIO(found[file].decode(), newline=""))
        assert " ".join(header) == COLUMNS[kind]
        assert [tuple(row) for row in read] == [
            tuple("" if value is None else str(value) for value in astuple(row)) for row in rows
        ]


def test_parquet_reads_back_to_the_same_rows(facts_store: Store, store: Store) -> None:
    for source in (facts_store, store, Store()):
        network, found = read_network(source), files("parquet", source)
        for file, kind, rows in (
            ("nodes.parquet", Node, network.nodes),
            ("edges.parquet", Edge, network.edges),
        ):
            table = pyarrow.parquet.read_table(io.BytesIO(found[file]))
            assert " ".join(table.column_names) == COLUMNS[kind]
            assert [tuple(row.values()) for row in table.to_pylist()] == [astuple(row) for row in rows]


# ---- the spreadsheet


def sheets(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each sheet under the keys of the layout, or the headings where there is none."""
    found: dict[str, list[dict[str, Any]]] = {}
    for page in openpyxl.load_workbook(io.BytesIO(data)):
        head, *rows = page.iter_rows(values_only=True)
        layout = read_layouts().sheets.get(page.title)
        keys = [column.key for column in layout.columns] if layout else list(map(str, head))
        assert layout is None or list(head) == [column.heading for column in layout.columns]
        found[page.title] = [dict(zip(keys, row, strict=True)) for row in rows]
    return found


def test_the_sheets_of_the_small_graph(store: Store) -> None:
    book = sheets(written("xlsx", store))
    assert list(book) == [
        "assignments",
        "measures",
        "agencies",
        "targets",
        "instruments",
        "policy-action",
        "counts",
        "readme",
    ]
    first, *others = book["assignments"]
    quote = "（省财政厅、人民银行广州分行牵头，珠三角各地级以上市政府配合）"
    assert {key: value for key, value in first.items() if key != "id"} == {
        "document": "广东省绿色金融实施方案",
        "number": "粤办函〔2022〕1号",
        "date": "2022-06-24",
        "path": "一",
        "measure": "发展绿色信贷",
        "role": "lead",
        "raw_role": "牵头",
        "order": 1,
        "surface": "省财政厅",
        "resolved": "广东省财政厅",
        "official": "广东省财政厅",
        "level": "province",
        "region": "广东省",
        "group": None,
        "members": None,
        "deadline": "2025",
        "targets": "绿色专营机构 40 家",
        "instruments": "绿色债券",
        "quote": quote,
        "confidence": 0.95,
        "resolution": "restored",
        "source": None,
    }
    assert [(row["path"], row["role"], row["resolved"], row["group"]) for row in others] == [
        ("一", "lead", "人民银行广州分行", None),
        ("一", "support", "珠三角各地级以上市政府", "yes"),
        ("二", "lead", "广东省生态环境厅", None),
        ("二", "support", "广东省财政厅", None),
        ("二", "support", "各有关部门", "yes"),
        ("三", "responsible", "各有关部门", "yes"),
    ]
    assert others[1]["members"] == "广州市政府; 深圳市政府"
    assert [(row["measure"], row["lead"], row["support"]) for row in book["measures"]][:2] == [
        ("在浦东新区推广绿色债券", None, None),
        ("发展绿色信贷", "广东省财政厅; 人民银行广州分行", "珠三角各地级以上市政府"),
    ]
    assert book["measures"][0]["announced_by"] == "上海银保监局"
    assert book["measures"][0]["source"] == "http://finance.example/a?b=1"
    bodies = {row["official"]: row for row in book["agencies"]}
    finance = bodies["广东省财政厅"]
    assert (finance["lead"], finance["support"], finance["responsible"], finance["through_groups"]) == (1, 1, 0, 0)
    assert (bodies["广州市人民政府"]["support"], bodies["广州市人民政府"]["through_groups"]) == (0, 1)
    (target,) = book["targets"]
    assert (target["indicator"], target["value"], target["unit"], target["lead"]) == (
        "绿色专营机构",
        40,
        "家",
        "广东省财政厅; 人民银行广州分行",
    )
    bond = next(row for row in book["instruments"] if row["zh"] == "绿色债券")
    assert (bond["en"], bond["measures"], bond["documents"]) == ("green bond", 2, 2)


def test_each_stated_participant_of_a_build_is_one_row(seeds_store: Store, built: Path) -> None:
    rows = sheets(written("xlsx", seeds_store))["assignments"]
    records = map(json.loads, (built / "facts.jsonl").read_text(encoding="utf-8").splitlines())
    wanted = Counter(
        (record["quote"], p["role"], p["mention"], p["raw"], p["confidence"])
        for record in records
        if record["kind"] == "assignment"
        for p in record["participants"]
    )
    assert Counter((r["quote"], r["role"], r["surface"], r["raw_role"], r["confidence"]) for r in rows) == wanted


def test_the_readme_tells_every_column_of_every_sheet(store: Store) -> None:
    book = sheets(written("xlsx", store))
    told = {(row["sheet"], row["column"]): (row["about_zh"], row["about_en"]) for row in book["readme"]}
    for page in openpyxl.load_workbook(io.BytesIO(written("xlsx", store))):
        for cell in next(page.iter_rows(max_row=1)) if page.title != "readme" else ():
            assert all(told[page.title, cell.value])


def test_sheets_have_a_frozen_head_filters_and_widths(store: Store) -> None:
    for page in openpyxl.load_workbook(io.BytesIO(written("xlsx", store))):
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page["A1"].font.bold
        assert all(column.width > 5 for column in page.column_dimensions.values())


# what a text says, what the cell shows, reason
HOSTILE = [
    ("=HYPERLINK(\"http://evil.example\",\"x\")", None, "a formula"),
    ("=1+1", None, "a sum"),
    ("+86 20 1234", None, "a plus"),
    ("-2+3+cmd|' /C calc'!A0", None, "a minus"),
    ("@SUM(A1)", None, "an at sign"),
    ("\t=1+1", None, "a tab before a formula"),
    ("#DIV/0!", None, "an error code"),
    ("1e5", None, "a number in words"),
    ("<b>&amp;]]>", None, "markup"),
    ("a\r\nb\rc", "a\nb\nc", "line ends"),
    ("省\x00财\x0b政\x1f厅", "省\ufffd财\ufffd政\ufffd厅", "control characters that XML cannot hold"),
    ("\ufffe", "\ufffd", "a character that is none"),
    ("长" * 40_000, "长" * (LONGEST_CELL - 1) + "…", "more than a cell holds"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown", "reason"), HOSTILE, ids=[row[-1] for row in HOSTILE])
def test_hostile_text_stays_text_everywhere(store: Store, text: str, shown: str | None, reason: str) -> None:
    spoiled = load(
        Quad(quad.subject, quad.predicate, Literal(text, language="zh"), quad.graph_name)
        if quad.predicate == term("zc:surfaceForm")
        else quad
        for quad in store
    )
    wanted = text if shown is None else shown
    data = written("xlsx", spoiled)
    assert {row["surface"] for row in sheets(data)["assignments"]} == {wanted}, reason
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) or b"<f " in archive.read(name) for name in archive.namelist())
    in_xml = wanted if len(text) < LONGEST_CELL else text
    graph = nx.parse_graphml(written("graphml", spoiled).decode(), force_multigraph=True)
    assert {d["surface"] for _, _, d in graph.edges(data=True) if "surface" in d} == {in_xml}, reason
    gexf = nx.read_gexf(io.BytesIO(written("gexf", spoiled)))
    assert {d["surface"] for _, _, d in gexf.edges(data=True) if "surface" in d} == {in_xml}, reason
    _, *rows = csv.reader(io.StringIO(files("csv", spoiled)["edges.csv"].decode(), newline=""))
    assert {row[10].removeprefix("'") for row in rows} - {""} == {text}, reason
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "-2+"))], reason
    table = pyarrow.parquet.read_table(io.BytesIO(files("parquet", spoiled)["edges.parquet"]))
    assert set(table.column("surface").to_pylist()) - {""} == {text}, reason
    assert statements(parse(written("jsonld", spoiled), format=RdfFormat.JSON_LD), True) == statements(spoiled, True)


# a cell, as CSV has it, reason
CELLS = [
    ("=1+1", "'=1+1", "a formula"),
    ("@SUM(A1)", "'@SUM(A1)", "a function of old programs"),
    ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0", "a call"),
    ("-2+3", "'-2+3", "a sum behind a minus"),
    ("\t=1", "'\t=1", "a tab before a formula"),
    ("\r=1", '"\'\r=1"', "a line end before a formula"),
    ("＝1+1", "'＝1+1", "a wide sign"),
    ("-0.5", "-0.5", "a number in words"),
    ("+86", "+86", "a number with its sign"),
    ("-1e-5", "-1e-5", "a number with an exponent"),
    ("-13.5%", "-13.5%", "a share"),
    (-0.5, "-0.5", "a number"),
    (None, "", "nothing"),
    ("省财政厅=牵头", "省财政厅=牵头", "a sign within"),
    ("- 一", "'- 一", "a dash"),
]


@pytest.mark.parametrize(("cell", "written", "reason"), CELLS, ids=[row[-1] for row in CELLS])
def test_csv_holds_no_formula_and_numbers_stay_numbers(cell: object, written: str, reason: str) -> None:
    assert csv_row([cell, "x"]) == f"{written},x\r\n", reason


def test_a_text_like_a_formula_is_marked_as_quoted(store: Store) -> None:
    spoiled = load(
        Quad(quad.subject, quad.predicate, Literal("=1+1", language="zh"), quad.graph_name)
        if quad.predicate == term("zc:surfaceForm")
        else quad
        for quad in store
    )
    page = openpyxl.load_workbook(io.BytesIO(written("xlsx", spoiled)))["assignments"]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value == "=1+1"]
    assert {(cell.data_type, bool(cell.quotePrefix)) for cell in cells} == {("s", True)}


def test_a_new_kind_of_thing_with_evidence_has_a_sheet_and_is_a_node(store: Store) -> None:
    """Nothing names the class: what the ontology does not know yet is told by its local names."""
    evidence = next(store.quads_for_pattern(None, term("zc:evidence"), None)).object
    measure = next(store.quads_for_pattern(None, term("rdf:type"), term("zc:Measure"))).subject
    node = NamedNode(BASE + "permit/1")
    assert isinstance(evidence, NamedNode)
    assert isinstance(measure, NamedNode)
    more = [
        Quad(node, term("rdf:type"), NamedNode(term("zc:Measure").value.replace("Measure", "BuildingPermit"))),
        Quad(node, term("rdfs:label"), Literal("许可", language="zh")),
        Quad(node, NamedNode(prefixes()["zc"] + "permitOf"), measure),
        Quad(node, term("zc:evidence"), evidence),
    ]
    grown = load([*store, *more])
    book = sheets(written("xlsx", grown))
    (row,) = book["building-permit"]
    assert (row["label"], row["permit of"], row["标识 id"]) == (
        "许可",
        next(node.label_zh for node in read_network(store).nodes if node.id == measure.value),
        node.value,
    )
    network = read_network(grown)
    assert [found.kind for found in network.nodes if found.id == node.value] == ["building-permit"]
    assert [(edge.kind, edge.target) for edge in network.edges if edge.source == node.value] == [
        ("permitOf", measure.value)
    ]


# ---- the same graph, the same bytes

ALL = """
import sys
from hashlib import sha256
from pathlib import Path
from kg.exports.registry import load_formats
from kg.model.facts import Extraction
from kg.model.ids import BASE
from kg.store import open_store
store = open_store(Path(sys.argv[1]))
for format_ in load_formats():
    for file, pieces in format_.write(store, BASE).items():
        print(format_.name, file, sha256(b"".join(pieces)).hexdigest())
"""


def test_the_same_graph_gives_the_same_bytes_in_a_process_of_another_seed_clock_and_locale(
    tmp_path: Path, store: Store
) -> None:
    write_nquads(store, tmp_path / "graph.nq")
    environment = {"PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT), "TZ": "Etc/GMT+11", "LC_ALL": "C"}
    command = [sys.executable, "-c", ALL, str(tmp_path)]
    there = subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout
    assert there.splitlines() == [
        f"{name} {file} {sha256(data).hexdigest()}" for name in FORMATS for file, data in files(name, store).items()
    ]


def test_zips_and_spreadsheets_bear_no_time_of_their_making(store: Store, tmp_path: Path) -> None:
    write_files(FORMATS["csv"].write(store, BASE), tmp_path / "tables.zip")
    write_files(FORMATS["xlsx"].write(store, BASE), tmp_path / "a.xlsx")
    for file in ("tables.zip", "a.xlsx"):
        with zipfile.ZipFile(tmp_path / file) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
    properties = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert properties.created is not None
    assert properties.modified is not None
    assert (properties.created.year, properties.modified.year) == (1980, 1980)


def test_nothing_makes_files_that_open(tmp_path: Path) -> None:
    for name, format_ in FORMATS.items():
        write_files(format_.write(Store(), BASE), tmp_path / name)
    assert len(list(tmp_path.iterdir())) == len(FORMATS)
    assert len(nx.read_graphml(tmp_path / "graphml")) == 0
    assert json.loads((tmp_path / "jsonld").read_text(encoding="utf-8"))["@graph"] == []


# ---- the registry and the command


def test_every_module_of_formats_is_held_apart_from_the_others() -> None:
    """The contract names its modules: one that is not named may import its siblings unseen."""
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    modules = [path.stem for path in (ROOT / "kg" / "exports").glob("*.py") if "\nFORMATS" in path.read_text("utf-8")]
    assert len(modules) >= 4
    assert [name for name in modules if f"    kg.exports.{name}\n" not in contract] == []


def test_the_formats_of_this_package() -> None:
    assert list(FORMATS) == [
        "csv", "gexf", "graphml", "jsonld", "jsonld-context", "nquads", "ntriples", "parquet", "rdfxml",
        "slim", "trig", "turtle", "turtle-star", "xlsx",
    ]  # fmt: skip
    assert all(format_.about and "\n" not in format_.about for format_ in FORMATS.values())


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.ttl", "turtle"),
        ("a.star.ttl", "turtle-star"),
        ("a.slim.ttl", "slim"),
        ("b.XLSX", "xlsx"),
        ("c.jsonld", "jsonld"),
    ],
)
def test_an_ending_says_the_format(file: str, name: str) -> None:
    assert format_for(file).name == name


@pytest.mark.parametrize("file", ["a.zip", "a", "a.txt", ".csv"])
def test_an_ending_that_says_nothing_is_told(file: str) -> None:
    with pytest.raises(KgError, match="that of no export format; say which with --format"):
        format_for(file)


PLUGIN = """
from kg.exports.registry import Format
FORMAT = Format("{name}", ".count", "the number of quads", lambda store, base: {{"n": [b"%d" % len(store)]}})
SEVERAL = (FORMAT, Format("more", ".more", "one more", FORMAT.write))
NOT_ONE = 1
NOT_ALL = (FORMAT, 1)
"""


def install(folder: Path, name: str, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay a distribution with one entry point onto the path, as pip would."""
    (folder / "zhengce_kg_formats.py").write_text(PLUGIN.format(name=name), encoding="utf-8")
    info = folder / "zhengce_kg_formats-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zhengce-kg-formats\nVersion: 1.0\n", encoding="utf-8")
    text = f"[zhengce_kg.exports]\ncount = zhengce_kg_formats:{entry}\n"
    (info / "entry_points.txt").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "zhengce_kg_formats", raising=False)


@pytest.mark.parametrize(("entry", "names"), [("FORMAT", ["count"]), ("SEVERAL", ["count", "more"])])
def test_a_third_party_adds_formats_by_an_entry_point(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, names: list[str]
) -> None:
    install(tmp_path, "count", entry, monkeypatch)
    for name in names:
        (pieces,) = find_format(name).write(store, BASE).values()
        assert b"".join(pieces) == str(len(store)).encode()


@pytest.mark.parametrize(
    ("name", "entry", "message"),
    [
        ("turtle", "FORMAT", "a second format is named turtle"),
        ("count", "NOT_ONE", "is not a kg.exports.registry.Format"),
        ("count", "NOT_ALL", "is not a kg.exports.registry.Format"),
        ("count", "MISSING", "cannot be loaded"),
    ],
)
def test_a_bad_entry_point_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, entry: str, message: str
) -> None:
    install(tmp_path, name, entry, monkeypatch)
    with pytest.raises(KgError, match=message):
        load_formats()


@pytest.mark.parametrize(("name", "library"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_missing_library_is_told_in_one_line_with_its_extra(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str, library: str
) -> None:
    for module in [module for module in sys.modules if module.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(KgError) as caught:
        FORMATS[name].write(store, BASE)
    line = f'{name}: the library {library} is not installed; install it with: pip install "zhengce-kg[{name}]"'
    assert str(caught.value) == line


def test_a_failed_export_leaves_what_stood_there(store: Store, tmp_path: Path) -> None:
    def fail() -> Iterable[bytes]:
        yield b"half"
        raise GraphError("x", "fails")

    for out, broken in (
        (tmp_path / "one.txt", {"one.txt": fail()}),
        (tmp_path / "two.zip", {"a": [b"a"], "b": fail()}),
    ):
        out.write_text("old")
        with pytest.raises(GraphError):
            write_files(broken, out)
        assert out.read_text() == "old"
    folder = tmp_path / "folder"
    with pytest.raises(GraphError):
        write_files({"a": [b"a"], "b": fail()}, folder)
    assert list(folder.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "one.txt", "two.zip"]
    with pytest.raises(KgError, match="cannot be written"):
        write_files(FORMATS["nquads"].write(store, BASE), tmp_path / "none" / "graph.nq")


def test_the_command_lists_and_writes(seeds_store: Store, built: Path, tmp_path: Path) -> None:
    listed = run_kg("export", "--list")
    assert all(f"{format_.name} " in listed and format_.about in listed for format_ in FORMATS.values())
    assert run_kg("export", built, "--format", "nquads").encode() == (built / "graph.nq").read_bytes()
    assert run_kg("export", built, "--format", "turtle").encode() == (built / "graph.ttl").read_bytes()
    done = call_kg("export", built, "-o", tmp_path / "a.graphml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "a.graphml").read_bytes() == written("graphml", seeds_store)
    run_kg("export", built / "graph.ttl", "--format", "csv", "-o", tmp_path / "tables")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]


# arguments, exit code, what the line says, reason
FAULTS = [
    ([], 2, "say what to export and how", "nothing to export"),
    (["exports"], 2, "say what to export and how", "no format"),
    (["exports", "--format", "pdf"], 1, "pdf: there is no such export format; choose one of csv", "an unknown format"),
    (["exports", "--format", "xlsx"], 1, "give a file or folder with -o", "no text for standard output"),
    (["exports", "-o", "x.doc"], 1, "x.doc: its ending is that of no export format", "an unknown ending"),
    (["nowhere", "-o", "x.ttl"], 1, "there is no such graph", "a missing graph"),
]


@pytest.mark.parametrize(("arguments", "code", "message", "reason"), FAULTS, ids=[row[-1] for row in FAULTS])
def test_faults_of_the_command(arguments: list[str], code: int, message: str, reason: str) -> None:
    done = call_kg("export", *arguments)
    assert (done.returncode, done.stdout) == (code, ""), reason
    assert message in done.stderr, reason


def test_formats_are_values() -> None:
    assert FORMATS["turtle"] == find_format("turtle")
    assert isinstance(find_format("xlsx"), Format)
