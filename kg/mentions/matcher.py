"""Many words found in one pass: Aho-Corasick over folded text, every hit or the longest leftmost ones."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.text import fold
from kg.types import Span


class Matcher:
    """Finds a fixed set of words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted({fold(word) for word in words if word})
        self._all = AhoCorasick(self.words, implementation=Implementation.ContiguousNFA, matchkind=MatchKind.Standard)

    def every(self, folded: str) -> list[Span]:
        """Return every place where a word stands, overlapping ones too, by end and then by start."""
        return [Span(start, end) for _, start, end in self._all.find_matches_as_indexes(folded, overlapping=True)]


def longest_leftmost(spans: Iterable[Span]) -> list[Span]:
    """Keep the spans that begin first, the longest of those that begin together, none that overlap."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
