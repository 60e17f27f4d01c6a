"""What is known about the names of bodies, as the lexicons write it down, and every form that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Branch = Literal[
    "government", "party", "people-congress", "judiciary", "organization", "institution", "enterprise", "military"
]


@dataclass(frozen=True)
class Validity:
    """From which day to which a body exists; empty is open. `to` is the first day without it."""

    start: str = field(default="")
    end: str = field(default="")

    def overlaps(self, other: Validity) -> bool:
        """Tell whether there is a day on which both hold."""
        return (not self.end or not other.start or other.start < self.end) and (
            not other.end or not self.start or self.start < other.end
        )

    def holds(self, day: str) -> bool:
        """Tell whether it holds on an ISO day; an unknown day is any day."""
        return not day or ((not self.start or self.start <= day) and (not self.end or day < self.end))


@dataclass(frozen=True)
class NameType:
    """An ending of departments' names (委员会 / 委)."""

    id: str
    full: str
    short: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Function:
    """A kind of department that any jurisdiction may have: its official stem, its short stems, its types."""

    id: str
    full: str
    short: tuple[str, ...]
    types: tuple[str, ...]
    branch: Branch
    en: str
    regulator: bool = False
    vertical: bool = False
    examples: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, eq=False)
class LocalBody:
    """A body of any jurisdiction named whole (人民政府, 科学技术协会); the first name is official.

    `office` is the kind of local office that it is another name of (省税务局).
    """

    id: str
    names: tuple[str, ...]
    branch: Branch
    en: str
    regulator: bool = False
    vertical: bool = False
    office: str = ""
    examples: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, eq=False)
class Inverted:
    """A name with the level inside it (团省委)."""

    id: str
    before: str
    after: str
    official: str
    branch: Branch
    en: str
    examples: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, eq=False)
class SharedName:
    """A name of local offices that a department of the place may bear as well; ``{region}`` is a region's short name.

    It is the office's while that stands, in regions of `levels` and in `places` (codes), and nowhere else.
    """

    pattern: str
    levels: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def covers(self, region: str, level: str) -> bool:
        """Tell whether offices go by it in a region, given by its identifier and its level."""
        return level in self.levels or region in self.places


@dataclass(frozen=True, eq=False)
class Office:
    """A kind of local office of a central body; ``{region}`` in a pattern is any region's name, full or short.

    In `official` it is the short name and ``{full}`` the full one. `seat` says that such offices are named after where
    they sit rather than after what they cover.
    """

    id: str
    patterns: tuple[str, ...]
    en: str
    official: str = ""
    shared: tuple[SharedName, ...] = ()
    seat: bool = False
    parent: str = ""
    regulator: bool = False
    branch: Branch = "government"
    valid: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    note: str = ""

    @cached_property
    def validity(self) -> Validity:
        """When such offices exist."""
        return Validity(self.valid.get("from", ""), self.valid.get("to", ""))


@dataclass(frozen=True, eq=False)
class UniqueBody:
    """A named body that takes no prefix (深圳证券交易所)."""

    id: str
    official: str
    en: str
    short: str = ""
    names: tuple[str, ...] = ()
    regulator: bool = False
    branch: Branch = "institution"
    region: str = ""
    parent: str = ""
    valid: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupWords:
    """The parts of names of groups: 各 + 有关 + 地级以上市 + 政府, 省 + 有关 + 部门."""

    whole: tuple[str, ...]
    quantifiers: tuple[str, ...]
    area_words: tuple[str, ...]
    local_heads: tuple[str, ...]
    heads: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True)
class AgencyWords:
    """The whole of ``agencies.yaml``."""

    types: tuple[NameType, ...]
    functions: tuple[Function, ...]
    bodies: tuple[LocalBody, ...]
    inverted: tuple[Inverted, ...]
    offices: tuple[Office, ...]
    unique: tuple[UniqueBody, ...]
    open_endings: tuple[str, ...]
    not_bodies: tuple[str, ...]
    not_in_unlisted: tuple[str, ...]
    groups: GroupWords


@dataclass(frozen=True, eq=False)
class CentralBody:
    """A central body. `names` are kept as they stand; `nicknames`, and in central documents `bare`, mean `short`."""

    id: str
    official: str
    short: str
    en: str
    branch: Branch
    names: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    regulator: bool = False
    parent: str = ""
    valid: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @cached_property
    def validity(self) -> Validity:
        """When the body exists."""
        return Validity(self.valid.get("from", ""), self.valid.get("to", ""))

    @property
    def labels(self) -> tuple[str, ...]:
        """Every form that means this body wherever it stands, the official first."""
        return tuple(dict.fromkeys((self.official, self.short, *self.names, *self.nicknames)))


