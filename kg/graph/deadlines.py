"""Deadlines: by when or how often a measure is due, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Quad

from kg.extractors.deadlines import Deadline
from kg.graph.documents import section_link
from kg.graph.namespaces import Names, term
from kg.graph.registry import FactQuads
from kg.graph.terms import Values, date, describe, evidence_node, evidence_quads, plain, types, zh
from kg.model.facts import Extraction

_WITHOUT_YEAR = {4: "xsd:gMonth", 5: "xsd:gDay", 7: "xsd:gMonthDay"}  # --12, ---07, --01-31


def deadline_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield the deadlines of one document."""
    document = extraction.document
    for deadline in extraction.of(Deadline):
        evidence = deadline.evidence
        properties: dict[str, Values] = {
            "rdf:type": types("zc:Deadline"),
            "rdfs:label": zh(deadline.words),
            "zc:deadlineOf": names.node("measure", deadline.measure),
            "zc:precision": plain(deadline.precision),
            "zc:dueFrom": date(deadline.start),
            "zc:due": _due(deadline.end),
            "zc:every": Literal(deadline.every, datatype=term("xsd:duration")) if deadline.every else None,
            "dcterms:isPartOf": names.node("document", document.id),
            "zc:statedIn": section_link(names, extraction, deadline.span),
            "zc:evidence": evidence_node(names, document, evidence.span),
        }
        yield from describe(names.node("deadline", deadline.id), names.graph(document.id), properties)
        yield from evidence_quads(names, document, evidence.span, evidence.quote)


def _due(end: str) -> Literal | None:
    """Return a day, or a month or a day of any year, with the datatype of XML Schema that it is."""
    return Literal(end, datatype=term(_WITHOUT_YEAR[len(end)])) if end.startswith("-") else date(end)


FACT_QUADS = FactQuads(Deadline, "zc:Deadline", deadline_quads)
