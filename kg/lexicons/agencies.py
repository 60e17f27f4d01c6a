"""How bodies are named: ``agencies.yaml``, ``central.yaml``, ``levels.yaml`` and ``reforms.yaml`` of the lexicons.

A department below the centre is a jurisdiction, a stem (发展改革) and a type (委); only stems and types are listed.
Central bodies, exchanges and the like are listed one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Literal

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_unique

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
    """A body of any jurisdiction named whole (人民政府, 科学技术协会); the first name is official."""

    id: str
    names: tuple[str, ...]
    branch: Branch
    en: str
    regulator: bool = False
    vertical: bool = False
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
class Office:
    """A kind of local office of a central body; ``{region}`` in a pattern is any region's name, full or short."""

    id: str
    patterns: tuple[str, ...]
    en: str
    parent: str = ""
    regulator: bool = False
    branch: Branch = "government"
    valid: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    note: str = ""


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
    level: Literal["province", "prefecture", "county"]


@dataclass(frozen=True)
class LevelWords:
    """The whole of ``levels.yaml``."""

    levels: tuple[Level, ...]
    type_levels: Mapping[str, str]
    party_joints: tuple[str, ...]
    party_prefixes: tuple[str, ...]
    party_official: str
    level_adjectives: tuple[str, ...]
    bare_zones: tuple[str, ...]
    zone_heads: tuple[str, ...]
    task_bodies: tuple[str, ...]
    task_offices: tuple[str, ...]
    task_stops: tuple[str, ...]
    weak_task_stops: tuple[str, ...]
    not_followed_by: Mapping[str, tuple[str, ...]]
    governments: tuple[str, ...]
    no_level_after: Mapping[str, str]
    area_levels: Mapping[str, tuple[str, ...]]
    wide_areas: tuple[str, ...]
    group_heads: tuple[str, ...]
    never_in_groups: tuple[str, ...]
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
            yield Stem(name, body.id, body.names[0], body.branch, body.regulator, body.vertical)


def load_agencies(root: Path) -> Agencies:
    """Read and check the four files.

    Raises LexiconError for ids that stand twice, types that are not defined, a central label on two bodies at
    one time, a form that makes two things, and examples that their own entry does not make.
    """
    folder = root / "lexicons"
    words = load_yaml(folder / "agencies.yaml", AgencyWords)
    central = load_yaml(folder / "central.yaml", tuple[CentralBody, ...])
    agencies = Agencies(
        words,
        central,
        load_yaml(folder / "levels.yaml", LevelWords),
        load_yaml(folder / "reforms.yaml", tuple[Reform, ...]),
    )
    _check_words(folder / "agencies.yaml", words)
    require_unique(folder / "central.yaml", central)
    require_unique(folder / "reforms.yaml", agencies.reforms)
    _check_central(folder / "central.yaml", agencies)
    _check_reforms(folder / "reforms.yaml", agencies)
    _check_examples(folder / "agencies.yaml", agencies)
    return agencies


def _check_words(path: Path, words: AgencyWords) -> None:
    require_unique(path, [*words.functions, *words.bodies, *words.inverted, *words.offices, *words.unique])
    known = {type_.id for type_ in words.types}
    for function in words.functions:
        for type_id in function.types:
            if type_id not in known:
                raise LexiconError(
                    str(path), f"entry {function.id} has the unknown type {type_id}", "define it in types"
                )


def _check_central(path: Path, agencies: Agencies) -> None:
    ids = {body.id for body in agencies.central}
    for body in agencies.central:
        if body.parent and body.parent not in ids:
            raise LexiconError(
                str(path), f"entry {body.id} has the unknown parent {body.parent}", "add it or mend the id"
            )
    for label, bodies in agencies.central_labels.items():
        for one, other in combinations(bodies, 2):
            if one.validity.overlaps(other.validity):
                raise LexiconError(
                    str(path),
                    f"{label} stands on {one.id} and {other.id} at one time",
                    "take it from one or part their validity",
                )


def _check_reforms(path: Path, agencies: Agencies) -> None:
    known = {body.id for body in agencies.central} | {body.id for body in agencies.words.unique}
    words = agencies.words
    entries: list[Function | LocalBody | Office] = [*words.functions, *words.bodies, *words.offices]
    known |= {entry.id for entry in entries}
    for reform in agencies.reforms:
        if not re.fullmatch(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)", reform.date):
            raise LexiconError(
                str(path), f"entry {reform.id} has the date {reform.date}", "write it as YYYY-MM-DD or YYYY-MM"
            )
        for id_ in (*reform.before, *reform.after):
            if id_ not in known and id_.isascii():
                raise LexiconError(
                    str(path), f"entry {reform.id} names the unknown body {id_}", "add the body or mend the id"
                )


def _check_examples(path: Path, agencies: Agencies) -> None:
    """Hold the examples of formed names against the forms: a prefix must be all that is left."""
    forms: dict[str, set[str]] = {}
    for form, stems in agencies.stems.items():
        for stem in stems:
            forms.setdefault(stem.id, set()).add(form)
    entries: Sequence[Function | LocalBody] = [*agencies.words.functions, *agencies.words.bodies]
    for entry in entries:
        for example in entry.examples:
            if not any(example.endswith(form) for form in forms[entry.id]):
                raise LexiconError(str(path), f"entry {entry.id} does not make its example {example}", "mend either")
