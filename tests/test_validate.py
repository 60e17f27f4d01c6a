"""The shapes: good data passes, and each fault is told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store
from rdflib import RDFS, SH
from small_graph import EXTRACTIONS, REFERENCE, news, plan, shared

from kg.checks.shacl import Check, compile_shapes
from kg.checks.validate import Report, _compiled_violations, engine_violations, validate
from kg.errors import GraphError
from kg.extractors.measures import Measure
from kg.graph import Reference, build_quads, prefixes
from kg.lexicons import Lexicons
from kg.lexicons.files import ontology_root
from kg.store import load, open_store

QUADS = list(build_quads(EXTRACTIONS, REFERENCE, program_version="0.1.0", lexicon_version="2024"))
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes().items())
LEAD = "?x a zc:Assignment ; zc:role zc:Lead"

FAULTS = [
    # pattern that finds ?x and the node ?g it stands in, what is deleted, what is inserted, the message
    ("?x a zc:Measure", "?x rdfs:label ?o", "", "no label"),
    ("?x a zc:Measure", "?x zc:evidence ?o", "", "no quote, no fact"),
    (
        '?x a zc:Measure ; rdfs:label "加强宣传"@zh',
        "",
        "?x zc:usesInstrument agency:pbc",
        "no instrument of the vocabulary",
    ),
    (LEAD, "?x zc:measure ?o", "", "exactly one measure"),
    (LEAD, "?x zc:agent ?o", "", "exactly one agent"),
    (LEAD, "", "?x zc:role zc:Support", "one role"),
    (LEAD, "?x zc:evidence ?o", "", "no evidence"),
    (LEAD, "?x zc:order ?o", "", "place of its agent"),
    (LEAD, "?x zc:resolution ?o", '?x zc:resolution "guessed"', "resolution must be"),
    (LEAD, "?x zc:confidence ?o", "?x zc:confidence 1.5", "between 0 and 1"),
    ("?x zc:viaGroup ?v", "?x zc:resolution ?o", '?x zc:resolution "verbatim"', "marked group-member"),
    ("?x zc:leadAgency ?v", "?x zc:leadAgency ?o", "", "no direct triple"),
    ("?x a zc:Measure", "", "?x zc:leadAgency agency:cbirc", "no assignment gives the evidence"),
    ("?x a zc:Quotation", "?x oa:exact ?o", '?x oa:exact "别的话"', "differs from the source text"),
    ("?x a zc:Quotation", "?x oa:start ?o", "?x oa:start 3", "differs from the source text"),
    ("?x a zc:Quotation", "?x oa:end ?o", "?x oa:end 0", "before the end"),
    ("?x a zc:Quotation", "?x zc:inExpression ?o", "", "in which expression"),
    ("?x a zc:Expression", "?x zc:sourceText ?o", "", "one source text"),
    ("?x a zc:PolicyDocument", "?x dcterms:title ?o", "", "no title"),
    ("?x a schema:NewsArticle", "?x zc:wording ?o", "", "one expression"),
    ("?x a schema:NewsArticle", "", "?x a zc:PolicyDocument", "keep one of the two types"),
    ("?x a zc:SourceText", "?x zc:sha256 ?o", '?x zc:sha256 "ab"', "64 hexadecimal"),
    ("?x a zc:Section", "?x zc:path ?o", "", "no path"),
    ("?x a zc:Region", "?x skos:notation ?o", '?x skos:notation "44"^^zc:GBT2260', "six digits"),
    ("?x a zc:Region", "?x skos:notation ?o", "", "six-digit code"),
    ("?x a zc:Region", "?x skos:prefLabel ?o", "", "preferred label"),
    ("?x a zc:Agency", "?x skos:prefLabel ?o", "", "preferred label"),
    ("?x a zc:Agency", "", '?x skos:prefLabel "甲"@zh, "乙"@zh', "preferred label"),
    ("?x a zc:AgencyGroup", "?x zc:membership ?o", '?x zc:membership "some"', "open, closed or unknown"),
    ("?x a zc:RegionGroup", "", "?x zc:groupMember agency:pbc", "known regions"),
    ("?x a zc:Instrument", "", "?x skos:broader agency:pbc", "broader instrument"),
    ("?x a zc:Instrument", "?x zc:classificationReason ?o", "", "in both classifications"),
    ("?x a zc:Instrument", "?x zc:toolKind ?o", "", "in both classifications"),
    ("?x a zc:Instrument", "?x zc:governingResource ?o", "", "in both classifications"),
    ("?x a zc:Target", "?x zc:indicator ?o", "", "no indicator"),
    ("?x a zc:Target", "?x zc:valueText ?o", "", "no value"),
    ("?x a zc:Target", "?x zc:comparator ?o", '?x zc:comparator "maybe"', "comparator must be"),
    ("?x a zc:Target", "", '?x zc:commitment "firm"', "binding or expected"),
    ("?x a zc:Target", "?x zc:deadline ?o", '?x zc:deadline "0403"^^xsd:gYear', "between 1900 and 2099"),
    ("?x a zc:PolicyAction", "?x zc:act ?o", "", "exactly one act"),
    ("?x a zc:PolicyAction", "", "?x zc:actor region:440100", "no known agency"),
    ("?x a zc:PolicyAction", "?x zc:status ?o", '?x zc:status "planned"', "announced or reported"),
    ("?x a zc:PolicyAction", "?x zc:evidence ?o", "", "no quote, no fact"),
    ("?x a zc:PolicyAction", "?x zc:cue ?o", "", "verb of the text"),
    ("?x a zc:PolicyAction", "", "?x zc:addressee <urn:x>", "vocabulary of addressees"),
    ("?x a zc:PolicyAction", "", "?x zc:inMeasure agency:pbc", "one measure at most"),
    ("?x a org:ChangeEvent", "?x dcterms:date ?o", "", "one date"),
    ("?x a prov:Activity", "?x zc:programVersion ?o", "", "version of the program"),
    ("?x a prov:Activity", "?x zc:configuration ?o", "", "how it was configured"),
    ("?x a zc:Target", "?x zc:deadline ?o", '?x zc:deadline "2025x"^^xsd:gYear', "between 1900 and 2099"),
    ("?x a zc:Target", "?x zc:deadline ?o", '?x zc:deadline "2025"', "between 1900 and 2099"),
    ("?x a zc:Target", "?x zc:baseline ?o", '?x zc:baseline "2020"', "baseline must be one year"),
    ("?x a zc:Target", "?x zc:baseline ?o", '?x zc:baseline "2020-13"^^xsd:gYear', "baseline must be one year"),
    (
        "?x a schema:NewsArticle",
        "?x schema:datePublished ?o",
        '?x schema:datePublished "13 July 2022"',
        "date of publication",
    ),
    (
        "?x a zc:PolicyDocument",
        "?x eli:date_publication ?o",
        '?x eli:date_publication "2022-02-30"^^xsd:date',
        "date of publication",
    ),
    ("?x a zc:PolicyDocument", "?x eli:date_document ?o", '?x eli:date_document "2022"', "date of the document"),
    (
        "?x a zc:PolicyDocument",
        "?x eli:date_document ?o",
        '?x eli:date_document "2022-13"^^xsd:gYearMonth',
        "date of the document",
    ),
    ("?x a zc:Agency", "?x zc:validFrom ?o", '?x zc:validFrom "yesterday"', "start must be a day"),
    ("?x a zc:Agency", "?x zc:validTo ?o", '?x zc:validTo "2018-4-8"^^xsd:date', "end must be a day"),
    ("?x a org:ChangeEvent", "?x dcterms:date ?o", '?x dcterms:date "2018"^^xsd:date', "one date"),
    ("?x a zc:SourceText", "?x zc:sha256 ?o", f'?x zc:sha256 "{"0" * 64}"', "does not have this SHA-256"),
    ("?x a zc:SourceText", "?x schema:text ?o", '?x schema:text "别的文本"', "does not have this SHA-256"),
    ("?x a zc:Measure", "", "?x zc:bogus 1", "does not define"),
    ("?x a zc:Measure", "", "?x a zc:Bogus", "does not define"),
    ("?x a zc:Region", "", '?x skos:notation "1"^^zc:Bogus', "does not define"),
    ("?x skos:topConceptOf zc:Acts", "?x skos:prefLabel ?o", "", "act must have a preferred label"),
    ("?x skos:topConceptOf zc:Acts", "", '?x skos:prefLabel "甲"@zh, "乙"@zh', "act must have a preferred label"),
    ("?x skos:topConceptOf zc:Acts", "?x skos:inScheme ?o", "", "not in the scheme of acts"),
    ("?x skos:topConceptOf zc:Acts", "?x skos:inScheme ?o", "", "no act or addressee or class"),
    ("?x a zc:PolicyAction", "", "?x zc:addressee <urn:a> . <urn:a> a skos:Concept", "not in the scheme of addressees"),
    ("?x a zc:PolicyAction", "", "?x zc:beneficiary <urn:a>", "addressees must have a preferred label"),
    ("?x a zc:Region", "", "<urn:a> a skos:Concept ; skos:inScheme zc:Addressees", "no act or addressee or class"),
    ("?x a zc:Section", "?x eli:is_part_of ?o", "", "must belong to one document"),
    ("?x a zc:Section", "?x eli:is_part_of ?o", "?x eli:is_part_of agency:pbc", "belong to one policy document"),
    ("?x a zc:Section", "", "?x schema:isPartOf agency:pbc", "section of news must belong"),
    ("?x a zc:Section", "", "?x schema:isPartOf agency:pbc", "typed as one of law"),
    ("?x a schema:NewsArticle", "", "?x a eli:LegalResource", "keep one of the two types"),
    ("?x a zc:Measure", "", "?x zc:groupMember ?x", "Only groups of agencies and of regions have members"),
    ("?x a dcat:Dataset", "?x dcat:distribution ?o", "", "in which files"),
    ("?x a dcat:Dataset", "", '?x dcterms:license "CC BY"', "licence must be an IRI"),
    ("?x a dcat:Distribution", "?x dcterms:title ?o", "", "has no name"),
    ("?x a dcat:Distribution", "?x dcat:mediaType ?o", '?x dcat:mediaType "text/turtle"', "media type of IANA"),
]


def test_good_data_conforms() -> None:
    report = validate(load(QUADS))
    assert report.conforms, str(report)
    assert str(report) == "0 violations"


def test_the_lexicons_conform(lexicons: Lexicons) -> None:
    reference = Reference.of(lexicons)
    assert len(reference.regions.divisions) > 3000
    quads = build_quads(EXTRACTIONS, reference, program_version="0.1.0", lexicon_version="2024")
    report = validate(load(quads))
    assert report.conforms, str(report)


def spoil(store: Store, find: str, delete: str, insert: str) -> None:
    """Put one kind of fault into a graph."""
    gone = f"DELETE {{ GRAPH ?g {{ {delete} }} }}" if delete else ""
    new = f"INSERT {{ GRAPH ?g {{ {insert} }} }}" if insert else ""
    values = f"OPTIONAL {{ {delete} }}" if delete else ""
    store.update(f"{PREFIXES} {gone} {new} WHERE {{ GRAPH ?g {{ {find} . {values} }} }}")


@pytest.fixture(scope="module")
def checks() -> tuple[Check, ...]:
    """The shapes, compiled once; `validate` compiles them for every graph."""
    return compile_shapes(rdflib.Graph().parse(ontology_root() / "shapes.ttl")).checks


@pytest.mark.parametrize(("find", "delete", "insert", "message"), FAULTS)
def test_each_fault_is_told(find: str, delete: str, insert: str, message: str, checks: tuple[Check, ...]) -> None:
    store = load(QUADS)
    spoil(store, find, delete, insert)
    report = Report(tuple(sorted(set(_compiled_violations(store, checks)))))
    told = [violation for violation in report.violations if message in violation.en]
    assert told, str(report)
    assert all(violation.zh and violation.node for violation in told)
    assert message in str(report)


# The same faults, many at once, so that one run of the full engine sees violations of many shapes side by side.
@pytest.mark.parametrize("faults", [FAULTS[::2], FAULTS[1::2], []], ids=["one half", "the other", "none"])
def test_the_compiled_shapes_find_what_a_full_engine_finds(faults: list[tuple[str, str, str, str]]) -> None:
    store = load(QUADS)
    for find, delete, insert, _ in faults:
        spoil(store, find, delete, insert)
    rules = rdflib.Graph().parse(ontology_root() / "shapes.ttl")
    by_engine = sorted(set(engine_violations(store, rules)))
    assert list(validate(store).violations) == by_engine
    assert bool(by_engine) == bool(faults)


def test_every_shape_of_ours_is_compiled() -> None:
    rules = rdflib.Graph().parse(ontology_root() / "shapes.ttl")
    assert compile_shapes(rules).rest == ()


def test_the_shape_of_our_terms_lists_what_the_ontology_defines() -> None:
    own = prefixes()["zc"]
    ontology = rdflib.Graph().parse(ontology_root() / "ontology.ttl")
    defined = {str(one).removeprefix(own) for one in ontology.subjects(RDFS.isDefinedBy)}
    rules = rdflib.Graph().parse(ontology_root() / "shapes.ttl")
    shape = rdflib.URIRef("https://w3id.org/zhengce/shape/Terms")
    (select,) = (rules.value(constraint, SH.select) for constraint in rules.objects(shape, SH.sparql))
    assert set(re.findall(r"zc:([\w-]+)", str(select))) == defined


def test_a_build_beside_its_ontology_conforms() -> None:
    store = load(QUADS)
    store.bulk_load(path=str(ontology_root() / "ontology.ttl"), format=RdfFormat.TURTLE)
    report = validate(store)
    assert report.conforms, str(report)


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <x:> .
:S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; %s ; sh:message "no"@en ] .
"""
# a constraint on :p of :a, values of :p, reason
ODD = [
    ("sh:minCount 2", "1", "fewer than two"),
    ("sh:minCount 2", "1, 2", "two"),
    ("sh:maxCount 1", "1, 2", "too many"),
    ("sh:datatype xsd:integer", '"x"^^xsd:integer, 3, 3.5, "3"', "an ill-formed number is none"),
    ("sh:datatype xsd:date", '"2024-13-45"^^xsd:date, "2024-01-05"^^xsd:date', "a day that cannot be"),
    ("sh:minInclusive 3", '2, 3, "x"', "what cannot be compared fails"),
    ("sh:maxExclusive 3", "2, 3", "a bound that is not reached"),
    ('sh:pattern "^A" ; sh:flags "i"', '"abc", "bcd"', "flags"),
    ("sh:minLength 2", '"中", "中文", :x', "characters, not bytes; an IRI has a length too"),
    ("sh:in ( 1 :b )", "1, 1.0, :b, :c", "terms, not values"),
    ("sh:nodeKind sh:IRI", '1, :b', "a kind of node"),
    ("sh:uniqueLang true", '"a"@en, "b"@en, "c"@zh, "d"', "two of one language"),
    ("sh:hasValue 3", "1, 2", "misses a value"),
    ("sh:lessThan :q", "1, 9", "not less than another"),
    ("sh:disjoint :q", "1, 5", "what another property says too"),
    ("sh:not [ sh:class :C ]", ":a, :b", "not of a class"),
    ("sh:and ( [ sh:class :C ] [ sh:nodeKind sh:IRI ] )", ":a, :b", "both"),
    ("sh:or ( [ sh:class :C ] [ sh:datatype xsd:string ] )", ':a, :b, "s", 1', "either"),
    ("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 2", ":a, :b", "too few of a kind"),
    ("sh:qualifiedValueShape [ sh:path :q ; sh:minCount 1 ] ; sh:qualifiedMaxCount 0", ":a, :b", "too many of a kind"),
    ("sh:class :D", ":d, 5", "of a subclass; a literal is of no class"),
    ("sh:closed true", "1", "what is not compiled is left to the engine"),
]  # fmt: skip


