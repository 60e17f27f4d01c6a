"""Rows as CSV in which a spreadsheet finds no formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# The signs that OWASP names ("CSV Injection"); programs set to Chinese or Japanese take the wide ones as well.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?")


def csv_row(cells: Iterable[object]) -> str:
    r"""Return a line of CSV with its end; None is an empty cell.

    A text that a spreadsheet would take for a formula, and run, has an apostrophe before it, which makes it text
    there. Numbers stay numbers.

    >>> csv_row(["=1+1", "-2.5", None, "省财政厅"])
    "'=1+1,-2.5,,省财政厅\r\n"
    """
    line = io.StringIO(newline="")
    csv.writer(line).writerow(map(_without_formula, cells))
    return line.getvalue()


def _without_formula(cell: object) -> object:
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
