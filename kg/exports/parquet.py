"""Parquet: the network as two tables, nodes.parquet and edges.parquet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import astuple, fields

from pyoxigraph import Store

from kg.exports.registry import Files, Format, library
from kg.graph.network import Edge, Node, read_network


def write_parquet(store: Store, _base: str) -> Files:
    """Return nodes.parquet and edges.parquet, with the columns of the CSV tables; confidence is a number.

    Raises KgError where pyarrow, of the extra `parquet`, is not installed.
    """
    network = read_network(store)
    return {"edges.parquet": [_table(Edge, network.edges)], "nodes.parquet": [_table(Node, network.nodes)]}


def _table(kind: type[Node | Edge], rows: Sequence[Node | Edge]) -> bytes:
    arrow, parquet = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
    names = [field.name for field in fields(kind)]
    schema = arrow.schema(
        [(name, arrow.float64() if name == "confidence" else arrow.string()) for name in names],
    )
    columns = list(zip(*map(astuple, rows), strict=True)) or [()] * len(names)
    table = arrow.table([arrow.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()


ABOUT = "Parquet; the network as nodes.parquet and edges.parquet, in a folder or a .zip"
FORMAT = Format("parquet", "", ABOUT, write_parquet, text=False)
