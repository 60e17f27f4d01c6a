"""Evidence as Web Annotations: the exact words, where they stand and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.graph.namespaces import Names
from kg.graph.terms import Values, describe, plain, types, whole
from kg.model.document import Document, Span, content_id

CONTEXT = 32


def source_node(names: Names, sha256: str) -> NamedNode:
    """Return the IRI of the text with this SHA-256; documents read from one file share it."""
    return names.node("source", sha256[:16])


def evidence_node(names: Names, document: Document, span: Span) -> NamedNode:
    """Return the IRI of the evidence at `span`: the same for all facts that rest on the same words."""
    return names.node("evidence", content_id(document.sha256, span.start, span.end))


def evidence_quads(names: Names, document: Document, span: Span, quote: str) -> Iterator[Quad]:
    """Yield the annotation, its target and the target's two selectors."""
    graph = names.graph(document.id)
    node = evidence_node(names, document, span)
    target, position, words = (NamedNode(f"{node.value}-{part}") for part in ("target", "position", "quote"))
    yield from describe(node, graph, {"rdf:type": types("oa:Annotation"), "oa:hasTarget": target})
    selectors: dict[str, Values] = {
        "oa:hasSource": source_node(names, document.sha256),
        "oa:hasSelector": [position, words],
    }
    yield from describe(target, graph, {"rdf:type": types("oa:SpecificResource"), **selectors})
    place = {"oa:start": whole(span.start), "oa:end": whole(span.end)}
    yield from describe(position, graph, {"rdf:type": types("oa:TextPositionSelector"), **place})
    around = {
        "oa:exact": plain(quote),
        "oa:prefix": plain(document.text[max(0, span.start - CONTEXT) : span.start]),
        "oa:suffix": plain(document.text[span.end : span.end + CONTEXT]),
    }
    yield from describe(words, graph, {"rdf:type": types("oa:TextQuoteSelector"), **around})
