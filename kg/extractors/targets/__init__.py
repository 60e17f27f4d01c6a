"""Targets: figures and pledges that policy commits to; the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from kg.model.document import Document, Span
from kg.model.entities import Region
from kg.model.facts import Evidence, Fact, Position, Record, RecordContext, from_evidence

Change = Literal["level", "increase", "decrease", "growth"]


@dataclass(frozen=True, slots=True)
class Target(Fact):
    """A number that policy commits to, or a pledge without one (全覆盖, 清零), whose `value` is empty.

    `deadline` and `baseline` are years or empty; `comparator` is equal, at-least, at-most, about, times,
    full-coverage or cleared. `value` and `unit` are those of the text (2—3 for a range); `quantity` is the
    local name of a unit of QUDT where there is one, and `number`, or `lower` and `upper` for a range, count in it:
    3000 亿元 are 300000000000 CCY_CNY.
    `baseline_value` is where things stand (由30%提高到40%), with its unit where that differs. `regions` are those the
    text sets the target for by name.
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

    @property
    def position(self) -> Position:
        """Where its evidence stands."""
        return from_evidence(self.evidence, self.kind, self.id)

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
            "regions": [region.name for region in self.regions],
            "quote": self.evidence.quote,
            "start": self.evidence.span.start,
            "end": self.evidence.span.end,
        }

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count targets with a figure, and pledges without one."""
        yield "targets" if self.value else "qualitative targets", 1
