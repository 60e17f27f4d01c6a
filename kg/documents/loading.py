"""Files to bytes, within the limits of size."""

from __future__ import annotations

import os
import stat
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.documents.limits import FILE_SIZE, MEGABYTE, TEXT_SIZE
from kg.errors import InputError

STDIN = "-"
_PACKED = (b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")


def load_file(file: str, path: str) -> bytes:
    """Return the bytes of `file`, which is told of as `path`.

    Raises InputError where it is no file, cannot be opened, is empty or too large.
    """
    try:
        state = os.stat(file)
        if stat.S_ISDIR(state.st_mode):
            os.listdir(file)  # why a folder stands here at all: it cannot be opened, and this says why
        if not stat.S_ISREG(state.st_mode):
            raise InputError(path, "is no file but a folder, a pipe or a device", "give the document itself")
        require_size(path, state.st_size, FILE_SIZE if _is_packed(file) else TEXT_SIZE)
        return _filled(path, Path(file).read_bytes())
    except OSError as error:
        what = "the folder cannot be opened" if os.path.isdir(file) else "cannot be read"
        raise InputError(path, f"{what} ({error.strerror})", "check the path and your rights") from error


def load_stdin() -> bytes:
    """Return what comes from standard input; raise InputError where it is nothing, or too much."""
    data = sys.stdin.buffer.read(FILE_SIZE + 1)
    require_size(STDIN, len(data), FILE_SIZE)
    return _filled(STDIN, data)


def require_size(path: str, size: int, limit: int) -> None:
    """Raise InputError where a size is over its limit."""
    if size > limit:
        what = f"the file is too large ({size / MEGABYTE:.1f} MB, at most {limit // MEGABYTE} MB are read)"
        raise InputError(path, what, "part it into its documents")


def _filled(path: str, data: bytes) -> bytes:
    if not data.strip():
        raise InputError(path, "the file is empty", "fetch the document again")
    return data


def _is_packed(file: str) -> bool:
    """Tell by its first bytes whether a file is larger than its text: a DOCX or a PDF."""
    with open(file, "rb") as stream:
        return stream.read(8).startswith(_PACKED)


def require(module: str, extra: str, path: str) -> Any:
    """Return a module; raise InputError, saying how to install it, where it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0].replace("_", "-")
        remedy = f"pip install 'zhengce-kg[{extra}]'"
        raise InputError(path, f"needs the library {name}, which is not installed", remedy) from error
