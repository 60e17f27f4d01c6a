"""Reads deadlines: in running text what is said to be one, in a cell or behind a label whatever names a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from kg.extractors.times.time_limit import Basis, Day, TimeLimit, Wording, first_day
from kg.extractors.times.undated import RecurrenceReader, StandingReader, StretchReader, opens_item
from kg.extractors.times.yearless import YearlessReader
from kg.extractors.times.years import GAP, YEAR_DIGITS, DayReader, NumericReader, YearReader, YearWording, in_titles
from kg.lexicons.deadlines import DeadlineWords
from kg.model.document import Span
from kg.text.dates import YEARS
from kg.text.fold import fold
from kg.text.patterns import any_of
from kg.text.spans import cover

_ENDS_SENTENCE = re.compile("[。\n]")
_CLOSING = ("）", ")")
_FAR = 24  # characters that the beginning of a range may take: 2019年12月31日至


class DeadlineReader:
    """Reads deadlines; built once for the words, it holds no state of the texts.

    Attributes:
        words: the words it was built for.
        years: the reader of wordings that name years, for those who want to know of bare ones and baselines too.
    """

    def __init__(self, words: DeadlineWords) -> None:
        self.words = words
        self.years = YearReader(words)
        self._others = (YearlessReader(words), RecurrenceReader(words), StretchReader(words), StandingReader(words))
        self._numeric = NumericReader(words)
        self._days = DayReader(words)
        self._done = re.compile(
            f"(?!{any_of(words.not_within)})(?:{any_of((*words.within, *words.done))})(?!{words.attributive})"
        )
        self._label = re.compile(f"(?:{any_of(words.labels)})(?=(?P<colon>[：:])?)")
        self._no_label = re.compile(f"(?:{any_of(words.no_labels)})")
        self._value_end = re.compile("[；;。\n）)]")
        self._start = _start_pattern(words)
        digit = f"[{''.join(words.digits)}]"
        self._year_in_words = re.compile(f"{digit}{digit}{digit}{digit}(?={words.year})")
        self._digits = str.maketrans({word: str(digit) for word, digit in words.digits.items()})

    def find(self, text: str, within: Span | None = None, on: str = "") -> list[TimeLimit]:
        """Return the deadlines in running text, in order; none overlaps another, though one wording may give several.

        A time is a deadline where a word says so (到2025年, 6月底前, 2025年12月完成), or where it stands behind a label
        (完成时限：2025年12月). Spans count from the beginning of `text`. `on` is the ISO day of the document, from
        which 今年底 and 6月底前 are told; it may lack day and month or be empty. Those that were over by then are
        returned as well: `TimeLimit.is_past` tells them.
        """
        within = within or Span(0, len(text))
        return self._read(text, within, self._values(text, within), on)

    def read(self, text: str, on: str = "") -> list[TimeLimit]:
        """Return the deadlines of a text that is nothing else: the cell of a column of times, the value of a label.

        Every time in it counts, also bare ones: 2025年, 12月, 2025.12, 四季度, 长期. `on` is as in `find`.
        """
        whole = Span(0, len(text))
        return self._read(text, whole, [whole], on)

    def is_label(self, text: str) -> bool:
        """Tell whether the head of a column says that it holds deadlines (完成时限, 完成时限（年/月）)."""
        return bool(self._label.search(text)) and not self._no_label.search(text)

    def _values(self, text: str, within: Span) -> list[Span]:
        """Return the stretches behind labels of deadlines: 完成时限：2023年12月底前，并持续推进."""
        values: list[Span] = []
        for label in self._label.finditer(text, within.start, within.end):
            if label["colon"] and (not values or label.start() >= values[-1].end):
                end = self._value_end.search(text, label.end("colon"), within.end)
                values.append(Span(label.end("colon"), end.start() if end else within.end))
        return values

    def _read(self, text: str, within: Span, values: list[Span], on: str) -> list[TimeLimit]:
        folded = self._with_digits(fold(text))
        valued, basis = cover(values), Basis(first_day(on), first_day(on))
        found: list[TimeLimit] = []
        read_to = within.start
        for wording in self._wordings(folded, within, values):
            if not (valued.covers(wording.span) or self._is_limit(folded, wording)):
                continue
            if _ENDS_SENTENCE.search(folded, read_to, wording.span.start):
                basis = Basis(basis.document, basis.document)
            read_to = wording.span.end
            start = self._start_before(folded, within, wording.span)
            deadlines = wording.deadlines(text, replace(basis, day=start[1]) if start else basis)
            for deadline in deadlines:
                whole = _from(deadline, start, text) if start else deadline
                while found and whole.span.start <= found[-1].span.start and whole.span != found[-1].span:
                    found.pop()
                found.append(whole)
                basis = _after(basis, whole)
        return found

    def _with_digits(self, folded: str) -> str:
        """Write years in words with digits: 二〇二五年."""
        return self._year_in_words.sub(lambda match: match[0].translate(self._digits), folded)

    def _wordings(self, folded: str, within: Span, values: Iterable[Span]) -> list[Wording]:
        """Return the wordings, in order, outside titles; of those that overlap the first, then the longest."""
        found: Iterator[Wording] = chain(
            self.years.find(folded, within),
            *(reader.find(folded, within) for reader in self._others),
            *(self._numeric.find(folded, value) for value in values),
        )
        titles = cover(in_titles(folded, within))
        kept: list[Wording] = []
        for wording in sorted(found, key=lambda wording: (wording.span.start, -wording.span.end)):
            if (not kept or wording.span.start >= kept[-1].span.end) and not titles.covers(wording.span):
                kept.append(wording)
        return kept

    def _is_limit(self, folded: str, wording: Wording) -> bool:
        """Tell whether something is said to be due: by a word of the wording, or where it is dated by a verb behind."""
        if wording.is_limit:
            return True
        return wording.is_dated and (
            self._done.match(folded, wording.span.end) is not None or self._runs(folded, wording)
        )

    def _runs(self, folded: str, wording: Wording) -> bool:
        """Tell whether a wording is a stretch that begins an item: 2023—2025年持续推进, not 规划（2021—2025年）."""
        if not isinstance(wording, YearWording) or not (wording.since or (wording.day and wording.day.first)):
            return False
        opens = opens_item(folded, wording.span.start)
        return opens and not folded.startswith(_CLOSING, wording.span.end)

    def _start_before(self, folded: str, within: Span, span: Span) -> tuple[int, str] | None:
        """Return where a range begins that a wording ends, and the day it begins: 2023年1月至12月."""
        match = self._start.search(folded, max(within.start, span.start - _FAR), span.start)
        if not match or not (match["range"] or folded.startswith(self.words.ranges, span.start)):
            return None
        if int(match["year"]) not in YEARS:
            return None
        day = self._days.read(match) or Day(1, 1)
        first = replace(day, day=day.day if day.exact else 1, month=day.first or day.month)
        return match.start(), first.in_year(int(match["year"]))


def _from(deadline: TimeLimit, start: tuple[int, str], text: str) -> TimeLimit:
    """Return the period that begins at a start and ends with a deadline."""
    span = Span(start[0], deadline.span.end)
    return replace(deadline, kind="period", span=span, words=text[span.start : span.end], start=start[1])


def _after(basis: Basis, deadline: TimeLimit) -> Basis:
    """Return from what the next wording of the sentence is told."""
    day = deadline.end if first_day(deadline.end) else basis.day
    return replace(basis, day=day, every=deadline.every)


def _start_pattern(words: DeadlineWords) -> re.Pattern[str]:
    """Build the pattern of the beginning of a range, right before its end: 2019年1月1日至."""
    day = f"(?:{GAP}{DayReader(words).pattern})?"
    between = f"(?P<range>{any_of(words.ranges)})?"
    return re.compile(rf"(?<!\d)(?P<year>{YEAR_DIGITS}){GAP}{words.year}{day}{GAP}{between}{GAP}$")
