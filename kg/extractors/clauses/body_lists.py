"""Lists of bodies: an item read as the bodies in it, and lists read outwards from a role word.

An item may be A和B, A（原名）, 由A等部门, A B. It is read from its last cut to its first: what follows a cut is
known by the time the words before it are read, so that the work grows with the number of cuts and not with the
number of ways to choose among them. From a role word a list reaches as far as bodies go on either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.clauses.bodies import Bodies, Cut, Item, NamedBody, cut_items, cuts_of, items_of
from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.text.passage import Passage

_BLANK = re.compile(r"\s")
# No name is longer than this with the brackets and words that may stand around it.
_LONGEST_NAMES, _FAR_ETC = 240, 16
# No name holds more conjunctions and blanks than this.
_MOST_CUTS = 8
# No more layers of words stand around a name than this: 由 before it; 等, brackets and a scope behind it.
_MOST_LAYERS = 6

Found = list[NamedBody]


def read_bodies(item: Item, bodies: Bodies) -> Found:
    """Return the bodies that a whole item names, or none where it is no list of bodies."""
    whole = bodies.read(item)
    if whole is not None and _is_name(whole):
        return [whole]
    return Splitter(item, bodies).read(item.passage.start, item.passage.end)


class Splitter:
    """Reads the bodies in parts of one item, each stretch of it once."""

    def __init__(self, item: Item, bodies: Bodies) -> None:
        self.item = item
        self.bodies = bodies
        self.cues = bodies.cues
        self._text = item.passage.text
        self._cuts = cuts_of(item.passage, bodies.cues)
        self._stretches: dict[tuple[int, int, int], Found] = {}
        self._lists: dict[int, dict[int, Found]] = {}

    def read(self, start: int, end: int) -> Found:
        """Return the bodies from `start` to `end`; the first of them stands in the list as the item does."""
        whole = self.bodies.read(self.item.cut(start, end))
        if whole is not None and _is_name(whole):
            return [whole]
        cuts = [cut for cut in self._cuts if start < cut.start and cut.end <= end]
        lists = self._lists.setdefault(end, {})
        for number in range(len(cuts) - 1, -1, -1):
            begin = cuts[number].end
            if begin not in lists:
                lists[begin] = self._list(begin, end, cuts[number + 1 : number + 1 + _MOST_CUTS])
        found = self._parted(start, end, cuts[:_MOST_CUTS]) or self._stretch(start, end)
        return [replace(found[0], joined=self.item.joined), *found[1:]] if found else []

    def _list(self, start: int, end: int, cuts: Sequence[Cut]) -> Found:
        """Read one body from `start` to `end`, or bodies before one of `cuts` and the list behind it."""
        whole = self._whole(start, end)
        if whole is not None and _is_name(whole):
            return [whole]
        return self._parted(start, end, cuts) or self._stretch(start, end)

    def _parted(self, start: int, end: int, cuts: Sequence[Cut]) -> Found:
        """Part at the first cut with bodies on both sides: 和 stands in names more often than between them."""
        credible = self.bodies.is_credible
        for cut in cuts:
            right = self._lists[end][cut.end]
            if not right or not (cut.blank or credible(right[0])):
                continue
            left = self._before(start, cut)
            if left and (cut.blank or credible(left[-1])):
                return [*left, *right]
        return []

    def _before(self, start: int, cut: Cut) -> Found:
        """Read what stands before a cut; before a blank 由 and its like are taken off first."""
        if (
            cut.blank
            and (begin := self._behind_leader(start, cut.start)) > start
            and (found := self._stretch(begin, cut.start))
        ):
            return found
        return self._stretch(start, cut.start)

    def _whole(self, start: int, end: int) -> NamedBody | None:
        return self.bodies.read(Item(Passage(self._text, start, end), self.item.tier, joined=True))

    def _stretch(self, start: int, end: int, layers: int = _MOST_LAYERS) -> Found:
        """Read a stretch between two cuts: a body, with up to `layers` of what may stand around its name taken off."""
        if end - start > _LONGEST_NAMES or not layers:
            return []
        key = (start, end, layers)
        if key not in self._stretches:
            self._stretches[key] = self._read_stretch(start, end, layers)
        return self._stretches[key]

    def _read_stretch(self, start: int, end: int, layers: int) -> Found:
        whole = self._whole(start, end)
        if whole is not None and self._is_enough(whole):
            return [whole]
        for found in self._without_a_layer(start, end, layers - 1):
            if found:
                return found
        return [whole] if whole is not None else []

    def _is_enough(self, whole: NamedBody) -> bool:
        """Tell whether a reading as one body needs no other beside it: a blank in an unknown name may part two."""
        blank = _BLANK.search(self._text, whole.span.start, whole.span.end)
        return whole.known or (self.bodies.is_credible(whole) and not blank)

    def _without_a_layer(self, start: int, end: int, layers: int) -> Iterator[Found]:
        """Read the stretch without one of the layers around its name, as far as they are there."""
        if (begin := self._behind_leader(start, end)) > start:
            yield self._stretch(begin, end, layers)
        yield from self._before_etc(start, end, layers)
        if (opening := self._opening(start, end)) is not None:
            yield self._stretch(start, opening, layers)
        for scope in self.cues.words.scopes:
            if self._text.endswith(scope, start + 1, end):
                yield self._stretch(start, end - len(scope), layers)

    def _behind_leader(self, start: int, end: int) -> int:
        """Return where the name begins behind 由 and its like, `start` where none stands there."""
        match = self.cues.leaders.match(self._text, start, end)
        return match.end() if match is not None and match.end() < end else start

    def _before_etc(self, start: int, end: int, layers: int) -> Iterator[Found]:
        """Take 等 and what follows it off; 等有关部门 is a group of its own."""
        match = self.cues.etc.search(self._text, max(start + 1, end - _FAR_ETC), end)
        before = self._stretch(start, match.start(), layers) if match is not None else []
        if match is None or not before:
            return
        if match.group("rest") in ("", *self.cues.words.etc_heads):
            yield before
        elif after := self._stretch(match.start("rest"), end, layers):
            yield [*before, *after]

    def _opening(self, start: int, end: int) -> int | None:
        """Return where a bracket opens that closes at the very end: 省文化和旅游厅（省文物局）."""
        if end <= start or self._text[end - 1] not in self.cues.close:
            return None
        depth = 0
        for at in range(end - 1, start, -1):
            depth += (self._text[at] in self.cues.close) - (self._text[at] in self.cues.open)
            if depth == 0:
                return at
        return None


def _is_name(whole: NamedBody) -> bool:
    """Tell whether a stretch is a known name of one body, which then is no list; most groups may still be one."""
    return whole.known and (whole.group is None or whole.group.together)


# How far a list goes from its role word; how long the bodies at one end of an item are; how long a group's name is.
_REACH, _FAR_ITEM, _FAR_GROUP = 220, 80, 60


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
            return self._with_those_before(near, joint)
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
        acts = any(map(self.bodies.acts, found))
        return BodyList(tuple(found), first, passage.end) if acts else None

    def _with_those_before(self, passage: Passage, group: BodyList) -> BodyList:
        """Read the bodies too that 和 or 、 joins to a group at the end: 公安部和各省、自治区、直辖市人民政府."""
        joint = passage.to(group.start).search(self.cues.joined_to)
        others = self.before(passage.to(joint.start())) if joint is not None else None
        if others is None:
            return group
        last = replace(group.bodies[0], tier=others.bodies[-1].tier, joined=True)
        return BodyList((*others.bodies, last), others.start, group.end)

    def _joint_group(self, passage: Passage) -> BodyList | None:
        """Read a group that only several items together name: 各省、自治区、直辖市及计划单列市财政厅(局)."""
        each, first = self.bodies.agencies.levels.each, max(passage.start, passage.end - _FAR_GROUP)
        starts = [start for start in range(first, passage.end) if passage.text.startswith(each, start)]
        if (several := self.bodies.groups.several_before(passage.text, first, passage.end)) is not None:
            starts.append(several)
        for start in starts:
            words = passage.text[start : passage.end]
            group = self.bodies.groups.read(words, self.bodies.standpoint)
            if group is not None and any(mark in group.area_word + group.head for mark in self.cues.run):
                body = NamedBody(Span(start, passage.end), 0, False, group)
                return BodyList((body,), self._with_mark(passage, start), passage.end)
        return None

    def _tail_of(self, item: Item) -> tuple[list[NamedBody], int]:
        """Read the longest end of an item that is bodies; return them and where the clause's words begin."""
        passage = item.passage
        splitter = Splitter(item, self.bodies)
        for start in range(max(passage.start, passage.end - _FAR_ITEM), passage.end - 1):
            inside = self.bodies.agencies.inside_word(passage.text, start)
            if start > passage.start and (inside or passage.text[start] in self.cues.run):
                continue
            found = splitter.read(start, passage.end)
            marked = bool(found) and self._is_marked(item, found[0].span.start)
            if found and all(body.known or (marked and self._will_do(body, item)) for body in found):
                return found, self._with_mark(passage, found[0].span.start)
        return [], passage.end

    def _will_do(self, body: NamedBody, item: Item) -> bool:
        """In a list with others any body under a jurisdiction will do, a firm too; alone it must be the state's."""
        return self.bodies.acts(body) or (item.joined and body.placed)

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

    def behind(self, passage: Passage, *, known: bool = False) -> BodyList | None:
        """Read the bodies at the very beginning of a passage, right behind 会同; the last item goes on into a verb.

        Where they must be `known`, a name that goes on for long is no body: 市公安局在市防汛指挥部领导下.
        """
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
            sure = bool(whole) and all(body.known for body in whole)
            head, head_end = ([], end) if sure else self.head_of(item)
            goes_on = bool(head) and passage.text.startswith(self.cues.words.joint_verbs, head_end)
            if whole and not goes_on and (sure or (not known and all(map(self.bodies.acts, whole)))):
                listed += whole
                end = item.passage.end
                continue
            listed += head
            end = head_end if head else end
            break
        return BodyList(tuple(listed), start, end) if listed else None

    def head_of(self, item: Item) -> tuple[Sequence[NamedBody], int]:
        """Read the beginning of an item that is bodies: the longest that a verb follows, else the longest."""
        passage = item.passage
        longest: tuple[Sequence[NamedBody], int] = ([], passage.start)
        splitter = Splitter(item, self.bodies)
        for end in range(min(passage.end - 1, passage.start + _FAR_ITEM), passage.start + 1, -1):
            found = splitter.read(passage.start, end)
            if found and all(body.known or self.bodies.is_national_firm(body) for body in found):
                if passage.text.startswith(self.cues.words.joint_verbs, end):
                    return found, end
                longest = longest if longest[0] else (found, end)
        return longest
