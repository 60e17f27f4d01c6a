"""The graph as a network: documents, measures, bodies, instruments, regions and what else there is, and their links.

A node is what the documents speak of, and the reference data that can be reached from it. What only keeps the books
(evidence, source texts, sections, provenance) is no node; an assignment is no node but an edge, with its evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.direct_triples import STATEMENTS, Statement, direct_link
from kg.graph.namespaces import VOCABULARIES, term
from kg.graph.things import LABELS, NOTHING, Thing, quote_of, read_things
from kg.graph.vocabulary import Vocabulary, local_name, read_vocabulary

DOCUMENTS = ("zc:PolicyDocument", "schema:NewsArticle")
_BOOKKEEPING = tuple(VOCABULARIES[prefix] for prefix in ("oa", "prov", "dcat", "void"))
_NO_NODES = {term(name).value for name in ("zc:SourceText", "zc:Section", *(one.type for one in STATEMENTS))}
REFERENCE = ("zc:Agency", "zc:AgencyGroup", "zc:Region", "zc:RegionGroup", "zc:Instrument", "org:ChangeEvent")
_UPWARDS = (
    "dcterms:isPartOf",
    "eli:is_part_of",
    "schema:isPartOf",
    "zc:measure",
    "zc:targetOf",
    "zc:citingDocument",
    "zc:statedIn",
)
_COLUMNS = {
    "level": ("zc:adminLevel",),
    "path": ("zc:path",),
    "number": ("eli:id_local",),
    "date": ("eli:date_document", "eli:date_publication", "schema:datePublished"),
    "value": ("qudt:numericValue", "zc:valueText"),
    "unit": ("zc:unitText",),
    "deadline": ("zc:deadline",),
}
_TOLD = {term(name).value for names in (LABELS, *_COLUMNS.values()) for name in names} | {term("schema:text").value}


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the network; empty where it has no such value.

    `aliases` and `types` are joined by `` | ``; `region`, the jurisdiction of a body, and `document` are IRIs;
    `properties` holds all other literals as a JSON object.
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
    """A link between two nodes: the local name of the property as `kind`, its names in the ontology beside it.

    Where an assignment stands behind the link, `role`, `quote`, `confidence` and the following say what it says;
    `via` is the group through which the link was inferred.
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
    taking_part = reached(things)
    edges = {*_stated_edges(things, vocabulary, taking_part)}
    behind = {(edge.source, edge.kind, edge.target) for edge in edges}
    plain = (edge for edge in _plain_edges(things, vocabulary, taking_part) if _link(edge) not in behind)
    return Network(
        tuple(_node(things, things[iri], vocabulary) for iri in sorted(taking_part)),
        tuple(sorted({*edges, *plain}, key=lambda edge: (edge.source, edge.kind, edge.target, edge.statement))),
    )


def is_node(thing: Thing) -> bool:
    """Tell whether a thing can be a node of the network."""
    types = [iri for iri in thing.types if not iri.startswith(_BOOKKEEPING)]
    return bool(types) and not set(types) & _NO_NODES


def reached(things: Mapping[str, Thing]) -> set[str]:
    """Return the IRIs of the nodes: all but reference data, and the reference data that these lead to."""
    waiting = {iri for iri, thing in things.items() if is_node(thing) and not any(map(thing.is_a, REFERENCE))}
    waiting |= {iri for thing in things.values() if _statement(thing) for iri in _ends(thing)} & things.keys()
    done: set[str] = set()
    while waiting:
        iri = waiting.pop()
        done.add(iri)
        waiting |= {link for link in _linked(things[iri]) if is_node(things.get(link, NOTHING))} - done
    return done


def document_of(things: Mapping[str, Thing], thing: Thing, *, steps: int = 3) -> str:
    """Return the IRI of the document a thing stands in, nothing for reference data."""
    above = [iri for name in _UPWARDS for iri in thing.links(name)]
    found = next((iri for iri in above if any(map(things.get(iri, NOTHING).is_a, DOCUMENTS))), "")
    if found or not steps:
        return found
    return next(filter(None, (document_of(things, things.get(iri, NOTHING), steps=steps - 1) for iri in above)), "")


def _linked(thing: Thing) -> Iterator[str]:
    return (value.value for values in thing.values.values() for value in values if isinstance(value, NamedNode))


def _statement(thing: Thing) -> Statement | None:
    return next((statement for statement in STATEMENTS if thing.is_a(statement.type)), None)


def _ends(thing: Thing) -> Iterator[str]:
    return (iri for one in STATEMENTS for name in (one.subject, one.object) for iri in thing.links(name))


def _node(things: Mapping[str, Thing], thing: Thing, vocabulary: Vocabulary) -> Node:
    columns = {name: next(filter(None, map(thing.text, wanted)), "") for name, wanted in _COLUMNS.items()}
    region = thing.link("dcterms:spatial") if any(map(thing.is_a, REFERENCE)) else ""
    return Node(
        id=thing.iri,
        kind=vocabulary.kind(thing.types),
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
        if literals and iri not in _TOLD:
            kept[f"{short[head]}:{local_name(iri)}" if head in short else iri] = literals
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _plain_edges(things: Mapping[str, Thing], vocabulary: Vocabulary, nodes: set[str]) -> Iterator[Edge]:
    for source in nodes:
        for predicate, values in things[source].values.items():
            for value in values:
                if isinstance(value, NamedNode) and value.value in nodes:
                    yield _edge(things, vocabulary, source, predicate, value.value)


def _stated_edges(things: Mapping[str, Thing], vocabulary: Vocabulary, nodes: set[str]) -> Iterator[Edge]:
    for thing in things.values():
        statement = _statement(thing)
        link = direct_link(statement, thing.link) if statement else None
        if link and {link[0], link[2]} <= nodes:
            yield _edge(things, vocabulary, *link, thing)


def _edge(
    things: Mapping[str, Thing],
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


def _document_from(things: Mapping[str, Thing], source: str) -> str:
    thing = things[source]
    return source if any(map(thing.is_a, DOCUMENTS)) else document_of(things, thing)
