"""Tables as columns, so that 20,000 rows do not repeat the names of their fields, and repeated values stand once.

A column is one of: a list with a value for each row; ``{"of": [values], "at": [row → place in of]}`` where values
repeat; ``{"rows": [...], "values": [...]}`` where most rows have the value that says nothing. The shortest is taken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Column = list[object] | dict[str, list[object]]


def pack_table(columns: Mapping[str, Sequence[object]]) -> dict[str, object]:
    """Return ``{"size": rows, "columns": {name: column}}``; columns in which no row says anything are left out."""
    size = len(next(iter(columns.values()), ()))
    packed = {name: pack(values) for name, values in columns.items() if any(map(_says, values))}
    return {"size": size, "columns": packed}


def pack(values: Sequence[object]) -> Column:
    """Return a column in its shortest form."""
    filled = [(row, value) for row, value in enumerate(values) if _says(value)]
    forms: list[Column] = [
        list(values),
        {"rows": [row for row, _ in filled], "values": [value for _, value in filled]},
        _dictionary(values),
    ]
    return min(forms, key=lambda form: len(json.dumps(form, ensure_ascii=False)))


def _dictionary(values: Sequence[object]) -> dict[str, list[object]]:
    places: dict[tuple[type, object], int] = {}  # with the type, because 1, 1.0 and true are equal
    at: list[object] = [places.setdefault((type(value), value), len(places)) for value in values]
    return {"of": [value for _, value in places], "at": at}


def _says(value: object) -> bool:
    """Tell whether a value is other than what a row has where its column says nothing."""
    return value is not None and value is not False and value not in ("", (), [])
