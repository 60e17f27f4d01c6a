"""Wordings that need no calendar: a stretch of time (用3年时间), and what is due without a day (长期坚持, 立行立改)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.times.time_limit import Basis, TimeLimit, later
from kg.extractors.times.years import GAP
from kg.lexicons.deadlines import DeadlineWords
from kg.model.document import Span
from kg.text.patterns import any_of

_OPENS_ITEM = "（(，,；;、：:。"
_ENDS_ITEM = "）)；;。"


def opens_item(text: str, position: int, start: int = 0) -> bool:
    """Tell whether an item of a clause begins at a position: behind a mark, or where the text does."""
    return position == start or text[position - 1] in _OPENS_ITEM


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that begins with the document: 用3年时间, 印发后3个月内.

    Attributes:
        span: the words.
        is_limit: whether a word before it says that it is a limit.
        count: how many units it is long.
        unit: the ISO 8601 letter of the unit.
    """

    span: Span
    is_limit: bool
    count: int
    unit: str
    is_dated: bool = False

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:
        """Return the stretch from the document's day on; without that day, one whose ends are open."""
        words, day = text[self.span.start : self.span.end], basis.document
        end = later(day, self.count, self.unit) if day else ""
        return [TimeLimit("period", self.span, words, day, end)]


class StretchReader:
    """Finds stretches of time; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        self._words = words
        before = f"(?P<before>{any_of(words.stretch_before)})?"  # 用
        apart = rf"(?<![\d{re.escape(''.join((*words.ranges, *words.numerals)))}])"
        count = rf"{apart}(?P<count>[1-9]\d?|{any_of(words.numerals)})"  # 3
        unit = f"(?P<unit>{any_of(words.units)})"  # 年
        self._gate = re.compile(rf"[\d{''.join(words.numerals)}]{GAP}(?:{any_of(words.units)})")
        self._pattern = re.compile(f"{before}{GAP}{count}{GAP}{unit}(?:{any_of(words.stretch_after)})")

    def find(self, text: str, within: Span) -> Iterator[Stretch]:
        """Yield the wordings in a stretch of text, in order."""
        if not self._gate.search(text, within.start, within.end):
            return
        for match in self._pattern.finditer(text, within.start, within.end):
            count = self._words.numerals.get(match["count"]) or int(match["count"])
            yield Stretch(Span(*match.span()), bool(match["before"]), count, self._words.units[match["unit"]])


@dataclass(frozen=True, slots=True)
class Standing:
    """A wording for what is due without a day: 长期坚持.

    Attributes:
        span: the words.
        is_limit: whether they are a whole item of a clause; in a sentence they are a mere adverb (长期坚持绿色发展).
    """

    span: Span
    is_limit: bool
    is_dated: bool = False

    def deadlines(self, text: str, basis: Basis) -> list[TimeLimit]:  # noqa: ARG002  # it is due at any time
        """Return a deadline without days."""
        return [TimeLimit("none", self.span, text[self.span.start : self.span.end])]


class StandingReader:
    """Finds what is due without a day; built once for the words, it holds no state of the texts."""

    def __init__(self, words: DeadlineWords) -> None:
        self._leads = ("", *words.standing_leads)
        self._pattern = re.compile(any_of(words.standing))

    def find(self, text: str, within: Span) -> Iterator[Standing]:
        """Yield the wordings in a stretch of text, in order."""
        for match in self._pattern.finditer(text, within.start, within.end):
            ends = match.end() == within.end or text[match.end()] in _ENDS_ITEM
            yield Standing(Span(*match.span()), ends and self._opens(text, Span(within.start, match.start())))

    def _opens(self, text: str, before: Span) -> bool:
        """Tell whether an item begins right behind a stretch, but for a word that leads to what is standing (并)."""
        leads = [before.end - len(lead) for lead in self._leads if text.endswith(lead, before.start, before.end)]
        return any(opens_item(text, start, before.start) for start in leads)
