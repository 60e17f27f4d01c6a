"""A corpus file to its tables, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.documents.corpora.delimited import delimited_tables
from kg.documents.corpora.json_rows import json_lines_tables, json_tables
from kg.documents.corpora.parquet import parquet_tables
from kg.documents.corpora.tables import Fits, Table
from kg.documents.corpora.workbook import workbook_tables
from kg.errors import InputError

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
