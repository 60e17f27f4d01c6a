"""A file written whole or not at all, and the locks by which writers keep apart.

The system gives a lock back however a process ends. Windows and some network drives have none; there two writers at
once are not kept apart.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError

if sys.platform != "win32":
    import fcntl

_LOCKS = sys.platform != "win32"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


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
            if not _LOCKS:
                stream.close()  # Windows moves no open file
            os.replace(unfinished, target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _alone(path: Path) -> BinaryIO:
    """Open `path` empty, as the only one to write to it until the stream is closed."""
    while True:
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666), "wb")
        _lock(stream.fileno())
        if _names(path, stream.fileno()):
            stream.truncate(0)
            return stream
        stream.close()  # the writer before has moved it to its place


def _lock(descriptor: int) -> None:
    """Take the lock of an open file or folder until it is closed; wait while somebody else has it."""
    if sys.platform != "win32":
        with suppress(OSError):  # a drive without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def _names(path: Path, descriptor: int) -> bool:
    """Tell whether `path` still names the open file or folder, which another process may have moved meanwhile."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of what `folder` names while the block runs."""
    if not _LOCKS:
        yield
        return
    while True:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _lock(descriptor)
            if _names(folder, descriptor):
                yield
                return
        finally:
            os.close(descriptor)


def is_free(folder: Path) -> bool:
    """Tell whether nobody holds the lock of a folder: the process that had it has ended. False where nobody can."""
    if sys.platform == "win32":
        return False
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
