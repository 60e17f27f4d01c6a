"""Patterns built from lists of words, and the choice between places where several of them match."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.model.types import Span
from kg.text.fold import fold

NEVER = r"(?!)"


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of `words`, the longest first; for no words, one that never matches.

    An empty word among them makes the rest optional.

    >>> any_of(["配合", "配合单位"])
    '配合单位|配合'
    """
    chosen = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, chosen)) if chosen else NEVER


def any_folded(words: Iterable[str]) -> str:
    """Return `any_of` the folded words, to be matched against folded text."""
    return any_of(map(fold, words))


class Matcher:
    """Finds a fixed set of words in one pass over folded text (Aho-Corasick)."""

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
