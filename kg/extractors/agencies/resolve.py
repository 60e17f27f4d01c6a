"""Bodies made from what their names say: the official form, an identifier from what the body is, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicons.agency_entries import Office
from kg.lexicons.agency_names import Agencies, Stem
from kg.lexicons.region_names import Regions
from kg.model.entities import Agency, Region, Resolution
from kg.model.ids import department_id, office_id, unlisted_id

REGION = "{region}"
KNOWN, RESTORED, OPEN, LOST = 1.0, 0.95, 0.7, 0.6
"""How sure a reading is: the name stands as it is known, something was put back, its ending alone tells, and a
prefix that means no region here."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A body that a name means.

    Attributes:
        agency: The body.
        resolution: How the name was reached from the text.
        confidence: How sure that is, from 0 to 1.
        shares: The region that later names of the run share where they name none: 省发展改革委、财政厅.
    """

    agency: Agency
    resolution: Resolution
    confidence: float
    shares: Region | None = None


def as_written(agency: Agency, text: str, *, confidence: float = KNOWN, restored: float = RESTORED) -> Resolved:
    """Return a body as `text` names it: verbatim where that is its name, else restored, with the confidence of each."""
    if agency.name == text:
        return Resolved(agency, Resolution.VERBATIM, confidence)
    return Resolved(agency, Resolution.RESTORED, restored)


def office_agency(name: str, office: Office, region: Region | None, regions: Regions) -> Agency:
    """Return a local office of a central body by its name and the region that it covers, or that it is named after."""
    official = name
    if region is not None and office.official:
        official = office.official.replace(REGION, regions.short(region.id)).replace("{full}", region.name)
    covered = region if not office.seat else None
    return Agency(
        office_id(office.id, region.id if region is not None else ""),
        name,
        official,
        level=covered.level if covered is not None else "",
        region=covered.id if covered is not None else "",
        kind=office.branch,
        regulator=office.regulator,
        vertical=True,
        parent=office.parent,
    )


def unlisted_agency(name: str, region: Region | None, stem: Stem | None = None) -> Agency:
    """Return a body that no lexicon knows, or, with a stem, one whose region is not known."""
    return Agency(
        unlisted_id(name),
        name,
        name,
        level=region.level if region is not None else "",
        region=region.id if region is not None else "",
        kind=stem.branch if stem is not None else "government",
        regulator=stem is not None and stem.regulator,
        vertical=stem is not None and stem.vertical,
    )


def formed_agency(name: str, stem: Stem, region: Region, agencies: Agencies, regions: Regions) -> Agency:
    """Return the body of a region that a stem makes: a department, or the local office that it is another name of."""
    if stem.office is not None and region.id in regions:
        return office_agency(name, stem.office, region, regions)
    return Agency(
        department_id(region.id, stem.id, stem.type),
        name,
        _official(stem, region, agencies),
        level=region.level,
        region=region.id,
        kind=stem.branch,
        regulator=stem.regulator,
        vertical=stem.vertical,
    )


def _official(stem: Stem, region: Region, agencies: Agencies) -> str:
    committee = agencies.levels.party_committee
    if stem.id == committee["id"]:
        return committee["official"].replace(REGION, region.name)
    if REGION in stem.official:
        return stem.official.replace(REGION, region.name)
    if stem.branch == "party":
        lead = agencies.levels.party_official.replace(REGION, region.name)
        return lead if lead.endswith(stem.official) else lead + stem.official
    return stem.official.replace("…", region.name) if "…" in stem.official else region.name + stem.official
