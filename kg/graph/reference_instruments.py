"""Instruments in the reference graph: families, concepts, what documents name, and how codebooks class them.

Two classifications come with the vocabulary, Rothwell and Zegveld's and Howlett's; further ones are files of
``ontology/codebooks``. What is broader is a matter of the instruments alone, so a class is never `skos:broader`.
"""

from __future__ import annotations

import csv
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


@dataclass(frozen=True, slots=True)
class Codebook:
    """A further way to class instruments: a file of ``ontology/codebooks``.

    Attributes:
        id: The name of the file (rothwell-zegveld-chinese).
        zh, en: What it is called.
        classes: The class, in Chinese and English, by what it classes: an instrument, a family, or a category of one
            of the two schemes (rz-financial). The nearest counts: the instrument, those above it, its category.
    """

    id: str
    zh: str
    en: str
    classes: Mapping[str, tuple[str, str]]


def read_codebooks(folder: Path, known: Iterable[str]) -> Iterator[Codebook]:
    """Yield the codebooks of a folder by name; raise LexiconError for one that classes what is not `known`."""
    concepts = frozenset(known)
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            rows = {row["concept"]: (row["class"], row["en"]) for row in csv.DictReader(stream)}
        zh_name, en_name = rows.pop("", ("", ""))
        unknown = sorted(rows.keys() - concepts)
        if unknown or not zh_name:
            fault = (
                f"entry {unknown[0]} is no instrument, family or category" if unknown else "has no row with its name"
            )
            raise LexiconError(str(file), fault, "see docs/lexicons.md")
        yield Codebook(file.stem, zh_name, en_name, rows)


def instrument_quads(
    names: Names,
    instruments: Instruments,
    categories: Iterable[Category],
    codebooks: Iterable[Codebook],
    usage: Usage,
) -> Iterator[Quad]:
    """Yield the categories, the codebooks, the families and concepts, and what documents name beside them."""
    writer = _Writer(names, usage, tuple(codebooks))
    for category in categories:
        yield from writer.category(category)
    for codebook in writer.codebooks:
        yield from writer.codebook(codebook)
    placings, above = _placings(instruments), _above(instruments)
    families = {family.id for family in instruments.families}
    same = {concept.id: concept.labels for concept in instruments.concepts if concept.id in families}
    for family in instruments.families:  # a concept with the family's id is the family
        labels = usage.labels(family.id, family.zh, same.get(family.id, ()))
        yield from writer.instrument((family.id,), labels | _both(family.zh, family.en), placings[family.id])
    for concept in instruments.concepts:
        if concept.id not in families:
            labels = usage.labels(concept.id, concept.pref, concept.alt) | _both(concept.pref, concept.en)
            yield from writer.instrument(_chain(concept.id, above), labels, placings[concept.id])
    for identifier in usage.instruments.keys() - placings.keys():
        yield from writer.formed(identifier, placings, above)


def _placings(instruments: Instruments) -> dict[str, Placing]:
    """Return the places of all families and concepts in the two classifications."""
    by_id = {placing.id: placing for placing in instruments.placings}
    families = {family.id: family.placing for family in instruments.families}
    concepts = {concept.id: concept.placing or families[concept.family] for concept in instruments.concepts}
    return {identifier: by_id[placing] for identifier, placing in (concepts | families).items()}


def _above(instruments: Instruments) -> dict[str, str]:
    """Return the broader concept of each concept, or else its family; nothing is above a family."""
    above = {concept.id: concept.broader or concept.family for concept in instruments.concepts}
    return above | {family.id: "" for family in instruments.families}


def _chain(identifier: str, above: Mapping[str, str]) -> tuple[str, ...]:
    """Return an instrument, what is above it, and so on up to its family."""
    chain = [identifier]
    while (higher := above.get(chain[-1], "")) and higher not in chain:
        chain.append(higher)
    return tuple(chain)


