"""Targets: figures and pledges that policy commits to; the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from kg.model.document import Document, Span
from kg.model.entities import Region
from kg.model.facts import Evidence, Fact, Position, Record, RecordContext, from_evidence

Change = Literal["level", "increase", "decrease", "growth"]
Commitment = Literal["", "binding", "expected"]


@dataclass(frozen=True, slots=True)
class Target(Fact):
    """A number that policy commits to, or a pledge without one (全覆盖, 清零).

    Attributes:
        id: the identifier, made of the document, the place and the figure.
        document: the identifier of the document.
        indicator: what is counted (绿色信贷余额).
        value: the number as the text has it, without bound and thousands separator (3000, 2—3); empty in a pledge.
        unit: the unit as the text has it, with its scale (亿元).
        evidence: the clause, from its deadline on where that stands not far before it.
        deadline: the year by which it is due, or empty.
        comparator: equal, at-least, at-most, about, times, full-coverage or cleared.
        baseline: the year it is compared with, or empty.
        baseline_value: where things stand (由30%提高到40%), with its unit where that differs, or empty.
        change: whether the figure is a level, an increase, a decrease or a growth rate.
        lower: the lower end of a range, in `quantity` where there is one; empty for a single number.
        upper: the upper end of a range, likewise.
        number: the number in `quantity` (300000000000 for 3000亿元), or empty.
        quantity: the local name of a unit of QUDT (CCY_CNY), or empty where the unit has no counterpart there.
        regions: the regions that the text sets it for by name.
        commitment: binding (约束性, 确保), expected (预期性, 力争), or empty where the text does not say.
        every: how often it is to be reached, as an ISO 8601 duration (每年 is P1Y), or empty.
    """

    kind: ClassVar[str] = "target"
    id: str
    document: str
    indicator: str
    value: str
    unit: str
    evidence: Evidence
    deadline: str = ""
    comparator: str = "equal"
    baseline: str = ""
    baseline_value: str = ""
    change: Change = "level"
    lower: str = ""
    upper: str = ""
    number: str = ""
    quantity: str = ""
    regions: tuple[Region, ...] = ()
    commitment: Commitment = ""
    every: str = ""

    @property
    def position(self) -> Position:
        """Where its evidence stands."""
        return from_evidence(self.evidence, self.kind, self.id)

    @property
    def like(self) -> str:
        """What is to be reached."""
        return self.indicator

    def quotes(self, _document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield the words that commit to it."""
        yield self.evidence.span, self.evidence.quote

    def record(self, context: RecordContext) -> Record:
        """Return the record, of the kind ``qualitative-target`` for a pledge without a figure."""
        return {
            "kind": self.kind if self.value else f"qualitative-{self.kind}",
            "document": context.extraction.document.path,
            "indicator": self.indicator,
            "value": self.value or None,
            "unit": self.unit or None,
            "deadline": self.deadline or None,
            "comparator": self.comparator,
            "baseline": self.baseline or None,
            "baseline_value": self.baseline_value or None,
            "change": self.change,
            "commitment": self.commitment or None,
            "every": self.every or None,
            "regions": [region.name for region in self.regions],
            "quote": self.evidence.quote,
            "start": self.evidence.span.start,
            "end": self.evidence.span.end,
        }

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count targets with a figure, and pledges without one."""
        yield "targets" if self.value else "qualitative targets", 1
