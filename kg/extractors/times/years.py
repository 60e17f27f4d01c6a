"""Wordings that name a year or a five-year plan, and days in figures alone, as cells of tables have them.

Wordings: 到2025年、2030年, 2025年6月底前, “十四五”期间, 较2020年. Figures: 2025, 2025.12, 2025-12-31,
2023-2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.extractors.times.time_limit import LAST_DAY, Basis, Day, DeadlineKind, TimeLimit, plausible
from kg.lexicons.deadlines import DeadlineWords
from kg.model.document import Span
from kg.text.dates import YEARS
from kg.text.fold import fold
from kg.text.patterns import any_of

_BLANKS = (" ", "\u3000")  # PDF extraction sets a number apart with one of them
GAP = f"[{''.join(_BLANKS)}]?"
YEAR_DIGITS = r"\d{4}"
MONTH_DAY = "(?:[12][0-9]|3[01]|0?[1-9])"
_YEAR = re.compile(YEAR_DIGITS)
_TITLE = re.compile("《[^《》]*》")
_ANCHOR = re.compile(r"\d\d{3}")  # a pattern that begins with one character is searched for several times as fast
_FEW = "{0,9}"  # a list of years is short; without a bound, a long one that ends in no year is read anew at each


@dataclass(frozen=True, slots=True)
class YearWording:
    """A wording that names years or a plan.

    Attributes:
        span: the words, from the word of limit before the year (到) to the one behind it (底前).
        years: the years, in the order of the text; the last year of a plan.
        mark: `limit` where a word says that something is due by then, `bare` where none does (2025年遴选50个), `other`
            where the words are a name, a day on which something begins, or what a figure is compared with.
        since: the first year of a range (2021—2025年) and of a plan that runs (“十四五”期间), else empty.
        day: what the wording says within the year, if anything.
        plan: whether it names a plan.
    """

    span: Span
    years: tuple[str, ...]
    mark: Literal["limit", "bare", "other"]
    since: str = ""
    day: Day | None = None
    plan: bool = False

    @property
    def is_limit(self) -> bool:
        """Whether the wording itself says that something is due."""
        return self.mark == "limit"

    @property
    def is_dated(self) -> bool:
        """Whether it names a year that nothing is compared with."""
        return self.mark != "other"

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:  # noqa: ARG002  # the years are named
        """Return a deadline for each year; none where a year is a slip."""
        years = [int(year) for year in self.years]
        if self.mark == "other" or any(year not in YEARS for year in years):
            return []
        return [self._deadline(text, year) for year in years]

    def _deadline(self, text: str, year: int) -> TimeLimit:
        day = self.day or LAST_DAY
        runs = self.since and int(self.since) in YEARS and int(self.since) <= year
        start = f"{self.since}-01-01" if runs else day.start_in(year)
        kind: DeadlineKind = "period" if start else self.day.kind if self.day else "year"
        return TimeLimit(kind, self.span, text[self.span.start : self.span.end], start, day.in_year(year))


class YearReader:
    """Finds wordings that name years; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        self._words = words
        self.day = DayReader(words)
        self._year = _year_pattern(words)
        self._plan = re.compile(f"(?P<plan>{any_of(plan_names(words))})(?P<end>{any_of(words.plan_ends)})")
        self._last = {name: (str(first), str(last)) for name, (first, last) in plan_years(words).items()}
        self._gate = re.compile(f"{_ANCHOR.pattern}|{any_of(plan_names(words))}")
        marks = (*words.baseline_marks, *(words.attributive + mark for mark in words.baseline_marks))
        self._name = re.compile(any_of((*words.no_deadline, *marks)))
        self._compared_behind = re.compile(any_of(words.baseline_marks))
        self._limits = LimitWords(words)
        self._compared = tuple(set(words.baselines) - set(words.weak_before))
        self._no_bare = (*words.baselines, words.ordinal)

    def may_name(self, text: str) -> bool:
        """Tell whether a text has four digits or a plan's name at all; where not, there is nothing to find."""
        return self._gate.search(text) is not None

    def find(self, text: str, within: Span) -> list[YearWording]:
        """Return the wordings in a stretch of text, in order; none overlaps another."""
        if not self._gate.search(text, within.start, within.end):
            return []
        found = [*self._years(text, within), *self._plans(text, within)]
        return sorted(found, key=lambda wording: wording.span)

    def _years(self, text: str, within: Span) -> Iterator[YearWording]:
        taken = within.start
        for anchor in _ANCHOR.finditer(text, within.start, within.end):
            match = self._year.match(text, anchor.start(), within.end) if anchor.start() >= taken else None
            if match:
                wording = self._wording(text, Span(taken, within.end), match)
                taken = anchor.end() if wording.mark == "other" else wording.span.end
                yield wording

    def _wording(self, text: str, free: Span, match: re.Match[str]) -> YearWording:
        start, end = match.span()
        before = self._limits.strong(text, Span(free.start, start))
        day = self.day.read(match)
        mark: Literal["limit", "bare", "other"] = "other"
        if self._is_limit(text, match, before):
            mark = "limit"
        elif self._is_bare(text, match):
            mark = "bare"
        if day is None and match["month"]:
            mark = "other"
        span = Span(start - len(before), end) if mark == "limit" else Span(start, end)
        return YearWording(span, tuple(_YEAR.findall(fold(match["years"]))), mark, fold(match["since"] or ""), day)

    def _is_limit(self, text: str, match: re.Match[str], before: str) -> bool:
        if before and not self._compared_behind.match(text, match.end()):
            return True
        return bool(match["after"]) and not text.endswith(self._compared, 0, match.start())

    def _is_bare(self, text: str, match: re.Match[str]) -> bool:
        end = match.end()
        return not self._name.match(text, end) and not text.endswith(self._no_bare, 0, match.start())

    def _plans(self, text: str, within: Span) -> Iterator[YearWording]:
        for match in self._plan.finditer(text, within.start, within.end):
            before = self._limits.any(text, Span(within.start, match.start()))
            first, last = self._last[match["plan"]]
            runs = match["end"] in self._words.plan_spans
            yield YearWording(
                Span(match.start() - len(before), match.end()), (last,), "limit", since=first if runs else "", plan=True
            )


