"""What a build holds, as ``report.json`` and the summary of ``kg build`` tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from pyoxigraph import Store

from kg.copies import Near
from kg.errors import InputError, printable
from kg.lexicons import Lexicons
from kg.model.facts import Extraction
from kg.pipeline import DEFAULT, Outcome, Setup

DISTRIBUTION = "zhengce-kg"


def report_on(
    found: Sequence[Outcome],
    store: Store,
    words: Lexicons,
    setup: Setup = DEFAULT,
    *,
    near: Iterable[Near] = (),
    left_alone: Iterable[str] = (),
) -> dict[str, object]:
    """Return what a build holds: versions, sources read by format and those skipped, files that are no documents by
    their names, documents with their copies and those nearly alike, counts of facts, participants by role, triples by
    graph.
    """
    extractions = [extraction for outcome in found for extraction in outcome.extractions]
    return {
        "program": {"name": DISTRIBUTION, "version": version(DISTRIBUTION)},
        "lexicons": {"version": words.version},
        "definitions": dict(setup.definitions),
        "sources": dict(sorted(Counter(outcome.format for outcome in found if not outcome.fault).items())),
        "skipped": [_skipped_line(outcome.fault) for outcome in found if outcome.fault],
        "left alone": [printable(path) for path in left_alone],
        "documents": [_document_line(extraction) for extraction in extractions],
        "nearly alike": [_near_line(pair, extractions) for pair in near],
        "facts": dict(sorted(fact_counts(extractions).items())),
        "triples": {"all": len(store), "graphs": sum(1 for _ in store.named_graphs())},
    }


def _skipped_line(fault: InputError) -> dict[str, str]:
    return {"path": fault.where, "reason": fault.what, "remedy": fault.remedy}


def _document_line(extraction: Extraction) -> dict[str, object]:
    document = extraction.document
    return {
        "path": document.path,
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "issuer": document.issuer,
        "number": document.number,
        "date": document.date,
        "published": document.published,
        "jurisdiction": extraction.jurisdiction.name if extraction.jurisdiction else "",
        "sha256": document.sha256,
        "copies": [copy.path for copy in document.copies],
        "facts": dict(sorted(fact_counts([extraction]).items())),
    }


def _near_line(pair: Near, extractions: Iterable[Extraction]) -> dict[str, object]:
    paths = {extraction.document.id: extraction.document.path for extraction in extractions}
    return {"documents": sorted((paths[pair.first], paths[pair.second])), "likeness": pair.likeness}


def fact_counts(extractions: Iterable[Extraction]) -> Counter[str]:
    """Count facts as each counts itself."""
    counts: Counter[str] = Counter()
    for extraction in extractions:
        for fact in extraction.facts:
            for name, number in fact.counts():
                counts[name] += number
    return counts
