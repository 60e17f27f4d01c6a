"""A file written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError
from kg.store.locks import LOCKS, lock, names


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` for writing; it takes the place of `path` only if the block ends well.

    What is no file, such as /dev/stdout or a named pipe, is written to as it stands. Two writers of one path follow
    each other; what a killed one left behind is taken up by the next. Raises KgError where `path` cannot be written.
    """
    try:
        with _beside(path) if path.is_file() or not path.exists() else path.open("wb") as stream:
            yield stream
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> KgError:
    """Return the fault of a file or folder that could not be written, in the words of the system."""
    return KgError(str(path), f"cannot be written ({error.strerror or error})", "make room, or give another place")


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{target.name}.part")
    with _alone(unfinished) as stream:
        try:
            yield stream
            stream.flush()
            if not LOCKS:
                stream.close()  # Windows moves no open file
            os.replace(unfinished, target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _alone(path: Path) -> BinaryIO:
    """Open `path` empty, as the only one to write to it until the stream is closed."""
    while True:
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "wb")
        lock(stream.fileno())
        if names(path, stream.fileno()):
            stream.truncate(0)
            return stream
        stream.close()  # the writer before has moved it to its place
