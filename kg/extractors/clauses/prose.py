"""Clauses in sentences: 由X牵头，Y、Z参加 · X会同Y制定 · 日常工作由X负责 · 国家能源局负责….

Lists are read outwards from the role word: to the left as far as bodies go, to the right as the next role word allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extractors.clauses import INTERPRETATION
from kg.extractors.clauses.bodies import Bodies, Item, NamedBody
from kg.extractors.clauses.body_lists import BodyList, ListReader, read_bodies
from kg.extractors.clauses.resolving import Assigned, participants_of
from kg.extractors.clauses.role_patterns import RolePatterns, part_end, sentence_at
from kg.model.document import Span
from kg.model.entities import Participant, Role
from kg.text.passage import Passage
from kg.text.spans import SpanIndex

# So many characters at most stand between a subject and its role: X依照职业标准牵头.
_NEAR = 24


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
        office = self._office(sentence, seat) if seat is not None else None
        if office is None:
            return None
        assigned, end = self._assigned(office, sentence, opening)
        return (sentence.cut(office.span.start, end), assigned) if assigned else None

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

    def _office(self, sentence: Passage, seat: re.Match[str]) -> NamedBody | None:
        """Read the longest name at the end of the words before 设在, or that of an owner with its office."""
        if seat.group("office") is None:
            return self._owned(sentence, seat)
        passage = sentence.cut(*seat.span("office"))
        for start in range(passage.start, passage.end - 2):
            if found := read_bodies(Item(passage.behind(start)), self.bodies):
                return found[0]
        return None

    def _owned(self, sentence: Passage, seat: re.Match[str]) -> NamedBody | None:
        """Read 指挥部下设办公室 as the name 指挥部办公室."""
        owner = sentence.cut(*seat.span("owner"))
        for start in range(owner.start, owner.end - 2):
            name = self.bodies.read_name(owner.behind(start).words + seat.group("kind"))
            if name is not None:
                return NamedBody(Span(start, seat.end("kind")), 0, False, name)
        return None


class ProseReader:
    """Finds clauses in the sentences of one document."""

    def __init__(self, patterns: RolePatterns, bodies: Bodies) -> None:
        self.patterns = patterns
        self.cues = patterns.cues
        self.bodies = bodies
        self.lists = ListReader(self.cues, bodies)
        self.seats = SeatReader(patterns, bodies, self.lists)

    def find(self, paragraph: Passage, taken: Sequence[Span]) -> Iterator[tuple[Span, tuple[Participant, ...], str]]:
        """Yield the clauses in the sentences of a paragraph, outside what is `taken`, with their form."""
        at, elsewhere = paragraph.start, SpanIndex(taken, lambda span: span)
        while (opening := paragraph.behind(at).search(self.patterns.opening)) is not None:
            at = opening.end()
            if elsewhere.overlaps(Span(*opening.span())):
                continue
            sentence = sentence_at(paragraph, opening.start(), self.cues.words.stops)
            if sentence.search(self.cues.remark):
                continue
            found = self._read(sentence, opening)
            if found is not None:
                clause, assigned = found
                span = Span(clause.start, part_end(sentence, clause.end, self.cues))
                words = paragraph.cut(min(opening.start(), span.end), span.end)
                form = INTERPRETATION if words.search(self.patterns.interpretation) else "running"
                yield span, tuple(participants_of(list(dict.fromkeys(assigned)), self.bodies, paragraph.text)), form
                at = max(at, span.end)

    def _read(self, sentence: Passage, opening: re.Match[str]) -> tuple[Passage, list[Assigned]] | None:
        """Read the clause that a role word opens: its words as far as they are surely its own, and what it assigns."""
        before = sentence.to(opening.start())
        if opening.group("agent") and not any(mark in before.words for mark in self.cues.words.agent_marks):
            return None
        if self.patterns.tells_of_the_past(sentence, opening):
            return None
        office = self.seats.read(sentence, opening)
        if office is not None:
            return office
        subject = self.lists.before(before) or self._far_subject(sentence, opening)
        if subject is None or not self._may_act(subject, sentence, opening):
            return None
        assigned, end = self._roles(sentence, opening, subject)
        return (sentence.cut(subject.start, end), assigned) if assigned else None

    def _far_subject(self, sentence: Passage, opening: re.Match[str]) -> BodyList | None:
        """Read the subject of a sentence for a lead or a duty said later in it: 商务部要加强…，牵头做好…."""
        before, words = sentence.to(opening.start()).stripped(), self.cues.words
        if opening.group("shared") or opening.group("agent") or not len(before):
            return None
        found = self.lists.behind(before, known=True)
        if found is None or any(mark in before.words for mark in words.agent_marks):
            return None
        if sentence.behind(opening.start()).follows(self.cues.tier):
            bridges = (*words.modals, *words.bridges) if opening.group("duty") else words.modals
        else:
            near = opening.start() - found.end <= _NEAR and not opening.group("joint") and not opening.group("aid")
            bridges = words.by_rule if near else ()
        return found if sentence.text.startswith(bridges, found.end) else None

    def _may_act(self, subject: BodyList, sentence: Passage, opening: re.Match[str]) -> bool:
        """Tell whether the bodies before a role word are those who are to act."""
        words, text = self.cues.words, sentence.text
        if text.endswith(words.not_agents, 0, subject.start):
            return False
        by_agent = text[subject.start] in words.agent_marks
        if self._says_what(subject, sentence, opening, by_agent=by_agent):
            return False
        agent = opening.group("agent")
        if agent and not by_agent:
            return False
        if agent in words.role_words("bears") and not text.endswith(words.borne, 0, subject.start):
            return False
        return any(self._can_act(body, opening, by_agent=by_agent) for body in subject.bodies)

    def _says_what(self, subject: BodyList, sentence: Passage, opening: re.Match[str], *, by_agent: bool) -> bool:
        """Tell whether the words say what something is: 卫生厅牵头负责的任务, 国务院负责专利管理工作的部门."""
        words = self.cues.words
        if not by_agent and sentence.text.startswith(words.relative_marks, opening.end(), sentence.end):
            return True
        owner = bool(opening.group("duty")) and subject.bodies[-1].name.text.endswith(words.duty_owners)
        return owner and sentence.behind(opening.end()).match(self.patterns.duty_holder) is not None

    def _can_act(self, body: NamedBody, opening: re.Match[str], *, by_agent: bool) -> bool:
        """A named body always can; of groups those that say which: 各市县人民政府负责, 省级教育行政部门会同."""
        group = body.group
        if group is None or self.bodies.groups.says_who(group):
            return True
        if not opening.group("shared") and self.bodies.groups.says_whose(group):
            return True
        if by_agent and (opening.group("shared") or opening.group("agent")):
            return True
        return bool(opening.group("joint")) and len(group.text) > len(group.head) + 2 and not group.local

    def _roles(self, sentence: Passage, opening: re.Match[str], subject: BodyList) -> tuple[list[Assigned], int]:
        """Return the roles of the subject, of its partners and of the bodies that follow, and where the last ends."""
        wording, rest = opening.group(), sentence.behind(opening.end())
        if opening.group("joint"):
            return self._joint_roles(rest, subject, wording)
        if opening.group("lead"):
            assigned = _each(subject.bodies, Role.LEAD, wording)
            joint = rest.match(self.cues.joint) or self._later_joint(rest)
            partners, end = self._partners(rest.behind(joint.end()), joint.group()) if joint else ([], rest.start)
        else:
            assigned = _each(subject.bodies, Role.SUPPORT if opening.group("aid") else Role.RESPONSIBLE, wording)
            partners, end = [], rest.start
        followers, end = self._followers(rest.behind(end), leads=bool(opening.group("lead")))
        return [*assigned, *partners, *followers], end

    def _joint_roles(self, rest: Passage, subject: BodyList, wording: str) -> tuple[list[Assigned], int]:
        """Return the roles in X会同Y: X leads, and is responsible as well where 负责 follows behind a comma."""
        partners, end = self._partners(rest, wording)
        if not partners:
            return [], end
        duty = rest.behind(end).search(self.patterns.seat_duty)
        own = _each(subject.bodies, Role.RESPONSIBLE, duty.group("duty")) if duty is not None else []
        end = duty.end() if duty is not None else end
        followers, end = self._followers(rest.behind(end), leads=True)
        return [*_each(subject.bodies, Role.LEAD, wording), *own, *partners, *followers], end

    def _partners(self, rest: Passage, wording: str) -> tuple[list[Assigned], int]:
        """Read the bodies behind 会同, which support."""
        partners = self.lists.behind(rest)
        return (_each(partners.bodies, Role.SUPPORT, wording), partners.end) if partners else ([], rest.start)

    def _later_joint(self, rest: Passage) -> re.Match[str] | None:
        """Find 会同 at the head of a later part of the sentence: X牵头建立…，会同有关部门…."""
        found = rest.find(self.cues.joint)
        return next((match for match in found if rest.behind(match.start()).follows(self.cues.tier)), None)

    def _followers(self, rest: Passage, *, leads: bool) -> tuple[list[Assigned], int]:
        """Read Y、Z参加 and Y、Z按职责分工负责 in the parts of the sentence behind a role.

        Behind a lead also those whose role has an object: X牵头制定…，Y负责资金拨付.
        """
        assigned: list[Assigned] = []
        last = rest.start
        for match in rest.find(self.patterns.follower):
            found = self.lists.before(rest.cut(last, match.start())) if leads or not match.group("goes_on") else None
            if found is not None and self._begins_part(rest, last, found.start):
                assigned += _each(found.bodies, _follower_role(match), match.group())
                last = match.end()
        return assigned, last

    def _begins_part(self, rest: Passage, last: int, start: int) -> bool:
        """Tell whether a list begins a part of its own: behind a comma, or the 、 right behind the role before it."""
        if start <= last:
            return False
        return rest.text[start - 1] in self.cues.tier or (start == last + 1 and rest.text[last] in self.cues.run)


def _each(named: Sequence[NamedBody], role: Role, wording: str) -> list[Assigned]:
    return [Assigned(body, role, wording) for body in named]


def _follower_role(match: re.Match[str]) -> Role:
    if match.group("goes_on"):
        return Role.SUPPORT if match.group("aid") else Role.RESPONSIBLE
    return next(role for role in (Role.SUPPORT, Role.RESPONSIBLE, Role.GUIDE) if match.group(role.value))
