"""What keeps the page small: tables as columns, and source texts whole only while they are few.

Of many texts the page holds what surrounds the proving words. As columns, 20,000 rows do not repeat the names
of their fields. A column is the shortest of: a list with a value for each row; ``{"of": [values], "at": [row →
place in of]}`` where values repeat; ``{"rows": [...], "values": [...]}`` where most rows have the value that
says nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.graph.things import Quote
from kg.view.data import ViewData

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


MOST_TEXT = 2_000_000
"""About this many code points of source text go into the page; more where quotes alone need more."""
SURROUNDINGS = (600, 300, 150, 80, 40, 20)
"""How many code points before and after a quote are kept where whole texts are too many: the most that fit."""

Stretches = Sequence[tuple[int, str]]
"""Parts of a text with the offset of their first code point, in order, not touching."""


def cut_texts(data: ViewData) -> dict[str, Stretches]:
    """Return the stretches of each text by source, as wide as `MOST_TEXT` allows."""
    if sum(map(len, data.texts.values())) <= MOST_TEXT:
        return {source: [(0, text)] for source, text in data.texts.items()}
    quotes = defaultdict(list)
    for item in data.evidence:
        quotes[item.source].append(item)
    cut: dict[str, Stretches] = {}
    for around in SURROUNDINGS:
        cut = {source: list(_cut(data.texts[source], quotes[source], around)) for source in data.texts}
        if sum(len(text) for stretches in cut.values() for _, text in stretches) <= MOST_TEXT:
            return cut
    return cut


def holds(stretches: Stretches, item: Quote) -> bool:
    """Tell whether the quote stands in the stretches at its offsets."""
    return any(
        text[item.start - start : item.end - start] == item.exact for start, text in stretches if start <= item.start
    )


def _cut(text: str, items: Iterable[Quote], around: int) -> Iterator[tuple[int, str]]:
    """Yield the surroundings of every quote, those that touch joined to one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(item.start - around, 0), min(item.end + around, len(text))) for item in items):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return ((start, text[start:end]) for start, end in merged)
