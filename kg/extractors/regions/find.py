"""Finds the places that a text names: provinces, cities, districts, named groups of regions and functional zones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import ahocorasick_rs

from kg.lexicons.region_entries import RegionCues
from kg.lexicons.region_names import LEVELS, RegionReading, Regions
from kg.model.document import Span, content_id
from kg.model.entities import Region
from kg.text.fold import fold
from kg.text.patterns import any_of, longest_leftmost

Found = tuple[Span, Region]
_LONGEST_FIRM = 12


@dataclass(frozen=True, slots=True)
class _Claim:
    """A stretch that is a region's name or, with no region, one that no region's name may use."""

    start: int
    end: int
    region: Region | None


@dataclass(frozen=True, slots=True)
class _Place:
    """What the document is about and when, as far as the reading of names depends on it; empty where unknown."""

    id: str = ""
    city: str = ""
    province: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the unmistakable names of a text start and end."""

    starts: frozenset[int]
    ends: frozenset[int]


class RegionFinder:
    """Finds region mentions; build it once and use it for any number of texts."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._cues = regions.cues
        self._phrases = frozenset(map(fold, self._cues.phrases))
        self._labels = sorted({*regions.readings, *self._phrases})
        self._matcher = ahocorasick_rs.AhoCorasick(self._labels, matchkind=ahocorasick_rs.MatchKind.Standard)
        self._sure = frozenset(label for label in regions.readings if self._is_sure(label))
        self._ending = _ending_pattern(self._cues)
        self._zone = {zone.suffix: zone for zone in self._cues.zone_suffixes}
        self._zone_pattern = re.compile(any_of(self._zone))
        self._formed_zone = re.compile(rf"([\u3400-\u9fff]{{2,4}}?)(?:{any_of(self._cues.formed_zones.endings)})")
        self._abbreviated = _abbreviated(regions)
        self._cue = {cue.word: cue for cue in self._cues.abbreviation_cues}
        self._cue_pattern = re.compile(f"({any_of(self._cue)})({any_of(self._abbreviated)})")

    def find(self, text: str, jurisdiction: Region | None, *, on: str = "") -> list[Found]:
        """Return the regions named in folded `text` with their places, longest leftmost and without overlaps.

        `jurisdiction` decides what 鼓楼区, 自贸区 and short district names mean; `on`, the ISO date of the
        document, lets a division that stood then win over one that came later.
        """
        place = self._place(jurisdiction, on)
        claims = chain(self._claims_of_names(text, place), self._claims_of_abbreviations(text, place))
        return [(Span(claim.start, claim.end), claim.region) for claim in _longest_leftmost(claims) if claim.region]

    def _is_sure(self, label: str) -> bool:
        """Tell whether a label hardly ever means anything but a region, so that its neighbours may be trusted."""
        readings = self._regions.readings[label]
        return label not in self._cues.cautious and any(
            reading.form == "full" or (reading.form == "short" and reading.region.level != "county")
            for reading in readings
        )

    def _place(self, jurisdiction: Region | None, on: str) -> _Place:
        """Reduce the jurisdiction to its city and province; one the data do not know counts as none."""
        if jurisdiction is None or jurisdiction.id not in self._regions:
            return _Place(on=on)
        line = (self._regions.by_id(jurisdiction.id), *self._regions.above(jurisdiction.id))
        level = {region.level: region.id for region in line}
        return _Place(jurisdiction.id, level.get("prefecture", ""), level.get("province", ""), on)

    def _claims_of_names(self, text: str, place: _Place) -> Iterator[_Claim]:
        """Yield what each occurrence of a name or a phrase claims."""
        matches = self._matcher.find_matches_as_indexes(text, overlapping=True)
        found = [(self._labels[number], start) for number, start, _ in matches]
        sure = [(start, start + len(label)) for label, start in found if label in self._sure]
        edges = _Edges(frozenset(start for start, _ in sure), frozenset(end for _, end in sure))
        for label, start in found:
            if claim := self._claim(text, label, start, place, edges):
                yield claim

    def _claim(self, text: str, label: str, start: int, place: _Place, edges: _Edges) -> _Claim | None:
        """Decide on one occurrence of a label: a mention, a stretch to keep free, or nothing."""
        end = start + len(label)
        if label in self._phrases:
            return _Claim(start, end, None)
        if self._regions.words.cross(text, start, end):
            return None
        reading = self._choose(label, place)
        full = (reading or self._regions.readings[label][0]).form == "full"
        if full and text.startswith(self._cues.full_not_before.get(label[-1], ()), end):
            return None
        if reading is None or (full and not self._plain(label, reading.region, place)):
            return _Claim(start, end, None) if full else None
        if reading.form == "short" and not (
            self._trusted(label, reading.region, place) or self._joined(text, start, end, reading.region, edges)
        ):
            return None
        return self._extent(text, start, end, reading.region)

    def _choose(self, label: str, place: _Place) -> RegionReading | None:
        """Return the one reading meant: that of the document's own area where it has one, else the highest."""
        readings = [reading for reading in self._regions.readings[label] if self._understood(reading, place)]
        then = [r for r in readings if place.on and self._regions.former(r.region.id, place.on)]
        standing = then or [r for r in readings if self._regions.current(r.region.id)] or readings
        for area in filter(None, (place.id, place.city, place.province)):
            if near := [r for r in standing if self._regions.within(r.region.id, area)]:
                return _highest(near)
        return _highest(standing)

    def _understood(self, reading: RegionReading, place: _Place) -> bool:
        """Tell whether a bare name may be used in a document about `place`; others always may."""
        if reading.form != "bare":
            return True
        homes = self._regions.groups[reading.region.id].homes
        within = self._regions.within
        return bool(place.id) and any(within(place.id, home) or within(home, place.id) for home in homes)

    def _plain(self, label: str, region: Region, place: _Place) -> bool:
        """Tell whether a full name is no common word: 解放区 never, 成县 only in a document about its province."""
        if label in self._cues.never_full:
            return len(label) > 2 and bool(place.city) and region.parent == place.city
        risky = len(label) == 2 or label[:-1] in self._cues.never_short
        at_home = bool(place.province) and self._regions.within(region.id, place.province)
        return region.level != "county" or not risky or at_home

    def _trusted(self, label: str, region: Region, place: _Place) -> bool:
        """Tell whether a short name alone is enough: 广州 anywhere, 大同 in Shanxi, 崂山 in Qingdao."""
        if region.level == "county":
            near = region.parent in (place.city, place.province) and label not in self._cues.never_short
            return near or self._cues.free_counties.get(label) == region.id
        at_home = bool(place.province) and self._regions.within(region.id, place.province)
        return at_home or label not in self._cues.cautious

    def _joined(self, text: str, start: int, end: int, region: Region, edges: _Edges) -> bool:
        """Tell whether a cautious name is joined to a sure one: 西宁、海东."""
        before = text[start - 1 : start] in self._cues.joiners and start - 1 in edges.ends
        after = text[end : end + 1] in self._cues.joiners and end + 1 in edges.starts
        return region.level != "county" and (before or after)

    def _extent(self, text: str, start: int, end: int, region: Region) -> _Claim:
        """Claim the name: nothing where it is a part of a proper name, more where it forms a zone's name."""
        if region.level not in LEVELS:
            return _Claim(start, end, region)
        if self._ending.match(text, end):
            return _Claim(start, end, None)
        if region.level == "province":
            return _Claim(start, end, region)
        zone = self._zone_pattern.match(text, end)
        if zone:
            return _Claim(start, zone.end(), self._zone_of(region, zone[0]))
        formed = self._formed_zone.match(text, end)
        name = text[start : formed.end()] if formed else ""
        listed = name in self._regions.readings  # it claims its place itself
        if formed and not listed and not any(word in formed[1] for word in self._cues.formed_zones.never):
            return _Claim(start, formed.end(), Region(f"z-{content_id('zone', name)}", name, "zone", region.id))
        return _Claim(start, end, region)

    def _zone_of(self, region: Region, suffix: str) -> Region:
        """Form the zone that a suffix names: 青岛 + 高新区."""
        zone = self._zone[suffix]
        name = self._regions.short(region.id) + (zone.name or suffix)
        return Region(f"{region.id}-{zone.slug}", name, "zone", region.id)

    def _claims_of_abbreviations(self, text: str, place: _Place) -> Iterator[_Claim]:
        """Yield the one-character names: 沪 in 在沪金融机构, 鲁 in 来鲁创业."""
        for match in self._cue_pattern.finditer(text):
            cue, abbreviation = match.groups()
            before = text[match.start() - 1 : match.start()]
            region = self._abbreviation(text, abbreviation, match.end(), place)
            if region and before not in self._cue[cue].not_before:
                yield _Claim(match.start(2), match.end(), region)

    def _abbreviation(self, text: str, abbreviation: str, end: int, place: _Place) -> Region | None:
        """Return the region an abbreviation means at `end`, the document's own before others."""
        rule = self._cues.abbreviations.get(abbreviation)
        if rule and text.startswith(rule.not_after, end):
            return None
        regions = self._abbreviated[abbreviation]
        own = [region for region in regions if self._about(place, region)]
        if rule and rule.only_before:
            return own[0] if own and text.startswith(rule.only_before, end) else None
        return (own or regions)[0]

    def _about(self, place: _Place, region: Region) -> bool:
        """Tell whether the document is about the region or about something in it or over it."""
        within = self._regions.within
        return bool(place.id) and (within(place.id, region.id) or within(region.id, place.id))


