"""RDF/XML: the whole graph with the named graphs merged, sorted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pyoxigraph import Literal, RdfFormat, Store, Triple, serialize

from kg.errors import GraphError
from kg.exports.registry import Files, Format
from kg.graph.namespaces import prefixes

_STEP = 10_000
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_AT_END = re.compile(r".*[/#:?=&](?=[^\W\d])[\w.-]+", re.DOTALL)


def write_rdfxml(store: Store, base: str) -> Files:
    """Return graph.rdf.

    Raises GraphError for what XML cannot hold: a control character in a text, or a property whose IRI does not end
    in a name. Nothing is changed to fit, because the file would then say something else than the graph.
    """
    triples = sorted({quad.triple for quad in store}, key=str)
    for triple in triples:
        _refuse_what_does_not_fit(triple)
    return {"graph.rdf": _chunks(triples, base)}


def _refuse_what_does_not_fit(triple: Triple) -> None:
    remedy = "take another format, such as turtle"
    if isinstance(triple.object, Literal) and (found := _NO_XML.search(triple.object.value)):
        raise GraphError(str(triple.subject), f"holds U+{ord(found[0]):04X}, which XML cannot hold", remedy)
    if not _NAME_AT_END.fullmatch(triple.predicate.value):
        raise GraphError(str(triple.predicate), "does not end in a name, as RDF/XML needs it", remedy)


def _chunks(triples: list[Triple], base: str) -> Iterator[bytes]:
    text = io.BytesIO()
    serialize(triples, text, format=RdfFormat.RDF_XML, prefixes=prefixes(base))
    text.seek(0)
    while chunk := text.read(_STEP * 100):
        yield chunk.replace(b"\r", b"&#13;")  # a bare one would be read back as a line feed


FORMAT = Format("rdfxml", ".rdf", "RDF/XML; the whole graph, named graphs merged", write_rdfxml)
