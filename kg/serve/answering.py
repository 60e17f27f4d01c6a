"""Answers one query as a worker does: in one format, within limits of rows and size, from one store.

A query is looked at before it runs: it may not call another server, and may read only graphs that are there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    parse_query_results,
)
from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.graph.namespaces import prefixes
from kg.model.ids import BASE
from kg.query.run import NO_SERVICE, keywords, refuse_outside
from kg.serve.formats import GRAPHS, SOLUTIONS, results_format, write_graph

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


_LARGEST = 64 * 1024 * 1024
"""How many characters of rows an answer holds at most: a row may carry the whole text of a document."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the graphs the request named (None where it named none) and the formats the client takes.

    A format is None where the client takes none of its kind.
    """

    query: str
    solutions: str | None = "json"
    graph: str | None = "ttl"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer; `rows` says how many solutions or triples it holds where there would be more."""

    body: bytes
    kind: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer: the HTTP status and a line for people."""

    status: int
    reason: str
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run (seconds), how many rows it may give, how much memory it may take (MB, 0: any).

    `wait`: how many seconds more than it may run it waits for its turn, since a stopped worker reads the graph anew.
    """

    timeout: float = 10.0
    max_rows: int = 10_000
    max_memory: int = 2048
    wait: float = 20.0


@dataclass(frozen=True, slots=True)
class Asking:
    """What answers queries: a store, the graphs it holds, the base of its things, and the limit of rows."""

    store: Store
    max_rows: int
    base: str = BASE
    graphs: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        names = frozenset(graph.value for graph in self.store.named_graphs())
        object.__setattr__(self, "graphs", names)

    def answer(self, asked: Asked) -> Answer | Refused:
        """Return the answer in the format asked for, or why there is none."""
        try:
            dataset = self._dataset(asked)
            results = self.store.query(asked.query, prefixes=prefixes(self.base), **dataset)  # type: ignore[arg-type]
            return self._written(results, asked)
        except QueryError as error:
            return Refused(400, str(error))
        except SyntaxError as error:
            return Refused(400, _explained(asked.query, " ".join(str(error).split())))
        except (ValueError, OSError, RuntimeError) as error:
            return Refused(400, f"query: {' '.join(str(error).split())}")

    def _dataset(self, asked: Asked) -> Mapping[str, object]:
        """Return what to read: the graphs of the request, else those of the query, else the union of all."""
        for iri in (*asked.default_graphs, *asked.named_graphs):
            require_graph(iri, self.graphs)
        own = names_graphs(asked.query, self.graphs, prefixes(self.base))
        if asked.default_graphs or asked.named_graphs:
            return {
                "default_graph": [NamedNode(iri) for iri in asked.default_graphs],
                "named_graphs": [NamedNode(iri) for iri in asked.named_graphs],
            }
        return {"use_default_graph_as_union": not own}

    def _written(self, results: QuerySolutions | QueryBoolean | QueryTriples, asked: Asked) -> Answer | Refused:
        wanted, formats = (asked.graph, GRAPHS) if isinstance(results, QueryTriples) else (asked.solutions, SOLUTIONS)
        if wanted is None:
            offered = ", ".join(each.media_type for each in formats)
            return Refused(406, f"this query is answered as {offered}; ask for one of these in Accept or with ?format=")
        if isinstance(results, QueryTriples):
            return self._triples(results, wanted)
        format_ = results_format(wanted)
        if isinstance(results, QueryBoolean):
            return Answer(results.serialize(format=format_) or b"", "solutions")
        return self._solutions(results, format_)

    def _triples(self, results: QueryTriples, name: str) -> Answer:
        lines: dict[str, Triple] = {}
        whole = True
        for triple in results:
            if str(triple) not in lines and len(lines) == self.max_rows:
                whole = False
                break
            lines[str(triple)] = triple
        return Answer(write_graph(lines.values(), name, self.base), "graph", None if whole else len(lines))

    def _solutions(self, results: QuerySolutions, format_: QueryResultsFormat) -> Answer:
        """Return the first rows, written as TSV and read back: the library writes whole answers only."""
        head = "\t".join(map(str, results.variables))
        rows, whole = _within(("\t".join(map(_cell, row)) for row in results), self.max_rows)
        table = "".join(f"{line}\n" for line in (head, *rows)).encode()
        again = parse_query_results(table, format=QueryResultsFormat.TSV)
        assert isinstance(again, QuerySolutions)
        return Answer(again.serialize(format=format_) or b"", "solutions", None if whole else len(rows))


def _within(lines: Iterator[str], most: int) -> tuple[list[str], bool]:
    """Return the lines up to the limits of number and size, and whether these are all."""
    kept: list[str] = []
    size = 0
    for line in islice(lines, most):
        size += len(line)
        if size > _LARGEST:
            return kept, False
        kept.append(line)
    return kept, next(lines, None) is None


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"<<( {value} )>>" if isinstance(value, Triple) else str(value)


def _explained(query: str, message: str) -> str:
    """Return the parser's message, or that nothing can be changed where the query is an update."""
    try:
        refuse_outside(query)
    except QueryError as error:
        return f"{error}; the graph is read-only"
    return f"query: {message}"
