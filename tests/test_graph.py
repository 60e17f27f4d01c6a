"""Facts to quads: what stands in which graph, and that nothing but the content decides."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store
from small_graph import CBIRC, EXTRACTIONS, NOTHING, PLAN, REFERENCE, news, plan, shared

from kg.errors import LexiconError
from kg.graph import Names, Reference, build_quads, prefixes, term
from kg.graph.reference import read_links, vocabulary_quads
from kg.graph.terms import date, number
from kg.graph.usage import Usage
from kg.lexicons import Lexicons
from kg.lexicons.files import ontology_root
from kg.model.facts import Extraction, identified
from kg.model.ids import BASE
from kg.store import load

VERSIONS: dict[str, Any] = {"program_version": "0.1.0", "lexicon_version": "2024"}
NAMES = Names()


def quads_of(*extractions: Extraction, reference: Reference = REFERENCE) -> list[Quad]:
    return list(build_quads(extractions, reference, **VERSIONS))


@pytest.fixture(scope="module")
def store() -> Store:
    return load(quads_of(*EXTRACTIONS))


def select(store: Store, where: str) -> list[dict[str, str]]:
    """Return the values of the variables of a pattern."""
    result = store.query(f"SELECT * WHERE {{ {where} }}", use_default_graph_as_union=True, prefixes=prefixes())
    assert isinstance(result, QuerySolutions)
    names = [variable.value for variable in result.variables]
    return [{name: getattr(row[name], "value", "") for name in names} for row in result]


def rows(store: Store, where: str) -> set[tuple[str, ...]]:
    """Return the last parts of the values, in the order of their variables' names."""
    return {tuple(row[name].rpartition("/")[2] for name in sorted(row)) for row in select(store, where)}


def test_no_blank_nodes_and_only_safe_iris() -> None:
    for quad in quads_of(*EXTRACTIONS):
        for node in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            assert not isinstance(node, BlankNode)
            if isinstance(node, NamedNode):
                assert re.fullmatch(r"[!-~]+", node.value), node


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (
            '?m rdfs:label "发展绿色信贷"@zh ; zc:leadAgency ?x',
            {"440000-finance-department", "pbc-guangzhou"},
        ),
        ('?m rdfs:label "发展绿色信贷"@zh ; zc:usesInstrument ?x', {"green-bond"}),
        ('?m rdfs:label "建设碳市场"@zh ; zc:usesInstrument ?x', {"x-%E7%A2%B3%20trading"}),
        ('?m rdfs:label "建设碳市场"@zh ; dcterms:spatial ?x', {"440100"}),
        ('?m rdfs:label "加强宣传"@zh ; zc:responsibleAgency ?x', {"departments-concerned"}),
        ('?m rdfs:label "加强宣传"@zh ; zc:announcedBy ?x', set()),  # a plan assigns, only news announces
        ('?m rdfs:label "在浦东新区推广绿色债券"@zh ; zc:announcedBy ?x', {CBIRC.id}),
        ("?d eli:passed_by ?x", {"440000-government-office"}),
        ("?s a zc:SourceText ; dcterms:source ?x", {"a?b=1"}),
        ("agency:cbrc zc:successor ?x", {"cbirc"}),
        ("agency:440000-finance-department org:subOrganizationOf ?x", {"440000-government"}),
        ('?x a zc:Agency ; skos:prefLabel "广东省人民政府"@zh', {"440000-government"}),
        ("?a zc:viaGroup ?g ; zc:agent ?x", {"440100-government", "440300-government"}),
        ("agency:440000-finance-department skos:hiddenLabel ?x", {"省财政厅"}),
        ("agency:pbc-guangzhou skos:altLabel ?x", {"人民银行广州分行"}),
    ],
)
def test_links(store: Store, where: str, expected: set[str]) -> None:
    assert {row["x"].rpartition("/")[2] for row in select(store, where)} == expected


