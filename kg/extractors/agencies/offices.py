"""Local offices of central bodies by their patterns: a fixed part is found first, a region's name is read beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.lexicons.agencies import Office
from kg.lexicons.regions import Regions
from kg.model.document import Span
from kg.text.patterns import Matcher

REGION = "{region}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern cut at its region: 人民银行{region}分行 has 人民银行 before and 分行 after it."""

    office: Office
    before: str
    after: str
    placed: bool

    @property
    def anchor(self) -> str:
        """The longer fixed part, by which the pattern is found."""
        return max(self.before, self.after, key=len)

    def read(self, item: str) -> str | None:
        """Return the region's words in `item` read whole, empty where the pattern has none; None where it fails."""
        if not self.placed:
            return "" if item == self.before else None
        if item.startswith(self.before) and item.endswith(self.after):
            return item[len(self.before) : len(item) - len(self.after)] or None
        return None

    def find(self, text: str, anchor: Span, regions: Regions) -> Span | None:
        """Return where the pattern stands in `text` around an occurrence of its anchor."""
        if not self.placed:
            return anchor
        if self.anchor == self.before:
            found = regions.longest_at(text, anchor.end)
            end = found[0] + len(self.after) if found and text.startswith(self.after, found[0]) else 0
            return Span(anchor.start, end) if end else None
        held = regions.longest_before(text, anchor.start)
        if held is None or not text.endswith(self.before, 0, held[0]):
            return None
        return Span(held[0] - len(self.before), anchor.end)


class OfficePatterns:
    """All patterns, indexed by their anchors."""

    def __init__(self, offices: tuple[Office, ...]) -> None:
        self.by_anchor: Mapping[str, list[Pattern]] = {}
        found: dict[str, list[Pattern]] = {}
        for office in offices:
            for words in office.patterns:
                before, mark, after = words.partition(REGION)
                pattern = Pattern(office, before, after, bool(mark))
                found.setdefault(pattern.anchor, []).append(pattern)
        self.by_anchor = found
        self._matcher = Matcher(found)

    def fitting(self, item: str) -> Iterator[tuple[Pattern, str]]:
        """Yield the patterns that `item` fits as a whole, with the words of its region, in the order of the data."""
        anchors = dict.fromkeys(item[span.start : span.end] for span in self._matcher.every(item))
        for anchor in sorted(anchors, key=lambda anchor: (-len(anchor), anchor)):
            for pattern in self.by_anchor[anchor]:
                words = pattern.read(item)
                if words is not None:
                    yield pattern, words

    def find(self, text: str, regions: Regions) -> Iterator[Span]:
        """Yield every stretch of the folded `text` that fits a pattern; they may overlap."""
        for anchor in self._matcher.every(text):
            for pattern in self.by_anchor[text[anchor.start : anchor.end]]:
                span = pattern.find(text, anchor, regions)
                if span is not None:
                    yield span
