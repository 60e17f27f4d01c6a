"""Reads by when a target is due, what it is compared with, and whether a sentence reports what is over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extractors.times.reader import DeadlineReader
from kg.extractors.times.years import GAP, YEAR_DIGITS, YearWording, in_titles, plan_names, plan_years
from kg.lexicons.deadlines import DeadlineWords
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.dates import YEARS
from kg.text.fold import fold
from kg.text.patterns import any_of
from kg.text.spans import cover

_COMMAS = ("，", ",")
_HEAD = 24  # characters at the beginning of a sentence in which the time of a report stands
_NOT_FAR = "[^，,。；]{0,6}?"


@dataclass(frozen=True, slots=True)
class DueYears:
    """The years by which figures are due.

    Attributes:
        years: the years of one wording, in its order (到2025年、2030年); none where nothing is due.
        span: the wording in the paragraph; None for a deadline that a heading or a table gives.
        passing: whether it is a year with no word of limit and no comma behind (2025年遴选50个), which holds for its
            sentence only.
    """

    years: tuple[str, ...] = ()
    span: Span | None = None
    passing: bool = False

    @property
    def last(self) -> str:
        """The last of the years, or nothing."""
        return self.years[-1] if self.years else ""

    @property
    def end(self) -> int:
        """Where the wording ends; what comes from elsewhere stands before the paragraph."""
        return self.span.end if self.span else -1

    def carried_on(self) -> DueYears:
        """Return what holds for the sentences that follow: the last of the years."""
        return replace(self, years=self.years[-1:])


class TimeReader:
    """Reads deadlines and baselines of figures; built once for the lexicons, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon, deadlines: DeadlineReader) -> None:
        words = deadlines.words
        self._years = deadlines.years
        self._plans = {name: str(last) for name, (_, last) in plan_years(words).items()}
        self._baseline = _baseline_pattern(words)
        self._report = _report_pattern(words, lexicon)
        self._report_word = re.compile(any_of(lexicon.tells))
        self._intends = re.compile(any_of(lexicon.intends))

    def may_tell(self, text: str) -> bool:
        """Tell whether a text may name a year or open a report at all; where not, nothing is to be read in it."""
        return self._years.may_name(text) or self._report_word.search(text) is not None

    def deadlines(self, text: str, within: Span, as_of: str = "") -> list[DueYears]:
        """Return the deadlines in a stretch of text, in order; `as_of` is the document's day, or its year, or empty."""
        wordings = self._years.find(text, within)
        titles = cover(in_titles(text, within) if wordings else ())
        return [_due(text, w) for w in wordings if _is_deadline(w, as_of) and not titles.covers(w.span)]

    def without(self, text: str) -> str:
        """Return a text with deadlines and baselines taken out."""
        if not self._years.may_name(text):
            return text
        text = self._baseline.sub("", text)
        for wording in reversed(self._years.find(text, Span(0, len(text)))):
            if _names_years(wording):
                text = text[: wording.span.start] + text[wording.span.end :]
        return text

    def baseline(self, text: str, clause: Span) -> str:
        """Return the year that a clause compares with, or nothing."""
        match = self._baseline.search(text, clause.start, clause.end)
        return self._year(match["year"] or match["year2"], match["plan"] or match["plan2"]) if match else ""

    def opens_report(self, sentence: str, as_of: str) -> bool:
        """Tell whether a sentence opens a report of what is over (2020年，全省…; “十三五”期间，…; 截至目前…)."""
        match = self._report.match(sentence.lstrip())
        if not match or self._intends.search(sentence):
            return False
        if match["word"] or is_past(self._year(match["year"], match["plan"]), as_of):
            return True
        head = self._years.find(sentence, Span(0, min(len(sentence), _HEAD)))
        return bool(head) and _is_over(head[0], as_of)

    def _year(self, year: str | None, plan: str | None) -> str:
        return fold(year) if year else self._plans[plan or ""]


def is_past(year: str, as_of: str) -> bool:
    """Tell whether a year lies before the document's; without a document's year, nothing is past."""
    return bool(as_of) and f"{YEARS[0]}" <= year < as_of[:4]


def _is_over(wording: YearWording, as_of: str) -> bool:
    """Tell whether a wording names a day, or the end of a month, before that of the document (2022年6月底)."""
    year, day = wording.years[-1], wording.day
    return day is not None and int(year) in YEARS and year == as_of[:4] and day.in_year(int(year)) < as_of


def _is_deadline(wording: YearWording, as_of: str) -> bool:
    last = wording.years[-1]
    if is_past(last, as_of) or _is_over(wording, as_of) or not _names_years(wording):
        return False
    return wording.is_limit or bool(as_of and int(last) in YEARS)


def _names_years(wording: YearWording) -> bool:
    """Tell whether a wording is of years and not, without a word of limit, of a month (2025年6月印发)."""
    in_month = wording.day is not None and not wording.day.part
    return wording.is_limit or (wording.mark == "bare" and not in_month)


def _due(text: str, wording: YearWording) -> DueYears:
    passing = not wording.is_limit and not text.startswith(_COMMAS, wording.span.end)
    return DueYears(wording.years, wording.span, passing)


def _baseline_pattern(words: DeadlineWords) -> re.Pattern[str]:
    """Build the pattern of what a figure is compared with: 较2020年, 在2020年基础上, 比“十三五”末, 2020年的水平."""
    marks = any_of(words.baseline_marks)  # 基础上
    basis = f"(?:(?:{words.attributive})?(?:{marks}))"  # 的基础上
    return re.compile(
        f"(?:{any_of(words.baselines)}){GAP}{_when_pattern(words, 'year', 'plan')}{basis}?"
        f"|{_when_pattern(words, 'year2', 'plan2')}(?:{marks})"
    )


def _when_pattern(words: DeadlineWords, year: str, plan: str) -> str:
    """Build the pattern of a year or a plan, under the names of two groups: 2020年底, “十三五”末."""
    named_year = f"(?P<{year}>{YEAR_DIGITS}){GAP}{words.year}(?:{any_of((*words.after, *words.ends))})?"
    named_plan = f"(?P<{plan}>{any_of(plan_names(words))})(?:{any_of(words.plan_ends)})?"
    return f"(?:{named_year}|{named_plan})"


def _report_pattern(words: DeadlineWords, lexicon: TargetLexicon) -> re.Pattern[str]:
    """Build the pattern of how a report begins: 2020年, “十三五”期间, 截至."""
    year = f"(?P<year>{YEAR_DIGITS}){GAP}{words.year}"
    plan = f"(?P<plan>{any_of(plan_names(words))})(?:{any_of(words.plan_spans)})"
    return re.compile(f"^{_NOT_FAR}(?:{year}|{plan}|(?P<word>{any_of(lexicon.tells)}))")