@pytest.mark.parametrize(("constraint", "values", "reason"), ODD)
def test_each_constraint_is_compiled_as_shacl_says(tmp_path: Path, constraint: str, values: str, reason: str) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(SHAPES % constraint, encoding="utf-8")
    data.write_text(
        "@prefix : <x:> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :E rdfs:subClassOf :D . :d a :E . "
        f":a a :C ; :q 5 ; :p {values} . :e a :C .",
        encoding="utf-8",
    )
    store = open_store(data)
    rules = rdflib.Graph().parse(shapes)
    by_engine = sorted(set(engine_violations(store, rules)))
    assert list(validate(store, shapes).violations) == by_engine, reason


# What a shape is besides `sh:NodeShape`, what else it says, which things are told of
PARTICULAR = [
    (":C a sh:NodeShape, rdfs:Class", "sh:property [ sh:path :p ; sh:maxCount 1 ; {no} ]", "ae"),
    (":D a sh:NodeShape, rdfs:Class", "rdfs:subClassOf :C ; sh:class :C ; {no}", "d"),
    (":C a sh:NodeShape, rdfs:Class", "sh:targetClass :D ; sh:nodeKind sh:Literal ; {no}", "ade"),
    (":C a sh:NodeShape, rdfs:Class", "sh:sparql [ {no} ; sh:select 'SELECT $this { $this <x:q> 5 }' ]", "a"),
    ("owl:Class rdfs:subClassOf rdfs:Class . :C a sh:NodeShape, owl:Class", "sh:nodeKind sh:Literal ; {no}", "ae"),
    (":C a sh:NodeShape, owl:Class", "sh:nodeKind sh:Literal ; {no}", "ae"),
    (":S a sh:PropertyShape ; sh:targetClass :C", "sh:path :p ; sh:nodeKind sh:IRI ; {no}", "ae"),
    (":S a sh:PropertyShape ; sh:targetClass :C", "sh:path :q ; sh:minCount 1 ; {no}", "e"),
    (":S a sh:PropertyShape, rdfs:Class ; sh:targetClass :C", "sh:path :q ; sh:minCount 1 ; {no}", "e"),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "rest", "told"), PARTICULAR)
