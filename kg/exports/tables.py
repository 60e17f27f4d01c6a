"""The network as two tables, nodes and edges: CSV and Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields

from pyoxigraph import Store

from kg.exports.registry import Files, Format, library
from kg.graph.network import Edge, Node, read_network
from kg.text.csv_rows import csv_row


def write_csv(store: Store, _base: str) -> Files:
    """Return nodes.csv and edges.csv: UTF-8 with a header; a text that looks like a formula has an apostrophe first."""
    network = read_network(store)
    return {"edges.csv": _csv(Edge, network.edges), "nodes.csv": _csv(Node, network.nodes)}


def _csv(kind: type[Node | Edge], rows: Iterable[Node | Edge]) -> Iterator[bytes]:
    yield csv_row(_columns(kind)).encode()
    yield from (csv_row(astuple(row)).encode() for row in rows)


def write_parquet(store: Store, _base: str) -> Files:
    """Return nodes.parquet and edges.parquet, with the columns of the CSV tables; confidence is a number.

    Raises KgError where pyarrow, of the extra `parquet`, is not installed.
    """
    network = read_network(store)
    return {"edges.parquet": [_parquet(Edge, network.edges)], "nodes.parquet": [_parquet(Node, network.nodes)]}


def _parquet(kind: type[Node | Edge], rows: Sequence[Node | Edge]) -> bytes:
    arrow, parquet = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
    types = {"confidence": arrow.float64()}
    schema = arrow.schema([(name, types.get(name, arrow.string())) for name in _columns(kind)])
    columns = list(zip(*map(astuple, rows), strict=True)) or [()] * len(schema)
    table = arrow.table([arrow.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def _columns(kind: type[Node | Edge]) -> list[str]:
    return [field.name for field in fields(kind)]


_CSV = "CSV; the network as nodes.csv and edges.csv, in a folder or a .zip"
_PARQUET = "Parquet; the network as nodes.parquet and edges.parquet, in a folder or a .zip"
FORMATS = (
    Format("csv", "", _CSV, write_csv, text=False),
    Format("parquet", "", _PARQUET, write_parquet, text=False),
)
