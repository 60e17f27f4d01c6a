"""Targets: numbers that a policy commits to, in its goals, its measures and its tables of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.extractors.reading import Reading
from kg.extractors.registry import ExtractorMaker, Find
from kg.extractors.targets import Target
from kg.extractors.targets.find import TargetFinder
from kg.extractors.targets.match import TargetMatch
from kg.extractors.targets.tables import Cell, TableTarget
from kg.lexicons import Lexicons
from kg.model.document import Block, Section, Span, content_id
from kg.model.entities import Region
from kg.model.facts import Evidence
from kg.text.fold import simplify

_SILENT = frozenset({"background", "supplementary", "idle"})
_GOALS = frozenset({"goals", "overview"})
_HEADING = 60  # a heading, or a line that only announces a list, is no longer
_OPENS_LIST = ("：", ":")
_BULLETS = ("—", "-", "─", "–", "●", "·", "•", "■", "◆")


def find_targets(reading: Reading, finder: TargetFinder) -> Iterator[Target]:
    """Yield the targets of a policy, and of news what it says is to be reached by a year to come."""
    told: set[tuple[str, str, str, str]] = set()
    for target in _Walk(reading, finder).targets():
        words = (target.evidence.quote, target.indicator, target.value, target.unit)
        # a file may print a text twice, as notice and as annex
        if words not in told and (reading.document.kind == "policy" or _is_to_come(reading, target)):
            told.add(words)
            yield target


def _is_to_come(reading: Reading, target: Target) -> bool:
    """Tell whether a figure in news has a deadline that its day has not passed; a report of figures commits nobody."""
    document = reading.document
    printed = document.span.end < len(document.text)  # the policy that the page prints has its own targets
    return bool(target.deadline) and not printed and target.deadline[:4] >= document.published[:4] > ""


@dataclass(slots=True)
class _Walk:
    """Goes through a document's blocks once, knowing which year and which report of the past is in force."""

    reading: Reading
    finder: TargetFinder
    deadline: str = ""
    scope: Span = field(default_factory=lambda: Span(0, 0))
    listing: bool = False
    told: Section | None = None

    @property
    def as_of(self) -> str:
        """The document's year, or nothing."""
        return (self.reading.document.date or self.reading.document.published)[:4]

    def targets(self) -> Iterator[Target]:
        """Yield the targets of every block that speaks of what is to come."""
        tables: dict[int, dict[tuple[int, int], Cell]] = defaultdict(dict)
        for block in self.reading.document.blocks:
            if block.kind == "cell":
                tables[block.table][block.row, block.column] = Cell(block.span, self._words(block.span))
        for block in self.reading.document.blocks:
            section = self.reading.tree.at(block.span.start)
            if section is not None and section.tags & _SILENT:
                continue
            if block.kind != "cell":
                yield from self._paragraph(block, section)
            elif tables.get(block.table):
                yield from self._table(tables.pop(block.table))

    def _words(self, span: Span) -> str:
        return simplify(self.reading.document.quote(span))

    def _paragraph(self, block: Block, section: Section | None) -> Iterator[Target]:
        words = self._words(block.span)
        inherited = self._inherited(block, words)
        told = section is not None and section == self.told
        strict = self.finder.is_procedural(self.reading.document.title)
        found = self.finder.find(words, inherited, self.as_of, told=told, strict=strict)
        yield from self._in_places(words, [(match, self._target(block.span, match)) for match in found])
        for match in self.finder.find_pledges(words, inherited, self.as_of):
            yield self._target(block.span, match)
        self._remember(block, section, words)

    def _in_places(self, words: str, found: Sequence[tuple[TargetMatch, Target]]) -> Iterator[Target]:
        """Let the regions of a sentence's subject go on with its later figures: 浙江省贷款达到…，债券达到…."""
        last: tuple[TargetMatch, Target] | None = None
        for match, target in sorted(found, key=lambda pair: pair[0].span):
            if last is not None and not target.regions and self._goes_on(words, last[0], match):
                target = replace(target, regions=last[1].regions)
            last = (match, target) if match.fellows == 1 else None
            yield target

    def _goes_on(self, words: str, before: TargetMatch, match: TargetMatch) -> bool:
        same = before.sentence == match.sentence
        return same and not self.finder.names.parts_places(words[match.sentence.start : match.span.end])

    def _inherited(self, block: Block, words: str) -> str:
        """The year that a heading or an introduction gives; one that only opens a list ends with the list."""
        if not self.scope.contains(block.span) or (self.listing and not words.startswith(_BULLETS)):
            return ""
        return self.deadline

    def _remember(self, block: Block, section: Section | None, words: str) -> None:
        """Keep the year of a paragraph that sets it for what follows, and whether the section reports the past."""
        years = self.finder.times.deadlines(words, Span(0, len(words)), self.as_of)
        if years:
            self.told = None
        elif self.finder.tells_past(words, self.as_of):
            self.told = section
        carried = self.finder.carried_deadline(words, self.as_of)
        announces = len(words) <= _HEADING and (words.endswith(_OPENS_LIST) or block.kind == "heading")
        heads = section is not None and block.span.start == section.span.start and len(words) <= _HEADING
        if years and (announces or (heads and self.finder.sets_goals(words))):
            self._hold(years[-1].year, block, section, listing=False)
        elif carried and self._in_goals(section):
            self._hold(years[0].year if len(years) > 1 else carried, block, section, listing=False)
        elif carried:
            self._hold(carried, block, section, listing=True)

    def _hold(self, year: str, block: Block, section: Section | None, *, listing: bool) -> None:
        end = section.span.end if section else self._first_section()
        self.deadline, self.scope, self.listing = year, Span(block.span.end, max(end, block.span.end)), listing

    def _first_section(self) -> int:
        sections = self.reading.sections
        return sections[0].span.start if sections else self.reading.document.span.end

    def _in_goals(self, section: Section | None) -> bool:
        if section is None:
            return False
        return bool(section.tags & _GOALS) or self.finder.sets_goals(self._words(section.head)[:_HEADING])

    def _table(self, grid: Mapping[tuple[int, int], Cell]) -> Iterator[Target]:
        first = min(cell.span.start for cell in grid.values())
        deadline = self.deadline if self.scope.start <= first < self.scope.end else ""
        found = self.finder.tables.find(grid, deadline, self.as_of)
        if found is None:
            yield from self._cells(grid)
        for target in found or ():
            yield self._of_table(target)

    def _cells(self, grid: Mapping[tuple[int, int], Cell]) -> Iterator[Target]:
        """Read the cells of a table of tasks as paragraphs, due when their row says (完成时限)."""
        due = self.finder.tables.due_columns(grid)
        for (row, column), cell in sorted(grid.items()):
            if row and column not in due:
                days = [grid[row, at].text for at in due if (row, at) in grid]
                year = self.finder.tables.year(days, self.as_of)
                for match in self.finder.find(cell.text, year, self.as_of):
                    yield self._target(cell.span, match)

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
        )
        return self._counted(target, match.lower, match.upper)

    def _of_table(self, found: TableTarget) -> Target:
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
        )
        return self._counted(target, found.figure.lower, found.figure.upper)

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
        """Return the regions that are the subject of a target's clause, and the indicator without them.

        Where 分别 hands figures out to as many regions, each has its own.
        """
        named: list[Region] = []
        start = self._clause_start(before)
        for mention in self.reading.regions:
            if start <= mention.span.start and mention.span.end <= before.end and isinstance(mention.refers_to, Region):
                between = self._words(Span(start, mention.span.start))
                if self.finder.names.leads_to_region(between):
                    named.append(mention.refers_to)
                    start = mention.span.end
        if not named:
            return match.indicator, ()
        indicator = match.indicator
        last = self._words(Span(start, before.end))
        if match.fellows == len(named) > 1 or self.finder.names.name_after_region(last) in indicator:
            indicator = self.finder.names.name_after_region(last) or indicator
        if match.fellows == len(named) > 1:
            named = [named[match.place]]
        return indicator, tuple(dict.fromkeys(named))

    def _clause_start(self, before: Span) -> int:
        return before.start + self.finder.clause_offset(self._words(before))


def _make(lexicons: Lexicons) -> Find:
    finder = TargetFinder(lexicons.targets)
    return lambda reading: find_targets(reading, finder)


EXTRACTOR = ExtractorMaker("targets", (Target,), _make)
