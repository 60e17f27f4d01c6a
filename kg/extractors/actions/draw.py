"""Draws an action from a predicate: its instruments, for whom, where, and what is done; or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extractors.actions.paragraph import Paragraph
from kg.extractors.actions.places import Places
from kg.extractors.actions.predicates import Predicate
from kg.extractors.actions.subjects import Subject
from kg.extractors.reading import Reading
from kg.model.types import (
    ActionStatus,
    Addressee,
    Agency,
    Evidence,
    Instrument,
    PolicyAction,
    Region,
    Span,
    content_id,
)
from kg.text.patterns import any_folded

_MARK = re.compile("[,，;；:：]")
_SHORTEST_OBJECT, _LONGEST_OBJECT = (
    6,
    60,
)  # characters; what goes on longer is more than one thing, and the first is kept
_TRIM = " ,:;、。，：；“”\"'"


@dataclass(frozen=True, slots=True)
class Found:
    """A predicate with its clause and the phrases that lead up to it; spans count from the paragraph's beginning.

    `clause` runs on over clauses without a verb. `explicit` tells that the clause itself names who acts.
    """

    subject: Subject
    predicate: Predicate
    clause: Span
    leads: tuple[Span, ...]
    actors: tuple[Agency, ...]
    status: ActionStatus
    explicit: bool


class ActionDrawer:
    """Draws the actions of one document."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words = reading.reader.lexicons.acts
        self._finder = reading.reader.addressees
        self._news = reading.document.kind == "news"
        self._instruments_at = Places(reading.instruments)
        self._regions_at = Places(reading.regions)
        self._fronting = re.compile(any_folded(self._words.fronting))

    def actions(self, paragraph: Paragraph, found: Found) -> Iterator[PolicyAction]:
        """Yield the action that a predicate tells of, if it bears enough to be worth telling."""
        addressees = self._addressees(paragraph.text, found)
        if not addressees:
            found = replace(found, clause=_first_clause(paragraph.text, found))
        action = PolicyAction(
            id="",
            document=self._reading.document.id,
            actors=found.actors,
            act=found.predicate.act.id,
            cue=paragraph.words(found.predicate.cue),
            status=found.status,
            instruments=self._instruments(paragraph, found),
            addressees=_quoted(paragraph, addressees),
            beneficiaries=_quoted(paragraph, self._beneficiaries(paragraph.text, found, addressees)),
            regions=self._regions(paragraph, found),
            object=self._object(paragraph, found, addressees),
            evidence=self._evidence(paragraph, found),
        )
        if self._tells(action, found):
            cue = paragraph.moved(found.predicate.cue)
            yield replace(action, id=content_id("action", action.document, action.evidence.span.start, cue.start))

    def _tells(self, action: PolicyAction, found: Found) -> bool:
        """Tell whether an action is worth telling.

        It bears an instrument or says for whom; in news a place, or the body itself as subject, will do. In news it
        has an actor; a policy is its issuer's even where no issuer was read.
        """
        if not action.object or action.object in self._words.empty_objects:
            return False
        if not self._news:
            return bool(action.instruments or action.addressees or action.beneficiaries)
        placed = not found.predicate.act.whom and (action.regions or found.explicit)
        return bool(action.actors and (action.instruments or action.addressees or action.beneficiaries or placed))

    def _addressees(self, text: str, found: Found) -> tuple[Addressee, ...]:
        """Return who is told: the subject that 要 do it, or those that the object opens with."""
        if found.subject.predicate is not None:
            return found.subject.addressees
        pivots = self._reading.reader.predicates.pivots(text, found.predicate)
        return self._finder.at(text, found.predicate.cue.end, found.clause.end) if pivots else ()

    def _beneficiaries(self, text: str, found: Found, addressees: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
        """Return who gains, named in the clause or, where something is given, in a phrase before it (对企业，给予…)."""
        taken = {one.span for one in addressees}
        leads = reversed(found.leads) if found.predicate.act.whom else ()
        for span in (found.clause, *leads):
            gaining = self._finder.gaining(text, span.start, span.end)
            if gaining:
                return tuple(one for one in gaining if one.span not in taken)
        return ()

    def _object(self, paragraph: Paragraph, found: Found, addressees: tuple[Addressee, ...]) -> str:
        start = found.predicate.cue.end
        if found.predicate.act.fronted:
            start = found.subject.end
        elif addressees and addressees[0].span.start >= start:
            start = addressees[-1].span.end
        words = paragraph.words(Span(start, found.clause.end)).strip(_TRIM)
        mark = _MARK.search(words, _SHORTEST_OBJECT) if len(words) > _LONGEST_OBJECT else None
        return words[: mark.start()].strip(_TRIM) if mark else words

    def _instruments(self, paragraph: Paragraph, found: Found) -> tuple[Instrument, ...]:
        """Return the instruments of the clause, and those that a phrase with 把 puts before it."""
        fronted = [span for span in found.leads if self._fronting.search(paragraph.text, span.start, span.end)]
        spans = map(paragraph.moved, (*fronted, found.clause))
        named = (mention.refers_to for span in spans for mention in self._instruments_at.within(span))
        return tuple(dict.fromkeys(one for one in named if isinstance(one, Instrument)))

    def _regions(self, paragraph: Paragraph, found: Found) -> tuple[Region, ...]:
        """Return the regions of the clause, else those of the nearest phrase before it that names one."""
        for span in map(paragraph.moved, (found.clause, *reversed(found.leads))):
            named = (mention.refers_to for mention in self._regions_at.within(span))
            regions = tuple(dict.fromkeys(one for one in named if isinstance(one, Region)))
            if regions:
                return regions
        return ()

    def _evidence(self, paragraph: Paragraph, found: Found) -> Evidence:
        """Return the words of the clause without its numbers and blanks."""
        clause, document = found.clause, self._reading.document
        start = self._reading.reader.predicates.begins(paragraph.text[: clause.end], clause.start)
        place = paragraph.moved(Span(start, start + len(paragraph.words(Span(start, clause.end)).rstrip())))
        return Evidence(document.id, place, document.quote(place))


def _quoted(paragraph: Paragraph, addressees: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
    """Return addressees with the words and the places of the document, not of the hidden text."""
    return tuple(replace(one, surface=paragraph.words(one.span), span=paragraph.moved(one.span)) for one in addressees)


def _first_clause(text: str, found: Found) -> Span:
    end = re.compile("[,:]").search(text, found.predicate.cue.end, found.clause.end)
    return Span(found.clause.start, end.start() if end else found.clause.end)
