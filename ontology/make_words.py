"""Makes words.txt from the dictionary of the package jieba; run by hand when names or the dictionary are renewed.

    pip download jieba==0.42.1 --no-deps    # and unpack it: jieba/dict.txt
    python ontology/make_words.py DICT > ontology/words.txt

A short name of a place or a body may stand across ordinary words. Kept are the words that can show it: those that end in
the beginning of a name or begin with its end (two of them then meet inside it), and longer words that hold a name.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.lexicons import Lexicons, load_lexicons

HAN = re.compile(r"[\u3400-\u9fff]+\Z")
LONGEST_NAME = LONGEST_WORD = 4
# How often a word must stand in the dictionary's corpus to be ordinary; one that is tagged as a proper name, very often.
ORDINARY, OFTEN, SELDOM = 50, 3000, 5
PROPER = ("nr", "ns", "nt", "nz")
NAMING = ("部长", "局长", "省长", "市长", "州长", "县长", "区长", "院令")  # a title and a decree name their body


@dataclass(frozen=True, slots=True)
class Names:
    """Names of up to four characters: of provinces and cities, of counties by short names, of bodies."""

    places: frozenset[str]
    counties: frozenset[str]
    bodies: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every one of them."""
        return self.places | self.counties | self.bodies


def names_of(lexicons: Lexicons) -> Names:
    """Return the short names that the lexicons hold."""
    divisions = lexicons.regions.divisions.values()
    agencies = lexicons.agencies
    return Names(
        _short(x for d in divisions if d.level != "county" for x in (d.name, d.short, *d.alt)),
        _short(x for d in divisions if d.level == "county" for x in (d.name, d.short, *d.alt)),
        _short((*agencies.central_labels, *agencies.bare_labels, *agencies.unique_labels)),
    )


def _short(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if 2 <= len(name) <= LONGEST_NAME and HAN.match(name))


def dictionary(path: Path) -> dict[str, tuple[int, str]]:
    """Return how often each word stands in the corpus of the dictionary, and its tag."""
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: (int(count), tag) for word, count, tag in rows if _is_word(word)}


def _is_word(word: str) -> bool:
    return 2 <= len(word) <= LONGEST_WORD and HAN.match(word) is not None and not word.endswith(NAMING)


def meeting(words: Mapping[str, tuple[int, str]], names: Names) -> Iterator[str]:
    """Yield the ordinary words of which two can meet inside a name: 隆重 and 庆祝 in 重庆."""
    ending, beginning = defaultdict(set), defaultdict(set)
    for word, (count, tag) in words.items():
        if word not in names.all and count >= (OFTEN if tag.startswith(PROPER) else ORDINARY):
            for cut in range(1, len(word)):
                ending[word[cut:]].add(word)
                beginning[word[:cut]].add(word)
    for name in names.all:
        for cut in range(1, len(name)):
            if ending[name[:cut]] and beginning[name[cut:]]:
                yield from ending[name[:cut]] | beginning[name[cut:]]


def holding(words: Mapping[str, tuple[int, str]], names: Names) -> Iterator[str]:
    """Yield the words that hold a name and are more than it: 人行道, 千佛山."""
    for word, (count, tag) in words.items():
        if count >= SELDOM and word not in names.all and not _composed(word, names):
            if any(_held(word[start:end], start, tag, names) for start, end in _stretches(word)):
                yield word


def _held(name: str, start: int, tag: str, names: Names) -> bool:
    """Tell whether a name is no name inside a word; what a place begins and the dictionary calls a name may lie there."""
    if name in names.counties:
        return start > 0 or not tag.startswith(PROPER)
    return name in names.bodies or (start > 0 and name in names.places)


def _stretches(word: str) -> Iterator[tuple[int, int]]:
    return ((start, end) for start in range(len(word)) for end in range(start + 2, len(word) + 1))


def _composed(word: str, names: Names) -> bool:
    """Tell whether a word begins with a place, or the country, and so names what is in it: 上海浦东."""
    return any(word[:end] in names.places | {"中国"} for end in range(2, len(word)))


def main() -> None:
    """Print the words, one a line."""
    names, words = names_of(load_lexicons()), dictionary(Path(sys.argv[1]))
    print("\n".join(sorted({*meeting(words, names), *holding(words, names)})))


if __name__ == "__main__":
    main()
