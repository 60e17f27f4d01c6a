"""Draws an action from a predicate: its instruments, for whom, where, and what is done; or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.actions import ActionStatus, Addressee, PolicyAction
from kg.extractors.actions.paragraph import Paragraph
from kg.extractors.actions.predicates import AddresseeFinder, Predicate, PredicateFinder
from kg.extractors.actions.subjects import Subject
from kg.extractors.reading import Reading
from kg.lexicons.acts import ActLexicon
from kg.model.document import Span, content_id
from kg.model.entities import Agency, Instrument, Mention, Region
from kg.model.facts import Evidence
from kg.text.patterns import any_folded

_MARK = re.compile("[,，;；:：]")
_CLAUSE_END = re.compile("[,:]")
# Characters of an object: what goes on longer is more than one thing, and the first is kept.
_SHORTEST_OBJECT, _LONGEST_OBJECT = 6, 60
_TRIM = " ,:;、。，：；“”\"'"


@dataclass(frozen=True, slots=True)
class ActionClause:
    """A clause with a predicate; spans count from the paragraph's beginning.

    Attributes:
        subject: who it is about.
        predicate: its verb.
        span: the clause, which runs on over clauses without a verb.
        leads: the phrases that lead up to it.
        actors: who acts.
        status: whether it is to be done or has been.
        explicit: whether the clause itself names who acts.
    """

    subject: Subject
    predicate: Predicate
    span: Span
    leads: Sequence[Span]
    actors: tuple[Agency, ...]
    status: ActionStatus
    explicit: bool


class ActionDrawer:
    """Draws actions from their clauses; made once for a lexicon."""

    def __init__(self, words: ActLexicon, predicates: PredicateFinder, addressees: AddresseeFinder) -> None:
        self._words, self._predicates, self._finder = words, predicates, addressees
        self._empty = frozenset(words.empty_objects)
        self._fronting = re.compile(any_folded(words.fronting))

    def actions(self, paragraph: Paragraph, clause: ActionClause) -> Iterator[PolicyAction]:
        """Yield the action that a clause tells of, if it bears enough to be worth telling."""
        first = clause.leads[0].start if clause.leads else clause.span.start
        if not paragraph.may_act(Span(first, clause.span.end)):
            return
        addressees = self._addressees(paragraph, clause)
        if not addressees:
            clause = replace(clause, span=_first_part(paragraph.text, clause))
        object_ = self._object(paragraph, clause, addressees)
        if not object_ or object_ in self._empty:
            return
        document, evidence = paragraph.reading.document.id, self._evidence(paragraph, clause)
        cue = paragraph.moved(clause.predicate.cue)
        action = PolicyAction(
            id=content_id("action", document, evidence.span.start, cue.start),
            document=document,
            actors=clause.actors,
            act=clause.predicate.act.id,
            cue=paragraph.words(clause.predicate.cue),
            status=clause.status,
            instruments=self._instruments(paragraph, clause),
            addressees=_quoted(paragraph, addressees),
            beneficiaries=_quoted(paragraph, self._beneficiaries(paragraph, clause, addressees)),
            regions=self._regions(paragraph, clause),
            object=object_,
            evidence=evidence,
        )
        if _says_enough(paragraph.reading, action, clause):
            yield action

    def _addressees(self, paragraph: Paragraph, clause: ActionClause) -> tuple[Addressee, ...]:
        """Return who is told: the subject that 要 do it, or those that the object opens with."""
        if clause.subject.duty is not None:
            return clause.subject.addressees
        start, end = clause.predicate.cue.end, clause.span.end
        pivots = self._predicates.pivots(paragraph.text, clause.predicate) and paragraph.may_name_group(start, end)
        return self._finder.at(paragraph.text, start, end) if pivots else ()

    def _beneficiaries(
        self, paragraph: Paragraph, clause: ActionClause, addressees: tuple[Addressee, ...]
    ) -> tuple[Addressee, ...]:
        """Return who gains, named in the clause or, where something is given, in a phrase before it (对企业，给予…)."""
        taken = {one.span for one in addressees}
        leads = reversed(clause.leads) if clause.predicate.act.needs_target else ()
        for span in (clause.span, *leads):
            if paragraph.may_name_group(span.start, span.end):
                gaining = self._finder.gaining(paragraph.text, span.start, span.end)
                if gaining:
                    return tuple(one for one in gaining if one.span not in taken)
        return ()

    def _object(self, paragraph: Paragraph, clause: ActionClause, addressees: tuple[Addressee, ...]) -> str:
        start = clause.predicate.cue.end
        if clause.predicate.act.fronted:
            start = clause.subject.end
        elif addressees and addressees[0].span.start >= start:
            start = addressees[-1].span.end
        words = paragraph.words(Span(start, clause.span.end)).strip(_TRIM)
        mark = _MARK.search(words, _SHORTEST_OBJECT) if len(words) > _LONGEST_OBJECT else None
        return words[: mark.start()].strip(_TRIM) if mark else words

    def _instruments(self, paragraph: Paragraph, clause: ActionClause) -> tuple[Instrument, ...]:
        """Return the instruments of the clause, and those that a phrase with 把 puts before it."""
        fronted = [span for span in clause.leads if self._fronting.search(paragraph.text, span.start, span.end)]
        spans = map(paragraph.moved, (*fronted, clause.span))
        named = (mention.refers_to for span in spans for mention in paragraph.reading.instruments.within(span))
        return tuple(dict.fromkeys(one for one in named if isinstance(one, Instrument)))

    def _regions(self, paragraph: Paragraph, clause: ActionClause) -> tuple[Region, ...]:
        """Return the regions of the clause, else those of the nearest phrase before it that names one."""
        for span in map(paragraph.moved, (clause.span, *reversed(clause.leads))):
            named = _regions_of(paragraph.reading.regions.within(span))
            if named:
                return named
        return ()

    def _evidence(self, paragraph: Paragraph, clause: ActionClause) -> Evidence:
        """Return the words of the clause without its numbers and blanks."""
        start, end = self._predicates.begins(paragraph.text, clause.span.start, clause.span.end), clause.span.end
        words = paragraph.words(Span(start, end)).rstrip()
        return Evidence(paragraph.reading.document.id, paragraph.moved(Span(start, start + len(words))), words)


def _says_enough(reading: Reading, action: PolicyAction, clause: ActionClause) -> bool:
    """Tell whether an action is worth telling.

    It bears an instrument or says for whom; in news a place, or the body itself as subject, will do. In news it has an
    actor; a policy is its issuer's even where no issuer was read.
    """
    bears = bool(action.instruments or action.addressees or action.beneficiaries)
    if reading.document.kind != "news":
        return bears
    placed = not clause.predicate.act.needs_target and bool(action.regions or clause.explicit)
    return bool(action.actors) and (bears or placed)


def _regions_of(mentions: Sequence[Mention]) -> tuple[Region, ...]:
    named = (mention.refers_to for mention in mentions)
    return tuple(dict.fromkeys(one for one in named if isinstance(one, Region)))


def _quoted(paragraph: Paragraph, addressees: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
    """Return addressees with the words and the places of the document, not of the hidden text."""
    return tuple(replace(one, surface=paragraph.words(one.span), span=paragraph.moved(one.span)) for one in addressees)


def _first_part(text: str, clause: ActionClause) -> Span:
    """Return a clause up to the first mark behind its verb."""
    end = _CLAUSE_END.search(text, clause.predicate.cue.end, clause.span.end)
    return Span(clause.span.start, end.start() if end else clause.span.end)
