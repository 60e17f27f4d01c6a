"""Stores and files: what is written can be read again, whole and the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from small_graph import EXTRACTIONS, REFERENCE

from kg.errors import GraphError
from kg.exports.rdf import slim_quads
from kg.graph import build_quads, prefixes, term
from kg.store import load, open_store, to_merged_rdflib, to_rdf, to_rdflib, write_nquads, write_turtle

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
EX = NamedNode("http://example.org/s")


@pytest.fixture(scope="module")
def store() -> Store:
    return load(build_quads(EXTRACTIONS, REFERENCE, program_version="0.1.0", lexicon_version="2024"))


def triples(store: Store) -> set[str]:
    return {str(quad.triple) for quad in store}


def test_turtle_reads_the_same_in_both_libraries(store: Store, tmp_path: Path) -> None:
    write_turtle(store, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert all(f"@prefix {prefix}: <{iri}> ." in text for prefix, iri in prefixes().items())
    again = open_store(tmp_path / "graph.ttl")
    assert len(triples(store)) == len(again) == len(rdflib.Graph().parse(tmp_path / "graph.ttl"))
    assert triples(again) == triples(store)


def test_nquads_are_sorted_and_keep_the_graphs(store: Store, tmp_path: Path) -> None:
    write_nquads(store, tmp_path / "graph.nq")
    again = open_store(tmp_path)
    assert set(again) == set(store)
    write_nquads(again, tmp_path / "again.nq")
    assert (tmp_path / "again.nq").read_bytes() == (tmp_path / "graph.nq").read_bytes()


@given(
    TEXTS, st.sampled_from(["", "zh", "en"]), st.sampled_from(["a", "a.", "-a", "a b", "%E7", "省", "a~b", "1.2", ""])
)
def test_any_text_and_name_survives_turtle(text: str, language: str, local: str) -> None:
    value = Literal(text, language=language) if language else Literal(text)
    node = NamedNode(prefixes()["agency"] + local.replace(" ", "%20"))
    quad = Quad(node, term("rdfs:label"), value)
    assert list(parse(to_rdf([quad], RdfFormat.TURTLE, prefixes()), format=RdfFormat.TURTLE)) == [quad]


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (Literal("40", datatype=term("xsd:integer")), "40"),
        (Literal("1", datatype=term("xsd:decimal")), '"1"^^xsd:decimal'),
        (Literal("0.95", datatype=term("xsd:decimal")), "0.95"),
        (Literal("true", datatype=term("xsd:boolean")), "true"),
        (Literal("2025", datatype=term("xsd:gYear")), '"2025"^^xsd:gYear'),
        (Literal("440000", datatype=term("zc:GBT2260")), '"440000"^^zc:GBT2260'),
        (Literal("x", datatype=NamedNode("http://example.org/t")), '"x"^^<http://example.org/t>'),
        (Literal('a"\\\nb'), '"a\\"\\\\\\nb"'),
    ],
)
def test_literals_in_turtle(literal: Literal, written: str) -> None:
    *_, last = to_rdf([Quad(EX, term("rdfs:label"), literal)], RdfFormat.TURTLE, prefixes()).decode().splitlines()
    assert last == f"<http://example.org/s> rdfs:label {written} ."


def test_rdflib_has_the_same_triples(store: Store) -> None:
    dataset = to_rdflib(store)
    assert sum(1 for _ in dataset.quads()) == len(store)
    assert len(to_merged_rdflib(store)) == len(triples(store))
    assert dict(dataset.namespaces())["zc"] == rdflib.URIRef(prefixes()["zc"])


@pytest.mark.parametrize("ending", ["nq", "ttl", "trig", "nt", "rdf", "jsonld"])
def test_every_format_opens(tmp_path: Path, ending: str) -> None:
    formats = {"nq": "nquads", "ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "trig": "trig"}
    graph = rdflib.Dataset()
    graph.add((rdflib.URIRef("http://e.org/s"), rdflib.RDFS.label, rdflib.Literal("省", lang="zh")))
    source = graph if ending in {"nq", "trig", "jsonld"} else graph.default_graph
    source.serialize(tmp_path / f"g.{ending}", format=formats[ending])
    assert len(open_store(tmp_path / f"g.{ending}")) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.ttl", None, "there is no such graph"),
        ("notes.txt", "x", "is no graph format"),
        ("bad.ttl", "<a> <b> .", "does not parse"),
        ("bad.nq", "nonsense\n", "does not parse"),
        ("bad.jsonld", "{", "does not parse"),
        ("bad.rdf", "<rdf", "does not parse"),
        ("latin.ttl", b'<http://a> <http://b> "\xff" .', "does not parse"),
    ],
)
def test_bad_files_raise_one_clear_line(tmp_path: Path, name: str, content: str | bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GraphError, match=message) as caught:
        open_store(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_an_empty_folder_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"graph\.nq: there is no such graph"):
        open_store(tmp_path)


def test_the_slim_export_holds_direct_triples_and_only_used_reference_data(store: Store) -> None:
    slim = load(slim_quads(store))
    texts = triples(slim)
    measures = {quad.subject for quad in slim.quads_for_pattern(None, term("rdf:type"), term("zc:Measure"))}
    assert len(measures) == 4
    assert not [text for text in texts if "assignment/" in text or "evidence/" in text or "#text" in text]
    assert len(list(slim.quads_for_pattern(None, term("zc:leadAgency"), None))) == 3
    regions = {quad.subject for quad in slim.quads_for_pattern(None, term("rdf:type"), term("zc:Region"))}
    names = {region.value.rpartition("/")[2] for region in regions if isinstance(region, NamedNode)}
    # Shenzhen comes with the region group that a group of governments is over
    assert names == {"310000", "310115", "440000", "440100", "440300"}
    agencies = {quad.subject for quad in slim.quads_for_pattern(None, term("rdf:type"), term("zc:Agency"))}
    assert NamedNode(prefixes()["agency"] + "pbc") in agencies  # above the branch that leads
    assert NamedNode(prefixes()["agency"] + "cbrc") not in agencies


N = "http://example.org/"
# statements in an order of chance, prefixes, what is written, reason
ORDERED = [
    ([], {"b": N, "a": N}, "@prefix b: <http://example.org/> .\n@prefix a: <http://example.org/> .\n", "none"),
    (
        [("s", "rdfs:comment", "1"), ("s", "skos:prefLabel", "2"), ("s", "rdf:type", "3"), ("a", "rdfs:label", "4")],
        {"e": N},
        "@prefix e: <http://example.org/> .\n"
        'e:a <http://www.w3.org/2000/01/rdf-schema#label> "4" .\n'
        'e:s a "3" ;\n'
        '\t<http://www.w3.org/2004/02/skos/core#prefLabel> "2" ;\n'
        '\t<http://www.w3.org/2000/01/rdf-schema#comment> "1" .\n',
        "subjects sorted, types and labels first",
    ),
    ([("s", "rdf:type", "b"), ("s", "rdf:type", "a")], {}, '<http://example.org/s> a "a" , "b" .\n', "values sorted"),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "namespaces", "written", "reason"), ORDERED, ids=[row[-1] for row in ORDERED])
def test_turtle_is_in_the_order_of_a_reader(
    statements: list[tuple[str, str, str]], namespaces: dict[str, str], written: str, reason: str
) -> None:
    quads = [Quad(NamedNode(N + subject), term(name), Literal(value)) for subject, name, value in statements]
    assert to_rdf(quads, RdfFormat.TURTLE, namespaces).decode() == written, reason


@pytest.mark.parametrize("syntax", [RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.RDF_XML], ids=str)
def test_the_order_of_statements_changes_no_byte(store: Store, syntax: RdfFormat) -> None:
    quads = sorted(store, key=str)
    there, back = (to_rdf(each, syntax, prefixes()) for each in (quads, reversed(quads)))
    assert there == back == to_rdf([*quads, *quads], syntax, prefixes())


def test_trig_gives_the_graph_without_a_name_first() -> None:
    quads = [Quad(EX, term("rdfs:label"), Literal(name), *graph) for name, graph in (("a", [EX]), ("b", []))]
    text = to_rdf(quads, RdfFormat.TRIG, {}).decode()
    assert text.index('"b"') < text.index('"a"')
    assert set(parse(text, format=RdfFormat.TRIG)) == set(quads)
