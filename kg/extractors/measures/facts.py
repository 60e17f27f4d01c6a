"""Measures: the units of action that a policy states and that news announces.

In a plan the lowest numbered item, where it sets a task; in news an enumerated point, or a paragraph that says what a
body will do or asks for. What is reported as done is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kg.extractors.measures.speakers import speakers_in
from kg.extractors.measures.tasks import Bound, bind_clauses, is_idle, measure_of, measure_of_paragraph
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor
from kg.extractors.sections.tree import section_at
from kg.model.types import Block, Measure, Section, Span

_ARTICLE = "article"


def find_measures(reading: Reading) -> Iterator[Measure]:
    """Yield each measure once: items, the parts of items that clauses bind to, announced points."""
    found: dict[str, Measure] = {}
    source = _in_policy(reading) if reading.document.kind == "policy" else _in_news(reading)
    for measure in source:
        found.setdefault(measure.id, measure)
    yield from found.values()


def _in_policy(reading: Reading) -> Iterator[Measure]:
    bound = bind_clauses(reading)
    units = {
        one.section.span for one in bound if one.section is not None and one.clause.task is None and not one.heading
    }
    for section in reading.sections:
        lowest = not is_idle(section) and _is_lowest(reading, section, units) and not _inside(reading, section, bound)
        if section.span in units or lowest:
            yield measure_of(reading, section)
    yield from (one.measure for one in bound)


def _is_lowest(reading: Reading, section: Section, units: Collection[Span]) -> bool:
    """Tell whether a section holds no lower item that sets a task; an article of rules is one measure as a whole."""
    if section.style == _ARTICLE:
        return not any(section.span.contains(unit) for unit in units)
    around = (other for other in reading.sections if other.style == _ARTICLE and other.span.contains(section.span))
    if any(not any(article.span.contains(unit) for unit in units) for article in around):
        return False
    return not any(
        section.span.contains(other.span) and other is not section and not is_idle(other) for other in reading.sections
    )


def _inside(reading: Reading, section: Section, bound: Sequence[Bound]) -> bool:
    """Tell whether a sub-item belongs to a higher item that a clause in its last sub-item closes as a whole."""
    return any(
        one.section is not None
        and one.section != section
        and one.section.span.contains(section.span)
        and section_at(reading.sections, one.clause.span.start) != one.section
        for one in bound
    )


def _in_news(reading: Reading) -> Iterator[Measure]:
    """Yield the points of a page; where there are none, the paragraphs that announce."""
    if _carries_policy(reading):
        return
    points = [section for section in reading.sections if section.leaf and not is_idle(section)]
    if len(points) >= 2:
        yield from _points(reading, points)
    else:
        yield from _paragraphs(reading)


def _carries_policy(reading: Reading) -> bool:
    return reading.document.span.end < len(reading.document.text)


def _points(reading: Reading, points: list[Section]) -> Iterator[Measure]:
    """Yield enumerated points, and after the last of them the paragraphs that ask for more."""
    words = reading.reader.lexicons.announcements
    after = points[-1].head.end
    for section in points:
        yield replace(measure_of(reading, section), span=Span(section.span.start, section.head.end))
    for block in _text_blocks(reading):
        text = reading.document.quote(block.span)
        if block.span.start > after and not words.reports_past(text):
            yield from _announced(reading, block.span)


def _paragraphs(reading: Reading) -> Iterator[Measure]:
    """Yield the paragraphs after one that opens a programme, and every other one in which somebody announces."""
    words = reading.reader.lexicons.announcements
    blocks = list(_text_blocks(reading))
    texts = [reading.document.quote(block.span) for block in blocks]
    opened = next((index for index, text in enumerate(texts) if words.opens(text)), len(blocks))
    for index, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if words.reports_past(text):
            continue
        if index > opened and words.intends(text):
            yield measure_of_paragraph(reading, block.span)
        elif index != opened:
            yield from _announced(reading, block.span)


def _announced(reading: Reading, span: Span) -> Iterator[Measure]:
    """Yield the measure of a paragraph that says what a body will do or asks for, with who says so there."""
    words, text = reading.reader.lexicons.announcements, reading.document.quote(span)
    if words.is_ceremonial(text):
        return
    speakers = speakers_in(reading, span)
    if speakers or (words.demands_action(text) and not words.is_private(text)):
        yield replace(measure_of_paragraph(reading, span), actors=speakers or reading.actors)


def _text_blocks(reading: Reading) -> Iterator[Block]:
    return (block for block in reading.document.blocks if block.kind == "paragraph")


EXTRACTOR = Extractor("measures", (Measure,), find_measures)
