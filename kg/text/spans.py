"""What stands where in a text, found by bisection: a look at every mention for every clause would be quadratic."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from kg.model.document import Span

_T = TypeVar("_T")


class SpanIndex(Generic[_T]):
    """Values by the span of the text where each stands; iterates over them in the order of their spans.

    >>> words = SpanIndex([Span(0, 4), Span(2, 3), Span(6, 9)], lambda span: span)
    >>> words.within(Span(1, 9))
    [Span(start=2, end=3), Span(start=6, end=9)]
    >>> words.covers(Span(1, 3)), words.overlaps(Span(4, 6))
    (True, False)
    """

    def __init__(self, values: Iterable[_T], span_of: Callable[[_T], Span]) -> None:
        keyed = sorted(((span_of(value), value) for value in values), key=lambda pair: (pair[0].start, pair[0].end))
        self._spans = [span for span, _ in keyed]
        self._values = [value for _, value in keyed]
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))  # how far those up to here go on

    def __iter__(self) -> Iterator[_T]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def within(self, span: Span) -> list[_T]:
        """Return the values that lie wholly within `span`."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [self._values[at] for at in range(first, last) if self._spans[at].end <= span.end]

    def covers(self, span: Span) -> bool:
        """Tell whether one value holds all of `span`."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._reach[before - 1] >= span.end

    def overlaps(self, span: Span) -> bool:
        """Tell whether a value shares a character with `span`."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._reach[before - 1] > span.start

    def at(self, offset: int) -> _T | None:
        """Return the value that holds `offset`, of several the one that begins last, or None."""
        position = bisect_right(self._starts, offset) - 1
        while position >= 0 and self._reach[position] > offset:
            if self._spans[position].end > offset:
                return self._values[position]
            position -= 1
        return None


def cover(spans: Iterable[Span]) -> SpanIndex[Span]:
    """Return an index of spans themselves, to ask which others they cover."""
    return SpanIndex(spans, lambda span: span)
