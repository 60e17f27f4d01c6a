"""The reference graph: regions, groups, instruments, bodies, reforms and acts, as lexicons and documents know them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import LexiconError
from kg.graph.namespaces import KINDS, VOCABULARIES, Names, is_address, term
from kg.graph.reference_agencies import agency_quads
from kg.graph.reference_instruments import Category, Codebook, instrument_quads, read_categories, read_codebooks
from kg.graph.terms import Values, code, date, describe, en, plain, types, zh
from kg.graph.usage import Usage
from kg.lexicons import Lexicons
from kg.lexicons.acts import Act, AddresseeGroup
from kg.lexicons.agency_names import Agencies
from kg.lexicons.instruments import Instruments
from kg.lexicons.region_names import Regions
from kg.model.entities import AgencyGroup, Region

_ALWAYS = {"province", "prefecture"}
_CODE = 6
_LABELS = {term("skos:prefLabel"), term("skos:altLabel")}
_REFORMED = {term("org:originalOrganization"), term("org:resultingOrganization")}


class Link(NamedTuple):
    """A row of ``ontology/links.csv``: what others call a thing of ours, who says so, when, and by which source.

    Attributes:
        subject: the thing by its kind and identifier (``region/440000``).
        predicate: the property with its prefix (``dcterms:identifier``, ``skos:exactMatch``).
        object: an http(s) address, else words.
        who, when, source: whom to ask; they stay in the file.
    """

    subject: str
    predicate: str
    object: str
    who: str
    when: str
    source: str


def read_links(path: Path) -> Iterator[Link]:
    """Yield the links of a file; raise LexiconError, with the line, for one that is no link."""
    with path.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.reader(stream), 1):
            kind, prefix = row[0].partition("/")[0], (row[1:2] or [""])[0].partition(":")[0]
            if number > 1 and (len(row) != len(Link._fields) or kind not in KINDS or prefix not in VOCABULARIES):
                raise LexiconError(f"{path}:{number}", "is no link", f"write {','.join(Link._fields)}")
            if number > 1:
                yield Link(*row)


@dataclass(frozen=True, slots=True)
class Reference:
    """What the lexicons give to the reference graph.

    Attributes:
        regions: The divisions, groups and zones; counties and zones come only where they are used.
        instruments: The vocabulary of instruments.
        agencies: The bodies that are listed, their reforms, and the kinds of local offices.
        acts: The kinds of actions.
        addressees: The groups that actions are meant for.
        categories: The categories of the two schemes of instruments, from ``ontology.ttl``.
        codebooks: The further ways to class instruments, from ``codebooks``.
        links: What others call our things, from ``links.csv``.
    """

    regions: Regions
    instruments: Instruments
    agencies: Agencies
    acts: tuple[Act, ...] = ()
    addressees: tuple[AddresseeGroup, ...] = ()
    categories: tuple[Category, ...] = ()
    codebooks: tuple[Codebook, ...] = ()
    links: tuple[Link, ...] = ()

    @classmethod
    def of(cls, lexicons: Lexicons) -> Reference:
        """Return what the lexicons give; raise LexiconError where their ontology cannot be read or lacks a label."""
        acts, categories = lexicons.acts, tuple(read_categories(lexicons.root / "ontology.ttl"))
        instruments, agencies = lexicons.instruments, lexicons.agencies
        known = (one.id for entries in (instruments.families, instruments.concepts, categories) for one in entries)
        codebooks = tuple(read_codebooks(lexicons.root / "codebooks", known))
        links = tuple(read_links(lexicons.root / "links.csv"))
        return cls(lexicons.regions, instruments, agencies, acts.acts, acts.addressees, categories, codebooks, links)


def reference_quads(names: Names, reference: Reference, usage: Usage, used: Container[str]) -> Iterator[Quad]:
    """Yield what the documents use of the reference data: what they name, and all that is said about it in turn.

    `used` holds the IRIs that the documents name. The members of closed groups stand in the inferred graph, words that
    mean a thing in one document only in the graph of that document.
    """
    quads = list(vocabulary_quads(names, reference, usage))
    needed = _reached(quads, used)
    kept = [quad for quad in quads if quad.subject in needed]
    yield from kept
    yield from _short_quads(names, usage, {(quad.subject, quad.object) for quad in kept if quad.predicate in _LABELS})


def _reached(quads: Iterable[Quad], used: Container[str]) -> set[object]:
    """Return the things that are used and those they lead to, a body also to its reforms and all whom they touch."""
    links: dict[object, set[object]] = defaultdict(set)
    subjects = set()
    for quad in quads:
        subjects.add(quad.subject)
        if isinstance(quad.object, NamedNode):
            links[quad.subject].add(quad.object)
            if quad.predicate in _REFORMED:
                links[quad.object].add(quad.subject)
    waiting: list[object] = [node for node in subjects if isinstance(node, NamedNode) and node.value in used]
    reached: set[object] = set()
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += links[node]
    return reached


def _short_quads(names: Names, usage: Usage, labelled: Container[tuple[object, object]]) -> Iterator[Quad]:
    """Yield as hidden labels, each in its document's graph, words that mean a thing there and nowhere else."""
    for path, said in usage.short.items():
        node = names.node(*path.split("/", 1))
        for document, words in said:
            label = Literal(words, language="zh")
            if (node, label) not in labelled:
                yield Quad(node, term("skos:hiddenLabel"), label, names.graph(document))


