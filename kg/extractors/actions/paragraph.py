"""The text of a document as actions are read from it, and one paragraph of it, cut into sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extractors.actions.predicates import hide
from kg.extractors.reading import Reading
from kg.model.document import Span
from kg.model.entities import Agency
from kg.text.patterns import Triggers, any_between

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
