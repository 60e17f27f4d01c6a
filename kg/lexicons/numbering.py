"""Styles of numbering and the headings under which nothing is assigned, from ``lexicons/numbering.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry, Ordered, Pattern, Patterns, Word, Words
from kg.lexicons.files import load_yaml, require_unique
from kg.text.fold import fold
from kg.text.numerals import read_number

_OUTERMOST = -1


class Numerals(Entry, frozen=True, kw_only=True):
    """The signs of Chinese numerals.

    Attributes:
        ones: The signs of one to nine, in this order.
        places: Those of ten and hundred, in this order.
        noughts: Those that stand for an empty place.
        others: Others that a numeral may hold, which then counts nothing.
    """

    ones: Word
    places: Word
    noughts: Word
    others: str = ""


class NumberStyle(Entry, frozen=True, kw_only=True):
    """One way to number an item.

    Attributes:
        id: The identifier of the style.
        rank: How deep an item stands, from 0: it closes every open item of the same or a higher rank.
        pattern: The numeral at the head of a line, with {n} for the characters of Chinese numerals; the first group is
            the number.
        label: How the numeral is written in the path of a section; \\1 stands for the first group.
        examples: Lines that begin with such a numeral, tried while the file is loaded.
        nests: Whether the numeral is made of several, each of which stands a rank deeper (5.2.1).
    """

    id: Word
    rank: int
    pattern: Pattern
    label: Word
    examples: Words
    nests: bool = False


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral found at the head of a line: its style, its label, its value (0 unknown), and where it ends.

    `above` holds the numbers before its last one (5.2 of 5.2.1).
    """

    style: str
    rank: int
    label: str
    value: int
    end: int
    above: str = ""


class Numbering(Entry, frozen=True, kw_only=True, dict=True):
    """How items are numbered, and which headings and items set no task.

    In the patterns of numerals, {n} stands for the characters of Chinese numerals.

    Attributes:
        numerals: The signs of Chinese numerals.
        styles: The styles of numbering. Ordered: the first that fits the head of a line is taken.
        decimal_head: The line above what is numbered 5.1, 5.2 …, with the first number alone; its group is the number.
        headings: What a heading is, as a whole, that sets no task, by what it says its text is about.
        idle_articles: How an article begins that sets no task (本办法自…施行).
        idle_items: What an item of any style holds that sets no task (whom to call and where).
        idle_lists: What an item that is no article says where it lists conditions, cases or papers.
        contents_line: A line of a table of contents.
        box: The head of a box, whose items belong to the item around it (专栏1).
        attachment_head: The head of an attachment, which begins a numbering of its own (附件1).
        attachment_list: The line that begins the list of attachments.
        closings: Lines without a number behind the last item from which on nothing belongs to an item.
    """

    numerals: Numerals
    styles: Ordered[NumberStyle]
    decimal_head: Pattern
    headings: Mapping[Word, Pattern]
    idle_articles: Patterns
    idle_items: Patterns
    idle_lists: Patterns
    closings: Patterns
    contents_line: Pattern
    box: Pattern
    attachment_head: Pattern
    attachment_list: Pattern

    def _with_numerals(self, pattern: str) -> re.Pattern[str]:
        signs = self.numerals
        return re.compile(pattern.replace("{n}", signs.ones + signs.places + signs.noughts + signs.others))

    @cached_property
    def _compiled(self) -> tuple[tuple[NumberStyle, re.Pattern[str], list[str]], ...]:
        """The styles with their patterns, and their labels as text, number of a group, text, and so on."""
        return tuple(
            (style, self._with_numerals(style.pattern), re.split(r"\\(\d)", style.label)) for style in self.styles
        )

    @cached_property
    def _any_style(self) -> re.Pattern[str]:
        """Match a numeral of whatever style: most lines bear none."""
        return self._with_numerals("|".join(f"(?:{style.pattern})" for style in self.styles))

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
    def _idle_list(self) -> re.Pattern[str]:
        return re.compile("|".join(self.idle_lists))

    @cached_property
    def _contents(self) -> re.Pattern[str]:
        return re.compile(self.contents_line)

    @cached_property
    def _box(self) -> re.Pattern[str]:
        return self._with_numerals(self.box)

    @cached_property
    def _attachment(self) -> re.Pattern[str]:
        return self._with_numerals(self.attachment_head)

    @cached_property
    def _attachment_list(self) -> re.Pattern[str]:
        return re.compile(self.attachment_list)

    @cached_property
    def _closing(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.closings))

    def at(self, text: str, start: int = 0) -> Numeral | None:
        """Return the numeral that stands at `start` of the folded `text`, if one does."""
        if self._any_style.match(text, start) is None:
            return None
        for style, pattern, label in self._compiled:
            match = pattern.match(text, start)
            if match:
                words = (match[int(part)] if number % 2 else part for number, part in enumerate(label))
                above, _, last = match[1].rpartition(".") if style.nests else ("", "", match[1])
                rank = style.rank + (above.count(".") + 1 if above else 0)
                return Numeral(style.id, rank, "".join(words), self._value(last), match.end(), above)
        return None

    def heads_decimals(self, line: str) -> Numeral | None:
        """Return the numeral of a folded line that may head decimal numbers: 5 of 5 应急响应, above 5.1."""
        match = re.match(self.decimal_head, line)
        style = next(style for style in self.styles if style.nests)
        return Numeral(style.id, style.rank, match[1], int(match[1]), match.end()) if match else None

    def _value(self, numeral: str) -> int:
        """Return what 12 or 十二 counts, 0 for what is neither."""
        signs = self.numerals
        return read_number(numeral, ones=signs.ones, places=signs.places, noughts=signs.noughts)

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

    def is_idle_list(self, line: str) -> bool:
        """Tell whether an item lists conditions, cases or papers: 符合下列条件：, 未按时报送的；."""
        return bool(self._idle_list.search(fold(line).strip()))

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
    """Load ``lexicons/numbering.yaml`` under `root` and hold every style against its examples.

    Raises LexiconError with file and line for what does not fit, and with file and entry for an identifier that stands
    twice and an example that another style takes or none.
    """
    path = root / "lexicons" / "numbering.yaml"
    numbering = load_yaml(path, Numbering)
    require_unique(path, numbering.styles)
    for style in numbering.styles:
        for example in style.examples:
            found = numbering.at(fold(example))
            if found is None or found.style != style.id:
                raise LexiconError(str(path), f"style {style.id} misses its example {example}", "mend either")
    return numbering
