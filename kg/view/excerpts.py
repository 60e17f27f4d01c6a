"""The source texts that go into the page: whole while they are few, else what surrounds the quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.graph.things import Quote
from kg.view.data import ViewData

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
