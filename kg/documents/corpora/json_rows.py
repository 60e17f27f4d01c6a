"""JSON Lines, an array of objects, or one object: each object is a row."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TextIO

from kg.documents.corpora.tables import Row, Table, no_rows
from kg.documents.encodings import open_text
from kg.documents.limits import FILE_SIZE, MEGABYTE, TEXT_SIZE
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

    JSON Lines under this name are read as such. Raises InputError where it is not JSON, holds no object, or is larger
    than what is read at once.
    """
    try:
        data = json.loads(_whole(path))
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


def _whole(path: str) -> str:
    with open_text(path) as stream:
        if os.fstat(stream.fileno()).st_size > FILE_SIZE:
            what = f"is too large to be read at once (at most {FILE_SIZE // MEGABYTE} MB are)"
            raise InputError(path, what, "write it as JSON Lines (.jsonl), which are read one by one")
        return stream.read()


def _table(path: str, rows: Iterator[Row]) -> Table:
    head = list(islice(rows, _HEAD))
    if not head:
        raise no_rows(path)
    if all(row.fault for row in head):
        raise InputError(path, f"holds no rows ({head[0].place}: {head[0].fault})", "give an object on each line")
    return Table(path, tuple(_keys(row.cells for row in head)), lambda _: chain(head, rows))


def _keys(cells: Iterable[Mapping[str, object]]) -> dict[str, None]:
    return {str(key): None for row in cells for key in row}


def _lines(path: str) -> Iterator[Row]:
    with open_text(path) as stream:
        for number, line in enumerate(iter(lambda: stream.readline(TEXT_SIZE), ""), 1):
            place = f"{path}:{number}"
            if _goes_on(line, stream):
                yield Row(place, {}, f"the line is longer than {TEXT_SIZE // MEGABYTE} MB")
            elif line.strip():
                yield _parsed(place, line)


def _goes_on(line: str, stream: TextIO) -> bool:
    """Tell whether a line was read only in part; what is left of it is passed over."""
    rest = line
    while rest and not rest.endswith(("\n", "\r")):
        rest = stream.readline(TEXT_SIZE)
    return rest is not line and rest != ""


def _parsed(place: str, line: str) -> Row:
    try:
        return _row(place, json.loads(line))
    except (ValueError, RecursionError) as error:
        return Row(place, {}, f"the line is not JSON ({_reason(error)})")


def _row(place: str, value: object) -> Row:
    return Row(place, value) if isinstance(value, dict) else Row(place, {}, "the row is no JSON object")


def _reason(error: ValueError | RecursionError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep or a number too long"
