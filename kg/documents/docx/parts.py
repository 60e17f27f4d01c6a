"""A DOCX file to the few parts of it that hold its text, opened with care: it is a ZIP of XML from anywhere.

zipfile and lxml are used rather than python-docx, which gives neither the automatic numbers nor the text of boxes,
nor tells merged cells from equal ones, and opens every part without asking how large it gets.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from kg.documents.zipped import parse_part, read_parts
from kg.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_KIND = "DOCX"
_OTHERS = ("numbering", "styles", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of the parts that are read; a part that a file does without is None."""

    document: etree._Element
    numbering: etree._Element | None
    styles: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None


def open_docx(path: str, data: bytes) -> Parts:
    """Return the parts of a DOCX that hold its text, its numbering, its styles and its notes.

    Raises InputError, before anything is unpacked, where they would fill the memory; and where the file is broken
    off, protected, or not well-formed.
    """
    read = read_parts(path, _KIND, data, lambda infos: _names(path, infos))
    main = _main_part(path, read)
    document = _parse(path, main, read[main])
    folder = main.rpartition("/")[0]
    names = [f"{folder}/{part}.xml" for part in _OTHERS]
    return Parts(document, *(_parse(path, name, read[name]) if name in read else None for name in names))


def _names(path: str, infos: Mapping[str, zipfile.ZipInfo]) -> list[str]:
    main = _main_part(path, infos)
    folder = main.rpartition("/")[0]
    return [main, *(f"{folder}/{part}.xml" for part in _OTHERS)]


def _parse(path: str, name: str, data: bytes) -> etree._Element:
    return parse_part(path, _KIND, name, data.replace(_STRICT[1:-1].encode(), W[1:-1].encode()))


def _main_part(path: str, infos: Mapping[str, object]) -> str:
    """Return the name of the part with the text: word/document.xml, or one beside it that some programs write."""
    named = [name for name in infos if name.startswith("word/document") and name.endswith(".xml")]
    if not named:
        raise InputError(
            path, "is an archive (ZIP), no DOCX: it holds no word/document.xml", "give the document itself"
        )
    return min(named, key=len)


def value(node: etree._Element | None, name: str = "val") -> str:
    """Return an attribute of Word's own, or an empty string."""
    return "" if node is None else node.get(f"{W}{name}") or ""


def number(node: etree._Element | None, name: str = "val", *, default: int = 0) -> int:
    """Return an attribute of Word's own that is a number, or `default` where it is missing or none."""
    text = value(node, name)
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 7 else default


def child(node: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the element that the names lead to from `node`, or None."""
    for name in names:
        node = None if node is None else node.find(f"{W}{name}")
    return node


def is_on(node: etree._Element | None) -> bool:
    """Tell whether a switch is set: there, and not said to be off."""
    return node is not None and value(node).lower() not in {"0", "false", "off", "none"}


def elements(node: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the children of `node` with their names without namespace; comments and the like are left out."""
    for inner in node:
        if isinstance(inner.tag, str):
            yield inner.tag.rpartition("}")[2], inner
