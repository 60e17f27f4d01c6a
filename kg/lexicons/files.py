"""Reads the data files of ``ontology/`` into frozen values, naming file, line and entry when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar, cast

import msgspec
import yaml

from kg.data import ontology_root
from kg.errors import LexiconError
from kg.lexicons.entry import convert_text

Place = tuple[str | int, ...]
"""Where a value stands: the keys and the positions in lists that lead to it, ``("functions", 3, "short")``."""

_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)")


def parse_yaml(path: Path, text: str) -> object:
    """Return the value of a YAML text that was read from `path`; raise LexiconError with file and line for a fault."""
    return _Parser(path, text).document()


def lines_of(path: Path, text: str) -> dict[Place, int]:
    """Return the line, counted from 1, on which each key and each item of a list begins."""
    lines: dict[Place, int] = {}
    _Parser(path, text, lines).document()
    return lines


class _Parser:
    """Builds the values from the events of libyaml; notes the lines of places where `lines` is given."""

    def __init__(self, path: Path, text: str, lines: dict[Place, int] | None = None) -> None:
        self.path = path
        self.text = text
        self.lines = lines

    def document(self) -> object:
        try:
            self._events = yaml.CSafeLoader(self.text)
            return self._only_document()
        except yaml.YAMLError as error:
            raise _as_lexicon_error(self.path, self.text, error) from error
        except RecursionError as error:
            raise LexiconError(str(self.path), "is nested too deep", "lay it out flat") from error

    def _next(self) -> yaml.Event:
        return cast("yaml.Event", self._events.get_event())  # None only behind the end of the stream

    def _only_document(self) -> object:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._value(self._next(), ())
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._fault(after, "begins a second document", "keep one in a file")
        return value

    def _value(self, event: yaml.Event, place: Place) -> object:
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) or event.anchor is not None:
            raise self._fault(
                event, "has an anchor or a reference to one (& or *)", "write it out, or put it in quotes"
            )
        if event.tag is not None:
            raise self._fault(event, f"has the tag {event.tag}", "leave it out, or put the text in quotes")
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else _plain(event.value)
        return self._mapping(place) if isinstance(event, yaml.MappingStartEvent) else self._list(place)

    def _mapping(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._fault(event, "has a key that is no text", "put it in quotes")
            key: str = event.value
            if key in found:
                raise self._fault(event, f"the key {key} stands twice in one entry", "keep one of them")
            inner = self._noted(place, key, event)
            found[key] = self._value(self._next(), inner)
        return found

    def _list(self, place: Place) -> list[object]:
        found: list[object] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._value(event, self._noted(place, len(found), event)))
        return found

    def _noted(self, place: Place, step: str | int, event: yaml.Event) -> Place:
        if self.lines is None:
            return ()
        inner = (*place, step)
        self.lines[inner] = _line(event)
        return inner

    def _fault(self, event: yaml.Event, what: str, remedy: str) -> LexiconError:
        return LexiconError(f"{self.path}:{_line(event)}", what, remedy)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(word: str) -> object:
    """Return what a word without quotation marks means."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    return int(word) if word[0] in "-0123456789" and _WHOLE_NUMBER.fullmatch(word) else word


def _as_lexicon_error(path: Path, text: str, error: yaml.YAMLError) -> LexiconError:
    """Say on which line a text is no YAML, and what it may lack there."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode()[: error.position].count(b"\n") + 1
        return LexiconError(f"{path}:{line}", "has a control character", "delete it")
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return LexiconError(str(path), f"is not YAML ({error})", "mend the file")
    line, start = error.problem_mark.line, error.context_mark
    tab = any("\t" in written for written in text.split("\n")[line : line + 1])
    remedy = "indent with blanks, not tabs" if tab else "mend the line, or put the text in quotes"
    around = f", in what begins on line {start.line + 1}" if start and start.line < line else ""
    return LexiconError(f"{path}:{line + 1}", f"is not YAML ({error.problem}{around})", remedy)


__all__ = ["convert", "load_yaml", "ontology_root", "read_text", "require_unique"]

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
