"""Locks on open files and folders, which the system gives back however a process ends.

Windows and some network drives have none; there two writers at once are not kept apart.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCKS = sys.platform != "win32"
if sys.platform != "win32":
    import fcntl


def lock(descriptor: int) -> None:
    """Take the lock of an open file or folder until it is closed; wait while somebody else has it."""
    if sys.platform != "win32":
        with suppress(OSError):  # a drive without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def names(path: Path, descriptor: int) -> bool:
    """Tell whether `path` still names the open file or folder, which another process may have moved meanwhile."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of what `folder` names while the block runs."""
    if not LOCKS:
        yield
        return
    while True:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            lock(descriptor)
            if names(folder, descriptor):
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
