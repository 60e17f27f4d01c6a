"""Reads what the page shows from the store by SPARQL.

Queries run over the union of all named graphs, so a Turtle file without graph names reads the same as N-Quads.
Only what takes part in a measure is read: bodies, instruments and regions that no measure mentions stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Store

from kg.view.data import Edge, Evidence, Heading, Node, SourceDocument, ViewData
from kg.view.hierarchy import Wider, read_wider
from kg.view.subjects import NOTHING, Description, describe, select, tail, text_of

_DIRECT = {"lead": "zc:leadAgency", "support": "zc:supportAgency", "responsible": "zc:responsibleAgency"}
_OWN = (
    ("announced", "zc:announcedBy"),
    ("announced", "zc:actor"),
    ("instrument", "zc:usesInstrument"),
    ("region", "dcterms:spatial"),
    ("addressee", "zc:addressee"),
    ("addressee", "zc:beneficiary"),
)
_GROUP_MEMBER = "group-member"
_SENTENCE = re.compile("[。；;\n]")
_STOPS = "。；; \n"
_HEADING = 60
"""How many code points of a heading are kept: a section without a heading of its own is headed by all it says."""
_CLASSES = (
    "zc:Measure",
    "zc:PolicyAction",
    "zc:AgencyGroup",
    "zc:Instrument",
    "zc:Agency",
    "zc:RegionGroup",
    "zc:Region",
    "skos:Concept",
)


def read_view_data(store: Store) -> ViewData:
    """Return what the store holds for the page; an empty store gives empty parts."""
    measures = _read_measures(store)
    sections = describe(store, "?s a zc:Section")
    wider = read_wider(store)
    evidence = {item.id: item for item in _read_evidence(store)}
    edges = tuple(sorted({edge.id: edge for edge in _read_edges(store, measures, evidence)}.values()))
    ends = {edge.source: edge.kind for edge in edges} | {edge.target: edge.kind for edge in edges}
    told = list(_without_clauses(_measures(store, measures, sections, evidence), edges, evidence))
    nodes = [*told, *_named_nodes(store, ends, measures, wider)]
    documents = tuple(sorted(_read_documents(store, wider)))
    return ViewData(
        nodes=tuple(sorted(nodes)),
        edges=edges,
        evidence=tuple(evidence[key] for key in sorted({edge.evidence for edge in edges} & evidence.keys())),
        documents=documents,
        texts=dict(sorted(_read_texts(store))),
        headings=tuple(sorted(_headings(sections))),
        names=wider.names(_groupings(nodes, documents)),
    )


def _groupings(nodes: Iterable[Node], documents: Iterable[SourceDocument]) -> set[str]:
    """Return the provinces and families that something is grouped by."""
    families = {family for node in nodes for family in node.families}
    return (families | {node.province for node in nodes} | {document.province for document in documents}) - {""}


def _headings(sections: Mapping[str, Description]) -> Iterator[Heading]:
    for section in sections.values():
        if title := section.text("dcterms:title"):
            yield Heading(section.text("eli:is_part_of"), section.text("zc:path"), _SENTENCE.split(title)[0][:_HEADING])


def _read_measures(store: Store) -> dict[str, Description]:
    """Return the measures, those of news taken apart into their actions where they have any and nobody is assigned."""
    measures = describe(store, "?s a zc:Measure")
    actions = describe(store, "?s a zc:PolicyAction ; dcterms:isPartOf ?d . ?d a schema:NewsArticle")
    told = {action.text("zc:inMeasure") for action in actions.values()}
    left = {
        iri: measure
        for iri, measure in measures.items()
        if iri not in told or any(measure.texts(predicate) for predicate in _DIRECT.values())
    }
    return left | actions


def _measures(
    store: Store,
    measures: Mapping[str, Description],
    sections: Mapping[str, Description],
    evidence: Mapping[str, Evidence],
) -> Iterator[Node]:
    acts = describe(store, "?x zc:act ?s")
    for iri, description in measures.items():
        node = _measure(iri, description, sections, evidence)
        act = acts.get(description.text("zc:act"), NOTHING)
        yield replace(node, act=act.text("skos:prefLabel"), status=description.text("zc:status"))


def _without_clauses(nodes: Iterable[Node], edges: Iterable[Edge], evidence: Mapping[str, Evidence]) -> Iterator[Node]:
    """Yield the measures without the clause at the end of their label that proves who is assigned.

    A label that was cut is no longer the one the graph states, so it is not `named`.
    """
    clauses: dict[str, set[str]] = {}
    for edge in edges:
        if edge.kind in _DIRECT and edge.evidence in evidence:
            clauses.setdefault(edge.source, set()).add(evidence[edge.evidence].quote)
    for node in nodes:
        label = node.label.rstrip(_STOPS)
        cut = min(
            (label.removesuffix(clause.rstrip(_STOPS)) for clause in clauses.get(node.id, ())), key=len, default=""
        )
        rest = cut.rstrip()
        yield replace(node, label=rest, named="") if rest and cut != label else node


def _named_nodes(
    store: Store, ends: Mapping[str, str], measures: Mapping[str, Description], wider: Wider
) -> Iterator[Node]:
    known = describe(store, "VALUES ?c { zc:Agency zc:AgencyGroup zc:Region zc:RegionGroup } ?s a ?c")
    known |= describe(store, "?s skos:inScheme zc:Addressees") | dict(wider.instruments)
    regions = {iri: description.text("skos:prefLabel") for iri, description in known.items()}
    for iri in sorted(ends.keys() - measures.keys()):
        node = _named_node(iri, known.get(iri, NOTHING), ends[iri], regions)
        spatial = iri if node.kind == "region" else known.get(iri, NOTHING).text("dcterms:spatial")
        yield replace(node, province=wider.province(spatial), families=wider.families(iri))


def _measure(
    iri: str, description: Description, sections: Mapping[str, Description], evidence: Mapping[str, Evidence]
) -> Node:
    section = sections.get(description.text("zc:statedIn"), NOTHING)
    quoted = [evidence[key].start for key in description.texts("zc:evidence") if key in evidence]
    named = description.stated("rdfs:label")
    return Node(
        iri,
        "measure",
        description.text("rdfs:label") or section.text("dcterms:title") or tail(iri),
        type=_class(description.types()),
        named=named,
        english=description.english("rdfs:label"),
        document=description.text("dcterms:isPartOf"),
        path=description.text("zc:path") or section.text("zc:path"),
        position=min(quoted, default=section.number("oa:start")),
    )


def _named_node(iri: str, description: Description, edge_kind: str, regions: Mapping[str, str]) -> Node:
    types = description.types()
    label = description.text("skos:prefLabel") or description.text("rdfs:label") or tail(iri)
    return Node(
        iri,
        _node_kind(types, edge_kind),
        label,
        type=_class(types),
        named=description.stated("skos:prefLabel") or description.stated("rdfs:label"),
        english=description.english("skos:prefLabel"),
        aliases=tuple(alias for alias in dict.fromkeys(description.texts("skos:altLabel")) if alias != label),
        level=description.text("zc:adminLevel"),
        region=regions.get(description.text("dcterms:spatial"), ""),
        vertical=description.flag("zc:verticallyManaged"),
        regulator="zc:Regulator" in types,
        membership=description.text("zc:membership"),
    )


def _class(types: set[str]) -> str:
    return next((name for name in _CLASSES if name in types), "")


def _node_kind(types: set[str], edge_kind: str) -> str:
    """Return the kind of a node by its class, else by the edge that leads to it (a slim export may lack classes)."""
    for kind, name in (("group", "zc:AgencyGroup"), ("instrument", "zc:Instrument"), ("agency", "zc:Agency")):
        if name in types:
            return kind
    if edge_kind in {"instrument", "region", "addressee"}:
        return edge_kind
    return "agency"


def _read_edges(store: Store, measures: Mapping[str, Description], evidence: Mapping[str, Evidence]) -> Iterator[Edge]:
    assigned = list(_read_assignments(store))
    yield from assigned
    yield from _unproven_edges(measures, {(edge.source, edge.kind, edge.target) for edge in assigned})
    yield from _measure_edges(measures, evidence)
    groups = describe(store, "?s a zc:AgencyGroup")
    in_use = {edge.target for edge in assigned} & groups.keys()
    for group in sorted(in_use):
        for member in groups[group].texts("skos:member"):
            yield Edge(f"{group}|member|{member}", "member", group, member, inferred=True, predicate="skos:member")


def _read_assignments(store: Store) -> Iterator[Edge]:
    inferred = _inferred_assignments(store)
    for iri, description in describe(store, "?s a zc:Assignment").items():
        role = tail(description.text("zc:role")).lower()
        resolution = description.text("zc:resolution")
        confidence = description.text("zc:confidence")
        yield Edge(
            iri,
            role,
            description.text("zc:measure"),
            description.text("zc:agent"),
            inferred=iri in inferred or resolution == _GROUP_MEMBER,
            evidence=description.text("zc:evidence"),
            raw=description.text("zc:rawRole"),
            surface=description.text("zc:surfaceForm"),
            resolution=resolution,
            confidence=round(float(confidence), 3) if confidence else None,
            form=description.text("zc:clauseForm"),
            via=description.text("zc:viaGroup"),
            predicate=_DIRECT.get(role, ""),
        )


def _inferred_assignments(store: Store) -> set[str]:
    where = '?s WHERE { GRAPH ?g { ?s a zc:Assignment } FILTER(STRENDS(STR(?g), "/graph/inferred")) }'
    return {text_of(row[0]) for row in select(store, where)}


def _unproven_edges(measures: Mapping[str, Description], known: set[tuple[str, str, str]]) -> Iterator[Edge]:
    """Yield the direct triples that no assignment explains, as slim exports have them."""
    for measure, description in measures.items():
        for kind, predicate in _DIRECT.items():
            for agent in description.texts(predicate):
                if (measure, kind, agent) not in known:
                    yield Edge(f"{measure}|{kind}|{agent}", kind, measure, agent, predicate=predicate)


def _measure_edges(measures: Mapping[str, Description], evidence: Mapping[str, Evidence]) -> Iterator[Edge]:
    """Yield announcements, instruments, regions and addressees, proven by the measure's own words."""
    for measure, description in measures.items():
        quotes = sorted((evidence[key].start, key) for key in description.texts("zc:evidence") if key in evidence)
        proof = quotes[0][1] if quotes else ""
        raw = description.text("zc:cue")
        for kind, predicate in _OWN:
            for target in description.texts(predicate):
                iri = f"{measure}|{kind}|{target}"
                yield Edge(iri, kind, measure, target, evidence=proof, raw=raw, predicate=predicate)


