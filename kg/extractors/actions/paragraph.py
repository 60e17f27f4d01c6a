"""The text of a document as actions are read from it: paragraphs, sentences, clauses and their status.

The status of a clause says whether it tells of what is to be done or of what has been.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extractors.actions import ActionStatus
from kg.extractors.actions.predicates import Predicate, hide
from kg.extractors.reading import Reading
from kg.lexicons.acts import ActLexicon
from kg.lexicons.announcements import Announcements
from kg.model.document import Span
from kg.model.entities import Agency
from kg.text.fold import fold
from kg.text.patterns import Triggers, any_between, any_folded
from kg.text.spans import SpanIndex

_SENTENCE = re.compile(r"[^。!?;\n]+")
_TITLE = "《"
_CLAUSE = re.compile(r"[^,:]+")


@dataclass(frozen=True, slots=True)
class HiddenText:
    """A document's text, folded, with titles, short quotes and brackets blotted out, and where in it words end.

    Attributes:
        text: the text; offsets are those of the document.
        verbs: where words end without one of which there is no predicate, in text order.
        groups: where words end without one of which no addressee is named.
        past: where words end that say that something has been done.
    """

    text: str
    verbs: Sequence[int]
    groups: Sequence[int]
    past: Sequence[int]

    @classmethod
    def of(cls, reading: Reading, triggers: Triggers) -> HiddenText:
        """Return the hidden text of a document; `triggers` are made of the three sets of words, in this order."""
        text = hide(reading.folded)
        return cls(text, *triggers.ends(text))

    def may_act(self, reading: Reading, span: Span) -> bool:
        """Tell whether a span of the document may hold an action.

        None is without a verb; a policy's bear an instrument or say for whom they are, those of news need not.
        """
        if not any_between(self.verbs, span.start + 1, span.end + 1):
            return False
        named = any_between(self.groups, span.start + 1, span.end + 1) or reading.instruments.overlaps(span)
        return reading.document.kind == "news" or named


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body that a paragraph names, and where its name ends."""

    agency: Agency
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, in which places count from its beginning.

    Attributes:
        reading: the document it stands in.
        span: where it stands there.
        hidden: the hidden text of the document.
        text: the part of it that is the paragraph's.
        bodies: the bodies it names, by where their names begin.
        regions: where the names of regions end, by where they begin.
    """

    reading: Reading
    span: Span
    hidden: HiddenText
    text: str
    bodies: Mapping[int, NamedBody]
    regions: Mapping[int, int]

    @classmethod
    def of(cls, reading: Reading, span: Span, hidden: HiddenText) -> Paragraph:
        """Return the paragraph at `span`."""
        by = span.start
        bodies = {
            mention.span.start - by: NamedBody(mention.refers_to, mention.span.end - by)
            for mention in reading.agencies.within(span)
            if isinstance(mention.refers_to, Agency)
        }
        regions = {mention.span.start - by: mention.span.end - by for mention in reading.regions.within(span)}
        return cls(reading, span, hidden, hidden.text[by : span.end], bodies, regions)

    def sentences(self) -> Iterator[list[Span]]:
        """Yield the clauses of each sentence, up to the last that may hold an action."""
        for sentence in _SENTENCE.finditer(self.text):
            if not self.may_act(Span(sentence.start(), len(self.text))):
                return
            yield [Span(*match.span()) for match in _CLAUSE.finditer(self.text, *sentence.span())]

    def may_act(self, span: Span) -> bool:
        """Tell whether a span may hold an action."""
        return self.hidden.may_act(self.reading, self.moved(span))

    def may_hold_verb(self, start: int, end: int) -> bool:
        """Tell whether a word stands between `start` and `end` without which there is no predicate."""
        return self._holds(self.hidden.verbs, start, end)

    def may_name_group(self, start: int, end: int) -> bool:
        """Tell whether a word stands between `start` and `end` without which no addressee is named."""
        return self._holds(self.hidden.groups, start, end)

    def tells_past(self, start: int, end: int) -> bool:
        """Tell whether a word stands between `start` and `end` that says that something has been done."""
        return self._holds(self.hidden.past, start, end)

    def _holds(self, ends: Sequence[int], start: int, end: int) -> bool:
        by = self.span.start + 1
        return any_between(ends, start + by, end + by)

    def bodies_in(self, span: Span) -> Iterator[int]:
        """Yield where the names of bodies begin in a span, in text order."""
        return (at for at in range(span.start, span.end) if at in self.bodies)

    def moved(self, span: Span) -> Span:
        """Return where a span of the paragraph stands in the document."""
        return Span(span.start + self.span.start, span.end + self.span.start)

    def names_document(self, span: Span) -> bool:
        """Tell whether a span holds a title in 《》."""
        return _TITLE in self.words(span)

    def words(self, span: Span) -> str:
        """Return the words at a span of the paragraph as the document has them."""
        by = self.span.start
        return self.reading.document.text[span.start + by : span.end + by]


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
