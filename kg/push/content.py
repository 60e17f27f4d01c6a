"""What is sent: the sorted N-Triples of each graph, their hash, and the record of it that is kept in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.graph.namespaces import VOCABULARIES, term
from kg.lexicons.files import ontology_root
from kg.push.client import DEFAULT_GRAPH

PENDING = "pending"
ONTOLOGY = NamedNode(VOCABULARIES["zc"].rstrip("#"))
_CHUNK = 1 << 16


class Triples:
    """N-Triples, sorted, so that the same graph is the same bytes; can be read any number of times, in pieces."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = sorted(lines)
        self._size = sum(len(line.encode()) for line in self._lines)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        piece = bytearray()
        for line in self._lines:
            piece += line.encode()
            if len(piece) >= _CHUNK:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece)

    def hash(self) -> str:
        """Return the SHA-256 of the bytes in hexadecimal digits."""
        digest = hashlib.sha256()
        for piece in self:
            digest.update(piece)
        return digest.hexdigest()


def graph_names(store: Store, *, merged: bool) -> tuple[str, ...]:
    """Return the IRIs of the graphs to send, sorted; the default graph alone where they are `merged`.

    Raises GraphError where triples stand outside of any named graph and are not merged.
    """
    if merged:
        return (DEFAULT_GRAPH,)
    if next(store.quads_for_pattern(None, None, None, DefaultGraph()), None) is not None:
        raise GraphError("", "the graph has no named graphs", "give a build folder or its graph.nq, or --default")
    return tuple(sorted(str(graph.value) for graph in store.named_graphs()))


def base_of(store: Store) -> str:
    """Return where the things of a build live, as its dataset says; empty where there is none or more than one."""
    said = {
        getattr(quad.object, "value", "") for quad in store.quads_for_pattern(None, term("void:uriSpace"), None, None)
    }
    return said.pop() if len(said) == 1 else ""


def add_ontology(store: Store) -> None:
    """Put the ontology into a graph of its own, so that the terms of a build are defined where it is asked."""
    store.bulk_load(path=str(ontology_root() / "ontology.ttl"), format=RdfFormat.TURTLE, to_graph=ONTOLOGY)


def content(store: Store, name: str) -> Triples:
    """Return what goes into the graph called `name`; into the default graph go the triples of all, each once."""
    if name == DEFAULT_GRAPH:
        return Triples({_line(quad) for quad in store})
    return Triples(_line(quad) for quad in store.quads_for_pattern(None, None, None, NamedNode(name)))


def _line(quad: Quad) -> str:
    return f"{quad.triple} .\n"


def record_triples(hashes: Mapping[str, str], record: NamedNode) -> Triples:
    """Return the record as it is kept: a hash on the IRI of each graph; the default graph's on the record's own."""
    hash_ = term("zc:contentHash")
    return Triples(
        f"{record if name == DEFAULT_GRAPH else NamedNode(name)} {hash_} {Literal(value)} .\n"
        for name, value in hashes.items()
    )


def read_record(quads: Iterable[Quad], record: NamedNode) -> dict[str, str]:
    """Return the hash of each graph, by name; of two on one graph, neither is believed."""
    hashes: dict[str, str] = {}
    for quad in quads:
        if quad.predicate == term("zc:contentHash") and isinstance(quad.subject, NamedNode):
            name = DEFAULT_GRAPH if quad.subject == record else quad.subject.value
            hashes[name] = PENDING if name in hashes else str(getattr(quad.object, "value", PENDING))
    return hashes
