"""JSON Lines, an array of objects, or one object: each object is a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from kg.documents.corpora.encodings import encoding_of
from kg.documents.corpora.tables import Row, Table, no_rows
from kg.errors import InputError

_HEAD = 100


def json_lines_tables(path: str) -> Iterator[Table]:
    """Yield the one table of a JSON Lines file, a line at a time; rows count as lines do.

    Its columns are the keys of the first hundred objects. A line that is no JSON is a row with a fault.
    Raises InputError where there is no line.
    """
    yield _table(path, _lines(path))


def json_tables(path: str) -> Iterator[Table]:
    """Yield the one table of a JSON file; rows are the objects of an array, counted from 1, or the one object.

    JSON Lines under this name are read as such. Raises InputError where it is not JSON or holds no object.
    """
    try:
        data = json.loads(Path(path).read_text(encoding=encoding_of(path)))
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            yield from json_lines_tables(path)
            return
        raise InputError(path, f"is not JSON ({_reason(error)})", "write it again") from error
    values = data if isinstance(data, list) else [data]
    places = [f"{path}:{number}" for number in range(1, len(values) + 1)] if isinstance(data, list) else [path]
    if not any(isinstance(value, dict) for value in values):
        raise InputError(path, "holds no rows of text", "give an array of objects, one for each document")
    yield _table(path, (_row(place, value) for place, value in zip(places, values, strict=True)))


def _table(path: str, rows: Iterator[Row]) -> Table:
    head = list(islice(rows, _HEAD))
    if not head:
        raise no_rows(path)
    if all(row.fault for row in head):
        raise InputError(path, f"holds no rows ({head[0].place}: {head[0].fault})", "give an object on each line")
    return Table(path, tuple(_keys(row.cells for row in head)), chain(head, rows))


def _keys(cells: Iterable[Mapping[str, object]]) -> dict[str, None]:
    return {str(key): None for row in cells for key in row}


def _lines(path: str) -> Iterator[Row]:
    with Path(path).open(encoding=encoding_of(path)) as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _parsed(f"{path}:{number}", line)


def _parsed(place: str, line: str) -> Row:
    try:
        return _row(place, json.loads(line))
    except (ValueError, RecursionError) as error:
        return Row(place, {}, f"the line is not JSON ({_reason(error)})")


def _row(place: str, value: object) -> Row:
    return Row(place, value) if isinstance(value, dict) else Row(place, {}, "the row is no JSON object")


def _reason(error: ValueError | RecursionError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep or a number too long"
