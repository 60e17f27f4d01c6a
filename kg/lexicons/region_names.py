"""All the names that regions go by: divisions by their codes, named groups and functional zones, indexed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import msgspec

from kg.errors import LexiconError
from kg.lexicons.region_entries import Division, RegionCues, RegionGroup
from kg.model.entities import Region
from kg.text.fold import fold

LEVELS = ("province", "prefecture", "county")

Form = Literal["full", "short", "bare"]


@dataclass(frozen=True, slots=True)
class RegionReading:
    """A region that a label can mean, and what kind of name the label is for it."""

    region: Region
    form: Form


class OrdinaryWords:
    """Tells names from ordinary words that happen to hold their characters, by a list of such words.

    Two words that meet inside a name leave no room for it, and a longer word that holds it is meant instead:

    >>> words = OrdinaryWords(["隆重", "庆祝", "人行道"])
    >>> words.cross("隆重庆祝", 1, 3), words.cross("在重庆祝贺", 1, 3), words.cross("占用人行道", 2, 4)
    (True, False, True)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(map(fold, words))
        self._longest = max(map(len, self._words), default=0)

    def cross(self, folded: str, start: int, end: int) -> bool:
        """Tell whether the stretch of a folded text is no name, but words that reach beyond it."""
        return any(self._met(folded, start, cut, end) for cut in range(start + 1, end)) or self._held(
            folded, start, end
        )

    def _met(self, folded: str, start: int, cut: int, end: int) -> bool:
        """Tell whether a word from before `start` ends at `cut`, and one that reaches to `end` begins there."""
        ending = any(folded[at:cut] in self._words for at in range(max(0, cut - self._longest), start))
        return ending and any(folded[cut:at] in self._words for at in range(end, cut + self._longest + 1))

    def _held(self, folded: str, start: int, end: int) -> bool:
        """Tell whether the stretch is a part of one word."""
        return any(
            folded[first:last] in self._words
            for first in range(max(0, end - self._longest), start + 1)
            for last in range(end, first + self._longest + 1)
            if last - first > end - start
        )


class Regions:
    """All regions with their names, indexed once."""

    def __init__(
        self,
        divisions: Iterable[Division],
        groups: Iterable[RegionGroup],
        cues: RegionCues,
        words: OrdinaryWords | None = None,
    ) -> None:
        self.divisions = {division.id: division for division in sorted(divisions, key=lambda one: one.id)}
        self.groups = {group.id: group for group in groups}
        self.cues = cues
        self.words = words or OrdinaryWords(())
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
        return Regions(self.divisions.values(), groups.values(), self.cues, self.words)

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
        found = self._spelled.get(letters, ())
        return self.by_id(found[0]) if len(found) == 1 else None

    @cached_property
    def _spelled(self) -> Mapping[str, Sequence[str]]:
        """The identifiers of the divisions that each spelling means."""
        spelled: defaultdict[str, list[str]] = defaultdict(list)
        for division in self.divisions.values():
            for letters in dict.fromkeys(division.spelled):
                spelled[letters].append(division.id)
        return spelled

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

    def _index_labels(self) -> dict[str, tuple[RegionReading, ...]]:
        """Map each folded label to its readings, the standing and higher regions first."""
        found: defaultdict[str, dict[str, RegionReading]] = defaultdict(dict)
        for id, label, form in self._labelled():
            if label:
                found[fold(label)].setdefault(id, RegionReading(self._regions[id], form))
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

    def _rank(self, reading: RegionReading) -> tuple[bool, int, str]:
        """Order standing regions before abolished ones, then provinces, prefectures, counties, groups and zones."""
        level = reading.region.level
        return not self.current(reading.region.id), LEVELS.index(level) if level in LEVELS else 3, reading.region.id


def _lengths(labels: Iterable[str], key: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """Map the first or last character of labels to the lengths that occur, longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for label in labels:
        found[key(label)].add(len(label))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}
