"""Ruled lines to tables: the grid they draw, the cells merged in it, and tables that go on over a page's end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.documents.blocks import RawBlock
from kg.documents.pdf.lines import find_lines, join_texts
from kg.documents.pdf.types import Char, Page, RuledLine

_NEAR = 3.5
_COVERED = 0.6
_MOST_CELLS = 20_000
_MOST_CROSSINGS = 1_000_000
_ENDS = "。；！？"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its place on the page, where its columns begin and end, its cells, the widths that text fills."""

    columns: tuple[float, ...]
    top: float
    bottom: float
    cells: tuple[RawBlock, ...]

    def holds(self, char: Char) -> bool:
        """Tell whether a character stands in the table."""
        x, y = char.middle
        return self.columns[0] <= x <= self.columns[-1] and self.bottom <= y <= self.top

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return max(cell.row + cell.rows for cell in self.cells)


def find_tables(page: Page) -> list[Table]:
    """Return the tables that a page's rules draw, from the top; a frame around one cell is none."""
    tables = (_table(group, page.chars) for group in _groups(page.ruled_lines))
    return sorted((table for table in tables if table is not None), key=lambda table: -table.top)


def _groups(rules: Sequence[RuledLine]) -> list[list[RuledLine]]:
    """Return the rules that touch one another together; a drawing, with very many of them, holds no tables."""
    flat = sorted(_straightened([rule for rule in rules if rule.lies]), key=lambda rule: rule.at)
    steep = _straightened([rule for rule in rules if not rule.lies])
    if len(flat) * len(steep) > _MOST_CROSSINGS:
        return []
    heights = [rule.at for rule in flat]
    groups = _Groups([*flat, *steep])
    for at, rule in enumerate(steep, len(flat)):
        low, high = bisect_left(heights, rule.start - _NEAR), bisect_right(heights, rule.end + _NEAR)
        for other in range(low, high):
            if flat[other].start - _NEAR <= rule.at <= flat[other].end + _NEAR:
                groups.join(at, other)
    return groups.all()


class _Groups:
    """Rules by those that they touch; a rule's number leads to that of its group."""

    def __init__(self, rules: Sequence[RuledLine]) -> None:
        self.rules = rules
        self.leads = list(range(len(rules)))

    def join(self, one: int, other: int) -> None:
        """Make one group of the two that two rules are in; its number is the greatest of its rules."""
        first, second = self._of(one), self._of(other)
        self.leads[min(first, second)] = max(first, second)

    def all(self) -> list[list[RuledLine]]:
        """Return the groups, ordered by their numbers."""
        groups: dict[int, list[RuledLine]] = {}
        for at, rule in enumerate(self.rules):
            groups.setdefault(self._of(at), []).append(rule)
        return [groups[number] for number in sorted(groups)]

    def _of(self, at: int) -> int:
        while self.leads[at] != at:
            self.leads[at] = at = self.leads[self.leads[at]]
        return at


def _straightened(rules: Iterable[RuledLine]) -> list[RuledLine]:
    """Join the pieces of a line, and the two sides of a thin box."""
    joined: list[RuledLine] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        for at in range(len(joined) - 1, max(len(joined) - 200, -1), -1):
            other = joined[at]
            if abs(other.at - rule.at) <= _NEAR and rule.start <= other.end + _NEAR and other.start <= rule.end + _NEAR:
                joined[at] = replace(other, start=min(other.start, rule.start), end=max(other.end, rule.end))
                break
        else:
            joined.append(rule)
    return joined


def _table(rules: Sequence[RuledLine], chars: Sequence[Char]) -> Table | None:
    flat = [rule for rule in rules if rule.lies]
    steep = [rule for rule in rules if not rule.lies]
    if not flat or not steep:
        return None
    columns = _places([r.at for r in steep] + [min(r.start for r in flat), max(r.end for r in flat)])
    heights = _places([r.at for r in flat] + [min(r.start for r in steep), max(r.end for r in steep)])[::-1]
    wide, high = len(columns) - 1, len(heights) - 1
    if wide < 1 or high < 1 or not 1 < wide * high <= _MOST_CELLS:
        return None
    areas = _areas(wide, high, _closed(steep, columns, heights), _closed(flat, heights, columns))
    if len(areas) < 2:
        return None
    squares = _by_square(chars, columns, heights)
    cells = tuple(_cell(area, columns[area.column + area.columns] - columns[area.column], squares) for area in areas)
    return Table(tuple(columns), heights[0], heights[-1], cells) if any(cell.text for cell in cells) else None


