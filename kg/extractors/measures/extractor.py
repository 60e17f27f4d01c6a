"""Measures: the units of action that a policy states and that news announces.

In a plan the lowest numbered item, where it sets a task; in news an enumerated point, or a paragraph that says what a
body will do or asks for. What is reported as done is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extractors.measures import Measure
from kg.extractors.measures.news import NewsReader
from kg.extractors.measures.tasks import Bound, bind_clauses, is_idle, measure_of
from kg.extractors.reading import Reading
from kg.extractors.registry import ExtractorMaker
from kg.lexicons import Lexicons
from kg.model.document import Section, Span

_ARTICLE = "article"
_CHAPTERS = frozenset({"chapter", "part"})
_MARKS = "。；：:;"  # what a bare heading does not hold


class MeasureFinder:
    """Finds measures; made once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._news = NewsReader(lexicons.announcements, lexicons.agencies)

    def find(self, reading: Reading) -> Iterator[Measure]:
        """Yield each measure once: items, the parts of items that clauses bind to, announced points."""
        found: dict[str, Measure] = {}
        for measure in _in_policy(reading) if reading.document.kind == "policy" else self._in_news(reading):
            found.setdefault(measure.id, measure)
        yield from found.values()

    def _in_news(self, reading: Reading) -> Iterator[Measure]:
        """Yield what a page announces, unless it prints the policy itself."""
        return iter(()) if _carries_policy(reading) else self._news.find(reading)


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
        tree, self._document = reading.tree, reading.document
        self._tree = tree
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
        return taken and section.span not in self._holding_tasks and self._says_more(section)

    def _says_more(self, section: Section) -> bool:
        """Tell a task from the bare heading of what sets none (总则 above 编制目的)."""
        below = self._tree.below(section)
        if not below and section.style not in _CHAPTERS:
            return True
        own = self._document.quote(Span(section.head.start, below[0].span.start if below else section.span.end))
        return any(mark in own for mark in _MARKS)


def _carries_policy(reading: Reading) -> bool:
    return reading.document.span.end < len(reading.document.text)


EXTRACTOR = ExtractorMaker("measures", (Measure,), lambda lexicons: MeasureFinder(lexicons).find)
