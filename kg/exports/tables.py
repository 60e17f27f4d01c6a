"""Tables: the network as CSV and Parquet, an analyst's sheets as a workbook (XLSX)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from datetime import datetime
from typing import Any

from pyoxigraph import Store

from kg.errors import GraphError
from kg.exports.registry import Files, Format, library
from kg.exports.sheets.rows import read_sheets
from kg.exports.sheets.sheets import Cell, Sheet
from kg.exports.writing import EPOCH, fit_for_xml
from kg.graph.network import Edge, Node, read_network
from kg.text.csv_rows import csv_row

LONGEST_CELL, MOST_ROWS, LONGEST_NAME = 32_767, 1_048_576, 31
_FORMULA = re.compile(r"[=+\-@\t\n]")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEAD = {"bold": True, "bg_color": "#DDE6F0"}


def write_xlsx(store: Store, _base: str) -> Files:
    """Return assignments.xlsx.

    No cell is a formula whatever its text. Raises KgError where XlsxWriter, of the extra `xlsx`, is not installed, and
    GraphError where a sheet has more rows than the format holds.
    """
    stream = io.BytesIO()
    book = library("xlsxwriter", "xlsx").Workbook(stream, _OPTIONS)
    book.set_properties({"author": "zhengce-kg", "created": datetime(*EPOCH)})
    head, quoted = book.add_format(_HEAD), book.add_format({"quote_prefix": True})
    for sheet in read_sheets(store):
        _fill(book.add_worksheet(sheet.name[:LONGEST_NAME]), sheet, head, quoted)
    book.close()
    return {"assignments.xlsx": [stream.getvalue()]}


def _fill(page: Any, sheet: Sheet, head: object, quoted: object) -> None:
    if len(sheet.rows) >= MOST_ROWS:
        raise GraphError(sheet.name, f"{len(sheet.rows)} rows are more than a sheet holds", "export csv or parquet")
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write(0, number, column.heading, head)
    for line, row in enumerate(sheet.rows, 1):
        for number, cell in enumerate(map(_fitting, row)):
            page.write(line, number, cell, quoted if isinstance(cell, str) and _FORMULA.match(cell) else None)


def _fitting(cell: Cell) -> Cell:
    """Return a number as it is, and of a text as much as a cell holds, which counts in units of UTF-16."""
    if not isinstance(cell, str):
        return cell
    text = fit_for_xml(cell)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


_ABOUT = "Excel; a row for each participant, and sheets of measures, bodies, targets, instruments; bodies by short name"
_XLSX = Format("xlsx", ".xlsx", _ABOUT, write_xlsx, text=False)


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
    _XLSX,
    Format("csv", "", _CSV, write_csv, text=False),
    Format("parquet", "", _PARQUET, write_parquet, text=False),
)
