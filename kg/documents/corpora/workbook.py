"""Excel workbooks, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.documents.corpora.optional import require
from kg.documents.corpora.tables import Fits, Line, Table, no_rows, sheet
from kg.errors import InputError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def workbook_tables(path: str, fits: Fits) -> Iterator[Table | InputError]:
    """Yield the sheets that hold anything, hidden ones too; rows count as the sheet shows them.

    Where there are several sheets, the place names the sheet: ``corpus.xlsx:Sheet2:12``. A sheet that is damaged is an
    error among the others. Raises InputError where it is no workbook, is locked or empty, or where the library is
    missing.
    """
    calamine = require("python_calamine", "xlsx", path)
    book = _open(path, calamine)
    empty = True
    for name in book.sheet_names:
        place = f"{path}:{name}" if len(book.sheet_names) > 1 else path
        try:
            table = sheet(place, _lines(book.get_sheet_by_name(name)), fits)
        except calamine.CalamineError as error:
            empty = False
            yield InputError(place, f"the sheet cannot be read ({_line(error)})", "save the workbook again, or as CSV")
            continue
        if table:
            empty = False
            yield table
    if empty:
        raise no_rows(path)


def _open(path: str, calamine: Any) -> Any:
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError as error:
        raise InputError(path, "is locked with a password", "save it without one") from error
    except (calamine.CalamineError, OSError) as error:
        what = f"is no workbook that can be read ({_line(error)})"
        raise InputError(path, what, "save it again as .xlsx, or as CSV") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def _lines(one: CalamineSheet) -> Iterator[Line]:
    """Yield the rows of a sheet; what stands in a merged cell stands in each row that it reaches down to."""
    rows = one.to_python()
    first, left = one.start or (0, 0)
    for (top, column), (bottom, _) in one.merged_cell_ranges or ():
        for row in rows[top - first + 1 : bottom - first + 1]:
            row[column - left] = rows[top - first][column - left]
    return (Line(number, values) for number, values in enumerate(rows, first + 1))
