"""A deadline as a value, and the days of the calendar that its words come to."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from kg.model.document import Span
from kg.text.dates import YEARS

DeadlineKind = Literal["date", "month", "year", "period", "recurrence", "none"]


_DECEMBER = 12
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """By when something is due.

    Days are ISO 8601. A deadline whose year nobody names ends with a day or a month of any year, as XML Schema writes
    them: 12月底前 is ``--12``, 每年1月31日前 is ``--01-31``, 每月7日前 is ``---07``.

    Attributes:
        kind: how much of a date the words give: a `date`, a `month`, a `year`, a `period` (“十四五”期间, 2025年上半年,
            用3年时间), a `recurrence` (每年), or `none` where it is due without a day (长期坚持, 立行立改).
        span: where the words stand, counted from the beginning of the text that was read.
        words: the words, as the text has them.
        start: the first day, where the words name one, else empty.
        end: the last day, included; empty where the words leave it open (每季度, 长期坚持).
        every: how often it comes again, as an ISO 8601 duration (每季度: P3M), else empty.
    """

    kind: DeadlineKind
    span: Span
    words: str
    start: str = ""
    end: str = ""
    every: str = ""

    def is_past(self, day: str) -> bool:
        """Tell whether the last day lies before an ISO day; an end without a year never does."""
        return bool(day) and bool(self.end) and not self.end.startswith("-") and self.end < day


@dataclass(frozen=True, slots=True)
class Basis:
    """From what a wording that names no year is told.

    Attributes:
        document: the day of the document, as an ISO day, or empty: 今年 is its year.
        day: the day last named in the sentence, else that of the document: 12月底前 is the first end of December from
            then on.
        every: how often things come again in the sentence so far (每年2月底前上报，3月底前通报), or empty.
    """

    document: str = ""
    day: str = ""
    every: str = ""


class Wording(Protocol):
    """Words that may say by when something is due."""

    @property
    def span(self) -> Span:
        """Where they stand."""
        ...

    @property
    def is_limit(self) -> bool:
        """Whether they do say so by themselves, also in running text (6月底前, but not 6月)."""
        ...

    @property
    def is_dated(self) -> bool:
        """Whether they name a year, so that a verb behind makes a limit of them (2025年12月完成)."""
        ...

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:
        """Return what they come to; nothing where there is no such day."""
        ...


@dataclass(frozen=True, slots=True)
class Day:
    """What a wording says of a day within a year: 6月, 6月30日, 6月上旬, 5—12月, 上半年.

    Attributes:
        month: 1 to 12.
        day: the day of the month, or 0 for its last.
        first: the month with which a stretch of months begins, else 0.
        exact: whether the wording names the day itself.
        part: whether it is a part of a year with a name of its own (上半年).
    """

    month: int
    day: int = 0
    first: int = 0
    exact: bool = False
    part: bool = False

    @property
    def kind(self) -> DeadlineKind:
        """How much of a date it is."""
        return "period" if self.first else "date" if self.exact else "month"

    def in_year(self, year: int) -> str:
        """Return the ISO day in a year; 29 February and 31 April become the last of their month."""
        last = monthrange(year, self.month)[1]
        return f"{year:04}-{self.month:02}-{min(self.day or last, last):02}"

    def start_in(self, year: int) -> str:
        """Return the first day of a stretch of months, or nothing for a day or a month."""
        return f"{year:04}-{self.first:02}-01" if self.first else ""

    @property
    def any_year(self) -> str:
        """The day of any year: --06-30, --06."""
        return f"--{self.month:02}-{self.day:02}" if self.day else f"--{self.month:02}"

    def next_after(self, day: str) -> int:
        """Return the year in which it comes first, on or after an ISO day."""
        year = int(day[:4])
        return year if self.in_year(year) >= day else year + 1


LAST_DAY = Day(_DECEMBER)


def plausible(month: int, day: int = 0) -> bool:
    """Tell whether there is such a month, and such a day in it; 0 stands for no day."""
    return 1 <= month <= _DECEMBER and 0 <= day <= monthrange(2000, month)[1]


def later(day: str, count: int, unit: str) -> str:
    """Return the ISO day that lies `count` years (Y), months (M), weeks (W) or days (D) after another.

    >>> later("2024-11-30", 3, "M")
    '2025-02-28'
    """
    if unit in "WD":
        days = count * 7 if unit == "W" else count
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    months = int(day[:4]) * 12 + int(day[5:7]) - 1 + count * (12 if unit == "Y" else 1)
    return Day(months % 12 + 1, int(day[8:])).in_year(months // 12)


def first_day(text: str) -> str:
    """Return the first day that an ISO date with or without month and day stands for; nothing for anything else.

    >>> first_day("2024-11")
    '2024-11-01'
    """
    day = f"{text}-01-01"[:10] if _ISO.fullmatch(text) else ""
    try:
        return day if day and date.fromisoformat(day).year in YEARS else ""
    except ValueError:
        return ""
