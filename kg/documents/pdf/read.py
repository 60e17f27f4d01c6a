"""PDF to blocks: the text layer's paragraphs and tables, without page numbers and running heads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.documents.blocks import Content, RawBlock, StartsItem
from kg.documents.pdf.lines import Line, find_lines, join_lines, without_furniture
from kg.documents.pdf.tables import Table, continues, find_tables, glue
from kg.documents.pdf.types import Page, Sign
from kg.errors import InputError

_END = b"%%EOF"
_TAIL = 2048
_FEW_SIGNS = 8

_Piece = Line | Table


def read_pdf(path: str, data: bytes, is_noise: Callable[[str], bool], starts_item: StartsItem) -> Content:
    """Return the blocks of a PDF that has a text layer.

    Raises InputError where it is broken off, protected, or a scan, and where the library that reads it is missing.
    """
    if _END not in data[-_TAIL:]:
        raise InputError(path, "the PDF breaks off before its end", "fetch it again")
    pages = _open(path, data)
    if sum(len(page.signs) for page in pages) < _FEW_SIGNS * len(pages):
        raise InputError(path, "is a scan: it holds no text", "run OCR first")
    return Content(tuple(_blocks(_pieces(pages, is_noise), starts_item)))


def _open(path: str, data: bytes) -> list[Page]:
    try:
        from kg.documents.pdf.file import open_pdf  # noqa: PLC0415  # the library is large, and an extra
    except ModuleNotFoundError as error:
        raise InputError(path, "is a PDF, and the library to read it is missing", _INSTALL) from error
    return open_pdf(path, data)


_INSTALL = "pip install 'zhengce-kg[pdf]'"


def _pieces(pages: Sequence[Page], is_noise: Callable[[str], bool]) -> list[list[_Piece]]:
    """Return each page's lines and tables in reading order."""
    tables = [find_tables(page) for page in pages]
    lines = [
        find_lines(_outside(page.signs, held), at) for at, (page, held) in enumerate(zip(pages, tables, strict=True))
    ]
    kept = without_furniture(lines, is_noise)
    return [sorted([*found, *held], key=lambda piece: -piece.top) for found, held in zip(kept, tables, strict=True)]


def _outside(signs: Sequence[Sign], tables: Sequence[Table]) -> list[Sign]:
    return [sign for sign in signs if not any(table.holds(sign) for table in tables)]


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
