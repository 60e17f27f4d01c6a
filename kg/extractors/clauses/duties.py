"""Lists of duties: a body, a colon, what it has to do (市气象局：负责发布预警), or the duty on lines below a name.

Where the duty says no role (市教育局：组织学校避险), the body is responsible if others near it in the list have a role.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extractors.clauses.bodies import Bodies, Item, NamedBody, items_of
from kg.extractors.clauses.body_lists import ListReader, read_bodies
from kg.extractors.clauses.resolving import Assigned
from kg.extractors.clauses.role_patterns import RolePatterns
from kg.lexicons.numbering import Numbering
from kg.model.entities import Role
from kg.text.passage import Passage

_COLON = re.compile(":")
_NO_NAME = re.compile(r"[^\u3400-\u9fff(]*")
_STOP = re.compile(r"[。;\n]")
# No list of names before a colon is longer; a duty is no shorter; a list goes on over so many paragraphs.
_LONGEST, _SHORTEST, _NEAR = 60, 4, 8


@dataclass(frozen=True, slots=True)
class Duty:
    """Bodies with what they have to do.

    Attributes:
        named: The bodies.
        clause: The words of the clause, from the names or the duty to the end of its first sentence.
        duty: The duty, all of it.
        role: The role that its first words say, if any.
        wording: These words.
        paragraph: Which paragraph of the document it stands in.
    """

    named: tuple[NamedBody, ...]
    clause: Passage
    duty: Passage
    role: Role | None
    wording: str
    paragraph: int


class DutyReader:
    """Finds the duties that one document lists."""

    def __init__(self, patterns: RolePatterns, numbering: Numbering, bodies: Bodies) -> None:
        self.patterns = patterns
        self.numbering = numbering
        self.bodies = bodies
        self.lists = ListReader(patterns.cues, bodies)

    def find(self, paragraphs: Sequence[Passage]) -> Iterator[tuple[Duty, list[Assigned]]]:
        """Yield the duties in text order, each with what it assigns."""
        duties = [duty for number in range(len(paragraphs)) for duty in self._at(paragraphs, number)]
        said = [duty.paragraph for duty in duties if duty.role is not None]
        for duty in duties:
            near = bisect_left(said, duty.paragraph - _NEAR)
            if near < len(said) and said[near] <= duty.paragraph + _NEAR:
                yield duty, self._assigned(duty)

    def _at(self, paragraphs: Sequence[Passage], number: int) -> Iterator[Duty]:
        yield from self._behind_colons(paragraphs[number], number)
        if number + 1 < len(paragraphs) and self._role(self._behind_numeral(paragraphs[number + 1])):
            yield from self._below(paragraphs, number)

    def _behind_colons(self, paragraph: Passage, number: int) -> Iterator[Duty]:
        """Read the duties of one paragraph, each behind the names before its colon."""
        heads = list(self._heads(paragraph))
        ends = [*(named[0].span.start for named, _ in heads), paragraph.end][1:]
        for (named, colon), end in zip(heads, ends, strict=True):
            duty = paragraph.cut(colon, end).stripped()
            if len(duty) >= _SHORTEST:
                yield self._duty(named, duty, named[0].span.start, number)

    def _heads(self, paragraph: Passage) -> Iterator[tuple[tuple[NamedBody, ...], int]]:
        """Yield the bodies that stand between the begin of a sentence and a colon, with where the duty begins."""
        for colon in paragraph.find(_COLON):
            start = max(paragraph.start, colon.start() - _LONGEST)
            stops = [stop.end() for stop in paragraph.cut(start, colon.start()).find(_STOP)]
            if stops or start == paragraph.start:
                named = self._named(paragraph.cut(max([start, *stops]), colon.start()))
                if named:
                    yield named, colon.end()

    def _below(self, paragraphs: Sequence[Passage], number: int) -> Iterator[Duty]:
        """Read the duties on the lines below a line that is nothing but names."""
        line = paragraphs[number].stripped()
        named = self._named(line.to(line.end - line.ends_with(":"))) if len(line) <= _LONGEST else ()
        for below in range(number + 1, len(paragraphs) if named else 0):
            duty = self._behind_numeral(paragraphs[below])
            if below > number + 1 and not self._role(duty):
                break
            yield self._duty(named, duty, named[0].span.start if below == number + 1 else duty.start, below)

    def _behind_numeral(self, paragraph: Passage) -> Passage:
        numeral = self.numbering.at(paragraph.text, paragraph.start)
        return paragraph.behind(min(numeral.end, paragraph.end)) if numeral else paragraph

    def _named(self, words: Passage) -> tuple[NamedBody, ...]:
        """Read words that are nothing but bodies of the state, behind a numeral; none where anything else is there."""
        words = self._behind_numeral(words.stripped())
        mark = words.match(_NO_NAME)
        words = words.behind(mark.end()) if mark is not None else words
        if len(words) < 2 or not self.bodies.may_end(words):
            return ()
        found = [self._read(item) for item in items_of(words, self.bodies)]
        named = tuple(body for item in found for body in item)
        return named if all(found) and all(map(self.bodies.is_credible, named)) else ()

    def _read(self, item: Item) -> list[NamedBody]:
        found = read_bodies(item, self.bodies)
        return found if found and self.bodies.is_credible(found[0]) else self.bodies.read_short(item) or found

    def _duty(self, named: tuple[NamedBody, ...], duty: Passage, start: int, paragraph: int) -> Duty:
        stop = duty.search(_STOP)
        said = self._role(duty)
        role = self.patterns.role_of(said) if said is not None else None
        clause = duty.cut(start, stop.start() if stop is not None else duty.end)
        return Duty(named, clause, duty, role, said.group() if said is not None else "", paragraph)

    def _role(self, duty: Passage) -> re.Match[str] | None:
        return duty.match(self.patterns.duty)

    def _assigned(self, duty: Duty) -> list[Assigned]:
        """Give the bodies the role that the duty says; those who act with them (会同市公安局) support."""
        joint = duty.duty.match(self.patterns.cues.joint)
        partners = self.lists.behind(duty.duty.behind(joint.end())) if joint is not None else None
        if joint is not None and partners is not None:
            leads = [Assigned(body, Role.LEAD, joint.group()) for body in duty.named]
            return [*leads, *(Assigned(body, Role.SUPPORT, joint.group()) for body in partners.bodies)]
        return [Assigned(body, duty.role or Role.RESPONSIBLE, duty.wording) for body in duty.named]
