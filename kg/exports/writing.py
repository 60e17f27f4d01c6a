"""Exports onto disk: a file, a folder or a zip of files, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KgError
from kg.exports.registry import Files

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every entry of a zip bears, so that the bytes depend on the content alone."""


def write_files(files: Files, out: Path) -> None:
    """Write the one file of `files` to `out`; several into the folder `out`, or into a zip where it ends in .zip.

    What stood there is replaced only when all is complete. Raises KgError where it cannot be written.
    """
    try:
        if len(files) == 1:
            _write_file(next(iter(files.values())), out)
        elif out.suffix.lower() == ".zip":
            _write_zip(files, out)
        else:
            _write_folder(files, out)
    except OSError as error:
        raise KgError(str(out), f"cannot be written ({error.strerror})", "choose another place with -o") from error


def write_files_into(files: Files, folder: Path) -> None:
    """Write all of `files` under their own names into a folder that is there."""
    for name, chunks in files.items():
        with (folder / name).open("wb") as stream:
            stream.writelines(chunks)


def zip_entry(name: str) -> zipfile.ZipInfo:
    """Return an entry, compressed, whose time, system and permissions do not depend on where it is written."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _write_file(chunks: Iterable[bytes], out: Path) -> None:
    with _replacing(out) as stream:
        stream.writelines(chunks)


def _write_zip(files: Files, out: Path) -> None:
    with _replacing(out) as stream, zipfile.ZipFile(stream, "w") as archive:
        for name, chunks in sorted(files.items()):
            with archive.open(zip_entry(name), "w") as entry:
                for chunk in chunks:
                    entry.write(chunk)


def _write_folder(files: Files, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".exporting-", dir=out))
    try:
        write_files_into(files, unfinished)
        for name in sorted(files):
            os.replace(unfinished / name, out / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _replacing(out: Path) -> Iterator[IO[bytes]]:
    unfinished = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as stream:
            yield stream
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
