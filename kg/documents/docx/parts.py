"""A DOCX file to the few parts of it that hold its text, opened with care: it is a ZIP of XML from anywhere.

zipfile and lxml are used rather than python-docx, which gives neither the automatic numbers nor the text of boxes,
nor tells merged cells from equal ones, and opens every part without asking how large it gets.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kg.documents.limits import MEGABYTE, NESTING, SMALL_PART, UNPACKED_RATIO, UNPACKED_SIZE
from kg.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DECLARATION, _HEAD = b"<!DOCTYPE", 4096
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,  # an extra field that is cut off
    EOFError,
    NotImplementedError,  # a way to pack that zipfile does not know
    OSError,
    OverflowError,
    RuntimeError,  # a part under a password of its own
    UnicodeDecodeError,
    ValueError,
)


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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            main = _main_part(path, infos)
            folder = main.rpartition("/")[0]
            names = [main, *(f"{folder}/{part}.xml" for part in ("numbering", "styles", "footnotes", "endnotes"))]
            held = [infos[name] for name in names if name in infos]
            _require_room(path, held)
            read = {info.filename: archive.read(info) for info in held}
    except InputError:
        raise
    except _BROKEN as error:
        raise InputError(path, f"the DOCX is broken off or damaged ({_line(error)})", "fetch it again") from error
    roots = [_parse(path, name, read[name]) if name in read else None for name in names]
    document, *others = roots
    if document is None:
        raise InputError(path, "the DOCX holds no document", "save it again with a word processor")
    return Parts(document, *others)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


def _main_part(path: str, infos: dict[str, zipfile.ZipInfo]) -> str:
    """Return the name of the part with the text: word/document.xml, or one beside it that some programs write."""
    named = [name for name in infos if name.startswith("word/document") and name.endswith(".xml")]
    if not named:
        raise InputError(
            path, "is an archive (ZIP), no DOCX: it holds no word/document.xml", "give the document itself"
        )
    return min(named, key=len)


def _require_room(path: str, infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    if total > UNPACKED_SIZE:
        what = f"the DOCX unpacks to {total / MEGABYTE:.0f} MB, at most {UNPACKED_SIZE // MEGABYTE} MB are read"
        raise InputError(path, what, "part it into its documents")
    for info in infos:
        if info.file_size > SMALL_PART and info.file_size > UNPACKED_RATIO * max(info.compress_size, 1):
            what = f"the DOCX is a ZIP bomb ({info.filename} unpacks to over {UNPACKED_RATIO} times its size)"
            raise InputError(path, what, "do not open it")


def _parse(path: str, name: str, data: bytes) -> etree._Element:
    """Return the root of a part; entities are neither resolved nor allowed, nothing is fetched."""
    if _DECLARATION in data[:_HEAD]:
        raise _declares(path, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data.replace(_STRICT[1:-1].encode(), W[1:-1].encode()), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(path, f"the DOCX is damaged in {name} ({_line(error)})", "fetch it again") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares(path, name)
    _require_shallow(path, root)
    return root


def _declares(path: str, name: str) -> InputError:
    return InputError(path, f"the DOCX declares entities in {name}, which none may", "do not open it")


def _require_shallow(path: str, root: etree._Element) -> None:
    level = [root]
    for _ in range(NESTING):
        level = [child for node in level for child in node]
        if not level:
            return
    raise InputError(path, f"the DOCX holds over {NESTING} elements inside one another", "fetch it again")


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
