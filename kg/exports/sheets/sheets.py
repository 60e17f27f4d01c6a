"""What a sheet is, the layouts of `layouts.yaml`, and sheets for kinds with evidence that have none of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode

from kg.exports.sheets.book import SEPARATOR, Book
from kg.graph.namespaces import VOCABULARIES, term
from kg.graph.things import Thing
from kg.graph.vocabulary import read_vocabulary
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


_WITH_SHEETS = ("zc:Assignment", "zc:Measure", "zc:Target")
_IN_OTHER_COLUMNS = {term(name).value for name in ("rdf:type", "zc:evidence", "dcterms:isPartOf", "zc:statedIn")}
_WIDTH = 26


def other_sheets(book: Book) -> Iterator[Sheet]:
    """Yield the sheets in the order of their names."""
    kinds: dict[str, list[Thing]] = {}
    for thing in book.things.values():
        if thing.links("zc:evidence") and thing.types and not thing.is_a(*_WITH_SHEETS):
            kinds.setdefault(thing.kind, []).append(thing)
    for kind in sorted(kinds):
        yield _other_sheet(book, kind, book.in_order(kinds[kind]))


def _other_sheet(book: Book, kind: str, things: list[Thing]) -> Sheet:
    others, properties = read_layouts().others, _properties(things)
    columns = (*others.before, *map(_column, properties), *others.after)
    return sheet(kind, columns, [_row(book, thing, properties) for thing in things])


def _properties(things: Iterable[Thing]) -> list[str]:
    own = VOCABULARIES["zc"]
    found = {iri for thing in things for iri in thing.values} - _IN_OTHER_COLUMNS
    return sorted(found, key=lambda iri: (not iri.startswith(own), iri))


def _column(iri: str) -> Column:
    vocabulary = read_vocabulary()
    zh, en = vocabulary.label(iri, "zh"), vocabulary.label(iri, "en")
    return Column(iri, zh, en, _WIDTH, zh or en, iri)


def _row(book: Book, thing: Thing, properties: Iterable[str]) -> Mapping[str, Cell]:
    document = book.document(thing).iri
    return {
        "document": book.name(document) if document else "",
        "path": book.get(thing.link("zc:statedIn")).text("zc:path"),
        **{iri: _cell(book, thing, iri) for iri in properties},
        "quote": book.quote(thing),
        "id": thing.iri,
    }


def _cell(book: Book, thing: Thing, iri: str) -> str:
    values = thing.values.get(iri, ())
    return SEPARATOR.join(book.name(value.value) if isinstance(value, NamedNode) else value.value for value in values)
