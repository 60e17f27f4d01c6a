"""Finds the places that a text names: provinces, cities, districts, named groups of regions and functional zones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import ahocorasick_rs

from kg.extractors.regions import Claim, Edges, Neighbours, Place, kept_claims, runs
from kg.lexicons.region_entries import RegionCues
from kg.lexicons.region_names import LEVELS, RegionReading, Regions
from kg.model.document import Span, content_id
from kg.model.entities import Region
from kg.text.fold import fold
from kg.text.patterns import any_of

Found = tuple[Span, Region]
_LONGEST_FIRM = 12
_ROW = 3  # abbreviations in a row that are common words and still places


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
        provinces = "".join(sign for sign, meant in self._abbreviated.items() if meant[0].level == "province")
        provinces = provinces.translate(str.maketrans("", "", self._cues.row_exceptions))
        self._row_pattern = re.compile(f"[{provinces}]{{2,5}}(?={any_of(self._cues.rows_before)})")
        self._cue = {cue.word: cue for cue in self._cues.abbreviation_cues}
        self._cue_pattern = re.compile(f"({any_of(self._cue)})({any_of(self._abbreviated)})")

    def find(self, text: str, jurisdiction: Region | None, *, on: str = "") -> list[Found]:
        """Return the regions named in folded `text` with their places, longest leftmost and without overlaps.

        `jurisdiction` decides what 鼓楼区, 自贸区 and short district names mean; `on`, the ISO date of the
        document, lets a division that stood then win over one that came later.
        """
        place = self._place(jurisdiction, on)
        claims = chain(self._claims_of_names(text, place), self._claims_of_abbreviations(text, place))
        return [(Span(claim.start, claim.end), claim.region) for claim in kept_claims(claims) if claim.region]

    def _is_sure(self, label: str) -> bool:
        """Tell whether a label hardly ever means anything but a region, so that its neighbours may be trusted."""
        readings = self._regions.readings[label]
        return label not in self._cues.cautious and any(
            reading.form == "full" or (reading.form == "short" and reading.region.level != "county")
            for reading in readings
        )

    def _place(self, jurisdiction: Region | None, on: str) -> Place:
        """Reduce the jurisdiction to its city and province; one the data do not know counts as none."""
        if jurisdiction is None or jurisdiction.id not in self._regions:
            return Place(on=on)
        line = (self._regions.by_id(jurisdiction.id), *self._regions.above(jurisdiction.id))
        level = {region.level: region.id for region in line}
        return Place(jurisdiction.id, level.get("prefecture", ""), level.get("province", ""), on)

    def _claims_of_names(self, text: str, place: Place) -> Iterator[Claim]:
        """Yield what each occurrence of a name or a phrase claims."""
        matches = self._matcher.find_matches_as_indexes(text, overlapping=True)
        found = [(self._labels[number], start) for number, start, _ in matches]
        sure = [(start, start + len(label)) for label, start in found if label in self._sure]
        edges = Edges(frozenset(start for start, _ in sure), frozenset(end for _, end in sure))
        doubtful: list[tuple[int, str, Claim | None]] = []
        settled: list[Claim] = []
        for label, start in found:
            claim = self._claim(text, label, start, place, edges)
            if claim is None or (claim.region is None and label not in self._phrases):
                doubtful.append((start, label, claim))
            else:
                settled.append(claim)
        yield from settled
        yield from self._claims_by_neighbours(text, doubtful, settled, place)

    def _claims_by_neighbours(
        self, text: str, doubtful: Sequence[tuple[int, str, Claim | None]], settled: Iterable[Claim], place: Place
    ) -> Iterator[Claim]:
        """Yield what county names claim that only the places around them tell: 山东巨野, 重庆…江北区, 仙桃、天门."""
        named = Neighbours([*settled, *self._listed_counties(text, doubtful, place)])
        longest = 0
        for start, label, claim in sorted(doubtful, key=lambda one: (one[0], -len(one[1]))):
            inside, longest = start + len(label) < longest, max(longest, start + len(label))
            region = None if inside else self._county_beside(text, label, start, named)
            if region is not None:
                claim = self._extent(text, start, start + len(label), region)
                named.add(claim)
            if claim is not None:
                yield claim

    def _listed_counties(
        self, text: str, doubtful: Iterable[tuple[int, str, Claim | None]], place: Place
    ) -> Iterator[Claim]:
        """Yield the counties of the document's province whose short names stand beside one another in a list."""
        own: dict[int, Claim] = {}
        for start, label, _ in doubtful if place.province else ():
            for reading in self._regions.readings[label]:
                if reading.form == "short" and self._regions.within(reading.region.id, place.province):
                    own[start] = Claim(start, start + len(label), reading.region)
        for run in runs(text, own, self._cues.joiners):
            if sum(not self._is_word(text[claim.start : claim.end]) for claim in run) > 1:
                yield from run

    def _is_word(self, label: str) -> bool:
        return label in self._cues.never_short or label in self._cues.seldom_short

    def _county_beside(self, text: str, label: str, start: int, named: Neighbours) -> Region | None:
        """Return the one county of a name that lies in the place named before it, or beside its neighbour in a list."""
        end = start + len(label)
        joined = named.ending(start - 1) if text[start - 1 : start] in self._cues.joiners else None
        follows = named.starting(end + 1) if text[end : end + 1] in self._cues.joiners else None
        over = None if self._is_word(label) else named.before(text, start)
        beside = [one.id[:2] for one in (joined, follows) if one is not None and one.level == "county"]
        if not beside and over is None:
            return None
        fits = [
            reading.region
            for reading in self._regions.readings[label]
            if reading.region.level == "county"
            and self._regions.current(reading.region.id)
            and (reading.region.id[:2] in beside or (over and self._regions.within(reading.region.id, over.id)))
        ]
        return fits[0] if len(fits) == 1 and not self._regions.words.cross(text, start, end) else None

    def _claim(self, text: str, label: str, start: int, place: Place, edges: Edges) -> Claim | None:
        """Decide on one occurrence of a label: a mention, a stretch to keep free, or nothing."""
        end = start + len(label)
        if label in self._phrases:
            return Claim(start, end, None)
        if self._regions.words.cross(text, start, end):
            return None
        reading = self._choose(label, place)
        full = (reading or self._regions.readings[label][0]).form == "full"
        if full and text.startswith(self._cues.full_not_before.get(label[-1], ()), end):
            return None
        if reading is None or (full and not self._plain(label, reading.region, place)):
            return Claim(start, end, None) if full else None
        if reading.form == "short" and not (
            self._trusted(label, reading.region, place) or self._joined(text, start, end, reading.region, edges)
        ):
            return None
        return self._extent(text, start, end, reading.region)

    def _choose(self, label: str, place: Place) -> RegionReading | None:
        """Return the one reading meant: that of the document's own area where it has one, else the highest."""
        readings = [reading for reading in self._regions.readings[label] if self._understood(reading, place)]
        then = [r for r in readings if place.on and self._regions.former(r.region.id, place.on)]
        standing = then or [r for r in readings if self._regions.current(r.region.id)] or readings
        for area in filter(None, (place.id, place.city, place.province)):
            if near := [r for r in standing if self._regions.within(r.region.id, area)]:
                return _highest(near)
        return _highest(standing)

    def _understood(self, reading: RegionReading, place: Place) -> bool:
        """Tell whether a bare name may be used in a document about `place`; others always may."""
        if reading.form != "bare":
            return True
        homes = self._regions.groups[reading.region.id].homes
        within = self._regions.within
        return bool(place.id) and any(within(place.id, home) or within(home, place.id) for home in homes)

    def _plain(self, label: str, region: Region, place: Place) -> bool:
        """Tell whether a full name is no common word: 解放区 never, 成县 only in a document about its province."""
        if label in self._cues.never_full:
            return len(label) > 2 and bool(place.city) and region.parent == place.city
        risky = len(label) == 2 or label[:-1] in self._cues.never_short
        at_home = bool(place.province) and self._regions.within(region.id, place.province)
        return region.level != "county" or not risky or at_home

    def _trusted(self, label: str, region: Region, place: Place) -> bool:
        """Tell whether a short name alone is enough: 广州 anywhere, 大同 in Shanxi, 崂山 in Qingdao."""
        if region.level == "county":
            near = region.parent in (place.city, place.province) and label not in self._cues.never_short
            return near or self._cues.free_counties.get(label) == region.id
        at_home = bool(place.province) and self._regions.within(region.id, place.province)
        return at_home or label not in self._cues.cautious

    def _joined(self, text: str, start: int, end: int, region: Region, edges: Edges) -> bool:
        """Tell whether a cautious name is joined to a sure one: 西宁、海东."""
        before = text[start - 1 : start] in self._cues.joiners and start - 1 in edges.ends
        after = text[end : end + 1] in self._cues.joiners and end + 1 in edges.starts
        return region.level != "county" and (before or after)

    def _extent(self, text: str, start: int, end: int, region: Region) -> Claim:
        """Claim the name: nothing where it is a part of a proper name, more where it forms a zone's name."""
        if region.level not in LEVELS:
            return Claim(start, end, region)
        if self._ending.match(text, end):
            return Claim(start, end, None)
        if region.level == "province":
            return Claim(start, end, region)
        zone = self._zone_pattern.match(text, end)
        if zone:
            return Claim(start, zone.end(), self._zone_of(region, zone[0]))
        formed = self._formed_zone.match(text, end)
        name = text[start : formed.end()] if formed else ""
        listed = name in self._regions.readings  # it claims its place itself
        if formed and not listed and not any(word in formed[1] for word in self._cues.formed_zones.never):
            return Claim(start, formed.end(), Region(f"z-{content_id('zone', name)}", name, "zone", region.id))
        return Claim(start, end, region)

    def _zone_of(self, region: Region, suffix: str) -> Region:
        """Form the zone that a suffix names: 青岛 + 高新区."""
        zone = self._zone[suffix]
        name = self._regions.short(region.id) + (zone.name or suffix)
        return Region(f"{region.id}-{zone.slug}", name, "zone", region.id)

    def _claims_of_abbreviations(self, text: str, place: Place) -> Iterator[Claim]:
        """Yield the one-character names: 沪 in 在沪金融机构, 鲁 in 来鲁创业."""
        for match in self._cue_pattern.finditer(text):
            cue, abbreviation = match.groups()
            before = text[match.start() - 1 : match.start()]
            region = self._abbreviation(text, abbreviation, match.end(), place)
            if region and before not in self._cue[cue].not_before:
                yield Claim(match.start(2), match.end(), region)

        for match in self._row_pattern.finditer(text):
            yield from self._claims_of_row(text, Span(*match.span()))

    def _claims_of_row(self, text: str, row: Span) -> Iterator[Claim]:
        """Yield provinces named by their abbreviations in a row: 沪浙合作, 晋陕豫交界."""
        signs = text[row.start : row.end]
        rules = self._cues.abbreviations
        common = [sign for sign in signs if sign in rules and rules[sign].only_before]
        if len(set(signs)) < len(signs) or (len(common) == len(signs) < _ROW):
            return
        if not self._regions.words.cross(text, row.start, row.end):
            yield from (Claim(at, at + 1, self._abbreviated[text[at]][0]) for at in range(row.start, row.end))

    def _abbreviation(self, text: str, abbreviation: str, end: int, place: Place) -> Region | None:
        """Return the region an abbreviation means at `end`, the document's own before others."""
        rule = self._cues.abbreviations.get(abbreviation)
        if rule and text.startswith(rule.not_after, end):
            return None
        regions = self._abbreviated[abbreviation]
        own = [region for region in regions if self._about(place, region)]
        if rule and rule.only_before:
            return own[0] if own and text.startswith(rule.only_before, end) else None
        return (own or regions)[0]

    def _about(self, place: Place, region: Region) -> bool:
        """Tell whether the document is about the region or about something in it or over it."""
        within = self._regions.within
        return bool(place.id) and (within(place.id, region.id) or within(region.id, place.id))


def _highest(readings: list[RegionReading]) -> RegionReading | None:
    """Return the reading of the highest level, None where two share it."""
    ranks = [LEVELS.index(r.region.level) if r.region.level in LEVELS else -1 for r in readings]
    return readings[ranks.index(min(ranks))] if ranks and ranks.count(min(ranks)) == 1 else None


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
    plain = cues.plain_firms
    kinds = f"(?<!{any_of(plain.kinds)})"
    plainly = rf"[^\W{cues.firm_breaks}{plain.breaks}]{{2,{_LONGEST_FIRM}}}?{kinds}{plain.ending}"
    return re.compile(f"(?:{any_of(cues.name_middles)}){{0,2}}(?:{'|'.join(words)})|{firm}|{plainly}")
