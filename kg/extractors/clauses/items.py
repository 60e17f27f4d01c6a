"""Items of a clause: the stretches between its separators, brackets left whole, which hold bodies, roles and labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicons.cues import Cues
from kg.text.passage import Passage


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch between separators.

    Attributes:
        passage: The words.
        tier: How many commas and the like stand before it in its clause.
        joined: Whether a 、 stands right before it.
    """

    passage: Passage
    tier: int = 0
    joined: bool = False

    def cut(self, start: int, end: int) -> Item:
        """Return a part of the item, at the same place in its list."""
        return Item(Passage(self.passage.text, start, end), self.tier, self.joined)


def cut_items(passage: Passage, cues: Cues) -> Iterator[Item]:
    """Cut a passage at separators outside brackets; blanks around an item are left out.

    省财政厅、省科技厅牵头，省教育厅配合 has three items: the second joined to the first, the third of another tier.
    """
    start, depth, tier, joined = passage.start, 0, 0, False
    for match in passage.find(cues.mark):
        mark = match.group()
        depth += (mark in cues.open) - (mark in cues.close)
        if depth <= 0 and mark in cues.separators:
            yield from _item(passage.cut(start, match.start()), tier, joined=joined)
            start, depth, joined = match.end(), 0, mark in cues.run
            tier += not joined
    yield from _item(passage.behind(start), tier, joined=joined)


def _item(passage: Passage, tier: int, *, joined: bool) -> Iterator[Item]:
    words = passage.stripped()
    if len(words):
        yield Item(words, tier, joined)
