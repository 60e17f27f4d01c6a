"""Tables of cells, which every format of corpus gives.

Also how the lines of a sheet become such a table, and how a table of tasks (责任分工表) becomes one document.
"""

from __future__ import annotations

import datetime
import html
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import PurePath
from typing import NamedTuple

from kg.errors import InputError

_HEAD = 10
Fits = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        place: the file and the line as a user counts it, from 1: ``corpus.csv:12``.
        cells: the values by the names of their columns.
        fault: what is wrong with the row, empty where nothing is.
    """

    place: str
    cells: Mapping[str, object]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whose rows are read only once.

    Attributes:
        place: the file, and the sheet where there are several.
        columns: their names, in their order.
        rows: takes the names of columns and yields the rows, which hold at least those columns.
        above: the lines of text above the header, such as a title.
    """

    place: str
    columns: tuple[str, ...]
    rows: Callable[[Sequence[str]], Iterator[Row]]
    above: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line of a sheet: its number from 1, its values from the first column on, and its fault, empty where none is."""

    number: int
    values: Sequence[object]
    fault: str = ""


def sheet(place: str, lines: Iterable[Line], fits: Fits) -> Table | None:
    """Return a table from the numbered lines of a sheet, none where all are empty.

    The header is the first of the first ten lines that names what is looked for (a title may stand above it), else
    the first line that is not empty. Raises InputError where that one is at fault.
    """
    filled = (line for line in lines if line.fault or any(map(cell_text, line.values)))
    head = list(islice(filled, _HEAD))
    if not head:
        return None
    names = [tuple(map(cell_text, line.values)) for line in head]
    if head[0].fault:
        raise InputError(f"{place}:{head[0].number}", head[0].fault, "mend the line")
    at = next((index for index, columns in enumerate(names) if fits(columns)), 0)
    rows = (_row(place, names[at], line) for line in chain(head[at + 1 :], filled))
    above = tuple(" ".join(dict.fromkeys(filter(None, line))) for line in names[:at])
    return Table(place, tuple(filter(None, names[at])), lambda _: rows, above)


def _row(place: str, columns: Sequence[str], line: Line) -> Row:
    cells: dict[str, object] = {}
    for column, value in zip(columns, line.values, strict=False):
        cells.setdefault(column, value)
    more = any(map(cell_text, line.values[len(columns) :]))
    counted = f"the row has {len(line.values)} cells where the header has {len(columns)}" if more else ""
    return Row(f"{place}:{line.number}", cells, line.fault or counted)


def no_rows(path: str) -> InputError:
    """Return the error for a table without any row."""
    return InputError(path, "holds no rows", "check that it is the right file")


def ledger_markup(table: Table) -> tuple[str, list[InputError]]:
    """Return a table with its title, and the rows that cannot be read; without a title, the file's name is one."""
    faults: list[InputError] = []
    rows = [_markup_row("th", table.columns)]
    for row in table.rows(table.columns):
        if row.fault:
            faults.append(InputError(row.place, row.fault, "mend the row"))
        else:
            rows.append(_markup_row("td", (cell_text(row.cells.get(column)) for column in table.columns)))
    title, *others = table.above or (_name_of(table.place),)
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in others)
    return f"<h1>{html.escape(title)}</h1>{lines}<table>{''.join(rows)}</table>", faults


def _name_of(place: str) -> str:
    """Return the name of a file without its suffix, and without the sheet behind it (plan.xlsx:Sheet2)."""
    name = PurePath(place).name
    return name.rpartition(".")[0] or name


def _markup_row(element: str, cells: Iterable[str]) -> str:
    inner = (f"<{element}>{html.escape(cell).replace(chr(10), '<br>')}</{element}>" for cell in cells)
    return f"<tr>{''.join(inner)}</tr>"


_HALF = re.compile("[\ud800-\udfff]")


def cell_text(value: object) -> str:
    """Return a value as text: nothing for none, ISO 8601 for dates, a line for each of a list of paragraphs.

    Values that cannot be words (true, a nested object) give nothing; half a surrogate pair becomes U+FFFD.
    """
    match value:
        case str():
            return _mended(value).strip()
        case None | bool() | dict():
            return ""
        case datetime.datetime() if value.tzinfo is None and value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case float():
            return "" if not math.isfinite(value) else f"{value:.0f}" if value.is_integer() else str(value)
        case list() | tuple():
            return "\n".join(filter(None, map(cell_text, value)))
        case bytes():
            return cell_text(value.decode("utf-8", "replace"))
        case _:
            return str(value)


def _mended(text: str) -> str:
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
