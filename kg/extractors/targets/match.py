"""What a found target is, and where a figure stands while it is judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extractors.targets import Change
from kg.extractors.targets.figures import Figure
from kg.extractors.targets.times import Deadline
from kg.model.document import Span

CLAUSE_MARK = re.compile(r"[，；。！？：,;:\n]")


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A figure, or a pledge without one (全覆盖), that policy commits to.

    `span` is the figure with its unit and bounds, `quote` reaches from the deadline or the clause's beginning to the
    clause's end, `sentence` is the sentence; all count from the paragraph's beginning. `value` has no bound and no
    thousands separator (2—3 for a range, with its ends in `lower` and `upper`) and is empty in a pledge; `unit`
    includes the scale (亿元); `deadline` and `baseline` are years or empty; `baseline_value` is the figure things
    stand at, with its unit where that differs. `fellows` counts the figures
    that 分别 hands out in this clause and `place` tells which of them this is.
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


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands: its sentence, its clause, the figure before it in the clause, what is due when.

    `listed` is where a figure of the same clause ends that is a target itself (600家企业和200家企业), or -1.
    `next` is where the next figure begins, or the clause ends. `told` says that the sentence belongs to a report.
    """

    text: str
    sentence: Span
    clause: Span
    deadline: Deadline
    listed: int
    next: int
    told: bool = False
    place: int = 0
    fellows: int = 1
    first: Figure | None = None

    def before(self, figure: Figure) -> str:
        """The clause as far as the number, with the word that bounds it."""
        return self.text[self.clause.start : figure.span.start] + figure.before


def words_at(text: str, span: Span) -> str:
    """Return the words at a span."""
    return text[span.start : span.end]


def clause_around(text: str, sentence: Span, figure: Span) -> Span:
    """The stretch between two commas, semicolons or colons around a figure."""
    start = sentence.start
    for mark in CLAUSE_MARK.finditer(text, sentence.start, figure.start):
        start = mark.end()
    end = CLAUSE_MARK.search(text, figure.end, sentence.end)
    return Span(start, end.start() if end else sentence.end)
