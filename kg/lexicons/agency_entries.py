"""The entries of ``agencies.yaml``: how the bodies below the centre are named."""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.lexicons.entry import Entry, Validity, Word, Words

Branch = Literal[
    "government", "party", "people-congress", "judiciary", "organization", "institution", "enterprise", "military"
]
ALWAYS = Validity()


class NameType(Entry, frozen=True, kw_only=True):
    """An ending of the names of departments.

    Attributes:
        id: The identifier that functions name.
        full: The ending in full (委员会).
        short: Its short forms (委).
    """

    id: Word
    full: Word
    short: Words = ()


class Function(Entry, frozen=True, kw_only=True, eq=False):
    """A kind of department that any jurisdiction may have; its names are a stem and the ending of a type.

    Attributes:
        id: The identifier in the graph, never reused.
        full: The stem of the official name (发展和改革).
        short: Short stems (发展改革, 发改).
        types: The types whose endings follow the stem.
        branch: The branch of power it belongs to.
        en: The name in English, without the type.
        regulator: Whether it supervises finance.
        vertical: Whether it is managed from above rather than by its jurisdiction.
        examples: Names that end in one that the entry makes, tried while the file is loaded.
        note: A remark for those who edit the file.
    """

    id: Word
    full: Word
    short: Words
    types: Words
    branch: Branch
    en: Word
    regulator: bool = False
    vertical: bool = False
    examples: Words = ()
    note: str = ""


class LocalBody(Entry, frozen=True, kw_only=True, eq=False):
    """A body of any jurisdiction that is named whole, without a type.

    Attributes:
        id: The identifier in the graph, never reused.
        official: The official name, without the jurisdiction (人民政府).
        others: Other names of it (政府).
        branch: The branch of power it belongs to.
        en: The name in English.
        regulator: Whether it supervises finance.
        vertical: Whether it is managed from above rather than by its jurisdiction.
        office: The kind of local office that this is another name of (省税务局).
        examples: Names that end in one that the entry makes, tried while the file is loaded.
        note: A remark for those who edit the file.
    """

    id: Word
    official: Word
    others: Words = msgspec.field(name="names", default=())
    branch: Branch
    en: Word
    regulator: bool = False
    vertical: bool = False
    office: str = ""
    examples: Words = ()
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the official one first."""
        return (self.official, *self.others)


class Inverted(Entry, frozen=True, kw_only=True, eq=False):
    """A name with the level inside it (团 + 省 + 委).

    Attributes:
        id: The identifier in the graph, never reused.
        before: What stands before the level.
        after: What stands behind it.
        official: The official name, with {region} for the region.
        branch: The branch of power it belongs to.
        en: The name in English.
        examples: Names that the entry makes, tried while the file is loaded.
        note: A remark for those who edit the file.
    """

    id: Word
    before: Word
    after: Word
    official: Word
    branch: Branch
    en: Word
    examples: Words = ()
    note: str = ""


class SharedName(Entry, frozen=True, kw_only=True, eq=False):
    """A name of local offices that a department of the place may bear as well; it is the office's while that stands.

    Attributes:
        pattern: The name, with {region} for the short name of a region.
        levels: The levels of regions whose offices go by it.
        places: The codes of other regions whose offices do.
        examples: Names that the pattern makes, tried while the file is loaded.
        counterexamples: Names that mean a department, whatever the day.
    """

    pattern: Word
    levels: Words = ()
    places: Words = ()
    examples: Words = ()
    counterexamples: Words = ()

    def covers(self, region: str, level: str) -> bool:
        """Tell whether offices go by it in a region, given by its identifier and its level."""
        return level in self.levels or region in self.places


class Office(Entry, frozen=True, kw_only=True, eq=False):
    """A kind of local office of a central body.

    Attributes:
        id: The identifier in the graph, never reused; that of one office ends in the code of its region.
        patterns: Names, with {region} for any region's name, full or short.
        en: The name in English.
        official: The official name, with {region} for the short and {full} for the full name of the region.
        shared: Names that a department of the place may bear as well.
        seat: Whether such offices are named after where they sit rather than after what they cover.
        parent: The central body.
        regulator: Whether it supervises finance.
        branch: The branch of power it belongs to.
        validity: When such offices exist.
        examples: Names that a pattern makes, tried while the file is loaded.
        note: A remark for those who edit the file.
    """

    id: Word
    patterns: Words
    en: Word
    official: str = ""
    shared: tuple[SharedName, ...] = ()
    seat: bool = False
    parent: str = ""
    regulator: bool = False
    branch: Branch = "government"
    validity: Validity = msgspec.field(name="valid", default=ALWAYS)
    examples: Words = ()
    note: str = ""


class UniqueBody(Entry, frozen=True, kw_only=True, eq=False):
    """A body with a name of its own that takes no jurisdiction (深圳证券交易所).

    Attributes:
        id: The identifier in the graph, never reused.
        official: The official name.
        en: The name in English.
        short: The short name.
        names: Other names.
        regulator: Whether it supervises finance.
        branch: The branch of power it belongs to.
        region: The code of the region it lies in, where that is part of what it is.
        parent: The body over it.
        validity: When it exists.
        note: A remark for those who edit the file.
        examples: Names of it, tried while the file is loaded.
    """

    id: Word
    official: Word
    en: Word
    short: str = ""
    names: Words = ()
    regulator: bool = False
    branch: Branch = "institution"
    region: str = ""
    parent: str = ""
    validity: Validity = msgspec.field(name="valid", default=ALWAYS)
    note: str = ""
    examples: Words = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Every name, the official one first."""
        return tuple(dict.fromkeys(filter(None, (self.official, self.short, *self.names))))


class GroupWords(Entry, frozen=True, kw_only=True):
    """The parts of the names of groups: 各 + 有关 + 地级以上市 + 政府, 省 + 有关 + 部门.

    Attributes:
        whole: Names of governments at large, without a quantifier (地方各级政府).
        quantifiers: Words that make a group (各, 有关).
        area_words: Kinds of regions (地级以上市).
        local_heads: What such a region has (政府, 财政厅).
        heads: Last words of other groups (部门, 成员单位).
        levels: Words that say which bodies are meant, before the quantifier (沿黄, 中央).
    """

    whole: Words
    quantifiers: Words
    area_words: Words
    local_heads: Words
    heads: Words
    levels: Words


class AgencyWords(Entry, frozen=True, kw_only=True):
    """Names of the bodies below the centre, and how a text shortens them.

    A name is a jurisdiction (省, 山东省, 省委), a stem (发展改革) and the ending of a type (委); `bodies` follow the
    jurisdiction whole.

    Attributes:
        types: The endings of the names of departments.
        functions: Kinds of departments.
        bodies: Bodies that are named whole.
        inverted: Names with the level inside them.
        offices: Kinds of local offices of central bodies.
        unique: Bodies with a name of their own.
        open_endings: Endings by which an unknown name in a list of bodies is taken for one.
        not_bodies: What ends like a body and is none.
        not_in_unlisted: Words by which an item between two bodies of a list is no name.
        groups: The parts of the names of groups.
    """

    types: tuple[NameType, ...]
    functions: tuple[Function, ...]
    bodies: tuple[LocalBody, ...]
    inverted: tuple[Inverted, ...]
    offices: tuple[Office, ...]
    unique: tuple[UniqueBody, ...]
    open_endings: Words
    not_bodies: Words
    not_in_unlisted: Words
    groups: GroupWords
