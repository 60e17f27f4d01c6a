"""Reads the data files of ``ontology/`` into frozen values, naming file, line and entry when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from kg.data import ontology_root
from kg.errors import LexiconError
from kg.lexicons.entry import Entry, convert_text
from kg.lexicons.strict_yaml import Place, lines_of, parse_yaml

__all__ = ["convert", "load_yaml", "ontology_root", "read_text", "require_patterns", "require_unique", "require_words"]

T = TypeVar("T")

_PAGE = "see docs/lexicons.md"
_EMPTY = "Expected `str` of length >= 1"
_REMEDIES = {
    "Expected `str`, got": "put the text in quotes, or see docs/lexicons.md",
    "Expected `str` of": "remove it or fill it in",
    "Expected `array`, got": "write it as a list, [one, two]",
}


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
    """Read a YAML file as `type_`: an `Entry`, or a tuple of them.

    Raises LexiconError with file, line and, where it has one, entry when the file is missing, is no YAML, has a key
    twice or one that is unknown, lacks one, or holds a value that does not fit its field.
    """
    text = read_text(path)
    values = parse_yaml(path, text)
    try:
        return convert(values, type_)
    except msgspec.ValidationError as error:
        raise _fault(path, text, values, type_, str(error)) from error


def convert(values: object, type_: type[T]) -> T:
    """Return plain values as `type_`; raise msgspec.ValidationError where they do not fit it."""
    return msgspec.convert(values, type_, strict=True, dec_hook=convert_text)


def _fault(path: Path, text: str, values: object, type_: type[object], message: str) -> LexiconError:
    """Make one clear line of what msgspec says (``Expected `str`, got `int` - at `$.central[3].names` ``)."""
    what, _, at = message.partition(" - at `")
    place = _place(values, type_, re.findall(r"\.{3}|\w+", at), at)
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", what)
    remedy = next((remedy for start, remedy in _REMEDIES.items() if what.startswith(start)), _PAGE)
    if unknown:
        place = (*place, unknown[1])
        what = f"unknown key {_dotted(place)}"
    else:
        what = " ".join(filter(None, (_dotted(place), _in_words(what))))
    lines = lines_of(path, text)
    line = next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 1)
    return LexiconError(f"{path}:{line}", what + _entry(values, place), remedy)


def _in_words(what: str) -> str:
    """Say in other words what msgspec says, where those are plainer."""
    if what == _EMPTY:
        return "holds an empty word"
    unknown = re.fullmatch("Invalid enum value (.*)", what)
    return f"has {unknown[1]}, which is none of its values" if unknown else f"does not fit: {what.replace('`', '')}"


def _place(values: object, type_: type[object], steps: list[str], at: str) -> Place:
    """Turn the steps of a path of msgspec's, which has ... for keys of mappings, into keys and positions."""
    if at.startswith("key"):
        steps = [*steps[1:], "..."]
    place: Place = ()
    node = values
    for step in steps:
        found = _guilty(values, type_, place, node) if step == "..." else step
        place = (*place, int(found) if isinstance(node, list) else found)
        node = node[place[-1]]  # type: ignore[index]  # msgspec has just walked this path
    return place


def _guilty(values: object, type_: type[object], place: Place, node: object) -> str:
    """Return the first key of a mapping with which alone the file does not fit its type."""
    assert isinstance(node, dict)
    for key, value in node.items():
        try:
            convert(_put(values, place, {key: value}), type_)
        except msgspec.ValidationError:
            return str(key)
    raise AssertionError(place)


def _put(values: object, place: Place, value: object) -> object:
    """Return the values with another value at a place."""
    if not place:
        return value
    copy = values.copy()  # type: ignore[attr-defined]  # places lead through lists and mappings only
    copy[place[0]] = _put(copy[place[0]], place[1:], value)
    return copy


def _dotted(place: Place) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def _entry(values: object, place: Place) -> str:
    """Name the entry around a place by its id, where there is one."""
    node, named = values, ""
    for step in place:
        if isinstance(node, dict) and "id" in node:
            named = f" (entry {node['id']})"
        node = node[step] if not isinstance(node, dict) or step in node else None  # type: ignore[index]
    return f" (entry {node['id']})" if isinstance(node, dict) and "id" in node else named


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


def require_words(path: Path, lexicon: object) -> None:
    """Raise LexiconError where a list holds an empty word, which would match everywhere."""
    for place in _places_of_empty_words(lexicon, ""):
        raise LexiconError(str(path), f"{place} holds an empty word", "remove it or fill it in")


def _places_of_empty_words(value: object, place: str) -> Iterator[str]:
    if isinstance(value, Entry):
        for field in msgspec.structs.fields(value):
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
