"""Where things and terms live: one prefix for each vocabulary and one for each kind of thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model.ids import BASE

VOCABULARIES = {
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unit": "http://qudt.org/vocab/unit/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "zc": "https://w3id.org/zhengce/ontology#",
}

KINDS = (
    "act",
    "action",
    "activity",
    "addressee",
    "agency",
    "assignment",
    "citation",
    "codebook",
    "copy",
    "dataset",
    "deadline",
    "document",
    "evidence",
    "expression",
    "graph",
    "group",
    "instrument",
    "measure",
    "reform",
    "region",
    "section",
    "source",
    "target",
)


@cache
def term(prefixed: str) -> NamedNode:
    """Return the vocabulary term written as prefix and local name, such as ``zc:leadAgency``.

    Raises KeyError for a prefix that is not in `VOCABULARIES`.
    """
    prefix, _, local = prefixed.partition(":")
    return NamedNode(VOCABULARIES[prefix] + local)


@dataclass(frozen=True, slots=True)
class Names:
    """Makes the IRIs of things under one base."""

    base: str = BASE

    def node(self, kind: str, identifier: str) -> NamedNode:
        """Return the IRI of a thing, with every character that is not safe in an IRI as %XX.

        Raises ValueError for a kind that is not in `KINDS`, and so has no prefix.
        """
        if kind not in KINDS:
            raise ValueError(f"things of the kind {kind} have no prefix: add it to KINDS in kg/graph/namespaces.py")
        return NamedNode(f"{self.base}{kind}/{quote(identifier, safe='')}")

    def graph(self, identifier: str) -> NamedNode:
        """Return the IRI of a named graph: a document's identifier, reference, inferred or provenance."""
        return self.node("graph", identifier)


def is_base(iri: str) -> bool:
    """Tell whether things can live under an IRI: an http(s) address that ends in / or #."""
    return is_address(iri) and iri.endswith(("/", "#"))


def is_address(iri: str) -> bool:
    """Tell whether a text is a well-formed http(s) address; ``http://x/100%`` and ``http://x/a#b#c`` are none."""
    try:
        return re.match(r"https?://[^/]", iri) is not None and NamedNode(iri).value == iri
    except ValueError:
        return False


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return all prefixes with their IRIs, sorted by prefix: the vocabularies and the kinds of things under `base`."""
    things = {kind: f"{base}{kind}/" for kind in KINDS}
    return dict(sorted((VOCABULARIES | things).items()))
