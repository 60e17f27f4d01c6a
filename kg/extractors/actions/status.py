"""Whether a clause tells of what is to be done or of what has been."""

from __future__ import annotations

import re

from kg.extractors.actions.paragraph import Paragraph
from kg.extractors.actions.predicates import Predicate
from kg.extractors.reading import Reading
from kg.model.types import ActionStatus, Span
from kg.text.fold import fold
from kg.text.patterns import any_folded


class Status:
    """Reads the status of actions, compiled for one document."""

    def __init__(self, reading: Reading) -> None:
        words = reading.reader.lexicons.acts
        headings = re.compile(any_folded(words.report_headings))
        heads = ((section, reading.document.quote(section.head)) for section in reading.sections)
        self._reports = [Span(section.head.end, section.span.end) for section, head in heads if headings.search(head)]
        self._news = reading.document.kind == "news"
        self._announcements = reading.reader.lexicons.announcements
        self._past = re.compile(any_folded(words.past))
        self._marks = re.compile(any_folded(words.past_marks))
        self._future = re.compile(fold("|".join(words.future)))

    def of_paragraph(self, paragraph: Paragraph) -> ActionStatus:
        """Return the status with which a paragraph begins."""
        past = self._news and self._announcements.reports_past(paragraph.document.quote(paragraph.span))
        told = any(span.contains(paragraph.span) for span in self._reports)
        return "reported" if past or told else "announced"

    def after(self, status: ActionStatus, paragraph: Paragraph, clause: Span) -> ActionStatus:
        """Return the status from a clause on: a word of the future turns a report into an announcement."""
        return "announced" if self._future.search(paragraph.text, clause.start, clause.end) else status

    def of_clause(
        self, status: ActionStatus, paragraph: Paragraph, sentence: Span, predicate: Predicate, clause: Span
    ) -> ActionStatus:
        """Return the status of one predicate: 已 or 累计 before it in its sentence, or 了 behind it, tells the past."""
        start = sentence.start if self._news else clause.start
        before = self._past.search(paragraph.text, start, predicate.cue.start)
        behind = self._marks.match(paragraph.text, predicate.cue.end)
        return "reported" if before or behind else status