def test_shapes_that_are_classes_or_stand_on_a_path(tmp_path: Path, shape: str, rest: str, told: str) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    heads = "".join(f"@prefix {name}: <{iri}> . " for name, iri in prefixes().items() if name in {"rdfs", "sh", "owl"})
    shapes.write_text(
        f"{heads} @prefix : <x:> . {shape} ; {rest} .".replace("{no}", "sh:message 'no'@en"), encoding="utf-8"
    )
    data.write_text("@prefix : <x:> . :a a :C ; :q 5 ; :p 1, 2 . :e a :C ; :p 3, 4 . :d a :D .", encoding="utf-8")
    store = open_store(data)
    rules = rdflib.Graph().parse(shapes)
    by_engine = sorted(set(engine_violations(store, rules)))
    assert list(validate(store, shapes).violations) == by_engine
    assert "".join(sorted({violation.node.removeprefix("x:") for violation in by_engine})) == "".join(sorted(told))


def test_what_an_engine_binds_beforehand_is_left_to_it() -> None:
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <x:> . :S sh:targetClass :C ; "
        "sh:sparql [ sh:message 'no'@en ; sh:select 'SELECT $this { GRAPH $shapesGraph { $this ?p ?o } }' ] ."
    )
    assert [str(one) for one in compile_shapes(rdflib.Graph().parse(data=text, format="turtle")).rest] == ["x:S"]


