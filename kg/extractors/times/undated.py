"""Wordings that need no calendar: a stretch of time, what comes again, what is due without a day.

用3年时间; 每年2月底前, 每季度, 每3年; 长期坚持, 立行立改.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.times.time_limit import LAST_DAY, Basis, TimeLimit, later
from kg.extractors.times.years import GAP, MONTH_DAY, YEAR_DIGITS, DayReader
from kg.lexicons.deadlines import DeadlineWords
from kg.model.document import Span
from kg.text.patterns import any_of

_OPENS_ITEM = "（(，,；;、：:。"
_ENDS_ITEM = "）)；;。"


def opens_item(text: str, position: int, start: int = 0) -> bool:
    """Tell whether an item of a clause begins at a position: behind a mark, or where the text does."""
    return position == start or text[position - 1] in _OPENS_ITEM


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that begins with the document: 用3年时间, 印发后3个月内.

    Attributes:
        span: the words.
        is_limit: whether a word before it says that it is a limit.
        count: how many units it is long.
        unit: the ISO 8601 letter of the unit.
    """

    span: Span
    is_limit: bool
    count: int
    unit: str
    is_dated: bool = False

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:
        """Return the stretch from the document's day on; without that day, one whose ends are open."""
        words, day = text[self.span.start : self.span.end], basis.document
        end = later(day, self.count, self.unit) if day else ""
        return [TimeLimit("period", self.span, words, day, end)]


class StretchReader:
    """Finds stretches of time; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        self._words = words
        before = f"(?P<before>{any_of(words.stretch_before)})?"  # 用
        apart = rf"(?<![\d{re.escape(''.join((*words.ranges, *words.numerals)))}])"
        count = rf"{apart}(?P<count>[1-9]\d?|{any_of(words.numerals)})"  # 3
        unit = f"(?P<unit>{any_of(words.units)})"  # 年
        self._gate = re.compile(rf"[\d{''.join(words.numerals)}]{GAP}(?:{any_of(words.units)})")
        self._pattern = re.compile(f"{before}{GAP}{count}{GAP}{unit}(?:{any_of(words.stretch_after)})")

    def find(self, text: str, within: Span) -> Iterator[Stretch]:
        """Yield the wordings in a stretch of text, in order."""
        if not self._gate.search(text, within.start, within.end):
            return
        for match in self._pattern.finditer(text, within.start, within.end):
            count = self._words.numerals.get(match["count"]) or int(match["count"])
            yield Stretch(Span(*match.span()), bool(match["before"]), count, self._words.units[match["unit"]])


@dataclass(frozen=True, slots=True)
class Standing:
    """A wording for what is due without a day: 长期坚持.

    Attributes:
        span: the words.
        is_limit: whether they are a whole item of a clause; in a sentence they are a mere adverb (长期坚持绿色发展).
    """

    span: Span
    is_limit: bool
    is_dated: bool = False

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:  # noqa: ARG002  # it is due at any time
        """Return a deadline without days."""
        return [TimeLimit("none", self.span, text[self.span.start : self.span.end])]


class StandingReader:
    """Finds what is due without a day; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        self._leads = ("", *words.standing_leads)
        self._pattern = re.compile(any_of(words.standing))

    def find(self, text: str, within: Span) -> Iterator[Standing]:
        """Yield the wordings in a stretch of text, in order."""
        for match in self._pattern.finditer(text, within.start, within.end):
            ends = match.end() == within.end or text[match.end()] in _ENDS_ITEM
            yield Standing(Span(*match.span()), ends and self._opens(text, Span(within.start, match.start())))

    def _opens(self, text: str, before: Span) -> bool:
        """Tell whether an item begins right behind a stretch, but for a word that leads to what is standing (并)."""
        leads = [before.end - len(lead) for lead in self._leads if text.endswith(lead, before.start, before.end)]
        return any(opens_item(text, start, before.start) for start in leads)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A wording for what comes again.

    Attributes:
        span: the words.
        every: how often, as an ISO 8601 duration.
        end: by when each time, as a day of any year (--02) or month (---07), or empty.
        since: the year from which on, or empty.
    """

    span: Span
    every: str
    end: str = ""
    since: str = ""
    is_limit: bool = True
    is_dated: bool = False

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:  # noqa: ARG002  # it comes in any year
        """Return one deadline."""
        words = text[self.span.start : self.span.end]
        start = f"{self.since}-01-01" if self.since else ""
        return [TimeLimit("recurrence", self.span, words, start, self.end, self.every)]


class RecurrenceReader:
    """Finds what comes again; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        self._words = words
        self._days = DayReader(words)
        self._pattern = _recurrence_pattern(words)

    def find(self, text: str, within: Span) -> Iterator[Recurrence]:
        """Yield the wordings in a stretch of text, in order."""
        for match in self._pattern.finditer(text, within.start, within.end):
            if text.endswith(self._words.no_recurrence_before, within.start, match.start()):
                continue
            every = self._words.recurrences[match["every"]] if match["every"] else self._counted(match)
            yield Recurrence(Span(*match.span()), every, self._end(match), match["since"] or "")

    def _counted(self, match: re.Match[str]) -> str:
        count = self._words.numerals.get(match["count"]) or int(match["count"])
        return f"P{count}{self._words.units[match['unit']]}"

    def _end(self, match: re.Match[str]) -> str:
        if match["month_day"]:
            return f"---{int(match['month_day']):02}"
        day = self._days.read(match)
        return day.any_year if day else LAST_DAY.any_year if match["year_end"] else ""


def _recurrence_pattern(words: DeadlineWords) -> re.Pattern[str]:
    """Build the pattern of what comes again, with its day: 2020年起，每年2月底前; 每3年; 每季度末前; 每月7日前."""
    since = rf"(?:(?P<since>{YEAR_DIGITS}){GAP}{words.year}(?:{any_of(words.since)})[，,]?)?"  # 2020年起，
    every = f"(?P<every>{any_of(words.recurrences)})"  # 每季度
    number = rf"(?P<count>[1-9]\d?|{any_of(words.numerals)})"
    counted = f"{words.each}{GAP}{number}{GAP}(?P<unit>{any_of(words.units)})"  # 每3年
    day = f"(?:(?:{words.attributive})?{GAP}{DayReader(words).pattern})?"  # 2月
    month_day = f"(?:(?P<month_day>{MONTH_DAY})(?:{any_of(words.days)}))?"  # 7日
    year_end = f"(?:(?:{words.attributive})?(?P<year_end>{any_of(words.year_ends)}))?"  # 年底
    after = f"(?:{any_of((*words.ends, *words.after))})?"  # 末前
    decoys = f"(?!{any_of(words.no_recurrence_after)})"
    return re.compile(f"{since}(?:{every}|{counted}){day}{month_day}{year_end}{after}{decoys}")
