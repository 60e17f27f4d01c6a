"""The entries of ``regions.csv``, ``region-groups.yaml`` and ``region-cues.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from kg.lexicons.entry import Day, Entry, Ordered, Word, Words


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


class PlainFirms(Entry, frozen=True, kw_only=True):
    """The word that ends the name of a firm that says not what form it has (上海船用曲轴公司).

    Attributes:
        ending: The word.
        kinds: Words right before it that only say of which kind firms are (上海上市公司); all of two characters.
        breaks: Characters that never stand between the place and the word, beside those of `firm_breaks`.
    """

    ending: Word
    kinds: Words
    breaks: Word


class RegionCues(Entry, frozen=True, kw_only=True):
    """What decides whether the words of a region's name are a mention of it.

    Attributes:
        abbreviation_cues: Words after which an abbreviation of one character is read.
        abbreviations: What must, or must not, follow each of them.
        name_endings: Words that make a place before them a part of a proper name.
        name_middles: Words that may stand between the place and such a word, twice at most (山东 + 财经 + 大学).
        firm_endings: Endings of firms, in whose names a place is no mention (重庆某某软件有限公司).
        plain_firms: Firms of which only a plain word says that they are.
        firm_breaks: Characters that never stand between the place and such an ending.
        full_not_before: What shows, behind the last character of a name, that it ends before that (山东 + 省级).
        phrases: Phrases that hold the characters of a name and mean something else (大同小异).
        cautious: Short names that are common words, read only in a document about their province or joined to another
            region.
        rows_before: What follows abbreviations of provinces in a row that are places (沪浙合作).
        row_exceptions: Abbreviations that make no row.
        joiners: Words and marks that join two regions.
        free_counties: Short names of counties that are read in any document, with the codes they mean.
        never_short: Short names of counties that are never read, because they are common words.
        seldom_short: Short names of counties that are words as well, read in their own city and in lists only.
        never_full: Full names that are common words, read only with the city in front.
        zone_suffixes: Words that form a zone's name from a region's.
        formed_zones: Zones with a name of their own behind their city's.
    """

    abbreviation_cues: tuple[Cue, ...]
    abbreviations: Mapping[Word, Abbreviation]
    name_endings: tuple[NameEnding, ...]
    name_middles: Words
    firm_endings: Words
    plain_firms: PlainFirms
    firm_breaks: Word
    full_not_before: Mapping[Word, Words]
    phrases: Words
    cautious: frozenset[Word]
    rows_before: Words
    row_exceptions: Word
    joiners: Words
    free_counties: Mapping[Word, Word]
    never_short: frozenset[Word]
    seldom_short: frozenset[Word]
    never_full: frozenset[Word]
    zone_suffixes: tuple[ZoneSuffix, ...]
    formed_zones: FormedZones
