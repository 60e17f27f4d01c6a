"""Runs a query over the union of all named graphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store, Triple

from kg.errors import QueryError
from kg.graph.namespaces import prefixes
from kg.model.ids import BASE
from kg.query.binding import bind, refuse_outside
from kg.query.catalogue import NamedQuery, find_query

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: a row for each solution, None where a variable is not bound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The answer to a CONSTRUCT or DESCRIBE."""

    triples: tuple[Quad, ...]


def run_query(
    store: Store,
    query: str,
    params: Mapping[str, str] | None = None,
    *,
    folder: Path | None = None,
    base: str = BASE,
) -> Solutions | Graph | bool:
    """Answer `query`, the name of a named query or SPARQL text, with `params` in the place of its ``$name`` variables.

    All named graphs are read as one; our prefixes need no declaration. Raises QueryError in one line.
    """
    named = find_query(query.strip(), folder) if re.fullmatch(r"\s*[\w-]+\s*", query) else None
    text = bound(named, params or {}) if named else bind(query, _plain(params or {}))
    refuse_outside(text)
    try:
        results = store.query(text, use_default_graph_as_union=True, prefixes=prefixes(base))
        if isinstance(results, QueryBoolean):
            return bool(results)
        if isinstance(results, QuerySolutions):
            variables = tuple(variable.value for variable in results.variables)
            return Solutions(variables, tuple(tuple(row) for row in results))
        return Graph(tuple(Quad(triple.subject, triple.predicate, triple.object) for triple in results))
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise QueryError(named.name if named else "query", " ".join(str(error).split()), "mend the query") from error


def bound(named: NamedQuery, params: Mapping[str, str]) -> str:
    """Return the SPARQL of a named query with `params`, or else their defaults, in place: what any store can be asked.

    Raises QueryError for a parameter that the query does not have, or a value that is none of its kind.
    """
    return bind(named.text, named.values(params))


def _plain(params: Mapping[str, str]) -> dict[str, Literal]:
    return {name: Literal(text) for name, text in params.items()}
