"""The verbs in Python: extract, build, query, validate, view, export, diff, push, serve, evaluate; a graph for rdflib.

>>> from kg import api
>>> clauses = [fact for fact in api.extract("seeds") if isinstance(fact, Assignment)]
>>> len(clauses)
22
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import rdflib

from kg import workflows
from kg.checks.evaluate import Score
from kg.checks.validate import Report
from kg.checks.validate import validate as validate_store
from kg.diff import Diff
from kg.errors import InputError
from kg.exports.records import Record
from kg.extractors.actions import PolicyAction
from kg.extractors.assignments import Assignment
from kg.extractors.citations import Citation
from kg.extractors.deadlines import Deadline
from kg.extractors.entities import Entity
from kg.extractors.measures import Measure
from kg.extractors.targets import Target
from kg.model.entities import Role
from kg.model.facts import Extraction, Fact
from kg.model.ids import BASE
from kg.model.options import USUAL, Options, keep_silent
from kg.query import Graph, Solutions, run_query
from kg.serve import Settings
from kg.serve import serve as run_server
from kg.store import open_store, to_rdflib
from kg.view import write_view

if TYPE_CHECKING:
    from kg.push import Plan

__all__ = [
    "Assignment",
    "Citation",
    "Deadline",
    "Entity",
    "Extraction",
    "Fact",
    "Measure",
    "Options",
    "PolicyAction",
    "Role",
    "SkippedWarning",
    "Target",
    "build",
    "diff",
    "evaluate",
    "export",
    "extract",
    "open_graph",
    "push",
    "query",
    "read",
    "records",
    "serve",
    "validate",
    "view",
]

Paths = str | Path | Iterable[str | Path]


class SkippedWarning(UserWarning):
    """A source cannot be read and is skipped."""


def read(*paths: Paths, options: Options = USUAL) -> Iterator[Extraction]:
    """Yield an extraction for each document that `paths` carry: sections, facts, place.

    Paths are files, folders and globs, one by one or as a list. What cannot be read is skipped with a warning, or
    raises InputError where `options` are strict.
    """
    for file in workflows.extract(_flat(paths), _warning(options)):
        yield from file


def extract(*paths: Paths, options: Options = USUAL) -> Iterator[Fact]:
    """Yield the facts of `paths` as typed values, document by document in document order; `read` tells the rest."""
    return (fact for extraction in read(*paths, options=options) for fact in extraction.facts)


def records(*paths: Paths, options: Options = USUAL) -> Iterator[Record]:
    """Yield the facts of `paths` as ``kg extract`` prints them; `read` tells the rest."""
    return workflows.extract_records(_flat(paths), _warning(options))


def build(
    *paths: Paths, out: str | Path, options: Options = USUAL, license: str = "", also: Iterable[str] = ()
) -> workflows.Build:
    """Build the graph of `paths` into the folder `out`, as ``kg build`` does; all files or none are written.

    `license` is the address of the licence that the dataset is given under, none by default: the texts in it are other
    people's. `also` names further formats of export to write there, such as ``turtle-star``.

    What is skipped stands in the report of the build too; `read` tells the rest.
    """
    return workflows.build(_flat(paths), Path(out), _warning(options), license=license, also=also)


def _flat(paths: Iterable[Paths]) -> list[str]:
    """Return the paths, those of lists one by one; raise InputError for what is no path."""
    found: list[str] = []
    for path in paths:
        if isinstance(path, str | os.PathLike):
            found.append(os.fspath(path))
        elif isinstance(path, Iterable) and not isinstance(path, bytes | Mapping):
            found += _flat(path)
        else:
            raise InputError(repr(path), "is no path", "give files, folders or globs, one by one or as a list")
    return found


def _warning(options: Options) -> Options:
    return options if options.tell is not keep_silent else replace(options, tell=_warn)


def _warn(fault: InputError) -> None:
    warnings.warn(f"skipped {fault}", SkippedWarning, stacklevel=2)


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


def export(graph: str | Path, out: str | Path, *, format: str = "", base: str = BASE) -> None:
    """Write a build folder or RDF file to `out` in another format, by default the one whose ending `out` bears."""
    workflows.export(Path(graph), Path(out), format_=format, base=base)


def diff(before: str | Path, after: str | Path) -> Diff:
    """Return what the second build folder or RDF file says differently from the first."""
    return workflows.diff(Path(before), Path(after))


def push(
    graph: str | Path,
    endpoint: str,
    *,
    user: str = "",
    password: str = "",
    auth: Literal["auto", "basic", "digest"] = "auto",
    prune: bool = False,
    ontology: bool = True,
    base: str = "",
) -> Plan:
    """Load a build folder or RDF file into a store over the Graph Store Protocol; return what was put and deleted.

    `prune` says that most of what an earlier push loaded may go; `ontology` sends the ontology as a graph of its own.
    Needs the extra ``push``. Raises StoreError where the store cannot be reached or refuses.
    """
    from kg.push import Client, Login, add_ontology  # noqa: PLC0415  # the extra is not always there
    from kg.push import push as run  # noqa: PLC0415

    store = open_store(Path(graph))
    if ontology:
        add_ontology(store)
    return run(store, Client(endpoint, Login(user, password, auth)), prune=prune, base=base)


def serve(graph: str | Path, *, host: str = "127.0.0.1", port: int = 8433, base: str = BASE) -> None:
    """Serve a build folder or RDF file, pages and SPARQL, until interrupted; from the main thread only.

    Needs the extra ``serve``. Raises GraphError where there is no graph or the port is taken.
    """
    run_server(Settings(Path(graph), base, host, port), lambda line: print(line, file=sys.stderr))  # noqa: T201  # as the command does


def evaluate(gold: str | Path, *paths: Paths, options: Options = USUAL) -> dict[str, Score]:
    """Score the extraction from `paths` against the gold records in the folder `gold`; `read` tells the rest."""
    return workflows.evaluate_paths(Path(gold), _flat(paths), _warning(options))
