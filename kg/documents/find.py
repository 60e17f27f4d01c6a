"""Paths as the user gives them to source files: a file, a folder, a glob, or - for standard input."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError

STDIN = "-"
SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"})


def find_sources(paths: Iterable[str]) -> list[str]:
    """Return the source files that `paths` name, each once, sorted so that the order given does not matter.

    Raises InputError for a path that does not exist, and for a folder or a glob without documents.
    """
    found: dict[str, str] = {}
    for source in sorted({source for path in paths for source in _expand(path)}):
        found.setdefault(STDIN if source == STDIN else str(Path(source).resolve()), source)
    return sorted(found.values())


def _expand(path: str) -> Iterator[str]:
    if path == STDIN or Path(path).is_file():
        yield path
    elif Path(path).is_dir():
        yield from _in_folder(path)
    elif glob.has_magic(path):
        yield from _matching(path)
    else:
        raise InputError(path, "no such file or folder", "check the path")


def _in_folder(path: str) -> list[str]:
    found = [str(file) for file in Path(path).rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()]
    if not found:
        raise InputError(path, "the folder holds no documents", f"put {', '.join(sorted(SUFFIXES))} files into it")
    return found


def _matching(pattern: str) -> list[str]:
    found = [file for file in glob.glob(pattern, recursive=True) if Path(file).is_file()]
    if not found:
        raise InputError(pattern, "nothing matches the pattern", "check it, and quote it so that the shell leaves it")
    return found
