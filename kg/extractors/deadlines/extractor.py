"""Finds the deadlines of measures: in their text, behind a label of a clause, in a column of a table."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors.deadlines import Deadline
from kg.extractors.measures import Measure
from kg.extractors.measures.extractor import MeasureFinder
from kg.extractors.reading import Reading
from kg.extractors.registry import ExtractorMaker
from kg.extractors.times.reader import DeadlineReader
from kg.extractors.times.time_limit import TimeLimit
from kg.lexicons import Lexicons
from kg.model.document import Document, Row, Span, content_id
from kg.model.facts import Evidence
from kg.text.spans import SpanIndex

_STOPS = "。；;\n"
_COLONS = ("：", ":")
_MARKS = "，,、。；;：:\n）)"
_UNDATED, _PERIOD = "none", "period"
_LONGEST_QUOTE = 400  # a sentence that runs on for longer is cut around the words


class DeadlineFinder:
    """Finds deadlines of measures; made once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._measures = MeasureFinder(lexicons)
        self._reader = DeadlineReader(lexicons.deadlines)

    def find(self, reading: Reading) -> Iterator[Deadline]:
        """Yield the deadlines of each measure; words within a part of an item belong to the part."""
        measures = list(self._measures.find(reading))
        by_words: dict[Span, tuple[Measure, TimeLimit]] = {}
        for measure in sorted(measures, key=lambda measure: (-len(measure.span), measure.id)):
            for time, span in self._in_text(reading.document, measure.span):
                by_words[span] = (measure, time)
        for measure, time, span in self._in_tables(reading.document, measures):
            by_words[span] = (measure, time)
        for span, (measure, time) in sorted(by_words.items()):
            yield _deadline(reading.document, measure, time, span)

    def _in_text(self, document: Document, within: Span) -> Iterator[tuple[TimeLimit, Span]]:
        """Yield what running text sets as a limit that is not over, and whatever stands behind a label."""
        text, day = document.quote(within), _day(document)
        for time in self._reader.find(text, on=day):
            before = text[: time.span.start].rstrip()
            if before.endswith(_COLONS) or (_is_dated(time, before) and not time.is_past(day)):
                yield time, time.span.moved(within.start)

    def _in_tables(self, document: Document, measures: list[Measure]) -> Iterator[tuple[Measure, TimeLimit, Span]]:
        """Yield the deadlines of columns that are headed as such, with the measure of the same row."""
        by_place = SpanIndex(measures, lambda measure: measure.span)
        for cells in _rows_below(document, self._reader):
            row, columns = cells
            of_row = next((found for block in row.values() for found in by_place.within(block.span)), None)
            for column in columns if of_row is not None else ():
                if column in row and of_row is not None:
                    for time in self._reader.read(document.quote(row[column].span), on=_day(document)):
                        yield of_row, time, time.span.moved(row[column].span.start)


def _rows_below(document: Document, reader: DeadlineReader) -> Iterator[tuple[Row, list[int]]]:
    """Yield each row below a header that has columns of deadlines, and these columns."""
    for rows in document.tables():
        columns: list[int] = []
        for row in rows:
            heads = [column for column, block in row.items() if reader.is_label(document.quote(block.span))]
            if columns and not heads:
                yield row, columns
            columns = heads or columns


def _deadline(document: Document, measure: Measure, time: TimeLimit, span: Span) -> Deadline:
    around = _sentence(document.text, span)
    return Deadline(
        id=content_id("deadline", document.id, measure.id, span.start, time.words),
        document=document.id,
        measure=measure.id,
        precision=time.kind,
        start=time.start,
        end=time.end,
        every=time.every,
        words=document.quote(span),
        span=span,
        evidence=Evidence(document.id, around, document.quote(around)),
    )


def _sentence(text: str, span: Span) -> Span:
    """Return the sentence around `span`, without what is blank at its ends, cut where it is very long."""
    first, last = max(0, span.start - _LONGEST_QUOTE), span.end + _LONGEST_QUOTE
    start = max(text.rfind(stop, first, span.start) + 1 for stop in _STOPS) or first
    end = min((at for stop in _STOPS if (at := text.find(stop, span.end, last)) >= 0), default=min(last, len(text)))
    quote = text[start:end]
    return Span(start + len(quote) - len(quote.lstrip()), end - (len(quote) - len(quote.rstrip())))


def _is_dated(time: TimeLimit, before: str) -> bool:
    """Tell whether a time in running text is a limit: it ends on a day, or stands at the head of a clause.

    每年培育600家 is a beat of the task, 每家企业每年最高100万元 is none.
    “十四五”期间，建成50项 is a limit, 总结“十四五”时期成果 is none.
    """
    if time.kind == _UNDATED:
        return False
    heads_clause = not before or before[-1] in _MARKS
    return heads_clause or (bool(time.end) and time.kind != _PERIOD)


def _day(document: Document) -> str:
    return document.date or document.published


EXTRACTOR = ExtractorMaker("deadlines", (Deadline,), lambda lexicons: DeadlineFinder(lexicons).find)
