"""The regions of China: divisions by GB/T 2260 code, named groups, functional zones, and all the names they go by."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import msgspec

from kg.errors import LexiconError
from kg.lexicons.entry import Day, Entry, Ordered, Word, Words
from kg.lexicons.files import convert, load_yaml, read_text, require_unique
from kg.model.entities import Region
from kg.text.fold import fold

DIVISIONS = Path("regions.csv")
GROUPS = Path("lexicons/region-groups.yaml")
CUES = Path("lexicons/region-cues.yaml")

LEVELS = ("province", "prefecture", "county")
_DAY_LENGTHS = (0, len("2019-01-09"))
_SEVERAL = ("alt", "abbr", "spelled")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")

Form = Literal["full", "short", "bare"]


class Division(Entry, frozen=True, kw_only=True):
    """An administrative division: a line of regions.csv, where a semicolon parts several names.

    Attributes:
        id: Its code in GB/T 2260.
        name: Its official name.
        short: Its short name, where one is in use.
        level: Its level.
        parent: The code of the division it lies in; a province has none.
        alt: Other names.
        abbr: The characters that stand for it (粤).
        valid_to: The day it was abolished on; empty while it stands.
        spelled: Its name in the Latin alphabet, as host names and English issuers have it.
    """

    id: Word = msgspec.field(name="code")
    name: Word
    short: str
    level: Literal["province", "prefecture", "county"]
    parent: str
    alt: Words
    abbr: Words
    valid_to: Day
    spelled: Words


class Definition(Entry, frozen=True, kw_only=True):
    """One of several memberships in use of a group.

    Attributes:
        members: The codes of the members. Ordered: results list them so.
        source: Who defines the group so.
    """

    members: Ordered[Word]
    source: Word


class RegionGroup(Entry, frozen=True, kw_only=True):
    """A named group of regions, or a functional zone.

    Attributes:
        id: The identifier, a slug of ASCII, never reused.
        name: The name that is shown where a text has any of `names`.
        en: The name in English.
        kind: Whether it is a group of regions or a zone, which is one area.
        examples: Texts that hold one of its names; a bare one counts in a document about `home`.
        names: Other names, good in any document.
        members: The codes of the members. Ordered: results list them so.
        parent: The code of the region it lies in.
        bare: Names that mean it only in a document about `home`.
        home: The codes of the regions in whose documents the bare names are understood; `parent` where none is given.
        definitions: The contested memberships. Ordered: `kg build --definition` counts them from 1.
        expand: Whether it may be replaced by its members; not where they are unknown, partial or contested.
        source: Who defines the group so.
        counterexamples: Texts that hold none of its names.
    """

    id: Word
    name: Word
    en: Word
    kind: Literal["group", "zone"]
    examples: Words
    names: Words = ()
    members: Ordered[Word] = ()
    parent: str = ""
    bare: Words = ()
    home: Words = ()
    definitions: Ordered[Definition] = ()
    expand: bool = True
    source: str = ""
    counterexamples: Words = ()

    @property
    def homes(self) -> tuple[str, ...]:
        """The regions in whose documents the bare names are understood."""
        return self.home or (self.parent,)


class Cue(Entry, frozen=True, kw_only=True):
    """A word that lets an abbreviation be read.

    Attributes:
        word: The word before the abbreviation (在 + 沪).
        not_before: Characters before the word that make it a part of another (未 + 来).
    """

    word: Word
    not_before: Words = ()


class Abbreviation(Entry, frozen=True, kw_only=True):
    """What must, or must not, follow an abbreviation of one character.

    Attributes:
        not_after: What does not follow it, because it would be a part of a longer word.
        only_before: One of these follows, and the document is about the place: the character is a common word.
    """

    not_after: Words = ()
    only_before: Words = ()


class NameEnding(Entry, frozen=True, kw_only=True):
    """A word that makes a place before it a part of a proper name.

    Attributes:
        word: The word (大学).
        unless: What may follow the word so that it is none after all (上海银行 + 业).
    """

    word: Word
    unless: Words = ()


class ZoneSuffix(Entry, frozen=True, kw_only=True):
    """A word that forms a zone's name from a region's (青岛高新区).

    Attributes:
        suffix: The word.
        slug: What the identifier of the zone ends in.
        name: The usual wording, where it differs.
    """

    suffix: Word
    slug: Word
    name: str = ""


class FormedZones(Entry, frozen=True, kw_only=True):
    """Zones with a name of their own behind their city's (宁波前湾新区).

    Attributes:
        endings: How they end.
        never: What in the name between city and ending shows that it is none (宁波建设国家级新区).
    """

    endings: Words
    never: Words


class RegionCues(Entry, frozen=True, kw_only=True):
    """What decides whether the words of a region's name are a mention of it.

    Attributes:
        abbreviation_cues: Words after which an abbreviation of one character is read.
        abbreviations: What must, or must not, follow each of them.
        name_endings: Words that make a place before them a part of a proper name.
        name_middles: Words that may stand between the place and such a word, twice at most (山东 + 财经 + 大学).
        full_not_before: What shows, behind the last character of a name, that it ends before that (山东 + 省级).
        phrases: Phrases that hold the characters of a name and mean something else (大同小异).
        cautious: Short names that are common words, read only in a document about their province or joined to another
            region.
        joiners: Words and marks that join two regions.
        free_counties: Short names of counties that are read in any document, with the codes they mean.
        never_short: Short names of counties that are never read, because they are common words.
        never_full: Full names that are common words, read only with the city in front.
        zone_suffixes: Words that form a zone's name from a region's.
        formed_zones: Zones with a name of their own behind their city's.
    """

    abbreviation_cues: tuple[Cue, ...]
    abbreviations: Mapping[Word, Abbreviation]
    name_endings: tuple[NameEnding, ...]
    name_middles: Words
    full_not_before: Mapping[Word, Words]
    phrases: Words
    cautious: frozenset[Word]
    joiners: Words
    free_counties: Mapping[Word, Word]
    never_short: frozenset[Word]
    never_full: frozenset[Word]
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
        self.divisions = {division.id: division for division in sorted(divisions, key=lambda one: one.id)}
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
        return msgspec.structs.replace(group, members=chosen.members, source=chosen.source, expand=True)

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
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    columns = [field.encode_name for field in msgspec.structs.fields(Division)]
    return tuple(_division(f"{path}:{reader.line_num}", row, columns) for row in reader)


def _division(where: str, row: Mapping[str | None, object], columns: list[str]) -> Division:
    """Turn a line into a division; a missing or surplus cell is an error."""
    if list(row) != columns or None in row.values():
        raise LexiconError(where, f"does not have the columns {','.join(columns)}", "mend the line")
    cells = cast("dict[str, str]", row)
    try:
        return convert({**cells, **{name: _split(cells[name]) for name in _SEVERAL}}, Division)
    except msgspec.ValidationError as error:
        raise LexiconError(f"{where} (entry {cells['code']})", f"does not fit ({error})", "mend the line") from error


def _split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several."""
    return tuple(filter(None, cell.split(";")))


def _check_divisions(path: Path, divisions: tuple[Division, ...]) -> None:
    """Raise for double codes, unknown parents, and labels that stand twice under one parent."""
    require_unique(path, divisions)
    known = {division.id for division in divisions}
    for division in divisions:
        place = f"{path} (entry {division.id})"
        if (division.parent not in known) if division.level != "province" else division.parent:
            raise LexiconError(place, f"has the unknown parent {division.parent!r}", "give the code of a division")
        if len(division.valid_to) not in _DAY_LENGTHS:
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
