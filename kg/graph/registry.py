"""Which kinds of facts the graph can state: a module of this package for each, found by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Quad

from kg.errors import KgError
from kg.graph.namespaces import Names
from kg.model.facts import Extraction, Fact
from kg.plugins import installed, values_in

ENTRY_POINTS = "zhengce_kg.graph"


@dataclass(frozen=True, slots=True)
class FactQuads:
    """How the graph states the facts of one kind.

    Attributes:
        fact: the class of the facts.
        term: the term of the ontology that states one, with its prefix: the class of its node, or the property.
        quads: yields the quads of all facts of the kind in one document.
    """

    fact: type[Fact]
    term: str
    quads: Callable[[Names, Extraction], Iterator[Quad]]


@cache
def load_fact_quads() -> Mapping[type[Fact], FactQuads]:
    """Return how each kind of fact is stated; raise KgError where a kind is stated twice or an entry point is wrong."""
    kinds: dict[type[Fact], FactQuads] = {}
    for origin, value in (*values_in("kg.graph", "FACT_QUADS"), *installed(ENTRY_POINTS)):
        if not isinstance(value, FactQuads):
            raise KgError(origin, "is not a kg.graph.registry.FactQuads", "let the entry point name one")
        if value.fact in kinds:
            raise KgError(origin, f"a second module states {value.fact.__name__}", "remove one of them")
        kinds[value.fact] = value
    return kinds


def quads_of(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield the quads of all facts of one document; raise KgError where a kind of fact has none."""
    kinds = load_fact_quads()
    for fact in sorted({type(fact) for fact in extraction.facts}, key=lambda kind: kind.kind):
        if fact not in kinds:
            remedy = f"give it a FactQuads in kg.graph or under the entry points {ENTRY_POINTS}"
            raise KgError(f"fact {fact.__name__}", "is a kind that the graph cannot state", remedy)
        yield from kinds[fact].quads(names, extraction)
