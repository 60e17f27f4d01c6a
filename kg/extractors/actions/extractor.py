"""Actions: who announces, orders or does what, with which instruments, for whom and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extractors.actions import ActionStatus, PolicyAction
from kg.extractors.actions.draw import ActionClause, ActionDrawer
from kg.extractors.actions.paragraph import HiddenText, Paragraph, StatusReader
from kg.extractors.actions.predicates import AddresseeFinder, Predicate, PredicateFinder
from kg.extractors.actions.subjects import Subject, SubjectReader
from kg.extractors.measures.tasks import is_idle
from kg.extractors.reading import Reading
from kg.extractors.registry import ExtractorMaker, Find
from kg.lexicons import Lexicons
from kg.lexicons.acts import ActLexicon
from kg.lexicons.announcements import Announcements
from kg.model.document import Block, Span
from kg.model.entities import Agency
from kg.text.patterns import Triggers
from kg.text.spans import SpanIndex


class ActionReader:
    """Reads actions; made once from the words of acts and announcements."""

    def __init__(self, words: ActLexicon, announcements: Announcements) -> None:
        self.branches = frozenset(words.branches)
        self.announcements = announcements
        self.predicates = PredicateFinder(words)
        addressees = AddresseeFinder(words)
        self.subjects = SubjectReader(words, self.predicates, addressees)
        self.statuses = StatusReader(words, announcements)
        self._drawer = ActionDrawer(words, self.predicates, addressees)
        self._triggers = Triggers([self.predicates.cues, addressees.names, words.past])

    def read(self, reading: Reading) -> Iterator[PolicyAction]:
        """Yield the actions of a document in text order.

        A policy's are its issuer's, unless a clause names another body as its subject; those of news belong to the body
        that speaks or does, or that the title names. Companies, schools and experts that act or speak are no policy
        actors.
        """
        if reading.document.kind == "news" and reading.document.span.end < len(reading.document.text):
            return  # a page that prints a policy repeats its sentences
        hidden = HiddenText.of(reading, self._triggers)
        walk = _Walk(self, reading)
        for block in reading.document.blocks:
            if block.kind == "paragraph" and hidden.may_act(reading, block.span) and self._sets_tasks(reading, block):
                paragraph = Paragraph.of(reading, block.span, hidden)
                for clause in walk.through(paragraph):
                    yield from self._drawer.actions(paragraph, clause)

    def _sets_tasks(self, reading: Reading, block: Block) -> bool:
        """Tell whether a paragraph may tell of actions: not words for the occasion, nor goals and principles."""
        if reading.document.kind == "news":
            return not self.announcements.is_ceremonial(reading.document.quote(block.span))
        section = reading.tree.at(block.span.start)
        return section is None or not is_idle(section)


class _Walk:
    """Goes through the paragraphs of one document and remembers, within each, who spoke and whether it reports.

    Attributes:
        _issuer: who issued the document that is under discussion.
        _speaker: who acts where a clause names nobody.
        _outsider: whether a company or an expert is speaking, whose words are no policy.
        _status: whether what follows is to be done or has been.
    """

    def __init__(self, reader: ActionReader, reading: Reading) -> None:
        self._reader, self._status_of = reader, reader.statuses.of(reading)
        names = (mention.span for mentions in (reading.instruments, reading.agencies) for mention in mentions)
        self._names = SpanIndex(names, lambda span: span)
        assigned = (clause.span for clause in reading.clauses if clause.form != "running")
        self._assigned = SpanIndex(assigned, lambda span: span)
        self._default = _default_actors(reading)
        self._issuer = self._speaker = self._default
        self._outsider = False
        self._status: ActionStatus = "announced"

    def through(self, paragraph: Paragraph) -> Iterator[ActionClause]:
        """Yield the clauses of a paragraph that have a predicate."""
        self._issuer = self._speaker = self._default
        self._outsider = False
        self._status = self._reader.statuses.of_paragraph(self._status_of, paragraph)
        for clauses in paragraph.sentences():
            yield from self._sentence(paragraph, clauses)

    def _sentence(self, paragraph: Paragraph, clauses: list[Span]) -> list[ActionClause]:
        found: list[ActionClause] = []
        leads: list[Span] = []
        resumes = bool(clauses) and self._reader.subjects.resumes(paragraph, clauses[0])
        actors, outsider = self._issuer if resumes else self._speaker, self._outsider
        for clause in clauses:
            subject = self._reader.subjects.read(paragraph, clause)
            self._status = self._reader.statuses.after(self._status, paragraph, clause)
            named = bool(subject.bodies) and not (subject.obliged and actors)
            if named:
                actors, outsider = self._named(paragraph, clause, subject), False
            elif subject.speaks:
                outsider = self._outsider = subject.outsider or self._outsider
            elif subject.outsider and subject.duty is None:
                outsider = True
            predicate = None if outsider else self._predicate(paragraph, clause, subject)
            if predicate is None:
                if self._leads_up(paragraph, clause, subject):
                    leads.append(clause)
                elif subject.speaks or subject.outsider:
                    leads = []
                _extend(found, clause, subject)
                continue
            how = self._reader.statuses.of_clause(
                self._status, self._status_of, paragraph, clauses[0], predicate, clause
            )
            found.append(ActionClause(subject, predicate, clause, leads, actors, how, named))
            leads, outsider = [], subject.outsider
        return found

    def _named(self, paragraph: Paragraph, clause: Span, subject: Subject) -> tuple[Agency, ...]:
        """Take the bodies of a subject for the actors, in this sentence and, unless it is about a document, on."""
        self._issuer = tuple(body for body in subject.bodies if body.kind in self._reader.branches)
        self._speaker = self._speaker if paragraph.names_document(clause) else self._issuer
        self._outsider = False
        return self._issuer

    def _predicate(self, paragraph: Paragraph, clause: Span, subject: Subject) -> Predicate | None:
        if subject.speaks:
            return None
        found = subject.duty or subject.verb
        if found is None and subject.end > subject.start and paragraph.may_hold_verb(subject.end, clause.end):
            found = self._reader.predicates.find(paragraph.text, subject.end, clause.end)
        return None if found is None or self._within_name(paragraph.moved(found.cue)) else found

    def _within_name(self, cue: Span) -> bool:
        """Tell whether a verb is part of a name, or of a clause that assigns."""
        return self._names.covers(cue) or self._assigned.covers(cue)

    def _leads_up(self, paragraph: Paragraph, clause: Span, subject: Subject) -> bool:
        """Tell whether a clause without a predicate is a phrase that leads up to the next one."""
        if subject.speaks or subject.outsider:
            return False
        return self._reader.predicates.is_phrase(paragraph.text, subject.end, clause.end)


def _extend(found: list[ActionClause], clause: Span, subject: Subject) -> None:
    """Let the last predicate run on over a clause of no verb, which may say what others are to do."""
    if found and not (subject.outsider or subject.bodies or subject.speaks):
        found[-1] = replace(found[-1], span=Span(found[-1].span.start, clause.end))


def _default_actors(reading: Reading) -> tuple[Agency, ...]:
    """Return whose actions a document's are: a policy's issuers, and in news the body that the title names."""
    if reading.document.kind == "policy":
        return reading.actors
    titled = {body.id for body in reading.titled}
    return tuple(actor for actor in reading.actors if actor.id in titled)


def _make(lexicons: Lexicons) -> Find:
    return ActionReader(lexicons.acts, lexicons.announcements).read


EXTRACTOR = ExtractorMaker("actions", (PolicyAction,), _make)
