"""Styles of numbering and the headings under which nothing is assigned, from ``lexicons/numbering.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_patterns, require_unique, require_words
from kg.text.fold import fold
from kg.text.numerals import read_number

_OUTERMOST = -1


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
    """A numeral found at the head of a line: its style, its label, its value (0 unknown), and where it ends."""

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
    idle_items: tuple[str, ...]
    closings: tuple[str, ...]
    contents_line: str
    box: str
    attachment_head: str
    attachment_list: str

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
    def _idle_item(self) -> re.Pattern[str]:
        return re.compile("|".join(self.idle_items))

    @cached_property
    def _contents(self) -> re.Pattern[str]:
        return re.compile(self.contents_line)

    @cached_property
    def _box(self) -> re.Pattern[str]:
        return re.compile(self.box.replace("{n}", self.numerals))

    @cached_property
    def _attachment(self) -> re.Pattern[str]:
        return re.compile(self.attachment_head.replace("{n}", self.numerals))

    @cached_property
    def _attachment_list(self) -> re.Pattern[str]:
        return re.compile(self.attachment_list)

    @cached_property
    def _closing(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.closings))

    def at(self, text: str, start: int = 0) -> Numeral | None:
        """Return the numeral that stands at `start` of the folded `text`, if one does."""
        for style, pattern in self._compiled:
            match = pattern.match(text, start)
            if match:
                return Numeral(
                    style.id, style.rank, match.expand(style.label), self._value(match.group(1)), match.end()
                )
        return None

    def _value(self, numeral: str) -> int:
        """Return what 12 or 十二 counts, 0 for what is neither."""
        return read_number(numeral, ones=self.numerals[:9], places=self.numerals[9:11], noughts=self.numerals[11:13])

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

    def is_idle_item(self, line: str) -> bool:
        """Tell whether an item of any style sets no task: whom to call and where."""
        return bool(self._idle_item.search(fold(line)))

    def is_contents(self, line: str) -> bool:
        """Tell whether a line stands in a table of contents: 一、现状与形势......1."""
        return bool(self._contents.search(fold(line)))

    def opens_box(self, line: str) -> bool:
        """Tell whether a line heads a box (专栏1 基础理论), whose items belong to the item around it."""
        return bool(self._box.match(fold(line).strip()))

    def attachment(self, line: str) -> Numeral | None:
        """Return the numeral of a line that heads an attachment (附件1), which begins a numbering of its own."""
        match = self._attachment.fullmatch(fold(line).strip())
        label = re.sub(r"\s|:", "", match.group()) if match else ""
        return Numeral("attachment", _OUTERMOST, label, 0, len(line)) if match else None

    def lists_attachments(self, line: str) -> bool:
        """Tell whether a line begins the list of what is attached: 附件：1.申报表."""
        return bool(self._attachment_list.match(fold(line).strip()))


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
    require_patterns(path, "idle_items", numbering.idle_items)
    for name in ("contents_line", "box", "attachment_head", "attachment_list"):
        require_patterns(path, name, [getattr(numbering, name).replace("{n}", numbering.numerals)])
    require_patterns(path, "closings", numbering.closings)