def test_the_direct_triple_stands_beside_the_assignment_in_the_same_graph() -> None:
    quads = set(quads_of(plan()))
    direct = {"zc:Lead": "zc:leadAgency", "zc:Support": "zc:supportAgency", "zc:Responsible": "zc:responsibleAgency"}
    expected = set()
    facts: dict[tuple[object, object], dict[str, object]] = {}
    for quad in quads:
        facts.setdefault((quad.subject, quad.graph_name), {})[str(quad.predicate)] = quad.object
    for (_, graph), properties in facts.items():
        if properties.get(str(term("rdf:type"))) == term("zc:Assignment"):
            role = next(name for name in direct if term(name) == properties[str(term("zc:role"))])
            ends = (properties[str(term(name))] for name in ("zc:measure", "zc:agent"))
            expected.add((*ends, term(direct[role]), graph))
    found = {
        (q.subject, q.object, q.predicate, q.graph_name) for q in quads if q.predicate in map(term, direct.values())
    }
    assert len(expected) == 9
    assert found == expected


def test_what_is_inferred_stands_apart() -> None:
    inferred = NAMES.graph("inferred")
    via = [quad for quad in quads_of(plan()) if quad.predicate == term("zc:viaGroup")]
    members = [
        quad for quad in quads_of(plan()) if quad.predicate == term("zc:groupMember") and "id/group/" in str(quad)
    ]
    assert len(via) == len(members) == 2
    assert {quad.graph_name for quad in (*via, *members)} == {inferred}


def test_each_document_has_its_own_graph(store: Store) -> None:
    expected = {NAMES.graph(one.document.id) for one in EXTRACTIONS}
    assert set(store.named_graphs()) == expected | set(map(NAMES.graph, ("reference", "inferred", "provenance")))


def test_two_works_in_one_file_share_the_source_and_not_the_document() -> None:
    store = load(quads_of(plan(), shared()))
    assert len(rows(store, "?d zc:sourceText ?s")) == 2
    assert len(rows(store, "?s a zc:SourceText")) == 1


def test_news_is_never_typed_as_law() -> None:
    store = load(quads_of(news()))
    assert not rows(store, "?d a schema:Legislation")
    assert len(rows(store, "?d a schema:NewsArticle")) == 1


def test_sections_of_news_are_no_part_of_a_law() -> None:
    policy = plan()
    article = identified(replace(news(), sections=policy.sections[:1]), news().document.id)
    store = load(quads_of(article, policy))
    found = select(
        store, "?s a zc:Section ; ?link ?d . ?d a ?class FILTER (?link IN (eli:is_part_of, schema:isPartOf))"
    )
    links = {(row["link"].rpartition("/")[2], row["class"].rpartition("/")[2]) for row in found}
    assert {kind for link, kind in links if link == "isPartOf"} == {"NewsArticle"}
    assert {kind for link, kind in links if link != "isPartOf"} == {
        "ontology#PolicyDocument",
        "ontology#LegalResource",
        "Legislation",
    }
    assert (
        len(rows(store, "?s a eli:LegalResourceSubdivision"))
        == len(policy.sections)
        == len(rows(store, "?s a zc:Section")) - 1
    )
    assert not rows(store, "?s a eli:LegalResourceSubdivision ; schema:isPartOf ?d")


def test_a_baseline_is_a_year(store: Store) -> None:
    (quad,) = store.quads_for_pattern(None, term("zc:baseline"), None)
    assert quad.object == Literal("2020", datatype=term("xsd:gYear"))


def test_groups_with_members_are_collections(store: Store) -> None:
    closed = rows(store, '?g zc:membership "closed"')
    assert closed == {
        (row["g"].rpartition("/")[2],) for row in select(store, "?g a zc:AgencyGroup ; zc:groupMember ?m")
    }
    assert len(rows(store, "?g a zc:AgencyGroup")) > len(closed) == 1


