"""The reference graph: bodies, groups, places, instruments and reforms, as the lexicons and the documents know them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from kg.graph.known import (
    KnownAgency,
    KnownConcept,
    KnownInstrument,
    KnownReform,
    KnownRegion,
    KnownRegionGroup,
    Reference,
)
from kg.graph.local_history import local_history, office_names
from kg.graph.namespaces import Names, term
from kg.graph.terms import Values, code, date, describe, en, plain, truth, types, zh
from kg.graph.usage import Usage, chosen
from kg.model.entities import AgencyGroup, Instrument, Region

_SCHEMES = {"act": "zc:Acts", "addressee": "zc:Addressees"}
_ALWAYS = {"country", "province", "prefecture"}


def reference_quads(names: Names, reference: Reference, usage: Usage) -> Iterator[Quad]:
    """Yield the reference graph, and the members of closed groups in the inferred graph."""
    for region in _regions(reference, usage):
        yield from _region_quads(names, region, usage)
    for region_group in _region_groups(reference, usage):
        yield from _region_group_quads(names, region_group, usage)
    for instrument in _instruments(reference, usage):
        yield from _instrument_quads(names, instrument, usage)
    older, local_reforms = local_history(reference, usage)
    reference = replace(reference, agencies=(*reference.agencies, *older))
    for agency in _agencies(reference, usage):
        yield from _agency_quads(names, agency, usage)
    for same in usage.groups.values():
        yield from _group_quads(names, min(same, key=repr), usage)
    for concept in reference.concepts:
        yield from _concept_quads(names, concept)
    for reform in (*reference.reforms, *local_reforms):
        yield from _reform_quads(names, reform)


def _labels(usage: Usage, identifier: str, name: str, aliases: tuple[str, ...]) -> dict[str, Values]:
    """Give one preferred label, other names as alternative labels, words good in one document only as hidden ones."""
    others = {*aliases, *usage.names.get(identifier, ())} - {name, ""}
    hidden = usage.short.get(identifier, set()) - others - {name}
    return {
        "skos:prefLabel": zh(name),
        "skos:altLabel": [zh(other) for other in sorted(others)],
        "skos:hiddenLabel": [zh(other) for other in sorted(hidden)],
    }


def _regions(reference: Reference, usage: Usage) -> list[KnownRegion]:
    known = {region.id: region for region in reference.regions}
    groups = {group.id: group for group in reference.region_groups}
    for identifier, same in usage.regions.items():
        if identifier not in known and identifier not in groups:
            known[identifier] = _region_from(min(same, key=repr))
    wanted = usage.region_ids() | {region.id for region in reference.regions if region.level in _ALWAYS}
    wanted |= {agency.region for agency in reference.agencies}
    wanted |= {member for group in reference.region_groups for member in group.members}
    found = (known[identifier] for identifier in sorted(_with_parents(known, wanted)))
    return [region for region in found if region.level != "group"]


def _region_from(region: Region) -> KnownRegion:
    code = region.id if len(region.id) == 6 and region.id.isdigit() else ""
    return KnownRegion(region.id, region.name, region.level, region.parent, code=code)


def _with_parents(known: dict[str, KnownRegion], wanted: set[str]) -> set[str]:
    reached: set[str] = set()
    for identifier in wanted:
        while identifier in known and identifier not in reached:
            reached.add(identifier)
            identifier = known[identifier].parent
    return reached


def _region_groups(reference: Reference, usage: Usage) -> list[KnownRegionGroup]:
    groups = {group.id: group for group in reference.region_groups}
    for identifier, same in usage.regions.items():
        region = min(same, key=repr)
        if region.level == "group":
            groups.setdefault(identifier, KnownRegionGroup(identifier, region.name))
    return [groups[identifier] for identifier in sorted(groups)]


def _region_quads(names: Names, region: KnownRegion, usage: Usage) -> Iterator[Quad]:
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Region", "cv:AdminUnit", "schema:AdministrativeArea"),
        **_labels(usage, region.id, region.name, region.aliases),
        "skos:notation": code(region.code),
        "geo:sfWithin": names.node("region", region.parent) if region.parent else None,
        "zc:adminLevel": plain(region.level),
        "zc:validTo": date(region.valid_to),
    }
    yield from describe(names.node("region", region.id), names.graph("reference"), properties)


def _region_group_quads(names: Names, group: KnownRegionGroup, usage: Usage) -> Iterator[Quad]:
    properties: dict[str, Values] = {
        "rdf:type": types("zc:RegionGroup", "skos:Collection"),
        **_labels(usage, group.id, group.name, group.aliases),
        "skos:prefLabel": [zh(group.name), en(group.en)],
        "skos:member": [names.node("region", member) for member in group.members],
        "dcterms:source": plain(group.source),
    }
    yield from describe(names.node("region", group.id), names.graph("reference"), properties)


def _instruments(reference: Reference, usage: Usage) -> list[KnownInstrument]:
    known = {instrument.id: instrument for instrument in reference.instruments}
    for identifier, same in usage.instruments.items():
        one = min(same, key=repr)
        known.setdefault(identifier, _formed(one, known))
    return [known[identifier] for identifier in sorted(known)]


def _formed(instrument: Instrument, known: dict[str, KnownInstrument]) -> KnownInstrument:
    """Place an instrument that is not in the vocabulary under its concept or family, and in the categories of that."""
    above = known.get(instrument.concept or instrument.family)
    if not above or above.id == instrument.id:
        return KnownInstrument(instrument.id, instrument.name)
    classes = [one for one in above.broader if one in known and known[one].matches]
    broader = (above.id, *classes)
    named = replace(above, id=instrument.id, zh=instrument.name, en="", aliases=(), broader=broader)
    return replace(named, top_of="", definition_zh="", definition_en="", matches="")


def _instrument_quads(names: Names, instrument: KnownInstrument, usage: Usage) -> Iterator[Quad]:
    labels = _labels(usage, instrument.id, instrument.zh, instrument.aliases)
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Instrument", "skos:Concept"),
        **labels,
        "skos:prefLabel": [zh(instrument.zh), en(instrument.en)],
        "skos:definition": [zh(instrument.definition_zh), en(instrument.definition_en)],
        "skos:broader": [names.node("instrument", above) for above in instrument.broader],
        "skos:inScheme": [term(f"zc:{scheme}") for scheme in instrument.schemes],
        "skos:exactMatch": term(f"zc:{instrument.matches}") if instrument.matches else None,
        "skos:topConceptOf": term(f"zc:{instrument.top_of}") if instrument.top_of else None,
        "zc:classificationReason": [zh(instrument.reason_zh), en(instrument.reason_en)],
    }
    yield from describe(names.node("instrument", instrument.id), names.graph("reference"), properties)


def _agencies(reference: Reference, usage: Usage) -> list[KnownAgency]:
    known = {agency.id: agency for agency in reference.agencies}
    offices = office_names(reference, usage)
    for identifier, same in usage.agencies.items():
        one = chosen(same)
        if identifier in known:
            listed = known[identifier]
            known[identifier] = replace(listed, aliases=(*listed.aliases, one.name, one.official))
        else:
            known[identifier] = KnownAgency(
                identifier,
                one.official or one.name,
                aliases=(*(agency.name for agency in same), *offices.get(identifier, ())),
                level=one.level,
                region=one.region,
                kind=one.kind,
                regulator=one.regulator,
                vertical=one.vertical,
                parent=one.parent,
            )
    return [known[identifier] for identifier in sorted(known)]


def _agency_quads(names: Names, agency: KnownAgency, usage: Usage) -> Iterator[Quad]:
    regulator = ("zc:Regulator",) if agency.regulator else ()
    labels = _labels(usage, agency.id, agency.name, agency.aliases)
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Agency", "cv:PublicOrganisation", *regulator),
        **labels,
        "skos:prefLabel": [zh(agency.name), en(agency.en)],
        "dcterms:spatial": names.node("region", agency.region) if agency.region else None,
        "org:subOrganizationOf": names.node("agency", agency.parent) if agency.parent else None,
        "zc:adminLevel": plain(agency.level),
        "zc:bodyKind": plain(agency.kind),
        "zc:verticallyManaged": truth(agency.vertical),
        "zc:validFrom": date(agency.valid_from),
        "zc:validTo": date(agency.valid_to),
    }
    yield from describe(names.node("agency", agency.id), names.graph("reference"), properties)


def _group_quads(names: Names, group: AgencyGroup, usage: Usage) -> Iterator[Quad]:
    node = names.node("group", group.id)
    properties: dict[str, Values] = {
        "rdf:type": types("zc:AgencyGroup"),
        **_labels(usage, group.id, group.name, ()),
        "zc:membership": plain(group.membership),
        "zc:overRegionGroup": names.node("region", group.over) if group.over else None,
    }
    yield from describe(node, names.graph("reference"), properties)
    if group.membership == "closed" and group.members:
        members = [names.node("agency", member.id) for member in group.members]
        collected: dict[str, Values] = {"rdf:type": types("skos:Collection"), "skos:member": members}
        yield from describe(node, names.graph("inferred"), collected)


def _concept_quads(names: Names, concept: KnownConcept) -> Iterator[Quad]:
    scheme = term(_SCHEMES[concept.kind])
    properties: dict[str, Values] = {
        "rdf:type": types("skos:Concept"),
        "skos:prefLabel": [zh(concept.zh), en(concept.en)],
        "skos:altLabel": [zh(alias) for alias in concept.aliases if alias != concept.zh],
        "skos:inScheme": scheme,
        "skos:topConceptOf": scheme,
    }
    yield from describe(names.node(concept.kind, concept.id), names.graph("reference"), properties)


def _reform_quads(names: Names, reform: KnownReform) -> Iterator[Quad]:
    graph = names.graph("reference")
    before, after = (_bodies(names, bodies) for bodies in (reform.before, reform.after))
    properties: dict[str, Values] = {
        "rdf:type": types("org:ChangeEvent"),
        "rdfs:label": zh(reform.label),
        "org:originalOrganization": before,
        "org:resultingOrganization": after,
        "dcterms:date": date(reform.date),
        "dcterms:source": plain(reform.source),
        "zc:partial": truth(reform.partial),
    }
    yield from describe(names.node("reform", reform.id), graph, properties)
    for old in before:
        yield from describe(old, graph, {"zc:successor": after})


def _bodies(names: Names, identifiers: tuple[str, ...]) -> list[NamedNode]:
    return [names.node("agency", identifier) for identifier in identifiers]
