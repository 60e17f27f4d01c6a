"""The verbs in Python: extract, build, query, validate, view, push, evaluate; and a graph as rdflib sees it.

>>> from kg import api
>>> clauses = [fact for fact in api.extract("seeds") if isinstance(fact, Assignment)]
>>> len(clauses)
22
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import rdflib

from kg import workflows
from kg.evaluate import Score
from kg.exports.records import Record
from kg.graph import BASE
from kg.query import Graph, Solutions, run_query
from kg.store import open_store, to_rdflib
from kg.types import Assignment, Extraction, Fact
from kg.validate import Report
from kg.validate import validate as validate_store
from kg.view import write_view

if TYPE_CHECKING:
    from kg.push import Plan

__all__ = [
    "Assignment",
    "build",
    "evaluate",
    "extract",
    "open_graph",
    "push",
    "query",
    "read",
    "records",
    "validate",
    "view",
]


def read(*paths: str | Path) -> Iterator[Extraction]:
    """Yield an extraction for each document that `paths` (files, folders, globs) carry: sections, facts, place."""
    for file in workflows.extract(map(str, paths)):
        yield from file


def extract(*paths: str | Path) -> Iterator[Fact]:
    """Yield the facts of `paths` as typed values, document by document in document order."""
    return (fact for extraction in read(*paths) for fact in extraction.facts)


def records(*paths: str | Path) -> Iterator[Record]:
    """Yield the facts of `paths` as ``kg extract`` prints them."""
    return workflows.extract_records(map(str, paths))


def build(*paths: str | Path, out: str | Path, base: str = BASE, workers: int = 1) -> workflows.Build:
    """Build the graph of `paths` into the folder `out`, as ``kg build`` does; all files or none are written."""
    return workflows.build(map(str, paths), Path(out), base=base, workers=workers)


def open_graph(graph: str | Path) -> rdflib.Dataset:
    """Return a build folder or an RDF file as an rdflib Dataset with its named graphs."""
    return to_rdflib(open_store(Path(graph)))


def query(graph: str | Path, question: str, **params: str) -> Solutions | Graph | bool:
    """Ask a build folder or RDF file a named query, with its parameters, or any SPARQL.

    Raises QueryError where the query is unknown or malformed, GraphError where there is no such graph.
    """
    return run_query(open_store(Path(graph)), question, params)


def validate(graph: str | Path) -> Report:
    """Check a build folder or RDF file against the SHACL shapes."""
    return validate_store(open_store(Path(graph)))


def view(graph: str | Path, out: str | Path, *, title: str = "zhengce-kg") -> None:
    """Draw a build folder or RDF file as one HTML file without any network request."""
    write_view(open_store(Path(graph)), Path(out), title=title)


def push(
    graph: str | Path,
    endpoint: str,
    *,
    user: str = "",
    password: str = "",
    auth: Literal["auto", "basic", "digest"] = "auto",
    base: str = BASE,
) -> Plan:
    """Load a build folder or RDF file into a store over the Graph Store Protocol; return what was put and deleted.

    Needs the extra ``push``. Raises StoreError where the store cannot be reached or refuses.
    """
    from kg.push import Client, Login  # noqa: PLC0415  # the extra is not always there
    from kg.push import push as run  # noqa: PLC0415

    return run(open_store(Path(graph)), Client(endpoint, Login(user, password, auth)), base=base)


def evaluate(gold: str | Path, *paths: str | Path) -> dict[str, Score]:
    """Score the extraction from `paths` against the gold records in the folder `gold`."""
    return workflows.evaluate_paths(Path(gold), map(str, paths))
