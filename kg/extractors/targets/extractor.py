"""Targets: numbers that a policy commits to, in its goals, its measures and its tables of indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extractors.reading import Reading
from kg.extractors.registry import ExtractorMaker, Find
from kg.extractors.targets import Target
from kg.extractors.targets.find import TargetFinder
from kg.extractors.targets.match import TargetMatch
from kg.extractors.targets.tables import TableTarget
from kg.extractors.targets.walk import Passage, TargetWalk
from kg.extractors.times.reader import DeadlineReader
from kg.lexicons import Lexicons
from kg.model.document import Span, content_id
from kg.model.entities import Region
from kg.model.facts import Evidence
from kg.text.fold import simplify


def find_targets(reading: Reading, finder: TargetFinder) -> Iterator[Target]:
    """Yield the targets of a policy, and of news what it says is to be reached by a year to come."""
    seen: set[tuple[str, str, str, str]] = set()
    for target in _all_targets(reading, finder):
        words = (target.evidence.quote, target.indicator, target.value, target.unit)
        # a file may print a text twice, as notice and as annex
        if words not in seen and (reading.document.kind == "policy" or _is_to_come(reading, target)):
            seen.add(words)
            yield target


def _is_to_come(reading: Reading, target: Target) -> bool:
    """Tell whether a figure in news is due after its year, or in it and wanted; a report of figures commits nobody."""
    document = reading.document
    printed = document.span.end < len(document.text)  # the policy that the page prints has its own targets
    year = document.published[:4]
    later = target.deadline[:4] > year or (target.deadline[:4] == year and target.commitment)
    return bool(target.deadline and year and later) and not printed


def _all_targets(reading: Reading, finder: TargetFinder) -> Iterator[Target]:
    maker = _TargetMaker(reading, finder)
    for passage in TargetWalk(reading, finder).passages():
        if isinstance(passage, TableTarget):
            yield maker.of_table(passage)
        else:
            yield from maker.of_passage(passage)


@dataclass(frozen=True, slots=True)
class _TargetMaker:
    """Makes facts of what was found in a document."""

    reading: Reading
    finder: TargetFinder

    def of_passage(self, passage: Passage) -> Iterator[Target]:
        """Yield the targets of a paragraph or a cell.

        The regions of a sentence's subject go on with its later figures: 浙江省贷款达到…，债券达到….
        """
        last: tuple[TargetMatch, Target] | None = None
        for match in passage.matches:
            target = self._target(passage.span, match)
            if last and not target.regions and last[0].sentence == match.sentence and not match.among_parts:
                target = replace(target, regions=last[1].regions)
            last = (match, target) if match.fellows == 1 else None
            yield target
        for match in passage.pledges:
            yield self._target(passage.span, match)

    def of_table(self, found: TableTarget) -> Target:
        """Return the target that a cell of a table of indicators sets."""
        document = self.reading.document
        quote = Span(min(found.named.span.start, found.cell.span.start), found.cell.span.end)
        target = Target(
            id=content_id("target", document.id, found.cell.span.start, found.figure.value, found.figure.unit),
            document=document.id,
            indicator=found.indicator,
            value=found.figure.value,
            unit=found.figure.unit,
            evidence=Evidence(document.id, quote, document.quote(quote)),
            deadline=found.deadline,
            comparator=found.comparator,
            baseline=found.baseline,
            baseline_value=found.baseline_value,
            change=found.change,
            commitment=found.commitment,
        )
        return self._counted(target, found.figure.lower, found.figure.upper)

    def _target(self, within: Span, match: TargetMatch) -> Target:
        document = self.reading.document
        quote = Span(within.start + match.quote.start, within.start + match.quote.end)
        at = within.start + match.span.start
        indicator, regions = self._regions(Span(quote.start, at), match)
        target = Target(
            id=content_id("target", document.id, at, match.value, match.unit),
            document=document.id,
            indicator=indicator or document.quote(quote).strip(),
            value=match.value,
            unit=match.unit,
            evidence=Evidence(document.id, quote, document.quote(quote)),
            deadline=match.deadline,
            comparator=match.comparator,
            baseline=match.baseline,
            baseline_value=match.baseline_value,
            change=match.change,
            regions=regions,
            commitment=match.commitment,
            every=match.every,
        )
        return self._counted(target, match.lower, match.upper)

    def _counted(self, target: Target, lower: str, upper: str) -> Target:
        """Add the number, or the ends of a range, in a unit of QUDT; in the text's unit where there is none."""
        whole, low, high = (self.finder.figures.amount(value, target.unit) for value in (target.value, lower, upper))
        unit = whole or low
        return replace(
            target,
            number=whole.number if whole else "",
            lower=low.number if low else lower,
            upper=high.number if high else upper,
            quantity=unit.unit if unit else "",
        )

    def _regions(self, before: Span, match: TargetMatch) -> tuple[str, tuple[Region, ...]]:
        """Return the indicator without the regions that are the subject of a target's clause, and these regions.

        Where 分别 hands figures out to as many regions, each has its own.
        """
        start, named = self._leading_regions(before)
        if not named:
            return match.indicator, ()
        own = match.fellows == len(named) > 1
        indicator, last = match.indicator, self.finder.names.name_after_region(self._words(Span(start, before.end)))
        if own or last in indicator:
            indicator = last or indicator
        return indicator, (named[match.place],) if own else tuple(dict.fromkeys(named))

    def _leading_regions(self, before: Span) -> tuple[int, list[Region]]:
        """Return the regions with which the clause of a figure begins, and where the last of them ends."""
        start = before.start + self.finder.clause_offset(self._words(before))
        named: list[Region] = []
        for mention in self.reading.regions.within(Span(start, before.end)):
            span, region = mention.span, mention.refers_to
            if not isinstance(region, Region) or span.start < start:
                continue
            if self.finder.names.leads_to_region(self._words(Span(start, span.start))):
                named.append(region)
                start = span.end
        return start, named

    def _words(self, span: Span) -> str:
        return simplify(self.reading.document.quote(span))


def _make(lexicons: Lexicons) -> Find:
    finder = TargetFinder(lexicons.targets, DeadlineReader(lexicons.deadlines))
    return lambda reading: find_targets(reading, finder)


EXTRACTOR = ExtractorMaker("targets", (Target,), _make)
