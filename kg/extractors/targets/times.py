"""Reads by when a target is due, what it is compared with, and whether a sentence tells the past."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_of

_CENTURIES = ("1949", "2100")  # what lies outside is a slip of the text and tells nothing about the past
_YEAR = re.compile(r"\d{4}")
_TITLE = re.compile("《[^《》]*》")
_COMMAS = ("，", ",")
_GAP = "[ \u3000]?"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The years a wording names (到2025年、2030年) and its place; an inherited deadline has none.

    A `passing` deadline is a year with no word around it and no comma behind (2025年遴选50个);
    it holds for its sentence.
    """

    years: tuple[str, ...] = ()
    span: Span | None = None
    passing: bool = False

    @property
    def year(self) -> str:
        """The last of the years, or nothing."""
        return self.years[-1] if self.years else ""


class TimeReader:
    """Finds deadlines and baselines; `as_of` is the year of the document or empty."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self._dated = _deadline_pattern(lexicon)
        year = lexicon.deadlines.year
        plans = any_of(lexicon.deadlines.plans)
        marks = any_of(lexicon.baseline_marks)
        after, ends = any_of(lexicon.deadlines.after), any_of(lexicon.deadlines.plan_ends)
        when = rf"(?:(?P<{{0}}>\d{{{{4}}}}){_GAP}{year}(?:{after})?|(?P<{{1}}>{plans})(?:{ends})?)"
        basis = f"(?:(?:{lexicon.attributive})?(?:{marks}))"
        self._baseline = re.compile(
            f"(?:{any_of(lexicon.baselines)}){_GAP}{when.format('year', 'plan')}{basis}?"
            f"|{when.format('year2', 'plan2')}(?:{marks})"
        )
        self._told = re.compile(
            rf"^[^，,。；]{{0,6}}?(?:(?P<year>\d{{4}}){_GAP}{year}|(?P<plan>{plans})(?:{any_of(lexicon.deadlines.plan_spans)})"
            f"|(?P<word>{any_of(lexicon.tells)}))"
        )
        self._intends = re.compile(any_of(lexicon.intends))

    def deadlines(self, text: str, within: Span, as_of: str = "") -> list[Deadline]:
        """Return the deadlines in a stretch of text, in order."""
        names = [Span(*match.span()) for match in _TITLE.finditer(text, within.start, within.end)]
        found = []
        for match in self._dated.finditer(text, within.start, within.end):
            years = self._years(match)
            bare = match["bare"] is not None
            if any(name.contains(Span(*match.span())) for name in names) or is_past(years[-1], as_of):
                continue
            if not bare or (as_of and not is_past(years[-1], as_of) and _CENTURIES[0] <= years[-1] < _CENTURIES[1]):
                passing = bare and not text.startswith(_COMMAS, match.end())
                found.append(Deadline(years, Span(*match.span()), passing))
        return found

    def without(self, words: str) -> str:
        """Return words with deadlines and baselines taken out."""
        return self._dated.sub("", self._baseline.sub("", words))

    def baseline(self, text: str, clause: Span) -> tuple[str, Span] | None:
        """Return the year a clause compares with and the place of its wording."""
        match = self._baseline.search(text, clause.start, clause.end)
        if not match:
            return None
        year = match["year"] or match["year2"]
        return fold(year) if year else self._plan(match["plan"] or match["plan2"]), Span(*match.span())

    def tells(self, sentence: str, as_of: str) -> bool:
        """Tell whether a sentence opens a report of what is over (2020年，全省…; “十三五”期间，…; 截至目前…)."""
        match = self._told.match(sentence.lstrip())
        if not match or self._intends.search(sentence):
            return False
        if match["word"]:
            return True
        return is_past(fold(match["year"]) if match["year"] else self._plan(match["plan"]), as_of)

    def _years(self, match: re.Match[str]) -> tuple[str, ...]:
        if match["plan"]:
            return (self._plan(match["plan"]),)
        years = match["years"] or match["years2"] or match["bare"]
        return tuple(_YEAR.findall(fold(years)))

    def _plan(self, name: str) -> str:
        return self._words.deadlines.plans[name]


def is_past(year: str, as_of: str) -> bool:
    """Tell whether a year lies before the document's; without a document's year, nothing is past."""
    return bool(as_of) and _CENTURIES[0] <= year < as_of


def _deadline_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    words = lexicon.deadlines
    strong = any_of(word for word in words.before if word not in words.weak)
    after = any_of(words.after)
    joint = any_of((*lexicon.conjunctions, "、"))
    span = rf"(?:\d{{4}}{_GAP}(?:{words.year})?{_GAP}(?:{any_of(lexicon.ranges)}){_GAP})?"
    one = rf"\d{{4}}{_GAP}{words.year}"
    many = rf"(?:\d{{4}}{_GAP}(?:{words.year})?(?:{joint}))*{one}"
    month = rf"(?:\d{{1,2}}{words.month}(?:\d{{1,2}}{words.day})?)?"
    apart = "".join(f"(?<!{re.escape(word)})" for word in lexicon.baselines if word not in words.weak)
    plain = "".join(f"(?<!{re.escape(word)})" for word in lexicon.baselines)
    told = "".join(f"(?<!{re.escape(word[0])})" for word in lexicon.tells if word[1:] in words.before)
    names = any_of(
        (*words.no_deadline, *lexicon.baseline_marks, *(lexicon.attributive + mark for mark in lexicon.baseline_marks))
    )
    return re.compile(
        f"(?:(?:{any_of(words.before)}){_GAP})?(?P<plan>{any_of(words.plans)})(?:{any_of(words.plan_ends)})"
        rf"|{told}(?:{strong}){_GAP}{span}(?P<years>{many}){month}(?:{after})?(?!(?:{any_of(lexicon.baseline_marks)}))"
        rf"|{apart}(?<!\d){span}(?P<years2>{many}){month}(?:{after})"
        rf"|{plain}(?<!\d)(?<!{words.ordinal}){span}(?P<bare>{many})(?!\d{{1,2}}{words.month}|{names})"
    )
