"""Whether a clause tells of what is to be done or of what has been."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extractors.actions import ActionStatus
from kg.extractors.actions.paragraph import Paragraph
from kg.extractors.actions.predicates import Predicate
from kg.extractors.reading import Reading
from kg.lexicons.acts import ActLexicon
from kg.lexicons.announcements import Announcements
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_folded
from kg.text.spans import SpanIndex


class StatusReader:
    """Reads the status of actions; made once for the lexicons."""

    def __init__(self, words: ActLexicon, announcements: Announcements) -> None:
        self._announcements = announcements
        self._headings = re.compile(any_folded(words.report_headings))
        self._marks = tuple(map(fold, words.past_marks))
        self._future = re.compile(fold("|".join(words.future)))

    def of(self, reading: Reading) -> DocumentStatus:
        """Return what the status of actions depends on in one document."""
        heads = ((section, reading.fold_at(section.head)) for section in reading.sections)
        reports = (Span(section.head.end, section.span.end) for section, head in heads if self._headings.search(head))
        return DocumentStatus(reading.document.kind == "news", SpanIndex(reports, lambda span: span))

    def of_paragraph(self, document: DocumentStatus, paragraph: Paragraph) -> ActionStatus:
        """Return the status with which a paragraph begins."""
        past = document.news and self._announcements.reports_past(paragraph.words(Span(0, len(paragraph.text))))
        return "reported" if past or document.reports.covers(paragraph.span) else "announced"

    def after(self, status: ActionStatus, paragraph: Paragraph, clause: Span) -> ActionStatus:
        """Return the status from a clause on: a word of the future turns a report into an announcement."""
        future = status == "reported" and self._future.search(paragraph.text, clause.start, clause.end)
        return "announced" if future else status

    def of_clause(
        self,
        status: ActionStatus,
        document: DocumentStatus,
        paragraph: Paragraph,
        sentence: Span,
        predicate: Predicate,
        clause: Span,
    ) -> ActionStatus:
        """Return the status of one predicate: 已 or 累计 before it in its sentence, or 了 behind it, tells the past."""
        start = sentence.start if document.news else clause.start
        before = paragraph.tells_past(start, predicate.cue.start)
        return "reported" if before or paragraph.text.startswith(self._marks, predicate.cue.end) else status


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """What the status of actions depends on in one document: whether it is news, and the parts that report."""

    news: bool
    reports: SpanIndex[Span]
