"""A paragraph as actions are read from it: its hidden text, cut into sentences and these into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.actions.predicates import hide
from kg.model.types import Document, Span

_SENTENCE = re.compile(r"[^。!?;\n]+")
_TITLE = "《"
_CLAUSE = re.compile(r"[^,:]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` is folded, with titles, short quotes and brackets blotted out; spans within count from its beginning."""

    document: Document
    span: Span
    text: str

    @classmethod
    def of(cls, document: Document, span: Span) -> Paragraph:
        """Return the paragraph at `span`."""
        return cls(document, span, hide(document.quote(span)))

    def sentences(self) -> Iterator[list[Span]]:
        """Yield the clauses of each sentence."""
        for sentence in _SENTENCE.finditer(self.text):
            yield [Span(*match.span()) for match in _CLAUSE.finditer(self.text, *sentence.span())]

    def moved(self, span: Span) -> Span:
        """Return where a span of the paragraph stands in the document."""
        return Span(span.start + self.span.start, span.end + self.span.start)

    def names_document(self, span: Span) -> bool:
        """Tell whether a span holds a title in 《》."""
        return _TITLE in self.words(span)

    def words(self, span: Span) -> str:
        """Return the words at a span of the paragraph as the document has them."""
        return self.document.quote(self.moved(span))
