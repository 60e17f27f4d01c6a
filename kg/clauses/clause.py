"""A clause in a document, however it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.types import Document, Participant, Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its whole stretch with brackets, what it says, how it is said, and the task where a table names it."""

    span: Span
    participants: tuple[Participant, ...]
    form: str
    task: Span | None = None


def named(participants: Sequence[Participant], document: Document) -> tuple[Participant, ...]:
    """Write the mentions as the document has them, not folded."""
    return tuple(replace(participant, mention=document.quote(participant.span)) for participant in participants)
