"""Nodes that speak about a direct triple, such as an assignment about who leads; RDF 1.2 can say which triple it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from kg.graph.namespaces import term

REIFIES = term("rdf:reifies")


@dataclass(frozen=True, slots=True)
class Statement:
    """A class whose nodes each stand beside a direct triple.

    The triple goes from the value of `subject` to that of `object`; the value of `choice` says by which property.
    """

    type: str
    subject: str
    object: str
    choice: str
    properties: Mapping[str, str]


STATEMENTS = (
    Statement(
        "zc:Assignment",
        "zc:measure",
        "zc:agent",
        "zc:role",
        {"zc:Lead": "zc:leadAgency", "zc:Support": "zc:supportAgency", "zc:Responsible": "zc:responsibleAgency"},
    ),
)
"""All such classes; a new one is one more row."""


def direct_link(statement: Statement, value: Callable[[str], str]) -> tuple[str, str, str] | None:
    """Return subject, property and object, as IRIs, that a node speaks about.

    `value` gives the IRI that the node has for a property written as ``zc:measure``, or the empty string.
    """
    subject, target, choice = value(statement.subject), value(statement.object), value(statement.choice)
    by = next((direct for chosen, direct in statement.properties.items() if term(chosen).value == choice), "")
    return (subject, term(by).value, target) if by and subject and target else None


def reified(store: Store) -> Iterator[Quad]:
    """Yield ``node rdf:reifies <<( s p o )>>`` for each node beside a direct triple, in the node's graph."""
    for statement in STATEMENTS:
        for typed in store.quads_for_pattern(None, term("rdf:type"), term(statement.type), None):
            link = direct_link(statement, partial(_value, store, typed.subject))
            triple = Triple(*map(NamedNode, link)) if link else None
            if triple and _stated(store, triple):
                yield Quad(typed.subject, REIFIES, triple, typed.graph_name)


def _value(store: Store, node: NamedNode | BlankNode | Triple, name: str) -> str:
    values = (quad.object for quad in store.quads_for_pattern(node, term(name), None, None))
    return min((value.value for value in values if isinstance(value, NamedNode)), default="")


def _stated(store: Store, triple: Triple) -> bool:
    return next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), None) is not None
