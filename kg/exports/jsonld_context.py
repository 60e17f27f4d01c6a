"""The JSON-LD context by itself, to be published beside the ontology."""

from __future__ import annotations

import json

from pyoxigraph import Store

from kg.exports.registry import Files, Format
from kg.graph.context import json_context


def write_context(_store: Store, base: str) -> Files:
    """Return context.jsonld: made from the ontology and the prefixes, the same for every graph with this base."""
    text = json.dumps({"@context": json_context(base)}, ensure_ascii=False, indent=2)
    return {"context.jsonld": [f"{text}\n".encode()]}


FORMAT = Format("jsonld-context", ".context.jsonld", "the context of jsonld alone, to publish", write_context)
