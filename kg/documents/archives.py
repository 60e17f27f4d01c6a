"""A ZIP of documents to its files, each a source of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from kg.documents.limits import FILE_SIZE, MEGABYTE, UNPACKED_RATIO
from kg.documents.zipped import BROKEN, one_line
from kg.errors import InputError

_UTF8 = 0x800  # the flag of a name in UTF-8; else it is in the encoding of the machine that packed it
_LOCKED = 0x1


def members(path: str, data: bytes) -> Iterator[tuple[str, bytes | InputError]]:
    """Yield the files of an archive, each by its name (``box.zip/plan.docx``), or why it cannot be read.

    Hidden files and what macOS adds are passed over. Raises InputError where the archive is broken off.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in sorted(archive.infolist(), key=_name):
                if not info.is_dir() and not _is_hidden(_name(info)):
                    place = f"{path}/{_name(info)}"
                    yield place, _refused(place, info) or _read(place, archive, info)
    except BROKEN as error:
        raise InputError(path, f"the archive is broken off or damaged ({one_line(error)})", "fetch it again") from error


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file; zipfile takes one that is not in UTF-8 for code page 437."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in PurePath(name).parts)


def _refused(place: str, info: zipfile.ZipInfo) -> InputError | None:
    if info.flag_bits & _LOCKED:
        return InputError(place, "is protected by a password", "unpack it first")
    if info.file_size > FILE_SIZE:
        return InputError(place, f"is too large (over {FILE_SIZE // MEGABYTE} MB)", "part it into its documents")
    if info.file_size > MEGABYTE and info.file_size > UNPACKED_RATIO * max(info.compress_size, 1):
        return InputError(place, f"unpacks to over {UNPACKED_RATIO} times its size", "do not open it")
    return None


def _read(place: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | InputError:
    try:
        data = archive.read(info)
    except BROKEN as error:
        return InputError(place, f"is damaged in its archive ({one_line(error)})", "fetch it again")
    return data if data.strip() else InputError(place, "the file is empty", "fetch the document again")