def test_counties_come_only_where_used(store: Store) -> None:
    counties = rows(store, '?r a zc:Region ; zc:adminLevel "county"')
    assert counties == {("310115",)}


def test_unknown_regions_and_instruments_come_from_the_facts() -> None:
    store = load(quads_of(*EXTRACTIONS, reference=NOTHING))
    assert ("440100",) in rows(store, '?r a zc:Region ; skos:notation "440100"^^zc:GBT2260')
    assert ("green-bond", "bonds") not in rows(store, "?a skos:broader ?b")
    assert ("green-bond",) in rows(store, '?i a zc:Instrument ; skos:prefLabel "绿色债券"@zh')


def test_every_quote_equals_the_text_at_its_offsets(store: Store) -> None:
    found = select(
        store,
        "?e zc:inExpression/zc:sourceText/schema:text ?text ; oa:start ?start ; oa:end ?end ; oa:exact ?exact .",
    )
    for row in found:
        start, end = int(row["start"]), int(row["end"])
        assert row["text"][start:end] == row["exact"]
    assert len(found) == 9


def test_the_dataset_counts_what_is_stated(store: Store) -> None:
    counts = rows(store, "?d void:class ?class ; void:entities ?n")
    assert {count for name, _, count in counts if name == "ontology#Assignment"} == {"7"}


def test_the_dataset_bears_a_licence_only_where_one_is_given(store: Store) -> None:
    assert not rows(store, "?d dcterms:license ?l")
    by = "https://creativecommons.org/licenses/by/4.0/"
    licensed = load(build_quads([], REFERENCE, **VERSIONS, license=by))
    files = {row["d"] for row in select(licensed, "?d a dcat:Distribution")}
    datasets = {row["d"] for row in select(licensed, "?d a dcat:Dataset")}
    assert {(row["d"], row["l"]) for row in select(licensed, "?d dcterms:license ?l")} == {
        (d, by) for d in files | datasets
    }
    assert len(files) == 3


def test_the_dataset_names_its_files(store: Store) -> None:
    types = "https://www.iana.org/assignments/media-types/"
    found = select(store, "?d a dcat:Dataset ; dcat:distribution ?f . ?f dcterms:title ?title ; dcat:mediaType ?type")
    assert {(row["title"], row["type"].removeprefix(types)) for row in found} == {
        ("graph.nq", "application/n-quads"),
        ("graph.slim.ttl", "text/turtle"),
        ("graph.ttl", "text/turtle"),
    }


def test_the_activity_tells_how_it_was_configured() -> None:
    plain = load(quads_of(plan()))
    chosen = load(build_quads([plan()], REFERENCE, **VERSIONS, definitions=[("prd", 1), ("coast", 2)]))
    base = f"--base {BASE}"
    assert {row["c"] for row in select(plain, "?a zc:configuration ?c")} == {base}
    told = {row["c"] for row in select(chosen, "?a a prov:Activity ; zc:configuration ?c")}
    assert told == {base, "--definition coast=2", "--definition prd=1"}
    (one,), (other,) = (rows(s, "?a a prov:Activity") for s in (plain, chosen))
    assert one != other, "another configuration is another activity"


def test_another_base_moves_every_thing() -> None:
    quads = build_quads(EXTRACTIONS, REFERENCE, base="https://example.org/kg/", **VERSIONS)
    assert not [quad for quad in quads if BASE in str(quad)]


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(source: random.Random) -> None:
    shuffled = list(EXTRACTIONS)
    source.shuffle(shuffled)
    assert set(quads_of(*shuffled)) == set(quads_of(*EXTRACTIONS))


DIGEST = """
import hashlib, random, sys, pathlib
from small_graph import EXTRACTIONS, REFERENCE
from kg.graph import build_quads
from kg.store import load, write_nquads, write_turtle
order = list(EXTRACTIONS)
random.Random(int(sys.argv[1])).shuffle(order)
store = load(build_quads(order, REFERENCE, program_version="0.1.0", lexicon_version="2024"))
folder = pathlib.Path(sys.argv[2])
write_nquads(store, folder / "graph.nq")
write_turtle(store, folder / "graph.ttl")
print(hashlib.sha256((folder / "graph.nq").read_bytes() + (folder / "graph.ttl").read_bytes()).hexdigest())
"""


