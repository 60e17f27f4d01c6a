"""What the graph and the ontology say of one thing, whatever its class: names, statements, links to it, its proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.data import ontology_root
from kg.graph.namespaces import term
from kg.query import NameIndex

Node = NamedNode | BlankNode

_NAMED_BY = tuple(
    map(
        term,
        ("skos:prefLabel", "rdfs:label", "dcterms:title", "schema:name", "zc:indicator"),
    )
)
_NAMED_THROUGH = tuple(map(term, ("zc:role", "zc:agent")))
_NAMED_LAST = tuple(map(term, ("zc:surfaceForm", "oa:exact")))
_FIRST = tuple(map(term, ("rdf:type", *("skos:prefLabel", "rdfs:label", "dcterms:title"), "skos:altLabel")))
_LINKS_EACH = 50
_FOUND = 60
_NEAR = 20


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source text with what stands around them, and where (code points of the text)."""

    prefix: str
    exact: str
    suffix: str
    source: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values, each with the named graphs that state it."""

    iri: str
    values: tuple[tuple[Node | Literal | Triple, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The things that point to a thing by one property: the first of them, and how many there are.

    Each comes with the named graphs that say so and the words that prove it.
    """

    iri: str
    subjects: tuple[tuple[Node, tuple[str, ...], tuple[str, ...]], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Thing:
    """What is known of an IRI."""

    iri: str
    names: tuple[Literal, ...]
    types: tuple[str, ...]
    properties: tuple[Property, ...]
    links: tuple[Links, ...]
    quotes: tuple[Quote, ...]
    size: int
    """How many statements it holds where it is a named graph."""
    uses: int
    """How many statements have it for their property."""


class Library:
    """The graph of a build beside the ontology, to look things up in."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ontology_file = ontology_root() / "ontology.ttl"
        self.ontology = Store()
        self.ontology.load(path=str(self.ontology_file), format=RdfFormat.TURTLE)
        self._both = (self.store, self.ontology)

    def find(self, iri: str) -> Thing | None:
        """Return what is known of `iri`, or None where neither graph nor ontology knows it."""
        node = _node(iri)
        if node is None:
            return None
        properties, links = self._properties(node), self._links(node)
        size = sum(1 for _ in self.store.quads_for_pattern(None, None, None, node))
        uses = sum(1 for store in self._both for _ in store.quads_for_pattern(None, node, None))
        if not (properties or links or size or uses):
            return None
        types = next((prop.values for prop in properties if prop.iri == term("rdf:type").value), ())
        names = tuple(value.value for value, _ in types if isinstance(value, NamedNode))
        return Thing(iri, self.names(node), names, properties, links, self.quotes(node), size, uses)

    def triples(self, iri: str, most: int) -> tuple[list[Triple], bool]:
        """Return what is said of `iri` and what points to it, `most` triples at most, and whether these are all.

        Of a named graph it is what the graph holds as well, of a property what is stated with it.
        """
        node = _node(iri)
        if node is None:
            return [], True
        found = {quad.triple: None for quad in islice(self._about(node), most + 1)}
        return list(found)[:most], len(found) <= most

    def names(self, node: object) -> tuple[Literal, ...]:
        """Return the names of a node by the first property that gives any, Chinese before English.

        An assignment is named by its role and its body.
        """
        return self._named_by(node, _NAMED_BY) or self._named_through(node) or self._named_by(node, _NAMED_LAST)

    def _named_by(self, node: object, properties: Iterable[NamedNode]) -> tuple[Literal, ...]:
        for prop in properties:
            values = (value for store in self._both for value in self._objects(node, prop, store))
            found = {value for value in values if isinstance(value, Literal)}
            if found:
                return tuple(sorted(found, key=_language_first))
        return ()

    def _named_through(self, node: object) -> tuple[Literal, ...]:
        parts = [self._named_by(value, _NAMED_BY) for prop in _NAMED_THROUGH for value in self._objects(node, prop)]
        named = [names[0] for names in parts if names]
        return (Literal(" · ".join(name.value for name in named), language=named[0].language),) if named else ()

    def quotes(self, node: Node) -> tuple[Quote, ...]:
        """Return the words that prove a thing: of its evidence, or its own where it is evidence."""
        proofs = [*self._objects(node, term("zc:evidence")), node]
        quotes = (self._quote(place) for proof in proofs for place in self._objects(proof, term("oa:hasTarget")))
        return tuple(quote for quote in quotes if quote.exact)

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
            members[_iri(quad.object)].add(_iri(quad.subject))
        return tuple(sorted(((iri, len(things)) for iri, things in members.items()), key=lambda it: (-it[1], it[0])))

    def terms(self) -> tuple[str, ...]:
        """Return the classes and properties that the graph uses, sorted."""
        used = {_iri(quad.predicate) for quad in self.store} | {iri for iri, _ in self.classes()}
        return tuple(sorted(used))

    def of_class(self, class_: NamedNode) -> tuple[NamedNode, ...]:
        """Return the things of a class, sorted by name."""
        things = {quad.subject for quad in self.store.quads_for_pattern(None, term("rdf:type"), class_)}
        named = (thing for thing in things if isinstance(thing, NamedNode))
        return tuple(sorted(named, key=lambda thing: (str(self.names(thing)), thing.value)))

    @cached_property
    def _index(self) -> NameIndex:
        properties = (*_NAMED_BY, term("skos:altLabel"))
        quads = (
            quad for store in self._both for prop in properties for quad in store.quads_for_pattern(None, prop, None)
        )
        return NameIndex(
            tuple(
                (quad.object.value, quad.subject.value)
                for quad in quads
                if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
            )
        )

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
                tuple((value, tuple(sorted(values[prop][value]))) for value in sorted(values[prop], key=_value_first)),
            )
            for prop in ordered
        )

    def _links(self, node: Node) -> tuple[Links, ...]:
        found: defaultdict[NamedNode, defaultdict[Node, set[str]]] = defaultdict(lambda: defaultdict(set))
        quads = (quad for store in self._both for quad in store.quads_for_pattern(None, None, node))
        for quad in quads:
            if isinstance(quad.subject, Node):
                found[quad.predicate][quad.subject].add(_iri(quad.graph_name))
        return tuple(self._first_links(prop, found[prop]) for prop in sorted(found, key=_property_first))

    def _first_links(self, prop: NamedNode, found: Mapping[Node, set[str]]) -> Links:
        """Return the first links by one property, those with the same proof together."""
        first = sorted(found, key=str)[:_LINKS_EACH]
        rows = [(node, tuple(sorted(found[node])), tuple(quote.exact for quote in self.quotes(node))) for node in first]
        return Links(prop.value, tuple(sorted(rows, key=lambda row: (row[2], row[1], str(row[0])))), len(found))

    def _quote(self, place: object) -> Quote:
        selectors = list(self._objects(place, term("oa:hasSelector")))

        def said(name: str) -> str:
            values = (value for selector in selectors for value in self._objects(selector, term(f"oa:{name}")))
            return next((value.value for value in values if isinstance(value, Literal)), "")

        source = next(map(_iri, self._objects(place, term("oa:hasSource"))), "")
        return Quote(said("prefix"), said("exact"), said("suffix"), source, said("start"), said("end"))

    def _objects(self, node: object, prop: NamedNode, store: Store | None = None) -> Iterable[Node | Literal | Triple]:
        if not isinstance(node, Node):
            return []
        quads = (store or self.store).quads_for_pattern(node, prop, None)
        return sorted({quad.object for quad in quads}, key=str)


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _language_first(name: Literal) -> tuple[int, str, str]:
    return {"zh": 0, None: 1, "en": 2}.get(name.language, 3), name.language or "", name.value


def _value_first(value: Node | Literal | Triple) -> tuple[int, str]:
    return (_language_first(value)[0] if isinstance(value, Literal) else 0), str(value)


def _property_first(prop: NamedNode) -> tuple[int, str]:
    return (_FIRST.index(prop) if prop in _FIRST else len(_FIRST)), prop.value
