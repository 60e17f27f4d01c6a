"""A clause's content cut at its separators, brackets left whole: items that hold bodies, roles and labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicons.cues import Cues
from kg.model.document import Span


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch between separators; `tier` counts the commas before it, `joined` says a 、 stands before it."""

    span: Span
    tier: int
    joined: bool


def cut_items(text: str, span: Span, cues: Cues) -> Iterator[Item]:
    """Cut `span` of the folded `text` at separators outside brackets; blanks around an item are left out."""
    start, depth, tier, joined = span.start, 0, 0, False
    for at in range(span.start, span.end):
        char = text[at]
        depth += (char in cues.open) - (char in cues.close)
        if depth <= 0 and (char in cues.tier or char in cues.run or char == "\n"):
            yield from _item(text, start, at, tier, joined)
            start, depth = at + 1, 0
            tier, joined = (tier, True) if char in cues.run else (tier + 1, False)
    yield from _item(text, start, span.end, tier, joined)


def _item(text: str, start: int, end: int, tier: int, joined: bool) -> Iterator[Item]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Item(Span(start, end), tier, joined)
