"""What the page shows, as plain dataclasses, with what is above a node and what lies around it.

`kg.view.reading` fills them from a store. Above a region is its province, above an instrument its families; a
neighbourhood is all that lies within some edges of one node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.errors import GraphError
from kg.graph.counts import Count
from kg.graph.things import NOTHING, Quote, Things


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A measure, a body, an instrument, a region or an addressee; `document` and `path` say where a measure stands.

    What news announces is shown action by action: such a node is a measure with its `act` and `status`.
    """

    id: str
    kind: str
    label: str
    english: str = ""
    aliases: tuple[str, ...] = ()
    level: str = ""
    region: str = ""
    vertical: bool = False
    regulator: bool = False
    membership: str = ""
    document: str = ""
    path: str = ""
    position: int = 0
    """Where a measure starts in its document, for the order of reading."""
    act: str = ""
    status: str = ""
    province: str = ""
    """The province of a body or a region, by identifier; empty for central bodies."""
    families: tuple[str, ...] = ()
    """The wider instruments of an instrument, by identifier, the widest first."""
    type: str = ""
    """The class in the graph (``zc:Measure``), empty where the graph does not say."""
    named: str = ""
    """How the graph says the label: predicate and language (``skos:prefLabel@zh``), empty where it does not."""


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One statement: a measure and a body with a role, an announcement, an instrument, a region, or a group's member.

    `evidence` is empty where the graph holds none (a slim export); `via` is the group an inferred edge went through.
    """

    id: str
    kind: str
    source: str
    target: str
    inferred: bool = False
    evidence: str = ""
    raw: str = ""
    surface: str = ""
    resolution: str = ""
    confidence: float | None = None
    form: str = ""
    via: str = ""
    predicate: str = ""
    """The predicate of the direct triple between measure and body (``zc:leadAgency``)."""


@dataclass(frozen=True, slots=True, order=True)
class SourceDocument:
    """A policy document or a news article as the page names it."""

    id: str
    kind: str
    title: str
    number: str = ""
    date: str = ""
    published: str = ""
    publisher: str = ""
    link: str = ""
    source: str = ""
    province: str = ""

    @property
    def year(self) -> str:
        """The year in which it is dated or published, or nothing."""
        return (self.date or self.published)[:4]


@dataclass(frozen=True, slots=True, order=True)
class Heading:
    """The heading of a section of a document, by its path (``二/（一）``)."""

    document: str
    path: str
    title: str


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """What a province or a family of instruments is called, where nodes are grouped by it."""

    id: str
    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class ViewData:
    """All that the page shows, each part sorted by identifier; `texts` maps a source to its whole text."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    evidence: tuple[Quote, ...]
    documents: tuple[SourceDocument, ...]
    texts: Mapping[str, str]
    headings: tuple[Heading, ...] = ()
    names: tuple[Name, ...] = ()
    counts: tuple[Count, ...] = ()


def province_of(things: Things, region: str) -> str:
    """Return the IRI of the province that a region is or lies in, empty where the graph names none."""
    seen: set[str] = set()
    while region and region not in seen:
        thing = things.get(region, NOTHING)
        if thing.text("zc:adminLevel") == "province":
            return region
        seen.add(region)
        region = thing.link("geo:sfWithin")
    return ""


def families_of(things: Things, instrument: str) -> tuple[str, ...]:
    """Return the IRIs of the wider instruments, the widest first."""
    chain: list[str] = []
    above = things.get(instrument, NOTHING).link("skos:broader")
    while above and above not in {instrument, *chain}:
        chain.append(above)
        above = things.get(above, NOTHING).link("skos:broader")
    return tuple(reversed(chain))


def group_names(things: Things, identifiers: set[str]) -> tuple[Name, ...]:
    """Return what provinces and families are called, sorted by IRI."""
    found = ((iri, things.get(iri, NOTHING)) for iri in sorted(identifiers))
    return tuple(Name(iri, thing.name, thing.label("en")) for iri, thing in found)


def neighbourhood(data: ViewData, around: str, hops: int) -> ViewData:
    """Return the nodes within `hops` edges of those that are named, known or identified by `around`.

    Only stated edges lead on. Raises GraphError where nothing is called so.
    """
    kept = {node.id for node in data.nodes if around in (node.id, node.label, *node.aliases)}
    if not kept:
        raise GraphError(
            "", f"nothing in the graph is called {around!r}", "give a whole name, an alias or an identifier"
        )
    beside: dict[str, set[str]] = defaultdict(set)
    for edge in data.edges:
        if not edge.inferred:
            beside[edge.source].add(edge.target)
            beside[edge.target].add(edge.source)
    for _ in range(hops):
        kept |= {other for node in kept for other in beside[node]}
    edges = tuple(edge for edge in data.edges if {edge.source, edge.target} <= kept)
    return replace(data, nodes=tuple(node for node in data.nodes if node.id in kept), edges=edges)
