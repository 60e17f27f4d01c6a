"""Paths as the user gives them to source files: a file, a folder, a glob, or - for standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from kg.documents.loading import STDIN
from kg.errors import InputError

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
# Files of these kinds may be documents too: some are read, whatever their name, and of the others it is told why not.
_PERHAPS = {suffix: suffix[1:] for suffix in (
    ".7z", ".bmp", ".caj", ".docm", ".dot", ".dotx", ".eml", ".epub", ".et", ".gz", ".jpeg", ".jpg", ".mht", ".mhtml",
    ".odt", ".ods", ".ofd", ".png", ".ppt", ".pptx", ".rar", ".rtf", ".shtml", ".tif", ".tiff", ".wps", ".wpt",
    ".xhtml", ".zip",
)} | {".xlsb": "xlsx", ".xlsm": "xlsx"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What paths lead to.

    Attributes:
        files: source files, and folders that cannot be opened, each once and sorted.
        left_alone: the other files of the folders: hidden ones, and those that are no documents by their names.
    """

    files: tuple[str, ...]
    left_alone: tuple[str, ...] = ()


def find_sources(paths: Iterable[str]) -> list[str]:
    """Return the source files that `paths` name, each once, sorted so that the order given does not matter.

    A folder that cannot be opened stands for what it may hold; reading it tells why. Raises InputError for a path that
    does not exist, and for a folder or a glob without documents.
    """
    return list(survey(paths).files)


def survey(paths: Iterable[str]) -> Found:
    """Find the source files that `paths` name, as `find_sources` does, and what is left alone beside them."""
    found: dict[str, str] = {}
    others: dict[str, str] = {}
    for path in sorted(set(paths)):
        taken, left = _expand(path)
        for sources, known in ((taken, found), (left, others)):
            for source in sources:
                key = STDIN if source == STDIN else os.path.realpath(source)
                known[key] = min(known.get(key, source), source)
    rest = (path for key, path in others.items() if key not in found)
    return Found(tuple(sorted(found.values())), tuple(sorted(rest)))


def format_of(path: str) -> str:
    """Return what a file is by its suffix: csv, html, txt, ...; other suffixes are read as text."""
    suffix = PurePath(path).suffix.lower()
    return _FORMATS.get(suffix) or _PERHAPS.get(suffix, "txt")


def is_document(path: str) -> bool:
    """Tell whether a file is or may be a document by its name."""
    return PurePath(path).suffix.lower() in _FORMATS.keys() | _PERHAPS.keys()


def _expand(path: str) -> tuple[list[str], list[str]]:
    """Return the files that a path names, and those of a folder that are left alone."""
    if path == STDIN or os.path.isfile(path):
        return [path], []
    if os.path.isdir(path):
        return _in_folder(path)
    if os.path.lexists(path):
        raise InputError(path, "is no file but a pipe, a device or a link to nothing", "give the document itself")
    if glob.has_magic(path):
        return _matching(path), []
    raise InputError(path, "no such file or folder", "check the path")


def _in_folder(path: str) -> tuple[list[str], list[str]]:
    taken: list[str] = []
    left: list[str] = []
    for place, is_folder in _walk(path):
        hidden = any(part.startswith((".", "~$")) for part in PurePath(place).relative_to(path).parts)
        known = is_folder or is_document(place)
        (taken if known and not hidden else left).append(place)
    if not taken:
        raise InputError(path, "the folder holds no documents", f"put {', '.join(sorted(SUFFIXES))} files into it")
    return taken, left


def _walk(top: str) -> Iterator[tuple[str, bool]]:
    """Yield each file below a folder with False, and each folder that cannot be opened with True.

    Links to folders are followed, each folder once.
    """
    closed: list[OSError] = []
    seen: set[str] = set()
    for folder, folders, files in os.walk(top, onerror=closed.append, followlinks=True):
        seen.add(os.path.realpath(folder))
        folders[:] = [name for name in sorted(folders) if os.path.realpath(os.path.join(folder, name)) not in seen]
        yield from ((str(PurePath(folder, name)), False) for name in files)
    yield from ((str(PurePath(error.filename)), True) for error in closed)


def _matching(pattern: str) -> list[str]:
    found = [file for file in glob.glob(pattern, recursive=True) if os.path.isfile(file)]
    if not found:
        raise InputError(pattern, "nothing matches the pattern", "check it, and quote it so that the shell leaves it")
    return found
