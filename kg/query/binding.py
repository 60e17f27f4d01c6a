"""Puts values in the place of ``$name`` parameters as RDF terms, never as text, and refuses what leaves the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError

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