def _read_evidence(store: Store) -> Iterator[Evidence]:
    where = """?e ?source ?start ?end ?exact ?prefix ?suffix WHERE {
        ?e oa:hasTarget ?target . ?target oa:hasSource ?source ; oa:hasSelector ?position, ?quote .
        ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact
        OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:suffix ?suffix } }"""
    for row in select(store, where):
        iri, source, start, end, *words = (text_of(term) if term else "" for term in row)
        yield Evidence(iri, source, int(start), int(end), *words)


def _read_documents(store: Store, wider: Wider) -> Iterator[SourceDocument]:
    sources = describe(store, "?s a zc:SourceText")
    issuers = describe(store, "?d eli:passed_by ?s")
    for iri, item in describe(store, "VALUES ?c { zc:PolicyDocument schema:NewsArticle } ?s a ?c").items():
        source = item.text("zc:sourceText")
        issuer = issuers.get(item.text("eli:passed_by"), NOTHING).text("skos:prefLabel")
        yield SourceDocument(
            iri,
            "policy" if "zc:PolicyDocument" in item.types() else "news",
            item.text("dcterms:title") or item.text("rdfs:label") or tail(iri),
            number=item.text("eli:id_local"),
            date=item.text("eli:date_document"),
            published=item.text("eli:date_publication") or item.text("schema:datePublished"),
            publisher=issuer or item.text("dcterms:publisher"),
            link=sources.get(source, NOTHING).text("dcterms:source") or item.text("dcterms:source"),
            source=source,
            province=wider.province(item.text("dcterms:spatial")),
        )


def _read_texts(store: Store) -> Iterator[tuple[str, str]]:
    for source, text in select(store, "?s ?text WHERE { ?s a zc:SourceText ; schema:text ?text }"):
        yield text_of(source), text_of(text)
