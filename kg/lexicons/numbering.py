"""Styles of numbering and the headings under which nothing is assigned, from ``lexicons/numbering.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_patterns, require_unique, require_words
from kg.text import fold


@dataclass(frozen=True)
class NumberStyle:
    """One way to number an item; `rank` says how deep it stands, `label` how its numeral is written in a path."""

    id: str
    rank: int
    pattern: str
    label: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral found at the head of a line: its style, its label, its value if it is a digit, and where it ends."""

    style: str
    rank: int
    label: str
    value: int
    end: int


@dataclass(frozen=True)
class Numbering:
    """How items are numbered and which headings do not assign."""

    numerals: str
    styles: tuple[NumberStyle, ...]
    headings: Mapping[str, str]
    idle_articles: tuple[str, ...]
    closings: tuple[str, ...]

    @cached_property
    def _compiled(self) -> tuple[tuple[NumberStyle, re.Pattern[str]], ...]:
        return tuple((style, re.compile(style.pattern.replace("{n}", self.numerals))) for style in self.styles)

    @cached_property
    def _heading_patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((tag, re.compile(pattern)) for tag, pattern in self.headings.items())

    @cached_property
    def _idle(self) -> re.Pattern[str]:
        return re.compile("|".join(self.idle_articles))

    @cached_property
    def _closing(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.closings))

    def at(self, text: str, start: int = 0) -> Numeral | None:
        """Return the numeral that stands at `start` of the folded `text`, if one does."""
        for style, pattern in self._compiled:
            match = pattern.match(text, start)
            if match:
                return _numeral(style, match)
        return None

    def starts_item(self, line: str) -> bool:
        """Tell whether a line begins a numbered item."""
        return self.at(fold(line)) is not None

    def tags(self, heading: str) -> frozenset[str]:
        """Return what a heading says its text is about, where that is no task: goals, overview, background."""
        bare = fold(heading).strip().rstrip("。.:")
        return frozenset(tag for tag, pattern in self._heading_patterns if pattern.fullmatch(bare))

    def closes(self, line: str) -> bool:
        """Tell whether an unnumbered line closes the document: entry into force, copies, date of printing."""
        return bool(self._closing.search(fold(line).strip()))

    def is_idle(self, article: str) -> bool:
        """Tell whether an article of rules sets no task: purpose, scope, definitions, date of entry into force."""
        return bool(self._idle.match(fold(article).strip()))


def _numeral(style: NumberStyle, match: re.Match[str]) -> Numeral:
    value = int(match.group(1)) if match.group(1).isdecimal() else 0
    return Numeral(style.id, style.rank, match.expand(style.label), value, match.end())


def load_numbering(root: Path) -> Numbering:
    """Read the file and hold every style against its examples; raise LexiconError where one fails."""
    path = root / "lexicons" / "numbering.yaml"
    numbering = load_yaml(path, Numbering)
    require_unique(path, numbering.styles)
    require_words(path, numbering)
    _require_patterns(path, numbering)
    for style in numbering.styles:
        for example in style.examples:
            found = numbering.at(fold(example))
            if found is None or found.style != style.id:
                raise LexiconError(str(path), f"style {style.id} misses its example {example}", "mend either")
    return numbering


def _require_patterns(path: Path, numbering: Numbering) -> None:
    for style in numbering.styles:
        require_patterns(path, f"style {style.id}", [style.pattern.replace("{n}", numbering.numerals)])
    for tag, pattern in numbering.headings.items():
        require_patterns(path, f"heading {tag}", [pattern])
    require_patterns(path, "idle_articles", numbering.idle_articles)
    require_patterns(path, "closings", numbering.closings)
