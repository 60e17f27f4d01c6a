"""Turns our values into RDF literals, and a node with its properties into quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.namespaces import term

Value = NamedNode | Literal
Values = Value | Iterable[Value | None] | None

_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def zh(text: str) -> Literal | None:
    """Return `text` as a Chinese literal, nothing for the empty string."""
    return Literal(text, language="zh") if text else None


def spoken(text: str) -> Literal | None:
    """Return `text` in the language it is written in, Chinese or English."""
    return en(text) if text.isascii() else zh(text)


def en(text: str) -> Literal | None:
    """Return `text` as an English literal, nothing for the empty string."""
    return Literal(text, language="en") if text else None


def plain(text: str) -> Literal | None:
    """Return `text` as a plain string, nothing for the empty string."""
    return Literal(text) if text else None


def code(text: str) -> Literal | None:
    """Return a GB/T 2260 code with its datatype, nothing for the empty string."""
    return Literal(text, datatype=term("zc:GBT2260")) if text else None


def whole(number: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(number), datatype=term("xsd:integer"))


def truth(value: bool) -> Literal:
    """Return an xsd:boolean."""
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def number(value: str | float) -> Literal | None:
    """Return an xsd:integer (40) or an xsd:decimal (0.95, 1.0), as it is written; nothing for what is no number."""
    try:
        exact = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    if not exact.is_finite():
        return None
    text = f"{exact:f}"
    return Literal(text, datatype=term("xsd:decimal" if "." in text else "xsd:integer"))


def date(text: str) -> Literal | None:
    """Return a year, a month or a day by the length of the ISO text, without its time of day; else a plain string."""
    day = text[:10] if text[10:11] in {"T", " "} else text
    datatype = _DATES.get(len(day))
    return Literal(day, datatype=term(datatype)) if datatype and day[:4].isdigit() else plain(day)


def describe(node: NamedNode, graph: NamedNode, properties: Mapping[str, Values]) -> Iterator[Quad]:
    """Yield a quad for each value of each property of `node`; properties are written with their prefix."""
    for name, values in properties.items():
        for value in (values,) if isinstance(values, NamedNode | Literal) else values or ():
            if value is not None:
                yield Quad(node, term(name), value, graph)


def types(*names: str) -> list[NamedNode]:
    """Return the terms of `names`, for rdf:type."""
    return [term(name) for name in names]
