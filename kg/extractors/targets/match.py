"""Figures and pledges that policy commits to, as they are found in a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extractors.targets import Change, Commitment
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


def quote_of(clause: Span, due: DueYears) -> Span:
    """Return what proves a target: its clause, from its deadline on where that stands before it and not far off."""
    start = min(clause.start, due.span.start) if due.span else clause.start
    return Span(start, clause.end) if clause.end - start <= _LONGEST_QUOTE else clause
