"""How much of everything a graph holds: one way of counting for the build, the page, the server and the workbook.

What is counted, under which definition and by which names, stands in the named query ``counts``.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QuerySolutions, Store

from kg.data import ontology_root

_QUERY = "queries/counts.rq"


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something.

    Attributes:
        name: what is counted, the same in every language: ``measures``.
        number: how many.
        zh, en: what it is called.
        meaning_zh, meaning_en: what is counted as one.
    """

    name: str
    number: int
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str


def count_things(store: Store) -> tuple[Count, ...]:
    """Return every count in the order in which the query defines them."""
    text = (ontology_root() / _QUERY).read_text(encoding="utf-8")
    found = store.query(text, use_default_graph_as_union=True)
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"{_QUERY} must be a SELECT")
    counts = (
        Count(row["counted"].value, int(row["number"].value), *(row[name].value for name in _WORDS)) for row in found
    )
    return tuple(sorted(counts, key=lambda count: text.index(f'"{count.name}"')))


_WORDS = ("zh", "en", "meaning_zh", "meaning_en")
