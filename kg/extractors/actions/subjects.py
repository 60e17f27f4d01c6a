"""Who a clause is about: a body, a group that is told to do something, somebody else, or whoever spoke before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extractors.actions import Addressee
from kg.extractors.actions.paragraph import Paragraph
from kg.extractors.actions.predicates import HIDDEN, AddresseeFinder, Predicate, PredicateFinder
from kg.lexicons.acts import ActLexicon
from kg.model.document import Span
from kg.model.entities import Agency
from kg.text.fold import fold
from kg.text.patterns import any_folded


@dataclass(frozen=True, slots=True)
class Subject:
    """What opens a clause.

    Attributes:
        start: where the clause begins behind its numbers, dates and links.
        end: where the subject ends and the predicate is looked for.
        bodies: the bodies that the clause is about.
        addressees: those who are told to act, as `duty` says.
        duty: what says so: 要 of 银行机构要….
        verb: the predicate where it has been met already.
        outsider: whether somebody acts who is no body of the state.
        speaks: whether the clause only tells who says what follows.
        obliged: whether the bodies are said to have to act (市科技局要…), which is not their own order.
    """

    start: int
    end: int
    bodies: tuple[Agency, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    duty: Predicate | None = None
    verb: Predicate | None = None
    outsider: bool = False
    speaks: bool = False
    obliged: bool = False


class SubjectReader:
    """Reads the subjects of clauses; made once for a lexicon."""

    def __init__(self, words: ActLexicon, predicates: PredicateFinder, addressees: AddresseeFinder) -> None:
        self._predicates, self._addressees = predicates, addressees
        self._joins = re.compile(any_folded(words.joins))
        self._speech = tuple(map(fold, words.speech))
        self._sources = tuple(map(fold, words.sources))
        self._obliging = tuple(map(fold, words.obliging))
        self._attributive = tuple(map(fold, words.attributives))
        self._speakers = re.compile(any_folded(words.speakers))
        self._marks = re.compile(fold("|".join(words.subject_marks)))

    def read(self, paragraph: Paragraph, clause: Span) -> Subject:
        """Return the subject of a clause."""
        start = self._predicates.begins(paragraph.text, clause.start, clause.end)
        return (
            self._body(paragraph, clause, start)
            or self._quoted(paragraph, clause, start)
            or self._group(paragraph, clause, start)
            or self._unlisted(paragraph, clause, start)
        )

    def resumes(self, paragraph: Paragraph, clause: Span) -> bool:
        """Tell whether a clause goes on with what somebody has issued or said (《通知》明确, 会议要求)."""
        start = self._predicates.begins(paragraph.text, clause.start, clause.end)
        return paragraph.text.startswith(HIDDEN, start, clause.end) or bool(
            self._speakers.match(paragraph.text, start, clause.end)
        )

    def _body(self, paragraph: Paragraph, clause: Span, start: int) -> Subject | None:
        bodies, end = self._listed(paragraph, clause, start)
        text = paragraph.text
        if not bodies or text.startswith(self._attributive, end, clause.end):
            return None
        speaks = text.endswith(self._speech, end, clause.end)
        return Subject(start, end, bodies, speaks=speaks, obliged=text.startswith(self._obliging, end, clause.end))

    def _listed(self, paragraph: Paragraph, clause: Span, start: int) -> tuple[tuple[Agency, ...], int]:
        """Return the bodies listed from `start` on, and where their list ends."""
        bodies: list[Agency] = []
        end = at = start
        while at < clause.end and (body := paragraph.bodies.get(at)):
            bodies.append(body.agency)
            end = body.end
            join = self._joins.match(paragraph.text, end, clause.end)
            at = join.end() if join else clause.end
        return tuple(dict.fromkeys(bodies)), end

    def _quoted(self, paragraph: Paragraph, clause: Span, start: int) -> Subject | None:
        """Return who is quoted by a clause that ends in 表示 or 获悉: a body that it names as source, or a stranger."""
        text = paragraph.text
        if not text.endswith(self._speech, clause.start, clause.end):
            return None
        for at in paragraph.bodies_in(clause):
            if clause.start < at and text.endswith(self._sources, clause.start, at):
                return Subject(start, clause.end, (paragraph.bodies[at].agency,), speaks=True)
        known = self._speakers.search(text, clause.start, clause.end)
        return Subject(start, clause.end, speaks=True, outsider=not known)

    def _group(self, paragraph: Paragraph, clause: Span, start: int) -> Subject | None:
        """Return the group a clause opens with; what it does by itself is no policy, what it is told to do is."""
        begin = paragraph.regions.get(start, start)
        if not paragraph.may_name_group(begin, clause.end):
            return None
        addressees, end = self._addressees.subject(paragraph.text, begin, clause.end)
        if not addressees:
            return None
        ordered = not self._addressees.public(addressees)  # what public bodies 要 do is for assignments to say
        duty = self._predicates.obligation(paragraph.text, end, clause.end) if ordered else None
        return Subject(start, end, addressees=addressees, duty=duty, outsider=True)

    def _unlisted(self, paragraph: Paragraph, clause: Span, start: int) -> Subject:
        """Tell a subject that is no known body (某集团将…) from adverbs and from a place or an office that speaks."""
        finder, text = self._predicates, paragraph.text
        if not paragraph.may_hold_verb(start, clause.end):
            return Subject(start, start)
        verb = finder.find(text, start, clause.end)
        if verb is not None:
            return Subject(start, start, verb=verb)
        mark = self._marks.search(text, finder.leads(text, start, clause.end), clause.end)
        verb = finder.find(text, mark.start(), clause.end) if mark else None
        if mark is None or verb is None:
            return Subject(start, start)
        ours = paragraph.regions.get(start) == mark.start() or self._speakers.match(text, start, clause.end)
        if ours:
            return Subject(start, mark.start(), verb=verb)
        return Subject(start, clause.end, outsider=True)
