"""What every format gives: tables, each with its columns and its rows; how a sheet becomes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from kg.documents.corpora.cells import cell_text
from kg.errors import InputError

_HEAD = 10
Fits = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it stands as a user counts it (``corpus.csv:12``), its values by column, what is wrong with it."""

    place: str
    cells: Mapping[str, object]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whose rows are read only once.

    Attributes:
        place: where it stands.
        columns: their names, in their order.
        rows: gives the rows, with what stands in the columns that are named at least.
        above: the lines of text above the header, such as a title.
    """

    place: str
    columns: tuple[str, ...]
    rows: Callable[[Sequence[str]], Iterator[Row]]
    above: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line of a sheet: its number, its values from the first column on, and what is wrong with it."""

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
