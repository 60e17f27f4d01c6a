"""The graph as a network: documents, measures, bodies, instruments, regions and what else there is, and their links.

A node is what the documents speak of, and the reference data that can be reached from it. Evidence, source texts,
sections and provenance are no nodes; an assignment is no node but an edge, with its evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.direct_triples import ASSIGNMENT, direct_triple
from kg.graph.namespaces import VOCABULARIES, term
from kg.graph.things import DOCUMENTS, LABELS, NOTHING, Thing, Things, document_of, quote_of, read_things
from kg.graph.vocabulary import Vocabulary, local_name, read_vocabulary

REFERENCE = ("zc:Agency", "zc:AgencyGroup", "zc:Region", "zc:RegionGroup", "zc:Instrument", "org:ChangeEvent")
"""The classes of reference data."""
_BOOKKEEPING = tuple(VOCABULARIES[prefix] for prefix in ("oa", "prov", "dcat", "void", "sd"))
_NO_NODES = {term(name).value for name in ("zc:SourceText", "zc:Expression", "zc:Quotation", "zc:Section", ASSIGNMENT)}
_COLUMNS = {
    "level": ("zc:adminLevel",),
    "path": ("zc:path",),
    "number": ("eli:id_local",),
    "date": ("eli:date_document", "dcterms:created", "eli:date_publication", "schema:datePublished"),
    "value": ("qudt:numericValue", "zc:valueText"),
    "unit": ("zc:unitText",),
    "deadline": ("zc:deadline",),
}
_IN_COLUMNS = {term(name).value for names in (LABELS, *_COLUMNS.values(), ("schema:text",)) for name in names}
"""The properties that the column `properties` leaves out: they have a column of their own, or are too long."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the network; a column is empty where the thing has no such value.

    Attributes:
        id: its IRI.
        kind: its topmost class in words, such as ``agency-group``.
        aliases, types: several values, joined by `` | ``.
        region: the IRI of the jurisdiction of a body; `region_zh` is its name.
        document: the IRI of the document in which it stands.
        properties: all other literals as a JSON object.
    """

    id: str
    kind: str
    label_zh: str
    label_en: str
    aliases: str
    types: str
    level: str
    region: str
    region_zh: str
    document: str
    path: str
    number: str
    date: str
    value: str
    unit: str
    deadline: str
    quote: str
    properties: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes.

    Attributes:
        kind: the local name of the property; `kind_zh` and `kind_en` are its names in the ontology.
        role, quote, confidence, raw_role, surface, resolution: of the assignment behind the link, empty without one.
        via: the IRI of the group through which the link was inferred.
        statement: the IRI of the assignment.
    """

    source: str
    target: str
    kind: str
    kind_zh: str
    kind_en: str
    role: str
    document: str
    quote: str
    confidence: float | None
    raw_role: str
    surface: str
    resolution: str
    via: str
    statement: str


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes sorted by id, edges by source, kind, target and statement."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def read_network(store: Store) -> Network:
    """Return the network of a store; an empty store gives none."""
    things, vocabulary = read_things(store), read_vocabulary()
    nodes = reached(things)
    edges = {*_assigned_edges(things, vocabulary, nodes)}
    assigned = {_link(edge) for edge in edges}
    plain = (edge for edge in _plain_edges(things, vocabulary, nodes) if _link(edge) not in assigned)
    return Network(
        tuple(_node(things, things[iri]) for iri in sorted(nodes)),
        tuple(sorted({*edges, *plain}, key=lambda edge: (edge.source, edge.kind, edge.target, edge.statement))),
    )


def is_node(thing: Thing) -> bool:
    """Tell whether a thing can be a node of the network."""
    types = [iri for iri in thing.types if not iri.startswith(_BOOKKEEPING)]
    return bool(types) and not set(types) & _NO_NODES


def reached(things: Things) -> set[str]:
    """Return the IRIs of the nodes: all but reference data, and the reference data that these lead to."""
    waiting = {iri for iri, thing in things.items() if is_node(thing) and not thing.is_a(*REFERENCE)}
    waiting |= {iri for thing in things.values() if thing.is_a(ASSIGNMENT) for iri in _ends(thing)} & things.keys()
    done: set[str] = set()
    while waiting:
        iri = waiting.pop()
        done.add(iri)
        waiting |= {link for link in _linked(things[iri]) if is_node(things.get(link, NOTHING))} - done
    return done


def _linked(thing: Thing) -> Iterator[str]:
    return (value.value for values in thing.values.values() for value in values if isinstance(value, NamedNode))


def _ends(assignment: Thing) -> tuple[str, ...]:
    return *assignment.links("zc:measure"), *assignment.links("zc:agent")


def _node(things: Things, thing: Thing) -> Node:
    columns = {name: next(filter(None, map(thing.text, wanted)), "") for name, wanted in _COLUMNS.items()}
    region = thing.link("dcterms:spatial") if thing.is_a(*REFERENCE) else ""
    return Node(
        id=thing.iri,
        kind=thing.kind,
        label_zh=thing.label("zh"),
        label_en=thing.label("en"),
        aliases=" | ".join(thing.texts("skos:altLabel")),
        types=" | ".join(thing.types),
        region=region,
        region_zh=things.get(region, NOTHING).label("zh"),
        document=document_of(things, thing),
        quote=quote_of(things, thing),
        properties=_properties(thing),
        **columns,
    )


def _properties(thing: Thing) -> str:
    short = {iri: prefix for prefix, iri in VOCABULARIES.items()}
    kept: dict[str, list[str]] = {}
    for iri, values in thing.values.items():
        literals = [value.value for value in values if isinstance(value, Literal)]
        head = iri.removesuffix(local_name(iri))
        if literals and iri not in _IN_COLUMNS:
            kept[f"{short[head]}:{local_name(iri)}" if head in short else iri] = literals
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _plain_edges(things: Things, vocabulary: Vocabulary, nodes: set[str]) -> Iterator[Edge]:
    for source in nodes:
        for predicate, values in things[source].values.items():
            for value in values:
                if isinstance(value, NamedNode) and value.value in nodes:
                    yield _edge(things, vocabulary, source, predicate, value.value)


def _assigned_edges(things: Things, vocabulary: Vocabulary, nodes: set[str]) -> Iterator[Edge]:
    for thing in things.values():
        link = direct_triple(thing) if thing.is_a(ASSIGNMENT) else None
        if link and {link.subject, link.object} <= nodes:
            yield _edge(things, vocabulary, link.subject, link.property, link.object, thing)


def _edge(
    things: Things,
    vocabulary: Vocabulary,
    source: str,
    predicate: str,
    target: str,
    statement: Thing = NOTHING,
) -> Edge:
    confidence = statement.text("zc:confidence")
    return Edge(
        source,
        target,
        kind=local_name(predicate),
        kind_zh=vocabulary.label(predicate, "zh"),
        kind_en=vocabulary.label(predicate, "en"),
        role=local_name(statement.link("zc:role")).lower(),
        document=document_of(things, statement) or _document_from(things, source),
        quote=quote_of(things, statement),
        confidence=float(confidence) if confidence else None,
        raw_role=statement.text("zc:rawRole"),
        surface=statement.text("zc:surfaceForm"),
        resolution=statement.text("zc:resolution"),
        via=statement.link("zc:viaGroup"),
        statement=statement.iri,
    )


def _link(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.kind, edge.target


def _document_from(things: Things, source: str) -> str:
    thing = things[source]
    return source if thing.is_a(*DOCUMENTS) else document_of(things, thing)
