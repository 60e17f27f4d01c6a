"""Parts of a file that is a ZIP of XML from anywhere (DOCX, OpenDocument, EPUB, OFD), opened with care."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath

from lxml import etree

from kg.documents.limits import FILE_SIZE, MEGABYTE, NESTING, SMALL_PART, UNPACKED_RATIO, UNPACKED_SIZE
from kg.errors import InputError

_DECLARATION, _HEAD = b"<!DOCTYPE", 4096
BROKEN = (
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

Infos = Mapping[str, zipfile.ZipInfo]


def read_parts(path: str, kind: str, data: bytes, choose: Callable[[Infos], Iterable[str]]) -> dict[str, bytes]:
    """Return the parts of an archive that `choose` names and that it holds; `kind` is what the file is called.

    Raises InputError, before anything is unpacked, where they would fill the memory; and where the archive is broken
    off or protected.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            held = [infos[name] for name in choose(infos) if name in infos]
            require_room(path, kind, held)
            return {info.filename: archive.read(info) for info in held}
    except InputError:
        raise
    except BROKEN as error:
        raise InputError(path, f"the {kind} is broken off or damaged ({one_line(error)})", "fetch it again") from error


def one_line(error: Exception) -> str:
    """Return what an error says, in one line of bearable length."""
    return " ".join(str(error).split())[:100] or type(error).__name__


def require_room(path: str, kind: str, infos: Iterable[zipfile.ZipInfo]) -> None:
    """Raise InputError where parts unpack to more than is read, or to many times their size."""
    held = list(infos)
    total = sum(info.file_size for info in held)
    if total > UNPACKED_SIZE:
        what = f"the {kind} unpacks to {total / MEGABYTE:.0f} MB, at most {UNPACKED_SIZE // MEGABYTE} MB are read"
        raise InputError(path, what, "part it into its documents")
    for info in held:
        if info.file_size > SMALL_PART and info.file_size > UNPACKED_RATIO * max(info.compress_size, 1):
            what = f"the {kind} is a ZIP bomb ({info.filename} unpacks to over {UNPACKED_RATIO} times its size)"
            raise InputError(path, what, "do not open it")


def parse_part(path: str, kind: str, name: str, data: bytes) -> etree._Element:
    """Return the root of a part; entities are neither resolved nor allowed, nothing is fetched."""
    if _DECLARATION in data[:_HEAD]:
        raise _declares(path, kind, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(path, f"the {kind} is damaged in {name} ({one_line(error)})", "fetch it again") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares(path, kind, name)
    _require_shallow(path, kind, root)
    return root


def _declares(path: str, kind: str, name: str) -> InputError:
    return InputError(path, f"the {kind} declares entities in {name}, which none may", "do not open it")


def _require_shallow(path: str, kind: str, root: etree._Element) -> None:
    level = [root]
    for _ in range(NESTING):
        level = [child for node in level for child in node]
        if not level:
            return
    raise InputError(path, f"the {kind} holds over {NESTING} elements inside one another", "fetch it again")


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
