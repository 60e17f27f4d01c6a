"""Every named node of a store with all that is said of it, graph names left aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.namespaces import term

Value = NamedNode | Literal
LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "zc:indicator", "zc:surfaceForm")
"""Where a thing's name may stand, the best first."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node and its values by the IRI of the property; values are sorted, each once."""

    iri: str
    values: Mapping[str, tuple[Value, ...]]

    def texts(self, name: str, language: str | None = None) -> tuple[str, ...]:
        """Return the values of a property written as ``zc:path``; of one language where one is given."""
        values = self.values.get(term(name).value, ())
        return tuple(value.value for value in values if language is None or _language(value) == language)

    def text(self, name: str, language: str | None = None) -> str:
        """Return the first of the values, or nothing."""
        return next(iter(self.texts(name, language)), "")

    def links(self, name: str) -> tuple[str, ...]:
        """Return the IRIs of the nodes that a property leads to."""
        return tuple(value.value for value in self.values.get(term(name).value, ()) if isinstance(value, NamedNode))

    def link(self, name: str) -> str:
        """Return the first of the links, or nothing."""
        return next(iter(self.links(name)), "")

    @property
    def types(self) -> tuple[str, ...]:
        """The IRIs of the classes."""
        return self.links("rdf:type")

    def is_a(self, name: str) -> bool:
        """Tell whether the thing is typed with the class written as ``zc:Measure``."""
        return term(name).value in self.types

    def label(self, language: str) -> str:
        """Return the name in a language; what has none is named in Chinese by the words without a language."""
        given = (self.text(name, language) for name in LABELS)
        plain = (self.text(name, "") for name in LABELS if language == "zh")
        return next(filter(None, (*given, *plain)), "")


NOTHING = Thing("", {})
"""What is said of a node that the store does not know."""


def read_things(quads: Iterable[Quad]) -> dict[str, Thing]:
    """Return the things by IRI, sorted; blank nodes and triple terms are left out."""
    found: dict[str, dict[str, set[Value]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found[quad.subject.value][quad.predicate.value].add(quad.object)
    return {iri: _thing(iri, found[iri]) for iri in sorted(found)}


def _thing(iri: str, values: Mapping[str, set[Value]]) -> Thing:
    return Thing(iri, {name: tuple(sorted(values[name], key=str)) for name in sorted(values)})


def _language(value: Value) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def quote_of(things: Mapping[str, Thing], thing: Thing) -> str:
    """Return the exact words a thing rests on, the first by place where there are several; nothing without evidence."""
    found = [(place, quote) for place, quote in map(_place_and_quote, _selectors(things, thing)) if quote]
    return min(found, default=(0, ""))[1]


def place_of(things: Mapping[str, Thing], thing: Thing) -> int:
    """Return where the words a thing rests on start in their text, -1 without evidence."""
    return min((_place_and_quote(group)[0] for group in _selectors(things, thing)), default=-1)


def _selectors(things: Mapping[str, Thing], thing: Thing) -> Iterator[list[Thing]]:
    for evidence in thing.links("zc:evidence"):
        for target in things.get(evidence, NOTHING).links("oa:hasTarget"):
            yield [things.get(iri, NOTHING) for iri in things.get(target, NOTHING).links("oa:hasSelector")]


def _place_and_quote(selectors: list[Thing]) -> tuple[int, str]:
    start = next(filter(None, (one.text("oa:start") for one in selectors)), "0")
    return int(start) if start.isdecimal() else 0, next(filter(None, (one.text("oa:exact") for one in selectors)), "")
