"""Formats that wrap a text or pages: EPUB, a page saved in one file (MHTML), rich text (RTF), OFD."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from kg.documents.encodings import decode
from kg.documents.html import xhtml_as_html
from kg.documents.loading import require
from kg.documents.zipped import one_line, parse_part, read_parts
from kg.errors import InputError

_BOOK = "EPUB book"
_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_CHINESE = {"936": "gb18030", "54936": "gb18030", "950": "big5", "0": "gb18030"}


def epub_markup(path: str, data: bytes) -> str:
    """Return the chapters of an EPUB in their order, as one page.

    Raises InputError where the book is broken off, too large, protected or holds no chapter.
    """
    container = "META-INF/container.xml"
    held = read_parts(path, _BOOK, data, lambda _: [container, "META-INF/rights.xml"])
    if container not in held or "META-INF/rights.xml" in held:
        raise InputError(path, f"the {_BOOK} is protected or damaged", "give its HTML files")
    root = parse_part(path, _BOOK, container, held[container])
    package = next((node.get("full-path") or "" for node in root.iter() if _name(node) == "rootfile"), "")
    listed = read_parts(path, _BOOK, data, lambda _: [package])
    chapters = _chapters(package, parse_part(path, _BOOK, package, listed[package])) if package in listed else []
    texts = read_parts(path, _BOOK, data, lambda _: chapters)
    bodies = [_body(decode(f"{path}:{name}", texts[name])) for name in chapters if name in texts]
    if not bodies:
        raise InputError(path, f"the {_BOOK} holds no chapter", "give its HTML files")
    return "\n".join(f"<div>{body}</div>" for body in bodies)


def _name(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _chapters(package: str, root: etree._Element) -> list[str]:
    """Return the names of the parts that are read one after the other; the table of contents is none of them."""
    items = {node.get("id"): node for node in root.iter() if _name(node) == "item"}
    folder = posixpath.dirname(package)
    read = [items.get(node.get("idref")) for node in root.iter() if _name(node) == "itemref"]
    pages = [node for node in read if node is not None and "nav" not in (node.get("properties") or "").split()]
    return [posixpath.normpath(posixpath.join(folder, unquote(node.get("href") or ""))) for node in pages]


def _body(page: str) -> str:
    body = _BODY.search(page)
    return xhtml_as_html(body[1] if body else page)


def mhtml_markup(path: str, data: bytes) -> tuple[str, tuple[InputError, ...]]:
    """Return the page of a file that a browser or a mail program saved it in, and what is attached and not read.

    Raises InputError where it holds no page and no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    pages = [*_of_type(parts, "text/html"), *_of_type(parts, "text/plain")]
    if not pages:
        raise InputError(path, "is a page saved in one file (MHTML) that holds no text", "save it as HTML")
    content = pages[0].get_payload(decode=True)
    text = decode(path, content if isinstance(content, bytes) else b"")
    unread = tuple(_attached(path, part.get_filename() or "") for part in parts if part.is_attachment())
    return text, unread


def _of_type(parts: list[EmailMessage], kind: str) -> Iterator[EmailMessage]:
    return (part for part in parts if part.get_content_type() == kind and not part.is_attachment())


def _attached(path: str, name: str) -> InputError:
    return InputError(f"{path}:{name}", "is attached and not read", "save it as a file of its own")


def rtf_text(path: str, data: bytes) -> str:
    """Return the text of an RTF file, a paragraph a line, the cells of a table with bars between them.

    Raises InputError where the library is missing or the file cannot be read.
    """
    striprtf = require("striprtf.striprtf", "rtf", path)
    page = _CODEPAGE.search(data)
    encoding = _CHINESE.get(page[1].decode() if page else "0", f"cp{page[1].decode()}" if page else "gb18030")
    try:
        text: str = striprtf.rtf_to_text(data.decode("latin-1"), encoding=encoding, errors="replace")
    except (LookupError, ValueError, IndexError, OverflowError) as error:
        raise InputError(path, f"the RTF cannot be read ({one_line(error)})", "convert it to DOCX") from error
    return text


_OFD = "OFD file"
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
    book = parse_part(path, _OFD, "OFD.xml", _part(path, data, "OFD.xml"))
    main = _place("", next((node.text or "" for node in book.iter() if _name(node) == "DocRoot"), ""))
    document = parse_part(path, _OFD, main, _part(path, data, main))
    pages = [_place(main, node.get("BaseLoc") or "") for node in document.iter() if _name(node) == "Page"]
    held = read_parts(path, _OFD, data, lambda _: pages)
    texts = {name: list(_lines(parse_part(path, _OFD, name, held[name]))) for name in pages if name in held}
    unread = tuple(_unread(f"{path}:{at}") for at, name in enumerate(pages, 1) if not texts.get(name))
    if len(unread) == len(pages):
        raise InputError(path, "holds no text: its pages are pictures", "run OCR first")
    return "\n".join(line for name in pages for line in texts.get(name, ())), unread


def _unread(place: str) -> InputError:
    return InputError(place, "the page holds no text: it is empty or a picture", "run OCR first")


def _part(path: str, data: bytes, name: str) -> bytes:
    parts = read_parts(path, _OFD, data, lambda _: [name])
    if name not in parts:
        raise InputError(path, f"the {_OFD} holds no {name or 'document'}", "fetch it again")
    return parts[name]


def _place(base: str, location: str) -> str:
    """Return the name of the part that a location means: from the root, or from the part that names it."""
    location = location.strip()
    if location.startswith("/"):
        return location[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location)) if location else ""


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
