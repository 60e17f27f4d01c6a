"""Days in figures alone, as the cells of tables have them: 2025, 2025.12, 2025-12-31, 2023-2025, 2025年度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.times.time_limit import LAST_DAY, Basis, Day, DeadlineKind, TimeLimit, plausible
from kg.extractors.times.years import GAP, YEAR_DIGITS
from kg.lexicons.deadlines import YEARS, DeadlineWords
from kg.model.document import Span
from kg.text.patterns import any_of

_OPENS_FIGURES = r"(?<![^\s，,；;。、()（）：:])"
_ENDS_FIGURES = r"(?![^\s，,；;。、()（）：:])"


@dataclass(frozen=True, slots=True)
class NumericDay:
    """A year, a month or a day in figures alone: 2025, 2025.12, 2025-12-31, 2023-2025, 2025年度.

    Attributes:
        span: the figures.
        year: the year.
        day: the day or month, if any.
        since: the first year of a range, or empty.
    """

    span: Span
    year: int
    day: Day | None
    since: str = ""
    is_limit: bool = False
    is_dated: bool = False

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:  # noqa: ARG002  # the year is named
        """Return the day; nothing where the year is a slip."""
        if self.year not in YEARS:
            return []
        runs = self.since and int(self.since) in YEARS and int(self.since) <= self.year
        start, day = f"{self.since}-01-01" if runs else "", self.day or LAST_DAY
        kind: DeadlineKind = "period" if start else self.day.kind if self.day else "year"
        return [TimeLimit(kind, self.span, text[self.span.start : self.span.end], start, day.in_year(self.year))]


class NumericReader:
    """Finds days in figures; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        since = rf"(?:(?P<since>{YEAR_DIGITS}){GAP}(?:{any_of(words.ranges)}){GAP})?"  # 2023-
        fiscal = f"{words.year}{words.fiscal}"  # 2025年度
        day = r"(?:[./．-](?P<month>\d\d?)(?:[./．-](?P<day>\d\d?))?)?"  # .12.31
        self._pattern = re.compile(rf"{_OPENS_FIGURES}{since}(?P<year>{YEAR_DIGITS})(?:{day}{_ENDS_FIGURES}|{fiscal})")

    def find(self, text: str, within: Span) -> Iterator[NumericDay]:
        """Yield the wordings in a stretch of text, in order."""
        for match in self._pattern.finditer(text, within.start, within.end):
            month, day = int(match["month"] or 0), int(match["day"] or 0)
            if not month or plausible(month, day):
                named = Day(month, day, exact=bool(day)) if month else None
                yield NumericDay(Span(*match.span()), int(match["year"]), named, match["since"] or "")
