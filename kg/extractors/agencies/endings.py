"""How the names of bodies and groups end: a look at two characters spares most of the reading of what is none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.extractors.agencies.offices import REGION
from kg.extractors.regions.standpoint import Place
from kg.lexicons.agencies import Agencies
from kg.lexicons.regions import Regions
from kg.text.fold import fold


class Endings:
    """The last two characters of every name and group that the lexicons know or form."""

    def __init__(self, agencies: Agencies) -> None:
        self._last = frozenset(fold(words[-2:]) for words in _endings(agencies) if words)

    def fit(self, text: str, end: int, place: Place) -> bool:
        """Tell whether a name may end at `end` of the folded `text`; false where none can."""
        last = text[max(0, end - 2) : end]
        if last in self._last or last[-1:] in self._last or last in _ends_of_regions(place.regions):
            return True
        return text.endswith(tuple(place.aliases), 0, end)


@lru_cache(maxsize=4)
def _ends_of_regions(regions: Regions) -> frozenset[str]:
    return frozenset(label[-2:] for label in regions.readings)


def _endings(agencies: Agencies) -> Iterator[str]:
    """Yield names, or as much of them as their end."""
    words, levels, groups = agencies.words, agencies.levels, agencies.words.groups
    yield from agencies.central_labels
    yield from agencies.bare_labels
    yield from agencies.unique_labels
    yield from agencies.stems
    yield from (pattern.rpartition(REGION)[2] for office in words.offices for pattern in office.patterns)
    yield from (shared.pattern.rpartition(REGION)[2] for office in words.offices for shared in office.shared)
    yield from (entry.after for entry in words.inverted)
    yield from (*levels.zone_heads, *levels.bare_zones, *words.open_endings)
    yield from (*groups.whole, *groups.area_words, *groups.local_heads, *groups.heads)
    yield from (*levels.group_heads, *levels.branches, *levels.office_kinds)
