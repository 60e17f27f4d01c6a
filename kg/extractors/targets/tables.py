"""Reads tables of indicators: the heads of the columns say which years are targets and which is where things stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.extractors.targets import Change, Commitment
from kg.extractors.targets.figures import Figure, FigureReader
from kg.extractors.targets.times import is_past
from kg.extractors.times.reader import DeadlineReader
from kg.extractors.times.time_limit import first_day
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMBERED = re.compile(r"^\d{1,3}\s?[.、．]?\s*")
_LAST_ASIDE = re.compile(r"[（(]([^（）()]*)[）)]$")
_OPENS, _CLOSES = tuple("[〔【［(（"), tuple("]〕】］)）")
_BARE = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?(?:\s?[—–～~-]\s?\d+(?:[.．]\d+)?)?")
_HEADS = 3  # rows among which the heads of the columns are looked for


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        span: where it stands in the document.
        text: its words.
    """

    span: Span
    text: str


Grid = Mapping[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class TableTarget:
    """A figure that a cell sets for an indicator.

    Attributes:
        cell: the cell of the figure.
        named: the cell that names the indicator.
        figure: the figure.
        indicator: what is counted, without number and unit.
        deadline: the year it is due, or empty.
        comparator: how the figure is bounded, as in `Target`.
        change: whether the figure is a level, an increase, a decrease or a growth rate.
        baseline: the year of where things stand, or empty.
        baseline_value: the figure at which they stand, or empty.
        commitment: binding, expected, or empty, as the row says (约束性, 预期性).
    """

    cell: Cell
    named: Cell
    figure: Figure
    indicator: str
    deadline: str
    comparator: str
    change: Change
    baseline: str = ""
    baseline_value: str = ""
    commitment: Commitment = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table of indicators by what their heads say, each by its number.

    Attributes:
        head: the row of the heads.
        indicator: the column that names the indicators.
        unit: the column of their units, or -1.
        targets: the columns of targets, each with its year.
        growths: the columns of growth rates.
        actual: the column of where things stand, with its year, if any.
    """

    head: int
    indicator: int
    unit: int
    targets: tuple[tuple[int, str], ...]
    growths: tuple[int, ...]
    actual: tuple[int, str] | None


class TableReader:
    """Finds the targets of tables; built once for a lexicon."""

    def __init__(self, lexicon: TargetLexicon, figures: FigureReader, deadlines: DeadlineReader) -> None:
        self._words = lexicon.table
        self._figures = figures
        self._deadlines = deadlines
        self._commitments: dict[str, Commitment] = {
            word: kind for kind, words in lexicon.commitments.items() for word in words
        }
        self._marks = re.compile(f"^(?:{any_of(lexicon.table.marks)})")
        self._change: dict[str, Change] = {word: change.id for change in lexicon.changes for word in change.words}
        self._changed = re.compile(f"^(?:{any_of(self._change)})")

    def find(self, grid: Grid, deadline: str = "", as_of: str = "") -> list[TableTarget] | None:
        """Return the targets of a table of indicators, nothing where it is no such table.

        `deadline` is the year the heading gives, for columns that name none; `as_of` is the document's year.
        """
        columns = self._columns(grid, deadline, as_of)
        if not columns:
            return None
        rows: dict[int, list[str]] = defaultdict(list)
        for (row, _), cell in sorted(grid.items()):
            if row > columns.head:
                rows[row].append(cell.text.strip())
        return [target for row, cells in rows.items() for target in self._row(grid, row, columns, cells)]

    def due_columns(self, grid: Grid) -> list[int]:
        """Return the columns whose head says that they hold the days by which rows are due (完成时限)."""
        heads = ((column, cell.text) for (row, column), cell in sorted(grid.items()) if row == 0)
        return [column for column, text in heads if self._deadlines.is_label(text)]

    def year(self, cells: Iterable[str], on: str = "") -> str:
        """Return the last year that some cells of a column of times name, or nothing where it is past.

        `on` is the ISO day of the document, from which a cell without a year (12月底前) is told.
        """
        ends = [deadline.end for cell in cells for deadline in self._deadlines.read(cell, on)]
        years = [end[:4] for end in ends if first_day(end) and not is_past(end[:4], on[:4])]
        return years[-1] if years else ""

    def _columns(self, grid: Grid, deadline: str, as_of: str) -> _Columns | None:
        for head in sorted({row for row, _ in grid})[:_HEADS]:
            cells = {column: cell.text for (row, column), cell in sorted(grid.items()) if row == head}
            named = [column for column, text in cells.items() if self._names_indicators(text)]
            if named and (columns := self._read_heads(cells, head, named[-1], deadline, as_of)):
                return columns
        return None

    def _names_indicators(self, text: str) -> bool:
        return text in self._words.indicators or (text.endswith(self._words.indicator) and not _YEAR.search(text))

    def _read_heads(
        self, cells: Mapping[int, str], head: int, indicator: int, deadline: str, as_of: str
    ) -> _Columns | None:
        years = {column: (_YEAR.findall(fold(text)) or [""])[-1] for column, text in cells.items()}
        kinds = {
            column: self._kind(text, years[column], as_of) for column, text in cells.items() if column != indicator
        }
        targets = [(column, years[column] or deadline) for column, kind in kinds.items() if kind == "target"]
        actuals = [(column, years[column]) for column, kind in kinds.items() if kind == "actual"]
        if not actuals and self._begins_with_present(targets, cells, as_of):
            actuals, targets = targets[:1], targets[1:]
        growths = tuple(column for column, kind in kinds.items() if kind == "growth")
        unit = next((column for column, text in cells.items() if text in self._words.units), -1)
        actual = actuals[-1] if actuals else None
        return _Columns(head, indicator, unit, tuple(targets), growths, actual) if targets else None

    def _kind(self, text: str, year: str, as_of: str) -> Literal["growth", "actual", "target", ""]:
        """Return what the head of a column says it holds: 年均增速, 2020年实际, 2025年目标."""
        if any(word in text for word in self._words.growths):
            return "growth"
        if year and (is_past(year, as_of) or any(word in text for word in self._words.actuals)):
            return "actual"
        return "target" if year or text in self._words.targets else ""

    def _begins_with_present(self, targets: list[tuple[int, str]], cells: Mapping[int, str], as_of: str) -> bool:
        """Tell whether the first of several years is where things stand, though no word says so (2020年, 2025年)."""
        if len(targets) < 2 or any(word in cells[targets[0][0]] for word in self._words.targets):
            return False
        return not as_of or targets[0][1] <= as_of

    def _row(self, grid: Grid, row: int, columns: _Columns, cells: Iterable[str]) -> Iterator[TableTarget]:
        named = grid.get((row, columns.indicator))
        if not named or not named.text:
            return
        unit = self._unit(grid.get((row, columns.unit)), named.text)
        last = columns.targets[-1][1]
        commitment: Commitment = next((self._commitments[text] for text in cells if text in self._commitments), "")
        base = self._value(grid.get((row, columns.actual[0])), unit) if columns.actual else None
        for column, year in [*columns.targets, *((column, last) for column in columns.growths)]:
            cell = grid.get((row, column))
            value = self._value(cell, unit)
            if cell and value:
                yield TableTarget(
                    cell=cell,
                    named=named,
                    figure=value.figure,
                    indicator=_indicator(named.text),
                    deadline=year,
                    comparator=value.comparator,
                    change="growth" if column in columns.growths else value.change,
                    baseline=columns.actual[1] if columns.actual and base else "",
                    baseline_value=base.figure.value if base else "",
                    commitment=commitment,
                )

    def _unit(self, cell: Cell | None, named: str) -> str:
        """Return the unit of a row, from its own column or from behind the indicator: 研发经费投入强度（%）."""
        if cell:
            return cell.text.strip()
        aside = _LAST_ASIDE.search(named.rstrip())
        return aside[1].strip() if aside else ""

    def _value(self, cell: Cell | None, unit: str) -> _Value | None:
        """Read a cell's figure, with the row's unit where the cell has none: ≥80, 〔13.5〕, 下降13.5%, 70%左右."""
        if cell is None:
            return None
        text = _without_brackets(cell.text.strip())
        changed = self._changed.match(text)
        text = text[changed.end() :] if changed else text
        mark = self._marks.match(text)
        text = text[mark.end() :].strip() if mark else text
        figure = self._figures.at(text) or (self._figures.at(text + unit) if unit else None)
        if not figure and unit and _BARE.fullmatch(text):
            figure = Figure(span=cell.span, value=fold(text).replace(",", ""), unit=unit)
        if not figure:
            return None
        comparator = self._words.marks[mark[0]] if mark else self._figures.comparator(figure)
        return _Value(figure, comparator, self._change[changed[0]] if changed else "level")


@dataclass(frozen=True, slots=True)
class _Value:
    """What a cell says: its figure, how that is bounded, and what kind of change it is."""

    figure: Figure
    comparator: str
    change: Change


def _indicator(named: str) -> str:
    """Return the name of an indicator without its number and its unit: 1．研发经费投入强度（%）."""
    return _LAST_ASIDE.sub("", _NUMBERED.sub("", named.strip())).rstrip()


def _without_brackets(text: str) -> str:
    """Return a figure out of the brackets that mark it as summed over years: [13.5]."""
    inside = text.startswith(_OPENS) and text.endswith(_CLOSES)
    return text[1:-1].strip() if inside else text
