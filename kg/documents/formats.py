"""What a file is, told by its first bytes; its name is never believed."""

from __future__ import annotations

import re
from enum import StrEnum

from kg.errors import InputError

_PDF_HEAD = 1024
_SAVED_PAGE = re.compile(rb"(?:[\w-]+:.*\n(?:[ \t].*\n)*){0,9}MIME-Version:", re.IGNORECASE)
_RICH = b"{\\rtf"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What a file that is none of ours begins with, what it is called, and what to do.
_FOREIGN = (
    (b"\x89PNG", "a picture (PNG)", "run OCR first and give the text"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "run OCR first and give the text"),
    (b"GIF8", "a picture (GIF)", "run OCR first and give the text"),
    (b"BM", "a picture (BMP)", "run OCR first and give the text"),
    (b"II*\0", "a picture (TIFF)", "run OCR first and give the text"),
    (b"MM\0*", "a picture (TIFF)", "run OCR first and give the text"),
    (b"RIFF", "a picture or a sound (RIFF)", "give the document itself"),
    (b"\x1f\x8b", "packed (gzip)", "unpack it first"),
    (b"Rar!", "packed (RAR)", "unpack it first"),
    (b"7z\xbc\xaf", "packed (7z)", "unpack it first"),
    (b"PK\x05\x06", "an empty archive", "fetch the document again"),
    (b"\x7fELF", "a program", "give the document itself"),
    (b"MZ\x90", "a program", "give the document itself"),
)
# A name that stands among the parts of an archive, and in an OLE file (in UTF-16).
_ARCHIVES = (
    (b"xl/workbook", "an Excel workbook", "name it .xlsx where a row of it is a document, else save it as HTML"),
    (b"ppt/presentation", "a PowerPoint presentation", "save its text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument table", "save it as XLSX or CSV"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "an OpenDocument presentation", "save its text"),
)
_ARCHIVED = (
    (b"mimetypeapplication/vnd.oasis.opendocument", "odt"),
    (b"mimetypeapplication/epub", "epub"),
    (b"OFD.xml", "ofd"),
)
_OLE_PARTS = (
    ("EncryptedPackage", "protected by a password", "save it without one"),
    ("WordDocument", "an old Word file (.doc)", "convert it to DOCX"),
    ("Workbook", "an old Excel workbook", "name it .xls where a row of it is a document, else save it as HTML"),
)


class Format(StrEnum):
    """The formats that are read; which of HTML, Markdown and plain text a text is, its content tells."""

    TEXT = "text"
    DOCX = "docx"
    EPUB = "epub"
    MHTML = "mhtml"
    ODT = "odt"
    OFD = "ofd"
    PDF = "pdf"
    RTF = "rtf"


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a ZIP of files that is none of the formats which are a ZIP themselves."""
    known = (*(part for part, *_ in _ARCHIVES), *(part for part, _ in _ARCHIVED), b"word/", b"[Content_Types].xml")
    return data.startswith(_ZIP) and not any(part in data for part in known)


def tell_format(path: str, data: bytes) -> Format:
    """Return the format of a file's bytes.

    Raises InputError, saying what the file is, where it is known to be none of ours.
    """
    if b"%PDF-" in data[:_PDF_HEAD] and _before(data, b"%PDF-"):
        return Format.PDF
    if data.startswith(_ZIP):
        return _archive(path, data)
    if data.startswith(_OLE):
        raise _ole(path, data)
    if _SAVED_PAGE.match(data[:_PDF_HEAD]):
        return Format.MHTML
    if data.startswith(_RICH):
        return Format.RTF
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic) and not (len(magic) == 2 and _is_text(data)):
            raise InputError(path, f"is {what}, no document", remedy)
    return Format.TEXT


def _before(data: bytes, mark: bytes) -> bool:
    """Tell whether nothing but blanks or bytes that are no text stand before `mark`."""
    head = data[: data.index(mark)].lstrip(b"\xef\xbb\xbf").strip()
    return not head or b"\0" in data[:_PDF_HEAD] or head.isascii() is False


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:_PDF_HEAD]


def _archive(path: str, data: bytes) -> Format:
    if b"word/document" in data:
        return Format.DOCX
    for part, what, remedy in _ARCHIVES:
        if part in data:
            raise InputError(path, f"is {what}", remedy)
    for part, format_ in _ARCHIVED:
        if part in data:
            return Format(format_)
    if b"word/" in data or b"[Content_Types].xml" in data[:_PDF_HEAD]:
        return Format.DOCX
    raise InputError(path, "is an archive (ZIP), no document", "unpack it first")


def _ole(path: str, data: bytes) -> InputError:
    for part, what, remedy in _OLE_PARTS:
        if part.encode("utf-16-le") in data:
            return InputError(path, f"is {what}", remedy)
    return InputError(path, "is an old Office file", "convert it to DOCX")
