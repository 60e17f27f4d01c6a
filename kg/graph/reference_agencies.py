"""Bodies in the reference graph: those that are listed, those that documents name, and what became of them.

A reform of a kind of local offices is worked out for each office that is named: 广东银保监局 is one of those that
became 国家金融监督管理总局X监管局 on 2023-07-20, and its successor is that of 广东.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from msgspec import structs
from pyoxigraph import Quad

from kg.graph.namespaces import Names
from kg.graph.terms import Values, date, describe, en, plain, truth, types, zh
from kg.graph.usage import Usage, chosen
from kg.lexicons.agency_entries import CentralBody, Office, Reform, UniqueBody
from kg.lexicons.agency_names import Agencies
from kg.lexicons.entry import ALWAYS, Validity
from kg.lexicons.region_names import Regions
from kg.model.entities import Agency, Region
from kg.model.ids import government_id

_NOT_PUBLIC = {"enterprise", "organization"}
_REGION, _FULL = "{region}", "{full}"


def agency_quads(names: Names, agencies: Agencies, regions: Regions, usage: Usage) -> Iterator[Quad]:
    """Yield the listed bodies, the bodies that documents name, their predecessors and successors, and the reforms."""
    listed, offices = _listed(agencies), LocalOffices(agencies, regions)
    reforms = [reform for reform in map(offices.reform_of_single, agencies.reforms) if reform.after]
    reformed = {id_ for reform in reforms for id_ in (*reform.before, *reform.after)}
    known, local_reforms = offices.history((*usage.agencies, *reformed))
    bodies = known | {id_: _named(same, offices) for id_, same in usage.agencies.items()} | listed
    for body in _under_governments(bodies, agencies, regions).values():
        yield from _body_quads(names, body, usage)
    for reform in (*reforms, *local_reforms):
        yield from _reform_quads(names, reform)


def _under_governments(bodies: Mapping[str, _Body], agencies: Agencies, regions: Regions) -> dict[str, _Body]:
    """Return the bodies with each department of a region under its government, and those governments with them."""
    placed: dict[str, _Body] = {}
    for id_, body in bodies.items():
        agency, government = body.agency, government_id(body.agency.region)
        if _is_department(agency) and agency.region in regions and id_ != government:
            body = replace(body, agency=replace(agency, parent=government))
            placed[government] = bodies.get(government) or _government(regions.by_id(agency.region), agencies)
        placed[id_] = body
    return placed


def _is_department(agency: Agency) -> bool:
    """Tell whether a body is one of its region's government by its identifier: 440000-finance-department."""
    own = agency.id.startswith(f"{agency.region}-") and not agency.vertical and not agency.parent
    return bool(agency.region) and agency.kind == "government" and own


def _government(region: Region, agencies: Agencies) -> _Body:
    short, official = agencies.government_of(region.name)
    return _Body(Agency(government_id(region.id), short, official, level=region.level, region=region.id), ())


@dataclass(frozen=True, slots=True)
class _Body:
    """A body with what a record of it in a document does not hold."""

    agency: Agency
    aliases: tuple[str, ...]
    english: str = ""
    validity: Validity = ALWAYS


def _listed(agencies: Agencies) -> dict[str, _Body]:
    """Return the bodies that are listed by name."""
    bodies = [_central(body) for body in agencies.central]
    known = {*(body.id for body in agencies.central), *(body.id for body in agencies.words.unique)}
    bodies += [_unique(body, known) for body in agencies.words.unique]
    return {body.agency.id: body for body in bodies}


def _central(body: CentralBody) -> _Body:
    agency = Agency(body.id, body.short, body.official, "country", "", body.branch, body.regulator, False, body.parent)
    return _Body(agency, body.labels, body.en, body.validity)


def _unique(body: UniqueBody, known: set[str]) -> _Body:
    parent = body.parent if body.parent in known else ""
    agency = Agency(body.id, body.short, body.official, "", body.region, body.branch, body.regulator, False, parent)
    return _Body(agency, body.labels, body.en, body.validity)


