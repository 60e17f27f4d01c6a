"""Which extractors there are: those of this package and those that others have installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.errors import KgError
from kg.extractors.reading import Reading
from kg.model.types import Fact
from kg.plugins import installed, values_in

ENTRY_POINTS = "zhengce_kg.extractors"


@dataclass(frozen=True, slots=True)
class Extractor:
    """A way to draw facts of some types from a reading; `find` yields them in any order and changes nothing."""

    name: str
    emits: tuple[type, ...]
    find: Callable[[Reading], Iterator[Fact]]


def load_extractors() -> tuple[Extractor, ...]:
    """Return all extractors by name; raise KgError where two bear one name or an entry point is no extractor."""
    found: dict[str, Extractor] = {}
    for origin, extractor in (*values_in("kg.extractors", "EXTRACTOR"), *installed(ENTRY_POINTS)):
        if not isinstance(extractor, Extractor):
            raise KgError(origin, "is not a kg.extractors.Extractor", "let the entry point name one")
        if extractor.name in found:
            raise KgError(origin, f"a second extractor is named {extractor.name}", "rename one of them")
        found[extractor.name] = extractor
    return tuple(found[name] for name in sorted(found))
