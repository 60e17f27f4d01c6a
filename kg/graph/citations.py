"""Citations, the direct triples beside them, and stubs for the documents that a build does not hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, Quad

from kg.extractors.citations import Citation
from kg.extractors.measures import Measure
from kg.graph.cited_documents import Works
from kg.graph.documents import legal_classes, section_link, type_concept
from kg.graph.measures import measure_around
from kg.graph.namespaces import Names, term
from kg.graph.registry import FactQuads
from kg.graph.terms import Values, date, describe, evidence_node, evidence_quads, plain, types, zh
from kg.model.document import CitationRelation, Document, Work
from kg.model.facts import Extraction

_CITES = {"policy": "eli:cites", "news": "schema:citation"}
_DIRECT = {
    CitationRelation.BASED_ON: "eli:based_on",
    CitationRelation.IMPLEMENTS: "zc:implements",
    CitationRelation.REPEALS: "eli:repeals",
    CitationRelation.AMENDS: "eli:amends",
    CitationRelation.ISSUES: "zc:issues",
    CitationRelation.CONTINUES: "zc:continues",
    CitationRelation.PART_OF: "dcterms:hasPart",
    CitationRelation.INTERPRETS: "schema:about",
    CitationRelation.REPORTS: "schema:about",
}
_LAW_ONLY = frozenset({"eli:based_on", "eli:repeals", "eli:amends"})


@dataclass(frozen=True, slots=True, order=True)
class _Link:
    """A citation as far as its link needs it."""

    citation: str
    document: str
    kind: str
    relation: CitationRelation
    work: Work


@dataclass(slots=True)
class Links:
    """What is linked once all documents are known: citations by their works, and the words that name each work."""

    works: Works = field(default_factory=Works)
    waiting: list[_Link] = field(default_factory=list)
    words: dict[Work, set[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(set))

    def add(self, extraction: Extraction) -> None:
        """Take in one document's citations."""
        self.works.add(extraction)
        document = extraction.document
        for citation in extraction.of(Citation):
            if not cites_itself(extraction, citation):
                self.waiting.append(_Link(citation.id, document.id, document.kind, citation.relation, citation.work))
                self.words[citation.work].add((citation.title, citation.number, citation.type))


def cites_itself(extraction: Extraction, citation: Citation) -> bool:
    """Tell whether a citation names the document it stands in: a notice and the plan it carries are one."""
    return extraction.document.kind == "policy" and extraction.work.may_be(citation.work)


def citation_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield what one document says of those it cites; which they are, `link_quads` adds."""
    document = extraction.document
    yield from _carried(names, document)
    measures = tuple(extraction.of(Measure))
    for citation in extraction.of(Citation):
        if cites_itself(extraction, citation):
            continue
        properties: dict[str, Values] = {
            "rdf:type": types("zc:Citation"),
            "zc:citingDocument": names.node("document", document.id),
            "zc:citationRelation": term(f"zc:rel-{citation.relation.value}"),
            "zc:cue": zh(citation.cue),
            "zc:surfaceForm": zh(document.quote(citation.span)),
            "zc:statedIn": section_link(names, extraction, citation.span),
            "zc:citingMeasure": measure_around(names, measures, citation.span),
            "zc:evidence": evidence_node(names, document, citation.evidence.span),
        }
        yield from describe(names.node("citation", citation.id), names.graph(document.id), properties)
        yield from evidence_quads(names, document, citation.evidence.span, citation.evidence.quote)


def _carried(names: Names, document: Document) -> Iterator[Quad]:
    """An article that prints a policy in full is about it."""
    if document.quoted_from:
        article, graph = names.node("document", document.quoted_from), names.graph(document.id)
        yield Quad(article, term("schema:about"), names.node("document", document.id), graph)


def link_quads(names: Names, links: Links) -> Iterator[Quad]:
    """Yield the links of all citations, each in its document's graph, and the stubs among the reference data."""
    stubs: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for link in sorted(links.waiting):
        found = links.works.find(link.work)
        graph, cited = names.graph(link.document), names.node("document", found)
        yield Quad(names.node("citation", link.citation), term("zc:citedDocument"), cited, graph)
        for property_ in _direct(link):
            yield Quad(names.node("document", link.document), term(property_), cited, graph)
        if found not in links.works.documents:
            stubs[found] |= links.words[link.work]
    for identifier, words in sorted(stubs.items()):
        yield from _stub_quads(names, identifier, words)


def _direct(link: _Link) -> list[str]:
    """Return the properties from document to document; those for law alone do not hold of news."""
    more = _DIRECT.get(link.relation)
    return [_CITES[link.kind], *([more] if more and (link.kind == "policy" or more not in _LAW_ONLY) else [])]


def _stub_quads(names: Names, identifier: str, words: set[tuple[str, str, str]]) -> Iterator[Quad]:
    titles = sorted({title for title, _, _ in words if title}, key=lambda title: (-len(title), title))
    number = min((number for _, number, _ in words if number), default="")
    type_ = next((type_ for title, _, type_ in sorted(words) if titles and title == titles[0]), "")
    properties: dict[str, Values] = {
        "rdf:type": types("zc:DocumentStub", *legal_classes(type_)),
        "zc:documentType": type_concept(type_),
        "rdfs:label": zh(titles[0] if titles else number),
        "dcterms:title": zh(titles[0]) if titles else None,
        "dcterms:alternative": [zh(title) for title in titles[1:]],
        "eli:id_local": plain(number),
        "dcterms:created": _year(number),
    }
    yield from describe(names.node("document", identifier), names.graph("reference"), properties)


def _year(number: str) -> Literal | None:
    """Return the year of a number: 2021 of 国发〔2021〕23号."""
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", number)
    return date(year.group()) if year else None


FACT_QUADS = FactQuads(Citation, "zc:Citation", citation_quads)
