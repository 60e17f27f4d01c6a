"""Brings a store from what an earlier push left to what the build says now.

Sent are the sorted N-Triples of each graph, with their hash as the record of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import GraphError, StoreError
from kg.graph.namespaces import VOCABULARIES, Names, term
from kg.lexicons.files import ontology_root
from kg.model.ids import BASE
from kg.push.client import DEFAULT_GRAPH, Client

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


Watch = Callable[[Sequence[str]], Iterable[str]]
_SAVE_EVERY = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done, graph by graph, by name; `recorded` is what the store says of the earlier push."""

    put: tuple[str, ...]
    unchanged: tuple[str, ...]
    delete: tuple[str, ...]
    recorded: tuple[tuple[str, str], ...] = ()


def push(
    store: Store,
    client: Client,
    *,
    merged: bool = False,
    everything: bool = False,
    prune: bool = False,
    base: str = "",
    watch: Watch = iter,
) -> Plan:
    """Load the graphs of `store` into the store of `client` and return what was done; see `make_plan`.

    A graph counts as unknown from before it is sent until it is in, so a push that breaks off is made good by the
    next. A push that would delete most of what an earlier one loaded is refused unless `prune` says that it is meant:
    more often it is another build. `watch` may wrap the names of the graphs to show progress. Raises StoreError,
    GraphError.
    """
    plan = make_plan(store, client, merged=merged, everything=everything, base=base)
    changes_place = merged or DEFAULT_GRAPH in plan.delete
    if not (prune or changes_place) and 2 * len(plan.delete) > len(plan.recorded):
        what = f"would lose {len(plan.delete)} of the {len(plan.recorded)} graphs that an earlier push loaded"
        raise StoreError(client.endpoint, what, "give --prune if that is meant; builds side by side need a --base each")
    if plan.put or plan.delete:
        _carry_out(plan, store, client, Names(_base(store, base)).graph("push"), watch)
    return plan


def _base(store: Store, base: str) -> str:
    """Return the base that the dataset of a build names; raise GraphError where `base` is another."""
    named = base_of(store)
    if base and named and base != named:
        raise GraphError("the build", f"lives under {named}, not under {base}", "leave --base out")
    return base or named or BASE


def make_plan(store: Store, client: Client, *, merged: bool = False, everything: bool = False, base: str = "") -> Plan:
    """Compare `store` with the record of the last push, which the other store keeps, and change nothing.

    Graphs whose hash differs are put, or all with `everything`; graphs of the last push that are gone are deleted, no
    others. With `merged` the build is one graph, the default graph. The record stands in the graph ``graph/push`` under
    `base`, by default that of the build. Raises StoreError, GraphError.
    """
    record = Names(_base(store, base)).graph("push")
    recorded = read_record(client.read(record.value) or (), record)
    names = graph_names(store, merged=merged)
    same = [name for name in names if not everything and recorded.get(name) == content(store, name).hash()]
    unchanged = _still_there(same, client)
    return Plan(
        put=tuple(name for name in names if name not in unchanged),
        unchanged=tuple(sorted(unchanged)),
        delete=tuple(sorted(recorded.keys() - set(names))),
        recorded=tuple(sorted(recorded.items())),
    )


def _still_there(names: Sequence[str], client: Client) -> set[str]:
    """Return the graphs that nobody has dropped meanwhile, as far as the store can tell."""
    return {name for name in names if client.holds(name) is not False}


def _carry_out(plan: Plan, store: Store, client: Client, record: NamedNode, watch: Watch) -> None:
    # A default graph is noted only when it is in: not every store has one, and what is noted will be deleted one day.
    known = dict(plan.recorded)
    hashes = known | {name: PENDING for name in plan.put if name in known or name != DEFAULT_GRAPH}
    gone = set(plan.delete)

    def save() -> None:
        client.put(record.value, record_triples(hashes, record))

    save()
    for number, name in enumerate(watch((*plan.put, *plan.delete)), start=1):
        if name in gone:
            client.delete(name)
            del hashes[name]
        else:
            triples = content(store, name)
            client.put(name, triples)
            hashes[name] = triples.hash()
        if number % _SAVE_EVERY == 0:
            save()
    save()
