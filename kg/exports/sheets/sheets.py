"""The sheets of the spreadsheet and their columns, with headings in two languages, as `layouts.yaml` has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.lexicons.files import load_yaml

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key its values come under, its heading, its width in characters, and what it means."""

    key: str
    zh: str
    en: str
    width: int
    about_zh: str
    about_en: str

    @property
    def heading(self) -> str:
        """The heading as it stands in the first row."""
        return f"{self.zh} {self.en}".strip()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for the reader of the file."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one sheet, in order."""

    zh: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Others:
    """The columns around the properties of any other kind of thing."""

    before: tuple[Column, ...]
    after: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Layouts:
    """All of `layouts.yaml`."""

    notes: tuple[Note, ...]
    sheets: Mapping[str, Layout]
    others: Others


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name: each row has a cell for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@cache
def read_layouts() -> Layouts:
    """Read `layouts.yaml`; raise LexiconError where it is malformed."""
    return load_yaml(Path(__file__).with_name("layouts.yaml"), Layouts)


def sheet(name: str, columns: tuple[Column, ...], rows: list[Mapping[str, Cell]]) -> Sheet:
    """Return a sheet with the cells of each row in the order of the columns; raise KeyError where a row lacks one."""
    return Sheet(name, columns, tuple(tuple(row[column.key] for column in columns) for row in rows))


def readme(sheets: tuple[Sheet, ...]) -> Sheet:
    """Return the sheet that says what the others hold."""
    layouts = read_layouts()
    columns: list[Mapping[str, Cell]] = [
        {"sheet": one.name, "column": column.heading, "about_zh": column.about_zh, "about_en": column.about_en}
        for one in sheets
        for column in one.columns
    ]
    notes: list[Mapping[str, Cell]] = [
        {"sheet": "", "column": "", "about_zh": note.zh, "about_en": note.en} for note in layouts.notes
    ]
    return sheet("readme", layouts.sheets["readme"].columns, notes + columns)
