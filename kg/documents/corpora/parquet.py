"""Parquet, some rows at a time, of the columns that are wanted only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from kg.documents.corpora.optional import require
from kg.documents.corpora.tables import Row, Table
from kg.errors import InputError

_BATCH = 64
# What pyarrow raises where a value has no counterpart in Python: bytes that are no UTF-8, a day beyond the year 9999.
_NO_VALUE = (ValueError, OverflowError, TypeError)


def parquet_tables(path: str) -> Iterator[Table]:
    """Yield the one table of the file, its rows counted from 1.

    Where the file is damaged, a row with a fault is the last. Raises InputError where it is not Parquet or where the
    library is missing.
    """
    arrow, parquet = require("pyarrow", "parquet", path), require("pyarrow.parquet", "parquet", path)
    try:
        names = tuple(parquet.read_schema(path).names)
    except (arrow.ArrowException, OSError) as error:
        raise InputError(path, "is no Parquet file that can be read", "write it again") from error
    yield Table(path, names, partial(_rows, path, arrow, parquet))


def _rows(path: str, arrow: Any, parquet: Any, wanted: Sequence[str]) -> Iterator[Row]:
    """Yield the rows; texts stay in the dictionary in which the file holds them, so that they are not multiplied."""
    number = 0
    try:
        file = parquet.ParquetFile(path, read_dictionary=list(wanted))
        for batch in file.iter_batches(batch_size=_BATCH, columns=list(wanted)):
            columns = {name: _in_microseconds(batch.column(name), arrow) for name in wanted}
            for at in range(batch.num_rows):
                number += 1
                yield _row(f"{path}:{number}", columns, at)
    except (arrow.ArrowException, OSError):
        yield Row(f"{path}:{number + 1}", {}, "the file is damaged; nothing from here on is read")


def _row(place: str, columns: dict[str, Any], at: int) -> Row:
    cells: dict[str, object] = {}
    for name, column in columns.items():
        try:
            cells[name] = column[at].as_py()
        except _NO_VALUE:
            return Row(place, {}, f"the cell under {name} holds no text or day that can be read ({column.type})")
    return Row(place, cells)


def _in_microseconds(column: Any, arrow: Any) -> Any:
    """Return a column of moments in the finest unit that Python counts in; any other as it is."""
    if arrow.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(arrow.timestamp("us", column.type.tz), safe=False)
    return column
