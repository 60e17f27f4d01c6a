"""Answers as people and programs read them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from kg.errors import printable
from kg.graph.namespaces import VOCABULARIES, prefixes
from kg.model.ids import BASE
from kg.query.run import Graph, Solutions, Term
from kg.store import shortener, to_rdf
from kg.text.csv_rows import csv_row

_STRING = VOCABULARIES["xsd"] + "string"


def format_table(solutions: Solutions, *, base: str = BASE, width: int = 60) -> str:
    """Return the rows in aligned columns for a terminal; a cell wider than `width` is cut and ends in an ellipsis.

    Han characters and full-width signs count as two columns.
    """
    shorten = shortener(prefixes(base))
    cells = [[_fit(_shown(value, shorten), width) for value in row] for row in solutions.rows]
    rows = [list(solutions.variables), *cells]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * size for size in widths])
    lines = ("  ".join(_pad(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def columns(text: str) -> int:
    """Return how many terminal columns `text` takes.

    >>> columns("财政厅")
    6
    """
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _shown(value: Term | None, shorten: Callable[[NamedNode], str]) -> str:
    if value is None:
        return ""
    if isinstance(value, NamedNode):
        return shorten(value)
    return " ".join(printable(_text(value)).split())


def _fit(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    while columns(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _text(value: Term) -> str:
    return value.value if isinstance(value, NamedNode | BlankNode | Literal) else str(value)


def format_csv(solutions: Solutions) -> str:
    """Return SPARQL 1.1 results as CSV: a header of variables, then plain values, lines ending in CR LF.

    A text that a spreadsheet would take for a formula has an apostrophe before it, see `kg.text.csv_rows`.
    """
    rows = ([None if value is None else _text(value) for value in row] for row in solutions.rows)
    return "".join(map(csv_row, (solutions.variables, *rows)))


def format_json(answer: Solutions | bool) -> str:
    """Return SPARQL 1.1 results as JSON, for a SELECT or an ASK."""
    if isinstance(answer, bool):
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    bindings = [
        {name: _binding(value) for name, value in zip(answer.variables, row, strict=True) if value is not None}
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _binding(value: Term) -> dict[str, str]:
    match value:
        case NamedNode():
            return {"type": "uri", "value": value.value}
        case BlankNode():
            return {"type": "bnode", "value": value.value}
        case Literal() if value.language:
            return {"type": "literal", "value": value.value, "xml:lang": value.language}
        case Literal() if value.datatype.value != _STRING:
            return {"type": "literal", "value": value.value, "datatype": value.datatype.value}
        case _:
            return {"type": "literal", "value": _text(value)}


def format_turtle(graph: Graph, *, base: str = BASE) -> str:
    """Return the triples of a CONSTRUCT or DESCRIBE as Turtle, sorted."""
    return to_rdf(graph.triples, RdfFormat.TURTLE, prefixes(base)).decode()
