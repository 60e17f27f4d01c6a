"""What the name of a group means: whose bodies are meant, and which they are where that is sure.

A group of local governments takes the jurisdiction it lies in; one that names its own area, and one without area,
stay as they are. A group is closed, and its members known, where it is each of a level (各) without 有关.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kg.extractors.regions.standpoint import COUNTRY, Standpoint
from kg.lexicons.agency_names import Agencies
from kg.lexicons.levels import Level
from kg.model.entities import Agency, AgencyGroup, Region
from kg.model.ids import government_id, group_id
from kg.text.fold import fold
from kg.text.patterns import any_folded


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group's name taken apart. `area` is its own region or group of regions, `word` a level word before it."""

    text: str
    before: str
    quantifier: str
    area_word: str
    head: str
    local: bool
    together: bool = False  # whether it names the party committee and the government of each


class GroupMeanings:
    """Resolves names of groups."""

    def __init__(self, agencies: Agencies) -> None:
        self.agencies = agencies

    def region(self, before: str, standpoint: Standpoint) -> Region | None:
        """Return the region, or the group of regions, that the words before a group name."""
        readings = standpoint.regions.readings.get(before, ())
        named = tuple(reading.region for reading in readings)
        return standpoint.pick(named)

    def level_region(self, before: str, standpoint: Standpoint) -> Region | None:
        """Read 省, 市级 or 省直 as the region it speaks of."""
        level = self.level_of.get(before)
        return standpoint.of_word(level) if level is not None else None

    @cached_property
    def level_of(self) -> dict[str, Level]:
        """Map 省, 市级, 省直 and 市有关 to the level word that they begin with, a longer word first."""
        levels = self.agencies.levels
        found: dict[str, Level] = {}
        for level in sorted(levels.levels, key=lambda level: -len(level.word)):
            listed = [fold(words) for words in self.agencies.words.groups.levels if words.startswith(level.word)]
            for words in (level.word, *(level.word + mark for mark in levels.level_adjectives), *listed):
                found.setdefault(words, level)
        return found

    @cached_property
    def _places(self) -> re.Pattern[str]:
        """Match the last of the places that 等 follows, with what each has: 保定等3市政府."""
        words, levels = self.agencies.words.groups, self.agencies.levels
        number = rf"(?:\d{{1,2}}(?:{any_folded(levels.measure_words)})?)?"
        return re.compile(
            rf"(?P<place>.{{2,12}}?)(?:{any_folded(levels.field_etc)}){number}"
            rf"(?P<area>{any_folded(words.area_words)})(?:\([^()]*\))?(?P<head>(?:{any_folded(words.local_heads)})?)"
        )

    def last_of_places(self, words: str, standpoint: Standpoint) -> str | None:
        """Return what the last of the places before 等 means: 保定市政府 for 保定等3市政府; None for other words."""
        match = self._places.fullmatch(words)
        region = self.region(match.group("place"), standpoint) if match is not None else None
        if match is None or region is None:
            return None
        place, area, head = match.group("place", "area", "head")
        return (place + area if region.name == place + area else region.name) + head

    def resolve(self, name: GroupName, standpoint: Standpoint) -> AgencyGroup:
        """Return the group a name means as a document speaks of it."""
        own = self.region(name.before, standpoint) if name.before else None
        lead = self.level_region(name.before, standpoint) if name.before and own is None else None
        of_corps = name.area_word in self.agencies.levels.area_levels["corps"]
        home = standpoint.corps if of_corps else self._home(standpoint)
        over, shown = own, name.text
        if lead is not None:
            over, shown = lead, lead.name + name.text[self._word_length(name.before) :]
        elif name.local and own is None and home is not None and not name.before and not self._is_wide(name):
            over, shown = home, home.name + name.text
        membership = self._membership(name, over)
        governs = not name.head or any(word in name.head for word in self.agencies.levels.governments)
        members = tuple(self._members(name, over, standpoint)) if membership == "closed" and over and governs else ()
        if not members and membership == "closed":
            membership = "unknown"
        return AgencyGroup(group_id(shown), shown, membership, over.id if over else "", members)

    def _home(self, standpoint: Standpoint) -> Region | None:
        return standpoint.chain()[0] if standpoint.chain() else None

    def _word_length(self, before: str) -> int:
        return max(len(level.word) for level in self.agencies.levels.levels if before.startswith(level.word))

    def _membership(self, name: GroupName, over: Region | None) -> Literal["open", "closed", "unknown"]:
        closed = name.local and len(name.quantifier) == 1 and over is not None and over.level != COUNTRY
        return "closed" if closed else "open"

    def _members(self, name: GroupName, over: Region, standpoint: Standpoint) -> list[Agency]:
        levels = self.agencies.levels.area_levels
        level = next((level for level, words in levels.items() if name.area_word in map(fold, words)), "")
        regions = standpoint.regions.members_of(over.id) or standpoint.regions.children_of(over.id, level)
        return [self._government(region) for region in regions if region.level == level]

    def _is_wide(self, name: GroupName) -> bool:
        return not name.head and name.area_word in self.agencies.levels.wide_areas

    def _government(self, region: Region) -> Agency:
        short, official = self.agencies.government_of(region.name)
        return Agency(government_id(region.id), short, official, level=region.level, region=region.id)
