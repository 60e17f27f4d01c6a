"""Which extractors there are: those of this package and those that others have installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.errors import KgError
from kg.extractors.reading import Reading
from kg.lexicons import Lexicons
from kg.model.facts import Fact
from kg.plugins import installed, values_in

ENTRY_POINTS = "zhengce_kg.extractors"

Find = Callable[[Reading], Iterator[Fact]]
"""Yields the facts of a reading in any order and changes nothing."""


@dataclass(frozen=True, slots=True)
class Extractor:
    """A way to draw facts from a reading.

    Attributes:
        name: the name, by which no two may go.
        emits: the types of the facts.
        find: yields the facts of a reading.
    """

    name: str
    emits: tuple[type[Fact], ...]
    find: Find


@dataclass(frozen=True, slots=True)
class ExtractorMaker:
    """An extractor that needs words: `make` is given the lexicons once, before any document, and returns its `find`.

    >>> ExtractorMaker("measures", (), lambda lexicons: lambda reading: iter(())).name
    'measures'
    """

    name: str
    emits: tuple[type[Fact], ...]
    make: Callable[[Lexicons], Find]

    def with_words(self, lexicons: Lexicons) -> Extractor:
        """Return the extractor, ready for any number of readings."""
        return Extractor(self.name, self.emits, self.make(lexicons))


def load_extractors(lexicons: Lexicons) -> tuple[Extractor, ...]:
    """Return all extractors by name, made from the lexicons where they need words.

    Raises KgError where two bear one name or an entry point is no extractor, LexiconError where a vocabulary misses one
    of its own examples.
    """
    found: dict[str, Extractor | ExtractorMaker] = {}
    for origin, extractor in (*values_in("kg.extractors", "EXTRACTOR"), *installed(ENTRY_POINTS)):
        if not isinstance(extractor, Extractor | ExtractorMaker):
            raise KgError(origin, "is no Extractor or ExtractorMaker of kg.extractors.registry", "let it name one")
        if extractor.name in found:
            raise KgError(origin, f"a second extractor is named {extractor.name}", "rename one of them")
        found[extractor.name] = extractor
    return tuple(_ready(found[name], lexicons) for name in sorted(found))


def _ready(extractor: Extractor | ExtractorMaker, lexicons: Lexicons) -> Extractor:
    return extractor.with_words(lexicons) if isinstance(extractor, ExtractorMaker) else extractor
