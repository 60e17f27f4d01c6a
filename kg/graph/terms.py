"""Our values as RDF literals, a node with its properties as quads, and evidence: the words and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.graph.namespaces import Names, term
from kg.model.document import Document, Span, content_id

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


def source_node(names: Names, sha256: str) -> NamedNode:
    """Return the IRI of the text with this SHA-256; documents read from one file share it."""
    return names.node("source", sha256[:16])


def expression_node(names: Names, document: Document) -> NamedNode:
    """Return the IRI of a document's wording: another full stop makes another expression of the same work."""
    return names.node("expression", content_id(document.id, document.wording))


def evidence_node(names: Names, document: Document, span: Span) -> NamedNode:
    """Return the IRI of the evidence at `span`: the same for all facts that rest on the same words."""
    return names.node("evidence", content_id(document.id, document.wording, span.start, span.end))


def evidence_quads(names: Names, document: Document, span: Span, quote: str) -> Iterator[Quad]:
    """Yield the evidence: the words, where they stand, and in which wording of the document."""
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Quotation"),
        "zc:inExpression": expression_node(names, document),
        "oa:start": whole(span.start),
        "oa:end": whole(span.end),
        "oa:exact": plain(quote),
    }
    yield from describe(evidence_node(names, document, span), names.graph(document.id), properties)


def key_of(node: object) -> str:
    """Return what a node goes by in `Things`: its IRI, or ``_:`` and the label of a blank node."""
    return node.value if isinstance(node, NamedNode) else str(node)


def node_of(iri: str) -> NamedNode | BlankNode | None:
    """Return the node that goes by `iri` in `Things`, None where no node could."""
    try:
        return BlankNode(iri[2:]) if iri.startswith("_:") else NamedNode(iri)
    except ValueError:
        return None
