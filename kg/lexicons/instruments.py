"""The vocabulary of policy instruments: families, concepts, and the shapes of names that no list can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from kg.errors import LexiconError
from kg.lexicons.entry import Entry, Word, Words
from kg.lexicons.files import load_yaml, require_unique

Tool = Literal[
    "public-enterprise", "scientific-technical", "education", "information",  # supply
    "financial", "taxation", "legal-regulatory", "political",  # environment
    "procurement", "public-services", "commercial", "overseas-agents",  # demand
]  # fmt: skip


class Placing(Entry, frozen=True, kw_only=True):
    """A place in the two classifications that scholars use.

    Attributes:
        id: The identifier that families and concepts name.
        rothwell_zegveld: One of the twelve kinds of tools of Rothwell and Zegveld; ``ontology.ttl`` has their sides.
        howlett: The resource that the tool draws on, after Howlett.
        zh: The reason for the place, in Chinese; the graph repeats it for each concept.
        en: The reason, in English.
    """

    id: Word
    rothwell_zegveld: Tool
    howlett: Literal["nodality", "authority", "treasure", "organisation"]
    zh: Word
    en: Word


class Family(Entry, frozen=True, kw_only=True):
    """A group of instruments.

    Attributes:
        id: The identifier in the graph, never reused.
        zh: The name of the family in Chinese.
        en: The name of the family in English.
        placing: The place in the two classifications of each of its concepts that has none of its own.
    """

    id: Word
    zh: Word
    en: Word
    placing: Word


class Concept(Entry, frozen=True, kw_only=True):
    """An instrument with its labels.

    Attributes:
        id: The identifier in the graph, never reused.
        pref: The preferred label.
        en: The name in English.
        family: The family it belongs to.
        alt: Other labels; no label stands on two concepts.
        general: Those of the labels that say too little to be looked for (国家标准); they stand in the graph only.
        broader: The broader concept, where there is one.
        placing: Its place in the two classifications, where it is not that of the family.
        negative: Longer strings in which a label does not name the instrument (担保公司 for 担保).
        examples: Texts in which the concept is found, tried when a reader is made.
        counterexamples: Texts in which it is not found, tried as well.
    """

    id: Word
    pref: Word
    en: Word
    family: Word
    alt: Words = ()
    general: Words = ()
    broader: str = ""
    placing: str = ""
    negative: Words = ()
    examples: Words = ()
    counterexamples: Words = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label, then the alternatives."""
        return (self.pref, *self.alt)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The labels that are looked for in texts."""
        return tuple(label for label in self.labels if label not in self.general)


class Head(Entry, frozen=True, kw_only=True):
    """The last word of names that are formed freely (绿色低碳发展 + 基金); what stands before it is the modifier.

    A name belongs to the concept that it ends in, else to that of the head, or, where the head `inherits`, to that
    before the head (信贷风险补偿 + 机制).

    Attributes:
        id: The identifier, never reused.
        words: The last words of the names (专项资金, 试验区).
        family: The family of a name that ends in no concept.
        concept: The concept of a name that ends in no concept, where there is one.
        shortest: How many characters the modifier has at least.
        needs: Words of which the modifier holds one, where any are given.
        ends: Words in one of which the modifier ends, where any are given.
        never: Words in which the modifier does not end (解决方案服务 + 平台).
        bare: Modifiers that are too general to make a name (应用 + 试点).
        acts: Verbs that may stand right before the head (技术装备推广 + 工程).
        joins: Whether 和 and 与 may stand inside the name (信用信息和融资对接 + 平台).
        unwraps: Whether a tool before the head is the name (企业碳账户 in 企业碳账户试点).
        extends: Whether a concept that ends in the head is made longer by what stands before it.
        closed: Whether the name must end there, at a mark or before one of `followers` (试点 but not 试点经验).
        keeps_levels: Whether words of level stay in the name (省科技金融增信平台); 国家 and 全国 never do.
        inherits: Whether a name belongs to the concept right before the head.
        families: Other families, by how the modifier ends (价格监测 + 机制); the longest ending decides.
        examples: Texts with the name that is found in each, tried when a reader is made.
        counterexamples: Texts in which no name is found, tried as well.
    """

    id: Word
    words: Words
    family: Word
    concept: str = ""
    shortest: int = 2
    needs: Words = ()
    ends: Words = ()
    never: Words = ()
    bare: Words = ()
    acts: Words = ()
    joins: bool = False
    unwraps: bool = False
    extends: bool = True
    closed: bool = False
    keeps_levels: bool = False
    inherits: bool = False
    families: Mapping[Word, Word] = {}
    examples: Mapping[Word, Word] = {}
    counterexamples: Words = ()


class Reach(Entry, frozen=True, kw_only=True):
    """How far a formed name reaches to the left of its head.

    Attributes:
        longest: How many characters it reaches at most.
        stops: Words that end it (verbs, particles), unless they stand inside one of `protected`.
        protected: Longer words that hold a stop and do not end the name (购买服务).
        conjunctions: Words that end it unless the head `joins`, and that are cut off its front.
        levels: Words of level that are cut off its front, unless the head keeps them.
        generic: Empty modifiers that are cut off its front.
        kept: Beginnings of names that look like one of those and are not cut (市场).
        followers: Words behind a name at which a `closed` one may end.
        measures: Measure words that are cut off with the number before them (1个省级云平台).
        joined: How many characters may stand on either side of a conjunction inside a name.
        decoys: Words that hold a head and are none (工程师).
    """

    longest: int
    stops: Words
    protected: Words
    conjunctions: Words
    levels: Words
    generic: Words
    kept: Words
    followers: Words
    measures: Words
    joined: int
    decoys: Words


class Quoted(Entry, frozen=True, kw_only=True):
    """Which names in quotation marks are tools.

    Attributes:
        shortest: How many characters stand between the marks at least.
        longest: How many stand there at most.
        family: The family of such a name.
        ends: Last characters that make a tool of a name (鲁科 + 贷).
        cues: Words behind the marks that do.
        between: Words that may stand before the cue (等).
        never: Last characters that make no tool of a name.
        families: Other families, by how the name ends; the longest ending decides.
        examples: Texts with the name that is found in each, tried when a reader is made.
        counterexamples: Texts in which no name is found, tried as well.
    """

    shortest: int
    longest: int
    family: Word
    ends: Words
    cues: Words
    between: Words = ()
    never: Words = ()
    families: Mapping[Word, Word] = {}
    examples: Mapping[Word, Word] = {}
    counterexamples: Words = ()


class Instruments(Entry, frozen=True, kw_only=True):
    """The vocabulary of policy instruments.

    Attributes:
        placings: Places in the two classifications that scholars use, each with its reason.
        families: Groups of instruments.
        concepts: Names with a meaning of their own.
        heads: The last words of names that are formed freely.
        reach: How far a formed name reaches to the left of its head.
        quoted: Which names in quotation marks are tools.
    """

    placings: tuple[Placing, ...]
    families: tuple[Family, ...]
    concepts: tuple[Concept, ...]
    heads: tuple[Head, ...]
    reach: Reach
    quoted: Quoted


def load_instruments(root: Path) -> Instruments:
    """Load and validate ``lexicons/instruments.yaml`` under `root`.

    Raises LexiconError with file and line for what does not fit, and with file and entry for an id that stands twice,
    an unknown placing, family, concept or broader concept, a circle of broader concepts, and a label of two concepts.
    """
    path = root / "lexicons" / "instruments.yaml"
    instruments = load_yaml(path, Instruments)
    for entries in (instruments.placings, instruments.families, instruments.concepts, instruments.heads):
        require_unique(path, entries)
    for problem in _problems(instruments):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return instruments


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
