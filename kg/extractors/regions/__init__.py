"""Regions: places named in a text, and what 省, 市 and 区 mean from the region that a document speaks for.

Here are the stretches that names claim, before it is settled which of them stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicons.region_names import LEVELS
from kg.model.document import Span
from kg.model.entities import Region
from kg.text.patterns import longest_leftmost

_NEAR = 40  # characters over which a place tells which of several counties of one name is meant
_ENDS_SENTENCE = re.compile("[。！？\n]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch that is a region's name or, with no region, one that no region's name may use."""

    start: int
    end: int
    region: Region | None


@dataclass(frozen=True, slots=True)
class Place:
    """What the document is about and when, as far as the reading of names depends on it; empty where unknown."""

    id: str = ""
    city: str = ""
    province: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the unmistakable names of a text start and end."""

    starts: frozenset[int]
    ends: frozenset[int]


class Neighbours:
    """The divisions that a text names so far, by where they stand."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._starts: dict[int, Region] = {}
        self._ends: dict[int, Region] = {}
        for claim in sorted(claims, key=lambda claim: claim.start):
            self.add(claim)
        self._above = sorted(end for end, region in self._ends.items() if region.level != "county")

    def add(self, claim: Claim) -> None:
        """Take one more claim; what is no division is left out."""
        if claim.region is not None and claim.region.level in LEVELS:
            self._starts[claim.start] = self._ends[claim.end] = claim.region

    def starting(self, position: int) -> Region | None:
        """Return the division whose name starts at a position."""
        return self._starts.get(position)

    def ending(self, position: int) -> Region | None:
        """Return the division whose name ends at a position."""
        return self._ends.get(position)

    def before(self, text: str, position: int) -> Region | None:
        """Return the province or city that is named last before a position in its sentence, not far off."""
        last = bisect_right(self._above, position) - 1
        end = self._above[last] if last >= 0 else -_NEAR
        near = position - end < _NEAR and not _ENDS_SENTENCE.search(text, end, position)
        return self._ends[end] if near else None


def runs(text: str, claims: Mapping[int, Claim], joiners: Sequence[str]) -> Iterator[list[Claim]]:
    """Yield claims that stand side by side in a list (泰顺、文成、磐安), each list once; `claims` by start."""
    run: list[Claim] = []
    for start in sorted(claims):
        claim = claims[start]
        if run and run[-1].end == start - 1 and text[start - 1] in joiners:
            run.append(claim)
            continue
        yield run
        run = [claim]
    yield run


def kept_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims that do not overlap; of two for one stretch the one that forbids it comes first."""
    by_span: dict[Span, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.region is not None):
        by_span.setdefault(Span(claim.start, claim.end), claim)
    return [by_span[span] for span in longest_leftmost(by_span)]
