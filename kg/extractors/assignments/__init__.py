"""Assignments: who leads, supports or is responsible for a measure; the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.model.document import Document, Span
from kg.model.entities import Named, Participant, Resolution, path_of
from kg.model.facts import Evidence, Fact, Position, Record, RecordContext, from_evidence


@dataclass(frozen=True, slots=True)
class Assignment(Fact):
    """A clause that says who has to do a measure, with its participants in the order of the text."""

    kind: ClassVar[str] = "assignment"
    id: str
    document: str
    measure: str
    evidence: Evidence
    participants: tuple[Participant, ...]
    form: str

    @property
    def position(self) -> Position:
        """Where its clause stands."""
        return from_evidence(self.evidence, self.kind, self.id)

    @property
    def about(self) -> str:
        """The measure."""
        return self.measure

    def quotes(self, _document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield the clause, and the name of each participant."""
        yield self.evidence.span, self.evidence.quote
        yield from ((participant.span, participant.mention) for participant in self.participants)

    def record(self, context: RecordContext) -> Record:
        """Return the clause with its participants; `occurrence` counts the same words before it in the document."""
        document, span, quote = context.extraction.document, self.evidence.span, self.evidence.quote
        return {
            "kind": self.kind,
            "document": document.path,
            "quote": quote,
            "occurrence": document.text.count(quote, 0, span.start) + 1,
            "start": span.start,
            "end": span.end,
            "form": self.form,
            "measure": f"{context.base}measure/{self.measure}",
            "participants": [_participant(participant, context.base) for participant in self.participants],
        }

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count the clause, its participants by role, and the groups among them."""
        yield "clauses", 1
        for participant in self.participants:
            yield f"participants: {participant.role.value}", 1
        yield "participants: groups", sum(participant.group for participant in self.participants)

    def names(self) -> Iterator[tuple[Named, str, Resolution]]:
        """Yield the bodies that take part."""
        yield from ((one.body, one.mention, one.resolution) for one in self.participants)


def _participant(participant: Participant, base: str) -> Record:
    return {
        "role": participant.role.value,
        "mention": participant.mention,
        "resolved": participant.body.name,
        "group": participant.group,
        "raw": participant.raw,
        "resolution": participant.resolution.value,
        "confidence": participant.confidence,
        "start": participant.span.start,
        "end": participant.span.end,
        "iri": base + path_of(participant.body),
    }
