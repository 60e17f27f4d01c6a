"""OFD to text: the pieces of text of each page, put together to lines by where they stand."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from kg.documents.zipped import parse_part, read_parts
from kg.errors import InputError

_KIND = "OFD file"
_SAME_LINE = 0.5  # of the height of a piece, by which pieces of one line may stand apart


class _Piece(NamedTuple):
    """A piece of text with its place on the page, in millimetres from the top left."""

    top: float
    left: float
    height: float
    text: str


def ofd_text(path: str, data: bytes) -> tuple[str, tuple[InputError, ...]]:
    """Return the text of an OFD, a line of its pages a line, and the pages of which nothing could be read.

    Raises InputError where the file is broken off, too large or not well-formed, or where it holds no text.
    """
    book = parse_part(path, _KIND, "OFD.xml", _part(path, data, "OFD.xml"))
    main = _place("", next((node.text or "" for node in book.iter() if _name(node) == "DocRoot"), ""))
    document = parse_part(path, _KIND, main, _part(path, data, main))
    pages = [_place(main, node.get("BaseLoc") or "") for node in document.iter() if _name(node) == "Page"]
    held = read_parts(path, _KIND, data, lambda _: pages)
    texts = {name: list(_lines(parse_part(path, _KIND, name, held[name]))) for name in pages if name in held}
    unread = tuple(_unread(f"{path}:{at}") for at, name in enumerate(pages, 1) if not texts.get(name))
    if len(unread) == len(pages):
        raise InputError(path, "holds no text: its pages are pictures", "run OCR first")
    return "\n".join(line for name in pages for line in texts.get(name, ())), unread


def _unread(place: str) -> InputError:
    return InputError(place, "the page holds no text: it is empty or a picture", "run OCR first")


def _part(path: str, data: bytes, name: str) -> bytes:
    parts = read_parts(path, _KIND, data, lambda _: [name])
    if name not in parts:
        raise InputError(path, f"the {_KIND} holds no {name or 'document'}", "fetch it again")
    return parts[name]


def _place(base: str, location: str) -> str:
    """Return the name of the part that a location means: from the root, or from the part that names it."""
    location = location.strip()
    if location.startswith("/"):
        return location[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location)) if location else ""


def _name(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _lines(page: etree._Element) -> Iterator[str]:
    """Yield the lines of a page from the top, each from the left."""
    line: list[_Piece] = []
    for piece in sorted(_pieces(page)):
        if line and piece.top - line[0].top > _SAME_LINE * max(line[0].height, piece.height):
            yield _joined(line)
            line = []
        line.append(piece)
    if line:
        yield _joined(line)


def _joined(line: list[_Piece]) -> str:
    return "".join(piece.text for piece in sorted(line, key=lambda piece: piece.left))


def _pieces(page: etree._Element) -> Iterator[_Piece]:
    for node in page.iter():
        if _name(node) != "TextObject":
            continue
        left, top, _, height = _numbers(node.get("Boundary") or "")
        for code in node:
            if _name(code) == "TextCode" and (code.text or "").strip():
                x, y, *_ = _numbers(f"{code.get('X') or 0} {code.get('Y') or 0}")
                yield _Piece(top + y, left + x, _numbers(node.get("Size") or "")[0] or height, code.text or "")


def _numbers(text: str) -> tuple[float, float, float, float]:
    """Return the first four numbers of an attribute, nought for what is missing or none."""
    found = [float(part) if part.replace(".", "", 1).removeprefix("-").isdecimal() else 0.0 for part in text.split()]
    first, second, third, fourth = (*found[:4], 0.0, 0.0, 0.0, 0.0)[:4]
    return first, second, third, fourth
