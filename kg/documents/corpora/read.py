"""A corpus file to its tables, whatever its format: CSV and TSV a record at a time, workbooks sheet by sheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.documents.corpora.json_rows import json_lines_tables, json_tables
from kg.documents.corpora.parquet import parquet_tables
from kg.documents.corpora.tables import Fits, Line, Table, no_rows, sheet
from kg.documents.encodings import open_text
from kg.documents.limits import TEXT_SIZE
from kg.documents.loading import require
from kg.errors import InputError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_SEPARATORS = ",\t;"
_HEAD = 1 << 16


def delimited_tables(path: str, fits: Fits) -> Iterator[Table]:
    """Yield the one table of the file; a row's number is that of its record, the header's being 1, as a sheet counts.

    A row whose quotes are wrong, or with a cell larger than any text, is the last one, with a fault, because where the
    next begins cannot be known. Raises InputError where the file cannot be decoded or holds nothing.
    """
    table = sheet(path, _records(path), fits)
    if table is None:
        raise no_rows(path)
    yield table


def _records(path: str) -> Iterator[Line]:
    csv.field_size_limit(TEXT_SIZE)
    number = 0
    with open_text(path) as stream:
        start = stream.tell()
        separator = "\t" if path.lower().endswith(".tsv") else _separator(stream.readline(_HEAD))
        stream.seek(start)
        try:
            for number, values in enumerate(csv.reader(stream, delimiter=separator, strict=True), 1):
                yield Line(number, values)
        except csv.Error as error:
            wrong = "a cell is too large" if "limit" in str(error) else f"the quotes are wrong ({error})"
            yield Line(number + 1, (), f"{wrong}; nothing from here on is read")


def _separator(head: str) -> str:
    return max(_SEPARATORS, key=head.count)


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


_READERS: Mapping[str, Callable[[str, Fits], Iterator[Table | InputError]]] = {
    "csv": delimited_tables,
    "json": lambda path, _: json_tables(path),
    "jsonl": lambda path, _: json_lines_tables(path),
    "parquet": lambda path, _: parquet_tables(path),
    "tsv": delimited_tables,
    "xls": workbook_tables,
    "xlsx": workbook_tables,
}
CORPUS_FORMATS = frozenset(_READERS)


def read_tables(path: str, format_: str, fits: Fits) -> Iterator[Table | InputError]:
    """Yield the tables of a corpus file, and errors for those that are damaged; `fits` tells the header of a table.

    Raises InputError where the file cannot be read.
    """
    return _READERS[format_](path, fits)
