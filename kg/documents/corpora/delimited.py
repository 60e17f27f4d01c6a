"""CSV and TSV, a record at a time, in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.documents.corpora.encodings import encoding_of
from kg.documents.corpora.tables import Fits, Line, Table, no_rows, sheet
from kg.errors import InputError

_LONGEST_CELL = (1 << 31) - 1  # the most that a C long holds everywhere
_SEPARATORS = ",\t;"


def delimited_tables(path: str, fits: Fits) -> Iterator[Table]:
    """Yield the one table of the file; a row's number is that of its record, the header's being 1, as a sheet counts.

    Raises InputError where the file cannot be decoded or holds nothing, and, at the row, where its quotes break off.
    """
    table = sheet(path, _lines(path), fits)
    if table is None:
        raise no_rows(path)
    yield table


def _lines(path: str) -> Iterator[Line]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    number = 0
    with Path(path).open(encoding=encoding_of(path), newline="") as stream:
        separator = "\t" if path.lower().endswith(".tsv") else _separator(stream.readline())
        stream.seek(0)
        try:
            for number, values in enumerate(csv.reader(stream, delimiter=separator, strict=True), 1):
                yield number, values
        except csv.Error as error:
            raise InputError(
                f"{path}:{number + 1}",
                f"the row's quotes are wrong ({error}); nothing after it is read",
                "mend the row",
            ) from error


def _separator(head: str) -> str:
    return max(_SEPARATORS, key=head.count)
