"""Every form of name that the words for bodies make: a jurisdiction, a function and a type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from kg.lexicons.agency_entries import AgencyWords, CentralBody, Function, NameType, Office, Reform, UniqueBody
from kg.lexicons.entry import Branch
from kg.lexicons.levels import LevelWords

_GOVERNMENT = "government"
_BRANCHES = get_args(Branch)
_STANDING = "9"  # behind the end of any body that is gone


@dataclass(frozen=True, slots=True)
class Stem:
    """A form that makes a name once a jurisdiction stands before it, with what it makes.

    `official` is the official form of the same; `type` is empty for bodies named whole.
    """

    form: str
    id: str
    official: str
    branch: Branch
    regulator: bool
    vertical: bool
    type: str = ""
    office: Office | None = None


@dataclass(frozen=True)
class Agencies:
    """All that is known about names of bodies."""

    words: AgencyWords
    central: tuple[CentralBody, ...]
    levels: LevelWords
    reforms: tuple[Reform, ...]

    @cached_property
    def stems(self) -> Mapping[str, tuple[Stem, ...]]:
        """Every stem form with what it may mean, the readings in the order of their branches."""
        found: defaultdict[str, dict[str, Stem]] = defaultdict(dict)
        for stem in _stems(self.words):
            found[stem.form].setdefault(stem.id, stem)
        return {form: tuple(sorted(stems.values(), key=_by_branch)) for form, stems in found.items()}

    def inside_word(self, text: str, start: int) -> bool:
        """Tell whether a level word that stands at `start` is the end of another word: 市 in 城市, 区 in 辖区."""
        before = text[start - 1 : start]
        return bool(before) and any(
            before in characters and text.startswith(word, start)
            for word, characters in self.levels.no_level_after.items()
        )

    @cached_property
    def central_labels(self) -> Mapping[str, tuple[CentralBody, ...]]:
        """Central bodies by every form that means them in any document, those that stand longest first."""
        return _by_label((body, label) for body in self.central for label in body.labels)

    @cached_property
    def bare_labels(self) -> Mapping[str, tuple[CentralBody, ...]]:
        """Central bodies by the forms that mean them in central documents only, those that stand longest first."""
        return _by_label((body, label) for body in self.central for label in body.bare)

    @cached_property
    def unique_labels(self) -> Mapping[str, UniqueBody]:
        """Other named bodies by every form."""
        return {label: body for body in self.words.unique for label in body.labels}

    def government_of(self, region: str) -> tuple[str, str]:
        """Return the short and the official name of the government of the region that bears a name."""
        government = next(body for body in self.words.bodies if body.id == _GOVERNMENT)
        return region + self.levels.government, region + government.names[0]


def _by_branch(stem: Stem) -> tuple[int, str]:
    return _BRANCHES.index(stem.branch), stem.id


def _by_label(pairs: Iterable[tuple[CentralBody, str]]) -> dict[str, tuple[CentralBody, ...]]:
    found: defaultdict[str, list[CentralBody]] = defaultdict(list)
    for body, label in pairs:
        found[label].append(body)
    return {label: tuple(sorted(bodies, key=_last_day, reverse=True)) for label, bodies in found.items()}


def _last_day(body: CentralBody) -> tuple[str, str]:
    return body.validity.end or _STANDING, body.id


def _stems(words: AgencyWords) -> Iterator[Stem]:
    types = {type_.id: type_ for type_ in words.types}
    offices = {office.id: office for office in words.offices}
    for function in words.functions:
        yield from (stem for type_id in function.types for stem in _formed(function, types[type_id]))
    for body in words.bodies:
        office = offices.get(body.office)
        for name in body.names:
            yield Stem(name, body.id, body.official, body.branch, body.regulator, body.vertical, office=office)


def _formed(function: Function, type_: NameType) -> Iterator[Stem]:
    """Yield every stem of a kind of department with every form of a type's ending."""
    official = function.full.removesuffix(type_.full) + type_.full  # 减灾委员会 does not take its ending twice
    for start in dict.fromkeys((function.full, *function.short)):
        for end in dict.fromkeys((type_.full, *type_.short)):
            yield Stem(
                start + end, function.id, official, function.branch, function.regulator, function.vertical, type_.id
            )
