"""The named queries as the query page has them: their questions, their parameters, their text with values put in."""

from __future__ import annotations

from collections.abc import Mapping

from kg.query import bound, find_query, list_queries

Shown = dict[str, object]


def named_queries() -> list[Shown]:
    """Return every named query as plain values."""
    return [
        {
            "name": query.name,
            "zh": query.zh,
            "en": query.en,
            "parameters": [
                {"name": each.name, "default": each.default.value, "about": each.about, "kind": each.kind.shown}
                for each in query.parameters
            ],
        }
        for query in list_queries()
    ]


def bound_query(name: str, values: Mapping[str, str]) -> str:
    """Return the text of a named query with `values`, or the defaults, in the place of its parameters.

    Raises QueryError for a query or parameter that does not exist, or a value that is none.
    """
    return bound(find_query(name), values)
