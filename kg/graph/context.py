"""The JSON-LD context of the graph: our prefixes, and what kind of value each property takes."""

from __future__ import annotations

from collections.abc import Mapping

from kg.graph.namespaces import VOCABULARIES, prefixes
from kg.graph.vocabulary import LANGUAGES, REFERENCE, local_name, read_vocabulary
from kg.model.ids import BASE

Context = Mapping[str, object]
_XSD = VOCABULARIES["xsd"]


def json_context(base: str = BASE) -> Context:
    """Return the context: names are those of Turtle (``zc:leadAgency``), `id` and `type` stand for the keywords.

    A property that leads to nodes takes their names as plain strings, one with words takes a map from language to
    words, and one of another datatype its plain text. It depends on the ontology alone, not on any graph.
    """
    table = prefixes(base)
    return {"@version": 1.1, "id": "@id", "type": "@type", **table, **dict(_properties(table))}


def _properties(table: Mapping[str, str]) -> list[tuple[str, Context]]:
    short = {iri: prefix for prefix, iri in table.items()}
    found = []
    for iri, kind in read_vocabulary().values.items():
        prefix = short.get(iri.removesuffix(local_name(iri)))
        if prefix and kind != _XSD + "string":
            found.append((f"{prefix}:{local_name(iri)}", {"@id": iri, **_coercion(kind)}))
    return sorted(found, key=lambda pair: pair[0])


def _coercion(kind: str) -> Context:
    if kind == LANGUAGES:
        return {"@container": "@language"}
    return {"@type": kind if kind == REFERENCE else kind.replace(_XSD, "xsd:", 1)}