def _highest(readings: list[RegionReading]) -> RegionReading | None:
    """Return the reading of the highest level, None where two share it."""
    ranks = [LEVELS.index(r.region.level) if r.region.level in LEVELS else -1 for r in readings]
    return readings[ranks.index(min(ranks))] if ranks and ranks.count(min(ranks)) == 1 else None


def _longest_leftmost(claims: Iterable[_Claim]) -> list[_Claim]:
    """Return claims that do not overlap; of two for one stretch the one that forbids it comes first."""
    by_span: dict[Span, _Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.region is not None):
        by_span.setdefault(Span(claim.start, claim.end), claim)
    return [by_span[span] for span in longest_leftmost(by_span)]


def _abbreviated(regions: Regions) -> dict[str, tuple[Region, ...]]:
    """Map each one-character abbreviation to its regions, provinces first."""
    found: defaultdict[str, list[Region]] = defaultdict(list)
    for level in LEVELS:
        for division in regions.divisions.values():
            for abbreviation in division.abbr if division.level == level and not division.valid_to else ():
                found[abbreviation].append(regions.by_id(division.id))
    return {abbreviation: tuple(meant) for abbreviation, meant in found.items()}


def _ending_pattern(cues: RegionCues) -> re.Pattern[str]:
    """Return the pattern of what makes the place before it a part of a proper name."""
    words = (
        re.escape(ending.word) + (f"(?!{any_of(ending.unless)})" if ending.unless else "")
        for ending in cues.name_endings
    )
    firm = rf"[^\W{cues.firm_breaks}]{{1,{_LONGEST_FIRM}}}?(?:{any_of(cues.firm_endings)})"
    return re.compile(f"(?:{any_of(cues.name_middles)}){{0,2}}(?:{'|'.join(words)})|{firm}")
