"""A table of tasks (序号, 重点任务, 牵头单位, 配合单位, 时限) as the one document that it is, in HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import PurePath

from kg.documents.corpora.cells import cell_text
from kg.documents.corpora.tables import Table
from kg.errors import InputError


def ledger_markup(table: Table) -> tuple[str, list[InputError]]:
    """Return a table with its title, and the rows that cannot be read; without a title, the file's name is one."""
    faults: list[InputError] = []
    rows = [_row("th", table.columns)]
    for row in table.rows(table.columns):
        if row.fault:
            faults.append(InputError(row.place, row.fault, "mend the row"))
        else:
            rows.append(_row("td", (cell_text(row.cells.get(column)) for column in table.columns)))
    title, *others = table.above or (_name(table.place),)
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in others)
    return f"<h1>{html.escape(title)}</h1>{lines}<table>{''.join(rows)}</table>", faults


def _name(place: str) -> str:
    """Return the name of a file without its suffix, and without the sheet behind it (plan.xlsx:Sheet2)."""
    name = PurePath(place).name
    return name.rpartition(".")[0] or name


def _row(element: str, cells: Iterable[str]) -> str:
    inner = (f"<{element}>{html.escape(cell).replace(chr(10), '<br>')}</{element}>" for cell in cells)
    return f"<tr>{''.join(inner)}</tr>"
