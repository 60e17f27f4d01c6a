"""What a build holds, as ``report.json`` and the summary of ``kg build`` tell it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version

from pyoxigraph import Store

from kg.copies import Disagreement, Merged, Near
from kg.errors import InputError, printable
from kg.graph.counts import Count, count_things
from kg.lexicons import Lexicons
from kg.model.facts import Extraction, Outcome
from kg.model.options import DEFAULT, Setup

DISTRIBUTION = "zhengce-kg"
NO_COPIES = Merged((), (), ())


def report_on(
    found: Sequence[Outcome],
    store: Store,
    words: Lexicons,
    setup: Setup = DEFAULT,
    *,
    merged: Merged = NO_COPIES,
    left_alone: Iterable[str] = (),
) -> dict[str, object]:
    """Return what a build holds.

    That is: versions, sources read by format and those skipped, rows of tables and what became of them, files that are
    no documents by their names, documents with their copies and those nearly alike, counts, triples by graph.
    """
    extractions = [extraction for outcome in found for extraction in outcome.extractions]
    paths = {extraction.document.id: extraction.document.path for extraction in (*merged.extractions, *extractions)}
    return {
        "program": {"name": DISTRIBUTION, "version": version(DISTRIBUTION)},
        "lexicons": {"version": words.version},
        "definitions": dict(setup.definitions),
        "sources": dict(sorted(Counter(outcome.format for outcome in found if not outcome.fault).items())),
        "skipped": [_skipped_line(outcome.fault) for outcome in found if outcome.fault],
        "rows": _tables(found),
        "left alone": sorted({printable(path) for path in left_alone}),
        "documents": [_document_line(extraction) for extraction in extractions],
        "copies that disagree": _disagreements(merged.disagreements, paths),
        "one identifier": [list(paths) for paths in merged.shared],
        "nearly alike": _clusters(merged.near, paths),
        "counts": {count.name: _count_line(count) for count in count_things(store)},
        "triples": {"all": len(store), "graphs": sum(1 for _ in store.named_graphs())},
    }


def _count_line(count: Count) -> dict[str, object]:
    return {name: value for name, value in asdict(count).items() if name != "name"}


def _skipped_line(fault: InputError) -> dict[str, str]:
    return {"path": fault.where, "reason": fault.what, "remedy": fault.remedy}


def _document_line(extraction: Extraction) -> dict[str, object]:
    document = extraction.document
    return {
        "path": document.path,
        "id": document.id,
        "kind": document.kind,
        "type": document.type,
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


_ROW = re.compile(r":\d+$")


def _tables(found: Iterable[Outcome]) -> list[dict[str, object]]:
    """Return for each table how many rows it has and what became of them; every row is read, refused or a copy."""
    tables: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in found:
        if outcome.rows:
            fate = "refused" if outcome.fault else "read" if outcome.extractions else "copies"
            tables[_ROW.sub("", outcome.path)].update({"rows": outcome.rows, fate: outcome.rows})
    fates = ("rows", "read", "refused", "copies")
    return [{"table": table, **{fate: counts[fate] for fate in fates}} for table, counts in sorted(tables.items())]


def _disagreements(found: Iterable[Disagreement], paths: Mapping[str, str]) -> list[dict[str, object]]:
    return [{"document": paths[one.document], "field": one.field, "values": list(one.values)} for one in found]


def _clusters(pairs: Sequence[Near], paths: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the documents that pairs join, directly or through others, and the least likeness of those pairs."""
    above: dict[str, str] = {}  # a forest: documents of one tree belong together

    def root(document: str) -> str:
        while (parent := above.setdefault(document, document)) != document:
            above[document] = document = above[parent]
        return document

    for pair in pairs:
        above[root(pair.first)] = root(pair.second)
    members: defaultdict[str, list[str]] = defaultdict(list)
    least: dict[str, float] = {}
    for document in above:
        members[root(document)].append(paths[document])
    for pair in pairs:
        least[root(pair.first)] = min(pair.likeness, least.get(root(pair.first), 1.0))
    lines = [(sorted(documents), least[one]) for one, documents in members.items()]
    return [{"documents": documents, "likeness": likeness} for documents, likeness in sorted(lines)]


def fact_counts(extractions: Iterable[Extraction]) -> Counter[str]:
    """Count facts as each counts itself."""
    counts: Counter[str] = Counter()
    for extraction in extractions:
        for fact in extraction.facts:
            for name, number in fact.counts():
                counts[name] += number
    return counts