class LocalOffices:
    """The local offices of central bodies, by their kinds and regions, with what became of them.

    Only kinds whose official names are known have identities.
    """

    def __init__(self, agencies: Agencies, regions: Regions) -> None:
        self.kinds = {office.id: office for office in agencies.words.offices if office.official}
        self._regions = regions
        self._listed = {body.id for bodies in (agencies.central, agencies.words.unique) for body in bodies}
        self._reforms = [reform for reform in map(self._of_kinds, agencies.reforms) if reform.before and reform.after]
        self._patterns = Counter(pattern for office in agencies.words.offices for pattern in office.patterns)

    def _of_kinds(self, reform: Reform) -> Reform:
        """Return a reform with the kinds of offices alone that it is about."""
        return _with_bodies(reform, lambda id_: [id_] if id_ in self.kinds else [])

    def reform_of_single(self, reform: Reform) -> Reform:
        """Return a reform with the listed bodies and single offices alone that it is about; names are no identities."""
        return _with_bodies(reform, lambda id_: [id_] if id_ in self._listed or self._read(id_) else [])

    def _read(self, identifier: str) -> tuple[Office, Region] | None:
        """Return kind and region of an identifier such as pbc-branch-440000; None for others."""
        kind, _, place = identifier.rpartition("-")
        if kind not in self.kinds or place not in self._regions.divisions:
            return None
        return self.kinds[kind], self._regions.by_id(place)

    def history(self, identifiers: Iterable[str]) -> tuple[dict[str, _Body], list[Reform]]:
        """Return the offices among some bodies with their predecessors and successors, and the reforms between them."""
        waiting = [pair for identifier in identifiers if (pair := self._read(identifier))]
        bodies: dict[str, _Body] = {}
        reforms: dict[str, Reform] = {}
        while waiting:
            office, region = waiting.pop()
            if f"{office.id}-{region.id}" not in bodies:
                bodies[f"{office.id}-{region.id}"] = self._body(office, region)
                for reform in self._reforms:
                    kinds = (*reform.before, *reform.after)
                    if office.id in kinds:
                        reforms[f"{reform.id}-{region.id}"] = _in_region(reform, region.id)
                        waiting += [(self.kinds[kind], region) for kind in kinds]
        return bodies, list(reforms.values())

    def _body(self, office: Office, region: Region) -> _Body:
        short = self._regions.short(region.id)
        official = office.official.replace(_REGION, short).replace(_FULL, region.name)
        place = "" if office.seat else region.id
        agency = Agency(
            f"{office.id}-{region.id}",
            "",
            official,
            region.level,
            place,
            office.branch,
            office.regulator,
            True,
            office.parent,
        )
        return _Body(agency, self.names_of(agency.id), validity=office.validity)

    def validity_of(self, identifier: str) -> Validity:
        """Return from when to when an office of that kind existed; always for other bodies."""
        found = self._read(identifier)
        return found[0].validity if found else ALWAYS

    def names_of(self, identifier: str) -> tuple[str, ...]:
        """Return the other names of an office (广东金融监管局), none for other bodies.

        A name that two kinds had one after the other (人民银行上海分行) means neither without a day, so neither has it.
        """
        found = self._read(identifier)
        if found is None:
            return ()
        office, region = found
        own = (pattern for pattern in office.patterns if _REGION in pattern and self._patterns[pattern] == 1)
        shared = (name.pattern for name in office.shared if name.covers(region.id, region.level))
        return tuple(pattern.replace(_REGION, self._regions.short(region.id)) for pattern in (*own, *shared))


def _with_bodies(reform: Reform, of: Callable[[str], Iterable[str]]) -> Reform:
    """Return a reform with other bodies in place of each of its own."""
    before, after = (tuple(new for old in ids for new in of(old)) for ids in (reform.before, reform.after))
    return structs.replace(reform, before=before, after=after)


def _in_region(reform: Reform, region: str) -> Reform:
    """Return a reform of kinds of offices as that of the offices of one region."""
    return structs.replace(_with_bodies(reform, lambda kind: [f"{kind}-{region}"]), id=f"{reform.id}-{region}")


def _named(same: Iterable[Agency], offices: LocalOffices) -> _Body:
    """Return a body that only documents know, with the other names of the office that it is, if it is one."""
    agency = chosen(same)
    names = (*(one.name for one in same), *offices.names_of(agency.id))
    return _Body(agency, names, validity=offices.validity_of(agency.id))


def _body_quads(names: Names, body: _Body, usage: Usage) -> Iterator[Quad]:
    agency = body.agency
    said = [chosen(usage.agencies[agency.id])] if agency.id in usage.agencies else []
    aliases = (*body.aliases, *(word for one in said for word in (one.name, one.official)))
    name = agency.official or agency.name
    properties: dict[str, Values] = {
        "rdf:type": types("zc:Agency", *_further_types(agency)),
        **usage.labels(agency.id, name, aliases),
        "skos:prefLabel": [zh(name), en(body.english)],
        "dcterms:spatial": names.node("region", agency.region) if agency.region else None,
        "org:subOrganizationOf": names.node("agency", agency.parent) if agency.parent else None,
        "zc:adminLevel": plain(agency.level),
        "zc:bodyKind": plain(agency.kind),
        "zc:verticallyManaged": truth(agency.vertical),
        "zc:validFrom": date(body.validity.start),
        "zc:validTo": date(body.validity.end),
    }
    yield from describe(names.node("agency", agency.id), names.graph("reference"), properties)


def _further_types(agency: Agency) -> Iterator[str]:
    """Yield the classes of a body beside zc:Agency: firms and associations are no public organisations."""
    if agency.kind not in _NOT_PUBLIC:
        yield "cv:PublicOrganisation"
    if agency.regulator:
        yield "zc:Regulator"


def _reform_quads(names: Names, reform: Reform) -> Iterator[Quad]:
    graph = names.graph("reference")
    before, after = ([names.node("agency", id_) for id_ in ids] for ids in (reform.before, reform.after))
    properties: dict[str, Values] = {
        "rdf:type": types("org:ChangeEvent"),
        "org:originalOrganization": before,
        "org:resultingOrganization": after,
        "dcterms:date": date(reform.date),
        "dcterms:source": plain(reform.note),
        "zc:partial": truth(reform.partial),
    }
    yield from describe(names.node("reform", reform.id), graph, properties)
    for old in before:
        yield from describe(old, graph, {"zc:dutiesTo" if reform.partial else "zc:successor": after})
