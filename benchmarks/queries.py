"""How much longer the named queries take on four times as many documents: a query that compares all with all shows."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.graph import BASE
from kg.query import list_queries, run_query

EXPORTS = Path("exports")
FEW, MANY = 10, 40
SHOWN = 3
_OF_DOCUMENTS = re.compile(
    rf"(<{BASE}(?:action|assignment|citation|document|evidence|measure|section|source|target)/[^>]+)>"
)


def copied(times: int) -> Store:
    """Return the graph of the exports with its documents `times` over, each time under identifiers of its own."""
    text = (EXPORTS / "graph.nq").read_text(encoding="utf-8")
    store = Store()
    for copy in range(times):
        store.bulk_load(_OF_DOCUMENTS.sub(rf"\1-{copy}>", text).encode(), format=RdfFormat.N_QUADS)
    return store


def growth() -> Iterator[tuple[str, float, float]]:
    """Yield each named query with its seconds on few and on many copies of the documents."""
    few, many = copied(FEW), copied(MANY)
    for query in list_queries():
        yield query.name, _seconds(few, query.name), _seconds(many, query.name)


def report() -> None:
    """Print the queries that take longest on many copies, and those that grow most."""
    rows = sorted(growth(), key=lambda row: row[2])
    steepest = sorted((row for row in rows if row[2] > 0.1), key=lambda row: row[2] / row[1])
    print(f"\n{'named query':44}{f'on {FEW} copies':>18}{f'on {MANY}':>20}{'times longer':>14}")
    for name, few, many in dict.fromkeys([*reversed(rows[-SHOWN:]), *reversed(steepest[-SHOWN:])]):
        print(f"{name:44}{few:16.2f} s{many:18.2f} s{many / few:14.1f}")


def _seconds(store: Store, name: str) -> float:
    start = time.perf_counter()
    run_query(store, name)
    return time.perf_counter() - start
