"""The provenance graph: the build that made the graphs, how it was set, and which text each of them rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.graph.dataset import dataset_quads
from kg.graph.evidence import source_node
from kg.graph.namespaces import Names, term
from kg.graph.terms import Values, describe, en, plain, types
from kg.model.document import content_id

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
        yield from describe(names.graph(id_), graph, {"rdf:type": types("prov:Entity"), **made})
    yield from dataset_quads(names, identity, tally.members, activity=activity, license=build.license)
