"""Parquet, some rows at a time, of the columns that are wanted only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from kg.documents.corpora.tables import Row, Table
from kg.documents.loading import require
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
    except (arrow.ArrowException, OSError, *_NO_VALUE) as error:
        raise InputError(path, "is no Parquet file that can be read", "write it again") from error
    yield Table(path, names, partial(_rows, path, arrow, parquet))


def _rows(path: str, arrow: Any, parquet: Any, wanted: Sequence[str]) -> Iterator[Row]:
    """Yield the rows; texts stay in the dictionary in which the file holds them, so that they are not multiplied."""
    number = 0
    try:
        schema = parquet.read_schema(path)
        texts = [name for name in wanted if _is_text(schema.field(_first(schema, name)).type, arrow)]
        file = parquet.ParquetFile(path, read_dictionary=texts)
        for batch in file.iter_batches(batch_size=_BATCH, columns=list(wanted)):
            columns = {name: _for_python(batch.column(_first(batch.schema, name)), arrow) for name in wanted}
            for at in range(batch.num_rows):
                number += 1
                yield _row(f"{path}:{number}", columns, at)
    except (arrow.ArrowException, OSError):
        yield Row(f"{path}:{number + 1}", {}, "the file is damaged; nothing from here on is read")


def _first(schema: Any, name: str) -> int:
    """Return the place of a column, of the first where several have one name."""
    place: int = schema.get_all_field_indices(name)[0]
    return place


def _is_text(type_: Any, arrow: Any) -> bool:
    return bool(arrow.types.is_string(type_) or arrow.types.is_binary(type_))


def _row(place: str, columns: Mapping[str, Any], at: int) -> Row:
    cells: dict[str, object] = {}
    for name, column in columns.items():
        try:
            cells[name] = column[at].as_py()
        except _NO_VALUE:
            return Row(place, {}, f"the cell under {name} holds bytes that are no UTF-8, or a day that cannot be")
    return Row(place, cells)


def _for_python(column: Any, arrow: Any) -> Any:
    """Return a column of moments in microseconds, the finest unit that Python counts in; any other as it is."""
    if getattr(column.type, "unit", "") != "ns":
        return column
    if arrow.types.is_timestamp(column.type):
        return column.cast(arrow.timestamp("us", column.type.tz), safe=False)
    return column.cast(arrow.time64("us"), safe=False) if arrow.types.is_time(column.type) else column
