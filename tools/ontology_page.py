"""The ontology as a page to read: every term with its labels, its meaning, where it applies and what it is close to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, URIRef
from rdflib.term import Node

from kg.lexicons.files import ontology_root

_HEAD = "<!-- Generated from ontology/ontology.ttl by `make docs`; edit that file, not this one. -->"
_KINDS = (
    ("Classes", OWL.Class),
    ("Properties between things", OWL.ObjectProperty),
    ("Properties with a value", OWL.DatatypeProperty),
    ("Datatypes", RDFS.Datatype),
)
_OF, _VALUE = (RDFS.domain, SDO.domainIncludes), (RDFS.range, SDO.rangeIncludes)
_UNDER = (RDFS.subPropertyOf, RDFS.subClassOf, OWL.equivalentProperty, OWL.equivalentClass, OWL.inverseOf)
_NEAR = (SKOS.broader, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch, RDFS.seeAlso)


def ontology_page(root: Path | None = None) -> str:
    """Return ``ontology.ttl`` under `root` as Markdown, its terms sorted by name within their kind."""
    graph = rdflib.Graph().parse((root or ontology_root()) / "ontology.ttl", format="turtle")
    return "\n".join([_HEAD, "", *_lines(graph)]) + "\n"


def _lines(graph: rdflib.Graph) -> Iterator[str]:
    ontology = next(graph.subjects(RDF.type, OWL.Ontology))
    yield f"# {_text(graph, ontology, DCTERMS.title, 'en')} · {_text(graph, ontology, DCTERMS.title, 'zh')}"
    yield ""
    yield f"{_text(graph, ontology, RDFS.comment, 'en')} {_text(graph, ontology, RDFS.comment, 'zh')}"
    yield ""
    yield f"Terms live under `{ontology}#`, prefix `zc:`. Published terms are used as they are; see docs/model.md."
    for heading, class_ in _KINDS:
        terms = [term for term in graph.subjects(RDF.type, class_) if isinstance(term, URIRef)]
        if terms:
            yield from _section(graph, heading, terms)
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        yield from _scheme(graph, scheme)


def _section(graph: rdflib.Graph, heading: str, terms: Iterable[URIRef]) -> Iterator[str]:
    yield from ("", f"## {heading}", "")
    yield "| Term | zh | en | Of | Value | Under | Near | Meaning |"
    yield "|---|---|---|---|---|---|---|---|"
    for term in sorted(terms):
        places = (_names(graph, term, properties) for properties in (_OF, _VALUE, _UNDER, _NEAR))
        yield _row(f"`{_short(graph, term)}`", *_labels(graph, term), *places, _meaning(graph, term))


def _scheme(graph: rdflib.Graph, scheme: Node) -> Iterator[str]:
    yield from ("", f"## {_label(graph, scheme, 'en')} · {_label(graph, scheme, 'zh')}", "")
    yield f"`{_short(graph, scheme)}`. {_meaning(graph, scheme)}"
    yield from ("", "| Concept | zh | en | Beside | Meaning |", "|---|---|---|---|---|")
    for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
        names = (f"`{_short(graph, concept)}`", *_labels(graph, concept))
        yield _row(*names, _names(graph, concept, _NEAR), _meaning(graph, concept))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _labels(graph: rdflib.Graph, term: Node) -> tuple[str, str]:
    return _label(graph, term, "zh"), _label(graph, term, "en")


def _label(graph: rdflib.Graph, term: Node, language: str) -> str:
    return next(
        (text for p in (SKOS.prefLabel, RDFS.label, DCTERMS.title) if (text := _text(graph, term, p, language))), ""
    )


def _meaning(graph: rdflib.Graph, term: Node) -> str:
    texts = (
        _text(graph, term, p, language) for p in (RDFS.comment, SKOS.definition, SKOS.note) for language in ("en", "zh")
    )
    return " ".join(text for text in texts if text)


def _text(graph: rdflib.Graph, term: Node, property_: URIRef, language: str) -> str:
    values = graph.objects(term, property_)
    return " ".join(sorted(str(value) for value in values if getattr(value, "language", None) == language))


def _names(graph: rdflib.Graph, term: Node, properties: Iterable[URIRef]) -> str:
    found = {_short(graph, value) for property_ in properties for value in graph.objects(term, property_)}
    return ", ".join(f"`{name}`" for name in sorted(found))


def _short(graph: rdflib.Graph, term: Node) -> str:
    """Return a prefixed name where the ontology declares the prefix, else the IRI."""
    return graph.namespace_manager.normalizeUri(str(term)).strip("<>")


if __name__ == "__main__":
    sys.stdout.write(ontology_page())