@dataclass(frozen=True)
class Level:
    """A word for a level of government before a name."""

    word: str
    level: Literal["province", "prefecture", "county", "corps", "zone"]


@dataclass(frozen=True)
class LevelWords:
    """The whole of ``levels.yaml``."""

    levels: tuple[Level, ...]
    type_levels: Mapping[str, str]
    type_ranks: Mapping[str, tuple[str, ...]]
    type_english: Mapping[str, str]
    party_joints: tuple[str, ...]
    party_joint: str
    party_prefixes: tuple[str, ...]
    party_official: str
    party_committee: Mapping[str, str]
    level_adjectives: tuple[str, ...]
    bare_zones: tuple[str, ...]
    zone_endings: tuple[str, ...]
    zone_followers: tuple[str, ...]
    body_levels: tuple[str, str]
    zone_heads: tuple[str, ...]
    task_bodies: tuple[str, ...]
    task_offices: tuple[str, ...]
    task_stops: tuple[str, ...]
    weak_task_stops: tuple[str, ...]
    not_followed_by: Mapping[str, tuple[str, ...]]
    governments: tuple[str, ...]
    government: str
    no_level_after: Mapping[str, str]
    area_levels: Mapping[str, tuple[str, ...]]
    wide_areas: tuple[str, ...]
    group_heads: tuple[str, ...]
    department: str
    stationed: tuple[str, ...]
    relevant: tuple[str, ...]
    measure_words: tuple[str, ...]
    supra_regional: tuple[str, ...]
    townships: tuple[str, ...]
    field_etc: tuple[str, ...]
    area_joints: tuple[str, ...]
    each: tuple[str, ...]
    same_level: tuple[str, ...]
    fields: tuple[str, ...]
    department_marks: tuple[str, ...]
    branches: tuple[str, ...]
    branch_quantifiers: tuple[str, ...]
    office_kinds: tuple[str, ...]
    number_bodies: tuple[str, ...]
    aliases: str
    not_aliases: tuple[str, ...]
    corps: Mapping[str, str]
    corps_division: str
    private_endings: tuple[str, ...]
    never_in_groups: tuple[str, ...]
    never_in_zones: tuple[str, ...]
    country: Mapping[str, str]
    country_names: tuple[str, ...]
    deictic: Mapping[str, tuple[str, ...]]
    country_english: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Reform:
    """A change of bodies: what was before, what came after, on which day or in which month."""

    id: str
    date: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before_pattern: str = ""
    after_pattern: str = ""
    partial: bool = False
    certainty: Literal["high", "low"] = "high"
    note: str = ""


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
        """Every stem form with what it may mean, the most official reading first."""
        found: dict[str, list[Stem]] = {}
        for stem in _stems(self.words):
            if all(known.id != stem.id for known in found.setdefault(stem.form, [])):
                found[stem.form].append(stem)
        return {form: tuple(stems) for form, stems in found.items()}

    @cached_property
    def central_labels(self) -> Mapping[str, tuple[CentralBody, ...]]:
        """Central bodies by every form that means them in any document."""
        return _by_label((body, label) for body in self.central for label in body.labels)

    @cached_property
    def bare_labels(self) -> Mapping[str, tuple[CentralBody, ...]]:
        """Central bodies by the forms that mean them in central documents only."""
        return _by_label((body, label) for body in self.central for label in body.bare)

    @cached_property
    def unique_labels(self) -> Mapping[str, UniqueBody]:
        """Other named bodies by every form."""
        return {
            label: body for body in self.words.unique for label in (body.official, body.short, *body.names) if label
        }


def _by_label(pairs: Iterator[tuple[CentralBody, str]]) -> dict[str, tuple[CentralBody, ...]]:
    found: dict[str, tuple[CentralBody, ...]] = {}
    for body, label in pairs:
        found[label] = (*found.get(label, ()), body)
    return found


def _stems(words: AgencyWords) -> Iterator[Stem]:
    types = {type_.id: type_ for type_ in words.types}
    offices = {office.id: office for office in words.offices}
    for function in words.functions:
        for type_id in function.types:
            type_ = types[type_id]
            official = function.full + type_.full
            for start in dict.fromkeys((function.full, *function.short)):
                for end in dict.fromkeys((type_.full, *type_.short)):
                    yield Stem(
                        start + end,
                        function.id,
                        official,
                        function.branch,
                        function.regulator,
                        function.vertical,
                        type_id,
                    )
    for body in words.bodies:
        for name in body.names:
            office = offices.get(body.office)
            yield Stem(name, body.id, body.names[0], body.branch, body.regulator, body.vertical, office=office)
