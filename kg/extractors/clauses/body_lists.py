"""Lists of bodies read outwards from a role word in a sentence, as far as bodies go on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extractors.clauses.bodies import Bodies, Item, NamedBody, cut_items, items_of
from kg.extractors.clauses.splitting import Splitter, read_bodies
from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.text.passage import Passage

# How far a list goes from its role word; how long the bodies at one end of an item are; how long a group's name is.
_REACH, _LONGEST, _LONGEST_GROUP = 220, 80, 60


@dataclass(frozen=True, slots=True)
class BodyList:
    """Bodies read beside a role word, and how far the words of the clause reach."""

    bodies: tuple[NamedBody, ...]
    start: int
    end: int


class ListReader:
    """Reads the bodies on either side of a place in a sentence."""

    def __init__(self, cues: Cues, bodies: Bodies) -> None:
        self.cues = cues
        self.bodies = bodies
        self.agent_marks = tuple(cues.words.agent_marks)

    def before(self, passage: Passage) -> BodyList | None:
        """Read the bodies at the very end of a passage, right before a role word, as far left as they go."""
        if not self.bodies.may_end(passage):
            return None
        near = passage.behind(max(passage.start, passage.end - _REACH))
        if (joint := self._joint_group(near)) is not None:
            return joint
        found: list[NamedBody] = []
        first = passage.end
        for item in reversed(list(cut_items(near, self.cues))):
            tail, head = self._tail_of(item)
            if not tail or (item.passage.end != passage.end and not found):
                break
            if found and not found[0].joined and head != item.passage.start:
                break
            found[:0] = tail
            first = head
            if head != item.passage.start:
                break
        credible = any(map(self.bodies.is_credible, found))
        return BodyList(tuple(found), first, passage.end) if credible else None

    def _joint_group(self, passage: Passage) -> BodyList | None:
        """Read a group that only several items together name: 各省、自治区、直辖市及计划单列市财政厅(局)."""
        each = self.bodies.agencies.levels.each
        for start in range(max(passage.start, passage.end - _LONGEST_GROUP), passage.end):
            if not passage.text.startswith(each, start):
                continue
            words = passage.text[start : passage.end]
            group = self.bodies.groups.read(words, self.bodies.standpoint)
            if group is not None and group.local and any(mark in group.area_word for mark in self.cues.run):
                body = NamedBody(Span(start, passage.end), 0, False, group)
                return BodyList((body,), self._with_mark(passage, start), passage.end)
        return None

    def _tail_of(self, item: Item) -> tuple[list[NamedBody], int]:
        """Read the longest end of an item that is bodies; return them and where the clause's words begin."""
        passage = item.passage
        splitter = Splitter(item, self.bodies)
        for start in range(max(passage.start, passage.end - _LONGEST), passage.end - 1):
            if start > passage.start and passage.text[start] in self.cues.run:
                continue
            found = splitter.read(start, passage.end)
            marked = bool(found) and self._is_marked(item, found[0].span.start)
            if found and all(body.known or (marked and self._will_do(body, item)) for body in found):
                return found, self._with_mark(passage, found[0].span.start)
        return [], passage.end

    def _will_do(self, body: NamedBody, item: Item) -> bool:
        """In a list with others any body under a jurisdiction will do, a firm too; alone it must be the state's."""
        return self.bodies.is_credible(body) or (item.joined and body.placed)

    def _is_marked(self, item: Item, start: int) -> bool:
        """After 由, and where an item is nothing but a body, one known by its ending alone will do."""
        passage = item.passage
        words = passage.text[start : passage.end]
        if start == passage.start and not any(mark in words for mark in self.agent_marks):
            return True
        return start > 0 and passage.text[start - 1] in self.agent_marks

    def _with_mark(self, passage: Passage, start: int) -> int:
        """Return where a list begins with 由 before it, if that stands there."""
        return start - 1 if start > passage.start and passage.text[start - 1] in self.agent_marks else start

    def behind(self, passage: Passage) -> BodyList | None:
        """Read the bodies at the very beginning of a passage, right behind 会同; the last item goes on into a verb."""
        start = passage.start
        if fields := self.bodies.groups.fields_at(passage.text, start):
            found = read_bodies(Item(passage.to(fields)), self.bodies)
            return BodyList(tuple(found), start, fields)
        listed: list[NamedBody] = []
        end = start
        for item in items_of(passage.to(min(passage.end, start + _REACH)), self.bodies):
            if item.passage.start > end + 1 or (listed and not item.joined):
                break
            whole = read_bodies(item, self.bodies)
            if whole and all(map(self.bodies.is_credible, whole)):
                listed += whole
                end = item.passage.end
                continue
            head, head_end = self.head_of(item)
            listed += head
            end = head_end if head else end
            break
        return BodyList(tuple(listed), start, end) if listed else None

    def head_of(self, item: Item) -> tuple[Sequence[NamedBody], int]:
        """Read the beginning of an item that is bodies: the longest that a verb follows, else the longest."""
        passage = item.passage
        longest: tuple[Sequence[NamedBody], int] = ([], passage.start)
        splitter = Splitter(item, self.bodies)
        for end in range(min(passage.end - 1, passage.start + _LONGEST), passage.start + 1, -1):
            found = splitter.read(passage.start, end)
            if found and all(body.known for body in found):
                if passage.text.startswith(self.cues.words.joint_verbs, end):
                    return found, end
                longest = longest if longest[0] else (found, end)
        return longest