def test_a_violation_names_the_thing() -> None:
    store = load(QUADS)
    store.update(
        f"{PREFIXES} DELETE {{ GRAPH ?g {{ ?x zc:order 1 }} }} "
        'WHERE { GRAPH ?g { ?x zc:order 1 ; zc:surfaceForm "省生态环境厅"@zh } }'
    )
    (violation,) = validate(store).violations
    assert violation.label == "牵头 广东省生态环境厅 / 建设碳市场"
    assert str(validate(store)).endswith("1 violation")


# what is changed, the label of the violation, reason
LABELLED = [
    (
        "?x a zc:Quotation",
        "?x oa:exact ?o",
        '?x oa:exact "别的话"',
        "{title} / “别的话”",
        "the quote of a target",
    ),
    ("?x a zc:Quotation", "?x oa:end ?o", "", "{title} / “{quote}”", "a part of a target"),
    ("?x a zc:Quotation", "?x oa:exact ?o", "", "{fact}", "evidence without words: what rests on it"),
    ("?x a zc:SourceText", "?x schema:text ?o", '?x schema:text "别的文本"', "{title}", "a text: its documents"),
]


@pytest.mark.parametrize(("find", "delete", "insert", "label", "reason"), LABELLED, ids=[row[-1] for row in LABELLED])
def test_evidence_is_named_by_its_document_and_quote(
    find: str, delete: str, insert: str, label: str, reason: str
) -> None:
    extraction = news()
    store = load(build_quads([extraction], REFERENCE, program_version="1", lexicon_version="1"))
    measure = next(fact for fact in extraction.facts if isinstance(fact, Measure))
    words = extraction.document.quote(measure.span)
    spoil(store, find, delete, insert)
    expected = label.format(title=extraction.document.title, quote=words, fact=measure.label)
    found = {violation.label for violation in validate(store).violations}
    assert expected in found, reason
    assert all("evidence/" not in one for one in str(validate(store)).splitlines() if not one.startswith("  <"))


