"""CSV and TSV, a record at a time, in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.documents.corpora.encodings import encoding_of
from kg.documents.corpora.tables import Fits, Line, Table, no_rows, sheet

_LONGEST_CELL = (1 << 31) - 1  # the most that a C long holds everywhere
_SEPARATORS = ",\t;"


def delimited_tables(path: str, fits: Fits) -> Iterator[Table]:
    """Yield the one table of the file; a row's number is that of its record, the header's being 1, as a sheet counts.

    A row whose quotes are wrong is the last one, with a fault, because where the next begins cannot be known.
    Raises InputError where the file cannot be decoded or holds nothing.
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
                yield Line(number, values)
        except csv.Error as error:
            yield Line(number + 1, (), f"the quotes are wrong ({error}); nothing from here on is read")


def _separator(head: str) -> str:
    return max(_SEPARATORS, key=head.count)
