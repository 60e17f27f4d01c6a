"""Asks a store, and brings its rows into the form in which stores are compared."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path

import rdflib
import requests
from pyoxigraph import Literal, Store

from benchmarks.stores.servers import Server, comunica_folder
from kg.graph.namespaces import VOCABULARIES
from kg.push import Client, push
from kg.query import Solutions, run_query

Row = tuple[str | None, ...]
Rows = Counter[Row]
_XSD = VOCABULARIES["xsd"]
_NUMBERS = {_XSD + name for name in ("integer", "int", "long", "decimal", "double", "float", "nonNegativeInteger")}
_SCRIPT = Path(__file__).with_name("comunica.mjs")
_SECONDS = 300
LIMIT = 60
"""How many seconds Comunica and rdflib get for a question."""


class Unanswered(Exception):
    """A store did not answer a query; says what it said."""


Answer = Rows | Unanswered


def cell(value: str, datatype: str) -> str:
    """Return a term as text: numbers without needless zeros, truth as 1 and 0 (Virtuoso has integers for it).

    >>> cell("0.50", "http://www.w3.org/2001/XMLSchema#decimal")
    '0.5'
    """
    if datatype == _XSD + "boolean":
        return {"true": "1", "false": "0"}.get(value, value)
    if datatype in _NUMBERS:
        try:
            return f"{Decimal(value).normalize():f}"
        except InvalidOperation:
            return value
    return value


def ask_reference(store: Store, query: str) -> Rows:
    """Return the rows that ``kg query`` gives."""
    answer = run_query(store, query)
    assert isinstance(answer, Solutions)
    return Counter(
        tuple(
            None if term is None else cell(term.value, term.datatype.value if isinstance(term, Literal) else "")  # type: ignore[union-attr]  # no triple terms
            for term in row
        )
        for row in answer.rows
    )


def load_server(store: Store, server: Server) -> list[str]:
    """Push a build into a server and return what its log says of it."""
    before = len(_log(server))
    push(store, Client(server.graphs, server.login))
    return [line for line in _log(server)[before:] if line.strip() and "heckpoint" not in line]


def _log(server: Server) -> list[str]:
    return server.log.read_text(encoding="utf-8", errors="replace").splitlines() if server.log.exists() else []


def ask_server(server: Server, queries: Sequence[str]) -> list[Answer]:
    """Ask over the SPARQL 1.1 Protocol."""
    return [_ask_protocol(server.query, query) for query in queries]


def _ask_protocol(address: str, query: str) -> Answer:
    accept = {"Accept": "application/sparql-results+json"}
    response = requests.post(address, data={"query": query}, headers=accept, timeout=_SECONDS)
    if not response.ok:
        return Unanswered(" ".join(response.text.split())[:200])
    found = response.json()
    names = found["head"]["vars"]
    return Counter(tuple(_binding(row.get(name)) for name in names) for row in found["results"]["bindings"])


def _binding(binding: dict[str, str] | None) -> str | None:
    return None if binding is None else cell(binding["value"], binding.get("datatype", ""))


def ask_comunica(file: Path, queries: Sequence[str]) -> tuple[list[str], list[Answer]]:
    """Ask Comunica about a file; return what it warns of, and the answers."""
    done = subprocess.run(
        ["node", str(_SCRIPT), str(comunica_folder()), str(file), str(LIMIT)],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stderr.splitlines(), [_from_comunica(answer) for answer in json.loads(done.stdout)]


def _from_comunica(answer: dict[str, list[list[list[str] | None]]]) -> Answer:
    if "error" in answer:
        return Unanswered(str(answer["error"]))
    return Counter(tuple(cell(term[1], term[2]) if term else None for term in row) for row in answer["rows"])


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def ask_rdflib(file: Path, queries: Iterable[str]) -> tuple[list[str], list[Answer]]:
    """Ask rdflib about N-Quads, named graphs taken together; return what it warned of at loading, and the answers."""
    kept, dataset = _Kept(), rdflib.Dataset(default_union=True)
    logger = logging.getLogger("rdflib")
    logger.addHandler(kept)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("default")
        dataset.parse(file, format="nquads")
    logger.removeHandler(kept)
    merged = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        merged.add(triple)  # the same triples as the union, without looking them up graph by graph: 5 times faster
    said = [*kept.lines, *(str(each.message) for each in warned if "rdflib" not in each.filename)]
    return said, [_ask_graph(merged, query) for query in queries]


def _ask_graph(graph: rdflib.Graph, query: str) -> Answer:
    try:
        with _limited(LIMIT):
            return Counter(tuple(map(_from_rdflib, row)) for row in graph.query(query))  # type: ignore[arg-type]  # a SELECT
    except TimeoutError:
        return Unanswered(f"no answer in {LIMIT} s")


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block after so many seconds; for the main thread, as all signals are."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _from_rdflib(term: object) -> str | None:
    if isinstance(term, rdflib.Literal):
        return cell(str(term), str(term.datatype or ""))
    return None if term is None else str(term)
