"""The items of a clause: cut at separators and labels; those that only together name a group are one item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extractors.clauses.bodies import Bodies
from kg.extractors.clauses.items import Item, cut_items
from kg.text.passage import Passage

_BLANK = re.compile(r"\s+")
# So many items at most name one group together: 各省、自治区、直辖市人民政府.
_MOST = 7


def items_of(passage: Passage, bodies: Bodies) -> Iterator[Item]:
    """Yield the items of a clause in order."""
    items = [part for item in cut_items(passage, bodies.cues) for part in _at_labels(item, bodies)]
    at = 0
    while at < len(items):
        number = _number_in_group(items, at, bodies)
        first, last = items[at], items[at + number - 1]
        yield first.cut(first.passage.start, last.passage.end) if number > 1 else first
        at += number


def _at_labels(item: Item, bodies: Bodies) -> Iterator[Item]:
    """Cut an item where a blank stands before a label: 牵头单位：X 责任单位：Y."""
    cues, passage = bodies.cues, item.passage
    rest = item
    for blank in passage.find(_BLANK):
        behind = passage.behind(blank.end())
        if behind.match(cues.label) or behind.match(cues.other_label):
            yield rest.cut(rest.passage.start, blank.start())
            rest = Item(behind, item.tier)
    yield rest


def _number_in_group(items: Sequence[Item], at: int, bodies: Bodies) -> int:
    """Return how many items from `at` on name one group together; 1 where there is no such group."""
    passage = items[at].passage
    if not bodies.groups.may_go_on(passage.text, passage.end):
        return 1
    last = at + 1
    while last < min(at + _MOST, len(items)) and items[last].joined:
        last += 1
    counts = range(last - at, 1, -1)
    return next((count for count in counts if _is_one_group(items[at : at + count], bodies)), 1)


def _is_one_group(items: Sequence[Item], bodies: Bodies) -> bool:
    """Tell whether items name a group together, whose areas or what is before them a 、 joins."""
    passage = items[0].passage.to(items[-1].passage.end)
    label, suffix = passage.match(bodies.cues.label), passage.search(bodies.cues.suffix)
    start = label.end() if label is not None else passage.start
    end = suffix.start() if suffix is not None else passage.end
    group = bodies.groups.read(passage.text[start:end], bodies.standpoint)
    if group is None or not any(mark in group.area_word + group.before for mark in bodies.cues.run):
        return False
    return group.local or bool(group.area_word) or len(items) == 2
