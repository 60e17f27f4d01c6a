"""Loads the regions of China: divisions by GB/T 2260 code, named groups, functional zones, and how names are read."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import msgspec

from kg.errors import LexiconError
from kg.lexicons.files import convert, load_yaml, read_text, require_unique
from kg.lexicons.region_entries import Division, NameEnding, RegionCues, RegionGroup
from kg.lexicons.region_names import LEVELS, OrdinaryWords, RegionReading, Regions
from kg.text.fold import fold

__all__ = ["LEVELS", "Division", "NameEnding", "RegionGroup", "RegionReading", "Regions", "load_regions"]

DIVISIONS = Path("regions.csv")
GROUPS = Path("lexicons/region-groups.yaml")
CUES = Path("lexicons/region-cues.yaml")
WORDS = Path("words.txt")

_DAY_LENGTHS = (0, len("2019-01-09"))
_SEVERAL = ("alt", "abbr", "spelled")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def load_regions(root: Path) -> Regions:
    """Load the regions from the ontology folder `root`.

    Raises LexiconError naming file and entry when a file does not fit its type or the data contradict themselves.
    """
    divisions = _load_divisions(root / DIVISIONS)
    groups = load_yaml(root / GROUPS, tuple[RegionGroup, ...])
    cues = load_yaml(root / CUES, RegionCues)
    _check_divisions(root / DIVISIONS, divisions)
    _check_groups(root / GROUPS, groups, {division.id for division in divisions})
    _check_cues(root / CUES, cues, {division.id for division in divisions})
    return Regions(divisions, groups, cues, OrdinaryWords(read_text(root / WORDS).split()))


def _load_divisions(path: Path) -> tuple[Division, ...]:
    """Read regions.csv."""
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    columns = [field.encode_name for field in msgspec.structs.fields(Division)]
    if list(reader.fieldnames or ()) != columns:
        raise LexiconError(f"{path}:1", f"does not have the columns {','.join(columns)}", "mend the line")
    return tuple(_division(f"{path}:{reader.line_num}", row, columns) for row in reader)


def _division(where: str, row: Mapping[str | None, object], columns: list[str]) -> Division:
    """Turn a line into a division; a missing or surplus cell is an error."""
    if list(row) != columns or None in row.values():
        raise LexiconError(where, f"does not have the columns {','.join(columns)}", "mend the line")
    cells = cast("dict[str, str]", row)
    try:
        return convert({**cells, **{name: _split(cells[name]) for name in _SEVERAL}}, Division)
    except msgspec.ValidationError as error:
        raise LexiconError(f"{where} (entry {cells['code']})", f"does not fit ({error})", "mend the line") from error


def _split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several."""
    return tuple(filter(None, cell.split(";")))


def _check_divisions(path: Path, divisions: tuple[Division, ...]) -> None:
    """Raise for double codes, unknown parents, and labels that stand twice under one parent."""
    require_unique(path, divisions)
    known = {division.id for division in divisions}
    for division in divisions:
        place = f"{path} (entry {division.id})"
        if (division.parent not in known) if division.level != "province" else division.parent:
            raise LexiconError(place, f"has the unknown parent {division.parent!r}", "give the code of a division")
        if len(division.valid_to) not in _DAY_LENGTHS:
            raise LexiconError(place, f"has the date {division.valid_to!r}", "write valid_to as YYYY-MM-DD")
    _check_labels(path, divisions)


def _check_labels(path: Path, divisions: tuple[Division, ...]) -> None:
    """Raise for a label that two standing divisions of one level and parent share."""
    seen: dict[tuple[str, str, str], str] = {}
    for division in divisions:
        for label in {division.name, division.short, *division.alt} - {""} if not division.valid_to else set():
            other = seen.setdefault((division.level, division.parent, label), division.id)
            if other != division.id:
                raise LexiconError(f"{path} (entry {division.id})", f"shares {label} with {other}", "drop one of them")


def _check_groups(path: Path, groups: tuple[RegionGroup, ...], codes: set[str]) -> None:
    """Raise for double ids, ids that are no slugs, unknown codes, labels that stand twice, and idle fields."""
    require_unique(path, groups)
    twice = Counter(label for group in groups for label in {fold(name) for name in (group.name, *group.names)})
    for group in groups:
        place = f"{path} (entry {group.id})"
        if not _SLUG.match(group.id):
            raise LexiconError(place, "has an id that is no ascii slug", "use a-z, 0-9 and hyphens")
        if unknown := sorted(_codes_of(group) - codes):
            raise LexiconError(place, f"names the unknown code {unknown[0]}", "use codes of regions.csv")
        if shared := sorted(name for name in (group.name, *group.names) if twice[fold(name)] > 1):
            raise LexiconError(place, f"shares {shared[0]} with another entry", "leave it with one of them")
        if fault := _fault(group):
            raise LexiconError(place, *fault)


def _codes_of(group: RegionGroup) -> set[str]:
    """Return every code an entry refers to."""
    defined = {member for definition in group.definitions for member in definition.members}
    return {*group.members, *group.home, *defined, group.parent} - {""}


def _fault(group: RegionGroup) -> tuple[str, str] | None:
    """Return what contradicts itself in an entry, and the remedy."""
    if group.kind == "group" and group.expand and not group.members:
        return "is a group without members", "list them or say expand: false"
    if group.definitions and group.expand:
        return "has contested definitions but would be expanded", "say expand: false"
    if group.bare and not any(group.homes):
        return "has bare names but neither parent nor home", "say in which region's documents they are understood"
    return None if group.examples else ("has no example", "add a text that holds one of its names")


def _check_cues(path: Path, cues: RegionCues, codes: set[str]) -> None:
    """Raise for free county names that mean no division."""
    for name, code in cues.free_counties.items():
        if code not in codes:
            raise LexiconError(f"{path} (entry {name})", f"names the unknown code {code}", "use codes of regions.csv")
