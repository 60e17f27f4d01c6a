"""CSV and TSV, a record at a time, in any encoding that texts are read in."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from kg.documents.corpora.tables import Fits, Line, Table, no_rows, sheet
from kg.documents.encodings import open_text
from kg.documents.limits import TEXT_SIZE

_SEPARATORS = ",\t;"
_HEAD = 1 << 16


def delimited_tables(path: str, fits: Fits) -> Iterator[Table]:
    """Yield the one table of the file; a row's number is that of its record, the header's being 1, as a sheet counts.

    A row whose quotes are wrong, or with a cell larger than any text, is the last one, with a fault, because where the
    next begins cannot be known. Raises InputError where the file cannot be decoded or holds nothing.
    """
    table = sheet(path, _lines(path), fits)
    if table is None:
        raise no_rows(path)
    yield table


def _lines(path: str) -> Iterator[Line]:
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
