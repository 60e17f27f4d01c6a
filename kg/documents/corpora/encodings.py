"""In what encoding a table's text stands."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHUNK = 1 << 20


def encoding_of(path: str) -> str:
    """Return the encoding that all of a file is in: by its mark, else UTF-8, else GB 18030, as Excel in China writes.

    The file is read through in pieces, never held. Raises InputError where it is neither or cannot be read.
    """
    with open_binary(path) as stream:
        start = stream.read(4)
    marked = next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)
    for name in [marked] if marked else ["utf-8", "gb18030"]:
        if _decodes(path, name):
            return name
    raise InputError(path, "is neither UTF-8 nor GB 18030 text", "save it as UTF-8")


def open_binary(path: str) -> BinaryIO:
    """Open a file for its bytes; raise InputError where it cannot be."""
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "check the path and your rights") from error


def _decodes(path: str, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with open_binary(path) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
