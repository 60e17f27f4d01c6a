"""What the page shows, as plain dataclasses: ``kg.view.reading`` fills them from a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.graph.things import Quote


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
