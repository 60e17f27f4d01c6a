"""Excel workbooks, every sheet that names a column of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.documents.corpora.optional import require
from kg.documents.corpora.tables import Fits, Line, Row, Table, no_rows, sheet
from kg.errors import InputError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_LONGEST_CELL = 32_767  # a cell of Excel holds no more; a longer text was cut


def workbook_tables(path: str, fits: Fits) -> Iterator[Table]:
    """Yield the sheets with a fitting header, else the first that is not empty; rows count as the sheet shows them.

    Where there are several sheets, the place names the sheet: ``corpus.xlsx:Sheet2:12``.
    Raises InputError where it is no workbook, is locked or empty, or where the library is missing.
    """
    calamine = require("python_calamine", "xlsx", path)
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except calamine.PasswordError as error:
        raise InputError(path, "is locked with a password", "save it without one") from error
    except (calamine.CalamineError, OSError) as error:
        what = " ".join(str(error).split())
        raise InputError(
            path, f"is no workbook that can be read ({what})", "save it again as .xlsx, or as CSV"
        ) from error
    places = {name: f"{path}:{name}" if len(sheets) > 1 else path for name in book.sheet_names}
    tables = [table for one in sheets if (table := sheet(places[one.name], _lines(one), fits))]
    if not tables:
        raise no_rows(path)
    yield from (_watching(table) for table in [table for table in tables if fits(table.columns)] or tables[:1])


def _lines(one: CalamineSheet) -> Iterator[Line]:
    first = one.start[0] if one.start else 0
    return (Line(number, values) for number, values in enumerate(one.to_python(), first + 1))


def _watching(table: Table) -> Table:
    return replace(table, rows=map(_uncut, table.rows))


def _uncut(row: Row) -> Row:
    cut = next(
        (name for name, value in row.cells.items() if isinstance(value, str) and len(value) >= _LONGEST_CELL), ""
    )
    return replace(row, fault=f"the cell under {cut} is cut off, as Excel does at 32,767 characters") if cut else row
