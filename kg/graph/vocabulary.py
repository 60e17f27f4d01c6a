"""What the ontology says of its terms, and the JSON-LD context that follows from it.

Of a term: its names in two languages, the classes above it, the kind of value a property takes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.data import ontology_root
from kg.graph.namespaces import VOCABULARIES, prefixes, term
from kg.model.ids import BASE

LANGUAGES = VOCABULARIES["rdf"] + "langString"
REFERENCE = "@id"
_ZC = VOCABULARIES["zc"]
_PUBLISHED = {
    REFERENCE: """dcat:distribution dcat:mediaType dcterms:isPartOf dcterms:license dcterms:spatial eli:amends
        eli:based_on eli:cites eli:is_part_of eli:passed_by eli:realizes eli:repeals
        foaf:primaryTopic geo:sfWithin
        org:originalOrganization org:resultingOrganization org:subOrganizationOf prov:used
        prov:wasDerivedFrom prov:wasGeneratedBy prov:wasQuotedFrom qudt:hasUnit schema:about
        schema:exampleOfWork schema:isPartOf
        schema:mentions skos:broader skos:exactMatch skos:inScheme skos:topConceptOf void:class
        void:classPartition void:vocabulary""",
    LANGUAGES: """dcterms:alternative dcterms:description dcterms:publisher dcterms:title rdfs:label skos:altLabel
        skos:definition skos:hiddenLabel skos:prefLabel""",
    VOCABULARIES["xsd"] + "date": "dcterms:date eli:date_document eli:date_publication schema:datePublished",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms by IRI: `labels` by language, `above` the classes a class falls under, `values` what a property takes.

    In `values` stand a datatype's IRI, `LANGUAGES` for words in a language, or `REFERENCE` for another node; a
    property that takes several kinds is left out.
    """

    labels: Mapping[str, Mapping[str, str]]
    above: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]

    def label(self, iri: str, language: str = "en") -> str:
        """Return a term's name; one that the ontology does not define has its local name, as words, in English.

        >>> read_vocabulary().label("http://purl.org/dc/terms/isPartOf")
        'is part of'
        """
        return self.labels.get(iri, {}).get(language) or (spaced(local_name(iri)) if language == "en" else "")

    def kind(self, types: Iterable[str]) -> str:
        """Return the kind of a node with these classes: its own topmost class in words joined by hyphens.

        A regulator is an ``agency``. Where no class is ours, the first by name serves: ``news-article``.
        """
        own = sorted(iri for iri in types if iri.startswith(_ZC))
        top = [iri for iri in own if not set(self.above.get(iri, ())) & set(own)]
        return spaced(local_name(next(iter(top or sorted(types)), ""))).replace(" ", "-")


@cache
def read_vocabulary() -> Vocabulary:
    """Read ``ontology/ontology.ttl``."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(ontology_root() / "ontology.ttl"), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and quad.predicate == term("rdfs:label"):
            if isinstance(quad.object, Literal):
                labels[quad.subject.value][quad.object.language or ""] = quad.object.value
        elif isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            links[quad.predicate.value][quad.subject.value].append(quad.object.value)
    return Vocabulary(dict(labels), _all_above(links[term("rdfs:subClassOf").value]), _values(links))


def _all_above(direct: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    def climb(iri: str) -> set[str]:
        return {found for above in direct.get(iri, ()) for found in (above, *climb(above))}

    return {iri: tuple(sorted(climb(iri))) for iri in direct}


def _values(links: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    types, ranges = links[term("rdf:type").value], links[term("rdfs:range").value]
    found = {term(name).value: kind for kind, names in _PUBLISHED.items() for name in names.split()}
    for iri, classes in types.items():
        if term("owl:ObjectProperty").value in classes:
            found[iri] = REFERENCE
        elif term("owl:DatatypeProperty").value in classes and len(ranges.get(iri, ())) == 1:
            found[iri] = ranges[iri][0]
    return dict(sorted(found.items()))


def local_name(iri: str) -> str:
    """Return what follows the last slash or hash."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def spaced(name: str) -> str:
    """Return a local name as small words: ``leadAgency`` is ``lead agency``, ``date_document`` ``date document``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


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
