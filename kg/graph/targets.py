"""Targets: what is to be reached, by when, from where, in which regions, and in units that the world shares."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Quad

from kg.extractors.measures import Measure
from kg.extractors.targets import Target
from kg.graph.documents import section_link
from kg.graph.measures import measure_around
from kg.graph.namespaces import Names, term
from kg.graph.registry import FactQuads
from kg.graph.terms import Values, date, describe, evidence_node, evidence_quads, number, plain, types, zh
from kg.model.facts import Extraction


def target_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield the targets of one document, each with the measure and the section it stands in."""
    document = extraction.document
    measures = tuple(extraction.of(Measure))
    for target in extraction.of(Target):
        node, evidence = names.node("target", target.id), target.evidence
        properties = _target(target) | {
            "dcterms:isPartOf": names.node("document", document.id),
            "dcterms:spatial": [names.node("region", region.id) for region in target.regions],
            "zc:statedIn": section_link(names, extraction, evidence.span),
            "zc:targetOf": measure_around(names, measures, evidence.span),
            "zc:evidence": evidence_node(names, document, evidence.span),
        }
        yield from describe(node, names.graph(document.id), properties)
        yield from evidence_quads(names, document, evidence.span, evidence.quote)


def _target(target: Target) -> dict[str, Values]:
    return {
        "rdf:type": types("zc:Target"),
        "zc:indicator": zh(target.indicator),
        "qudt:numericValue": _number(target),
        "qudt:hasUnit": term(f"unit:{target.quantity}") if target.quantity else None,
        "schema:minValue": number(target.lower) if target.lower else None,
        "schema:maxValue": number(target.upper) if target.upper else None,
        "zc:valueText": plain(target.value),
        "zc:unitText": plain(target.unit),
        "zc:comparator": plain(target.comparator),
        "zc:change": plain(target.change) if target.value else None,
        "zc:baseline": date(target.baseline),
        "zc:baselineValue": plain(target.baseline_value),
        "zc:deadline": date(target.deadline),
        "zc:commitment": plain(target.commitment),
        "zc:every": Literal(target.every, datatype=term("xsd:duration")) if target.every else None,
    }


def _number(target: Target) -> Literal | None:
    """Return the figure as a number of `qudt:hasUnit` or of the text's unit; 翻两番 is four times what was."""
    if target.comparator == "times" and target.change == "growth" and target.value.isdecimal():
        return number(str(2 ** int(target.value)))
    return number(target.number or target.value)


FACT_QUADS = FactQuads(Target, "zc:Target", target_quads)
