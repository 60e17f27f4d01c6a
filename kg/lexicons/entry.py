"""What the lexicons are declared with: the base class of their entries, and types that say what a text has to be."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeVar

import msgspec

T = TypeVar("T")

ORDERED = "ordered"
"""The mark of a list whose order has a meaning, in the ``extra`` of its type; all other lists may be reordered."""

Word = Annotated[str, msgspec.Meta(min_length=1)]
"""A text that is not empty: an empty one would match everywhere."""

Words = tuple[Word, ...]
"""Words in no order."""

Ordered = Annotated[tuple[T, ...], msgspec.Meta(extra={ORDERED: True})]
"""A list whose order has a meaning, which the description of its field tells: ``Ordered[Word]``."""

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A lexicon, or an entry of one; the docstring describes each field, and ``docs/lexicons.md`` repeats it."""


class Pattern(str):
    """A regular expression of Python's ``re``, tried while it is loaded."""

    __slots__ = ()


class Day(str):
    """A day as YYYY-MM-DD, or its month or year alone where no more is known; empty where nothing is."""

    __slots__ = ()


Patterns = tuple[Pattern, ...]
"""Regular expressions in no order."""


Branch = Literal[
    "government", "party", "people-congress", "judiciary", "organization", "institution", "enterprise", "military"
]
"""The branches of power that bodies belong to, in the order in which the readings of one name are tried."""


class Validity(Entry, frozen=True, kw_only=True):
    """When a body exists.

    Attributes:
        start: The first day of it; empty where it is not known.
        end: The first day without it; empty while it stands.
    """

    start: Day = msgspec.field(name="from", default=Day())
    end: Day = msgspec.field(name="to", default=Day())

    def overlaps(self, other: Validity) -> bool:
        """Tell whether there is a day on which both hold."""
        return (not self.end or not other.start or other.start < self.end) and (
            not other.end or not self.start or self.start < other.end
        )

    def holds(self, day: str) -> bool:
        """Tell whether it holds on an ISO day; an unknown day is any day."""
        return not day or ((not self.start or self.start <= day) and (not self.end or day < self.end))


ALWAYS = Validity()
"""The validity of what has no dates."""


def convert_text(type_: type, value: object) -> object:
    """Make a `Pattern` or a `Day` of a text; msgspec asks for it where it meets a type that is not its own."""
    if type_ not in (Pattern, Day):
        raise NotImplementedError(type_)
    if not isinstance(value, str):
        raise ValueError(f"Expected `str`, got `{'null' if value is None else type(value).__name__}`")
    if type_ is Day and value and not _DAY.fullmatch(value):
        raise ValueError(f"{value} is no date such as 2018-03-17, 2018-03 or 2018")
    if type_ is Pattern:
        _try(value)
    return type_(value)


def _try(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern} is no regular expression ({error})") from error
