"""Wordings for what comes again: 每年2月底前, 每季度, 每3年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.times.time_limit import LAST_DAY, Basis, TimeLimit
from kg.extractors.times.years import GAP, MONTH_DAY, YEAR_DIGITS, DayReader
from kg.lexicons.deadlines import DeadlineWords
from kg.model.document import Span
from kg.text.patterns import any_of


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
