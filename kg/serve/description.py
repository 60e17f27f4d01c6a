"""The service description: what the endpoint can do and which graphs it holds."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.namespaces import term

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)


def describe_service(store: Store, endpoint: str) -> Iterator[Triple]:
    """Yield the description of the endpoint at that address; the default graph of a query is the union of all."""
    service, dataset, union = (NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset", "default-graph"))
    yield Triple(service, term("rdf:type"), _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _WRITTEN:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, term("rdf:type"), _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), union)
    yield from _graph(union, len({quad.triple for quad in store}))
    for graph in sorted(store.named_graphs(), key=str):
        if isinstance(graph, NamedNode):
            yield from _named(store, dataset, graph, endpoint)


def _named(store: Store, dataset: NamedNode, name: NamedNode, endpoint: str) -> Iterator[Triple]:
    part = NamedNode(f"{endpoint}#{name.value.rsplit('/', 1)[-1]}")
    graph = NamedNode(f"{part.value}-graph")
    yield Triple(dataset, _sd("namedGraph"), part)
    yield Triple(part, term("rdf:type"), _sd("NamedGraph"))
    yield Triple(part, _sd("name"), name)
    yield Triple(part, _sd("graph"), graph)
    yield from _graph(graph, sum(1 for _ in store.quads_for_pattern(None, None, None, name)))


def _graph(graph: NamedNode, size: int) -> Iterator[Triple]:
    yield Triple(graph, term("rdf:type"), _sd("Graph"))
    yield Triple(graph, term("void:triples"), Literal(size))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
