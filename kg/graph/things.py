"""What a node of the graph is, what it is called and which words prove it: one answer for every reader of the graph.

A `Thing` is a node with its values. Functions that follow links take a mapping from IRIs to things: `read_things` makes
one of quads, `StoredThings` reads each thing from a store when it is asked for. Named graphs do not count here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.graph.namespaces import term
from kg.graph.terms import key_of, node_of
from kg.graph.vocabulary import local_name, read_vocabulary

Value = NamedNode | BlankNode | Literal
LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "schema:name", "zc:indicator", "zc:surfaceForm")
"""The properties that name a thing, the best first."""
DOCUMENTS = ("zc:PolicyDocument", "schema:NewsArticle")
"""The classes of documents."""
_SOUGHT_BY = (
    *("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel"),
    *("rdfs:label", "dcterms:title", "schema:name", "zc:indicator", "eli:id_local"),
)
_WHOLES = (
    *("dcterms:isPartOf", "eli:is_part_of", "schema:isPartOf"),
    *("zc:measure", "zc:targetOf", "zc:citingDocument", "zc:statedIn"),
)
_REMEMBERED = 1024
_AROUND = 32
"""How many characters before and behind a quote are shown with it."""
_DEEPEST = 3
"""How many links lead from a thing to its document at most: assignment, measure, section, document."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph with its values.

    Attributes:
        iri: its IRI, empty for `NOTHING`; a blank node has ``_:`` and its label.
        values: the values by the IRI of the property, each once: Chinese ones, then those in no language, then others,
            sorted within each by their text.
    """

    iri: str
    values: Mapping[str, tuple[Value, ...]]

    def texts(self, name: str, language: str | None = None) -> tuple[str, ...]:
        """Return the values of a property such as ``zc:path`` as text; of one language where one is given.

        The language of values without one is the empty string.
        """
        values = self.values.get(term(name).value, ())
        return tuple(value.value for value in values if language is None or _language(value) == language)

    def text(self, name: str, language: str | None = None) -> str:
        """Return the first of `texts`, or an empty string."""
        return next(iter(self.texts(name, language)), "")

    def links(self, name: str) -> tuple[str, ...]:
        """Return the IRIs of the nodes to which a property leads."""
        return tuple(key_of(value) for value in self.values.get(term(name).value, ()) if not isinstance(value, Literal))

    def link(self, name: str) -> str:
        """Return the first of `links`, or an empty string."""
        return next(iter(self.links(name)), "")

    @property
    def types(self) -> tuple[str, ...]:
        """The IRIs of the classes."""
        return self.links("rdf:type")

    @property
    def kind(self) -> str:
        """The topmost class in words joined by hyphens, such as ``agency-group``."""
        return read_vocabulary().kind(self.types)

    def is_a(self, *classes: str) -> bool:
        """Tell whether the thing is of one of these classes, written as ``zc:Measure``."""
        types = self.types
        return any(term(name).value in types for name in classes)

    @property
    def label_property(self) -> str:
        """The property that names the thing, the first of `LABELS` that has a value; empty where none has."""
        return next((name for name in LABELS if term(name).value in self.values), "")

    @property
    def labels(self) -> tuple[Literal, ...]:
        """The values of the property that names the thing, Chinese ones first."""
        values = self.values.get(term(self.label_property).value, ()) if self.label_property else ()
        return tuple(value for value in values if isinstance(value, Literal))

    @property
    def name(self) -> str:
        """The best of the names, empty where there is none."""
        return next((name.value for name in self.labels), "")

    def label(self, language: str = "zh") -> str:
        """Return the first name in a language; a name in no language counts as Chinese."""
        wanted = {"zh", ""} if language == "zh" else {language}
        return next((name.value for name in self.labels if _language(name) in wanted), "")


NOTHING = Thing("", {})
"""Stands for a node that the graph does not describe."""

Things = Mapping[str, Thing]
"""Things by IRI."""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of a document that prove something.

    Attributes:
        iri: the IRI of the evidence that points to them.
        source: the IRI of the source text.
        start, end: where they stand in it, in code points.
        exact: the words.
        prefix, suffix: the words around them.
    """

    iri: str
    source: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


# --- looking things up ---