def vocabulary_quads(names: Names, reference: Reference, usage: Usage) -> Iterator[Quad]:
    """Yield all reference data, whether any document uses it or not."""
    regions, agencies = reference.regions, reference.agencies
    yield from _region_quads(names, regions, usage, {body.region for body in agencies.words.unique})
    yield from _region_group_quads(names, regions, usage)
    yield from instrument_quads(names, reference.instruments, reference.categories, reference.codebooks, usage)
    yield from agency_quads(names, agencies, regions, usage)
    for same in usage.groups.values():
        yield from _agency_group_quads(names, min(same, key=repr), usage)
    yield from _link_quads(names, reference.links)
    yield from _concept_quads(names, "act", "zc:Acts", reference.acts)
    yield from _concept_quads(names, "addressee", "zc:Addressees", reference.addressees)


def _region_quads(names: Names, regions: Regions, usage: Usage, wanted: set[str]) -> Iterator[Quad]:
    """Yield provinces and prefectures, and of the other regions those that are used, with all that they lie in."""
    wanted = wanted | usage.region_ids() | {region.id for region in regions if region.level in _ALWAYS}
    wanted |= {member.id for group in regions.groups for member in regions.members_of(group)}
    for region in _with_parents(regions, usage, wanted):
        division = regions.divisions.get(region.id)
        aliases = regions.labels(region.id) if region.id in regions else ()
        properties: dict[str, Values] = {
            "rdf:type": types("zc:Region", "cv:AdminUnit", "schema:AdministrativeArea"),
            **usage.labels(region.id, region.name, aliases),
            "skos:notation": code(region.id) if len(region.id) == _CODE and region.id.isdigit() else None,
            "geo:sfWithin": names.node("region", region.parent) if region.parent else None,
            "zc:adminLevel": plain(region.level),
            "zc:validTo": date(division.valid_to) if division else None,
        }
        yield from describe(names.node("region", region.id), names.graph("reference"), properties)


def _with_parents(regions: Regions, usage: Usage, wanted: Iterable[str]) -> Iterator[Region]:
    """Yield the regions that are no groups with those above them, each once."""
    reached: set[str] = set()
    for identifier in wanted:
        while identifier not in reached and (region := _region(regions, usage, identifier)):
            reached.add(identifier)
            identifier = region.parent
            if region.level != "group":
                yield region


def _region(regions: Regions, usage: Usage, identifier: str) -> Region | None:
    """Return a region as the lexicon knows it, else as a document does; None for groups of the lexicon."""
    if identifier in regions:
        region = regions.by_id(identifier)
        return None if region.level == "group" else region
    same = usage.regions.get(identifier)
    return min(same, key=repr) if same else None


def _region_group_quads(names: Names, regions: Regions, usage: Usage) -> Iterator[Quad]:
    """Yield the groups of the lexicon with their members, and those that only documents name."""
    listed = {group.id: group for group in regions.groups.values() if group.kind == "group"}
    groups: dict[str, dict[str, Values]] = {}
    for group in listed.values():
        groups[group.id] = {
            **usage.labels(group.id, group.name, group.names),
            "skos:prefLabel": [zh(group.name), en(group.en)],
            "zc:groupMember": [names.node("region", member.id) for member in regions.members_of(group.id)],
            "dcterms:source": plain(group.source),
        }
    for same in (usage.regions[identifier] for identifier in usage.regions.keys() - listed.keys()):
        region = min(same, key=repr)
        if region.level == "group":
            groups[region.id] = usage.labels(region.id, region.name)
    for identifier, properties in groups.items():
        kinds: dict[str, Values] = {"rdf:type": types("zc:RegionGroup", "geo:FeatureCollection")}
        yield from describe(names.node("region", identifier), names.graph("reference"), kinds | properties)


def _agency_group_quads(names: Names, group: AgencyGroup, usage: Usage) -> Iterator[Quad]:
    node = names.node("group", group.id)
    properties: dict[str, Values] = {
        "rdf:type": types("zc:AgencyGroup"),
        **usage.labels(group.id, group.name),
        "zc:membership": plain(group.membership),
        "zc:overRegionGroup": names.node("region", group.over) if group.over else None,
    }
    yield from describe(node, names.graph("reference"), properties)
    if group.membership == "closed" and group.members:
        members = [names.node("agency", member.id) for member in group.members]
        yield from describe(node, names.graph("inferred"), {"zc:groupMember": members})


def _link_quads(names: Names, links: Iterable[Link]) -> Iterator[Quad]:
    for link in links:
        node = names.node(*link.subject.split("/", 1))
        value = NamedNode(link.object) if is_address(link.object) else plain(link.object)
        yield from describe(node, names.graph("reference"), {link.predicate: value})


def _concept_quads(names: Names, kind: str, scheme: str, concepts: Iterable[Act | AddresseeGroup]) -> Iterator[Quad]:
    for concept in concepts:
        properties: dict[str, Values] = {
            "rdf:type": types("skos:Concept"),
            "skos:prefLabel": [zh(concept.zh), en(concept.en)],
            "skos:altLabel": [zh(word) for word in concept.words if word != concept.zh],
            "skos:inScheme": term(scheme),
            "skos:topConceptOf": term(scheme),
        }
        yield from describe(names.node(kind, concept.id), names.graph("reference"), properties)
