"""Reads the data files of ``ontology/`` into frozen dataclasses, naming file and entry when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar, get_args, get_type_hints

import msgspec
import yaml

from kg.data import ontology_root
from kg.errors import LexiconError

__all__ = ["load_yaml", "ontology_root", "read_text", "require_patterns", "require_unique", "require_words"]

T = TypeVar("T")


class Identified(Protocol):
    """Anything with an identifier."""

    @property
    def id(self) -> str:
        """The identifier, unique within its file and never reused."""
        ...


def read_text(path: Path) -> str:
    """Return the text of a data file; raise LexiconError where it is missing or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise LexiconError(str(path), f"cannot be read ({error.strerror})", "restore the file") from error
    except UnicodeDecodeError as error:
        raise LexiconError(str(path), f"is not UTF-8 text (byte {error.start})", "save it as UTF-8") from error


def load_yaml(path: Path, type_: type[T]) -> T:
    """Read a YAML file as `type_` (a dataclass or a list or dict of them).

    Raises LexiconError with the file, and the line or the entry, when the file is missing, is not YAML,
    or does not fit the type; unknown keys are errors too.
    """
    try:
        raw = yaml.load(read_text(path), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise LexiconError(where, f"is not YAML ({getattr(error, 'problem', error)})", "mend the line") from error
    for key, entry in _unknown_keys(raw, type_):
        raise LexiconError(str(path), f"unknown key {key}{entry}", "mend the key or see docs/lexicons.md")
    try:
        return msgspec.convert(raw, type_, strict=True)
    except msgspec.ValidationError as error:
        raise LexiconError(str(path), f"{error}{_entry(raw, str(error))}", "see docs/lexicons.md") from error


def _unknown_keys(raw: object, type_: object, entry: str = "") -> Iterator[tuple[str, str]]:
    """Yield every key of `raw` that its dataclass has no field for, with the entry it stands in."""
    if isinstance(raw, dict) and isinstance(type_, type) and is_dataclass(type_):
        named = f" (entry {raw['id']})" if "id" in raw else entry
        hints = _hints(type_)
        for key, value in raw.items():
            if key not in hints:
                yield str(key), named
            elif isinstance(value, list | dict):
                yield from _unknown_keys(value, hints[key], named or f" (in {key})")
    elif isinstance(raw, list | dict) and not _holds_words(raw):
        held = [argument for argument in get_args(type_) if argument is not Ellipsis]
        for value in raw if isinstance(raw, list) else raw.values():
            yield from _unknown_keys(value, held[-1] if held else None, entry)


@cache
def _hints(type_: type) -> Mapping[str, object]:
    hints = get_type_hints(type_)
    return {field.name: hints[field.name] for field in fields(type_)}


def _holds_words(raw: list[object] | dict[str, object]) -> bool:
    """Tell whether a list or mapping holds plain values only, as most do."""
    values = raw if isinstance(raw, list) else raw.values()
    return not any(isinstance(value, list | dict) for value in values)


def _entry(raw: object, message: str) -> str:
    """Name the entry a msgspec path such as $.central[3].names points to, by its id where it has one."""
    place = message.rpartition(" - at `$")[2].rstrip("`")
    node, named = raw, ""
    for step in msgspec_steps(place):
        try:
            node = node[step]  # type: ignore[index]  # a wrong step raises and ends the walk
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(node, dict) and "id" in node:
            named = f" (entry {node['id']})"
    return named


def msgspec_steps(place: str) -> Iterable[str | int]:
    """Split a path like .central[3].names into its steps: 'central', 3, 'names'."""
    for step in place.replace("[", ".").replace("]", "").split("."):
        if step:
            yield int(step) if step.isdigit() else step


def require_unique(path: Path, entries: Iterable[Identified]) -> None:
    """Raise LexiconError for the first identifier that stands twice."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise LexiconError(str(path), f"the id {entry.id} stands twice", "give one of the entries another id")
        seen.add(entry.id)


def require_patterns(path: Path, entry: str, patterns: Iterable[str]) -> None:
    """Raise LexiconError for the first pattern that is no regular expression."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise LexiconError(
                str(path), f"{entry} has {pattern}, which is no regular expression ({error})", "mend the pattern"
            ) from error


def require_words(path: Path, lexicon: object, *, may_be_empty: frozenset[str] = frozenset()) -> None:
    """Raise LexiconError where a list holds an empty word, which would match everywhere."""
    for place in _places_of_empty_words(lexicon, ""):
        if place not in may_be_empty:
            raise LexiconError(str(path), f"{place} holds an empty word", "remove it or fill it in")


def _places_of_empty_words(value: object, place: str) -> Iterator[str]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _places_of_empty_words(getattr(value, field.name), f"{place}.{field.name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _places_of_empty_words(inner, f"{place}.{key}")
    elif isinstance(value, tuple):
        if "" in value:
            yield place
        for number, inner in enumerate(value):
            if not isinstance(inner, str):
                yield from _places_of_empty_words(inner, f"{place}[{getattr(inner, 'id', number)}]")
