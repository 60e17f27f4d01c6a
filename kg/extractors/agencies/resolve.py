"""Bodies made from what their names say: the official form, an identifier from what the body is, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicons.agency_entries import Office
from kg.lexicons.agency_names import Agencies, Stem
from kg.lexicons.levels import Level
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


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before a stem.

    Attributes:
        text: The words: 省, 济南市, 省委 without its 委.
        word: The level word, if it is one.
        region: The region that is meant, if it is known.
        joint: What joins a party body to its region: 委.
    """

    text: str = ""
    word: Level | None = None
    region: Region | None = None
    joint: str = ""

    @property
    def bare(self) -> bool:
        """Whether nothing stands before the stem."""
        return not self.text

    def fitting(self, stems: tuple[Stem, ...]) -> tuple[Stem, ...]:
        """Keep the readings that the joint allows: after 省委 only party bodies, elsewhere government ones first."""
        if self.joint:
            return tuple(stem for stem in stems if stem.branch == "party")
        return tuple(sorted(stems, key=lambda stem: stem.branch == "party"))


def stands_alone(stems: tuple[Stem, ...]) -> bool:
    """Tell whether two characters without a jurisdiction can be a body: 妇联, 科协, 法院; not 政府."""
    return all(stem.branch in {"organization", "judiciary"} for stem in stems)


def written_out(text: str, prefix: Prefix, region: Region) -> str:
    """Write the jurisdiction out: 省科技厅 as 山东省科技厅, 崂山区政府 as 青岛市崂山区政府, 团省委 as 团山东省委."""
    if prefix.joint and not prefix.text:
        return text.replace(prefix.joint, region.name if prefix.word else prefix.joint, 1)
    rest = text[len(prefix.text) :]
    if prefix.word is not None:
        return region.name + rest
    if region.level == "county" and prefix.text != region.name and _is_full(prefix.text, region):
        return _with_city(prefix.text, region) + rest
    return text


def _is_full(label: str, region: Region) -> bool:
    """Tell whether a county is named with its level: 崂山区, 肃南县; not 浦东."""
    return label[-1] == region.name[-1] and len(label) > 1


def _with_city(label: str, region: Region) -> str:
    """Put the city before a county's name as the text writes it, unless it stands there already."""
    cut = next((at for at in range(len(region.name)) if label.startswith(region.name[at : at + 2])), 0)
    return region.name[:cut] + label
