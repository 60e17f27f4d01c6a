"""The provenance graph and the dataset.

The build that made the graphs, how it was set and which text each came from; what the dataset is called, how
many things of each class it holds, and the files it is given in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.graph.namespaces import VOCABULARIES, Names, prefixes, term
from kg.graph.terms import Values, describe, en, plain, source_node, types, whole
from kg.model.document import content_id

DATASET = "zhengce-kg"
"""What the dataset is called under its base, whatever it holds at a time; each build is a version."""
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DISTRIBUTIONS = {
    "graph.nq": ("application/n-quads", "Everything, with its named graphs"),
    "graph.slim.ttl": ("text/turtle", "Measures with who leads and supports, and the reference data they use"),
    "graph.ttl": ("text/turtle", "Everything, named graphs merged"),
}
"""The RDF files of a build by name, each with its media type and what it holds."""

SHARED_GRAPHS = {
    "inferred": "What follows from the documents: each member of a closed group has what the group has",
    "provenance": "The build, the dataset and the source texts",
    "reference": "Bodies, regions, instruments, reforms, and stubs of documents that are cited only",
}
"""The named graphs beside those of the documents, with what each holds."""
_GRAPH = types("sd:NamedGraph", "prov:Entity")


def dataset_quads(
    names: Names, identity: str, members: Mapping[str, Collection[str]], *, activity: NamedNode, license: str = ""
) -> Iterator[Quad]:
    """Yield the dataset with its partitions and distributions, in the provenance graph.

    `identity` is its version, made of all that went into it. `members` holds the things of each class by its IRI;
    `license` is the address of a licence, left out when empty.
    """
    dataset, graph = names.node("dataset", DATASET), names.graph("provenance")
    used = set(prefixes(names.base)) & set(VOCABULARIES) - {"sh", "owl", "xsd"}
    properties: dict[str, Values] = {
        "rdf:type": types("dcat:Dataset", "void:Dataset"),
        "dcterms:title": en("Who leads and who supports what in Chinese public policy"),
        "dcat:version": plain(identity),
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


_TYPE = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Build:
    """What a build depends on beside the documents; no clock, so that the same input gives the same bytes.

    `license` is the address of a licence or empty; `definitions` holds groups of regions with the number of the
    definition that was chosen for them.
    """

    program_version: str
    lexicon_version: str
    license: str = ""
    definitions: tuple[tuple[str, int], ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The definitions as ``kg build`` takes them: ``guangdong-coast=1``."""
        return tuple(f"{group}={number}" for group, number in sorted(self.definitions))


@dataclass(slots=True)
class Tally:
    """Counts the nodes of each class as quads stream by, without what is inferred, and remembers what they point to."""

    inferred: NamedNode
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    used: set[str] = field(default_factory=set)

    def watch(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the quads unchanged, counting them."""
        for quad in quads:
            if isinstance(quad.object, NamedNode):
                self.used.add(quad.object.value)
            if quad.predicate == _TYPE and quad.graph_name != self.inferred and isinstance(quad.object, NamedNode):
                self.members[quad.object.value].add(str(quad.subject))
            yield quad


def provenance_quads(names: Names, build: Build, documents: Mapping[str, str], tally: Tally) -> Iterator[Quad]:
    """Yield the provenance graph; `documents` maps identifiers to SHA-256, `tally` must have seen everything else."""
    works = sorted(documents.items())
    read = (id_ + sha256 for id_, sha256 in works)
    chosen = filter(None, (*build.choices, build.license))
    identity = content_id(build.program_version, build.lexicon_version, *read, *chosen)
    activity, graph = names.node("activity", identity), names.graph("provenance")
    ran: dict[str, Values] = {
        "rdf:type": types("prov:Activity"),
        "rdfs:label": en("Build of the graph"),
        "zc:programVersion": plain(build.program_version),
        "zc:lexiconVersion": plain(build.lexicon_version),
        "zc:configuration": [plain(f"--base {names.base}"), *(plain(f"--definition {one}") for one in build.choices)],
        "prov:used": [source_node(names, sha256) for sha256 in sorted(set(documents.values()))],
    }
    yield from describe(activity, graph, ran)
    for id_, sha256 in works:
        made: dict[str, Values] = {"prov:wasGeneratedBy": activity, "prov:wasDerivedFrom": source_node(names, sha256)}
        topic = {"foaf:primaryTopic": names.node("document", id_)}
        yield from describe(names.graph(id_), graph, {"rdf:type": _GRAPH, **topic, **made})
    for name, about in SHARED_GRAPHS.items():
        said: dict[str, Values] = {"rdf:type": _GRAPH, "rdfs:label": en(about), "prov:wasGeneratedBy": activity}
        yield from describe(names.graph(name), graph, said)
    yield from dataset_quads(names, identity, tally.members, activity=activity, license=build.license)
