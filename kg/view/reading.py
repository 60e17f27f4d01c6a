"""Reads what the page shows from a store.

Named graphs do not count, so a Turtle file without them reads the same as N-Quads. Only what takes part in a measure
is read: bodies, instruments and regions that no measure mentions stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Store

from kg.graph.counts import count_things
from kg.graph.direct_triples import ASSIGNMENT, DIRECT_PROPERTIES
from kg.graph.namespaces import term
from kg.graph.terms import key_of
from kg.graph.things import DOCUMENTS, NOTHING, Quote, StoredThings, Thing, Things, name_of, quotes_of
from kg.graph.vocabulary import local_name
from kg.view.data import Edge, Heading, Node, SourceDocument, ViewData, families_of, group_names, province_of

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


Described = Mapping[str, Thing]


def read_view_data(store: Store) -> ViewData:
    """Return what the store holds for the page; an empty store gives empty parts."""
    things = StoredThings(store)
    measures, assignments, sections = _read_measures(things), things.of(ASSIGNMENT), things.of("zc:Section")
    quotes = _read_quotes(things, (*measures.values(), *assignments.values()))
    edges = _read_edges(things, measures, assignments, _inferred(store), quotes)
    ends = {edge.source: edge.kind for edge in edges} | {edge.target: edge.kind for edge in edges}
    shown = list(_without_clauses(_measure_nodes(things, measures, sections, quotes), edges, quotes))
    nodes = [*shown, *_other_nodes(things, {iri: kind for iri, kind in ends.items() if iri not in measures})]
    documents = tuple(sorted(_read_documents(things)))
    return ViewData(
        nodes=tuple(sorted(nodes)),
        edges=edges,
        evidence=tuple(quotes[key] for key in sorted({edge.evidence for edge in edges} & quotes.keys())),
        documents=documents,
        texts=_read_texts(things),
        headings=tuple(sorted(_headings(sections))),
        names=group_names(things, _groups(nodes, documents)),
        counts=count_things(store),
    )


def _groups(nodes: Iterable[Node], documents: Iterable[SourceDocument]) -> set[str]:
    """Return the IRIs of the provinces and families by which something is grouped."""
    families = {family for node in nodes for family in node.families}
    return (families | {node.province for node in nodes} | {document.province for document in documents}) - {""}


def _headings(sections: Described) -> Iterator[Heading]:
    for section in sections.values():
        if title := section.text("dcterms:title"):
            whole = section.link("eli:is_part_of")
            yield Heading(whole, section.text("zc:path"), _SENTENCE.split(title)[0][:_HEADING])


def _read_measures(things: StoredThings) -> dict[str, Thing]:
    """Return the measures; in news, a measure to which nobody is assigned is replaced by the actions it consists of."""
    news = things.of("schema:NewsArticle").keys()
    actions = {
        iri: action
        for iri, action in things.of("zc:PolicyAction").items()
        if not news.isdisjoint(action.links("dcterms:isPartOf"))
    }
    replaced = {action.link("zc:inMeasure") for action in actions.values()}
    left = {
        iri: measure
        for iri, measure in things.of("zc:Measure").items()
        if iri not in replaced or any(map(measure.links, DIRECT_PROPERTIES.values()))
    }
    return left | actions


def _read_quotes(things: Things, proven: Iterable[Thing]) -> dict[str, Quote]:
    """Return the words that prove some things, by the IRI of the evidence."""
    return {quote.iri: quote for thing in proven for quote in quotes_of(things, thing)}


def _measure_nodes(
    things: Things, measures: Described, sections: Described, quotes: Mapping[str, Quote]
) -> Iterator[Node]:
    for iri, measure in measures.items():
        section = sections.get(measure.link("zc:statedIn"), NOTHING)
        starts = [quotes[key].start for key in measure.links("zc:evidence") if key in quotes]
        yield Node(
            iri,
            "measure",
            measure.name or section.name or local_name(iri),
            type=_class(measure),
            named=_naming(measure),
            english=measure.label("en"),
            document=measure.link("dcterms:isPartOf"),
            path=measure.text("zc:path") or section.text("zc:path"),
            position=min(starts, default=int(section.text("zc:start") or 0)),
            act=things.get(measure.link("zc:act"), NOTHING).name,
            status=measure.text("zc:status"),
        )


def _without_clauses(nodes: Iterable[Node], edges: Iterable[Edge], quotes: Mapping[str, Quote]) -> Iterator[Node]:
    """Yield the measures without the clause at the end of their label that proves who is assigned.

    A label that was cut is no longer the one the graph states, so it is not `named`.
    """
    clauses: dict[str, set[str]] = {}
    for edge in edges:
        if edge.kind in DIRECT_PROPERTIES and edge.evidence in quotes:
            clauses.setdefault(edge.source, set()).add(quotes[edge.evidence].exact)
    for node in nodes:
        label = node.label.rstrip(_STOPS)
        cut = min(
            (label.removesuffix(clause.rstrip(_STOPS)) for clause in clauses.get(node.id, ())), key=len, default=""
        )
        rest = cut.rstrip()
        yield replace(node, label=rest, named="") if rest and cut != label else node


def _other_nodes(things: Things, ends: Mapping[str, str]) -> Iterator[Node]:
    """Yield the nodes of bodies, instruments, regions and addressees, which `ends` gives with the kind of an edge."""
    for iri, edge_kind in sorted(ends.items()):
        thing = things.get(iri, NOTHING)
        kind, spatial = _node_kind(thing, edge_kind), thing.link("dcterms:spatial")
        name = thing.name or local_name(iri)
        yield Node(
            iri,
            kind,
            name,
            type=_class(thing),
            named=_naming(thing),
            english=thing.label("en"),
            aliases=tuple(alias for alias in dict.fromkeys(thing.texts("skos:altLabel")) if alias != name),
            level=thing.text("zc:adminLevel"),
            region=things.get(spatial, NOTHING).name,
            vertical=thing.text("zc:verticallyManaged") in {"true", "1"},
            regulator=thing.is_a("zc:Regulator"),
            membership=thing.text("zc:membership"),
            province=province_of(things, iri if kind == "region" else spatial),
            families=families_of(things, iri),
        )


def _naming(thing: Thing) -> str:
    """Return by which property and in which language the graph states a name, such as ``skos:prefLabel@zh``."""
    if not thing.labels:
        return ""
    language = thing.labels[0].language
    return f"{thing.label_property}@{language}" if language else thing.label_property


def _class(thing: Thing) -> str:
    return next((name for name in _CLASSES if thing.is_a(name)), "")


def _node_kind(thing: Thing, edge_kind: str) -> str:
    """Return the kind of a node by its class, else by the edge that leads to it (a slim export may lack classes)."""
    for kind, name in (("group", "zc:AgencyGroup"), ("instrument", "zc:Instrument"), ("agency", "zc:Agency")):
        if thing.is_a(name):
            return kind
    if edge_kind in {"instrument", "region", "addressee"}:
        return edge_kind
    return "agency"


def _read_edges(
    things: StoredThings, measures: Described, assignments: Described, inferred: set[str], quotes: Mapping[str, Quote]
) -> tuple[Edge, ...]:
    """Return the edges by their identifiers, each once."""
    assigned = [_assignment_edge(thing, is_inferred=iri in inferred) for iri, thing in assignments.items()]
    unproven = _unproven_edges(measures, {(edge.source, edge.kind, edge.target) for edge in assigned})
    members = _member_edges(things.of("zc:AgencyGroup"), {edge.target for edge in assigned})
    edges = (*assigned, *unproven, *_measure_edges(measures, quotes), *members)
    return tuple(sorted({edge.id: edge for edge in edges}.values()))


def _member_edges(groups: Described, agents: set[str]) -> Iterator[Edge]:
    """Yield the members of the groups that have a role."""
    for group in sorted(agents & groups.keys()):
        for member in groups[group].links("zc:groupMember"):
            yield Edge(f"{group}|member|{member}", "member", group, member, inferred=True, predicate="zc:groupMember")


def _assignment_edge(assignment: Thing, *, is_inferred: bool) -> Edge:
    role = local_name(assignment.link("zc:role")).lower()
    resolution, confidence = assignment.text("zc:resolution"), assignment.text("zc:confidence")
    return Edge(
        assignment.iri,
        role,
        assignment.link("zc:measure"),
        assignment.link("zc:agent"),
        inferred=is_inferred or resolution == _GROUP_MEMBER,
        evidence=assignment.link("zc:evidence"),
        raw=assignment.text("zc:rawRole"),
        surface=assignment.text("zc:surfaceForm"),
        resolution=resolution,
        confidence=round(float(confidence), 3) if confidence else None,
        form=assignment.text("zc:clauseForm"),
        via=assignment.link("zc:viaGroup"),
        predicate=DIRECT_PROPERTIES.get(role, ""),
    )


def _inferred(store: Store) -> set[str]:
    """Return the IRIs of the assignments that stand in the graph of what was inferred."""
    graphs = [graph for graph in store.named_graphs() if key_of(graph).endswith("/graph/inferred")]
    pattern = term("rdf:type"), term(ASSIGNMENT)
    return {key_of(quad.subject) for graph in graphs for quad in store.quads_for_pattern(None, *pattern, graph)}


def _unproven_edges(measures: Described, assigned: set[tuple[str, str, str]]) -> Iterator[Edge]:
    """Yield the direct triples that no assignment explains, as slim exports have them."""
    for measure, thing in measures.items():
        for kind, predicate in DIRECT_PROPERTIES.items():
            for agent in thing.links(predicate):
                if (measure, kind, agent) not in assigned:
                    yield Edge(f"{measure}|{kind}|{agent}", kind, measure, agent, predicate=predicate)


def _measure_edges(measures: Described, quotes: Mapping[str, Quote]) -> Iterator[Edge]:
    """Yield announcements, instruments, regions and addressees, proven by the measure's own words."""
    for measure, thing in measures.items():
        proofs = sorted((quotes[key].start, key) for key in thing.links("zc:evidence") if key in quotes)
        proof = proofs[0][1] if proofs else ""
        raw = thing.text("zc:cue")
        for kind, predicate in _OWN:
            for target in thing.links(predicate):
                iri = f"{measure}|{kind}|{target}"
                yield Edge(iri, kind, measure, target, evidence=proof, raw=raw, predicate=predicate)


def _read_documents(things: StoredThings) -> Iterator[SourceDocument]:
    for iri, document in things.of(*DOCUMENTS).items():
        source = things.get(document.link("zc:wording"), NOTHING).link("zc:sourceText")
        issuer = things.get(document.link("eli:passed_by"), NOTHING).name
        yield SourceDocument(
            iri,
            "policy" if document.is_a("zc:PolicyDocument") else "news",
            name_of(things, iri),
            number=document.text("eli:id_local"),
            date=document.text("eli:date_document"),
            published=document.text("eli:date_publication") or document.text("schema:datePublished"),
            publisher=issuer or document.text("dcterms:publisher"),
            link=things.get(source, NOTHING).text("dcterms:source") or document.text("dcterms:source"),
            source=source,
            province=province_of(things, document.link("dcterms:spatial")),
        )


def _read_texts(things: StoredThings) -> dict[str, str]:
    """Return the source texts by IRI."""
    texts = {iri: source.text("schema:text") for iri, source in things.of("zc:SourceText").items()}
    return {iri: text for iri, text in texts.items() if text}
