"""The duties of an office whose seat is told first: 领导小组办公室设在X，会同Y…，具体负责…."""

from __future__ import annotations

import re
from functools import cached_property

from kg.extractors.clauses.bodies import BodyReader, Listed
from kg.extractors.clauses.body_lists import ListReader
from kg.extractors.clauses.parse import Assigned, participants_of
from kg.extractors.regions.standpoint import Place
from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.model.entities import Participant, Role
from kg.text.patterns import any_folded


class SeatReader:
    """Reads what an office with a seat has to do."""

    def __init__(self, cues: Cues, bodies: BodyReader, lists: ListReader) -> None:
        self.cues = cues
        self.bodies = bodies
        self.lists = lists

    @cached_property
    def _seat(self) -> re.Pattern[str]:
        words = self.cues.words
        return re.compile(
            rf"(?P<office>[^{words.stops},]{{0,16}}(?:{any_folded(words.seat_offices)}))[^{words.stops},]{{0,16}}(?:{any_folded(words.seat_marks)})"
        )

    @cached_property
    def _duty(self) -> re.Pattern[str]:
        duties = any_folded(self.cues.words.role_words("prose", Role.RESPONSIBLE))
        return re.compile(rf",{self.cues.adverbials}(?P<duty>{duties})")

    def read(
        self, text: str, sentence: Span, match: re.Match[str], place: Place
    ) -> tuple[Span, tuple[Participant, ...]] | None:
        """Read the clause that a role word of the folded `text` opens, where an office's seat stands before it."""
        if match.start() == sentence.start or text[match.start() - 1] not in self.cues.tier:
            return None
        found = self._seat.search(text, sentence.start, match.start())
        if found is None:
            return None
        office = self._office_body(text, found, place)
        if office is None:
            return None
        duty = self._duty.search(text, match.end(), sentence.end)
        assigned = [Assigned(office, Role.LEAD, match.group())] if match.group("joint") else []
        end = match.end()
        if match.group("joint"):
            partners = self.lists.rightward(text, Span(match.end(), sentence.end), place)
            assigned += (
                [Assigned(listed, Role.SUPPORT, match.group()) for listed in partners.listed] if partners else []
            )
        if duty or match.group("duty"):
            assigned.append(Assigned(office, Role.RESPONSIBLE, duty.group("duty") if duty else match.group()))
            end = duty.end() if duty else end
        if not assigned:
            return None
        span = Span(found.start("office"), quote_end(text, sentence, end, self.cues))
        return span, tuple(participants_of(assigned, self.bodies, place, text))

    def _office_body(self, text: str, found: re.Match[str], place: Place) -> Listed | None:
        for start in range(found.start("office"), found.end("office") - 2):
            listed = self.bodies.read(text, Span(start, found.end("office")), 0, False, place)
            if listed:
                return listed[0]
        return None


def quote_end(text: str, sentence: Span, end: int, cues: Cues) -> int:
    """Return where a clause that reaches to `end` at least is at an end: before the next comma."""
    return next((at for at in range(end, sentence.end) if text[at] in cues.tier), sentence.end)
