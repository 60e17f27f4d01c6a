"""Runs a query over the union of all named graphs, with values in the place of its ``$name`` parameters.

Values are put in as RDF terms, never as text, and one that is no such term is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store, Triple

from kg.errors import QueryError
from kg.graph.namespaces import prefixes
from kg.model.ids import BASE
from kg.query.catalogue import NamedQuery, find_query

# What SPARQL reads as one token and we must not look into comes first: strings, addresses, comments, names.
_TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\s]*>'
    r"|#[^\n\r]*"
    r"|\$(?P<name>\w+)"
    r"|\?\w+"
    r"|(?P<word>[^\W\d][\w-]*(?!\w*:))"
    r"|[\w.%-]*:[\w.%:-]*",
    re.DOTALL,
)


NO_SERVICE = QueryError("query", "SERVICE is not allowed", "ask this graph only; it calls no other server")
"""Why a query that calls another server is not asked."""


def bind(text: str, values: Mapping[str, Literal | NamedNode]) -> str:
    """Return the query with each ``$name`` of `values` replaced by its value, serialised and escaped as a term.

    What stands in strings, comments and addresses is left alone, and so are variables that no value is given for.
    Raises QueryError for a value that the query has no place for.
    """
    used: set[str] = set()

    def replace(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None or name not in values:
            return match[0]
        used.add(name)
        return f" {values[name]} "

    bound = _TOKENS.sub(replace, text)
    for name in values:
        if name not in used:
            raise QueryError(name, "the query has no such parameter", f"remove it, or write ${name} in the query")
    return bound


def keywords(text: str) -> Iterator[str]:
    """Yield the bare words of a query in capitals: its keywords and functions, not what strings and comments hold."""
    return (match["word"].upper() for match in _TOKENS.finditer(text) if match["word"])


def refuse_outside(text: str) -> None:
    """Raise QueryError for a query that would reach beyond the graph (SERVICE) or change it (LOAD, INSERT ...)."""
    for word in keywords(text):
        if word == "SERVICE":
            raise NO_SERVICE
        if word in {"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}:
            raise QueryError("query", f"{word} is not allowed", "ask with SELECT, ASK, CONSTRUCT or DESCRIBE")


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
