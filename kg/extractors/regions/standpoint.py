"""Where a document speaks from, and what 省, 市 and 区 mean there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.lexicons.levels import Level
from kg.lexicons.region_names import Regions
from kg.model.entities import Agency, Region

COUNTRY = "country"


@dataclass(frozen=True)
class Standpoint:
    """The jurisdiction of a document (None where unknown) among all regions, and the day it speaks of.

    `speaker` is the department that issued it, whose divisions it names without it; `aliases` are the short names
    that the document gives to bodies.
    """

    regions: Regions
    region: Region | None = None
    day: str = ""
    corps: Region | None = None
    speaker: Agency | None = None
    aliases: Mapping[str, Agency] = field(default_factory=dict, compare=False)

    @property
    def is_central(self) -> bool:
        """Whether the document speaks for the whole country."""
        return self.region is not None and self.region.level == COUNTRY

    def chain(self) -> list[Region]:
        """Return the jurisdiction and what holds it, nearest first, without the country."""
        found: list[Region] = []
        region = self.region
        while region is not None and region.level != COUNTRY:
            found.append(region)
            region = self.regions.by_id(region.parent) if region.parent else None
        return found

    def of_level(self, level: str) -> Region | None:
        """Return the jurisdiction of that level that holds the document, if there is one."""
        return next((region for region in self.chain() if region.level == level), None)

    def of_word(self, word: Level) -> Region | None:
        """Return what a level word means here: 市 is the city, or the municipality, or the county-level city itself."""
        if word.level == "corps":
            return self._corps()
        if word.level == "zone":
            return self.of_level("zone")
        for region in self.chain():
            if region.name.endswith(word.word) and _fits(region, word):
                return region
        return self.of_level("province") if word.level == "province" else None

    def _corps(self) -> Region | None:
        """Return the Xinjiang corps in documents of its region, where it stands beside the region's own bodies."""
        corps = self.corps
        return corps if corps is not None and any(region.id == corps.parent for region in self.chain()) else None

    def city(self) -> Region | None:
        """Return the city here: the prefecture, or the municipality where there is none between."""
        return self.of_level("prefecture") or next(
            (region for region in self.chain() if region.level == "province" and self._is_municipality(region)), None
        )

    def _is_municipality(self, region: Region) -> bool:
        return not self.regions.children_of(region.id, "prefecture")

    def understood(self, label: str) -> tuple[Region, ...]:
        """Return the regions that a name means from here: a county's short name only near it."""
        cues, near = self.regions.cues, {region.id for region in self.chain()}
        return tuple(
            region
            for region in self.regions.named(label)
            if region.level != "county"
            or label[-1] == region.name[-1]
            or cues.free_counties.get(label) == region.id
            or (
                label not in cues.never_short
                and not near.isdisjoint(above.id for above in self.regions.above(region.id))
            )
        )

    def pick(self, candidates: tuple[Region, ...]) -> Region | None:
        """Choose among regions of one name: the one within the jurisdiction, then around it, then the highest alone."""
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        for holder in self.chain():
            inside = [region for region in candidates if self.regions.within(region.id, holder.id)]
            if len(inside) == 1:
                return inside[0]
        ranked = sorted(candidates, key=_height)
        return ranked[0] if _height(ranked[0]) < _height(ranked[1]) else None


def _fits(region: Region, word: Level) -> bool:
    """市 may be a municipality or a county-level city, 区 an autonomous region."""
    return word.level == region.level or (word.level != "province" and region.level in {"province", "county", "zone"})


def _height(region: Region) -> int:
    order = {"country": 0, "province": 1, "prefecture": 2, "county": 3}
    return order.get(region.level, 4)
