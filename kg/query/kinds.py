"""What the value of a parameter may be: a number, a year, a day, one of a few words, the name of a thing, any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

THINGS = ("agency", "place", "instrument", "document")
"""Kinds whose values are names: a value that names nothing is no mistake in form, and finds nothing."""

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value by its name; `words` are those there are where it is a choice."""

    name: str = "text"
    words: tuple[str, ...] = field(default=())

    @property
    def shown(self) -> str:
        """What to write for a value in a line of usage.

        >>> Kind("choice", ("yes", "no")).shown
        'yes|no'
        """
        return "|".join(self.words) or self.name.upper()

    def fault(self, text: str) -> str:
        """Say what `text` is not, or return nothing where it is of this kind.

        >>> Kind("year").fault("abc")
        "'abc' is no year"
        """
        if self.words:
            return "" if text in self.words else f"{text!r} is none of {', '.join(self.words)}"
        test = _TESTS.get(self.name)
        return "" if test is None or test.passes(text) else f"{text!r} is no {test.called}"

    @property
    def instance(self) -> str:
        """A value of this kind, empty where any text is one."""
        test = _TESTS.get(self.name)
        return self.words[0] if self.words else test.instance if test else ""


ANY = Kind()
"""Any text."""


def find_kind(written: str) -> Kind | None:
    """Return the kind that a word (year) or several with bars between them (yes|no) mean, None where they mean none."""
    words = tuple(written.split("|"))
    if len(words) > 1 and all(words):
        return Kind("choice", words)
    return Kind(written) if written in NAMES else None


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Test:
    passes: Callable[[str], object]
    called: str
    instance: str


_TESTS: Mapping[str, _Test] = {
    "number": _Test(_NUMBER.fullmatch, "number", "0.5"),
    "count": _Test(_WHOLE.fullmatch, "whole number", "3"),
    "year": _Test(_YEAR.fullmatch, "year", "2025"),
    "date": _Test(_is_day, "day", "2023-06-30"),
}
NAMES = frozenset({*_TESTS, *THINGS, "text"})
"""The words for kinds; a parameter that is called by one of them is of that kind."""
