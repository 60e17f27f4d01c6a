"""Who a clause is about: a body, a group that is told to do something, somebody else, or whoever spoke before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extractors.actions.paragraph import Paragraph
from kg.extractors.actions.predicates import HIDDEN, Predicate
from kg.extractors.reading import Reading
from kg.model.types import Addressee, Agency, Span
from kg.text.fold import fold
from kg.text.patterns import any_folded


@dataclass(frozen=True, slots=True)
class Subject:
    """What opens a clause: `bodies`, or `addressees` told to act as `predicate` says, or somebody `foreign`.

    `end` is where the predicate is looked for. `speaks` is set where the clause only tells who says what follows,
    `told` where the bodies are said to have to do it (市科技局要…), which is not their own order.
    """

    end: int
    bodies: tuple[Agency, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    predicate: Predicate | None = None
    foreign: bool = False
    speaks: bool = False
    told: bool = False


class SubjectReader:
    """Reads the subjects of one document's clauses."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        words = reading.reader.lexicons.acts
        self._bodies = {mention.span.start: mention for mention in self.reading.agencies}
        self._places = {mention.span.start: mention.span for mention in self.reading.regions}
        self._joins = re.compile(f"(?:{any_folded(words.joins)})")
        self._speech = re.compile(f"(?:{any_folded(words.speech)})$")
        self._speakers = re.compile(f"{any_folded(words.speakers)}")
        self._persons = re.compile(any_folded(words.persons))
        self._marks = re.compile(fold("|".join(words.subject_marks)))
        self._told = re.compile(any_folded(words.told))
        self._attributive = re.compile(any_folded(words.attributives))
        self._sources = re.compile(f"(?:{any_folded(words.sources)})$")

    def read(self, paragraph: Paragraph, clause: Span) -> Subject:
        """Return the subject of a clause."""
        finder = self.reading.reader.predicates
        start = finder.begins(paragraph.text[: clause.end], clause.start)
        return (
            self._body(paragraph, clause, start)
            or self._speech_of(paragraph, clause)
            or self._group(paragraph, clause, start)
            or self._stranger(paragraph, clause, start)
            or Subject(start)
        )

    def resumes(self, paragraph: Paragraph, clause: Span) -> bool:
        """Tell whether a clause goes on with what somebody has issued or said (《通知》明确, 会议要求)."""
        start = self.reading.reader.predicates.begins(paragraph.text[: clause.end], clause.start)
        opens = paragraph.text[start : clause.end]
        return opens.startswith(HIDDEN) or bool(self._speakers.match(opens))

    def _body(self, paragraph: Paragraph, clause: Span, start: int) -> Subject | None:
        bodies, end = self._run(paragraph, clause, start)
        if not bodies or self._attributive.match(paragraph.text, end, clause.end):
            return None
        speaks = bool(self._speech.search(paragraph.text, end, clause.end))
        told = bool(self._told.match(paragraph.text, end, clause.end))
        return Subject(end, bodies, speaks=speaks, told=told)

    def _run(self, paragraph: Paragraph, clause: Span, start: int) -> tuple[tuple[Agency, ...], int]:
        """Return the bodies listed from `start` on, and where their list ends."""
        bodies: list[Agency] = []
        end = at = start
        while (mention := self._bodies.get(at + paragraph.span.start)) and at < clause.end:
            if not isinstance(mention.refers_to, Agency):
                break
            bodies.append(mention.refers_to)
            end = mention.span.end - paragraph.span.start
            join = self._joins.match(paragraph.text, end, clause.end)
            at = join.end() if join else -1
        return tuple(dict.fromkeys(bodies)), end

    def _speech_of(self, paragraph: Paragraph, clause: Span) -> Subject | None:
        """Return who is quoted by a clause that ends in 表示 or 获悉: a body that it names as source, or a stranger."""
        if not self._speech.search(paragraph.text, clause.start, clause.end):
            return None
        for at, mention in self._bodies.items():
            place = at - paragraph.span.start
            if clause.start < place < clause.end and self._sources.search(paragraph.text, clause.start, place):
                bodies = (mention.refers_to,) if isinstance(mention.refers_to, Agency) else ()
                return Subject(clause.end, bodies, speaks=True)
        known = self._speakers.search(paragraph.text, clause.start, clause.end)
        return Subject(clause.end, speaks=True, foreign=not known)

    def _group(self, paragraph: Paragraph, clause: Span, start: int) -> Subject | None:
        """Return the group a clause opens with; what it does by itself is no policy, what it is told to do is."""
        reader = self.reading.reader
        place = self._places.get(start + paragraph.span.start)
        begin = place.end - paragraph.span.start if place else start
        addressees, end = reader.addressees.subject(paragraph.text, begin, clause.end)
        if not addressees:
            return None
        ordered = not reader.addressees.public(addressees)  # what public bodies 要 do is for assignments to say
        predicate = reader.predicates.told(paragraph.text[: clause.end], end) if ordered else None
        return Subject(end, addressees=addressees, predicate=predicate, foreign=True)

    def _stranger(self, paragraph: Paragraph, clause: Span, start: int) -> Subject | None:
        """Tell a subject that is no known body (某集团将…) from adverbs and from a place or an office that speaks."""
        finder, text = self.reading.reader.predicates, paragraph.text[: clause.end]
        if finder.find(text, start):
            return None
        mark = self._marks.search(text, finder.leads(text, start))
        if mark is None or finder.find(text, mark.start()) is None:
            return None
        place = self._places.get(start + paragraph.span.start)
        ours = place is not None and place.end - paragraph.span.start == mark.start()
        named = self._speakers.match(text, start)
        return Subject(mark.start() if ours or named else clause.end, foreign=not (ours or named))
