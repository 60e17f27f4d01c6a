"""Instruments in the reference graph: the categories of two schemes, families, concepts, and what documents name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import LexiconError
from kg.graph.namespaces import VOCABULARIES, Names, term
from kg.graph.terms import Values, describe, en, types, zh
from kg.graph.usage import Usage
from kg.lexicons.instruments import Instruments, Placing

_SCHEMES = ("RothwellZegveld", "Howlett")


@dataclass(frozen=True, slots=True)
class Category:
    """A category of one of the two schemes, as the ontology has it.

    Attributes:
        id: Its notation in the ontology (rz-financial).
        term: The local name of its term.
        scheme: The local name of its scheme.
        zh: Its label in Chinese.
        en: Its label in English.
        broader: The categories above it; one without is a top concept of its scheme.
        comment_zh: What it is, in Chinese.
        comment_en: What it is, in English.
    """

    id: str
    term: str
    scheme: str
    zh: str
    en: str
    broader: tuple[str, ...] = ()
    comment_zh: str = ""
    comment_en: str = ""


def read_categories(ontology: Path) -> Iterator[Category]:
    """Yield the categories of both schemes; raise LexiconError where the ontology cannot be read or lacks a label."""
    store = Store()
    try:
        store.bulk_load(path=str(ontology), format=RdfFormat.TURTLE)
    except (OSError, SyntaxError, ValueError) as error:
        message = " ".join(str(error).split())
        raise LexiconError(str(ontology), f"cannot be read ({message})", "mend the file") from error
    for scheme in _SCHEMES:
        for quad in sorted(store.quads_for_pattern(None, term("skos:inScheme"), term(f"zc:{scheme}")), key=str):
            if isinstance(quad.subject, NamedNode):
                yield _category(ontology, store, quad.subject, scheme)


def _category(ontology: Path, store: Store, node: NamedNode, scheme: str) -> Category:
    def text(name: str, language: str | None = None, of: NamedNode = node) -> str:
        for quad in store.quads_for_pattern(of, term(name), None):
            if isinstance(quad.object, Literal) and quad.object.language == language:
                return quad.object.value
        missing = f"{name} in {language}" if language else name
        raise LexiconError(str(ontology), f"entry {of.value} has no {missing}", "add it")

    above = (quad.object for quad in store.quads_for_pattern(node, term("skos:broader"), None))
    return Category(
        id=text("skos:notation"),
        term=node.value.removeprefix(VOCABULARIES["zc"]),
        scheme=scheme,
        zh=text("skos:prefLabel", "zh"),
        en=text("skos:prefLabel", "en"),
        broader=tuple(text("skos:notation", of=one) for one in above if isinstance(one, NamedNode)),
        comment_zh=text("rdfs:comment", "zh"),
        comment_en=text("rdfs:comment", "en"),
    )


def instrument_quads(
    names: Names, instruments: Instruments, categories: Iterable[Category], usage: Usage
) -> Iterator[Quad]:
    """Yield the categories, the families and concepts of the vocabulary, and what documents name beside them."""
    writer = _Writer(names, usage, {category.id: category.broader for category in categories})
    for category in categories:
        yield from writer.category(category)
    placings = _placings(instruments)
    families = {family.id for family in instruments.families}
    same = {concept.id: concept.labels for concept in instruments.concepts if concept.id in families}
    for family in instruments.families:  # a concept with the family's id is the family
        labels = usage.labels(family.id, family.zh, same.get(family.id, ()))
        yield from writer.instrument(family.id, labels | _both(family.zh, family.en), placings[family.id])
    for concept in instruments.concepts:
        if concept.id not in families:
            labels = usage.labels(concept.id, concept.pref, concept.alt) | _both(concept.pref, concept.en)
            above = concept.broader or concept.family
            yield from writer.instrument(concept.id, labels, placings[concept.id], above)
    for identifier in usage.instruments.keys() - placings.keys():
        yield from writer.formed(identifier, placings)


def _placings(instruments: Instruments) -> dict[str, Placing]:
    """Return the places of all families and concepts in the two classifications."""
    by_id = {placing.id: placing for placing in instruments.placings}
    families = {family.id: family.placing for family in instruments.families}
    concepts = {concept.id: concept.placing or families[concept.family] for concept in instruments.concepts}
    return {identifier: by_id[placing] for identifier, placing in (concepts | families).items()}


def _both(chinese: str, english: str) -> dict[str, Values]:
    return {"skos:prefLabel": [zh(chinese), en(english)]}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes instruments; `sides` holds the categories above each category."""

    names: Names
    usage: Usage
    sides: Mapping[str, tuple[str, ...]]

    def category(self, category: Category) -> Iterator[Quad]:
        scheme = term(f"zc:{category.scheme}")
        properties: dict[str, Values] = {
            **self.usage.labels(category.id, category.zh),
            **_both(category.zh, category.en),
            "skos:definition": [zh(category.comment_zh), en(category.comment_en)],
            "skos:broader": self._nodes(category.broader),
            "skos:inScheme": scheme,
            "skos:exactMatch": term(f"zc:{category.term}"),
            "skos:topConceptOf": None if category.broader else scheme,
        }
        yield from self._described(category.id, properties)

    def instrument(
        self, identifier: str, labels: Mapping[str, Values], placing: Placing, above: str = ""
    ) -> Iterator[Quad]:
        """Put an instrument in its categories, both levels of the first scheme, so that a query need not climb."""
        kind = f"rz-{placing.rothwell_zegveld}"
        categories = (kind, *self.sides.get(kind, ()), f"ho-{placing.howlett}")
        properties: dict[str, Values] = {
            **labels,
            "skos:broader": self._nodes((above, *categories) if above else categories),
            "skos:inScheme": [term(f"zc:{scheme}") for scheme in _SCHEMES],
            "zc:classificationReason": [zh(placing.zh), en(placing.en)],
        }
        yield from self._described(identifier, properties)

    def formed(self, identifier: str, placings: Mapping[str, Placing]) -> Iterator[Quad]:
        """Place an instrument that is not in the vocabulary under its concept or family, where that is known."""
        one = min(self.usage.instruments[identifier], key=repr)
        labels, above = self.usage.labels(identifier, one.name), one.concept or one.family
        if above in placings:
            yield from self.instrument(identifier, labels, placings[above], above)
        else:
            yield from self._described(identifier, labels)

    def _nodes(self, identifiers: Iterable[str]) -> list[NamedNode]:
        return [self.names.node("instrument", identifier) for identifier in identifiers]

    def _described(self, identifier: str, properties: Mapping[str, Values]) -> Iterator[Quad]:
        node, graph = self.names.node("instrument", identifier), self.names.graph("reference")
        yield from describe(node, graph, {"rdf:type": types("zc:Instrument", "skos:Concept"), **properties})
