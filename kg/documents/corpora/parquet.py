"""Parquet, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.documents.corpora.optional import require
from kg.documents.corpora.tables import Row, Table
from kg.errors import InputError

_BATCH = 64


def parquet_tables(path: str) -> Iterator[Table]:
    """Yield the one table of the file, its rows counted from 1.

    Where the file is damaged, a row with a fault is the last. Raises InputError where it is not Parquet or where the
    library is missing.
    """
    arrow, parquet = require("pyarrow", "parquet", path), require("pyarrow.parquet", "parquet", path)
    try:
        file = parquet.ParquetFile(path)
    except (arrow.ArrowException, OSError) as error:
        raise InputError(path, "is no Parquet file that can be read", "write it again") from error
    yield Table(path, tuple(file.schema_arrow.names), _rows(path, file, arrow))


def _rows(path: str, file: Any, arrow: Any) -> Iterator[Row]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            for number, cells in enumerate(batch.to_pylist(), number + 1):  # noqa: B020
                yield Row(f"{path}:{number}", cells)
    except (arrow.ArrowException, OSError):
        yield Row(f"{path}:{number + 1}", {}, "the file is damaged; nothing from here on is read")
