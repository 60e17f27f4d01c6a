"""What a node of the graph is called, which words prove it and where it stands: one answer for every reader."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg.graph.namespaces import prefixes
from kg.graph.things import (
    NOTHING,
    StoredThings,
    Thing,
    document_of,
    known_names,
    name_of,
    names_of,
    quote_of,
    quotes_of,
    read_things,
    start_of,
)

HEADS = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes().items())
PLAN = """document:d a zc:PolicyDocument ; dcterms:title "方案"@zh ; zc:wording expression:d .
expression:d a zc:Expression ; zc:sourceText source:s .
section:s a zc:Section ; eli:is_part_of document:d ; dcterms:title "一、总则"@zh .
measure:m a zc:Measure ; rdfs:label "发展绿色信贷"@zh ; dcterms:isPartOf document:d .
measure:m zc:evidence evidence:b, evidence:a .
agency:f a zc:Agency ; skos:prefLabel "广东省财政厅"@zh, "Department of Finance"@en .
agency:f skos:hiddenLabel "财政厅"@zh .
assignment:a a zc:Assignment ; zc:measure measure:m ; zc:agent agency:f ; zc:role zc:Lead .
assignment:a zc:surfaceForm "省财政厅"@zh .
assignment:b a zc:Assignment ; zc:measure measure:m ; zc:agent agency:x ; zc:role zc:Support .
assignment:b zc:surfaceForm "省局"@zh .
target:t a zc:Target ; zc:indicator "机构" ; zc:targetOf measure:m .
target:u a zc:Target ; zc:indicator "比重"@zh ; zc:statedIn section:s .
citation:c a zc:Citation ; zc:citingDocument document:d ; zc:surfaceForm "《意见》"@zh .
agency:e a zc:Agency ; rdfs:label "English only"@en .
agency:p a zc:Agency ; rdfs:label "标签"@zh ; skos:prefLabel "plain", "全称"@zh-hans .
agency:n a zc:Agency .
"""
EVIDENCE = "".join(
    f"evidence:{name} a zc:Quotation ; zc:inExpression expression:d ; "
    f'oa:start {start} ; oa:end {start + len(words)} ; oa:exact "{words}" .\n'
    for name, start, words in (("a", 90, "后说的话"), ("b", 9, "先说的话"))
)
STORE = Store()
STORE.bulk_load((HEADS + PLAN + EVIDENCE).encode(), format=RdfFormat.TURTLE)
BOTH = [StoredThings(STORE), read_things(parse((HEADS + PLAN + EVIDENCE).encode(), format=RdfFormat.TURTLE))]


def iri(short: str) -> str:
    prefix, _, name = short.partition(":")
    return prefixes()[prefix] + name


# a node, its name, reason
NAMES = [
    ("measure:m", "发展绿色信贷", "a label"),
    ("agency:f", "广东省财政厅", "Chinese before English"),
    ("agency:e", "English only", "no Chinese name"),
    ("agency:p", "全称", "the preferred label before the label; a kind of Chinese before no language"),
    ("document:d", "方案", "a title"),
    ("target:t", "机构", "an indicator, in no language"),
    ("citation:c", "《意见》", "the words of the text where nothing else names it"),
    ("assignment:a", "牵头 广东省财政厅", "an assignment by its role and its body"),
    ("assignment:b", "配合 省局", "by the words of the text where the graph does not know the body"),
    ("agency:n", "n", "without a name, the end of its IRI"),
    ("zc:leadAgency", "牵头单位", "a term, by the ontology"),
    ("schema:about", "about", "a term of another vocabulary"),
]


@pytest.mark.parametrize("things", BOTH, ids=["stored", "read"])
@pytest.mark.parametrize(("node", "name", "reason"), NAMES)
def test_every_node_has_one_name(things: Mapping[str, Thing], node: str, name: str, reason: str) -> None:
    assert name_of(things, iri(node)) == name, reason


@pytest.mark.parametrize("things", BOTH, ids=["stored", "read"])
def test_names_come_in_their_languages(things: Mapping[str, Thing]) -> None:
    finance = things[iri("agency:f")]
    assert [(name.value, name.language) for name in names_of(things, finance.iri)] == [
        ("广东省财政厅", "zh"),
        ("Department of Finance", "en"),
    ]
    assert (finance.label("zh"), finance.label("en"), finance.label_property) == (
        "广东省财政厅",
        "Department of Finance",
        "skos:prefLabel",
    )
    assert names_of(things, iri("agency:n")) == ()
    assert things[iri("target:t")].label("zh") == "机构", "no language counts as Chinese"


# a node, the words that prove it, where the first start
PROOFS = [
    ("measure:m", ["先说的话", "后说的话"], 9, "as they stand in the text, whatever the evidence is called"),
    ("evidence:a", ["后说的话"], 90, "evidence points to its own words"),
    ("agency:f", [], -1, "nothing proves a body"),
]


@pytest.mark.parametrize("things", BOTH, ids=["stored", "read"])
@pytest.mark.parametrize(("node", "words", "start", "reason"), PROOFS)
def test_words_that_prove_a_thing(
    things: Mapping[str, Thing], node: str, words: list[str], start: int, reason: str
) -> None:
    thing = things[iri(node)]
    assert [quote.exact for quote in quotes_of(things, thing)] == words, reason
    assert (quote_of(things, thing), start_of(things, thing)) == (next(iter(words), ""), start)
    assert {quote.source for quote in quotes_of(things, thing)} <= {iri("source:s")}


@pytest.mark.parametrize("things", BOTH, ids=["stored", "read"])
@pytest.mark.parametrize("node", ["measure:m", "section:s", "assignment:a", "target:t", "target:u", "citation:c"])
def test_what_stands_in_a_document(things: Mapping[str, Thing], node: str) -> None:
    assert document_of(things, things[iri(node)]) == iri("document:d")
    assert document_of(things, things[iri("agency:f")]) == ""


def test_a_thing_can_be_asked_for_by_any_of_its_names() -> None:
    names = {name for name, node in known_names(STORE) if node == iri("agency:f")}
    assert names == {"广东省财政厅", "Department of Finance", "财政厅"}
    assert "省财政厅" not in {name for name, _ in known_names(STORE)}, "words of one clause are no name"


@pytest.mark.parametrize("things", BOTH, ids=["stored", "read"])
@pytest.mark.parametrize("node", ["", "no iri", "_:b9", "https://example.org/nothing"])
def test_what_the_graph_does_not_know(things: Mapping[str, Thing], node: str) -> None:
    assert things.get(node, NOTHING) is NOTHING
    assert node not in things
    assert quotes_of(things, NOTHING) == ()


def test_both_ways_to_read_give_the_same_things() -> None:
    stored, read = BOTH
    assert dict(stored) == dict(read)
    assert list(stored) == list(read)
    assert list(StoredThings(STORE).of("zc:Target", "zc:Section")) == [
        iri("section:s"),
        iri("target:t"),
        iri("target:u"),
    ]
