"""Reads a whole string as the name of a body: listed, formed of a jurisdiction and a stem, a local office, a zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from kg.extractors.agencies.group_patterns import GroupPatterns
from kg.extractors.agencies.offices import OfficePatterns
from kg.extractors.agencies.parsed_names import (
    Department,
    Division,
    Formed,
    Given,
    Listed,
    LocalOffice,
    ParsedName,
    RegionAlone,
    Unique,
    Unknown,
    Zone,
)
from kg.extractors.agencies.resolve import Prefix, stands_alone
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_entries import CentralBody, Office
from kg.lexicons.agency_names import Agencies, Stem
from kg.lexicons.levels import Level
from kg.model.entities import Region
from kg.text.fold import fold
from kg.text.patterns import any_of

# An undated document is read as of a day after every reform in the lexicons.
_TODAY = "9999-12-31"
# No name is longer than this; and so many names are kept with what they were read as.
_LONGEST, _REMEMBERED = 120, 1 << 14
_HAN = re.compile(r"[\u3400-\u9fff]")
_UNLISTED = re.compile(r"[\u3400-\u9fff]{3,10}")


class NameReader:
    """Reads whole strings as names of bodies, as a document means them from its standpoint."""

    def __init__(self, agencies: Agencies) -> None:
        self.agencies = agencies
        self._read = lru_cache(_REMEMBERED)(self._read_anew)

    @cached_property
    def _longest_stem(self) -> int:
        return max(map(len, self.agencies.stems))

    @cached_property
    def offices(self) -> OfficePatterns:
        """The patterns of local offices."""
        return OfficePatterns(self.agencies.words.offices)

    @cached_property
    def departments(self) -> re.Pattern[str]:
        """The pattern of departments by whose they are and what they deal with."""
        return GroupPatterns(self.agencies).owned_department

    @cached_property
    def _zone(self) -> re.Pattern[str]:
        levels = self.agencies.levels
        zones, heads = any_of(levels.bare_zones), any_of(levels.zone_heads)
        return re.compile(rf"(?P<before>.*?)(?P<zone>{zones})(?P<head>{heads})")

    @cached_property
    def _open(self) -> re.Pattern[str]:
        endings = any_of(self.agencies.words.open_endings)
        return re.compile(rf".{{1,30}}(?:{endings})")

    def read(self, text: str, standpoint: Standpoint) -> ParsedName | None:
        """Read `text` as one name, or return None where it is none (企业, 2025年, 龙头企业)."""
        item = fold(text)
        if not 2 <= len(item) <= _LONGEST or not _HAN.search(item):
            return None
        if item in standpoint.aliases:
            return Given(item, standpoint.aliases[item])
        return self._read(item, standpoint)

    def _read_anew(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        """Read a folded name that the document itself has not given to a body."""
        readings = (
            self._listed,
            self._zone_name,
            self._office,
            self._division,
            self._department,
            self._formed,
            self._inverted,
            self._region_alone,
            self._unknown,
        )
        return next((name for name in (reading(item, standpoint) for reading in readings) if name), None)

    def read_known(self, text: str, standpoint: Standpoint) -> ParsedName | None:
        """Read `text` as one name that the lexicons know or form; never by its ending alone."""
        name = self.read(text, standpoint)
        return name if name and name.known else None

    def read_bare_office(self, text: str) -> Office | None:
        """Read 证监局 and the like, that miss their region."""
        return self.offices.bare.get(fold(text))

    def _listed(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        bodies = self.agencies.central_labels.get(item, ())
        if not bodies and standpoint.is_central:
            bodies = self.agencies.bare_labels.get(item, ())
        if bodies:
            return Listed(item, _as_of(bodies, standpoint.day))
        unique = self.agencies.unique_labels.get(item)
        return Unique(item, unique) if unique else None

    def _formed(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        """Read as prefix and stem, the longest stem first."""
        for start in range(max(0, len(item) - self._longest_stem), len(item)):
            stems = self.agencies.stems.get(item[start:])
            if stems:
                prefix = self.read_prefix(item[:start], standpoint)
                fitting = prefix.fitting(stems) if prefix is not None else ()
                if fitting and prefix is not None and (len(item) > 2 or not prefix.bare or stands_alone(fitting)):
                    return Formed(item, prefix, fitting)
        return None

    def read_prefix(self, text: str, standpoint: Standpoint) -> Prefix | None:
        """Read what stands before a stem, whole; None where it is no jurisdiction."""
        if not text:
            return Prefix()
        levels = self.agencies.levels
        inner = next((text[len(party) :] for party in levels.party_prefixes if text.startswith(party)), text)
        for joint in (*sorted(levels.party_joints, key=len, reverse=True), ""):
            if inner.endswith(joint) and (
                jurisdiction := self._jurisdiction(inner[: len(inner) - len(joint)], standpoint)
            ):
                word, region = jurisdiction
                shown = text if inner != text else inner[: len(inner) - len(joint)]
                return Prefix(shown, word, region, joint)
        return None

    def _jurisdiction(self, text: str, standpoint: Standpoint) -> tuple[Level | None, Region | None] | None:
        word = next((level for level in self.agencies.levels.levels if level.word == text), None)
        if word is not None:
            return word, standpoint.of_word(word)
        region = self.read_region(text, standpoint)
        return (None, region) if region is not None else None

    def read_region(self, text: str, standpoint: Standpoint) -> Region | None:
        """Read a region's name, or several in a row that hold each other (青岛市崂山区)."""
        whole = standpoint.regions.named(text)
        if whole:
            return standpoint.pick(standpoint.understood(text))
        found = standpoint.regions.longest_at(text, 0)
        if found is None or found[0] >= len(text):
            return None
        rest = text[found[0] :]
        inner = standpoint.pick(standpoint.regions.named(rest)) or self.read_region(rest, standpoint)
        holders = [region for region in found[1] if inner is not None and self._nests(inner, region, rest, standpoint)]
        return inner if holders else None

    def _nests(self, inner: Region, outer: Region, label: str, standpoint: Standpoint) -> bool:
        named = standpoint.regions.named(label) or (inner,)
        return any(standpoint.regions.within(region.id, outer.id) for region in named)

    def _office(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        """Read a local office of a central body; of two kinds with one name the one that stood on the day."""
        found: list[LocalOffice] = []
        for pattern, words in self.offices.fitting(item):
            jurisdiction = self._jurisdiction(words, standpoint) if words else (None, None)
            if jurisdiction is not None and (jurisdiction[1] is not None or not words):
                written = item.replace(words, jurisdiction[1].name, 1) if jurisdiction[0] and jurisdiction[1] else item
                found.append(LocalOffice(written, pattern.office, jurisdiction[1]))
        day = standpoint.day or _TODAY
        holding = (name for name in found if name.office.validity.holds(day))
        return next(holding, found[0] if found else None) or self._shared_office(item, standpoint)

    def _shared_office(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        """Read a local office by a name that a department there has too: the office's while there is one."""
        for before, after, shared, office in self.offices.shared:
            words = item[len(before) : len(item) - len(after)]
            if f"{before}{words}{after}" == item and office.validity.holds(standpoint.day or _TODAY):
                for region in standpoint.regions.named(words):
                    if shared.covers(region.id, region.level) and standpoint.regions.short(region.id) == words:
                        return LocalOffice(item, office, region)
        return None

    def _inverted(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        for entry in self.agencies.words.inverted:
            if (
                item.startswith(entry.before)
                and item.endswith(entry.after)
                and len(item) > len(entry.before + entry.after)
            ):
                inside = item[len(entry.before) : len(item) - len(entry.after)]
                jurisdiction = self._jurisdiction(inside, standpoint)
                if jurisdiction:
                    stem = Stem(entry.before, entry.id, entry.official, entry.branch, False, False)
                    return Formed(item, Prefix("", *jurisdiction, joint=inside), (stem,))
        return None

    def _zone_name(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        match = self._zone.fullmatch(item)
        if match is None:
            return None
        before = match.group("before")
        if any(word in before for word in self.agencies.levels.never_in_zones):
            return None
        prefix = self.read_prefix(before, standpoint)
        if prefix is None:
            if before.startswith(tuple(level.word for level in self.agencies.levels.levels)):
                return None
            named = len(before) >= 2 and (match.group("head") or standpoint.regions.longest_before(before, len(before)))
            return Zone(item, Prefix(before), match.group("head")) if named else None
        return Zone(item, Prefix(before, prefix.word, prefix.region), match.group("head"))

    def _division(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        """Read a division behind the name of its ministry, or alone in a document of its body."""
        levels = self.agencies.levels
        if item.endswith(levels.ministry_divisions):
            for end in range(len(item) - 2, 2, -1):
                named = re.sub(rf"(?<=..)(?:{any_of(levels.area_joints)})(?=..)", "", item[end:])
                if (whole := self._listed(item[:end], standpoint)) and self._is_division(named):
                    return Division(item, whole.resolve(standpoint, self.agencies).agency)
        if item.endswith(levels.divisions) and (division := self._division_named(item, standpoint)) is not None:
            return division
        if standpoint.speaker is None or not item.endswith(levels.divisions) or not self._is_division(item):
            return None
        formed = self._formed(item, standpoint)
        placed = isinstance(formed, Formed) and not formed.prefix.bare
        return Division(item, standpoint.speaker) if not placed else None

    def _division_named(self, item: str, standpoint: Standpoint) -> Division | None:
        """Read a division behind the name of its department: 省财政厅社保处."""
        for end in range(len(item) - 3, 3, -1):
            whole = self._formed(item[:end], standpoint)
            if isinstance(whole, Formed) and whole.region and whole.stems[0].type and self._is_division(item[end:]):
                return Division(item[end:], whole.resolve(standpoint, self.agencies).agency)
        return None

    def _department(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        """Read a department that the State Council or a place calls by what it deals with."""
        match = self.departments.search(item) if item.endswith(self.agencies.levels.department) else None
        if match is None or match.end() < len(item):
            return None
        whole = self._listed(item[: match.start("department")], standpoint)
        if isinstance(whole, Listed):
            return Division(item, whole.resolve(standpoint, self.agencies).agency)
        prefix = self.read_prefix(item[: match.start("department")], standpoint)
        placed = prefix is not None and prefix.region is not None and not prefix.joint
        return Department(item, prefix) if prefix is not None and placed else None

    def _is_division(self, words: str) -> bool:
        return bool(_UNLISTED.fullmatch(words)) and not any(
            word in words for word in self.agencies.levels.not_divisions
        )

    def _region_alone(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        """A region named in a list of bodies stands for its government."""
        region = self.read_region(item, standpoint)
        return RegionAlone(item, region) if region else None

    def _unknown(self, item: str, standpoint: Standpoint) -> ParsedName | None:
        words = self.agencies.words
        if item in words.not_bodies or not self._open.fullmatch(item) or not 3 <= len(item) <= 30:
            return None
        if any(item.endswith(word) and len(item) - len(word) < 3 for word in words.not_bodies):
            return None
        return Unknown(item, self._leading_prefix(item, standpoint))

    def read_unlisted(self, text: str, standpoint: Standpoint) -> ParsedName | None:
        """Read a name by nothing but its standpoint among bodies (中国一重); None where it holds words of no name."""
        item, words = fold(text), self.agencies.words
        if (
            not _UNLISTED.fullmatch(item)
            or item in words.not_bodies
            or any(word in item for word in words.not_in_unlisted)
        ):
            return None
        return Unknown(item, self._leading_prefix(item, standpoint))

    def _leading_prefix(self, item: str, standpoint: Standpoint) -> Prefix:
        """Find the jurisdiction at the head of an unknown name."""
        for prefix in self._heads(item, standpoint):
            if len(item) - len(prefix.text) >= 2:
                return prefix
        return Prefix()

    def _heads(self, item: str, standpoint: Standpoint) -> Iterator[Prefix]:
        found = standpoint.regions.longest_at(item, 0)
        if found is not None and (region := standpoint.pick(found[1])):
            yield Prefix(item[: found[0]], region=region)
        for level in self.agencies.levels.levels:
            if item.startswith(level.word):
                yield Prefix(level.word, level, standpoint.of_word(level))


def _as_of(bodies: tuple[CentralBody, ...], day: str) -> CentralBody:
    return next((body for body in bodies if body.validity.holds(day or _TODAY)), bodies[-1])
