"""Documents, the text they stand in, their sections, and what they name."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.extractors.entities import Entity
from kg.graph.namespaces import Names, is_address, term
from kg.graph.registry import FactQuads
from kg.graph.terms import (
    Values,
    date,
    describe,
    expression_node,
    plain,
    source_node,
    spoken,
    types,
    whole,
    zh,
)
from kg.model.document import Copy, Document, Section, Span, content_id
from kg.model.facts import Extraction

_TYPES = {"policy": ("zc:PolicyDocument",), "news": ("schema:NewsArticle",)}
_LEGAL = ("eli:LegalResource", "schema:Legislation")
_STANDARD = "standard"
_NOT_ENACTED = frozenset({"draft", _STANDARD, "reply", "pilot-call", "speech", "news", "digest", "transcript"})
_SECTION = ("eli:LegalResourceSubdivision",)
_REALIZES = {"policy": "eli:realizes", "news": "schema:exampleOfWork"}
_LONGEST_TITLE = 60
_WHOLE = {"policy": "eli:is_part_of", "news": "schema:isPartOf"}


def document_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield a document with its sections in its own graph, and its source text in the provenance graph.

    Documents can share a source; in a graph of its own for each, one text would count twice in the union.
    """
    document = extraction.document
    node, graph = names.node("document", document.id), names.graph(document.id)
    yield from _source_quads(names, document)
    yield from describe(node, graph, {"rdf:type": types(*_classes(document)), **_bibliography(names, extraction)})
    yield from _expression_quads(names, document)
    for copy in document.copies:
        yield from _copy_quads(names, document, copy)
    for section in extraction.sections:
        yield from _section_quads(names, extraction, section)


def _classes(document: Document) -> tuple[str, ...]:
    return (*_TYPES[document.kind], *(legal_classes(document.type) if document.kind == "policy" else ()))


def legal_classes(type_: str) -> tuple[str, ...]:
    """Return the classes of a policy or a stub by its type: ELI's are for acts that have been enacted."""
    if type_ in _NOT_ENACTED:
        return ("dcterms:Standard",) if type_ == _STANDARD else ()
    return _LEGAL


def type_concept(type_: str) -> NamedNode | None:
    """Return the concept of a type of document; None where it has not been told."""
    return term(f"zc:type-{type_}") if type_ else None


def section_at(extraction: Extraction, span: Span) -> Section | None:
    """Return the innermost section that holds all of `span`."""
    holders = (section for section in extraction.sections if section.span.contains(span))
    return min(holders, key=lambda section: (len(section.span), -len(section.path)), default=None)


def section_link(names: Names, extraction: Extraction, span: Span) -> NamedNode | None:
    """Return the IRI of the innermost section around `span`, if any."""
    section = section_at(extraction, span)
    return names.node("section", section.id) if section else None


def _source_quads(names: Names, document: Document) -> Iterator[Quad]:
    properties: dict[str, Values] = {
        "rdf:type": types("zc:SourceText"),
        "schema:text": plain(document.text),
        "zc:sha256": plain(document.sha256),
        "dcterms:source": _address(document.source),
    }
    yield from describe(source_node(names, document.sha256), names.graph("provenance"), properties)


def _expression_quads(names: Names, document: Document) -> Iterator[Quad]:
    """Yield the wording that was read, and where in the text of its file it stands; news is realized by no law."""
    work = names.node("document", document.id)
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Expression", *(["eli:LegalExpression"] if document.kind == "policy" else [])),
        _REALIZES[document.kind]: work,
        "zc:sourceText": source_node(names, document.sha256),
        "zc:start": whole(document.span.start),
        "zc:end": whole(document.span.end),
    }
    yield from describe(expression_node(names, document), names.graph(document.id), properties)


def _copy_quads(names: Names, document: Document, copy: Copy) -> Iterator[Quad]:
    """Yield another place where the document was found; its file is no fact about the policy and stays out."""
    published = "eli:date_publication" if document.kind == "policy" else "schema:datePublished"
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Copy"),
        "zc:copyOf": names.node("document", document.id),
        "zc:sha256": plain(copy.sha256),
        "dcterms:source": _address(copy.source),
        "dcterms:publisher": zh(copy.publisher),
        published: date(copy.published),
    }
    identity = content_id(document.id, copy.sha256, copy.source, copy.publisher, copy.published)
    yield from describe(names.node("copy", identity), names.graph(document.id), properties)


def _bibliography(names: Names, extraction: Extraction) -> dict[str, Values]:
    document = extraction.document
    place = extraction.jurisdiction
    published = "eli:date_publication" if document.kind == "policy" else "schema:datePublished"
    return {
        "dcterms:title": spoken(document.title),
        "rdfs:label": spoken(document.title),
        "zc:documentType": type_concept(document.type),
        "eli:id_local": plain(document.number),
        "eli:date_document": date(document.date),
        published: date(document.published),
        "dcterms:publisher": zh(document.publisher),
        "zc:issuer": spoken(document.issuer),
        "eli:passed_by": [names.node("agency", agency.id) for agency in extraction.issuers],
        "dcterms:spatial": names.node("region", place.id) if place else None,
        "prov:wasQuotedFrom": names.node("document", document.quoted_from) if document.quoted_from else None,
        "zc:wording": expression_node(names, document),
        "dcterms:source": [where for source in _sources(document) if (where := _address(source))],
    }


def _sources(document: Document) -> list[str]:
    """Return every address the document was found at."""
    return sorted({document.source, *(copy.source for copy in document.copies)} - {""})


def _section_quads(names: Names, extraction: Extraction, section: Section) -> Iterator[Quad]:
    document = extraction.document
    parent = _parent(extraction, section)
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Section", *(_SECTION if _LEGAL[0] in _classes(document) else ())),
        _WHOLE[document.kind]: names.node("document", document.id),
        "dcterms:isPartOf": names.node("section", parent.id) if parent else None,
        "zc:path": plain(section.label),
        "dcterms:title": zh(_heading(document.quote(section.head).strip())),
        "zc:start": whole(section.span.start),
        "zc:end": whole(section.span.end),
    }
    yield from describe(names.node("section", section.id), names.graph(document.id), properties)


def _heading(head: str) -> str:
    """Return what a section is headed by; a whole paragraph behind the number is no title."""
    return head if len(head) <= _LONGEST_TITLE else ""


def _parent(extraction: Extraction, section: Section) -> Section | None:
    above = section.path[:-1]
    candidates = (other for other in extraction.sections if other.path == above)
    return next((other for other in candidates if other.span.contains(section.span)), None)


def _address(source: str) -> NamedNode | Literal | None:
    """Return a web address as an IRI where it can be one, else as text."""
    return NamedNode(source) if is_address(source) else plain(source)


def entity_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield a link from the document to each thing it names; what these are stands with the reference data."""
    document = extraction.document.id
    mentioned = [names.node(entity.type, entity.refers_to.id) for entity in extraction.of(Entity)]
    yield from describe(names.node("document", document), names.graph(document), {"schema:mentions": mentioned})


FACT_QUADS = FactQuads(Entity, "schema:mentions", entity_quads)
