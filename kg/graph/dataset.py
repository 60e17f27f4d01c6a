"""The dataset: what it is called, how many things of each class it holds, and the files it comes in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg.graph.namespaces import VOCABULARIES, Names, prefixes
from kg.graph.terms import Values, describe, en, plain, types, whole
from kg.model.document import content_id

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DISTRIBUTIONS = {
    "graph.nq": ("application/n-quads", "Everything, with its named graphs"),
    "graph.slim.ttl": ("text/turtle", "Measures with who leads and supports, and the reference data they use"),
    "graph.ttl": ("text/turtle", "Everything, named graphs merged"),
}
"""The RDF files of a build by name, each with its media type and what it holds."""


def dataset_quads(
    names: Names, identity: str, members: Mapping[str, Collection[str]], *, activity: NamedNode, license: str = ""
) -> Iterator[Quad]:
    """Yield the dataset with its partitions and distributions, in the provenance graph.

    `members` holds the things of each class by its IRI; `license` is the address of a licence, left out when empty.
    """
    dataset, graph = names.node("dataset", identity), names.graph("provenance")
    used = set(prefixes(names.base)) & set(VOCABULARIES) - {"sh", "owl", "xsd"}
    properties: dict[str, Values] = {
        "rdf:type": types("dcat:Dataset", "void:Dataset"),
        "dcterms:title": en("Who leads and who supports what in Chinese public policy"),
        "dcterms:license": _license(license),
        "void:uriSpace": plain(names.base),
        "void:vocabulary": [NamedNode(VOCABULARIES[prefix]) for prefix in sorted(used)],
        "prov:wasGeneratedBy": activity,
        "void:classPartition": [_partition(dataset, class_) for class_ in sorted(members)],
        "dcat:distribution": [_file(dataset, file) for file in DISTRIBUTIONS],
    }
    yield from describe(dataset, graph, properties)
    for class_, counted in sorted(members.items()):
        size: dict[str, Values] = {"void:class": NamedNode(class_), "void:entities": whole(len(counted))}
        yield from describe(_partition(dataset, class_), graph, {"rdf:type": types("void:Dataset"), **size})
    yield from _distribution_quads(dataset, graph, license)


def _distribution_quads(dataset: NamedNode, graph: NamedNode, license: str) -> Iterator[Quad]:
    """Yield the files; the licence stands on each too, because catalogues read it there."""
    for file, (media_type, content) in DISTRIBUTIONS.items():
        properties: dict[str, Values] = {
            "rdf:type": types("dcat:Distribution"),
            "dcterms:title": plain(file),
            "dcterms:description": en(content),
            "dcat:mediaType": NamedNode(_MEDIA_TYPES + media_type),
            "dcterms:license": _license(license),
        }
        yield from describe(_file(dataset, file), graph, properties)


def _partition(dataset: NamedNode, class_: str) -> NamedNode:
    return NamedNode(f"{dataset.value}-{content_id(class_)[:8]}")


def _file(dataset: NamedNode, file: str) -> NamedNode:
    return NamedNode(f"{dataset.value}-{file}")


def _license(address: str) -> NamedNode | None:
    return NamedNode(address) if address else None
