"""Where a document speaks from, as its number, its issuer, its title and its own words tell it."""

from __future__ import annotations

from pathlib import Path

from kg.lexicons.entry import Entry, Pattern, Word, Words
from kg.lexicons.files import load_yaml


class NamedRegion(Entry, frozen=True, kw_only=True):
    """A region that no line of regions.csv holds.

    Attributes:
        id: The identifier in the graph, never reused.
        name: The name.
        parent: The code of the region it lies in, where there is one.
    """

    id: Word
    name: Word
    parent: str = ""


class Deictic(Entry, frozen=True, kw_only=True):
    """Words by which a text says at which level it speaks.

    Attributes:
        province: Words of a province (我省).
        prefecture: Words of a city (全市).
        county: Words of a county (我县).
        country: Words of the country (我国).
    """

    province: Words
    prefecture: Words
    county: Words
    country: Words


class BodiesOfLevel(Entry, frozen=True, kw_only=True):
    """Bodies as clauses name them, by which a county's document is told from that of its city.

    Attributes:
        county: A body of a county (区财政局).
        above: A body of what is above a county (市财政局).
    """

    county: Pattern
    above: Pattern


class JurisdictionWords(Entry, frozen=True, kw_only=True):
    """What tells where a document speaks from.

    Attributes:
        country: The country as a region.
        country_sign: The character that begins the number of a central document (国发).
        country_english: Words of an issuer's English name that make it a central body.
        corps: The corps that 兵团 means in documents of its region.
        corps_division: A division of the corps, with its city, as a title begins with it.
        government_signs: What follows a place's character in a government's number (苏府办〔2024〕12号).
        zone_followers: What follows a zone that a title begins with (苏州工业园区 + 关于…).
        deictic: Words by which a text says at which level it speaks.
        bodies: Bodies by which a county's document is told from that of its city.
    """

    country: NamedRegion
    country_sign: Word
    country_english: Words
    corps: NamedRegion
    corps_division: Pattern
    government_signs: Words
    zone_followers: Words
    deictic: Deictic
    bodies: BodiesOfLevel


def load_jurisdictions(root: Path) -> JurisdictionWords:
    """Load ``lexicons/jurisdictions.yaml``; raise LexiconError with file and line for what does not fit."""
    return load_yaml(root / "lexicons" / "jurisdictions.yaml", JurisdictionWords)
