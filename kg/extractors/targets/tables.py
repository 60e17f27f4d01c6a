"""Reads tables of indicators: the heads of the columns say which years are targets and which is where things stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.extractors.targets import Change
from kg.extractors.targets.figures import Figure, FigureReader
from kg.extractors.targets.times import is_past
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMBERED = re.compile(r"^\s*\d{1,3}\s?[.、．]?\s*|\s*[（(][^（）()]*[）)]\s*$")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]\s*$")
_CUMULATED = re.compile(r"^\s*[\[〔【［(（]\s*(.*?)\s*[\]〕】］)）]\s*$")
_BARE = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?(?:\s?[—–～~-]\s?\d+(?:[.．]\d+)?)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's place in the document and its words."""

    span: Span
    text: str


Grid = Mapping[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class TableTarget:
    """A figure that a cell sets for an indicator; `cell` and `named` are the cells of the figure and the indicator."""

    cell: Cell
    named: Cell
    figure: Figure
    indicator: str
    deadline: str
    comparator: str
    change: Change
    baseline: str = ""
    baseline_value: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The numbers of a table's columns by what their heads say: figures by year, growth rates, where things stand."""

    head: int
    indicator: int
    unit: int
    targets: tuple[tuple[int, str], ...]
    growths: tuple[int, ...]
    actual: tuple[int, str] | None


class TableReader:
    """Finds the targets of tables; built once for a lexicon."""

    def __init__(self, lexicon: TargetLexicon, figures: FigureReader) -> None:
        self._words = lexicon.table
        self._figures = figures
        self._marks = re.compile(f"^(?:{any_of(lexicon.table.marks)})")
        self._due = re.compile(any_of(lexicon.table.dues))
        self._change = {word: change.id for change in lexicon.changes for word in change.words}
        self._changed = re.compile(f"^(?:{any_of(self._change)})")

    def find(self, grid: Grid, deadline: str = "", as_of: str = "") -> list[TableTarget] | None:
        """Return the targets of a table of indicators, nothing where it is no such table.

        `deadline` is the year the heading gives, for columns that name none; `as_of` is the document's year.
        """
        columns = self._columns(grid, deadline, as_of)
        if not columns:
            return None
        rows = sorted({row for row, _ in grid if row > columns.head})
        return [target for row in rows for target in self._row(grid, row, columns)]

    def due_columns(self, grid: Grid) -> list[int]:
        """Return the columns whose head says that they hold the days by which rows are due (完成时限)."""
        return [column for (row, column), block in sorted(grid.items()) if row == 0 and self._due.search(block.text)]

    def year(self, days: Iterable[str], as_of: str = "") -> str:
        """Return the last year that some cells name, or nothing where it is past."""
        years = [year for day in days for year in _YEAR.findall(fold(day)) if not is_past(year, as_of)]
        return years[-1] if years else ""

    def _columns(self, grid: Grid, deadline: str, as_of: str) -> _Columns | None:
        for head in sorted({row for row, _ in grid})[:3]:
            cells = {column: block.text for (row, column), block in grid.items() if row == head}
            named = [c for c, text in sorted(cells.items()) if text in self._words.indicators or self._names(text)]
            if named and (columns := self._read_head(cells, head, named[-1], deadline, as_of)):
                return columns
        return None

    def _names(self, text: str) -> bool:
        return text.endswith(self._words.indicator) and not _YEAR.search(text)

    def _read_head(
        self, cells: Mapping[int, str], head: int, indicator: int, deadline: str, as_of: str
    ) -> _Columns | None:
        targets, growths, actual = [], [], None
        for column, text in sorted(cells.items()):
            year = (_YEAR.findall(fold(text)) or [""])[-1]
            if column == indicator:
                continue
            if any(word in text for word in self._words.growths):
                growths.append(column)
            elif year and (is_past(year, as_of) or any(word in text for word in self._words.actuals)):
                actual = (column, year)
            elif year or text in self._words.targets:
                targets.append((column, year or deadline))
        if actual is None and len(targets) > 1 and not any(w in cells[targets[0][0]] for w in self._words.targets):
            (column, year), *targets = targets if not as_of or targets[0][1] <= as_of else [(-1, ""), *targets]
            actual = (column, year) if column >= 0 else None
        unit = next((column for column, text in cells.items() if text in self._words.units), -1)
        return _Columns(head, indicator, unit, tuple(targets), tuple(growths), actual) if targets else None

    def _row(self, grid: Grid, row: int, columns: _Columns) -> Iterator[TableTarget]:
        named = grid.get((row, columns.indicator))
        if not named or not named.text:
            return
        unit = self._unit(grid, row, columns, named.text)
        last = columns.targets[-1][1]
        cells = [*columns.targets, *((column, last) for column in columns.growths)]
        base = self._value(grid.get((row, columns.actual[0])), unit) if columns.actual else None
        for column, year in cells:
            cell = grid.get((row, column))
            read = self._value(cell, unit)
            if cell and read:
                figure, comparator, change = read
                yield TableTarget(
                    cell=cell,
                    named=named,
                    figure=figure,
                    indicator=_NUMBERED.sub("", named.text),
                    deadline=year,
                    comparator=comparator,
                    change="growth" if column in columns.growths else change,
                    baseline=columns.actual[1] if columns.actual and base else "",
                    baseline_value=base[0].value if base else "",
                )

    def _unit(self, grid: Grid, row: int, columns: _Columns, named: str) -> str:
        cell = grid.get((row, columns.unit))
        inside = _IN_BRACKETS.search(named)
        return cell.text.strip() if cell else inside[1].strip() if inside else ""

    def _value(self, cell: Cell | None, unit: str) -> tuple[Figure, str, Change] | None:
        """Read a cell's figure, with the row's unit where the cell has none: ≥80, 〔13.5〕, 下降13.5%, 70%左右."""
        text = cell.text.strip() if cell else ""
        text = (_CUMULATED.match(text) or [text, text])[1]
        changed, mark = self._changed.match(text), None
        text = text[changed.end() :] if changed else text
        if mark := self._marks.match(text):
            text = text[mark.end() :].strip()
        figure = self._figures.at(text) or (self._figures.at(text + unit) if unit else None)
        if not figure and unit and _BARE.fullmatch(text):
            figure = Figure(span=cell.span if cell else Span(0, 0), value=fold(text).replace(",", ""), unit=unit)
        if not figure:
            return None
        comparator = self._words.marks[mark[0]] if mark else self._figures.comparator(figure)
        return figure, comparator, self._change[changed[0]] if changed else "level"