def test_same_bytes_for_any_order_and_hash_seed(tmp_path: Path) -> None:
    here = Path(__file__).parent
    digests = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
        command = [sys.executable, "-c", DIGEST, seed, str(tmp_path)]
        digests.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("40", "40"), ("13.5", "13.5"), ("1,000", "1000"), ("翻番", None), ("nan", None), (0.95, "0.95"), (1.0, "1.0")],
)
def test_numbers(text: str | float, expected: str | None) -> None:
    literal = number(text)
    assert (literal.value if literal else None) == expected


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2025", "xsd:gYear"),
        ("2025-06", "xsd:gYearMonth"),
        ("2025-06-01", "xsd:date"),
        ("2025-06-01T08:00", "xsd:date"),
        ("近期", "xsd:string"),
    ],
)
def test_dates(text: str, datatype: str) -> None:
    literal = date(text)
    assert isinstance(literal, Literal)
    assert literal.datatype == term(datatype)


def test_every_own_term_is_defined_in_both_languages(lexicons: Lexicons) -> None:
    root = ontology_root()
    ontology = Store()
    ontology.bulk_load(path=str(root / "ontology.ttl"))
    own = prefixes()["zc"]
    defined = {quad.subject for quad in ontology.quads_for_pattern(None, term("rdfs:isDefinedBy"), None)}
    for node in defined:
        for property_ in ("rdfs:label", "rdfs:comment"):
            languages = {quad.object.language for quad in ontology.quads_for_pattern(node, term(property_), None)}  # type: ignore[union-attr]
            assert languages == {"zh", "en"}, (node, property_)
    quads = [*quads_of(*EXTRACTIONS), *quads_of(plan(), reference=Reference.of(lexicons))]
    used = {node for quad in quads for node in (quad.predicate, quad.object) if isinstance(node, NamedNode)}
    used |= {quad.object.datatype for quad in quads if isinstance(quad.object, Literal)}
    texts = [
        path.read_text(encoding="utf-8") for path in (root / "shapes.ttl", *sorted((root / "queries").glob("*.rq")))
    ]
    used |= {term(name) for text in texts for name in re.findall(r"zc:[A-Za-z][\w-]*", text)}
    assert {node for node in used if node.value.startswith(own) and node.value != own} <= defined


def test_the_text_of_the_plan_is_whole() -> None:
    assert plan().document.text == PLAN


REFORMS = [
    (
        "party-history-2018",
        {"party-history-office", "party-literature-office", "compilation-bureau"},
        "three offices, one institute",
    ),
    ("academy-2018", {"academy-of-governance"}, "the academy went into the party school"),
    ("reform-commission-2018", {"reform-leading-group"}, "a leading group became a commission"),
    ("cyber-commission-2018", {"cyber-leading-group"}, "each group has one successor, not all of them"),
    ("finance-commission-2018", {"finance-leading-group"}, "each group has one successor, not all of them"),
]


@pytest.mark.parametrize(("reform", "before", "why"), REFORMS, ids=[row[0] for row in REFORMS])
def test_listed_reforms_keep_their_predecessors(lexicons: Lexicons, reform: str, before: set[str], why: str) -> None:
    store = load(vocabulary_quads(NAMES, Reference.of(lexicons), Usage()))
    assert {
        row["b"].rpartition("/")[2] for row in select(store, f"<{BASE}reform/{reform}> org:originalOrganization ?b")
    } == before, why


