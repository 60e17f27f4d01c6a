"""Targets: numbers that a policy commits to, in its goals and its measures."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors.registry import Extractor
from kg.reading import Reading
from kg.sections import section_at
from kg.types import Evidence, Span, Target, content_id

_SILENT = frozenset({"background", "supplementary", "idle"})


def find_targets(reading: Reading) -> Iterator[Target]:
    """Yield the targets of a policy; a report of figures commits nobody."""
    if reading.document.kind != "policy":
        return
    for block in reading.document.blocks:
        section = section_at(reading.sections, block.span.start)
        if block.kind == "cell" or (section is not None and section.tags & _SILENT):
            continue
        yield from _in_block(reading, block.span)


def _in_block(reading: Reading, span: Span) -> Iterator[Target]:
    document = reading.document
    for match in reading.reader.targets.find(document.quote(span)):
        quote = Span(span.start + match.quote.start, span.start + match.quote.end)
        yield Target(
            id=content_id("target", document.id, span.start + match.span.start, match.value, match.unit),
            document=document.id,
            indicator=match.indicator or document.quote(quote).strip(),
            value=match.value,
            unit=match.unit,
            evidence=Evidence(document.id, quote, document.quote(quote)),
            deadline=match.deadline,
            comparator=match.comparator,
            baseline=match.baseline,
        )


EXTRACTOR = Extractor("targets", (Target,), find_targets)
