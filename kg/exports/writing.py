"""Exports onto disk: a file, a folder or a zip of files, whole or not at all; and text as XML can hold it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from kg.exports.registry import Files
from kg.store import replacing, replacing_files

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every entry of a zip bears, so that the bytes depend on the content alone."""


def write_files(files: Files, out: Path) -> None:
    """Write the one file of `files` to `out`; several into the folder `out`, or into a zip where it ends in .zip.

    What stood there is replaced only when all is complete. Raises KgError where it cannot be written.
    """
    if len(files) == 1:
        with replacing(out) as stream:
            stream.writelines(next(iter(files.values())))
    elif out.suffix.lower() == ".zip":
        _write_zip(files, out)
    else:
        with replacing_files(out) as folder:
            write_files_into(files, folder)


def write_files_into(files: Files, folder: Path) -> None:
    """Write all of `files` under their own names into a folder that is there."""
    for name, pieces in files.items():
        with (folder / name).open("wb") as stream:
            stream.writelines(pieces)


def _write_zip(files: Files, out: Path) -> None:
    with replacing(out) as stream, zipfile.ZipFile(stream, "w") as archive:
        for name, pieces in sorted(files.items()):
            with archive.open(_entry(name), "w") as entry:
                entry.writelines(pieces)


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry, compressed, whose time, system and permissions do not depend on where it is written."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


REPLACEMENT = "\ufffd"
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> str:
    """Return `text` with each character that XML 1.0 cannot hold as U+FFFD, and every line end as a line feed.

    >>> fit_for_xml("省\\x0b财政厅\\r\\n")
    '省\ufffd财政厅\\n'
    """
    return NO_XML.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
