"""What the graph and the ontology say of one thing, whatever its class: names, statements, links to it, its proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.data import ontology_root
from kg.graph.namespaces import term
from kg.graph.terms import key_of
from kg.graph.things import NOTHING, Quote, StoredThings, known_names, names_of, quotes_of, rank_of
from kg.query import NameIndex

Node = NamedNode | BlankNode

_FIRST = tuple(map(term, ("rdf:type", *("skos:prefLabel", "rdfs:label", "dcterms:title"), "skos:altLabel")))
"""The properties that come first on the page of a thing."""
_LINKS_EACH = 50
"""How many links by one property a page lists at most."""
_FOUND = 60
_NEAR = 20


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values, each with the named graphs that state it."""

    iri: str
    values: tuple[tuple[Node | Literal | Triple, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The things that point to a thing by one property.

    Attributes:
        iri: the property.
        subjects: the first of the things, each with the named graphs that say so and the words that prove it.
        total: how many there are.
    """

    iri: str
    subjects: tuple[tuple[Node, tuple[str, ...], tuple[str, ...]], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Description:
    """What graph and ontology say of an IRI.

    Attributes:
        names: its names, the best first.
        types: the IRIs of its classes.
        properties: what is said of it.
        links: what points to it.
        quotes: the words that prove it.
        size: how many statements it holds as a named graph.
        uses: how many statements have it for their property.
    """

    iri: str
    names: tuple[Literal, ...]
    types: tuple[str, ...]
    properties: tuple[Property, ...]
    links: tuple[Links, ...]
    quotes: tuple[Quote, ...]
    size: int
    uses: int


class Library:
    """The graph of a build beside the ontology, to look things up in."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ontology_file = ontology_root() / "ontology.ttl"
        self.ontology = Store()
        self.ontology.load(path=str(self.ontology_file), format=RdfFormat.TURTLE)
        self._both = (self.store, self.ontology)
        self.things = StoredThings(*self._both)

    def find(self, iri: str) -> Description | None:
        """Return what is said of `iri`, or None where neither graph nor ontology says anything."""
        node = _node(iri)
        if node is None:
            return None
        properties, links = self._properties(node), self._links(node)
        size = sum(1 for _ in self.store.quads_for_pattern(None, None, None, node))
        uses = sum(1 for store in self._both for _ in store.quads_for_pattern(None, node, None))
        if not (properties or links or size or uses):
            return None
        thing = self.things.get(iri, NOTHING)
        quotes = quotes_of(self.things, thing)
        return Description(iri, self.names(iri), thing.types, properties, links, quotes, size, uses)

    def triples(self, iri: str, most: int) -> tuple[list[Triple], bool]:
        """Return what is said of `iri` and what points to it, `most` triples at most, and whether these are all.

        Of a named graph it is what the graph holds as well, of a property what is stated with it.
        """
        node = _node(iri)
        if node is None:
            return [], True
        found = {quad.triple: None for quad in islice(self._about(node), most + 1)}
        return list(found)[:most], len(found) <= most

    def names(self, iri: str) -> tuple[Literal, ...]:
        """Return the names of a node, the best first; a selector of evidence is named by the words it holds."""
        return names_of(self.things, iri) or tuple(map(Literal, self.things.get(iri, NOTHING).texts("oa:exact")))

    def search(self, words: str) -> tuple[tuple[str, str], ...]:
        """Return things, as IRI and name, one of whose names or whose IRI holds `words`; the shortest names first."""
        return self._index.search(words, _FOUND)

    def near(self, words: str) -> tuple[tuple[str, str], ...]:
        """Return things, as IRI and name, whose names or the ends of whose IRIs are like `words`."""
        return self._index.near(words, _NEAR)

    def classes(self) -> tuple[tuple[str, int], ...]:
        """Return the classes of the graph's things with how many each has, the largest first."""
        members: defaultdict[str, set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, term("rdf:type"), None):
            members[key_of(quad.object)].add(key_of(quad.subject))
        return tuple(sorted(((iri, len(things)) for iri, things in members.items()), key=lambda it: (-it[1], it[0])))

    def terms(self) -> tuple[str, ...]:
        """Return the classes and properties that the graph uses, sorted."""
        used = {key_of(quad.predicate) for quad in self.store} | {iri for iri, _ in self.classes()}
        return tuple(sorted(used))

    def of_class(self, class_: NamedNode) -> tuple[NamedNode, ...]:
        """Return the things of a class, sorted by name."""
        things = {quad.subject for quad in self.store.quads_for_pattern(None, term("rdf:type"), class_)}
        named = (thing for thing in things if isinstance(thing, NamedNode))
        return tuple(sorted(named, key=lambda thing: (str(self.names(thing.value)), thing.value)))

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(tuple(known_names(*self._both)))

    def _about(self, node: NamedNode) -> Iterator[Quad]:
        for store in self._both:
            yield from store.quads_for_pattern(node, None, None)
            yield from store.quads_for_pattern(None, None, node)
            yield from store.quads_for_pattern(None, None, None, node)
            yield from store.quads_for_pattern(None, node, None)

    def _properties(self, node: Node) -> tuple[Property, ...]:
        values: defaultdict[NamedNode, defaultdict[Node | Literal | Triple, set[str]]]
        values = defaultdict(lambda: defaultdict(set))
        for store in self._both:
            for quad in store.quads_for_pattern(node, None, None):
                graph = quad.graph_name
                values[quad.predicate][quad.object].add(graph.value if isinstance(graph, NamedNode) else "")
        ordered = sorted(values, key=_property_first)
        return tuple(
            Property(
                prop.value,
                tuple((value, tuple(sorted(values[prop][value]))) for value in sorted(values[prop], key=rank_of)),
            )
            for prop in ordered
        )

    def _links(self, node: Node) -> tuple[Links, ...]:
        found: defaultdict[NamedNode, defaultdict[Node, set[str]]] = defaultdict(lambda: defaultdict(set))
        quads = (quad for store in self._both for quad in store.quads_for_pattern(None, None, node))
        for quad in quads:
            if isinstance(quad.subject, Node):
                found[quad.predicate][quad.subject].add(key_of(quad.graph_name))
        return tuple(self._first_links(prop, found[prop]) for prop in sorted(found, key=_property_first))

    def _first_links(self, prop: NamedNode, found: Mapping[Node, set[str]]) -> Links:
        """Return the first links by one property, those with the same proof together."""
        first = sorted(found, key=str)[:_LINKS_EACH]
        rows = [(node, tuple(sorted(found[node])), self._words(node)) for node in first]
        return Links(prop.value, tuple(sorted(rows, key=lambda row: (row[2], row[1], str(row[0])))), len(found))

    def _words(self, node: Node) -> tuple[str, ...]:
        """Return the words that prove a thing."""
        return tuple(quote.exact for quote in quotes_of(self.things, self.things.get(key_of(node), NOTHING)))


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _property_first(prop: NamedNode) -> tuple[int, str]:
    return (_FIRST.index(prop) if prop in _FIRST else len(_FIRST)), prop.value