def test_an_action_has_its_actor_act_instrument_and_place(store: Store) -> None:
    pattern = """?x a zc:PolicyAction ; zc:actor ?actor ; zc:act/skos:prefLabel ?act ; zc:usesInstrument ?i ;
        zc:cue ?cue ; dcterms:spatial ?place ; zc:status ?status ; zc:inMeasure/zc:path ?path .
        FILTER (LANG(?act) = "en")"""
    (found,) = select(store, pattern)
    ends = [found[name].rpartition("/")[2] for name in ("actor", "act", "i", "cue", "place", "status", "path")]
    assert ends == ["cbirc-shanghai", "promote", "green-bond", "推广", "310115", "announced", "一"]


@pytest.fixture(scope="module")
def vocabulary(lexicons: Lexicons) -> Store:
    """All reference data, of which a build carries what it uses."""
    return load(vocabulary_quads(NAMES, Reference.of(lexicons), Usage()))


def test_instruments_stand_in_one_scheme_and_their_names_and_classes_are_true(vocabulary: Store) -> None:
    """What is wider is the hierarchy alone, so its closure adds no class; no two instruments share a name."""
    families = rows(vocabulary, "?f skos:topConceptOf zc:Instruments")
    assert len(families) == 31
    assert not rows(vocabulary, "?i a zc:Instrument FILTER NOT EXISTS { ?i skos:inScheme zc:Instruments }")
    assert not rows(vocabulary, "?i a zc:Instrument ; skos:broader ?b FILTER NOT EXISTS { ?b a zc:Instrument }")
    tops = "?i a zc:Instrument ; skos:broader* ?top FILTER NOT EXISTS { ?top skos:broader ?any }"
    assert {row["top"] for row in select(vocabulary, f"{tops} ?i zc:toolKind ?kind")} == {
        row["f"] for row in select(vocabulary, "?f skos:topConceptOf zc:Instruments")
    }
    pair = "?a a zc:Instrument ; skos:prefLabel ?name . ?b a zc:Instrument ; skos:prefLabel ?name"
    twice = f"{pair} FILTER (STR(?a) < STR(?b))"
    assert {row["name"] for row in select(vocabulary, twice + ' FILTER (LANG(?name) = "zh")')} == set()


CODED = [
    ("fiscal-subsidy", "rz-financial", "ho-treasure", "供给型", "public money is supply in Chinese studies"),
    ("green-bond", "rz-financial", "ho-treasure", "环境型", "finance is environment in both"),
    ("pilots-zones", "rz-political", "ho-organisation", "需求型", "pilots and zones are demand in Chinese studies"),
    ("public-services", "rz-public-services", "ho-organisation", "供给型", "services are supply in Chinese studies"),
]


@pytest.mark.parametrize(("instrument", "kind", "resource", "side", "reason"), CODED, ids=[row[-1] for row in CODED])
def test_an_instrument_is_classed_by_each_codebook(
    vocabulary: Store, instrument: str, kind: str, resource: str, side: str, reason: str
) -> None:
    node = f"<{BASE}instrument/{instrument}>"
    found = select(vocabulary, f"{node} zc:toolKind ?k ; zc:governingResource ?r ; zc:codedAs/skos:prefLabel ?side")
    assert {(row["k"].partition("#")[2], row["r"].partition("#")[2]) for row in found} == {(kind, resource)}, reason
    assert side in {row["side"] for row in found}, reason


def test_every_province_has_the_code_that_others_know_it_by(vocabulary: Store) -> None:
    codes = rows(vocabulary, '?r zc:adminLevel "province" ; dcterms:identifier ?code')
    assert len(codes) == len({code for code, _ in codes}) == 34
    assert len(rows(vocabulary, '?r a zc:Region ; zc:adminLevel "province"')) == 34
    assert ("CN-GD", "440000") in codes


def test_a_row_that_is_no_link_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text(
        "subject,predicate,object,who,when,source\nregoin/1,dcterms:identifier,x,me,2026,y\n", encoding="utf-8"
    )
    with pytest.raises(LexiconError, match=r"links.csv:2: is no link"):
        list(read_links(file))
