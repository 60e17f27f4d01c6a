"""What the graph and the ontology say of one thing, whatever its class: names, statements, links to it, its proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.data import ontology_root
from kg.graph.namespaces import term

Node = NamedNode | BlankNode

_NAMED_BY = tuple(
    map(
        term,
        ("skos:prefLabel", "rdfs:label", "dcterms:title", "schema:name", "zc:indicator", "zc:surfaceForm", "oa:exact"),
    )
)
_FIRST = tuple(map(term, ("rdf:type", *("skos:prefLabel", "rdfs:label", "dcterms:title"), "skos:altLabel")))
_LINKS_EACH = 50
_FOUND = 60


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
    """The things that point to a thing by one property: the first of them, and how many there are."""

    iri: str
    subjects: tuple[Node, ...]
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


class Library:
    """The graph of a build beside the ontology, to look things up in."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ontology_file = ontology_root() / "ontology.ttl"
        self.ontology = Store()
        self.ontology.load(path=str(self.ontology_file), format=RdfFormat.TURTLE)

    def find(self, iri: str) -> Thing | None:
        """Return what is known of `iri`, or None where neither graph nor ontology knows it."""
        node = _node(iri)
        if node is None:
            return None
        properties, links = self._properties(node), self._links(node)
        if not properties and not links:
            return None
        types = next((prop.values for prop in properties if prop.iri == term("rdf:type").value), ())
        names = tuple(value.value for value, _ in types if isinstance(value, NamedNode))
        return Thing(iri, self.names(node), names, properties, links, self.quotes(node))

    def triples(self, iri: str, most: int) -> tuple[list[Triple], bool]:
        """Return what is said of `iri` and what points to it, `most` triples at most, and whether these are all."""
        node = _node(iri)
        if node is None:
            return [], True
        found = {quad.triple: None for quad in islice(self._about(node), most + 1)}
        return list(found)[:most], len(found) <= most

    def names(self, node: object) -> tuple[Literal, ...]:
        """Return the names of a node by the first property that gives any, Chinese before English."""
        for store in (self.store, self.ontology):
            for prop in _NAMED_BY:
                found = {value for value in self._objects(node, prop, store) if isinstance(value, Literal)}
                if found:
                    return tuple(sorted(found, key=_language_first))
        return ()

    def quotes(self, node: Node) -> tuple[Quote, ...]:
        """Return the words that prove a thing: of its evidence, or its own where it is evidence."""
        proofs = [*self._objects(node, term("zc:evidence")), node]
        quotes = (self._quote(place) for proof in proofs for place in self._objects(proof, term("oa:hasTarget")))
        return tuple(quote for quote in quotes if quote.exact)

    def search(self, words: str) -> tuple[tuple[str, str], ...]:
        """Return things, as IRI and name, one of whose names or whose IRI holds `words`; the shortest names first."""
        wanted = words.strip().lower()
        if not wanted:
            return ()
        found = {iri: name for name, iri in reversed(self._index) if wanted in name.lower() or wanted in iri.lower()}
        return tuple(sorted(found.items(), key=lambda item: (len(item[1]), item[1], item[0]))[:_FOUND])

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
    def _index(self) -> tuple[tuple[str, str], ...]:
        properties = (*_NAMED_BY[:-1], term("skos:altLabel"))
        quads = (
            quad
            for store in (self.store, self.ontology)
            for prop in properties
            for quad in store.quads_for_pattern(None, prop, None)
        )
        return tuple(
            (quad.object.value, quad.subject.value)
            for quad in quads
            if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
        )

    def _about(self, node: Node) -> Iterator[Quad]:
        yield from self.store.quads_for_pattern(node, None, None)
        yield from self.ontology.quads_for_pattern(node, None, None)
        yield from self.store.quads_for_pattern(None, None, node)

    def _properties(self, node: Node) -> tuple[Property, ...]:
        values: defaultdict[NamedNode, defaultdict[Node | Literal | Triple, set[str]]]
        values = defaultdict(lambda: defaultdict(set))
        for store in (self.store, self.ontology):
            for quad in store.quads_for_pattern(node, None, None):
                graph = quad.graph_name
                values[quad.predicate][quad.object].add(graph.value if isinstance(graph, NamedNode) else "")
        ordered = sorted(values, key=_property_first)
        return tuple(
            Property(
                prop.value,
                tuple((value, tuple(sorted(values[prop][value]))) for value in sorted(values[prop], key=str)),
            )
            for prop in ordered
        )

    def _links(self, node: Node) -> tuple[Links, ...]:
        subjects: defaultdict[NamedNode, set[Node]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, None, node):
            if isinstance(quad.subject, Node):
                subjects[quad.predicate].add(quad.subject)
        return tuple(
            Links(prop.value, tuple(sorted(found, key=str)[:_LINKS_EACH]), len(found))
            for prop, found in sorted(subjects.items(), key=lambda item: _property_first(item[0]))
        )

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


def _property_first(prop: NamedNode) -> tuple[int, str]:
    return (_FIRST.index(prop) if prop in _FIRST else len(_FIRST)), prop.value
