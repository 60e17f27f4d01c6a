"""A sheet for each kind of thing with evidence that has no sheet of its own, with its properties by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from kg.exports.sheets.book import SEPARATOR, Book
from kg.exports.sheets.sheets import Cell, Column, Sheet, read_layouts, sheet
from kg.graph.namespaces import VOCABULARIES, term
from kg.graph.things import Thing
from kg.graph.vocabulary import read_vocabulary

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
