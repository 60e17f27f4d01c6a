"""Bytes to text: by a mark at their head, by being UTF-8, by what a page declares, or by which reading makes sense.

A declaration is believed only where the bytes bear it out: pages say gb2312 and are UTF-8 or GB18030. Which reading
makes sense is measured as the share of characters that are common in Chinese, so the same bytes give the same text
whatever libraries are installed. Over stretches of policies in GB18030, GBK and Big5 this is right for 908 of 912 with
six characters and for all with twelve or more; charset-normalizer is right for a third and for two thirds.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from kg.errors import InputError
from kg.text.fold import fold

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "cp950",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_HEAD, _SAMPLE, _PIECE = 4096, 20_000, 1 << 20
_SENSIBLE, _CERTAIN, _TRUST = 0.75, 0.97, 0.2
_COMMON_LEADS = range(0xB0, 0xD8)  # the 3,755 most common characters of GB 2312; after them come the rare ones
_SIGNS = frozenset(range(0x3000, 0x3021)) | frozenset(range(0xFF01, 0xFF5F)) | frozenset(range(0x2010, 0x2027))


def decode(path: str, data: bytes) -> str:
    """Return the text of `data`, without the mark of its encoding.

    A text that is UTF-8 but for null bytes is returned with them: it is none, and the reader says so.
    Raises InputError with the byte where no encoding fits.
    """
    return data.decode(_encoding(path, lambda: [data])).removeprefix("\ufeff")


def open_text(path: str) -> TextIO:
    """Open a file of text, however long, in its encoding, with its line breaks as they stand.

    Its bytes are read through once for each encoding that is tried, in pieces. Raises InputError as `decode` does, and
    where the file cannot be opened.
    """
    try:
        stream = Path(path).open(encoding=_encoding(path, lambda: _pieces(path)), newline="")  # noqa: SIM115  # the caller's
        if stream.read(1) != "\ufeff":
            stream.seek(0)
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "check the path and your rights") from error
    return stream


Pieces = Callable[[], Iterable[bytes]]


def _pieces(path: str) -> Iterator[bytes]:
    with Path(path).open("rb") as stream:
        yield from iter(lambda: stream.read(_PIECE), b"")


def _encoding(path: str, pieces: Pieces) -> str:
    """Return the encoding of bytes that come in pieces, anew at each call of `pieces`."""
    head = next(iter(pieces()), b"")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            _require(path, pieces(), encoding)
            return encoding
    is_utf8 = _breaks(pieces(), "utf-8") is None
    if is_utf8 and not any(b"\0" in piece for piece in pieces()):
        return "utf-8"
    guessed = _guess(head, pieces)
    if guessed or is_utf8:
        return guessed or "utf-8"
    at = max(_breaks(pieces(), encoding) or 0 for encoding in ("utf-8", "gb18030", "big5hkscs"))
    raise InputError(path, f"is not UTF-8 text, nor GB18030, Big5 or UTF-16 (byte {at})", _REMEDY)


def _require(path: str, pieces: Iterable[bytes], encoding: str) -> None:
    at = _breaks(pieces, encoding)
    if at is not None:
        name = encoding.removesuffix("-sig").upper()
        raise InputError(path, f"is marked as {name} but is not {name} text (byte {at})", _REMEDY)


_REMEDY = "fetch it again, or convert it to UTF-8"


def _breaks(pieces: Iterable[bytes], encoding: str) -> int | None:
    """Return the byte at which bytes stop being text in an encoding, or None where they are such text throughout."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    try:
        for piece in pieces:
            held = len(decoder.getstate()[0])
            decoder.decode(piece)
            done += len(piece)
        held = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return done - held + error.start
    return None


def _guess(head: bytes, pieces: Pieces) -> str:
    """Return the encoding in which the bytes make the most sense, or nothing where they make none in any."""
    declared = _FAMILIES.get(_declared(head), "")
    best, found = 0.0, ""
    for encoding in _CANDIDATES:
        sample = codecs.getincrementaldecoder(encoding)("replace").decode(head[: 4 * _SAMPLE])
        score = _sense(sample) + (_TRUST if encoding == declared else 0.0)
        if score > best and _breaks(pieces(), encoding) is None:
            best, found = score, encoding
        if best >= _CERTAIN:
            break
    return found if best >= _SENSIBLE else ""


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    return (match.group(1) or match.group(2)).decode("ascii", "replace").lower() if match else ""


def _sense(text: str) -> float:
    """Return the share of signs that are common in Chinese text, simplified or traditional; ASCII says nothing."""
    sample = fold(text[:_SAMPLE])
    if any(character < " " and character not in "\t\n\r\f\v" for character in sample):
        return 0.0
    told = [character for character in sample if character > "\x7f"]
    return sum(map(_is_common, told)) / len(told) if told else 1.0


def _is_common(character: str) -> bool:
    if ord(character) in _SIGNS or character == "\ufeff":
        return True
    code = character.encode("gb2312", "ignore")
    return len(code) == 2 and code[0] in _COMMON_LEADS
