"""From the lexicons to the reference data of the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kg.errors import LexiconError
from kg.graph.known import (
    KnownAgency,
    KnownConcept,
    KnownInstrument,
    KnownOffice,
    KnownReform,
    KnownRegion,
    KnownRegionGroup,
    Reference,
)
from kg.graph.namespaces import VOCABULARIES, term
from kg.lexicons.acts import ActLexicon
from kg.lexicons.agencies import Agencies, CentralBody, SharedName, UniqueBody
from kg.lexicons.files import ontology_root
from kg.lexicons.instruments import Concept, Instruments, Placing
from kg.lexicons.regions import Regions

_CODE = 6
_SCHEMES = ("RothwellZegveld", "Howlett")


def reference_from(
    regions: Regions,
    instruments: Instruments,
    agencies: Agencies,
    *,
    acts: ActLexicon | None = None,
    root: Path | None = None,
) -> Reference:
    """Return the reference data of the lexicons; the categories of instruments are in ``ontology.ttl`` under `root`."""
    categories = tuple(read_categories(root or ontology_root()))
    return Reference(
        regions=tuple(_regions(regions)),
        region_groups=tuple(_region_groups(regions)),
        instruments=(*categories, *_instruments(instruments, categories)),
        agencies=tuple(_agencies(agencies)),
        reforms=tuple(_reforms(agencies)),
        offices=tuple(_offices(agencies, regions)),
        local_reforms=tuple(_local_reforms(agencies)),
        concepts=tuple(_concepts(acts)) if acts else (),
    )


def _concepts(acts: ActLexicon) -> Iterator[KnownConcept]:
    for act in acts.acts:
        yield KnownConcept(act.id, "act", act.zh, act.en, act.words)
    for group in acts.addressees:
        yield KnownConcept(group.id, "addressee", group.zh, group.en, group.words)


def read_categories(root: Path) -> Iterator[KnownInstrument]:
    """Yield the categories of the two schemes, each under its notation in the ontology (rz-financial, ho-treasure).

    Those of the first level are top concepts of their scheme; the kinds of tools below them have one as broader.
    """
    file = root / "ontology.ttl"
    ontology = _load_ontology(file)
    for scheme in _SCHEMES:
        for quad in sorted(ontology.quads_for_pattern(None, term("skos:inScheme"), term(f"zc:{scheme}")), key=str):
            if isinstance(quad.subject, NamedNode):
                yield _category(file, ontology, quad.subject, scheme)


def _load_ontology(file: Path) -> Store:
    ontology = Store()
    try:
        ontology.bulk_load(path=str(file), format=RdfFormat.TURTLE)
    except (OSError, SyntaxError, ValueError) as error:
        raise LexiconError(str(file), f"cannot be read ({' '.join(str(error).split())})", "mend the file") from error
    return ontology


def _category(file: Path, ontology: Store, node: NamedNode, scheme: str) -> KnownInstrument:
    def text(name: str, language: str | None = None, of: NamedNode = node) -> str:
        for quad in ontology.quads_for_pattern(of, term(name), None):
            if isinstance(quad.object, Literal) and quad.object.language == language:
                return quad.object.value
        said = f"{name} in {language}" if language else name
        raise LexiconError(str(file), f"entry {of.value} has no {said}", "add it")

    above = [quad.object for quad in ontology.quads_for_pattern(node, term("skos:broader"), None)]
    return KnownInstrument(
        text("skos:notation"),
        text("skos:prefLabel", "zh"),
        text("skos:prefLabel", "en"),
        broader=tuple(text("skos:notation", of=one) for one in above if isinstance(one, NamedNode)),
        schemes=(scheme,),
        top_of="" if above else scheme,
        definition_zh=text("rdfs:comment", "zh"),
        definition_en=text("rdfs:comment", "en"),
        matches=node.value.removeprefix(VOCABULARIES["zc"]),
    )


def _regions(regions: Regions) -> Iterator[KnownRegion]:
    for region in regions:
        if region.id in regions.divisions:
            aliases = tuple(label for label in regions.labels(region.id) if label != region.name)
            valid_to = regions.divisions[region.id].valid_to
            short = regions.short(region.id)
            yield KnownRegion(region.id, region.name, region.level, region.parent, aliases, region.id, valid_to, short)
        elif regions.groups[region.id].kind == "zone":
            yield KnownRegion(region.id, region.name, "zone", region.parent, regions.groups[region.id].names)


def _region_groups(regions: Regions) -> Iterator[KnownRegionGroup]:
    for group in regions.groups.values():
        if group.kind == "group":
            members = group.members if group.expand else ()
            yield KnownRegionGroup(group.id, group.name, members, group.names, group.source, group.en)


def _instruments(instruments: Instruments, categories: tuple[KnownInstrument, ...]) -> Iterator[KnownInstrument]:
    families = {family.id: family for family in instruments.families}
    placings = {placing.id: placing for placing in instruments.placings}
    sides = {category.id: category.broader for category in categories}
    same = {concept.id: concept.labels for concept in instruments.concepts if concept.id in families}
    for family in instruments.families:
        aliases = same.get(family.id, ())  # a concept with the family's id is the family
        known = KnownInstrument(family.id, family.zh, family.en, aliases)
        yield _placed(known, placings[family.placing], sides)
    for concept in instruments.concepts:
        if concept.id not in families:
            yield _placed(_concept(concept), placings[concept.placing or families[concept.family].placing], sides)


def _concept(concept: Concept) -> KnownInstrument:
    above = (concept.broader or concept.family,)
    return KnownInstrument(concept.id, concept.pref, concept.en, concept.alt, above)


def _placed(known: KnownInstrument, placing: Placing, sides: Mapping[str, tuple[str, ...]]) -> KnownInstrument:
    """Put an instrument in its categories, both levels of the first scheme, so that a query need not climb."""
    kind = f"rz-{placing.rothwell_zegveld}"
    classes = (kind, *sides.get(kind, ()), f"ho-{placing.howlett}")
    broader = (*known.broader, *classes)
    return replace(known, broader=broader, schemes=_SCHEMES, reason_zh=placing.zh, reason_en=placing.en)


def _agencies(agencies: Agencies) -> Iterator[KnownAgency]:
    known = _listed(agencies)
    yield from map(_central, agencies.central)
    for body in agencies.words.unique:
        yield _unique(body, known)


def _listed(agencies: Agencies) -> set[str]:
    return {body.id for body in agencies.central} | {body.id for body in agencies.words.unique}


def _central(body: CentralBody) -> KnownAgency:
    return KnownAgency(
        body.id,
        body.official,
        body.en,
        (body.short, *body.names, *body.nicknames),
        kind=body.branch,
        regulator=body.regulator,
        parent=body.parent,
        valid_from=body.validity.start,
        valid_to=body.validity.end,
    )


def _unique(body: UniqueBody, known: set[str]) -> KnownAgency:
    return KnownAgency(
        body.id,
        body.official,
        body.en,
        (body.short, *body.names),
        level="",
        region=body.region,
        kind=body.branch,
        regulator=body.regulator,
        parent=body.parent if body.parent in known else "",
        valid_from=body.validity.start,
        valid_to=body.validity.end,
    )


def _reforms(agencies: Agencies) -> Iterator[KnownReform]:
    """Yield the reforms of listed bodies and of single local offices; other names are no identities."""
    known = _listed(agencies)
    offices = {office.id for office in agencies.words.offices if office.official}
    for reform in agencies.reforms:
        before, after = (
            tuple(id_ for id_ in ids if id_ in known or _kind(id_) in offices) for ids in (reform.before, reform.after)
        )
        if after:
            yield KnownReform(reform.id, reform.date, before, after, partial=reform.partial, source=reform.note)


def _kind(identifier: str) -> str:
    """Return the kind of a single office, as in pbc-branch-440000; empty for other identifiers."""
    kind, _, place = identifier.rpartition("-")
    return kind if len(place) == _CODE and place.isdigit() else ""


def _offices(agencies: Agencies, regions: Regions) -> Iterator[KnownOffice]:
    """Yield the kinds of local offices whose official names are known.

    A name that two kinds had one after the other (人民银行上海分行) means neither without a day, so neither has it.
    """
    patterns = Counter(pattern for office in agencies.words.offices for pattern in office.patterns)
    for office in agencies.words.offices:
        if office.official:
            valid = office.validity
            yield KnownOffice(
                office.id,
                office.official,
                office.branch,
                office.regulator,
                office.seat,
                office.parent,
                valid.start,
                valid.end,
                tuple(each for each in office.patterns if "{region}" in each and patterns[each] == 1),
                tuple((shared.pattern, _places(shared, regions)) for shared in office.shared),
            )


def _places(shared: SharedName, regions: Regions) -> frozenset[str]:
    """Return the regions whose offices go by a name that is good for some only."""
    return frozenset(region.id for region in regions if shared.covers(region.id, region.level))


def _local_reforms(agencies: Agencies) -> Iterator[KnownReform]:
    """Yield the reforms of kinds of local offices."""
    offices = {office.id for office in agencies.words.offices if office.official}
    for reform in agencies.reforms:
        before, after = (tuple(id_ for id_ in ids if id_ in offices) for ids in (reform.before, reform.after))
        if before and after:
            yield KnownReform(reform.id, reform.date, before, after, partial=reform.partial, source=reform.note)
