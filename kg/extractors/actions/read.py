"""Walks through a document and finds its predicates: for each clause, who it is about and what it says they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extractors.actions.draw import ActionDrawer, Found
from kg.extractors.actions.paragraph import Paragraph
from kg.extractors.actions.places import Places
from kg.extractors.actions.predicates import Predicate
from kg.extractors.actions.status import Status
from kg.extractors.actions.subjects import Subject, SubjectReader
from kg.extractors.measures.tasks import is_idle
from kg.extractors.reading import Reading
from kg.extractors.sections.tree import section_at
from kg.model.types import ActionStatus, Agency, Block, PolicyAction, Span


def read_actions(reading: Reading) -> Iterator[PolicyAction]:
    """Yield the actions of a document in text order.

    A policy's are its issuer's, unless a clause names another body as its subject; those of news belong to the body
    that speaks or does, or that the title names. Companies, schools and experts that act or speak are no policy actors.
    """
    if reading.document.kind == "news" and reading.document.span.end < len(reading.document.text):
        return  # a page that prints a policy repeats its sentences
    drawn = ActionDrawer(reading)
    walk = _Walk(reading)
    for block in reading.document.blocks:
        if _sets_tasks(reading, block):
            paragraph = Paragraph.of(reading.document, block.span)
            for found in walk.through(paragraph):
                yield from drawn.actions(paragraph, found)


def _sets_tasks(reading: Reading, block: Block) -> bool:
    """Tell whether a block may tell of actions: no table, no heading, no goals and principles of a plan."""
    if block.kind != "paragraph":
        return False
    if reading.document.kind == "news":
        return not reading.reader.lexicons.announcements.is_ceremonial(reading.document.quote(block.span))
    section = section_at(reading.sections, block.span.start)
    return section is None or not is_idle(section)


class _Walk:
    """Goes through paragraphs and remembers, within each, who spoke and whether it reports."""

    def __init__(self, reading: Reading) -> None:
        self._predicates = reading.reader.predicates
        self._branches = reading.reader.lexicons.acts.branches
        self._names = Places((*reading.instruments, *reading.agencies))
        self._assigned = [clause.span for clause in reading.clauses if clause.form != "running"]
        self._subjects = SubjectReader(reading)
        self._statuses = Status(reading)
        self._default = _default_actors(reading)
        self._begin(None)

    def _begin(self, paragraph: Paragraph | None) -> None:
        """Forget the paragraph before: `_said` issued the document being told of, a stranger keeps what he says."""
        self._speaker = self._said = self._default
        self._strange = False
        self._status: ActionStatus = self._statuses.of_paragraph(paragraph) if paragraph else "announced"

    def through(self, paragraph: Paragraph) -> Iterator[Found]:
        """Yield the predicates of a paragraph."""
        self._begin(paragraph)
        for clauses in paragraph.sentences():
            yield from self._sentence(paragraph, clauses)

    def _sentence(self, paragraph: Paragraph, clauses: list[Span]) -> list[Found]:
        found: list[Found] = []
        leads: tuple[Span, ...] = ()
        resumes = bool(clauses) and self._subjects.resumes(paragraph, clauses[0])
        actors, foreign = self._said if resumes else self._speaker, self._strange
        for clause in clauses:
            subject = self._subjects.read(paragraph, clause)
            self._status = self._statuses.after(self._status, paragraph, clause)
            named = bool(subject.bodies) and not (subject.told and actors)
            if named:
                actors, foreign = self._named(paragraph, clause, subject), False
            elif subject.speaks:
                foreign = self._strange = subject.foreign or self._strange
            elif subject.foreign and subject.predicate is None:
                foreign = True
            predicate = None if foreign else self._predicate(paragraph, clause, subject)
            if predicate is None:
                leads = self._leads(paragraph, leads, clause, subject)
                found = _extended(found, clause, subject)
                continue
            how = self._statuses.of_clause(self._status, paragraph, clauses[0], predicate, clause)
            found.append(Found(subject, predicate, clause, leads, actors, how, named))
            leads, foreign = (), subject.foreign
        return found

    def _named(self, paragraph: Paragraph, clause: Span, subject: Subject) -> tuple[Agency, ...]:
        """Take the bodies of a subject for the actors, in this sentence and, unless it is about a document, on."""
        self._said = tuple(body for body in subject.bodies if body.kind in self._branches)
        self._speaker = self._speaker if paragraph.names_document(clause) else self._said
        self._strange = False
        return self._said

    def _predicate(self, paragraph: Paragraph, clause: Span, subject: Subject) -> Predicate | None:
        if subject.speaks:
            return None
        found = subject.predicate or self._predicates.find(paragraph.text[: clause.end], subject.end)
        return None if found is None or self._within_name(paragraph.moved(found.cue)) else found

    def _within_name(self, cue: Span) -> bool:
        """Tell whether a verb is part of a name, or of a clause that assigns."""
        return self._names.cover(cue) or any(span.contains(cue) for span in self._assigned)

    def _leads(self, paragraph: Paragraph, leads: tuple[Span, ...], clause: Span, subject: Subject) -> tuple[Span, ...]:
        """Return the phrases that lead up to the next predicate, with this clause where it is one."""
        if subject.speaks or subject.foreign:
            return ()
        phrase = self._predicates.is_phrase(paragraph.text[: clause.end], subject.end)
        return (*leads, clause) if phrase else leads


def _extended(found: list[Found], clause: Span, subject: Subject) -> list[Found]:
    """Let the last predicate run on over a clause of no verb, which may say what others are to do."""
    if not found or subject.foreign or subject.bodies or subject.speaks:
        return found
    last = found[-1]
    return [*found[:-1], replace(last, clause=Span(last.clause.start, clause.end))]


def _default_actors(reading: Reading) -> tuple[Agency, ...]:
    """Return whose actions a document's are: a policy's issuers, and in news the body that the title names."""
    if reading.document.kind == "policy":
        return reading.actors
    named = {m.refers_to.id for m in reading.reader.agencies.find(reading.document.title, reading.place)}
    return tuple(actor for actor in reading.actors if actor.id in named)
