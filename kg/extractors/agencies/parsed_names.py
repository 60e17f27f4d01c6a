"""What a body's name is read as: one small class for each kind of name, which knows the body that such a name means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.extractors.agencies.resolve import (
    KNOWN,
    LOST,
    OPEN,
    RESTORED,
    Prefix,
    Resolved,
    as_written,
    formed_agency,
    office_agency,
    unlisted_agency,
    written_out,
)
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_entries import CentralBody, Office, UniqueBody
from kg.lexicons.agency_names import Agencies, Stem
from kg.model.entities import Agency, Region, Resolution
from kg.model.ids import government_id, unlisted_id, zone_id


@dataclass(frozen=True, slots=True)
class Given:
    """A short name that the document itself has given to a body."""

    text: str
    agency: Agency
    known: ClassVar[bool] = True
    region: ClassVar[None] = None

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the body that was given the name."""
        return Resolved(self.agency, Resolution.RESTORED, RESTORED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A central body: 财政部, 证监会; in central documents also by a name that means it there only."""

    text: str
    body: CentralBody
    known: ClassVar[bool] = True
    region: ClassVar[None] = None

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the body, by its name in the text or, where that is a nickname, by its short name."""
        body, everywhere = self.body, self.text in agencies.central_labels
        name = self.text if everywhere and self.text not in body.nicknames else body.short
        agency = Agency(
            body.id,
            name,
            body.official,
            level="central",
            kind=body.branch,
            regulator=body.regulator,
            parent=body.parent,
        )
        confidence = KNOWN if everywhere else RESTORED
        return as_written(agency, self.text, confidence=confidence, restored=confidence)


@dataclass(frozen=True, slots=True)
class Unique:
    """A body that is listed and takes no prefix: 深圳证券交易所."""

    text: str
    body: UniqueBody
    known: ClassVar[bool] = True
    region: ClassVar[None] = None

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the body."""
        body = self.body
        agency = Agency(
            body.id,
            self.text,
            body.official,
            region=body.region,
            kind=body.branch,
            regulator=body.regulator,
            parent=body.parent,
        )
        return Resolved(agency, Resolution.VERBATIM, KNOWN)


@dataclass(frozen=True, slots=True)
class LocalOffice:
    """A local office of a central body, whose name says its region: 人民银行广州分行."""

    text: str
    office: Office
    region: Region | None
    known: ClassVar[bool] = True

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the office."""
        agency = office_agency(self.text, self.office, self.region, standpoint.regions)
        return Resolved(agency, Resolution.VERBATIM, KNOWN)


@dataclass(frozen=True, slots=True)
class RegionAlone:
    """A region in a list of bodies, which stands for its government: 广州市."""

    text: str
    region: Region
    known: ClassVar[bool] = True

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the government."""
        region = self.region
        name = self.text if region.level == "zone" else region.name
        agency = Agency(government_id(region.id), name, region.name, level=region.level, region=region.id)
        return as_written(agency, self.text, confidence=RESTORED)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: 徐州高新区管委会; `head` is what governs it, empty where the zone alone is named."""

    text: str
    prefix: Prefix
    head: str
    known: ClassVar[bool] = True

    @property
    def region(self) -> Region | None:
        """The region that stands before it."""
        return self.prefix.region

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the zone: one with a name of its own keeps it, a bare one takes its city's short name."""
        prefix = self.prefix
        city = prefix.region or standpoint.city()
        own = prefix.region if prefix.word is None else None
        if city is None or (prefix.text and prefix.word is None):
            name, how = self.text, Resolution.VERBATIM
        else:
            rest = self.text[len(prefix.text) :]
            name, how = standpoint.regions.short(city.id) + rest, Resolution.RESTORED
        region = own or city
        agency = Agency(zone_id(name), name, name, region=region.id if region is not None else "", level="zone")
        return Resolved(agency, how, RESTORED if how is Resolution.RESTORED else KNOWN)


@dataclass(frozen=True, slots=True)
class Formed:
    """A body of a region: a jurisdiction and a stem, 省科技厅 or 科技厅 alone; the best reading comes first."""

    text: str
    prefix: Prefix
    stems: tuple[Stem, ...]
    known: ClassVar[bool] = True

    @property
    def region(self) -> Region | None:
        """The region that stands before the stem."""
        return self.prefix.region

    @property
    def rest(self) -> str:
        """The name without its level word or region."""
        return self.text[len(self.prefix.text) :]

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the body; without a prefix that of the region `shared` in its run, or of the document."""
        stem, prefix = self.stems[0], self.prefix
        if prefix.bare and not prefix.joint:
            return self._bare(stem, standpoint, agencies, shared)
        region = prefix.region
        if region is None:
            return Resolved(unlisted_agency(self.text, None, stem), Resolution.VERBATIM, LOST)
        agency = formed_agency(written_out(self.text, prefix, region), stem, region, agencies, standpoint.regions)
        lends = region if stem.type or stem.branch == "party" else None
        found = as_written(agency, self.text)
        return Resolved(found.agency, found.resolution, found.confidence, lends)

    def _bare(self, stem: Stem, standpoint: Standpoint, agencies: Agencies, shared: Region | None) -> Resolved:
        region = shared or _own_region(stem, standpoint, agencies)
        if region is None:
            return Resolved(unlisted_agency(self.text, None, stem), Resolution.VERBATIM, LOST)
        joint = agencies.levels.party_joint if stem.branch == "party" else ""
        agency = formed_agency(region.name + joint + self.text, stem, region, agencies, standpoint.regions)
        return Resolved(agency, Resolution.RESTORED, RESTORED, region)


@dataclass(frozen=True, slots=True)
class Division:
    """A division of a body: 人民银行货币政策司, or 水资源司 in a document of the ministry."""

    text: str
    whole: Agency
    known: ClassVar[bool] = True
    region: ClassVar[None] = None

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the division under the name of its body."""
        whole = self.whole
        own = self.text[1:] if whole.name.endswith(self.text[0]) else self.text  # 厅财务处 of 省交通运输厅
        name = self.text if self.text.startswith(whole.name) else whole.name + own
        id_ = unlisted_id(name)
        agency = Agency(id_, name, name, whole.level, whole.region, whole.kind, whole.regulator, parent=whole.id)
        return as_written(agency, self.text, confidence=RESTORED, restored=OPEN)


@dataclass(frozen=True, slots=True)
class Department:
    """A department that a place calls by what it deals with: 省交通运输主管部门."""

    text: str
    prefix: Prefix
    known: ClassVar[bool] = True

    @property
    def region(self) -> Region | None:
        """The region that stands before it."""
        return self.prefix.region

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the department with its jurisdiction written out."""
        region = self.prefix.region
        name = written_out(self.text, self.prefix, region) if region is not None else self.text
        found = as_written(unlisted_agency(name, region), self.text, confidence=RESTORED)
        return Resolved(found.agency, found.resolution, found.confidence, region)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A body known by its ending alone, perhaps under a jurisdiction: 市民营经济局, 宁波某某公司."""

    text: str
    prefix: Prefix
    known: ClassVar[bool] = False

    @property
    def region(self) -> Region | None:
        """The region at its head."""
        return self.prefix.region

    @property
    def placed(self) -> bool:
        """Whether it is named under a jurisdiction."""
        return self.prefix.word is not None or self.prefix.region is not None

    def resolve(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None = None) -> Resolved:
        """Return the body by its name, with its jurisdiction written out or, for a department, put back."""
        if self.prefix.bare:
            return self._bare(standpoint, agencies, shared)
        region = self.prefix.region
        name = written_out(self.text, self.prefix, region) if region is not None else self.text
        found = as_written(unlisted_agency(name, region), self.text, confidence=OPEN, restored=OPEN)
        return Resolved(found.agency, found.resolution, OPEN, region)

    def _bare(self, standpoint: Standpoint, agencies: Agencies, shared: Region | None) -> Resolved:
        if not self._lacks_region(agencies):
            return Resolved(unlisted_agency(self.text, None), Resolution.VERBATIM, OPEN)
        region = shared or _own_region(None, standpoint, agencies)
        if region is None:
            return Resolved(unlisted_agency(self.text, None), Resolution.VERBATIM, LOST)
        agency = unlisted_agency(region.name + self.text, region)
        return Resolved(agency, Resolution.RESTORED, OPEN, region)

    def _lacks_region(self, agencies: Agencies) -> bool:
        """Tell whether its region is put before it: towns always take one, departments but for those of several."""
        levels = agencies.levels
        if self.text.endswith(levels.townships):
            return True
        if self.text.startswith(levels.supra_regional):
            return False
        return self.text.endswith(tuple(form for type_ in agencies.words.types for form in (type_.full, *type_.short)))


ParsedName = Given | Listed | Unique | LocalOffice | RegionAlone | Zone | Formed | Division | Department | Unknown
"""A name of a body as it is read."""


def _own_region(stem: Stem | None, standpoint: Standpoint, agencies: Agencies) -> Region | None:
    """Return the region a bare name belongs to; a 厅 is provincial wherever it is named."""
    level = agencies.levels.type_levels.get(stem.type) if stem is not None else None
    chain = standpoint.chain()
    return (standpoint.of_level(level) if level else None) or (chain[0] if chain else None)
