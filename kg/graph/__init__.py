"""Facts to quads: the one place that knows the RDF model (docs/model.md)."""

from kg.graph.build import build_quads
from kg.graph.known import (
    KnownAgency,
    KnownConcept,
    KnownInstrument,
    KnownReform,
    KnownRegion,
    KnownRegionGroup,
    Reference,
)
from kg.graph.lexicon_reference import reference_from
from kg.graph.namespaces import BASE, Names, prefixes, term

__all__ = [
    "BASE",
    "KnownAgency",
    "KnownConcept",
    "KnownInstrument",
    "KnownReform",
    "KnownRegion",
    "KnownRegionGroup",
    "Names",
    "Reference",
    "build_quads",
    "prefixes",
    "reference_from",
    "term",
]
