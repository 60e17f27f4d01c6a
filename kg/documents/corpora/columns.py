"""Which column of a table holds what: as the user says, else as columns are usually called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.documents.corpora.tables import Row, Table, cell_text
from kg.documents.limits import TEXT_SIZE
from kg.documents.loading import require_size
from kg.errors import InputError
from kg.lexicons.corpora import DATES, KEYS, TEXT, CorpusWords
from kg.text.dates import cell_day

_SHOWN, _WIDE = 12, 24
_LONGEST_CELL = 32_767  # in UTF-16, as Excel counts; a table saved in another format since bears the cut still
_BETWEEN = re.compile(r",(?=\s*\w+\s*=)")


def parse_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Return the columns by what they are said to hold: ``text=正文,date=成文日期`` gives 正文 for text.

    Raises InputError for a part that is no KEY=COLUMN, and for an unknown key.
    """
    found: dict[str, str] = {}
    for part in (part for pair in pairs for part in _BETWEEN.split(pair)):
        key, mark, column = (piece.strip() for piece in part.partition("="))
        if not (mark and key and column):
            raise InputError(f"--map {part}", "is no KEY=COLUMN", "write it as title=NAME,text=NAME")
        found[key] = column
    return checked_mapping(found)


def checked_mapping(mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping; raise InputError where it holds a key that no document has."""
    for key in mapping:
        if key not in KEYS:
            raise InputError(f"the mapping of {key}", "is for no known key", f"map one of {', '.join(KEYS)}")
    return dict(mapping)


def fits(columns: Sequence[str], mapping: Mapping[str, str], words: CorpusWords) -> bool:
    """Tell whether these are the names of columns, one of text among them, or those of a table of tasks."""
    if not mapping and words.is_ledger(columns):
        return True
    return set(mapping.values()) <= set(columns) and TEXT in {**words.usual_columns(columns), **mapping}


def choose_columns(table: Table, mapping: Mapping[str, str], words: CorpusWords) -> dict[str, str]:
    """Return the column for each key that the table tells; what `mapping` names is not guessed.

    Raises InputError, listing the columns there are, where one that is named is missing or none holds the text.
    """
    for key, column in mapping.items():
        if column not in table.columns:
            raise InputError(table.place, f"has no column {column}", f"map {key} to one of: {_shown(table.columns)}")
    taken = set(mapping.values())
    usual = words.usual_columns(column for column in table.columns if column not in taken)
    chosen = {**usual, **mapping}
    if TEXT not in chosen:
        what = "holds no rows of text (no column has a usual name for it)"
        raise InputError(table.place, what, f"name its column with --map text=COLUMN: {_shown(table.columns)}")
    return chosen


def row_text(row: Row, chosen: Mapping[str, str], words: CorpusWords) -> str:
    """Return the text of a row; raise InputError where it holds none or is at fault."""
    if row.fault:
        raise InputError(row.place, row.fault, "mend the row")
    cell = row.cells.get(chosen[TEXT])
    if isinstance(cell, str) and len(cell.encode("utf-16-le", "replace")) == 2 * _LONGEST_CELL:
        what = f"the cell under {chosen[TEXT]} is cut off, as Excel does at {_LONGEST_CELL:,} characters"
        raise InputError(row.place, what, "give the text in a file of its own, or in a table that Excel did not write")
    text = cell_text(cell)
    if words.is_blank(text):
        raise InputError(row.place, f"the row holds no text under {chosen[TEXT]}", "fill the cell or remove the row")
    require_size(row.place, len(text), TEXT_SIZE)
    return text


def row_meta(row: Row, chosen: Mapping[str, str], words: CorpusWords) -> dict[str, str]:
    """Return what a row says about its document, as front matter would; cells that hold nothing are left out."""
    said = {key: cell_text(row.cells.get(column)) for key, column in chosen.items() if key != TEXT}
    told = {key: _told(key, value, words) for key, value in said.items() if not words.is_blank(value)}
    return {key: value for key, value in told.items() if value}


def _told(key: str, value: str, words: CorpusWords) -> str:
    if key == "kind":
        return words.kind_of(value)
    return cell_day(value) if key in DATES else " ".join(value.split())


def _shown(columns: Sequence[str]) -> str:
    names = [" ".join(column.split())[:_WIDE] for column in columns[:_SHOWN]]
    return ", ".join([*names, *(["…"] if len(columns) > _SHOWN else [])]) or "(none)"
