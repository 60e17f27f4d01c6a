"""XLSX: assignments as an analyst wants them, a row for each participant, with sheets of what they speak of."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from pyoxigraph import Store

from kg.errors import GraphError
from kg.exports.registry import Files, Format, library
from kg.exports.sheets.rows import read_sheets
from kg.exports.sheets.sheets import Cell, Sheet
from kg.exports.writing import EPOCH, zip_entry
from kg.exports.xml_text import fit_for_xml

LONGEST_CELL, MOST_ROWS = 32_767, 1_048_576
_FORMULA = re.compile(r"[=+\-@\t\n]")
_HEAD = "DDE6F0"


def write_xlsx(store: Store, _base: str) -> Files:
    """Return assignments.xlsx.

    No cell is a formula whatever its text. Raises KgError where openpyxl, of the extra `xlsx`, is not installed, and
    GraphError where a sheet has more rows than the format holds.
    """
    book = library("openpyxl", "xlsx").Workbook(write_only=True)
    for sheet in read_sheets(store):
        _add(book, sheet)
    book.properties.creator = "zhengce-kg"
    book.properties.created = datetime(*EPOCH)
    unfixed = io.BytesIO()
    book.save(unfixed)
    return {"assignments.xlsx": [_without_clock(unfixed)]}


def _add(book: Any, sheet: Sheet) -> None:
    if len(sheet.rows) >= MOST_ROWS:
        raise GraphError(sheet.name, f"{len(sheet.rows)} rows are more than a sheet holds", "export csv or parquet")
    page = book.create_sheet(sheet.name[:31])
    page.freeze_panes = "A2"
    letter = library("openpyxl.utils", "xlsx").get_column_letter
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[letter(number)].width = column.width
    page.auto_filter.ref = f"A1:{letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.append([_heading(page, column.heading) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _heading(page: Any, text: str) -> Any:
    styles, cell = library("openpyxl.styles", "xlsx"), _cell(page, text)
    cell.font = styles.Font(bold=True)
    cell.fill = styles.PatternFill("solid", fgColor=_HEAD)
    return cell


def _cell(page: Any, value: Cell) -> Any:
    """Return a number as a number and anything else as text; a text that looks like a formula is marked as quoted."""
    if not isinstance(value, str):
        return value
    text = fit_for_xml(value)
    if not text:
        return None
    text = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
    cell = library("openpyxl.cell", "xlsx").WriteOnlyCell(page, text)
    cell.data_type = "s"
    if _FORMULA.match(text):
        cell.quotePrefix = True
    return cell


def _without_clock(unfixed: io.BytesIO) -> bytes:
    """Return the same file with one fixed time in place of each that openpyxl stamps."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(unfixed) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", data)
            target.writestr(zip_entry(name), data)
    return fixed.getvalue()


ABOUT = "Excel; a row for each participant, and sheets of measures, bodies, targets, instruments; bodies by short name"
FORMAT = Format("xlsx", ".xlsx", ABOUT, write_xlsx, text=False)
