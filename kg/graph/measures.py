"""Measures, with the instruments they use and the places they concern."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.extractors.entities import Entity
from kg.extractors.measures import Measure
from kg.graph.documents import section_link
from kg.graph.namespaces import Names
from kg.graph.registry import FactQuads
from kg.graph.terms import Values, describe, evidence_node, evidence_quads, plain, types, whole, zh
from kg.model.document import Span
from kg.model.facts import Extraction

_LINKS = {"instrument": "zc:usesInstrument", "region": "dcterms:spatial"}


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where instruments and regions are named in one document, in the order of the text."""

    starts: tuple[int, ...]
    places: tuple[tuple[Span, str, str], ...]

    @classmethod
    def of(cls, extraction: Extraction) -> Occurrences:
        """Gather the occurrences of one extraction's entities."""
        places = sorted(
            (span, entity.type, entity.refers_to.id)
            for entity in extraction.of(Entity)
            if entity.type in _LINKS
            for span in entity.spans
        )
        return cls(tuple(span.start for span, _, _ in places), tuple(places))

    def within(self, span: Span, kind: str) -> list[str]:
        """Return the identifiers of what is named wholly within `span`, sorted."""
        near = self.places[bisect_left(self.starts, span.start) : bisect_right(self.starts, span.end)]
        return sorted({identifier for place, type_, identifier in near if type_ == kind and span.contains(place)})


def measure_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield the measures of one document with the words they rest on."""
    occurrences = Occurrences.of(extraction)
    graph = names.graph(extraction.document.id)
    for measure in extraction.of(Measure):
        properties = _measure(names, extraction, measure) | _links(names, measure, occurrences)
        yield from describe(names.node("measure", measure.id), graph, properties)
        words = extraction.document.quote(measure.span)
        yield from evidence_quads(names, extraction.document, measure.span, words)


def _measure(names: Names, extraction: Extraction, measure: Measure) -> dict[str, Values]:
    return {
        "rdf:type": types("zc:Measure"),
        "rdfs:label": zh(measure.label),
        "zc:path": plain(measure.path),
        "zc:statedIn": section_link(names, extraction, measure.span),
        "dcterms:isPartOf": names.node("document", measure.document),
        "zc:part": whole(measure.part) if measure.part else None,
        "zc:partOf": names.node("measure", measure.part_of) if measure.part_of else None,
        "zc:announcedBy": _announcers(names, extraction, measure),
        "zc:evidence": evidence_node(names, extraction.document, measure.span),
    }


def _announcers(names: Names, extraction: Extraction, measure: Measure) -> list[NamedNode]:
    """Return who announces a point of news; a policy says at the document who passed it."""
    actors = measure.actors if extraction.document.kind == "news" else ()
    return [names.node("agency", actor.id) for actor in actors]


def _links(names: Names, measure: Measure, occurrences: Occurrences) -> dict[str, Values]:
    return {
        property_: [names.node(kind, found) for found in occurrences.within(measure.span, kind)]
        for kind, property_ in _LINKS.items()
    }


def measure_around(names: Names, measures: tuple[Measure, ...], span: Span) -> NamedNode | None:
    """Return the IRI of the innermost measure that holds all of `span`, if any."""
    around = (measure for measure in measures if measure.span.contains(span))
    innermost = min(around, key=lambda measure: (len(measure.span), measure.id), default=None)
    return names.node("measure", innermost.id) if innermost else None


FACT_QUADS = FactQuads(Measure, "zc:Measure", measure_quads)
