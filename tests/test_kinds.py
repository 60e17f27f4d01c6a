"""The laws of kinds of facts: each is found, written, counted, stated in the graph and shaped; none is dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import ClassVar

import pytest
from conftest import EXTRACTORS, ROOT, ExtractText, run_kg
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import KgError
from kg.exports.records import records_of
from kg.graph.namespaces import Names, term
from kg.graph.registry import load_fact_quads, quads_of
from kg.model.document import Document, Span
from kg.model.facts import Extraction, Fact, Position, Record, RecordContext
from kg.model.ids import BASE
from kg.report import fact_counts

KINDS = sorted({kind for extractor in EXTRACTORS for kind in extractor.emits}, key=lambda kind: kind.kind)
NAMES = [kind.kind for kind in KINDS]


@pytest.fixture(scope="module")
def ontology() -> Store:
    store = Store()
    for name in ("ontology.ttl", "shapes.ttl"):
        store.bulk_load(path=str(ROOT / "ontology" / name), format=RdfFormat.TURTLE)
    return store


# Texts that hold kinds of facts of which the seeds have none.
EXAMPLES: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def examples(seeds: tuple[Extraction, ...], extract_text: ExtractText) -> dict[type[Fact], tuple[Extraction, Fact]]:
    """A fact of each kind that has a record, with the extraction it stands in."""
    found = {
        type(fact): (extraction, fact)
        for extraction in (*(one for text in EXAMPLES for one in extract_text(text)), *seeds)
        for fact in extraction.facts
        if sum(number for _, number in fact.counts())
    }
    missing = [kind.kind for kind in KINDS if kind not in found]
    assert not missing, f"no document of the tests holds {', '.join(missing)}: add a text to EXAMPLES"
    return found


def test_every_extractor_module_is_found() -> None:
    """A module without EXTRACTOR would be passed over in silence."""
    folders = sorted(path.parent.name for path in (ROOT / "kg" / "extractors").glob("*/extractor.py"))
    modules = [import_module(f"kg.extractors.{folder}.extractor") for folder in folders]
    assert [folder for folder, module in zip(folders, modules, strict=True) if not hasattr(module, "EXTRACTOR")] == []
    assert len(EXTRACTORS) >= len(folders)


def test_there_are_kinds_and_their_names_differ() -> None:
    assert len(KINDS) >= 6
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_kind_is_found_written_counted_and_stated(
    kind: type[Fact], examples: dict[type[Fact], tuple[Extraction, Fact]]
) -> None:
    extraction, fact = examples[kind]
    document = extraction.document
    record = fact.record(RecordContext(extraction, BASE, lambda _work: "x"))
    assert record is not None
    assert str(record["kind"]).endswith(kind.kind)
    assert record["document"] == document.path
    assert json.loads(json.dumps(record)) == record, "a record is plain JSON"
    assert sum(number for _, number in fact.counts()) > 0
    places = list(fact.quotes(document))
    assert places
    assert fact.position[0] == min(span.start for span, _ in places[:1])
    assert list(quads_of(Names(BASE), replace(extraction, facts=(fact,))))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_kind_has_a_term_in_the_ontology_and_a_class_a_shape(kind: type[Fact], ontology: Store) -> None:
    stated = load_fact_quads()[kind]
    node = term(stated.term)
    if stated.term.startswith("zc:"):
        defined = list(ontology.quads_for_pattern(node, term("rdf:type"), None, None))
        assert defined, f"{stated.term} is not defined: add it to ontology/ontology.ttl"
    if stated.term.rpartition(":")[2][:1].isupper():
        target = NamedNode("http://www.w3.org/ns/shacl#targetClass")
        shaped = list(ontology.quads_for_pattern(None, target, node, None))
        assert shaped, f"{stated.term} has no shape: add one to ontology/shapes.ttl"


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_a_kind_states_its_facts_under_its_term(
    kind: type[Fact], examples: dict[type[Fact], tuple[Extraction, Fact]]
) -> None:
    extraction, fact = examples[kind]
    stated = load_fact_quads()[kind]
    quads = list(stated.quads(Names(BASE), replace(extraction, facts=(fact,))))
    assert any(term(stated.term) in (quad.predicate, quad.object) for quad in quads)


@pytest.mark.parametrize("kind", NAMES)
def test_the_help_of_extract_names_every_kind(kind: str) -> None:
    assert re.search(rf"\b{kind}\b", run_kg("extract", "--help"))


# ---- a kind that nobody knows


@dataclass(frozen=True, slots=True)
class Remark(Fact):
    """A kind that only this test knows."""

    kind: ClassVar[str] = "remark"
    document: str

    @property
    def position(self) -> Position:
        return (0, 0, self.kind, "")

    def quotes(self, _document: Document, /) -> Iterator[tuple[Span, str]]:
        yield Span(0, 1), "x"

    def record(self, context: RecordContext) -> Record:
        return {"kind": self.kind, "document": context.extraction.document.path}

    def counts(self) -> Iterator[tuple[str, int]]:
        yield "remarks", 1


def test_a_kind_that_the_graph_cannot_state_is_an_error_and_written_and_counted_all_the_same(
    seeds: tuple[Extraction, ...],
) -> None:
    extraction = replace(seeds[0], facts=(Remark(seeds[0].document.id),))
    assert list(records_of([extraction])) == [{"kind": "remark", "document": seeds[0].document.path}]
    assert fact_counts([extraction]) == {"remarks": 1}
    with pytest.raises(KgError, match="fact Remark: is a kind that the graph cannot state"):
        list(quads_of(Names(BASE), extraction))


def test_nobody_but_its_folder_the_graph_and_those_who_need_it_names_a_kind() -> None:
    """A target stands in three folders: where it is read, where its words are, where it becomes quads."""
    imports = "from kg.extractors.targets import"
    folders = {
        "/".join(path.relative_to(ROOT / "kg").parts[:2])
        for path in (ROOT / "kg").rglob("*.py")
        if path.name != "api.py" and imports in path.read_text(encoding="utf-8")
    }
    assert folders <= {"extractors/targets", "graph/targets.py"}
