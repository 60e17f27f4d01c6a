"""PDF to blocks: the text layer's paragraphs and tables, without page numbers and running heads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from types import ModuleType

from kg.documents.blocks import Content, RawBlock, StartsItem
from kg.documents.loading import require
from kg.documents.pdf.lines import Line, find_lines, join_lines, stretches, without_furniture
from kg.documents.pdf.tables import Table, continues, find_tables, glue
from kg.documents.pdf.types import Char
from kg.errors import InputError

_END = b"%%EOF"
_TAIL = 2048

_Piece = Line | Table


def read_pdf(path: str, data: bytes, is_noise: Callable[[str], bool], starts_item: StartsItem) -> Content:
    """Return the blocks of a PDF that has a text layer, and which of its pages are scans.

    Raises InputError where it is broken off, protected, or a scan as a whole, and where the library that reads it is
    missing.
    """
    if _END not in data[-_TAIL:]:
        raise InputError(path, "the PDF breaks off before its end", "fetch it again")
    file = _library(path)
    tables: list[list[Table]] = []
    lines: list[list[Line]] = []
    scans, chars, pages = [], 0, 0
    for at, page in enumerate(file.open_pdf(path, data)):  # a page at a time: its characters take much room
        held = find_tables(page)
        for part in [_outside(page.chars, held)] if held else stretches(page.chars):
            tables.append(held)
            lines.append(find_lines(part, len(lines)))
        pages += 1
        chars += len(page.chars)
        scans += [at + 1] if page.pictured else []
    if chars < file.FEW_CHARS * pages:
        raise InputError(path, "is a scan: it holds no text", "run OCR first")
    pieces = _pieces(tables, without_furniture(lines, is_noise))
    return Content(tuple(_blocks(pieces, starts_item)), unread=tuple(_unread(path, scans)))


def _library(path: str) -> ModuleType:
    require("pypdfium2", "pdf", path)
    from kg.documents.pdf import file  # noqa: PLC0415  # the library is large, and an extra

    return file


def _unread(path: str, scans: Sequence[int]) -> Iterator[InputError]:
    """Yield an error for each run of pages that are scans."""
    for _, run in groupby(enumerate(scans), key=lambda pair: pair[1] - pair[0]):
        first, *_, last = [page for _, page in run] * 2
        where, what = (f"{first}", "the page holds") if first == last else (f"{first}-{last}", "the pages hold")
        yield InputError(f"{path}:{where}", f"{what} a picture and no text", "run OCR first")


def _pieces(tables: Sequence[Sequence[Table]], lines: Sequence[Sequence[Line]]) -> list[list[_Piece]]:
    """Return each page's lines and tables in reading order."""
    pages = zip(lines, tables, strict=True)
    return [sorted([*found, *held], key=lambda piece: -piece.top) for found, held in pages]


def _outside(chars: Sequence[Char], tables: Sequence[Table]) -> list[Char]:
    return [char for char in chars if not any(table.holds(char) for table in tables)]


def _blocks(pages: Sequence[Sequence[_Piece]], starts_item: StartsItem) -> Iterator[RawBlock]:
    """Yield paragraphs and tables; both go on over a page's end."""
    number = 0
    for run in _runs([piece for page in pages for piece in page]):
        if isinstance(run, Table):
            yield from (replace(cell, table=number) for cell in run.cells)
            number += 1
        else:
            yield from (RawBlock(text) for text in join_lines(run, starts_item))


def _runs(pieces: Sequence[_Piece]) -> Iterator[Table | list[Line]]:
    """Yield the lines between tables together, and a table with the tables that continue it."""
    held: Table | list[Line] = []
    for piece in pieces:
        if isinstance(piece, Table):
            if isinstance(held, Table) and continues(held, piece):
                held = glue(held, piece)
                continue
            if held:
                yield held
            held = piece
        elif isinstance(held, Table):
            yield held
            held = [piece]
        else:
            held.append(piece)
    if held:
        yield held
