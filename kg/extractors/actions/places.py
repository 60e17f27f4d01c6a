"""Mentions by their place, so that those of a clause are found without going through all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from kg.model.types import Mention, Span


class Places:
    """Mentions of one document in the order of the text."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda mention: mention.span)
        self._starts = [mention.span.start for mention in self._mentions]
        self._longest = max((len(mention.span) for mention in self._mentions), default=0)

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that lie wholly within `span`."""
        near = self._mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return [mention for mention in near if mention.span.end <= span.end]

    def cover(self, span: Span) -> bool:
        """Tell whether a mention holds all of `span`."""
        first = bisect_left(self._starts, span.start - self._longest)
        near = self._mentions[first : bisect_right(self._starts, span.start)]
        return any(mention.span.contains(span) for mention in near)
