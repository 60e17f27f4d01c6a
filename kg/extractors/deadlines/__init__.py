"""Deadlines: by when, or how often, a measure is due; the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.model.document import Document, Span
from kg.model.facts import Evidence, Fact, Position, Record, RecordContext, from_evidence


@dataclass(frozen=True, slots=True)
class Deadline(Fact):
    """By when, or how often, a measure is due (2025年底前完成, 每季度末, 长期坚持).

    Attributes:
        id: the identifier.
        document: the document that says so.
        measure: the measure that is due.
        precision: how much of a date the words give: date, month, year, period, recurrence, or none (长期坚持).
        start: the first day as an ISO date, where the words name one.
        end: the last day, included; without its year where nobody names that (--12 is every December); may be empty.
        every: how often it comes again, as an ISO 8601 duration (每季度 is P3M), or empty.
        words: the words that say so.
        span: where these stand.
        evidence: the sentence or the cell around them.
    """

    kind: ClassVar[str] = "deadline"
    id: str
    document: str
    measure: str
    precision: str
    start: str
    end: str
    every: str
    words: str
    span: Span
    evidence: Evidence

    @property
    def position(self) -> Position:
        """Where its sentence stands; several in one sentence in the order of the text."""
        return from_evidence(self.evidence, f"{self.kind}-{self.span.start:09}", self.id)

    @property
    def about(self) -> str:
        """The measure."""
        return self.measure

    def quotes(self, _document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield the sentence, and the words in it."""
        yield self.evidence.span, self.evidence.quote
        yield self.span, self.words

    def record(self, context: RecordContext) -> Record:
        """Return the record; `at` is where the words stand."""
        return {
            "kind": self.kind,
            "document": context.extraction.document.path,
            "measure": f"{context.base}measure/{self.measure}",
            "precision": self.precision,
            "from": self.start or None,
            "due": self.end or None,
            "every": self.every or None,
            "words": self.words,
            "quote": self.evidence.quote,
            "start": self.evidence.span.start,
            "end": self.evidence.span.end,
            "at": [self.span.start, self.span.end],
            "iri": f"{context.base}deadline/{self.id}",
        }

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count it."""
        yield "deadlines", 1
