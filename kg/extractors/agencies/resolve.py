"""A name to the body it means: what was left out put back, the official form, an identifier from what it is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extractors.agencies.names import Name
from kg.extractors.regions.standpoint import Place
from kg.lexicons.agencies import Agencies, Office, Stem
from kg.lexicons.regions import Regions
from kg.model.document import content_id
from kg.model.entities import Agency, Region, Resolution

KNOWN, RESTORED, OPEN, LOST = 1.0, 0.95, 0.7, 0.6


@dataclass(frozen=True, slots=True)
class Resolved:
    """A body, how its name was reached, how sure that is, and the region whose prefix later names in the run share."""

    agency: Agency
    resolution: Resolution
    confidence: float
    shares: Region | None = None


def resolve(name: Name, place: Place, agencies: Agencies, *, shared: Region | None = None) -> Resolved:
    """Resolve a name as of the place's day; `shared` is the prefix that the names before it in a run lend it."""
    if name.alias is not None:
        return Resolved(name.alias, Resolution.RESTORED, RESTORED)
    if name.central is not None:
        return _central(name, name.text in agencies.central_labels)
    if name.unique is not None:
        body = name.unique
        agency = Agency(
            body.id,
            name.text,
            body.official,
            region=body.region,
            kind=body.branch,
            regulator=body.regulator,
            parent=body.parent,
        )
        return Resolved(agency, Resolution.VERBATIM, KNOWN)
    if name.office is not None:
        return resolve_office(name.text, name.office, name.prefix.region, place.regions)
    if name.government:
        return _government(name)
    if name.zone:
        return _zone(name, place)
    return _local(name, place, agencies, shared)


def _central(name: Name, kept: bool) -> Resolved:
    body = name.central
    assert body is not None
    shown = body.short if not kept or name.text in body.nicknames else name.text
    agency = Agency(
        body.id, shown, body.official, level="central", kind=body.branch, regulator=body.regulator, parent=body.parent
    )
    return Resolved(
        agency, Resolution.VERBATIM if shown == name.text else Resolution.RESTORED, KNOWN if kept else RESTORED
    )


def resolve_office(text: str, office: Office, region: Region | None, regions: Regions) -> Resolved:
    """Resolve a local office of a central body, whose name says its region."""
    return Resolved(_office_agency(text, office, region, regions), Resolution.VERBATIM, KNOWN)


def _office_agency(shown: str, office: Office, region: Region | None, regions: Regions) -> Agency:
    official = shown
    if region is not None and office.official:
        official = office.official.replace("{region}", regions.short(region.id)).replace("{full}", region.name)
    return Agency(
        f"{office.id}-{region.id}" if region else office.id,
        shown,
        official,
        level=region.level if region and not office.seat else "",
        region=region.id if region and not office.seat else "",
        kind=office.branch,
        regulator=office.regulator,
        vertical=True,
        parent=office.parent,
    )


def _government(name: Name) -> Resolved:
    region = name.prefix.region
    assert region is not None
    shown = name.text if region.level == "zone" else region.name
    agency = Agency(f"{region.id}-government", shown, region.name, level=region.level, region=region.id)
    how = Resolution.VERBATIM if shown == name.text else Resolution.RESTORED
    return Resolved(agency, how, RESTORED)


def _zone(name: Name, place: Place) -> Resolved:
    """A zone with a name of its own keeps it; a bare one takes its city's short name (徐州高新区管委会)."""
    own = name.prefix.region if name.prefix.word is None else None
    city = name.prefix.region or place.city()
    if city is None or (name.prefix.text and name.prefix.word is None):
        shown, how = name.text, Resolution.VERBATIM
    else:
        shown, how = place.regions.short(city.id) + name.rest, Resolution.RESTORED
    region = own or city
    agency = Agency(f"z-{content_id('zone', shown)}", shown, shown, region=region.id if region else "", level="zone")
    return Resolved(agency, how, RESTORED if how is Resolution.RESTORED else KNOWN)


