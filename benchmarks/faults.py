"""Faults put into a graph, so that two engines that check it have something to find, and the same."""

from __future__ import annotations

from pathlib import Path

import rdflib
from pyoxigraph import QuerySolutions, Store

from kg.checks.validate import engine_violations, validate
from kg.graph import prefixes
from kg.store import open_store

EXPORTS = Path("exports")
_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes().items())
_ONE_IN = 16
_MANY = ("zc:Assignment", "zc:Measure", "zc:Quotation", "zc:Instrument", "zc:Region")

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
    ("zc:RegionGroup", "", "zc:groupMember <urn:nowhere>"),
    ("zc:Target", "zc:deadline", 'zc:deadline "2025x"^^xsd:gYear'),
    ("schema:NewsArticle", "schema:datePublished", 'schema:datePublished "13 July 2022"'),
    ("zc:Quotation", "oa:start", "oa:start 3"),
    ("zc:Quotation", "oa:exact", 'oa:exact "elsewhere"'),
    ("zc:SourceText", "zc:sha256", f'zc:sha256 "{"0" * 64}"'),
    ("prov:Activity", "zc:configuration", ""),
)


def seed_faults(store: Store) -> None:
    """Put every kind of fault into a graph: into one node in sixteen of a class, in the order of their names."""
    for number, (class_, lost, given) in enumerate(FAULTS):
        nodes = _instances(store, class_)
        for node in nodes[number % len(nodes) :: _ONE_IN] if nodes else ():
            _change(store, node, class_, lost, given)


def _instances(store: Store, class_: str) -> list[str]:
    query = f"{_PREFIXES} SELECT DISTINCT ?x WHERE {{ ?x a {class_} }}"
    answer = store.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    return sorted(str(row["x"]) for row in answer)


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
    """Return a faulty part of one build, small enough for an engine that asks a query for each node.

    What is left out is missing where it is named, which makes for further faults.
    """
    store = open_store(EXPORTS)
    dropped = {one for class_ in _MANY for at, one in enumerate(_instances(store, class_)) if at % _ONE_IN}
    for quad in list(store):
        if str(quad.subject) in dropped:
            store.remove(quad)
    seed_faults(store)
    return store


def hold_equal(store: Store, shapes: Path, what: str) -> None:
    """Raise AssertionError where the compiled shapes and pyshacl do not find the same, or find nothing."""
    ours = list(validate(store, shapes).violations)
    theirs = sorted(set(engine_violations(store, rdflib.Graph().parse(shapes))))
    assert ours, f"no fault found: {what}"
    assert ours == theirs, f"the two do not find the same: {what}"
