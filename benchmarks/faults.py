"""Faults put into a graph, so that two engines that check it have something to find, and the same."""

from __future__ import annotations

from pathlib import Path

import rdflib
from pyoxigraph import Store

from kg.graph import prefixes
from kg.store import open_store
from kg.validate import engine_violations, validate

EXPORTS = Path("exports")
_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes().items())
_ONE_IN = 16

# class, what one node in sixteen of it loses, what it is given instead
FAULTS = (
    ("zc:Measure", "rdfs:label", ""),
    ("zc:Measure", "zc:evidence", ""),
    ("zc:Measure", "", "zc:bogus 1"),
    ("zc:Measure", "", "zc:leadAgency <urn:nobody>"),
    ("zc:Assignment", "zc:agent", ""),
    ("zc:Assignment", "", "zc:role zc:Support"),
    ("zc:Assignment", "zc:confidence", "zc:confidence 1.5"),
    ("zc:Assignment", "zc:resolution", 'zc:resolution "guessed"'),
    ("zc:PolicyAction", "zc:status", 'zc:status "planned"'),
    ("zc:PolicyAction", "", "zc:addressee <urn:nobody>"),
    ("zc:Section", "", "schema:isPartOf <urn:nothing>"),
    ("zc:Agency", "skos:prefLabel", ""),
    ("zc:Agency", "zc:validFrom", 'zc:validFrom "yesterday"'),
    ("zc:Region", "skos:notation", 'skos:notation "44"^^zc:GBT2260'),
    ("zc:Instrument", "zc:classificationReason", ""),
    ("zc:RegionGroup", "", "skos:member <urn:nowhere>"),
    ("zc:Target", "zc:deadline", 'zc:deadline "2025x"^^xsd:gYear'),
    ("schema:NewsArticle", "schema:datePublished", 'schema:datePublished "13 July 2022"'),
    ("oa:TextPositionSelector", "oa:start", "oa:start 3"),
    ("oa:TextQuoteSelector", "oa:exact", 'oa:exact "elsewhere"'),
    ("zc:SourceText", "zc:sha256", f'zc:sha256 "{"0" * 64}"'),
    ("prov:Activity", "zc:configuration", ""),
)


def seed_faults(store: Store) -> None:
    """Put every kind of fault into a graph: into one node in sixteen of a class, by its name, and the first at least."""
    for number, (class_, lost, given) in enumerate(FAULTS):
        nodes = sorted(str(row["x"]) for row in _select(store, f"?x a {class_}"))
        for node in nodes[number % len(nodes) :: _ONE_IN] if nodes else ():
            _change(store, node, class_, lost, given)


def _select(store: Store, where: str) -> list[object]:
    return list(store.query(f"{_PREFIXES} SELECT DISTINCT ?x WHERE {{ {where} }}", use_default_graph_as_union=True))  # type: ignore[arg-type]  # a SELECT


def _change(store: Store, node: str, class_: str, lost: str, given: str) -> None:
    gone = f"DELETE {{ GRAPH ?g {{ {node} {lost} ?o }} }}" if lost else ""
    new = f"INSERT {{ GRAPH ?g {{ {node} {given} }} }}" if given else ""
    if lost and new:
        store.update(f"{_PREFIXES} {gone} {new} WHERE {{ GRAPH ?g {{ {node} {lost} ?o }} }}")
    elif lost:
        store.update(f"{_PREFIXES} {gone} WHERE {{ GRAPH ?g {{ {node} {lost} ?o }} }}")
    else:
        store.update(f"{_PREFIXES} {new} WHERE {{ GRAPH ?g {{ {node} a {class_} }} }}")


def seeded_part() -> Store:
    """Return what one build says, its reference data but for a part: small enough for an engine that goes node by node."""
    store = open_store(EXPORTS)
    seed_faults(store)
    return store


def hold_equal(store: Store, shapes: Path, what: str) -> None:
    """Raise AssertionError where the compiled shapes and pyshacl do not find the same, or find nothing."""
    ours = list(validate(store, shapes).violations)
    theirs = sorted(set(engine_violations(store, rdflib.Graph().parse(shapes))))
    assert ours, f"no fault found: {what}"
    assert ours == theirs, f"the two do not find the same: {what}"