def _local(name: Name, place: Place, agencies: Agencies, shared: Region | None) -> Resolved:
    stem = name.stems[0] if name.stems else None
    if name.prefix.bare and not name.prefix.joint:
        return _bare(name, stem, place, agencies, shared)
    region = name.prefix.region
    shown = _shown(name, region)
    how = Resolution.VERBATIM if shown == name.text else Resolution.RESTORED
    sure = OPEN if name.open else LOST if region is None else KNOWN if how is Resolution.VERBATIM else RESTORED
    lends = stem is None or stem.type or stem.branch == "party"
    return Resolved(_agency(shown, stem, region, agencies, place.regions), how, sure, shares=region if lends else None)


def _shown(name: Name, region: Region | None) -> str:
    """Write the jurisdiction out: 省科技厅 as 山东省科技厅, 崂山区政府 as 青岛市崂山区政府, 团省委 as 团山东省委."""
    if region is None:
        return name.text
    if name.prefix.joint and not name.prefix.text:
        written = region.name if name.prefix.word else name.prefix.joint
        return name.text.replace(name.prefix.joint, written, 1)
    if name.prefix.word is not None:
        return region.name + name.rest
    if region.level == "county" and name.prefix.text != region.name and _is_full(name.prefix.text, region):
        return _with_city(name.prefix.text, region) + name.rest
    return name.text


def _is_full(label: str, region: Region) -> bool:
    """Tell whether a county is named with its level: 崂山区, 肃南县; not 浦东."""
    return label[-1] == region.name[-1] and len(label) > 1


def _with_city(label: str, region: Region) -> str:
    """Put the city before a county's name as the text writes it, unless it stands there already."""
    cut = next((at for at in range(len(region.name)) if label.startswith(region.name[at : at + 2])), 0)
    return region.name[:cut] + label


def _bare(name: Name, stem: Stem | None, place: Place, agencies: Agencies, shared: Region | None) -> Resolved:
    """Put back the prefix of the run, else the document's own; in a central document nothing is missing."""
    township = name.open and name.text.endswith(agencies.levels.townships)
    supra = name.text.startswith(agencies.levels.supra_regional)
    if name.open and not township and (supra or not _is_department(name.text, agencies)):
        return Resolved(_agency(name.text, None, None, agencies, place.regions), Resolution.VERBATIM, OPEN)
    region = shared or _own_region(stem, place, agencies)
    if region is None:
        return Resolved(_agency(name.text, stem, None, agencies, place.regions), Resolution.VERBATIM, LOST)
    joint = agencies.levels.party_joint if stem is not None and stem.branch == "party" and not name.open else ""
    shown = region.name + joint + name.text
    return Resolved(
        _agency(shown, stem, region, agencies, place.regions),
        Resolution.RESTORED,
        OPEN if name.open else RESTORED,
        shares=region,
    )


def _is_department(text: str, agencies: Agencies) -> bool:
    return any(text.endswith(form) for type_ in agencies.words.types for form in (type_.full, *type_.short))


def _own_region(stem: Stem | None, place: Place, agencies: Agencies) -> Region | None:
    """Return the region a bare name belongs to; a 厅 is provincial wherever it is named."""
    level = agencies.levels.type_levels.get(stem.type) if stem else None
    chain = place.chain()
    return (place.of_level(level) if level else None) or (chain[0] if chain else None)


def _agency(shown: str, stem: Stem | None, region: Region | None, agencies: Agencies, regions: Regions) -> Agency:
    if stem is not None and stem.office is not None and region is not None and region.id in regions:
        return _office_agency(shown, stem.office, region, regions)
    if stem is None or region is None:
        official = shown
        id_ = f"x-{content_id('agency', shown)}"
    else:
        official = _official(stem, region, agencies)
        id_ = "-".join(part for part in (region.id, stem.id, stem.type) if part)
    return Agency(
        id_,
        shown,
        official,
        level=region.level if region else "",
        region=region.id if region else "",
        kind=stem.branch if stem else "government",
        regulator=bool(stem and stem.regulator),
        vertical=bool(stem and stem.vertical),
    )


def _official(stem: Stem, region: Region, agencies: Agencies) -> str:
    committee = agencies.levels.party_committee
    if stem.id == committee["id"]:
        return committee["official"].replace("{region}", region.name)
    if stem.branch == "party":
        lead = agencies.levels.party_official.replace("{region}", region.name)
        return lead if lead.endswith(stem.official) else lead + stem.official
    return stem.official.replace("…", region.name) if "…" in stem.official else region.name + stem.official
