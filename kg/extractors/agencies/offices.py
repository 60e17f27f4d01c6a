"""How names of bodies end and go on: local offices of central bodies, endings, bodies named together.

Of a local office a fixed part is found first and the name of a region beside it. Two characters of an ending
spare most of the reading of what is no body.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.extractors.agencies.resolve import REGION
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_entries import Office, SharedName
from kg.lexicons.agency_names import Agencies
from kg.lexicons.region_names import Regions
from kg.model.document import Document, Span
from kg.model.entities import Mention
from kg.text.fold import fold
from kg.text.patterns import Matcher


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
        self._offices = offices
        self.by_anchor: Mapping[str, list[Pattern]] = {}
        found: dict[str, list[Pattern]] = {}
        for office in offices:
            for words in office.patterns:
                before, mark, after = fold(words).partition(REGION)
                pattern = Pattern(office, before, after, bool(mark))
                found.setdefault(pattern.anchor, []).append(pattern)
        self.by_anchor = found
        self.bare = {p.replace(REGION, ""): o for o in offices for p in o.patterns if p.startswith(REGION)}
        self._matcher = Matcher(found)

    @cached_property
    def shared(self) -> tuple[tuple[str, str, SharedName, Office], ...]:
        """The names that offices share with departments, cut at their region."""
        names = (
            (shared.pattern.partition(REGION), shared, office) for office in self._offices for shared in office.shared
        )
        return tuple((before, after, shared, office) for (before, _, after), shared, office in names)

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


class Endings:
    """The last two characters of every name and group that the lexicons know or form."""

    def __init__(self, agencies: Agencies) -> None:
        self._last = frozenset(fold(words[-2:]) for words in _endings(agencies) if words)

    def fit(self, text: str, end: int, standpoint: Standpoint) -> bool:
        """Tell whether a name may end at `end` of the folded `text`; false where none can."""
        last = text[max(0, end - 2) : end]
        if last in self._last or last[-1:] in self._last or last in _ends_of_regions(standpoint.regions):
            return True
        return text.endswith(tuple(standpoint.aliases), 0, end)


@lru_cache(maxsize=4)
def _ends_of_regions(regions: Regions) -> frozenset[str]:
    return frozenset(label[-2:] for label in regions.readings)


def _endings(agencies: Agencies) -> Iterator[str]:
    """Yield names, or as much of them as their end."""
    words, levels, groups = agencies.words, agencies.levels, agencies.words.groups
    yield from agencies.central_labels
    yield from agencies.bare_labels
    yield from agencies.unique_labels
    yield from agencies.stems
    yield from (pattern.rpartition(REGION)[2] for office in words.offices for pattern in office.patterns)
    yield from (shared.pattern.rpartition(REGION)[2] for office in words.offices for shared in office.shared)
    yield from (entry.after for entry in words.inverted)
    yield from (*levels.zone_heads, *levels.bare_zones, *words.open_endings)
    yield from (*levels.divisions, *levels.ministry_divisions)
    yield from (*groups.whole, *levels.organs, *groups.area_words, *groups.local_heads, *groups.heads)
    yield from (*levels.group_heads, *levels.branches, *levels.office_kinds)


def runs_of(document: Document, mentions: Iterable[Mention], joints: Collection[str]) -> list[list[Mention]]:
    """Part mentions, given in text order, into runs between whose members one of `joints` stands and nothing else."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        last = runs[-1][-1].span.end if runs else mention.span.end
        if runs and document.quote(Span(last, mention.span.start)).strip() in joints:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs
