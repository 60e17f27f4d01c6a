"""Entities: which agencies, regions and instruments a document names."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from kg.extractors.entities import Entity
from kg.graph.namespaces import Names
from kg.graph.registry import FactQuads
from kg.graph.terms import describe
from kg.model.facts import Extraction


def entity_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield a link from the document to each thing it names; what these are stands with the reference data."""
    document = extraction.document.id
    mentioned = [names.node(entity.type, entity.refers_to.id) for entity in extraction.of(Entity)]
    yield from describe(names.node("document", document), names.graph(document), {"schema:mentions": mentioned})


FACT_QUADS = FactQuads(Entity, "schema:mentions", entity_quads)
