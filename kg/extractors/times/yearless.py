"""Wordings that name no year: 今年底前, 明年6月底前, 年内, 12月底前, 第三季度前, 本月底前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.times.time_limit import LAST_DAY, Basis, Day, DeadlineKind, TimeLimit, first_day, later
from kg.extractors.times.years import GAP, MONTH_DAY, DayReader, LimitWords
from kg.lexicons.deadlines import DeadlineWords
from kg.model.document import Span
from kg.text.patterns import any_of

_FAR = 12  # characters that a month before a range may take


@dataclass(frozen=True, slots=True)
class YearlessWording:
    """A wording whose year, or month, is told from what was said before it.

    Attributes:
        span: the words.
        is_limit: whether a word says that something is due by then.
        day: what it says within the year, if anything; the year's end where nothing.
        ahead: how many years after the document's it lies (明年: 1), if it says so.
        months_ahead: how many months after the document's it lies (下月: 1), if it says so.
        month_day: the day of such a month, or 0 for its last.
    """

    span: Span
    is_limit: bool
    day: Day | None = None
    ahead: int | None = None
    months_ahead: int | None = None
    month_day: int = 0

    @property
    def is_dated(self) -> bool:
        """Whether it tells its year by the document's (明年6月)."""
        return self.ahead is not None

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:
        """Return the day; without the year, as a day of any year, or as one that comes again where others do."""
        words = text[self.span.start : self.span.end]
        if self.months_ahead is not None:
            return [TimeLimit("date" if self.month_day else "month", self.span, words, end=self._in_month(basis))]
        day = self.day or LAST_DAY
        kind: DeadlineKind = day.kind if self.day else "year"
        if basis.every and self.ahead is None:
            return [TimeLimit("recurrence", self.span, words, end=day.any_year, every=basis.every)]
        year = self._year(day, basis)
        if not year:
            return [TimeLimit(kind, self.span, words, end=day.any_year)]
        return [TimeLimit(kind, self.span, words, day.start_in(year), day.in_year(year))]

    def _year(self, day: Day, basis: Basis) -> int:
        """Return the year, or 0 where nothing tells it."""
        if self.ahead is None:
            return day.next_after(basis.day) if basis.day else 0
        return int(basis.document[:4]) + self.ahead if basis.document else 0

    def _in_month(self, basis: Basis) -> str:
        if not basis.document:
            return f"---{self.month_day:02}" if self.month_day else ""
        month = later(first_day(basis.document[:7]), self.months_ahead or 0, "M")
        return Day(int(month[5:7]), self.month_day).in_year(int(month[:4]))


class YearlessReader:
    """Finds wordings that name no year; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        self._words = words
        self._limits = LimitWords(words)
        self._days = DayReader(words)
        self._pattern = _yearless_pattern(words)
        ends = (*words.year_ends, *words.month_ends)
        near = (*words.relative_years, *words.relative_months)
        self._gate = re.compile(any_of((words.month, *words.parts, *ends, *near)))
        self._month = re.compile(rf"(?<!\d{words.year})(?<!\d{words.year}\d){self._days.pattern}$")

    def may_name(self, text: str) -> bool:
        """Tell whether a text may name such a time at all."""
        return self._gate.search(text) is not None

    def find(self, text: str, within: Span) -> Iterator[YearlessWording]:
        """Yield the wordings in a stretch of text, in order."""
        if not self._gate.search(text, within.start, within.end):
            return
        for match in self._pattern.finditer(text, within.start, within.end):
            day = self._days.read(match)
            if day is None and match["month"]:
                continue
            before = self._word_before(text, Span(within.start, match.start()))
            yield YearlessWording(
                span=Span(match.start() - len(before), match.end()),
                is_limit=bool(before or match["after"]) or match[0].endswith(self._words.within),
                day=day,
                ahead=self._ahead(match),
                months_ahead=self._months_ahead(match),
                month_day=int(match["month_day"] or 0),
            )

    def _word_before(self, text: str, before: Span) -> str:
        """Return the word of limit before a time; 至 behind another month makes a range of both (1月至6月)."""
        word = self._limits.strong(text, before)
        behind = text[max(before.start, before.end - len(word) - _FAR) : before.end - len(word)]
        return "" if word in self._words.ranges and self._month.search(behind) else word

    def _ahead(self, match: re.Match[str]) -> int | None:
        year = match["year"] or match["year_alone"]
        return self._words.relative_years[year] if year else 0 if match["year_end"] else None

    def _months_ahead(self, match: re.Match[str]) -> int | None:
        return self._words.relative_months[match["near"]] if match["near"] else 0 if match["month_end"] else None


def _yearless_pattern(words: DeadlineWords) -> re.Pattern[str]:
    """Build the pattern of times without a year, with what stands behind: 明年6月底前, 年内, 下月15日前."""
    year = f"(?P<year>{any_of(words.relative_years)})"  # 明年
    apart = rf"(?<![\d.．/—–～~{words.year}-])"  # not within 2025年6月 or 6.5
    day = f"(?:{year}{GAP}|{apart}){DayReader(words).pattern}"  # 明年6月30日, 第三季度
    alone = f"(?P<year_alone>{any_of(words.relative_years)})"  # 今年
    not_counted = rf"(?<![\d{''.join(words.no_end_behind)}])"  # 三年内 counts years
    year_end = f"{not_counted}(?P<year_end>{any_of(words.year_ends)})"  # 年底
    month_end = f"{not_counted}(?P<month_end>{any_of(words.month_ends)})"  # 月底
    month_day = f"(?:(?P<month_day>{MONTH_DAY})(?:{any_of(words.days)}))?"  # 15日
    near = f"(?P<near>{any_of(words.relative_months)}){month_day}"  # 下月15日
    ends = f"(?:{any_of((*words.ends, *words.year_ends))})?"  # 底
    after = f"(?:(?!{any_of(words.not_after)})(?P<after>{any_of(words.after)}))?"  # 前
    within = f"(?:(?!{any_of(words.not_within)})(?:{any_of(words.within)}))?"  # 内
    return re.compile(f"(?:{day}|{alone}|{year_end}|{near}|{month_end}){ends}{after}{within}")
