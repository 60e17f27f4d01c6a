"""Lists of bodies read outwards from a role word in running text, as far as bodies go on either side."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extractors.clauses.bodies import BodyReader, ItemReader, Listed
from kg.extractors.clauses.items import Item, cut_items
from kg.extractors.regions.standpoint import Place
from kg.lexicons.cues import Cues
from kg.model.document import Span

_REACH = 220
# The bodies at one end of an item, joined by 和 if there are several, take no more characters than this.
_LONGEST = 80
_LONGEST_GROUP = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Bodies read beside a role word, and how far the words of the clause reach."""

    listed: tuple[Listed, ...]
    start: int
    end: int


class ListReader:
    """Reads the bodies on either side of a place in a sentence."""

    def __init__(self, cues: Cues, bodies: BodyReader) -> None:
        self.cues = cues
        self.bodies = bodies

    def leftward(self, text: str, sentence: Span, end: int, place: Place) -> Found | None:
        """Read the bodies that end right before the role word, as far left as they go."""
        if not self.bodies.may_end(text, end, place):
            return None
        start = max(sentence.start, end - _REACH)
        if (joint := self._joint_group(text, Span(start, end), place)) is not None:
            return joint
        items = list(cut_items(text, Span(start, end), self.cues))
        listed: list[Listed] = []
        first = end
        for item in reversed(items):
            found, head = self._tail_of(text, item, place)
            if not found or (item.span.end != end and not listed):
                break
            if listed and not listed[0].joined and head != item.span.start:
                break
            listed[:0] = found
            first = head
            if head != item.span.start:
                break
        if not any(map(self.bodies.is_credible, listed)):
            return None
        return Found(tuple(listed), first, end)

    def _joint_group(self, text: str, span: Span, place: Place) -> Found | None:
        """Read a group that only several items together name: 各省、自治区、直辖市及计划单列市财政厅(局)."""
        for start in range(max(span.start, span.end - _LONGEST_GROUP), span.end):
            if not text.startswith(self.bodies.agencies.levels.each, start):
                continue
            group = self.bodies.groups.read(text[start : span.end], place)
            if group is not None and group.local and any(mark in group.area_word for mark in self.cues.run):
                listed = Listed(Span(start, span.end), 0, False, group=group)
                return Found((listed,), self._with_mark(text, span.start, start), span.end)
        return None

    def _tail_of(self, text: str, item: Item, place: Place) -> tuple[list[Listed], int]:
        """Read the longest end of an item that is bodies; return them and where the clause's words begin."""
        reader = ItemReader(self.bodies, text, item.span, item.tier, place)
        for start in range(max(item.span.start, item.span.end - _LONGEST), item.span.end - 1):
            if self._may_begin(text, item, start):
                found = reader.read(start, item.span.end, joined=item.joined)
                marked = bool(found) and self._is_marked(text, item, found[0].span.start)
                if found and all(body.known or (marked and self._will_do(body, item)) for body in found):
                    return found, self._with_mark(text, item.span.start, found[0].span.start)
        return [], item.span.end

    def _will_do(self, body: Listed, item: Item) -> bool:
        """In a list with others any body under a jurisdiction will do, a firm too; alone it must be the state's."""
        return self.bodies.is_credible(body) or (item.joined and body.placed)

    def _is_marked(self, text: str, item: Item, start: int) -> bool:
        """After 由, and where an item is nothing but a body, one known by its ending alone will do."""
        marks = tuple(self.cues.words.agent_marks)
        alone = start == item.span.start and not any(mark in text[start : item.span.end] for mark in marks)
        return alone or text[start - 1] in marks

    def _may_begin(self, text: str, item: Item, start: int) -> bool:
        return start == item.span.start or text[start] not in self.cues.run

    def _with_mark(self, text: str, floor: int, start: int) -> int:
        """Include 由 before the list."""
        marks = tuple(self.cues.words.agent_marks)
        return start - 1 if start > floor and text[start - 1] in marks else start

    def rightward(self, text: str, span: Span, place: Place) -> Found | None:
        """Read the bodies that begin right after 会同; the last item goes on into a verb."""
        fields = self.bodies.groups.fields_at(text, span.start)
        if fields:
            return Found(tuple(self.bodies.read(text, Span(span.start, fields), 0, False, place)), span.start, fields)
        listed: list[Listed] = []
        end = span.start
        for item in self.bodies.items(text, Span(span.start, min(span.end, span.start + _REACH)), place):
            if item.span.start > end + 1 or (listed and not item.joined):
                break
            whole = self.bodies.read(text, item.span, item.tier, item.joined, place)
            if whole and all(map(self.bodies.is_credible, whole)):
                listed += whole
                end = item.span.end
                continue
            found, end_here = self.head_of(text, item, place)
            listed += found
            end = end_here if found else end
            break
        return Found(tuple(listed), span.start, end) if listed else None

    def head_of(self, text: str, item: Item, place: Place) -> tuple[list[Listed], int]:
        """Read the beginning of an item that is bodies: the longest that a verb follows, else the longest."""
        read: list[tuple[list[Listed], int]] = []
        reader = ItemReader(self.bodies, text, item.span, item.tier, place)
        for end in range(min(item.span.end - 1, item.span.start + _LONGEST), item.span.start + 1, -1):
            found = reader.read(item.span.start, end, joined=item.joined)
            if found and all(body.known for body in found):
                if text.startswith(self.cues.words.joint_verbs, end):
                    return found, end
                read.append((found, end))
        return read[0] if read else ([], item.span.start)
