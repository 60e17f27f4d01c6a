"""Citations: the documents that a document names; the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.model.document import CitationRelation, Document, Span, Work
from kg.model.facts import Evidence, Fact, Position, Record, RecordContext, from_evidence


@dataclass(frozen=True, slots=True)
class Citation(Fact):
    """The fact that a document names another, at one place.

    `title` is what stands inside 《》 (in full where the text has its short name), `number` the normalised 文号, one of
    them at least; `span` is where it is named, `evidence` the sentence around; `cue` the word of the relation, if any,
    verbatim; `issuer` the body that stands before the title; `date` the year of a revision (2020年修订),
    `type` the type of document that the title is one of, empty where there is none.
    """

    kind: ClassVar[str] = "citation"
    id: str
    document: str
    title: str
    number: str
    relation: CitationRelation
    cue: str
    evidence: Evidence
    span: Span
    work: Work
    issuer: str = ""
    date: str = ""
    type: str = ""

    @property
    def position(self) -> Position:
        """Where its sentence stands; several in one sentence in the order of the text."""
        return from_evidence(self.evidence, f"{self.kind}-{self.span.start:09}", self.id)

    @property
    def like(self) -> str:
        """The document that is cited."""
        return self.work.number or self.work.title

    def quotes(self, _document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield the sentence that names the document."""
        yield self.evidence.span, self.evidence.quote

    def record(self, context: RecordContext) -> Record:
        """Return the record; `at` is where the document is named, `cited` the document or its stub in the graph."""
        return {
            "kind": self.kind,
            "document": context.extraction.document.path,
            "title": self.title,
            "number": self.number or None,
            "issuer": self.issuer or None,
            "relation": self.relation.value,
            "cue": self.cue or None,
            "quote": self.evidence.quote,
            "start": self.evidence.span.start,
            "end": self.evidence.span.end,
            "at": [self.span.start, self.span.end],
            "cited": f"{context.base}document/{context.find_document(self.work)}",
        }

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count it."""
        yield "citations", 1
