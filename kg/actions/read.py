"""Reads the actions of a document: the predicate of each clause, and who, with what, for whom and where around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.actions.paragraph import Paragraph
from kg.actions.status import Status
from kg.actions.subjects import Subject, SubjectReader
from kg.mentions.predicates import Predicate
from kg.reading import Reading
from kg.sections import section_at
from kg.tasks import is_idle
from kg.types import (
    Addressee,
    Agency,
    Block,
    Evidence,
    Instrument,
    PolicyAction,
    Region,
    Span,
    content_id,
)

_TRIM = " ,:;、。，：；“”\"'"


@dataclass(frozen=True, slots=True)
class _Found:
    """A predicate with its clause, the phrases that lead up to it, and who acts; spans count from the paragraph."""

    subject: Subject
    predicate: Predicate
    clause: Span
    leads: tuple[Span, ...]
    actors: tuple[Agency, ...]
    status: str
    explicit: bool


def read_actions(reading: Reading) -> Iterator[PolicyAction]:
    """Yield the actions of a document in text order.

    A policy's are its issuer's, unless a clause names another body as its subject; those of news belong to the body
    that speaks or does, or that the title names. Companies, schools and experts that act or speak are no policy actors.
    """
    if reading.document.kind == "news" and reading.document.span.end < len(reading.document.text):
        return  # a page that prints a policy repeats its sentences
    yield from _Reader(reading).actions()


class _Reader:
    """What is compiled once for a document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = reading.reader.lexicons.acts
        self.subjects = SubjectReader(reading)
        self.status = Status(reading)
        self.default = _default_actors(reading)

    def actions(self) -> Iterator[PolicyAction]:
        for block in self.reading.document.blocks:
            if self._speaks(block):
                yield from self._in_paragraph(Paragraph.of(self.reading.document, block.span))

    def _speaks(self, block: Block) -> bool:
        """Tell whether a block sets or tells of tasks: no table, no heading, no goals and principles of a plan."""
        if block.kind != "paragraph":
            return False
        if self.reading.document.kind == "news":
            words = self.reading.reader.lexicons.announcements
            return not words.is_ceremonial(self.reading.document.quote(block.span))
        section = section_at(self.reading.sections, block.span.start)
        return section is None or not is_idle(section)

    def _in_paragraph(self, paragraph: Paragraph) -> Iterator[PolicyAction]:
        """Yield the actions of a paragraph; a stranger who speaks in it (某银行行长表示) keeps it to its end."""
        speaker, strange = self.default, False
        said = speaker
        status = self.status.of_paragraph(paragraph)
        for clauses in paragraph.sentences():
            found: list[_Found] = []
            leads: tuple[Span, ...] = ()
            actors = said if clauses and self.subjects.resumes(paragraph, clauses[0]) else speaker
            foreign, explicit = strange, False
            for clause in clauses:
                subject = self.subjects.read(paragraph, clause)
                status = self.status.after(status, paragraph, clause)
                if subject.bodies and not (subject.told and actors):
                    actors, explicit, foreign, strange = self._ours(subject.bodies), True, False, False
                    said = actors
                    speaker = speaker if self._issues(paragraph, clause) else actors
                elif subject.speaks:
                    foreign = strange = subject.foreign or strange
                elif subject.foreign and subject.predicate is None:
                    foreign = True
                predicate = None if foreign else self._predicate(paragraph, clause, subject)
                if predicate is None:
                    leads = self._leads(paragraph, leads, clause, subject)
                    found = self._extended(found, clause, subject)
                    continue
                own = explicit and bool(subject.bodies)
                how = self.status.of_clause(status, paragraph, clauses[0], predicate, clause)
                found.append(_Found(subject, predicate, clause, leads, actors, how, own))
                leads, foreign = (), subject.foreign
            yield from self._kept(paragraph, found)

    def _issues(self, paragraph: Paragraph, clause: Span) -> bool:
        """Tell whether a clause is about a document, whose words follow, and not about its body's further deeds."""
        return "《" in paragraph.words(clause)

    def _leads(
        self, paragraph: Paragraph, leads: tuple[Span, ...], clause: Span, subject: Subject
    ) -> tuple[Span, ...]:
        """Return the phrases that lead up to the next predicate, with this clause where it is one."""
        if subject.speaks or subject.foreign:
            return ()
        phrase = self.reading.reader.predicates.is_phrase(paragraph.text[: clause.end], subject.end)
        return (*leads, clause) if phrase else leads

    def _ours(self, bodies: tuple[Agency, ...]) -> tuple[Agency, ...]:
        return tuple(body for body in bodies if body.kind in self.words.branches)

    def _predicate(self, paragraph: Paragraph, clause: Span, subject: Subject) -> Predicate | None:
        if subject.speaks:
            return None
        found = subject.predicate or self.reading.reader.predicates.find(paragraph.text[: clause.end], subject.end)
        if found is None or self._within_name(paragraph.moved(found.cue)):
            return None
        return found

    def _within_name(self, cue: Span) -> bool:
        return any(m.span.contains(cue) for m in (*self.reading.instruments, *self.reading.agencies)) or any(
            clause.span.contains(cue) for clause in self.reading.clauses if clause.form != "running"
        )

    def _extended(self, found: list[_Found], clause: Span, subject: Subject) -> list[_Found]:
        """Let an action that others are to take run on over the clauses that say what they are to do."""
        if not found or subject.foreign or subject.bodies or subject.speaks:
            return found
        last = found[-1]
        return [*found[:-1], replace(last, clause=Span(last.clause.start, clause.end))]

    def _kept(self, paragraph: Paragraph, found: Sequence[_Found]) -> Iterator[PolicyAction]:
        for one in found:
            action = self._action(paragraph, one)
            if action is not None:
                yield action

    def _action(self, paragraph: Paragraph, found: _Found) -> PolicyAction | None:
        text, cue = paragraph.text, found.predicate.cue
        addressees = self._addressees(text, found)
        if not addressees:
            found = replace(found, clause=_first_clause(text, found))
        clause = found.clause
        beneficiaries = self._beneficiaries(text, found, addressees)
        done = self._object(paragraph, found, addressees)
        instruments = self._instruments(paragraph, found)
        regions = self._regions(paragraph, found)
        news = self.reading.document.kind == "news"
        bears = instruments or addressees or beneficiaries
        bears = bears or (news and not found.predicate.act.whom and (regions or found.explicit))
        if not (bears and (found.actors or not news)) or not done or done in self.words.empty_objects:
            return None
        place = self._trimmed(paragraph, clause)
        document = self.reading.document
        return PolicyAction(
            id=content_id("action", document.id, place.start, cue.start + paragraph.span.start),
            document=document.id,
            actors=found.actors,
            act=found.predicate.act.id,
            cue=paragraph.words(cue),
            status="reported" if found.status == "reported" else "announced",
            instruments=instruments,
            addressees=tuple(self._quoted(paragraph, one) for one in addressees),
            beneficiaries=tuple(self._quoted(paragraph, one) for one in beneficiaries),
            regions=regions,
            object=done,
            evidence=Evidence(document.id, place, document.quote(place)),
        )

    def _addressees(self, text: str, found: _Found) -> tuple[Addressee, ...]:
        """Return who is told: the subject that 要 do it, or those that the object opens with."""
        if found.subject.predicate is not None:
            return found.subject.addressees
        finder = self.reading.reader.addressees
        pivots = self.reading.reader.predicates.pivots(text, found.predicate)
        return finder.at(text, found.predicate.cue.end, found.clause.end) if pivots else ()

    def _beneficiaries(self, text: str, found: _Found, addressees: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
        finder = self.reading.reader.addressees
        taken = {one.span for one in addressees}
        here = finder.gaining(text, found.clause.start, found.clause.end)
        for lead in reversed(found.leads if found.predicate.act.whom else ()):
            here = here or finder.gaining(text, lead.start, lead.end)
        return tuple(one for one in here if one.span not in taken)

    def _object(self, paragraph: Paragraph, found: _Found, addressees: tuple[Addressee, ...]) -> str:
        start = found.predicate.cue.end
        if found.predicate.act.fronted:
            start = found.subject.end
        elif addressees and addressees[0].span.start >= start:
            start = addressees[-1].span.end
        return paragraph.words(Span(start, found.clause.end)).strip(_TRIM)

    def _instruments(self, paragraph: Paragraph, found: _Found) -> tuple[Instrument, ...]:
        """Return the instruments of the clause, and those that a phrase with 把 puts before it."""
        spans = [found.clause, *(lead for lead in found.leads if self._fronts(paragraph, lead))]
        return tuple(
            dict.fromkeys(
                m.refers_to
                for m in self.reading.instruments
                if isinstance(m.refers_to, Instrument) and any(paragraph.moved(span).contains(m.span) for span in spans)
            )
        )

    def _fronts(self, paragraph: Paragraph, lead: Span) -> bool:
        text = paragraph.text[lead.start : lead.end]
        return any(word in text for word in self.words.fronting)

    def _regions(self, paragraph: Paragraph, found: _Found) -> tuple[Region, ...]:
        """Return the regions of the clause, else those of the nearest phrase before it that names one."""
        for span in (found.clause, *reversed(found.leads)):
            moved = paragraph.moved(span)
            named = (m.refers_to for m in self.reading.regions if moved.contains(m.span))
            regions = tuple(dict.fromkeys(region for region in named if isinstance(region, Region)))
            if regions:
                return regions
        return ()

    def _trimmed(self, paragraph: Paragraph, clause: Span) -> Span:
        """Return where a clause stands in the document, without its numbers and blanks."""
        words = paragraph.words(clause)
        start = self.reading.reader.predicates.begins(paragraph.text[: clause.end], clause.start)
        return paragraph.moved(Span(start, clause.end - (len(words) - len(words.rstrip()))))

    def _quoted(self, paragraph: Paragraph, one: Addressee) -> Addressee:
        return replace(one, surface=paragraph.words(one.span), span=paragraph.moved(one.span))


def _first_clause(text: str, found: _Found) -> Span:
    end = next((at for at in range(found.predicate.cue.end, found.clause.end) if text[at] in ",:"), found.clause.end)
    return Span(found.clause.start, end)


def _default_actors(reading: Reading) -> tuple[Agency, ...]:
    """Return whose actions a document's are: a policy's issuers, and in news the body that the title names."""
    if reading.document.kind == "policy":
        return reading.actors
    named = {m.refers_to.id for m in reading.reader.agencies.find(reading.document.title, reading.place)}
    return tuple(actor for actor in reading.actors if actor.id in named)
