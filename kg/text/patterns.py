"""Patterns built from lists of words, and the choice between places where several of them match."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.model.document import Span
from kg.text.fold import fold

NEVER = r"(?!)"


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of `words`, the longest first; for no words, one that never matches.

    An empty word among them makes the rest optional.

    >>> any_of(["配合", "配合单位"])
    '配合单位|配合'
    """
    return "|".join(map(re.escape, longest_first(words))) or NEVER


def longest_first(words: Iterable[str]) -> list[str]:
    """Return words or patterns, each once, in the order in which they are tried: 今年以来 before 今年."""
    return sorted(set(words), key=lambda word: (-len(word), word))


def any_folded(words: Iterable[str]) -> str:
    """Return `any_of` the folded words, to be matched against folded text."""
    return any_of(map(fold, words))


def irreducible(words: Iterable[str]) -> list[str]:
    """Return the words that are no others put together, longest first.

    Any number of them in a row is the same with and without the others, but a pattern then has one way to match it
    where it had many: 依法依规 thirty times in a row would take a thousand million steps.

    >>> irreducible(["依法依规", "依法", "依规", "依托"])
    ['依托', '依法', '依规']
    """
    chosen = longest_first(set(words) - {""})
    known = frozenset(chosen)
    return [word for word in chosen if not _put_together(word, known - {word})]


def _put_together(word: str, parts: frozenset[str]) -> bool:
    """Tell whether a word is nothing but `parts` in a row."""
    ends = [0]
    for end in range(1, len(word) + 1):
        if any(word[start:end] in parts for start in ends):
            ends.append(end)
    return ends[-1] == len(word)


class Matcher:
    """Finds a fixed set of words in one pass over folded text (Aho-Corasick)."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted({fold(word) for word in words if word})
        self._all = AhoCorasick(self.words, implementation=Implementation.ContiguousNFA, matchkind=MatchKind.Standard)

    def every(self, folded: str) -> list[Span]:
        """Return every place where a word stands, overlapping ones too, by end and then by start."""
        return [Span(start, end) for _, start, end in self._all.find_matches_as_indexes(folded, overlapping=True)]


class Triggers:
    """Finds where the words of several sets stand, all sets in one pass over folded text.

    What needs one of the words looks only where one stands:

    >>> verbs, links = Triggers([["推动", "支持"], ["和"]]).ends("支持甲,推动乙")
    >>> verbs, links, any_between(verbs, 3, 6), any_between(verbs, 3, 7)
    ([2, 6], [], False, True)
    """

    def __init__(self, sets: Iterable[Iterable[str]]) -> None:
        sets_by_word: dict[str, list[int]] = {}
        self._count = 0
        for words in sets:
            for word in sorted({fold(word) for word in words if word}):
                sets_by_word.setdefault(word, []).append(self._count)
            self._count += 1
        self._sets = list(sets_by_word.values())
        self._all = AhoCorasick(list(sets_by_word), matchkind=MatchKind.Standard)

    def ends(self, folded: str) -> tuple[list[int], ...]:
        """Return for each set where its words end, in text order."""
        found: tuple[list[int], ...] = tuple([] for _ in range(self._count))
        for word, _, end in self._all.find_matches_as_indexes(folded, overlapping=True):
            for number in self._sets[word]:
                found[number].append(end)
        return found


def any_between(places: Sequence[int], start: int, end: int) -> bool:
    """Tell whether one of `places`, which are in order, lies from `start` on and before `end`."""
    number = bisect_left(places, start)
    return number < len(places) and places[number] < end


def longest_leftmost(spans: Iterable[Span]) -> list[Span]:
    """Keep the spans that begin first, the longest of those that begin together, none that overlap."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
