"""Reads by when a target is due, what it is compared with, and whether a sentence reports what is over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extractors.times.reader import DeadlineReader
from kg.extractors.times.yearless import YearlessReader, YearlessWording
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
        named: whether it is a year that no word makes a limit (2025年，遴选50个), which is too little in rules.
    """

    years: tuple[str, ...] = ()
    span: Span | None = None
    passing: bool = False
    named: bool = False

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
        self._yearless = YearlessReader(words)
        self._sign = words.year
        self._impossible = re.compile(rf"(?<!\d)(?:0|2[1-9]|[3-9]\d)\d+(?<=\d{{4}})(?<!00)(?={GAP}{words.year})")
        self._plans = {name: str(last) for name, (_, last) in plan_years(words).items()}
        self._baseline = _baseline_pattern(words)
        self._report = _report_pattern(words, lexicon)
        self._report_word = re.compile(any_of(lexicon.tells))
        self._intends = re.compile(any_of(lexicon.intends))

    def may_tell(self, text: str) -> bool:
        """Tell whether a text may name a year or open a report at all; where not, nothing is to be read in it."""
        return self._names_time(text) or self._report_word.search(text) is not None

    def _names_time(self, text: str) -> bool:
        return self._years.may_name(text) or self._yearless.may_name(text)

    def is_enciphered(self, text: str) -> bool:
        """Tell whether something is due in a year that cannot be (到8985年), so that no digit is to be trusted."""
        found = (Span(max(0, odd.start() - _HEAD), odd.end() + _HEAD) for odd in self._impossible.finditer(text))
        return any(
            w.is_limit and int(w.years[-1]) not in YEARS for around in found for w in self._years.find(text, around)
        )

    def deadlines(self, text: str, within: Span, as_of: str = "") -> list[DueYears]:
        """Return the deadlines in a stretch of text, in order; `as_of` is the document's day, or its year, or empty."""
        wordings = self._years.find(text, within)
        near = self._ahead(text, within) if as_of else []
        titles = cover(in_titles(text, within) if wordings or near else ())
        due = [_due(text, w) for w in wordings if _is_deadline(w, as_of) and not titles.covers(w.span)]
        ahead = [_due_ahead(w, as_of) for w in near if not titles.covers(w.span)]
        return sorted((*due, *ahead), key=lambda found: found.end) if ahead else due

    def _ahead(self, text: str, within: Span) -> list[YearlessWording]:
        """The wordings that tell a year by the document's (今年底前), not that of 2022年年底前."""
        found = (w for w in self._yearless.find(text, within) if w.is_limit and w.is_dated)
        return [w for w in found if not text.endswith(self._sign, within.start, w.span.start)]

    def without(self, text: str) -> str:
        """Return a text with deadlines and baselines taken out."""
        if not self._names_time(text):
            return text
        text = self._baseline.sub("", text)
        whole = Span(0, len(text))
        years = [wording.span for wording in self._years.find(text, whole) if _names_years(wording)]
        near = [wording.span for wording in self._ahead(text, whole)]
        for span in sorted((*years, *near), reverse=True):
            text = text[: span.start] + text[span.end :]
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
    named = not wording.is_limit
    return DueYears(wording.years, wording.span, named and not text.startswith(_COMMAS, wording.span.end), named)


def _due_ahead(wording: YearlessWording, as_of: str) -> DueYears:
    """Return the year of a wording that tells it by the document's (今年底前, 明年6月底前)."""
    return DueYears((str(int(as_of[:4]) + (wording.ahead or 0)),), wording.span)


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