def test_evidence_in_a_shared_text_is_named_by_its_own_document_alone() -> None:
    store = load(build_quads([plan(), shared()], REFERENCE, program_version="1", lexicon_version="1"))
    spoil(store, "?x a zc:Quotation", "?x oa:exact ?o", '?x oa:exact "别的话"')
    assert {one.label for one in validate(store).violations} == {f"{plan().document.title} / “别的话”"}


def test_labels_are_chinese_where_there_are_any() -> None:
    store = load(QUADS)
    store.update(f'{PREFIXES} INSERT {{ GRAPH ?g {{ ?x skos:prefLabel "A body"@en ; zc:validFrom 1 }} }} '
                 'WHERE { GRAPH ?g { ?x a zc:Agency ; skos:prefLabel "广东省财政厅"@zh } }')  # fmt: skip
    (violation,) = validate(store).violations
    assert violation.label == "广东省财政厅"


def test_a_thing_without_a_name_is_printed_once() -> None:
    store = load(QUADS)
    store.update(f"{PREFIXES} DELETE {{ GRAPH ?g {{ ?x dcterms:title ?o }} }} "
                 "WHERE { GRAPH ?g { ?x a dcat:Dataset ; dcterms:title ?o } }")  # fmt: skip
    (violation,) = validate(store).violations
    assert str(validate(store)).count(violation.node) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read"), ("not turtle", "is not Turtle")],
)
def test_bad_shapes_raise_one_clear_line(tmp_path: Path, content: str | None, message: str) -> None:
    if content:
        (tmp_path / "s.ttl").write_text(content)
    with pytest.raises(GraphError, match=message) as caught:
        validate(load(QUADS), tmp_path / "s.ttl")
    assert "\n" not in str(caught.value)
