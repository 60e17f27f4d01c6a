"""Loads the vocabulary of policy instruments: families, concepts, and the shapes of names that no list can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_unique

Tool = Literal[
    "public-enterprise",
    "scientific-technical",
    "education",
    "information",
    "financial",
    "taxation",
    "legal-regulatory",
    "political",
    "procurement",
    "public-services",
    "commercial",
    "overseas-agents",
]


@dataclass(frozen=True, slots=True)
class Placing:
    """A place in the two classifications scholars use, with the reason for it in two languages.

    `rothwell_zegveld` is one of their twelve kinds; ``ontology.ttl`` says on which of the three sides each acts.
    """

    id: str
    rothwell_zegveld: Tool
    howlett: Literal["nodality", "authority", "treasure", "organisation"]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Family:
    """A group of instruments; `placing` holds for each of its concepts that has none of its own."""

    id: str
    zh: str
    en: str
    placing: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An instrument with its labels.

    `negative` are longer strings in which a label does not name the instrument (担保公司 for 担保). `general` are those
    labels that say too little to be looked for by themselves (国家标准). `placing` overrides that of the family.
    `examples` are texts in which the concept is found, `counterexamples` texts in which it is not.
    """

    id: str
    pref: str
    en: str
    family: str
    alt: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    broader: str = ""
    placing: str = ""
    negative: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label, then the alternatives."""
        return (self.pref, *self.alt)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The labels that are looked for in texts."""
        return tuple(label for label in self.labels if label not in self.general)


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of names that are formed freely (绿色低碳发展 + 基金).

    A name counts when what stands before the head has at least `shortest` characters, holds one of `needs`, ends in
    one of `ends` and in none of `never`, each where given, and is not one of `bare`, too general to make a name
    (应用试点). `acts` are verbs that may stand right before the head (技术装备推广工程). `joins` lets 和 and 与 stand
    inside the name; `unwraps` drops the head where a tool stands before it (企业碳账户试点 -> 企业碳账户); without
    `extends` a concept that ends in the head is not made longer (粤港澳三地环境信息披露 stays 环境信息披露); `closed`
    asks that the name ends there, at a mark or before one of the followers in `Reach`; with `keeps_levels` level
    words stay (省科技金融增信平台). A name ends in a concept, is of the head's, or, where the head `inherits`, of that
    before the head (信贷风险补偿 + 机制); `families` overrides the family by how the modifier ends (价格监测 + 机制).
    `examples` map a text to the name in it.
    """

    id: str
    words: tuple[str, ...]
    family: str
    concept: str = ""
    shortest: int = 2
    needs: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    joins: bool = False
    unwraps: bool = False
    extends: bool = True
    closed: bool = False
    keeps_levels: bool = False
    inherits: bool = False
    families: dict[str, str] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a formed name reaches to the left of its head, at most `longest` characters.

    `stops` end it (verbs, particles) unless they stand inside one of `protected`; `conjunctions` end it unless the head
    joins; `levels` and `generic` are cut off its front, but not off the names in `kept`; `decoys` hold a head that is
    none (工程师). `measures` are cut off with a number before them (1个省级云平台). A conjunction stands inside a name
    only with at most `joined` characters on either side.
    """

    longest: int
    stops: tuple[str, ...]
    protected: tuple[str, ...]
    conjunctions: tuple[str, ...]
    levels: tuple[str, ...]
    generic: tuple[str, ...]
    kept: tuple[str, ...]
    followers: tuple[str, ...]
    measures: tuple[str, ...]
    joined: int
    decoys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Which names in quotation marks are tools: by their last characters (`ends`) or by a cue that follows (`cues`).

    `shortest` and `longest` bound the characters between the marks; `between` may stand before the cue (等). `families`
    overrides the family by how the name ends (鲁科贷).
    """

    shortest: int
    longest: int
    family: str
    ends: tuple[str, ...]
    cues: tuple[str, ...]
    between: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    families: dict[str, str] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instruments:
    """The whole vocabulary. `source` is the file it came from, for error messages."""

    placings: tuple[Placing, ...]
    families: tuple[Family, ...]
    concepts: tuple[Concept, ...]
    heads: tuple[Head, ...]
    reach: Reach
    quoted: Quoted
    source: str = "instruments.yaml"


def load_instruments(root: Path) -> Instruments:
    """Load and validate ``lexicons/instruments.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, an id that stands twice, an unknown placing, family,
    concept or broader concept, a circle of broader concepts, and a label that stands for two concepts.
    """
    path = root / "lexicons" / "instruments.yaml"
    instruments = load_yaml(path, Instruments)
    for entries in (instruments.placings, instruments.families, instruments.concepts, instruments.heads):
        require_unique(path, entries)
    for problem in _problems(instruments):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return replace(instruments, source=str(path))


def _problems(instruments: Instruments) -> Iterator[str]:
    """Yield what contradicts itself, entry by entry."""
    yield from _unknown_names(instruments)
    yield from _unknown_placings(instruments)
    yield from _unknown_general(instruments.concepts)
    yield from _shared_labels(instruments.concepts)
    yield from _circles(instruments.concepts)


def _unknown_names(instruments: Instruments) -> Iterator[str]:
    families = {family.id for family in instruments.families}
    concepts = {concept.id for concept in instruments.concepts}
    entries: tuple[Concept | Head, ...] = (*instruments.concepts, *instruments.heads)
    for entry in entries:
        if entry.family not in families:
            yield f"entry {entry.id} names the unknown family {entry.family}"
        for family in entry.families.values() if isinstance(entry, Head) else ():
            if family not in families:
                yield f"entry {entry.id} names the unknown family {family}"
        above = entry.broader if isinstance(entry, Concept) else entry.concept
        if above and above not in concepts:
            yield f"entry {entry.id} names the unknown concept {above}"
    for family in (instruments.quoted.family, *instruments.quoted.families.values()):
        if family not in families:
            yield f"quoted names the unknown family {family}"


def _unknown_placings(instruments: Instruments) -> Iterator[str]:
    placings = {placing.id for placing in instruments.placings}
    entries: tuple[Family | Concept, ...] = (*instruments.families, *instruments.concepts)
    for entry in entries:
        optional = isinstance(entry, Concept) and not entry.placing
        if not optional and entry.placing not in placings:
            yield f"entry {entry.id} names the unknown placing {entry.placing}"


def _unknown_general(concepts: Iterable[Concept]) -> Iterator[str]:
    for concept in concepts:
        for label in concept.general:
            if label not in concept.labels:
                yield f"entry {concept.id} calls general what is no label of it, {label}"


def _shared_labels(concepts: Iterable[Concept]) -> Iterator[str]:
    owner: dict[str, str] = {}
    for concept in concepts:
        for label in concept.labels:
            if not label.strip():
                yield f"entry {concept.id} has an empty label"
            if label in owner:
                yield f"the label {label} stands twice, on {owner[label]} and on {concept.id}"
            owner[label] = concept.id


def _circles(concepts: Iterable[Concept]) -> Iterator[str]:
    above = {concept.id: concept.broader for concept in concepts}
    for start in above:
        seen, here = {start}, above[start]
        while here and here not in seen:
            seen.add(here)
            here = above.get(here, "")
        if here:
            yield f"entry {start} is, by its broader concepts, broader than itself"