def _places(values: Iterable[float]) -> list[float]:
    """Return the distinct places among nearly equal ones, ascending."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _closed(rules: Sequence[RuledLine], places: Sequence[float], steps: Sequence[float]) -> Callable[[int, int], bool]:
    """Return a test: is the line at `places[number]` drawn along the step from `steps[at]` to the next?"""

    near: dict[int, list[RuledLine]] = {}
    order = sorted(range(len(places)), key=places.__getitem__)
    ascending = sorted(places)
    for rule in rules:
        low, high = bisect_left(ascending, rule.at - _NEAR), bisect_right(ascending, rule.at + _NEAR)
        for number in order[low:high]:
            near.setdefault(number, []).append(rule)

    def test(number: int, at: int) -> bool:
        if number in {0, len(places) - 1}:
            return True
        start, end = sorted((steps[at], steps[at + 1]))
        drawn = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near.get(number, ()))
        return drawn >= _COVERED * (end - start)

    return test


_Square = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Area:
    """A cell: the square at its upper left, how many rows and columns it covers, and its squares."""

    row: int
    column: int
    rows: int
    columns: int
    squares: frozenset[_Square]


def _areas(
    wide: int, high: int, right_of: Callable[[int, int], bool], below: Callable[[int, int], bool]
) -> list[_Area]:
    """Return the cells: squares of the grid with no line between them are one."""
    seen: set[_Square] = set()
    areas = []
    for square in ((row, column) for row in range(high) for column in range(wide)):
        if square in seen:
            continue
        held, front = {square}, [square]
        while front:
            r, c = front.pop()
            steps = [((r, c + 1), right_of(c + 1, r)), ((r, c - 1), right_of(c, r))]
            steps += [((r + 1, c), below(r + 1, c)), ((r - 1, c), below(r, c))]
            reached = [to for to, closed in steps if not closed and to not in held]
            held.update(reached)
            front += reached
        seen |= held
        areas.append(_area(frozenset(held)))
    return areas


def _area(squares: frozenset[_Square]) -> _Area:
    rows, columns = [row for row, _ in squares], [column for _, column in squares]
    top, left = min(rows), min(columns)
    return _Area(top, left, max(rows) - top + 1, max(columns) - left + 1, squares)


def _by_square(
    chars: Sequence[Char], columns: Sequence[float], heights: Sequence[float]
) -> dict[_Square, list[tuple[int, Char]]]:
    """Return the characters, with their order, by the square of the grid that they stand in."""
    rising = heights[::-1]
    squares: dict[_Square, list[tuple[int, Char]]] = {}
    for at, char in enumerate(chars):
        x, y = char.middle
        column, row = bisect_right(columns, x) - 1, len(rising) - 1 - bisect_right(rising, y)
        if 0 <= column < len(columns) - 1 and 0 <= row < len(heights) - 1:
            squares.setdefault((row, column), []).append((at, char))
    return squares


def _cell(area: _Area, width: float, squares: Mapping[_Square, Sequence[tuple[int, Char]]]) -> RawBlock:
    held = [pair for square in area.squares & squares.keys() for pair in squares[square]]
    chars = [char for _, char in sorted(held, key=lambda pair: pair[0])]
    return RawBlock(
        _cell_text(chars, width), "cell", row=area.row, column=area.column, rows=area.rows,
        columns=area.columns, header=area.row == 0,
    )  # fmt: skip


def _cell_text(chars: Sequence[Char], width: float) -> str:
    """Join the lines of a cell; one that left room for what comes next ended there."""
    lines = find_lines(chars)
    if not lines:
        return ""
    widest = max(line.right - line.left for line in lines)
    text, last = lines[0].text, lines[0]
    for line in lines[1:]:
        room = min(width - 0.8 * line.size, widest + 0.5 * line.size) - (last.right - last.left)
        text = f"{text}\n{line.text}" if room > line.first + 0.3 * line.size else join_texts([text, line.text])
        last = line
    return text


def continues(table: Table, more: Table) -> bool:
    """Tell whether `more`, with nothing between, goes on with `table`: its columns stand at the same places."""
    near = len(table.columns) == len(more.columns) and more.top >= table.bottom
    return near and all(abs(one - other) <= _NEAR for one, other in zip(table.columns, more.columns, strict=True))


def glue(table: Table, more: Table) -> Table:
    """Return both as one table, without the header repeated, and with a row parted by the page's end joined."""
    head = _row(table.cells, 0)
    repeated = [cell.text for cell in head] == [cell.text for cell in _row(more.cells, 0)]
    height = max(cell.rows for cell in head)
    skip = height if repeated else 0
    below = [replace(c, row=c.row - skip, header=False) for c in more.cells if c.row >= skip]
    first = _row(below, 0)
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    shift = table.rows
    if first and not first[0].text and any(cell.text for cell in first):
        above = [_above(table.cells, cell) for cell in first]
        parted = [_is_parted(up, cell) for up, cell in zip(above, first, strict=True) if cell.text]
        shift -= all(parted)
        for up, cell in zip(above, first, strict=True):
            below.remove(cell)
            if up is None or (cell.text and not all(parted)):
                below.append(cell)
            else:
                rows = shift + cell.row + cell.rows - up.row
                cells[up.row, up.column] = replace(up, text=join_texts([up.text, cell.text]), rows=rows)
    moved = [replace(cell, row=cell.row + shift) for cell in below]
    together = sorted([*cells.values(), *moved], key=lambda cell: (cell.row, cell.column))
    return replace(table, bottom=more.bottom, cells=tuple(together))


def _row(cells: Sequence[RawBlock], row: int) -> list[RawBlock]:
    return sorted((cell for cell in cells if cell.row == row), key=lambda cell: cell.column)


def _above(cells: Sequence[RawBlock], cell: RawBlock) -> RawBlock | None:
    """Return the last cell of a table in the column of `cell`."""
    held = [up for up in cells if up.column == cell.column and up.columns == cell.columns]
    return max(held, key=lambda up: up.row, default=None)


def _is_parted(up: RawBlock | None, cell: RawBlock) -> bool:
    """Tell whether a cell's text goes on from the page before: what stood there came to no end."""
    return up is not None and bool(up.text) and bool(cell.text) and up.text[-1] not in _ENDS
