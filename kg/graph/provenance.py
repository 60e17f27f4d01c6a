"""The provenance graph: the build that made the graphs, and the dataset with its counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.evidence import source_node
from kg.graph.namespaces import VOCABULARIES, Names, prefixes, term
from kg.graph.terms import Values, describe, en, plain, types, whole
from kg.types import content_id

_TYPE = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Build:
    """What a build depends on beside the documents; no clock, so that the same input gives the same bytes."""

    program_version: str
    lexicon_version: str
    license: str = ""


@dataclass(slots=True)
class Tally:
    """Counts the nodes of each class as quads stream by; what is inferred stays out."""

    inferred: NamedNode
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def watch(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the quads unchanged, counting them."""
        for quad in quads:
            if quad.predicate == _TYPE and quad.graph_name != self.inferred and isinstance(quad.object, NamedNode):
                self.members[quad.object.value].add(str(quad.subject))
            yield quad


def provenance_quads(names: Names, build: Build, documents: Mapping[str, str], tally: Tally) -> Iterator[Quad]:
    """Yield the provenance graph; `documents` maps identifiers to SHA-256, `tally` must have seen everything else."""
    works = sorted(documents.items())
    identity = content_id(build.program_version, build.lexicon_version, *(id_ + sha256 for id_, sha256 in works))
    activity, graph = names.node("activity", identity), names.graph("provenance")
    ran: dict[str, Values] = {
        "rdf:type": types("prov:Activity"),
        "rdfs:label": en("Build of the graph"),
        "zc:programVersion": plain(build.program_version),
        "zc:lexiconVersion": plain(build.lexicon_version),
        "prov:used": [source_node(names, sha256) for sha256 in sorted(set(documents.values()))],
    }
    yield from describe(activity, graph, ran)
    for id_, sha256 in works:
        made: dict[str, Values] = {"prov:wasGeneratedBy": activity, "prov:wasDerivedFrom": source_node(names, sha256)}
        yield from describe(names.graph(id_), graph, {"rdf:type": types("prov:Entity"), **made})
    yield from _dataset_quads(names, build, activity, names.node("dataset", identity), tally)


def _dataset_quads(names: Names, build: Build, activity: NamedNode, dataset: NamedNode, tally: Tally) -> Iterator[Quad]:
    graph = names.graph("provenance")
    used = set(prefixes(names.base)) & set(VOCABULARIES) - {"sh", "owl", "xsd"}
    properties: dict[str, Values] = {
        "rdf:type": types("dcat:Dataset", "void:Dataset"),
        "dcterms:title": en("Who leads and who supports what in Chinese public policy"),
        "dcterms:license": _license(build.license),
        "void:uriSpace": plain(names.base),
        "void:vocabulary": [NamedNode(VOCABULARIES[prefix]) for prefix in sorted(used)],
        "prov:wasGeneratedBy": activity,
        "void:classPartition": [_partition(dataset, class_) for class_ in sorted(tally.members)],
    }
    yield from describe(dataset, graph, properties)
    for class_, members in sorted(tally.members.items()):
        counted: dict[str, Values] = {"void:class": NamedNode(class_), "void:entities": whole(len(members))}
        yield from describe(_partition(dataset, class_), graph, {"rdf:type": types("void:Dataset"), **counted})


def _partition(dataset: NamedNode, class_: str) -> NamedNode:
    return NamedNode(f"{dataset.value}-{content_id(class_)[:8]}")


def _license(text: str) -> NamedNode | Literal | None:
    return NamedNode(text) if text.startswith(("http://", "https://")) else plain(text)