def _both(chinese: str, english: str) -> dict[str, Values]:
    return {"skos:prefLabel": [zh(chinese), en(english)]}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes instruments and the classes of the codebooks."""

    names: Names
    usage: Usage
    codebooks: tuple[Codebook, ...]

    def category(self, category: Category) -> Iterator[Quad]:
        """Describe a category of the ontology, so that a graph can be read without it."""
        scheme = term(f"zc:{category.scheme}")
        properties: dict[str, Values] = {
            "rdf:type": types("skos:Concept"),
            **_both(category.zh, category.en),
            "skos:definition": [zh(category.comment_zh), en(category.comment_en)],
            "skos:broader": [term(f"zc:{broader}") for broader in category.broader],
            "skos:inScheme": scheme,
            "skos:topConceptOf": None if category.broader else scheme,
        }
        yield from describe(term(f"zc:{category.term}"), self.names.graph("reference"), properties)

    def codebook(self, codebook: Codebook) -> Iterator[Quad]:
        """Describe a codebook and its classes."""
        scheme, graph = self.names.node("codebook", codebook.id), self.names.graph("reference")
        own = {"rdf:type": types("skos:ConceptScheme"), **_both(codebook.zh, codebook.en)}
        yield from describe(scheme, graph, own)
        for chinese, english in sorted(set(codebook.classes.values())):
            concept: dict[str, Values] = {
                "rdf:type": types("skos:Concept"),
                **_both(chinese, english),
                "skos:inScheme": scheme,
                "skos:topConceptOf": scheme,
            }
            yield from describe(self._class(codebook, english), graph, concept)

    def instrument(self, chain: tuple[str, ...], labels: Mapping[str, Values], placing: Placing) -> Iterator[Quad]:
        """Write the first of a chain of instruments, each with the next above it, and its classes."""
        kind, resource = f"rz-{placing.rothwell_zegveld}", f"ho-{placing.howlett}"
        properties: dict[str, Values] = {
            **labels,
            "skos:broader": [self.names.node("instrument", identifier) for identifier in chain[1:2]],
            "skos:topConceptOf": term("zc:Instruments") if len(chain) == 1 else None,
            "zc:toolKind": term(f"zc:{kind}"),
            "zc:governingResource": term(f"zc:{resource}"),
            "zc:codedAs": list(self._coded((*chain, kind, resource))),
            "zc:classificationReason": [zh(placing.zh), en(placing.en)],
        }
        yield from self._described(chain[0], properties)

    def formed(self, identifier: str, placings: Mapping[str, Placing], above: Mapping[str, str]) -> Iterator[Quad]:
        """Place an instrument that is not in the vocabulary under its concept or family, where that is known."""
        one = min(self.usage.instruments[identifier], key=repr)
        labels, higher = self.usage.labels(identifier, one.name.strip()), one.concept or one.family
        if higher in placings:
            yield from self.instrument((identifier, *_chain(higher, above)), labels, placings[higher])
        else:
            yield from self._described(identifier, labels)

    def _coded(self, nearest_first: Iterable[str]) -> Iterator[NamedNode]:
        """Yield the class in each codebook, by the first of some identifiers that it classes."""
        identifiers = tuple(nearest_first)
        for codebook in self.codebooks:
            found = next((codebook.classes[one] for one in identifiers if one in codebook.classes), None)
            if found:
                yield self._class(codebook, found[1])

    def _class(self, codebook: Codebook, english: str) -> NamedNode:
        return self.names.node("codebook", f"{codebook.id}-{'-'.join(english.lower().split())}")

    def _described(self, identifier: str, properties: Mapping[str, Values]) -> Iterator[Quad]:
        node, graph = self.names.node("instrument", identifier), self.names.graph("reference")
        kinds: dict[str, Values] = {"rdf:type": types("zc:Instrument", "skos:Concept")}
        yield from describe(node, graph, kinds | {"skos:inScheme": term("zc:Instruments"), **properties})
