"""Ruled lines to tables: the grid they draw, the cells merged in it, and tables that go on over a page's end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.documents.blocks import RawBlock
from kg.documents.pdf.lines import find_lines, join_texts
from kg.documents.pdf.types import Page, Rule, Sign

_NEAR = 3.5
_COVERED = 0.6
_MOST_CELLS = 20_000
_ENDS = "。；！？"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its place on the page, where its columns begin and end, its cells, the widths that text fills."""

    columns: tuple[float, ...]
    top: float
    bottom: float
    cells: tuple[RawBlock, ...]

    def holds(self, sign: Sign) -> bool:
        """Tell whether a sign stands in the table."""
        x, y = sign.middle
        return self.columns[0] <= x <= self.columns[-1] and self.bottom <= y <= self.top

    @property
    def rows(self) -> int:
        """How many rows the grid has."""
        return max(cell.row + cell.rows for cell in self.cells)


def find_tables(page: Page) -> list[Table]:
    """Return the tables that a page's rules draw, from the top; a frame around one cell is none."""
    tables = (_table(group, page.signs) for group in _groups(page.rules))
    return sorted((table for table in tables if table is not None), key=lambda table: -table.top)


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules that touch one another together."""
    flat = _straightened([rule for rule in rules if rule.lies])
    steep = _straightened([rule for rule in rules if not rule.lies])
    groups: list[list[Rule]] = []
    for rule in [*flat, *steep]:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        rest = [group for group in groups if group not in touching]
        groups = [*rest, [rule, *(other for group in touching for other in group)]]
    return groups


def _straightened(rules: Iterable[Rule]) -> list[Rule]:
    """Join the pieces of a line, and the two sides of a thin box."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        for at in range(len(joined) - 1, max(len(joined) - 200, -1), -1):
            other = joined[at]
            if abs(other.at - rule.at) <= _NEAR and rule.start <= other.end + _NEAR and other.start <= rule.end + _NEAR:
                joined[at] = replace(other, start=min(other.start, rule.start), end=max(other.end, rule.end))
                break
        else:
            joined.append(rule)
    return joined


def _touch(one: Rule, other: Rule) -> bool:
    if one.lies == other.lies:
        return False
    flat, steep = (one, other) if one.lies else (other, one)
    across = flat.start - _NEAR <= steep.at <= flat.end + _NEAR
    return across and steep.start - _NEAR <= flat.at <= steep.end + _NEAR


def _table(rules: Sequence[Rule], signs: Sequence[Sign]) -> Table | None:
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
    cells = tuple(_cell(area, columns, heights, signs) for area in areas)
    return Table(tuple(columns), heights[0], heights[-1], cells) if any(cell.text for cell in cells) else None


def _places(values: Iterable[float]) -> list[float]:
    """Return the distinct places among nearly equal ones, ascending."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _closed(rules: Sequence[Rule], places: Sequence[float], steps: Sequence[float]) -> Callable[[int, int], bool]:
    """Return a test: is the line at `places[number]` drawn along the step from `steps[at]` to the next?"""

    def test(number: int, at: int) -> bool:
        if number in {0, len(places) - 1}:
            return True
        start, end = sorted((steps[at], steps[at + 1]))
        drawn = sum(
            max(0.0, min(rule.end, end) - max(rule.start, start))
            for rule in rules
            if abs(rule.at - places[number]) <= _NEAR
        )
        return drawn >= _COVERED * (end - start)

    return test


@dataclass(frozen=True, slots=True)
class _Area:
    row: int
    column: int
    rows: int
    columns: int


def _areas(
    wide: int, high: int, right_of: Callable[[int, int], bool], below: Callable[[int, int], bool]
) -> list[_Area]:
    """Return the cells: squares of the grid with no line between them are one."""
    seen: set[tuple[int, int]] = set()
    areas = []
    for row in range(high):
        for column in range(wide):
            if (row, column) in seen:
                continue
            held, front = {(row, column)}, [(row, column)]
            while front:
                r, c = front.pop()
                steps = [(r, c + 1, right_of(c + 1, r)), (r, c - 1, right_of(c, r))]
                steps += [(r + 1, c, below(r + 1, c)), (r - 1, c, below(r, c))]
                for r2, c2, closed in steps:
                    if not closed and 0 <= r2 < high and 0 <= c2 < wide and (r2, c2) not in held | seen:
                        held.add((r2, c2))
                        front.append((r2, c2))
            seen |= held
            rows, columns = [r for r, _ in held], [c for _, c in held]
            areas.append(_Area(row, min(columns), max(rows) - row + 1, max(columns) - min(columns) + 1))
    return areas


def _cell(area: _Area, columns: Sequence[float], heights: Sequence[float], signs: Sequence[Sign]) -> RawBlock:
    left, right = columns[area.column], columns[area.column + area.columns]
    top, bottom = heights[area.row], heights[area.row + area.rows]
    held = [s for s in signs if left <= s.middle[0] < right and bottom <= s.middle[1] < top]
    return RawBlock(
        _cell_text(held, right - left), "cell", row=area.row, column=area.column, rows=area.rows,
        columns=area.columns, header=area.row == 0,
    )  # fmt: skip


def _cell_text(signs: Sequence[Sign], width: float) -> str:
    """Join the lines of a cell; one that left room for what comes next ended there."""
    lines = find_lines(signs)
    if not lines:
        return ""
    widest = max(line.right - line.left for line in lines)
    text, last = lines[0].text, lines[0]
    for line in lines[1:]:
        room = min(width - 0.8 * line.size, widest + 0.5 * line.size) - (last.right - last.left)
        text = f"{text}\n{line.text}" if room > line.first + 0.3 * line.size else join_texts(text, line.text)
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
                cells[up.row, up.column] = replace(up, text=join_texts(up.text, cell.text), rows=rows)
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
