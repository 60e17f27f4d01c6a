"""The entries of ``agencies.yaml``, ``central.yaml`` and ``reforms.yaml``: names of bodies and what became of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.lexicons.entry import ALWAYS, Branch, Day, Entry, Validity, Word, Words


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


class Body(Entry, frozen=True, kw_only=True, eq=False):
    """What is known of bodies of every kind but those of inverted names.

    Attributes:
        id: The identifier in the graph, never reused.
        en: The name in English, of a kind of department without its type.
        branch: The branch of power it belongs to.
        regulator: Whether it supervises finance.
        note: A remark for those who edit the file.
    """

    id: Word
    en: Word
    branch: Branch
    regulator: bool = False
    note: str = ""


class Function(Body, frozen=True, kw_only=True, eq=False):
    """A kind of department that any jurisdiction may have; its names are a stem and the ending of a type.

    Attributes:
        full: The stem of the official name (发展和改革).
        short: Short stems (发展改革, 发改).
        types: The types whose endings follow the stem.
        vertical: Whether it is managed from above rather than by its jurisdiction.
        examples: Names that end in one that the entry makes, tried while the file is loaded.
    """

    full: Word
    short: Words
    types: Words
    vertical: bool = False
    examples: Words = ()


class LocalBody(Body, frozen=True, kw_only=True, eq=False):
    """A body of any jurisdiction that is named whole, without a type.

    Attributes:
        official: The official name, without the jurisdiction (人民政府).
        others: Other names of it (政府).
        vertical: Whether it is managed from above rather than by its jurisdiction.
        office: The kind of local office that this is another name of (省税务局).
        examples: Names that end in one that the entry makes, tried while the file is loaded.
    """

    official: Word
    others: Words = msgspec.field(name="names", default=())
    vertical: bool = False
    office: str = ""
    examples: Words = ()

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
    """

    id: Word
    before: Word
    after: Word
    official: Word
    branch: Branch
    en: Word
    examples: Words = ()


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


class Office(Body, frozen=True, kw_only=True, eq=False):
    """A kind of local office of a central body.

    Attributes:
        patterns: Names, with {region} for any region's name, full or short.
        official: The official name, with {region} for the short and {full} for the full name of the region.
        shared: Names that a department of the place may bear as well.
        seat: Whether such offices are named after where they sit rather than after what they cover.
        parent: The central body.
        validity: When such offices exist.
        examples: Names that a pattern makes, tried while the file is loaded.
    """

    patterns: Words
    official: str = ""
    shared: tuple[SharedName, ...] = ()
    seat: bool = False
    parent: str = ""
    branch: Branch = "government"
    validity: Validity = msgspec.field(name="valid", default=ALWAYS)
    examples: Words = ()
    note: str = ""


class UniqueBody(Body, frozen=True, kw_only=True, eq=False):
    """A body with a name of its own that takes no jurisdiction (深圳证券交易所).

    Attributes:
        official: The official name.
        short: The short name.
        names: Other names.
        region: The code of the region it lies in, where that is part of what it is.
        parent: The body over it.
        validity: When it exists.
        examples: Names of it, tried while the file is loaded.
    """

    official: Word
    short: str = ""
    names: Words = ()
    branch: Branch = "institution"
    region: str = ""
    parent: str = ""
    validity: Validity = msgspec.field(name="valid", default=ALWAYS)
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
        many: Kinds of regions, or offices of theirs, that name many of them without a quantifier (镇街, 街道办事处).
        local_heads: What such a region has (政府, 财政厅).
        heads: Last words of other groups (部门, 成员单位).
        levels: Words that say which bodies are meant, before the quantifier (沿黄, 中央).
    """

    whole: Words
    quantifiers: Words
    area_words: Words
    many: Words
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


class CentralBody(Body, frozen=True, kw_only=True, eq=False):
    """A central body, of today or of before.

    Attributes:
        official: The official name.
        short: The short name, which results show.
        names: Other names, which results keep as they stand.
        nicknames: Other names, for which results show the short name.
        bare: Names that mean it in central documents only, for which results show the short name.
        parent: The central body over it.
        validity: When it exists.
    """

    official: Word
    short: Word
    names: Words = ()
    nicknames: Words = ()
    bare: Words = ()
    parent: str = ""
    validity: Validity = msgspec.field(name="valid", default=ALWAYS)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every form that means this body wherever it stands, the official first."""
        return tuple(dict.fromkeys((self.official, self.short, *self.names, *self.nicknames)))


class Reform(Entry, frozen=True, kw_only=True, eq=False):
    """A reform since 2013: which bodies became which.

    Attributes:
        id: The identifier in the graph, never reused.
        date: The day, or the month or year where no more is known.
        before: The bodies before, by their identifiers; a name where a body has none.
        after: The bodies after, likewise.
        before_pattern: How a local body of `before` was named, with {region} for its region; tried while the file is
            loaded.
        after_pattern: How a local body of `after` is named, likewise.
        partial: Whether only some duties or a part of the area moved.
        certainty: How sure the entry is; low where it wants checking.
        note: The source, or what the entry leaves out.
    """

    id: Word
    date: Day
    before: Words = ()
    after: Words = ()
    before_pattern: str = ""
    after_pattern: str = ""
    partial: bool = False
    certainty: Literal["high", "low"] = "high"
    note: str = ""
