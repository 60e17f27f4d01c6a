"""Goes through a document knowing which year, and which report of the past, is in force where a paragraph stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.extractors.reading import Reading
from kg.extractors.targets.find import TargetFinder
from kg.extractors.targets.match import TargetMatch
from kg.extractors.targets.paragraph import Paragraph
from kg.extractors.targets.tables import Cell, TableTarget
from kg.model.document import Block, Section, Span
from kg.text.fold import simplify

_SILENT = frozenset({"background", "supplementary", "idle", "conditions"})
_GOALS = frozenset({"goals", "overview"})
_HEADING = 60  # a heading, or a line that only announces a list, is no longer
_ARTICLE = "article"
_MANY = 4  # articles that make a text one of rules
_OPENS_LIST = ("：", ":")
_BULLETS = ("—", "-", "─", "–", "●", "·", "•", "■", "◆")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a cell with its targets.

    Attributes:
        span: where it stands in the document.
        matches: its figures that are targets, in order.
        pledges: its pledges, in order.
    """

    span: Span
    matches: tuple[TargetMatch, ...]
    pledges: tuple[TargetMatch, ...] = ()


@dataclass(slots=True)
class TargetWalk:
    """Goes through a document's blocks once.

    Attributes:
        reading: the document.
        finder: finds the targets of a paragraph.
        deadline: the year that a heading or an introduction has given, or empty.
        scope: the stretch of the document it holds for.
        listing: whether it holds only for the list right behind it.
        report: the section whose paragraphs report what is over, if any.
    """

    reading: Reading
    finder: TargetFinder
    deadline: str = ""
    scope: Span = field(default_factory=lambda: Span(0, 0))
    listing: bool = False
    report: Section | None = None

    @property
    def day(self) -> str:
        """The document's day, or nothing."""
        return self.reading.document.date or self.reading.document.published

    @property
    def as_of(self) -> str:
        """The document's year, or nothing."""
        return self.day[:4]

    @property
    def is_news(self) -> bool:
        """Whether sentences stand by themselves, and only what is said to be due by a year is wanted."""
        return self.reading.document.kind == "news"

    def passages(self) -> Iterator[Passage | TableTarget]:
        """Yield every paragraph and cell that speaks of what is to come, and the targets of tables of indicators.

        A document whose digits are not to be trusted has none.
        """
        if self.finder.is_enciphered(self._words(self.reading.document.span)):
            return
        tables = self._tables()
        strict = self._is_procedural()
        for block in self.reading.document.blocks:
            section = self.reading.tree.at(block.span.start)
            if section is not None and section.tags & _SILENT:
                continue
            if block.kind != "cell":
                yield self._paragraph(block, section, strict=strict)
            elif block.table in tables:
                yield from self._table(tables.pop(block.table))

    def _is_procedural(self) -> bool:
        """Tell whether the document says how one applies or what the rule is, so that a bare figure is no target."""
        document, sections = self.reading.document, self.reading.sections
        articles = sum(section.style == _ARTICLE for section in sections)
        if articles >= _MANY and 2 * articles >= sum(len(section.path) == 1 for section in sections):
            return True
        words = self._words(document.span)
        return (
            self.finder.is_procedural(document.title)
            or self.finder.is_application(words)
            or self.finder.is_report(words)
        )

    def _tables(self) -> dict[int, dict[tuple[int, int], Cell]]:
        tables: dict[int, dict[tuple[int, int], Cell]] = defaultdict(dict)
        for block in self.reading.document.blocks:
            if block.kind == "cell":
                tables[block.table][block.row, block.column] = Cell(block.span, self._words(block.span))
        return dict(tables)

    def _words(self, span: Span) -> str:
        return simplify(self.reading.document.quote(span))

    def _paragraph(self, block: Block, section: Section | None, *, strict: bool) -> Passage:
        paragraph = self.finder.read(self._words(block.span), self.day)
        if self.is_news:
            alone = paragraph.apart()
            pledges = (pledge for pledge in self.finder.find_pledges(alone) if pledge.deadline)
            return Passage(block.span, tuple(self.finder.find(alone, strict=True)), tuple(pledges))
        inherited = self._inherited(block, paragraph.text)
        reports = section is not None and section == self.report
        matches = self.finder.find(paragraph, inherited, reports=reports, strict=strict)
        wanted = self.finder.find_pledges(paragraph, inherited)
        self._remember(block, section, paragraph)
        return Passage(block.span, tuple(matches), tuple(wanted))

    def _inherited(self, block: Block, words: str) -> str:
        """The year that a heading or an introduction gives; one that only opens a list ends with the list."""
        if not self.scope.contains(block.span) or (self.listing and not words.startswith(_BULLETS)):
            return ""
        return self.deadline

    def _remember(self, block: Block, section: Section | None, paragraph: Paragraph) -> None:
        """Keep the year of a paragraph that sets it for what follows, and whether the section reports the past."""
        words, years, carried = paragraph.text, paragraph.deadlines, paragraph.carried_year
        if years:
            self.report = None
        elif paragraph.ends_in_report:
            self.report = section
        short = len(words) <= _HEADING
        announces = short and (words.endswith(_OPENS_LIST) or block.kind == "heading")
        heads = short and section is not None and block.span.start == section.span.start
        if years and (announces or (heads and self.finder.sets_goals(words))):
            self._hold(years[-1].last, block, section, listing=False)
        elif carried and self._in_goals(section):
            self._hold(years[0].last if len(years) > 1 else carried, block, section, listing=False)
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

    def _table(self, grid: Mapping[tuple[int, int], Cell]) -> Iterator[Passage | TableTarget]:
        first = min(cell.span.start for cell in grid.values())
        deadline = self.deadline if self.scope.start <= first < self.scope.end else ""
        found = self.finder.tables.find(grid, deadline, self.as_of)
        yield from self._cells(grid) if found is None else found

    def _cells(self, grid: Mapping[tuple[int, int], Cell]) -> Iterator[Passage]:
        """Read the cells of a table of tasks as paragraphs, due when their row says (完成时限)."""
        due = self.finder.tables.due_columns(grid)
        for (row, column), cell in sorted(grid.items()):
            if row and column not in due:
                days = [grid[row, at].text for at in due if (row, at) in grid]
                year = self.finder.tables.year(days, self.day)
                yield Passage(cell.span, tuple(self.finder.find(self.finder.read(cell.text, self.day), year)))
