"""What the graph needs to know of the world beyond the documents: plain records, filled from the lexicons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownRegion:
    """An administrative region (`code` is its GB/T 2260 code) or a functional zone (no code)."""

    id: str
    name: str
    level: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    code: str = ""
    valid_to: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class KnownRegionGroup:
    """A named group of regions; `members` are identifiers of regions, `source` says who defines it so."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class KnownInstrument:
    """A concept of the instrument vocabulary: a tool, a family, or a category of one of the two schemes.

    `broader` holds identifiers of this vocabulary, families and categories alike; `schemes` and `top_of` hold
    local names of zc: schemes (RothwellZegveld, Howlett), `matches` that of the category of the ontology it stands for.
    `reason_zh` and `reason_en` say why it is in its categories; categories have none.
    """

    id: str
    zh: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    top_of: str = ""
    definition_zh: str = ""
    definition_en: str = ""
    matches: str = ""
    reason_zh: str = ""
    reason_en: str = ""


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """A body listed by name; the dates are ISO 8601 or empty, `valid_to` is the first day it is no more."""

    id: str
    name: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    level: str = "country"
    region: str = ""
    kind: str = "government"
    regulator: bool = False
    vertical: bool = False
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """A kind of local office of a central body; `official` is its name with {region} or {full} for the place.

    `names` are its other names with {region} for the short name of any place, `shared` those good for some places only.
    """

    id: str
    official: str
    kind: str = "government"
    regulator: bool = False
    seat: bool = False
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""
    names: tuple[str, ...] = ()
    shared: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownReform:
    """A reform that turned bodies into other bodies; `partial` where the old ones live on or duties were split."""

    id: str
    date: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    label: str = ""
    partial: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class KnownConcept:
    """An act, or a group that actions are meant for; `kind` is act or addressee."""

    id: str
    kind: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference data: what `build_quads` puts in the reference graph beside what the documents name."""

    regions: tuple[KnownRegion, ...] = ()
    region_groups: tuple[KnownRegionGroup, ...] = ()
    instruments: tuple[KnownInstrument, ...] = ()
    agencies: tuple[KnownAgency, ...] = ()
    reforms: tuple[KnownReform, ...] = ()
    offices: tuple[KnownOffice, ...] = ()
    local_reforms: tuple[KnownReform, ...] = ()
    concepts: tuple[KnownConcept, ...] = ()
