"""Clauses in running text: 由X牵头，Y、Z参加 · X会同Y制定 · 日常工作由X负责 · 国家能源局负责….

Lists are read outwards from the role word: to the left as far as bodies go, to the right as the next role word allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extractors.clauses.bodies import BodyReader, Listed
from kg.extractors.clauses.body_lists import Found, ListReader
from kg.extractors.clauses.items import cut_items
from kg.extractors.clauses.office_seats import SeatReader, quote_end
from kg.extractors.clauses.parse import Assigned, participants_of
from kg.extractors.clauses.role_patterns import Triggers, sentence_at
from kg.extractors.regions.standpoint import Place
from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.model.entities import Participant, Role
from kg.text.spans import SpanIndex


class RunningReader:
    """Finds clauses in sentences."""

    def __init__(self, cues: Cues, bodies: BodyReader) -> None:
        self.cues = cues
        self.bodies = bodies
        self.triggers = Triggers(cues)
        self.lists = ListReader(cues, bodies)
        self.seats = SeatReader(cues, bodies, self.lists)

    def find(
        self, text: str, span: Span, taken: Sequence[Span], place: Place
    ) -> Iterator[tuple[Span, tuple[Participant, ...]]]:
        """Yield the running clauses of a paragraph, outside the stretches that are `taken`."""
        at, elsewhere = span.start, SpanIndex(taken, lambda span: span)
        while (match := self.triggers.opening.search(text, at, span.end)) is not None:
            at = match.end()
            if elsewhere.overlaps(Span(match.start(), match.end())):
                continue
            sentence = sentence_at(text, span, match.start(), self.cues.words.stops)
            if self.cues.remark.search(text, sentence.start, sentence.end):
                continue
            found = self._read(text, sentence, match, place)
            if found is not None:
                yield found
                at = max(at, found[0].end)

    def _read(
        self, text: str, sentence: Span, match: re.Match[str], place: Place
    ) -> tuple[Span, tuple[Participant, ...]] | None:
        if match.group("agent") and not any(
            mark in text[sentence.start : match.start()] for mark in self.cues.words.agent_marks
        ):
            return None
        if self.triggers.is_past(text, sentence, match.end(), aid=bool(match.group("aid"))):
            return None
        office = self.seats.read(text, sentence, match, place)
        if office is not None:
            return office
        subject = self.lists.leftward(text, sentence, match.start(), place) or self._far_subject(
            text, sentence, match, place
        )
        if subject is None or not self._assigned(text, match, subject):
            return None
        assigned, end = self._roles(text, sentence, match, subject, place)
        if not assigned:
            return None
        assigned = list(dict.fromkeys(assigned))
        return Span(subject.start, quote_end(text, sentence, end, self.cues)), tuple(
            participants_of(assigned, self.bodies, place, text)
        )

    def _far_subject(self, text: str, sentence: Span, match: re.Match[str], place: Place) -> Found | None:
        """Read the subject of a sentence for a lead said later in it: 商务部要加强…，牵头做好…."""
        said = match.group("lead") or match.group("duty")
        if not said or match.start() == sentence.start or text[match.start() - 1] not in self.cues.tier:
            return None
        item = next(iter(cut_items(text, Span(sentence.start, match.start()), self.cues)), None)
        found, end = self.lists.head_of(text, item, place) if item is not None else ([], 0)
        bridges = self.cues.words.modals if match.group("lead") else (*self.cues.words.modals, *self.cues.words.bridges)
        if not found or not text.startswith(bridges, end):
            return None
        return Found(tuple(found), found[0].span.start, end)

    def _assigned(self, text: str, match: re.Match[str], subject: Found) -> bool:
        """Tell whether the bodies before a role word are those who are to act."""
        words = self.cues.words
        if text.endswith(words.not_agents, 0, subject.start):
            return False
        by_agent = text[subject.start] in words.agent_marks
        if match.group("agent") and not by_agent:
            return False
        if match.group("agent") in words.role_words("bears") and not text.endswith(words.borne, 0, subject.start):
            return False
        return any(self._can_act(listed, match, by_agent=by_agent) for listed in subject.listed)

    def _can_act(self, listed: Listed, match: re.Match[str], *, by_agent: bool) -> bool:
        """A named body always can; of groups those that say which: 各市县人民政府负责, 省级教育行政部门会同."""
        group = listed.group
        if group is None or self.bodies.groups.says_who(group):
            return True
        shared = by_agent and (match.group("shared") or match.group("agent"))
        return bool(shared or (match.group("joint") and len(group.text) > len(group.head) + 2 and not group.local))

    def _roles(
        self, text: str, sentence: Span, match: re.Match[str], subject: Found, place: Place
    ) -> tuple[list[Assigned], int]:
        raw = match.group()
        if not (match.group("lead") or match.group("joint")):
            role = Role.SUPPORT if match.group("aid") else Role.RESPONSIBLE
            followers, end = self._followers(text, sentence, match.end(), place)
            return [Assigned(listed, role, raw) for listed in subject.listed] + followers, end
        assigned = [Assigned(listed, Role.LEAD, raw) for listed in subject.listed]
        if match.group("joint"):
            partners = self.lists.rightward(text, Span(match.end(), sentence.end), place)
            if partners is None:
                return [], match.end()
            return assigned + [Assigned(listed, Role.SUPPORT, raw) for listed in partners.listed], partners.end
        joined = self.cues.joint.match(text, match.end(), sentence.end) or self._later_joint(
            text, sentence, match.end()
        )
        partners = self.lists.rightward(text, Span(joined.end(), sentence.end), place) if joined else None
        if partners is not None and joined is not None:
            return assigned + [
                Assigned(listed, Role.SUPPORT, joined.group()) for listed in partners.listed
            ], partners.end
        followers, end = self._followers(text, sentence, match.end(), place)
        return assigned + followers, end

    def _later_joint(self, text: str, sentence: Span, start: int) -> re.Match[str] | None:
        """Find 会同 at the head of a later part of the sentence: X牵头建立…，会同有关部门…."""
        for match in self.cues.joint.finditer(text, start, sentence.end):
            if text[match.start() - 1] in self.cues.tier:
                return match
        return None

    def _followers(self, text: str, sentence: Span, start: int, place: Place) -> tuple[list[Assigned], int]:
        """Read Y、Z参加 and Y、Z按职责分工负责 in the parts of the sentence after a lead."""
        assigned: list[Assigned] = []
        for match in self.triggers.follower.finditer(text, start, sentence.end):
            found = self.lists.leftward(text, Span(start, sentence.end), match.start(), place)
            if found is not None and self._begins_part(text, start, found.start):
                role = Role.RESPONSIBLE if match.group("duty") else Role.SUPPORT
                assigned += [Assigned(body, role, match.group()) for body in found.listed]
                start = match.end()
        return assigned, start

    def _begins_part(self, text: str, last: int, start: int) -> bool:
        """Tell whether a list begins a part of its own: after a comma, or the 、 right behind the role before it."""
        return start > last and (
            text[start - 1] in self.cues.tier or (start == last + 1 and text[last] in self.cues.run)
        )
