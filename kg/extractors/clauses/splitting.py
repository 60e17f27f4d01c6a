"""An item of a clause read as the bodies in it: A和B, A（原名）, 由A等部门, A B.

A list is read from its last cut to its first: what follows a cut is known by the time the words before it are read, so
that the work grows with the number of cuts and not with the number of ways to choose among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.clauses.bodies import Bodies, Item, NamedBody
from kg.lexicons.cues import Cues
from kg.text.passage import Passage

_BLANK = re.compile(r"\s")
# No name is longer than this with the brackets and words that may stand around it.
_LONGEST, _LONGEST_ETC = 240, 16
# No name holds more conjunctions and blanks than this.
_MOST_CUTS = 8
# No more layers of words stand around a name than this: 由 before it; 等, brackets and a scope behind it.
_MOST_LAYERS = 6

Found = list[NamedBody]


@dataclass(frozen=True, slots=True)
class Cut:
    """A conjunction or a blank, at which an item may fall into two."""

    start: int
    end: int
    blank: bool


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
        if end - start > _LONGEST or not layers:
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
        match = self.cues.etc.search(self._text, max(start + 1, end - _LONGEST_ETC), end)
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
    """Tell whether a stretch is a known name of one body, which then is no list; a group may still be one."""
    return whole.known and whole.group is None


def cuts_of(passage: Passage, cues: Cues) -> list[Cut]:
    """Return the conjunctions and blanks outside closed brackets, where an item may fall into two."""
    found: list[Cut] = []
    opened: list[int] = []
    for match in cues.cut.finditer(passage.text, passage.start + 1, passage.end - 1):
        if match.group() in cues.open:
            opened.append(len(found))
        elif match.group() not in cues.close:
            found.append(Cut(match.start(), match.end(), blank=match.group().isspace()))
        elif opened:
            del found[opened.pop() :]
    return found
