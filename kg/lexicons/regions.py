"""The regions of China: divisions by GB/T 2260 code, named groups, functional zones, and all the names they go by."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal, cast

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_unique
from kg.model.types import Region
from kg.text.fold import fold

DIVISIONS = Path("regions.csv")
GROUPS = Path("lexicons/region-groups.yaml")
CUES = Path("lexicons/region-cues.yaml")

LEVELS = ("province", "prefecture", "county")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})?\Z")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")

Form = Literal["full", "short", "bare"]


@dataclass(frozen=True, slots=True)
class Division:
    """A line of regions.csv; `valid_to` is the ISO date it was abolished by, empty while it stands."""

    id: str
    name: str
    short: str
    level: str
    parent: str
    alt: tuple[str, ...]
    abbr: tuple[str, ...]
    valid_to: str
    spelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """One of several memberships in use of a group, and who says so."""

    members: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """A named group of regions or a functional zone; `bare` names mean it only in documents about `home`."""

    id: str
    name: str
    en: str
    kind: Literal["group", "zone"]
    examples: tuple[str, ...]
    names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    parent: str = ""
    bare: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    expand: bool = True
    source: str = ""
    counterexamples: tuple[str, ...] = ()

    @property
    def homes(self) -> tuple[str, ...]:
        """The regions in whose documents the bare names are understood."""
        return self.home or (self.parent,)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that lets an abbreviation be read, unless one of `not_before` stands before the word (来 in 未来)."""

    word: str
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What must, or must not, follow a one-character abbreviation."""

    not_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameEnding:
    """A word that makes a place before it a part of a proper name (大学), unless `unless` follows the word."""

    word: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneSuffix:
    """A word that forms a zone's name from a region's (高新区); `name` is its usual wording where that differs."""

    suffix: str
    slug: str
    name: str = ""


@dataclass(frozen=True)
class FormedZones:
    """How zones end that have a name of their own behind their city's, and what never stands in such a name."""

    endings: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionCues:
    """The words of region-cues.yaml, which explains each field."""

    abbreviation_cues: tuple[Cue, ...]
    abbreviations: dict[str, Abbreviation]
    name_endings: tuple[NameEnding, ...]
    name_middles: tuple[str, ...]
    full_not_before: dict[str, tuple[str, ...]]
    phrases: tuple[str, ...]
    cautious: frozenset[str]
    joiners: tuple[str, ...]
    free_counties: dict[str, str]
    never_short: frozenset[str]
    never_full: frozenset[str]
    zone_suffixes: tuple[ZoneSuffix, ...]
    formed_zones: FormedZones


@dataclass(frozen=True, slots=True)
class Reading:
    """A region that a label can mean, and what kind of name the label is for it."""

    region: Region
    form: Form