def read_things(quads: Iterable[Quad]) -> dict[str, Thing]:
    """Return all things by IRI, sorted; blank nodes and triple terms are left out."""
    found: dict[str, dict[str, set[Value]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found[quad.subject.value][quad.predicate.value].add(quad.object)
    return {iri: _thing(iri, found[iri]) for iri in sorted(found)}


class StoredThings(Mapping[str, Thing]):
    """The things of one or several stores, each read when it is asked for; what the stores say is taken together.

    The stores must not change meanwhile: what was read last is remembered.
    """

    def __init__(self, *stores: Store) -> None:
        self._stores = stores
        self._read = lru_cache(_REMEMBERED)(self._read_thing)

    def __getitem__(self, iri: str) -> Thing:
        """Return a thing; raises KeyError where no store describes it."""
        thing = self._read(iri)
        if thing is NOTHING:
            raise KeyError(iri)
        return thing

    def _read_thing(self, iri: str) -> Thing:
        node = node_of(iri)
        found: dict[str, set[Value]] = defaultdict(set)
        for store in self._stores if node else ():
            for quad in store.quads_for_pattern(node, None, None):
                if isinstance(quad.object, NamedNode | BlankNode | Literal):
                    found[quad.predicate.value].add(quad.object)
        return _thing(iri, found) if found else NOTHING

    def __iter__(self) -> Iterator[str]:
        """Yield the IRIs, sorted."""
        return iter(sorted({key_of(quad.subject) for store in self._stores for quad in store}))

    def __len__(self) -> int:
        """Return how many things there are."""
        return sum(1 for _ in self)

    def of(self, *classes: str) -> dict[str, Thing]:
        """Return the things of any of these classes, written as ``zc:Measure``, by IRI, sorted."""
        patterns = [(store, term(name)) for store in self._stores for name in classes]
        quads = (quad for store, type_ in patterns for quad in store.quads_for_pattern(None, term("rdf:type"), type_))
        return {iri: self[iri] for iri in sorted({key_of(quad.subject) for quad in quads})}


def known_names(*stores: Store) -> Iterator[tuple[str, str]]:
    """Yield every name by which things may be asked for, official, other or short, or a number, with the IRI."""
    for store in stores:
        for name in map(term, _SOUGHT_BY):
            for quad in store.quads_for_pattern(None, name, None):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    yield quad.object.value, quad.subject.value


# --- what a thing is called ---


def names_of(things: Things, iri: str) -> tuple[Literal, ...]:
    """Return the names of a thing, the best first; an assignment has the name that `assignment_name` makes."""
    thing = things.get(iri, NOTHING)
    name = assignment_name(things, thing)
    return (Literal(name, language="zh"),) if name else thing.labels


def name_of(things: Things, iri: str) -> str:
    """Return the best name of a node or of a term of the ontology; of one without a name what its IRI ends in."""
    names = names_of(things, iri)
    return names[0].value if names else read_vocabulary().label(iri, "zh") or local_name(iri)


def assignment_name(things: Things, thing: Thing, language: str = "zh") -> str:
    """Return what an assignment is called: the role in a language and the body; empty for any other thing.

    A body that the graph does not name is called as the text calls it.
    """
    if not thing.is_a("zc:Assignment"):
        return ""
    agent = things.get(thing.link("zc:agent"), NOTHING)
    role = read_vocabulary().label(thing.link("zc:role"), language)
    return " ".join(filter(None, (role, agent.name or thing.name or local_name(agent.iri))))


# --- what proves a thing, and where it stands ---


def quotes_of(things: Things, thing: Thing) -> tuple[Quote, ...]:
    """Return the words that prove a thing, or that it points to where it is evidence, as they stand in their text."""
    quotes = (quote for iri in (*thing.links("zc:evidence"), thing.iri) for quote in _quotes(things, iri))
    return tuple(sorted(quotes, key=lambda quote: (quote.start, quote.exact, quote.iri)))


def quote_of(things: Things, thing: Thing) -> str:
    """Return the first of the words that prove a thing; empty without evidence."""
    return next((quote.exact for quote in quotes_of(things, thing)), "")


def start_of(things: Things, thing: Thing) -> int:
    """Return where the words that prove a thing start in their text, -1 without evidence."""
    return next((quote.start for quote in quotes_of(things, thing)), -1)


def order_of(things: Things, thing: Thing) -> tuple[int, int, str]:
    """Return what to sort the things of one document by, so that they come as they stand in it."""
    order = thing.text("zc:order") or thing.text("zc:part")
    return start_of(things, thing), int(order) if order.isdecimal() else 0, thing.iri


def document_of(things: Things, thing: Thing, *, steps: int = _DEEPEST) -> str:
    """Return the IRI of the document in which a thing stands; empty for reference data and for documents."""
    wholes = [iri for name in _WHOLES for iri in thing.links(name)]
    found = next((iri for iri in wholes if things.get(iri, NOTHING).is_a(*DOCUMENTS)), "")
    if found or not steps:
        return found
    return next(filter(None, (document_of(things, things.get(iri, NOTHING), steps=steps - 1) for iri in wholes)), "")


def _quotes(things: Things, evidence: str) -> Iterator[Quote]:
    words = things.get(evidence, NOTHING)
    if exact := words.text("oa:exact"):
        source = things.get(words.link("zc:inExpression"), NOTHING).link("zc:sourceText")
        text = things.get(source, NOTHING).text("schema:text")
        start, end = (_whole(words.text(f"oa:{name}")) for name in ("start", "end"))
        yield Quote(evidence, source, start, end, exact, text[max(0, start - _AROUND) : start], text[end:][:_AROUND])


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


# --- terms ---


def _thing(iri: str, values: Mapping[str, set[Value]]) -> Thing:
    return Thing(iri, {name: _in_order(values[name]) for name in sorted(values)})


def _in_order(values: set[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=rank_of)) if len(values) > 1 else tuple(values)


def rank_of(value: object) -> tuple[int, str, str]:
    """Return what to sort values by: Chinese ones, then those in no language, then others, by their text."""
    language = _language(value)
    return 0 if language == "zh" else 2 if language else 1, getattr(value, "value", ""), str(value)


def _language(value: object) -> str:
    """Return the language without its region: ``zh`` of ``zh-hans``."""
    return (value.language or "").partition("-")[0] if isinstance(value, Literal) else ""
