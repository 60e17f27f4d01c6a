"""Clauses: who has which role, however a document says it; the clause itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model.document import Document, Span
from kg.model.entities import Participant
from kg.text.fold import fold

INTERPRETATION = "interpretation"
"""The form of a clause that assigns no task: it says who interprets the document."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its whole stretch with brackets, what it says, how it is said, and the task where a table names it."""

    span: Span
    participants: tuple[Participant, ...]
    form: str
    task: Span | None = None


@dataclass(frozen=True, slots=True)
class ParsedClause:
    """What a clause says.

    Attributes:
        participants: Who takes part, in the order of the text.
        form: How the roles are said: "suffix", "label", or "default" where the document alone says them.
        rejected: Words in it that are no body.
        credible: Whether one body at least is surely one of the state; a place alone, without any role word, is none.
        public: Whether it is more than a list of firms, schools and the like.
    """

    participants: tuple[Participant, ...]
    form: str
    rejected: tuple[str, ...] = ()
    credible: bool = True
    public: bool = True


def named(participants: Sequence[Participant], document: Document) -> tuple[Participant, ...]:
    """Write mentions and names as the document has them: they were read folded."""
    return tuple(_named(participant, document.quote(participant.span)) for participant in participants)


def _named(participant: Participant, words: str) -> Participant:
    """Give full-width forms back to a name that was read folded; traditional characters stay folded in it."""
    folded, name = fold(words), participant.body.name
    if folded == words:
        return replace(participant, mention=words)
    wide = "".join(was if now.isascii() else now for was, now in zip(words, folded, strict=True))
    shared = next((n for n in range(len(folded), 0, -1) if name.endswith(folded[-n:])), 0)
    written = name[: len(name) - shared] + wide[len(wide) - shared :] if shared else name
    return replace(participant, mention=words, body=replace(participant.body, name=written))