class Regions:
    """All regions with their names, indexed once."""

    def __init__(self, divisions: Iterable[Division], groups: Iterable[RegionGroup], cues: RegionCues) -> None:
        self.divisions = {division.id: division for division in divisions}
        self.groups = {group.id: group for group in groups}
        self.cues = cues
        self._regions = {region.id: region for region in self._resolved()}
        self._children = self._index_children()
        self.readings = self._index_labels()
        self._ends = _lengths(self.readings, lambda label: label[-1])
        self._starts = _lengths(self.readings, lambda label: label[0])

    def choosing(self, definitions: Mapping[str, int]) -> Regions:
        """Return the regions with contested groups expanded by the definition chosen for each, counted from 1.

        Raises LexiconError for a group that is none, and for a number that no definition has.
        """
        groups = {**self.groups, **{id: self._chosen(id, number) for id, number in definitions.items()}}
        return Regions(self.divisions.values(), groups.values(), self.cues)

    def _chosen(self, id: str, number: int) -> RegionGroup:
        group = self.groups.get(id)
        contested = ", ".join(sorted(id for id, group in self.groups.items() if group.definitions))
        if group is None or not group.definitions:
            raise LexiconError(id, "is no group with contested definitions", f"choose one of {contested}")
        if not 1 <= number <= len(group.definitions):
            listed = "; ".join(f"{n} is {d.source}" for n, d in enumerate(group.definitions, 1))
            raise LexiconError(id, f"has no definition {number}", listed)
        chosen = group.definitions[number - 1]
        return replace(group, members=chosen.members, source=chosen.source, expand=True)

    def by_id(self, id: str) -> Region:
        """Return the region with this GB/T 2260 code or identifier; KeyError when there is none."""
        return self._regions[id]

    def __contains__(self, id: str) -> bool:
        return id in self._regions

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def parent_of(self, id: str) -> Region | None:
        """Return the region directly above, or None for provinces and for groups of several provinces."""
        return self._regions.get(self._regions[id].parent)

    def children_of(self, id: str, level: str) -> tuple[Region, ...]:
        """Return all standing regions of `level` that lie in `id`, at any depth, by code."""
        return self._children.get((id, level), ())

    def members_of(self, id: str) -> tuple[Region, ...]:
        """Return the members of a closed group, none for one that is contested or open."""
        group = self.groups.get(id)
        return tuple(self._regions[member] for member in group.members) if group and group.expand else ()

    def within(self, id: str, ancestor: str) -> bool:
        """Tell whether `id` is `ancestor` or lies in it; what lies in a member of a closed group lies in the group."""
        above = {id, *(region.id for region in self.above(id))}
        return ancestor in above or any(member.id in above for member in self.members_of(ancestor))

    def above(self, id: str) -> Iterator[Region]:
        """Yield the regions over `id`, the nearest first."""
        region = self.parent_of(id) if id in self._regions else None
        while region:
            yield region
            region = self.parent_of(region.id)

    def labels(self, id: str) -> tuple[str, ...]:
        """Return the names of a region: its own official name first, without a city in front, then the shorter ones."""
        if group := self.groups.get(id):
            return (group.name, *group.names)
        division = self.divisions[id]
        return tuple(dict.fromkeys(filter(None, (division.name, division.short, *division.alt))))

    def short(self, id: str) -> str:
        """Return the short name where one is in use, else the official one (成县)."""
        return self.groups[id].name if id in self.groups else self.divisions[id].short or self.divisions[id].name

    def current(self, id: str) -> bool:
        """Tell whether a region stands today."""
        return not (id in self.divisions and self.divisions[id].valid_to)

    def former(self, id: str, on: str) -> bool:
        """Tell whether a region is gone today but stood on the ISO date `on`."""
        return not self.current(id) and on <= self.divisions[id].valid_to

    def abbreviated(self, character: str) -> Region | None:
        """Return the province, else the city, that a one-character abbreviation stands for."""
        standing = (d for d in self.divisions.values() if character in d.abbr and not d.valid_to)
        first = min(standing, key=lambda division: (LEVELS.index(division.level), division.id), default=None)
        return self.by_id(first.id) if first else None

    def city_abbreviated(self, character: str) -> Region | None:
        """Return the one city that a character at the head of a number may stand for: 苏 of 苏府办, 杭 of 杭政办."""
        province = self.abbreviated(character)
        over = province.id if province is not None and province.level == "province" else ""
        cities = [d for d in self.divisions.values() if d.level == "prefecture" and not d.valid_to]
        found = [d.id for d in cities if character in d.abbr] or [
            d.id for d in cities if d.name.startswith(character) and d.parent.startswith(over)
        ]
        return self.by_id(found[0]) if len(found) == 1 else None

    def spelled(self, letters: str) -> Region | None:
        """Return the province or city that is spelled so in Latin letters, as in the host names of governments."""
        found = [division.id for division in self.divisions.values() if letters in division.spelled]
        return self.by_id(found[0]) if len(found) == 1 else None

    def named(self, label: str) -> tuple[Region, ...]:
        """Return all regions that a full, short or other name can mean, the standing and higher ones first."""
        return tuple(reading.region for reading in self.readings.get(fold(label), ()) if reading.form != "bare")

    def longest_at(self, text: str, pos: int) -> tuple[int, tuple[Region, ...]] | None:
        """Return (end, candidates) of the longest region name that starts at `pos`, or None."""
        for length in self._starts.get(fold(text[pos : pos + 1]), ()):
            if pos + length <= len(text) and (found := self.named(text[pos : pos + length])):
                return pos + length, found
        return None

    def longest_before(self, text: str, pos: int) -> tuple[int, tuple[Region, ...]] | None:
        """Return (start, candidates) of the longest region name that ends at `pos`, or None."""
        for length in self._ends.get(fold(text[pos - 1 : pos]) if pos else "", ()):
            if length <= pos and (found := self.named(text[pos - length : pos])):
                return pos - length, found
        return None

    def _resolved(self) -> Iterator[Region]:
        """Yield every division and group under the name a reader needs."""
        for division in self.divisions.values():
            yield Region(division.id, self._full_name(division), division.level, division.parent)
        for group in self.groups.values():
            yield Region(group.id, group.name, group.kind, group.parent)

    def _full_name(self, division: Division) -> str:
        """Put the city before a county-level name; one that a province rules directly keeps its own (仙桃市)."""
        city = self._city_over(division)
        return city.name + division.name if city else division.name

    def _city_over(self, division: Division) -> Division | None:
        """Return the prefecture or the municipality over a county-level division."""
        above = self.divisions.get(division.parent)
        municipality = above and above.level == "province" and above.name[-1] == self.divisions["110000"].name[-1]
        return above if division.level == "county" and above and (above.level == "prefecture" or municipality) else None

    def _index_children(self) -> dict[tuple[str, str], tuple[Region, ...]]:
        """Map (region, level) to the standing regions of that level in it."""
        found: defaultdict[tuple[str, str], list[Region]] = defaultdict(list)
        for region in self._regions.values():
            for above in self.above(region.id) if self.current(region.id) else ():
                found[above.id, region.level].append(region)
        return {key: tuple(sorted(regions, key=lambda r: r.id)) for key, regions in found.items()}

    def _index_labels(self) -> dict[str, tuple[Reading, ...]]:
        """Map each folded label to its readings, the standing and higher regions first."""
        found: defaultdict[str, dict[str, Reading]] = defaultdict(dict)
        for id, label, form in self._labelled():
            if label:
                found[fold(label)].setdefault(id, Reading(self._regions[id], form))
        return {label: tuple(sorted(readings.values(), key=self._rank)) for label, readings in found.items()}

    def _labelled(self) -> Iterator[tuple[str, str, Form]]:
        """Yield (id, label, form) of all names, bare ones last so that a fuller reading of the same label wins."""
        for division in self.divisions.values():
            for name in (division.name, *division.alt, *self._chains(division)):
                yield division.id, name, "full"
            yield division.id, division.short, "short"
        for group in self.groups.values():
            for name in {group.name, *group.names} - set(group.bare):
                yield group.id, name, "full"
            for name in group.bare:
                yield group.id, name, "bare"

    def _chains(self, division: Division) -> Iterator[str]:
        """Yield the official name with what stands above it in front: 山东省青岛市崂山区, 青岛崂山区."""
        name = division.name
        for above in (self.divisions[region.id] for region in self.above(division.id)):
            yield from (above.name + division.name, above.short + division.name if above.short else "")
            name = above.name + name
            yield name

    def _rank(self, reading: Reading) -> tuple[bool, int, str]:
        """Order standing regions before abolished ones, then provinces, prefectures, counties, groups and zones."""
        level = reading.region.level
        return not self.current(reading.region.id), LEVELS.index(level) if level in LEVELS else 3, reading.region.id