class LimitWords:
    """The words before a time that make it a limit (到, 力争)."""

    def __init__(self, words: DeadlineWords) -> None:
        self._not = words.not_before
        self._any = _longest_first(words.before)
        self._strong = _longest_first(set(words.before) - set(words.weak_before))

    def strong(self, text: str, before: Span) -> str:
        """Return the word, with the blank behind it, that makes a time right behind a stretch a limit, or nothing."""
        return self._last(text, before, self._strong)

    def any(self, text: str, before: Span) -> str:
        """Return what `strong` does, with words as well that make a limit of some times only (在)."""
        return self._last(text, before, self._any)

    def _last(self, text: str, before: Span, words: Iterable[str]) -> str:
        end = before.end - text.endswith(_BLANKS, before.start, before.end)
        if text.endswith(self._not, before.start, end):
            return ""
        word = next((word for word in words if text.endswith(word, before.start, end)), "")
        return word + text[end : before.end] if word else ""


class DayReader:
    """Reads what stands behind a year or without one: a day, a month, a part of a month or of a year.

    Attributes:
        pattern: the pattern, to be joined to others, with the groups first, month, day, tail and part: 6月, 六月,
            6月30日17时, 6月上旬, 5—12月, 上半年, 第三季度.
    """

    def __init__(self, words: DeadlineWords) -> None:
        self._words = words
        self.pattern = f"(?:{_month_pattern(words)}|(?P<part>{any_of(words.parts)}))"

    def read(self, match: re.Match[str]) -> Day | None:
        """Return the day that a match of `pattern` names; nothing where it names none, or one that there is not."""
        if match["part"]:
            first, last = self._words.parts[match["part"]]
            return Day(last, first=first, part=True)
        month, first = self._number(match["month"] or "0"), self._number(match["first"] or "0")
        tail = self._words.month_parts[match["tail"]] if match["tail"] else 0
        day = self._number(match["day"] or "0")
        sound = plausible(month, day) and first <= month
        return Day(month, day or tail, first, exact=bool(day)) if sound else None

    def _number(self, text: str) -> int:
        return self._words.numerals.get(text) or int(text)


def _month_pattern(words: DeadlineWords) -> str:
    """Build the pattern of a month with what it is told of: 六月, 5—12月, 6月上旬, 6月30日（周五）17时."""
    first = rf"(?:(?P<first>\d\d?)(?:{words.month})?{GAP}(?:{any_of(words.ranges)}){GAP})?"  # 5—
    month = rf"(?P<month>\d\d?|{any_of(words.numerals)}){GAP}{words.month}"  # 12月
    weekday = f"(?:[（(](?:{any_of(words.weeks)}).[）)])?"  # （周五）
    hour = rf"(?:{GAP}\d\d?(?:{any_of(words.hours)}|[:：]\d\d))?"  # 17时
    day = rf"{GAP}(?P<day>\d\d?){GAP}(?:{any_of(words.days)}){weekday}{hour}"  # 30日
    tail = f"(?P<tail>{any_of(words.month_parts)})"  # 上旬
    return f"{first}{month}(?:{day}|{tail})?"


def plan_years(words: DeadlineWords) -> dict[str, tuple[int, int]]:
    """Return the first and last year of each plan by its name, with and without quotation marks."""
    opening, closing = words.plan_quotes
    quoted = {f"{opening}{name}{closing}": years for name, years in words.plans.items()}
    return {**quoted, **words.plans}


def plan_names(words: DeadlineWords) -> list[str]:
    """Return the names of plans, with and without quotation marks."""
    return list(plan_years(words))


def _year_pattern(words: DeadlineWords) -> re.Pattern[str]:
    """Build the pattern of a year or several with what stands behind: 2021—2025年, 2025年、2030年, 2025年6月底前."""
    year = YEAR_DIGITS + GAP + words.year  # 2025年
    year_or_digits = f"{YEAR_DIGITS}{GAP}(?:{words.year})?"  # 2025年, 2025
    since = f"(?:(?P<since>{YEAR_DIGITS}){GAP}(?:{words.year})?{GAP}(?:{any_of(words.ranges)}){GAP})?"  # 2021—
    listed = f"(?:{year_or_digits}(?:{any_of(words.joints)})){_FEW}"  # 2025年、
    day = f"(?:{GAP}{DayReader(words).pattern})?"  # 6月30日
    limit = f"(?:{any_of(words.ends)})?(?:{any_of(words.after)})|{any_of(words.ends)}"  # 底之前, 前, 底
    after = f"(?:(?!{any_of(words.not_after)})(?P<after>{limit}))?"
    return re.compile(rf"(?<!\d){since}(?P<years>{listed}{year}){day}{after}")


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def in_titles(text: str, within: Span) -> list[Span]:
    """Return the stretches between 《 and 》, in which a year is part of a name."""
    return [Span(*match.span()) for match in _TITLE.finditer(text, within.start, within.end)]


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
