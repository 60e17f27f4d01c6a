"""Reads YAML into plain values, more strictly than YAML itself: what a reader could overlook is refused.

Allowed are mappings, lists, texts, whole numbers, true, false and null. A key that stands twice, an anchor, a tag and a
second document are faults. A word is a text unless it is one of these: ``no``, ``1.5`` and ``2018-03-17`` are texts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import yaml

from kg.errors import LexiconError

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