def _lengths(labels: Iterable[str], key: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """Map the first or last character of labels to the lengths that occur, longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for label in labels:
        found[key(label)].add(len(label))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}


def load_regions(root: Path) -> Regions:
    """Load the regions from the ontology folder `root`.

    Raises LexiconError naming file and entry when a file does not fit its type or the data contradict themselves.
    """
    divisions = _load_divisions(root / DIVISIONS)
    groups = load_yaml(root / GROUPS, tuple[RegionGroup, ...])
    cues = load_yaml(root / CUES, RegionCues)
    _check_divisions(root / DIVISIONS, divisions)
    _check_groups(root / GROUPS, groups, {division.id for division in divisions})
    _check_cues(root / CUES, cues, {division.id for division in divisions})
    return Regions(divisions, groups, cues)


def _load_divisions(path: Path) -> tuple[Division, ...]:
    """Read regions.csv."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise LexiconError(str(path), f"cannot be read ({error.strerror})", "restore the file") from error
    except UnicodeDecodeError as error:
        raise LexiconError(str(path), f"is not UTF-8 text (byte {error.start})", "save it as UTF-8") from error
    return tuple(_division(f"{path}:{line}", row) for line, row in rows)


def _division(where: str, row: Mapping[str | None, object]) -> Division:
    """Turn a line into a division; a missing or surplus cell is an error."""
    columns = ["code", *(field.name for field in fields(Division)[1:])]
    if list(row) != columns or None in row.values():
        raise LexiconError(where, f"does not have the columns {','.join(columns)}", "mend the line")
    code, name, short, level, parent, alt, abbr, ends, spelled = cast("list[str]", list(row.values()))
    return Division(code, name, short, level, parent, _split(alt), _split(abbr), ends, _split(spelled))


def _split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several."""
    return tuple(filter(None, cell.split(";")))


def _check_divisions(path: Path, divisions: tuple[Division, ...]) -> None:
    """Raise for double codes, unknown parents or levels, bad dates, and labels that stand twice under one parent."""
    require_unique(path, divisions)
    known = {division.id for division in divisions}
    for division in divisions:
        place = f"{path} (entry {division.id})"
        if not division.name:
            raise LexiconError(place, "has no name", "give the official name")
        if division.level not in LEVELS:
            raise LexiconError(place, f"has the unknown level {division.level!r}", f"use one of {', '.join(LEVELS)}")
        if (division.parent not in known) if division.level != "province" else division.parent:
            raise LexiconError(place, f"has the unknown parent {division.parent!r}", "give the code of a division")
        if not _DATE.match(division.valid_to):
            raise LexiconError(place, f"has the date {division.valid_to!r}", "write valid_to as YYYY-MM-DD")
    _check_labels(path, divisions)


def _check_labels(path: Path, divisions: tuple[Division, ...]) -> None:
    """Raise for a label that two standing divisions of one level and parent share."""
    seen: dict[tuple[str, str, str], str] = {}
    for division in divisions:
        for label in {division.name, division.short, *division.alt} - {""} if not division.valid_to else set():
            other = seen.setdefault((division.level, division.parent, label), division.id)
            if other != division.id:
                raise LexiconError(f"{path} (entry {division.id})", f"shares {label} with {other}", "drop one of them")


def _check_groups(path: Path, groups: tuple[RegionGroup, ...], codes: set[str]) -> None:
    """Raise for double ids, ids that are no slugs, unknown codes, labels that stand twice, and idle fields."""
    require_unique(path, groups)
    twice = Counter(label for group in groups for label in {fold(name) for name in (group.name, *group.names)})
    for group in groups:
        place = f"{path} (entry {group.id})"
        if not _SLUG.match(group.id):
            raise LexiconError(place, "has an id that is no ascii slug", "use a-z, 0-9 and hyphens")
        if unknown := sorted(_codes_of(group) - codes):
            raise LexiconError(place, f"names the unknown code {unknown[0]}", "use codes of regions.csv")
        if shared := sorted(name for name in (group.name, *group.names) if twice[fold(name)] > 1):
            raise LexiconError(place, f"shares {shared[0]} with another entry", "leave it with one of them")
        if fault := _fault(group):
            raise LexiconError(place, *fault)


def _codes_of(group: RegionGroup) -> set[str]:
    """Return every code an entry refers to."""
    defined = {member for definition in group.definitions for member in definition.members}
    return {*group.members, *group.home, *defined, group.parent} - {""}


def _fault(group: RegionGroup) -> tuple[str, str] | None:
    """Return what contradicts itself in an entry, and the remedy."""
    if group.kind == "group" and group.expand and not group.members:
        return "is a group without members", "list them or say expand: false"
    if group.definitions and group.expand:
        return "has contested definitions but would be expanded", "say expand: false"
    if group.bare and not any(group.homes):
        return "has bare names but neither parent nor home", "say in which region's documents they are understood"
    return None if group.examples else ("has no example", "add a text that holds one of its names")


def _check_cues(path: Path, cues: RegionCues, codes: set[str]) -> None:
    """Raise for free county names that mean no division."""
    for name, code in cues.free_counties.items():
        if code not in codes:
            raise LexiconError(f"{path} (entry {name})", f"names the unknown code {code}", "use codes of regions.csv")
