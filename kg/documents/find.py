"""Paths as the user gives them to source files: a file, a folder, a glob, or - for standard input."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

STDIN = "-"
_FORMATS = {
    ".csv": "csv",
    ".doc": "doc",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".markdown": "md",
    ".md": "md",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pdf": "pdf",
    ".tsv": "tsv",
    ".txt": "txt",
    ".xls": "xls",
    ".xlsx": "xlsx",
}
SUFFIXES = frozenset(_FORMATS)


@dataclass(frozen=True, slots=True)
class Found:
    """Source files, each once and sorted, and how many other files their folders hold."""

    files: tuple[str, ...]
    left_alone: int = 0


def find_sources(paths: Iterable[str]) -> list[str]:
    """Return the source files that `paths` name, each once, sorted so that the order given does not matter.

    Raises InputError for a path that does not exist, and for a folder or a glob without documents.
    """
    return list(survey(paths).files)


def survey(paths: Iterable[str]) -> Found:
    """Find the source files that `paths` name, as `find_sources` does, and count what is left alone beside them.

    A folder's hidden files, and those whose suffix is none of a document, are left alone unless a path names them.
    """
    found: dict[str, str] = {}
    others: set[str] = set()
    for path in sorted(set(paths)):
        taken, left = _expand(path)
        for source in taken:
            key = STDIN if source == STDIN else str(Path(source).resolve())
            found[key] = min(found.get(key, source), source)
        others.update(str(Path(file).resolve()) for file in left)
    return Found(tuple(sorted(found.values())), len(others - set(found)))


def format_of(path: str) -> str:
    """Return what a file is by its suffix: csv, html, txt, ...; other suffixes are read as text."""
    return _FORMATS.get(Path(path).suffix.lower(), "txt")


def _expand(path: str) -> tuple[list[str], list[str]]:
    """Return the files that a path names, and those of a folder that are left alone."""
    if path == STDIN or Path(path).is_file():
        return [path], []
    if Path(path).is_dir():
        return _in_folder(path)
    if glob.has_magic(path):
        return _matching(path), []
    raise InputError(path, "no such file or folder", "check the path")


def _in_folder(path: str) -> tuple[list[str], list[str]]:
    files = [file for file in Path(path).rglob("*") if file.is_file()]
    taken = {file for file in files if _is_document(file, Path(path))}
    if not taken:
        raise InputError(path, "the folder holds no documents", f"put {', '.join(sorted(SUFFIXES))} files into it")
    return list(map(str, taken)), [str(file) for file in files if file not in taken]


def _is_document(file: Path, folder: Path) -> bool:
    """Hidden files, and those that an office program keeps beside an open one (~$plan.docx), are nobody's documents."""
    shown = not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
    return shown and file.suffix.lower() in SUFFIXES


def _matching(pattern: str) -> list[str]:
    found = [file for file in glob.glob(pattern, recursive=True) if Path(file).is_file()]
    if not found:
        raise InputError(pattern, "nothing matches the pattern", "check it, and quote it so that the shell leaves it")
    return found
