"""Looks at a query before it runs: it may not call another server, and may read only graphs of the build.

A query without the words SERVICE and FROM can do neither, so only one that has them is parsed (by rdflib, a tenth of a
second or more). Its tokens are looked at too, because two parsers may differ about where a string or comment ends, and
they decide where rdflib cannot read what the store can (SPARQL 1.2).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from pyoxigraph import Store
from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.query.binding import NO_SERVICE, keywords, refuse_outside

_WORDS = re.compile(r"service|from", re.IGNORECASE)


def names_graphs(query: str, graphs: Collection[str], prefixes: Mapping[str, str]) -> bool:
    """Return whether `query` says with FROM or FROM NAMED what to read.

    Raises QueryError for a call to another server and for a graph that is not among `graphs`; SyntaxError where the
    query is malformed.
    """
    if not _WORDS.search(query):
        return False
    refuse_outside(query)
    try:
        # A comment ends at a carriage return for SPARQL, but not for rdflib.
        prologue, body = parseQuery(query.replace("\r", "\n"))
    except (ParseBaseException, RecursionError):
        _refuse_unread(query, prefixes)
        return False
    if any(part.name == "ServiceGraphPattern" for part in _parts(body)):
        raise NO_SERVICE
    clauses = body.datasetClause or ()
    names = translatePrologue(prologue, None, dict(prefixes))
    for clause in clauses:
        require_graph(str(names.absolutize(clause.default or clause.named)), graphs)
    return bool(clauses)


def _refuse_unread(query: str, prefixes: Mapping[str, str]) -> None:
    """Raise SyntaxError where the store cannot read `query` either, QueryError where it names graphs unread."""
    Store().query(query, prefixes=dict(prefixes))
    if "FROM" in keywords(query):
        raise QueryError("query", "FROM is not read beside SPARQL 1.2", "give default-graph-uri or named-graph-uri")


def require_graph(iri: str, graphs: Collection[str]) -> None:
    """Raise QueryError where `iri` is none of `graphs`: nothing is fetched from elsewhere."""
    if iri not in graphs:
        raise QueryError(f"<{iri}>", "is no graph of this build", "list them with SELECT DISTINCT ?g { GRAPH ?g {} }")


def _parts(tree: object) -> Iterator[CompValue]:
    """Yield every part of a parsed query, however deep."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, (list, tuple, ParseResults)):
            waiting.extend(part)
