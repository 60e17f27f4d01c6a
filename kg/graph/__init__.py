"""Facts to quads: the one place that knows the RDF model (docs/model.md)."""

from kg.graph.build import build_quads
from kg.graph.namespaces import Names, prefixes, term
from kg.graph.reference import Reference
from kg.model.ids import BASE

__all__ = ["BASE", "Names", "Reference", "build_quads", "prefixes", "term"]
