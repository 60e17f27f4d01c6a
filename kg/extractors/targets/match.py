"""Figures while they are judged: what was found, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extractors.targets import Change, Commitment
from kg.extractors.targets.figures import Figure
from kg.extractors.targets.paragraph import Clause
from kg.extractors.targets.times import DueYears
from kg.model.document import Span

_LONGEST_QUOTE = 1000  # characters; a deadline that stands further off is told without being quoted


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A figure, or a pledge without one (全覆盖), that policy commits to.

    All spans count from the beginning of the paragraph.

    Attributes:
        span: the figure with its unit and bounds, or the words of the pledge.
        quote: from the deadline or the clause's beginning to the clause's end.
        sentence: the sentence.
        indicator: what is counted, perhaps empty.
        value: the number without bound and thousands separator (2—3 for a range); empty in a pledge.
        unit: the unit with its scale (亿元).
        comparator: equal, at-least, at-most, about, times, full-coverage or cleared.
        deadline: a year, or empty.
        baseline: the year it is compared with, or empty.
        baseline_value: the figure things stand at (由30%提高到40%), with its unit where that differs.
        change: whether the figure is a level, an increase, a decrease or a growth rate.
        lower: the lower end of a range.
        upper: the upper end of a range.
        place: which of the figures this is that 分别 hands out in its clause, from 0.
        fellows: how many 分别 hands out; 1 where it does not.
        among_parts: whether the sentence up to here sets a whole beside its parts (其中).
        commitment: binding, expected, or empty where the text does not say.
        every: how often the figure is to be reached, as an ISO 8601 duration (每年 is P1Y), or empty.
        limited: whether a word makes its year a limit (到2025年).
    """

    span: Span
    quote: Span
    sentence: Span
    indicator: str
    value: str = ""
    unit: str = ""
    comparator: str = "equal"
    deadline: str = ""
    baseline: str = ""
    baseline_value: str = ""
    change: Change = "level"
    lower: str = ""
    upper: str = ""
    place: int = 0
    fellows: int = 1
    among_parts: bool = False
    commitment: Commitment = ""
    every: str = ""
    limited: bool = False


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """What words of a whole sentence say of its figures.

    Attributes:
        span: the sentence.
        reports: whether the sentence belongs to a report of what is over.
        has_condition: whether it names a condition anywhere (申报, 具备).
        past_end: where the first word that tells the past ends; here and below, past the sentence where none stands.
        award_end: where the first word of money that is given ends.
        yearly_end: where the first word for every year ends.
        parts_end: where the first word that sets a whole beside its parts ends.
    """

    span: Span
    reports: bool
    has_condition: bool
    past_end: int
    award_end: int
    yearly_end: int
    parts_end: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands.

    Attributes:
        text: the paragraph.
        cues: what its sentence says.
        clause: its clause.
        index: which of the clause's figures it is.
        due: the deadline in force.
        shared: whether 分别 hands out the figures of the clause (A、B分别达到75%、90%).
        listed: where a figure of the same clause ends that is a target itself (600家企业和200家企业), or -1.
        goes_on: whether the clause before it sets a target (新建泵站5座，水闸3座).
    """

    text: str
    cues: SentenceCues
    clause: Clause
    index: int
    due: DueYears
    shared: bool = False
    listed: int = -1
    goes_on: bool = False

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.clause.figures[self.index]

    @property
    def before(self) -> str:
        """The clause as far as the number, with the word that bounds it."""
        return self.text[self.clause.span.start : self.figure.number_start]

    @property
    def following(self) -> Figure | None:
        """The next figure of the clause."""
        return self.clause.figures[self.index + 1] if self.index + 1 < len(self.clause.figures) else None

    @property
    def next(self) -> int:
        """Where the next figure begins, or the clause ends."""
        return self.following.span.start if self.following else self.clause.span.end

    @property
    def place(self) -> int:
        """Which of the figures that 分别 hands out this is."""
        return self.index if self.shared else 0

    @property
    def fellows(self) -> int:
        """How many figures 分别 hands out."""
        return len(self.clause.figures) if self.shared else 1

    def with_own_year(self) -> Setting:
        """Return the setting with the figure's own year where 分别 hands out as many years as figures."""
        if self.fellows > 1 and len(self.due.years) == self.fellows:
            return replace(self, due=replace(self.due, years=(self.due.years[self.place],)))
        return self


def quote_of(clause: Span, due: DueYears) -> Span:
    """Return what proves a target: its clause, from its deadline on where that stands before it and not far off."""
    start = min(clause.start, due.span.start) if due.span else clause.start
    return Span(start, clause.end) if clause.end - start <= _LONGEST_QUOTE else clause
