"""Loads the vocabulary of policy instruments: families, concepts, and the shapes of names that no list can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_unique


@dataclass(frozen=True, slots=True)
class Family:
    """A group of instruments and its place in the two classifications scholars use, with the reason for it."""

    id: str
    zh: str
    en: str
    rothwell_zegveld: Literal["supply", "environment", "demand"]
    howlett: Literal["nodality", "authority", "treasure", "organisation"]
    reason: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An instrument with its labels.

    `negative` are longer strings in which a label does not name the instrument (担保公司 for 担保). `examples` are
    texts in which the concept is found, `counterexamples` texts in which it is not.
    """

    id: str
    pref: str
    en: str
    family: str
    alt: tuple[str, ...] = ()
    broader: str = ""
    negative: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label, then the alternatives."""
        return (self.pref, *self.alt)


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of names that are formed freely (绿色低碳发展 + 基金).

    A name counts when what stands before the head has at least `shortest` characters, holds one of `needs`, ends in
    one of `ends` and in none of `never`, each where given. `joins` lets 和 and 与 stand inside the name; `unwraps`
    drops the head where a tool stands before it (企业碳账户试点 -> 企业碳账户); without `extends` a concept that ends
    in the head is not made longer (粤港澳三地环境信息披露 stays 环境信息披露); `closed` asks that the name ends there,
    at a mark or before one of the followers in `Reach`; with `keeps_levels` level words stay (省科技金融增信平台).
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
    joins: bool = False
    unwraps: bool = False
    extends: bool = True
    closed: bool = False
    keeps_levels: bool = False
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

    `shortest` and `longest` bound the characters between the marks; `between` may stand before the cue (等).
    """

    shortest: int
    longest: int
    family: str
    ends: tuple[str, ...]
    cues: tuple[str, ...]
    between: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    examples: dict[str, str] = field(default_factory=dict)
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instruments:
    """The whole vocabulary. `source` is the file it came from, for error messages."""

    families: tuple[Family, ...]
    concepts: tuple[Concept, ...]
    heads: tuple[Head, ...]
    reach: Reach
    quoted: Quoted
    source: str = "instruments.yaml"


def load_instruments(root: Path) -> Instruments:
    """Load and validate ``lexicons/instruments.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, an id that stands twice, an unknown family, concept or
    broader concept, a circle of broader concepts, and a label that stands for two concepts.
    """
    path = root / "lexicons" / "instruments.yaml"
    instruments = load_yaml(path, Instruments)
    for entries in (instruments.families, instruments.concepts, instruments.heads):
        require_unique(path, entries)
    for problem in _problems(instruments):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return Instruments(
        instruments.families, instruments.concepts, instruments.heads, instruments.reach, instruments.quoted, str(path)
    )


def _problems(instruments: Instruments) -> Iterator[str]:
    """Yield what contradicts itself, entry by entry."""
    yield from _unknown_names(instruments)
    yield from _shared_labels(instruments.concepts)
    yield from _circles(instruments.concepts)


def _unknown_names(instruments: Instruments) -> Iterator[str]:
    families = {family.id for family in instruments.families}
    concepts = {concept.id for concept in instruments.concepts}
    entries: tuple[Concept | Head, ...] = (*instruments.concepts, *instruments.heads)
    for entry in entries:
        if entry.family not in families:
            yield f"entry {entry.id} names the unknown family {entry.family}"
        above = entry.broader if isinstance(entry, Concept) else entry.concept
        if above and above not in concepts:
            yield f"entry {entry.id} names the unknown concept {above}"
    if instruments.quoted.family not in families:
        yield f"quoted names the unknown family {instruments.quoted.family}"


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
