"""Sections: the numbered tree of a document; which one holds a place, what is above it and below."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.model.document import Section


class SectionTree:
    """Finds sections by their place and each other; made once for a document.

    `sections` must be in text order and nest, as `find_sections` gives them: no two begin at one place, and one that
    begins within another ends within it. What is below a section then follows it without a gap.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = tuple(sections)
        self._starts = [section.span.start for section in self._sections]
        self._parents: list[int] = []  # the number of the section above each, -1 where there is none
        self._behind = [len(self._sections)] * len(self._sections)  # the first one that is no longer below
        open_: list[int] = []
        for number, section in enumerate(self._sections):
            while open_ and self._sections[open_[-1]].span.end <= section.span.start:
                self._behind[open_.pop()] = number
            self._parents.append(open_[-1] if open_ else -1)
            open_.append(number)

    def at(self, offset: int) -> Section | None:
        """Return the innermost section that holds `offset`."""
        number = bisect_right(self._starts, offset) - 1
        while number >= 0 and self._sections[number].span.end <= offset:
            number = self._parents[number]
        return self._sections[number] if number >= 0 else None

    def parent(self, section: Section) -> Section | None:
        """Return the section right above `section`."""
        number = self._parents[self._number(section)]
        return self._sections[number] if number >= 0 else None

    def above(self, section: Section) -> Iterator[Section]:
        """Yield the sections that `section` stands under, the nearest first."""
        above = self.parent(section)
        while above is not None:
            yield above
            above = self.parent(above)

    def below(self, section: Section) -> Sequence[Section]:
        """Return every section that stands under `section`, in text order."""
        number = self._number(section)
        return self._sections[number + 1 : self._behind[number]]

    def _number(self, section: Section) -> int:
        return bisect_right(self._starts, section.span.start) - 1
