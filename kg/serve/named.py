"""The named queries as the query page has them: their questions, their parameters, their text with values put in."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import QueryError
from kg.query import find_query, list_queries
from kg.query.binding import bind

Shown = dict[str, object]


def named_queries() -> list[Shown]:
    """Return every named query as plain values."""
    return [
        {
            "name": query.name,
            "zh": query.zh,
            "en": query.en,
            "parameters": [
                {"name": each.name, "default": each.default.value, "about": each.about} for each in query.parameters
            ],
        }
        for query in list_queries()
    ]


def bound_query(name: str, values: Mapping[str, str]) -> str:
    """Return the text of a named query with `values`, or the defaults, in the place of its parameters.

    Raises QueryError for a query or parameter that does not exist, or a value that is none.
    """
    query = find_query(name)
    known = {parameter.name: parameter for parameter in query.parameters}
    for given in values:
        if given not in known:
            raise QueryError(name, f"has no parameter {given}", f"it takes {', '.join(known) or 'none'}")
    terms = {
        each.name: each.value(values[each.name]) if each.name in values else each.default for each in query.parameters
    }
    return bind(query.text, terms)
