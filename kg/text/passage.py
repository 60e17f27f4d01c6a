"""A stretch of a document's text, to be cut and searched without moving an offset by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model.document import Span
from kg.text.fold import fold


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text, which is folded once for all its passages; positions are those of the document.

    Attributes:
        text: The folded text of the whole document.
        start: Where the passage begins.
        end: Where it ends.

    >>> passage = Passage.of("（省财政厅牵头，省科技厅配合）").cut(1, 14)
    >>> passage.words
    '省财政厅牵头,省科技厅配合'
    >>> [found.start() for found in passage.find(re.compile("省"))]
    [1, 8]
    """

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str) -> Passage:
        """Return all of a text, folded."""
        return cls(fold(text), 0, len(text))

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def words(self) -> str:
        """The words of the passage, folded."""
        return self.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where the passage stands in the document."""
        return Span(self.start, self.end)

    def cut(self, start: int, end: int) -> Passage:
        """Return the stretch from `start` to `end` of the same document."""
        return Passage(self.text, start, end)

    def to(self, end: int) -> Passage:
        """Return what stands before `end`."""
        return Passage(self.text, self.start, end)

    def behind(self, start: int) -> Passage:
        """Return what stands from `start` on."""
        return Passage(self.text, start, self.end)

    def stripped(self) -> Passage:
        """Return the passage without the blanks at both ends."""
        start, end = self.start, self.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Passage(self.text, start, end)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern at the beginning."""
        return pattern.match(self.text, self.start, self.end)

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Search for a pattern; ``$`` in it is the end of the passage."""
        return pattern.search(self.text, self.start, self.end)

    def is_all(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether a pattern matches the passage as a whole."""
        return pattern.fullmatch(self.text, self.start, self.end) is not None

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Return every match of a pattern, none of which overlap."""
        return pattern.finditer(self.text, self.start, self.end)

    def ends_with(self, words: str | tuple[str, ...]) -> bool:
        """Tell whether the passage ends with any of `words`."""
        return self.text.endswith(words, self.start, self.end)

    def follows(self, marks: frozenset[str]) -> bool:
        """Tell whether the character right before the passage is one of `marks`."""
        return self.start > 0 and self.text[self.start - 1] in marks
