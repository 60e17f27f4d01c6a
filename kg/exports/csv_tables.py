"""CSV: the network as two tables, nodes.csv and edges.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields

from pyoxigraph import Store

from kg.exports.registry import Files, Format
from kg.graph.network import Edge, Node, read_network


def write_csv(store: Store, _base: str) -> Files:
    """Return nodes.csv and edges.csv: UTF-8, a header of column names, values as they stand.

    Texts are not altered, so that the files read back to the same; a text that starts with ``=`` is one that a
    spreadsheet may take for a formula when it opens the file. The format xlsx is for spreadsheets.
    """
    network = read_network(store)
    return {"edges.csv": _lines(Edge, network.edges), "nodes.csv": _lines(Node, network.nodes)}


def _lines(kind: type[Node | Edge], rows: Iterable[Node | Edge]) -> Iterator[bytes]:
    yield _line([field.name for field in fields(kind)])
    for row in rows:
        yield _line(["" if value is None else value for value in astuple(row)])


def _line(cells: Iterable[object]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


FORMAT = Format("csv", "", "CSV; the network as nodes.csv and edges.csv, in a folder or a .zip", write_csv, text=False)
