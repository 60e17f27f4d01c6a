"""Every named query in every store: what each answers, as a table for docs/stores.md."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from benchmarks.stores.answers import (
    Answer,
    Rows,
    Unanswered,
    ask_comunica,
    ask_rdflib,
    ask_reference,
    ask_server,
    load_server,
)
from benchmarks.stores.servers import Server, oxigraph, virtuoso
from kg.errors import QueryError
from kg.query import NamedQuery, bound, list_queries
from kg.store import open_store

_TRIES = 40
_HEAD = """# The same answers in four stores

Made by `make stores` from the build of `seeds/`; a test holds it. Every named query is asked as `kg query` asks it:
with the defaults of its parameters, and for each parameter that is empty by default with a value from its own answer.

- **Oxigraph**: `oxigraph serve --union-default-graph`, loaded by `kg push`, graph by graph;
- **Virtuoso**: Open Source 7.2, loaded by `kg push` with digest login; its default graph is all graphs together;
- **Comunica**: over the file `graph.ttl`;
- **rdflib**: over `graph.nq`, its named graphs taken together.

Rows are compared with how often each stands, by the text of their terms, without language and datatype. Numbers are
compared as numbers (Virtuoso writes the decimal 1.0 as 1), true and false as 1 and 0 (Virtuoso has no truth values).
Order is not compared: stores sort Chinese differently. Comunica and rdflib get 60 seconds for a question.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A named query with values for its parameters."""

    query: NamedQuery
    params: tuple[tuple[str, str], ...]
    text: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Asked:
    """What one store said while it was loaded, and what it answered to each case."""

    name: str
    warnings: tuple[str, ...]
    answers: tuple[Answer, ...]


def cases(store: Store, queries: Sequence[NamedQuery] | None = None) -> tuple[Case, ...]:
    """Return the cases of every named query: its defaults, and where it asks for words, words that it answers to."""
    return tuple(case for query in queries or list_queries() for case in _cases(store, query))


def _cases(store: Store, query: NamedQuery) -> Iterator[Case]:
    plain = _case(store, query, {})
    yield plain
    for parameter in query.parameters:
        if not parameter.default.value:
            sample = next(_samples(store, plain, parameter.name), None)
            if sample:
                yield sample


def _samples(store: Store, plain: Case, name: str) -> Iterator[Case]:
    """Yield cases with a value from the answer itself, first those that narrow it down."""
    values = dict.fromkeys(value for row in sorted(plain.rows, key=str) for value in row if value)
    tried = []
    for value in list(values)[:_TRIES]:
        try:
            case = _case(store, plain.query, {name: value})
        except QueryError:
            continue
        if case.rows and case.rows != plain.rows:
            yield case
        tried.append(case)
    yield from (case for case in tried if case.rows)


def _case(store: Store, query: NamedQuery, params: dict[str, str]) -> Case:
    text = bound(query, params)
    return Case(query, tuple(params.items()), text, ask_reference(store, text))


def from_server(name: str, server: Server, build: Path, asked: Sequence[Case]) -> Asked:
    """Push a build into a server that runs and ask it."""
    said = load_server(open_store(build), server)
    return Asked(name, tuple(said), tuple(ask_server(server, [case.text for case in asked])))


def _from_new(
    name: str, start: Callable[[Path], AbstractContextManager[Server]], build: Path, asked: Sequence[Case]
) -> Asked:
    with tempfile.TemporaryDirectory() as folder, start(Path(folder)) as server:
        return from_server(name, server, build, asked)


def from_oxigraph(build: Path, asked: Sequence[Case]) -> Asked:
    """Start an Oxigraph server and ask it; raises Unavailable where this machine has none."""
    return _from_new("Oxigraph", oxigraph, build, asked)


def from_virtuoso(build: Path, asked: Sequence[Case]) -> Asked:
    """Start a Virtuoso server and ask it; raises Unavailable where this machine has none."""
    return _from_new("Virtuoso", virtuoso, build, asked)


def from_comunica(build: Path, asked: Sequence[Case]) -> Asked:
    """Ask Comunica about the merged Turtle."""
    said, answers = ask_comunica(build / "graph.ttl", [case.text for case in asked])
    return Asked("Comunica", tuple(said), tuple(answers))


def from_rdflib(build: Path, asked: Sequence[Case]) -> Asked:
    """Ask rdflib about the N-Quads."""
    said, answers = ask_rdflib(build / "graph.nq", [case.text for case in asked])
    return Asked("rdflib", tuple(said), tuple(answers))


STORES = (from_oxigraph, from_virtuoso, from_comunica, from_rdflib)


def verdict(case: Case, answer: Answer) -> str:
    """Say in a word or few whether a store answers as ``kg query`` does."""
    if isinstance(answer, Unanswered):
        return str(answer) if str(answer).startswith("no answer") else f"fails: {answer}"
    if answer == case.rows:
        return "same"
    return f"differs: {(case.rows - answer).total()} missing, {(answer - case.rows).total()} more"


def page(asked: Sequence[Case], stores: Sequence[Asked]) -> str:
    """Return docs/stores.md."""
    names = [store.name for store in stores]
    lines = [
        _row("query", "parameters", "rows", *names),
        _row("---", "---", "---:", *("---" for _ in names)),
        _row("*warnings while loading*", "", "", *(str(len(store.warnings) or "none") for store in stores)),
    ]
    for number, case in enumerate(asked):
        params = ", ".join(f"{name}={value}" for name, value in case.params).replace("|", "\\|")
        said = (verdict(case, store.answers[number]) for store in stores)
        lines.append(_row(f"`{case.query.name}`", params, str(case.rows.total()), *said))
    return f"{_HEAD}\n" + "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
