"""Measures: the units of action that a policy states and that news announces.

In a plan the lowest numbered item, where it sets a task; in news an enumerated point, or a paragraph that says what a
body will do or asks for. What is reported as done is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extractors.measures import Measure
from kg.extractors.measures.tasks import Bound, bind_clauses, is_idle, measure_of, measure_of_paragraph, speakers_in
from kg.extractors.reading import Reading
from kg.extractors.registry import ExtractorMaker
from kg.lexicons.announcements import Announcements
from kg.model.document import Block, Section, Span

_ARTICLE = "article"


class MeasureFinder:
    """Finds measures; made once from the words of announcements."""

    def __init__(self, words: Announcements) -> None:
        self._words = words

    def find(self, reading: Reading) -> Iterator[Measure]:
        """Yield each measure once: items, the parts of items that clauses bind to, announced points."""
        found: dict[str, Measure] = {}
        for measure in _in_policy(reading) if reading.document.kind == "policy" else self._in_news(reading):
            found.setdefault(measure.id, measure)
        yield from found.values()

    def _in_news(self, reading: Reading) -> Iterator[Measure]:
        """Yield the points of a page; where there are none, the paragraphs that announce."""
        if _carries_policy(reading):
            return
        points = [section for section in reading.sections if section.leaf and not is_idle(section)]
        if len(points) >= 2:
            yield from self._points(reading, points)
        else:
            yield from self._paragraphs(reading)

    def _points(self, reading: Reading, points: list[Section]) -> Iterator[Measure]:
        """Yield enumerated points, and after the last of them the paragraphs that ask for more."""
        after = points[-1].head.end
        for section in points:
            yield replace(measure_of(reading, section), span=Span(section.span.start, section.head.end))
        for block in _text_blocks(reading):
            if block.span.start > after and not self._words.reports_past(reading.document.quote(block.span)):
                yield from self._announced(reading, block.span)

    def _paragraphs(self, reading: Reading) -> Iterator[Measure]:
        """Yield the paragraphs after one that opens a programme, and every other one in which somebody announces."""
        words, opened = self._words, False
        for block in _text_blocks(reading):
            text = reading.document.quote(block.span)
            opens = not opened and words.opens(text)
            past = words.reports_past(text)
            if opened and not past and words.intends(text):
                yield measure_of_paragraph(reading, block.span)
            elif not opens and not past:
                yield from self._announced(reading, block.span)
            opened = opened or opens

    def _announced(self, reading: Reading, span: Span) -> Iterator[Measure]:
        """Yield the measure of a paragraph that says what a body will do or asks for, with who says so there."""
        words, text = self._words, reading.document.quote(span)
        if words.is_ceremonial(text):
            return
        speakers = speakers_in(reading, words, span)
        if speakers or (words.demands_action(text) and not words.is_private(text)):
            yield replace(measure_of_paragraph(reading, span), actors=speakers or reading.actors)


def _in_policy(reading: Reading) -> Iterator[Measure]:
    """Yield the items that clauses bind to, the lowest of the others that set a task, and the parts of items."""
    bound = bind_clauses(reading)
    units = [one.section for one in bound if one.section and one.clause.task is None and not one.heading]
    lowest = _Lowest(reading, bound, units)
    taken = {unit.span for unit in units}
    for section in reading.sections:
        if section.span in taken or lowest.includes(section):
            yield measure_of(reading, section)
    yield from (one.measure for one in bound)


class _Lowest:
    """Tells which items are measures though no clause binds to them: the lowest that set a task."""

    def __init__(self, reading: Reading, bound: Sequence[Bound], units: Sequence[Section]) -> None:
        tree = self._tree = reading.tree
        tasks = [section for section in reading.sections if not is_idle(section)]
        self._holding_tasks = {above.span for task in tasks for above in tree.above(task)}
        self._holding_units = {around.span for unit in units for around in (unit, *tree.above(unit))}
        # a clause in the last sub-item of an item closes the item as a whole
        closed = (one.section for one in bound if tree.at(one.clause.span.start) != one.section)
        self._closed = {section.span for section in closed if section}

    def includes(self, section: Section) -> bool:
        """Tell whether a section sets a task that none below it and none around it has taken."""
        if is_idle(section) or any(above.span in self._closed for above in self._tree.above(section)):
            return False
        if section.style == _ARTICLE:  # an article of rules is one measure as a whole
            return section.span not in self._holding_units
        articles = (above for above in self._tree.above(section) if above.style == _ARTICLE)
        taken = all(article.span in self._holding_units for article in articles)
        return taken and section.span not in self._holding_tasks


def _carries_policy(reading: Reading) -> bool:
    return reading.document.span.end < len(reading.document.text)


def _text_blocks(reading: Reading) -> Iterator[Block]:
    return (block for block in reading.document.blocks if block.kind == "paragraph")


EXTRACTOR = ExtractorMaker("measures", (Measure,), lambda lexicons: MeasureFinder(lexicons.announcements).find)
