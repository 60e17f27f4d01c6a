"""The duties of an office whose seat is said first: 领导小组办公室设在X，会同Y…，具体负责…."""

from __future__ import annotations

import re

from kg.extractors.clauses.bodies import Bodies, NamedBody
from kg.extractors.clauses.body_lists import ListReader
from kg.extractors.clauses.items import Item
from kg.extractors.clauses.parse import Assigned
from kg.extractors.clauses.role_patterns import RolePatterns
from kg.extractors.clauses.splitting import read_bodies
from kg.model.entities import Role
from kg.text.passage import Passage


class SeatReader:
    """Reads what an office with a seat has to do."""

    def __init__(self, patterns: RolePatterns, bodies: Bodies, lists: ListReader) -> None:
        self.patterns = patterns
        self.bodies = bodies
        self.lists = lists

    def read(self, sentence: Passage, opening: re.Match[str]) -> tuple[Passage, list[Assigned]] | None:
        """Read the clause that a role word opens behind a comma, where before it the sentence says an office's seat.

        Returns the clause, as far as its last role word, with what it assigns.
        """
        behind = sentence.behind(opening.start())
        if len(sentence.to(opening.start())) == 0 or not behind.follows(self.patterns.cues.tier):
            return None
        seat = sentence.to(opening.start()).search(self.patterns.seat)
        office = self._office(sentence.cut(*seat.span("office"))) if seat is not None else None
        if seat is None or office is None:
            return None
        assigned, end = self._assigned(office, sentence, opening)
        return (sentence.cut(seat.start("office"), end), assigned) if assigned else None

    def _assigned(self, office: NamedBody, sentence: Passage, opening: re.Match[str]) -> tuple[list[Assigned], int]:
        """Return what the office has to do: it leads its partners, and is responsible where a word of duty follows."""
        rest, wording = sentence.behind(opening.end()), opening.group()
        assigned: list[Assigned] = []
        if opening.group("joint"):
            partners = self.lists.behind(rest)
            assigned.append(Assigned(office, Role.LEAD, wording))
            assigned += [Assigned(body, Role.SUPPORT, wording) for body in partners.bodies] if partners else []
        duty = rest.search(self.patterns.seat_duty)
        if duty is not None:
            assigned.append(Assigned(office, Role.RESPONSIBLE, duty.group("duty")))
        elif opening.group("duty"):
            assigned.append(Assigned(office, Role.RESPONSIBLE, wording))
        return assigned, duty.end() if duty is not None else opening.end()

    def _office(self, passage: Passage) -> NamedBody | None:
        """Read the longest name at the end of the words before 设在."""
        for start in range(passage.start, passage.end - 2):
            if found := read_bodies(Item(passage.behind(start)), self.bodies):
                return found[0]
        return None
