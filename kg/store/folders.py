"""A folder whose files are replaced in one step, whatever ends the process and whoever writes at the same time.

New files are written into a hidden folder beside the old one, and the two are exchanged by one call of the system. So
that the folder remains itself for those who work in it or have mounted it, the new files are then put into the old
folder as well, and the two are exchanged back; at every moment the path names a folder that is whole.

Where that cannot be (folders of others stand among the files, the folder is a mount point, the system knows no
exchange), the complete new files are moved one by one out of the hidden folder `READY`. While it is there the move is
unfinished; `finish` completes it.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from glob import escape
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.store.files import cannot_write, is_free, locked

READY = ".kg-complete"
_BUILDING, _STALE = ".building-", ".stale"
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD; RENAME_EXCHANGE of renameat2(2) and RENAME_SWAP of renamex_np(2)


def nothing(_folder: Path) -> Iterable[str]:
    """Name no file."""
    return ()


@contextmanager
def replacing_files(folder: Path, *, stale: Callable[[Path], Iterable[str]] = nothing) -> Iterator[Path]:
    """Give an empty folder to write files into; if the block ends well, they are in `folder`, all in one step.

    Files of `folder` that bear other names stay, but for those that `stale(folder)` names, which go in the same step.
    Raises KgError where `folder` cannot be written, or where a folder stands under the name of a new file.
    """
    out = folder.resolve()
    try:
        with ExitStack() as stack:
            out.mkdir(parents=True, exist_ok=True)
            with _whole(out):
                unfinished = _beside(out)
                stack.enter_context(locked(unfinished))
            stack.callback(shutil.rmtree, unfinished, ignore_errors=True)
            new = unfinished / READY
            new.mkdir()
            yield new
            with _whole(out):
                _switch(out, new, stale)
    except OSError as error:
        raise cannot_write(folder, error) from error


def refuse_folders(folder: Path, names: Iterable[str]) -> None:
    """Raise KgError where a folder stands under one of `names`, which are to be files."""
    for name in names:
        if (folder / name).is_dir():
            raise KgError(str(folder / name), "is a folder where a file is to be written", "move it away")


def finish(folder: Path) -> None:
    """Complete what a killed process left half done in `folder`; raise KgError where that cannot be."""
    if (folder / READY).is_dir():
        try:
            with _whole(folder.resolve()):
                pass
        except OSError as error:
            what = f"was left half written and cannot be completed ({error.strerror})"
            raise KgError(str(folder), what, "build it again, or let its owner open it") from error


@contextmanager
def _whole(out: Path) -> Iterator[None]:
    """Hold the lock of a folder, in which nothing is half done and beside which nothing dead lies."""
    with locked(out):
        for left in (*out.parent.glob(f".{escape(out.name)}{_BUILDING}*"), *out.glob(f"{_BUILDING}*")):
            if is_free(left):
                shutil.rmtree(left, ignore_errors=True)
        if (out / READY).is_dir():
            _move(out / READY, out)
        yield


def _beside(out: Path) -> Path:
    """Make an empty folder that can be exchanged with `out`: beside it, or else in it."""
    made = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=out))
    try:
        shutil.copymode(out, made)
        return made.rename(out.parent / f".{out.name}{made.name}")
    except OSError:  # a mount point, or a folder above that is not ours
        return made


def _switch(out: Path, new: Path, stale: Callable[[Path], Iterable[str]]) -> None:
    names = sorted(file.name for file in new.iterdir())
    refuse_folders(out, names)
    gone = sorted({name for name in stale(out) if Path(name).name == name and (out / name).is_file()} - set(names))
    (new / _STALE).write_text(json.dumps(gone), encoding="utf-8")
    others = [item for item in out.iterdir() if item.name not in {*names, *gone}]
    if not _exchange_twice(out, [*(new / name for name in names), *others], new.parent):
        _move(new.rename(out / READY), out)


def _exchange_twice(out: Path, files: Iterable[Path], unfinished: Path) -> bool:
    """Give `out` new files and those of others in one step; do nothing and return False where that cannot be."""
    if unfinished.parent == out or any(file.is_dir() and not file.is_symlink() for file in files):
        return False
    try:
        for file in files:
            os.link(file, unfinished / file.name, follow_symlinks=False)
        _exchange(unfinished, out)
    except (OSError, NotImplementedError):  # no hard links, or no exchange
        return False
    _move(out / READY, unfinished)
    _exchange(unfinished, out)
    return True


def _move(ready: Path, folder: Path) -> None:
    """Move complete files into their folder and remove what is stale; what was begun before is completed."""
    stale = ready / _STALE
    for name in json.loads(stale.read_text(encoding="utf-8")) if stale.exists() else ():
        (folder / name).unlink(missing_ok=True)
    for file in sorted(ready.iterdir()):
        if file != stale:
            os.replace(file, folder / file.name)
    shutil.rmtree(ready)  # a second name of the same file is not moved but goes here


def _exchange(one: Path, other: Path) -> None:
    """Let two paths name each what the other named, in one step; raise OSError where the system cannot."""
    library: Any = None if sys.platform == "win32" else ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    elif hasattr(library, "renamex_np"):  # macOS
        failed = library.renamex_np(*paths, _EXCHANGE)
    else:
        raise OSError("no exchange of folders")
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
