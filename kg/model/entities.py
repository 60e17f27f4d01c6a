"""What documents name: regions, agencies and groups of agencies, instruments; where they do, and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kg.model.document import Span


class Role(StrEnum):
    """What a body has to do in a measure (牵头, 配合, 负责, 指导)."""

    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"
    GUIDE = "guide"


class Resolution(StrEnum):
    """How a participant was reached from the text."""

    VERBATIM = "verbatim"
    RESTORED = "restored"
    DOCUMENT_DEFAULT = "document-default"
    GROUP_MEMBER = "group-member"


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative region, a named group of regions, or a functional zone.

    `id` is the GB/T 2260 code, or the identifier of the group or zone; `level` is country, province,
    prefecture, county, group or zone; `name` is the official name with what a reader needs before it
    (上海市浦东新区).
    """

    id: str
    name: str
    level: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that can be held responsible.

    `name` is what a reader understands, in the short form the text uses (广东省发展改革委); `official` is the
    full name (广东省发展和改革委员会); `region` is the code of the jurisdiction, empty for the whole country.
    """

    id: str
    name: str
    official: str
    level: str = ""
    region: str = ""
    kind: str = "government"
    regulator: bool = False
    vertical: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """Bodies named together (各有关部门, 珠三角各地级以上市政府).

    `membership` is closed where `members` lists them all, else open or unknown; `over` is the region or
    region group whose governments are meant.
    """

    id: str
    name: str
    membership: Literal["open", "closed", "unknown"] = "open"
    over: str = ""
    members: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """A tool by which policy acts; `concept` is the vocabulary entry it is or falls under, `family` its family."""

    id: str
    name: str
    concept: str = ""
    family: str = ""


Named = Agency | AgencyGroup | Region | Instrument
"""What a document can name."""

_KINDS = {Agency: "agency", AgencyGroup: "group", Region: "region", Instrument: "instrument"}


def path_of(named: Named) -> str:
    """Return the identifier of what is named below the base of a graph: ``agency/110000-finance``."""
    return f"{_KINDS[type(named)]}/{named.id}"


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence in the text of something known or formed."""

    span: Span
    text: str
    refers_to: Agency | Region | Instrument
    resolution: Resolution = Resolution.VERBATIM
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Participant:
    """A body in an assignment; `raw` is the wording of the role (牵头抓总), `order` its place in the clause."""

    role: Role
    mention: str
    span: Span
    body: Agency | AgencyGroup
    raw: str
    order: int
    resolution: Resolution = Resolution.VERBATIM
    confidence: float = 1.0

    @property
    def group(self) -> bool:
        """Whether a group is meant rather than one body."""
        return isinstance(self.body, AgencyGroup)
