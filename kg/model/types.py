"""The core types, frozen and in one place: what a document is, what stands in it, what it says.

Offsets are code points in ``Document.text``, the one normalised text of a source file; half-open,
as Python slices are. Every identifier is derived from content, never from a clock, a path or an order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeVar

_T = TypeVar("_T")


def content_id(*parts: str | int) -> str:
    """Return 16 hexadecimal digits that depend on `parts` alone."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


class Role(StrEnum):
    """What a body has to do in a measure (牵头, 配合, 负责)."""

    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"


class Resolution(StrEnum):
    """How a participant was reached from the text."""

    VERBATIM = "verbatim"
    RESTORED = "restored"
    DOCUMENT_DEFAULT = "document-default"
    GROUP_MEMBER = "group-member"


class CitationRelation(StrEnum):
    """What a document does with one it cites (根据, 贯彻落实, 废止, 修订); cites where no word says more."""

    CITES = "cites"
    BASED_ON = "based-on"
    IMPLEMENTS = "implements"
    REPEALS = "repeals"
    AMENDS = "amends"
    ISSUES = "issues"
    CONTINUES = "continues"
    PART_OF = "part-of"
    INTERPRETS = "interprets"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points in a document's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


DocumentKind = Literal["policy", "news"]
BlockKind = Literal["paragraph", "heading", "cell"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a marked-up heading or a table cell; `table`, `row` and `column` count from 0 in cells."""

    span: Span
    kind: BlockKind = "paragraph"
    table: int = -1
    row: int = -1
    column: int = -1
    header: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """Another place where a document was found: the file, the SHA-256 of its text, and what that place says of it."""

    path: str
    sha256: str
    source: str = ""
    publisher: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A work as read from a source file.

    One file can carry two works (a news page that prints a policy in full): both share `text` and
    `sha256`, each has its own `span`, and the policy says in `quoted_from` which article it came from.
    Dates are ISO 8601 or empty: `date` is the day the work bears, `published` the day it appeared.
    `jurisdiction` and `issuer` are the words of the metadata or the text, resolved further up. `copies` are the
    other places where the same work was found.
    """

    id: str
    path: str
    kind: DocumentKind
    title: str
    text: str
    sha256: str
    span: Span
    blocks: tuple[Block, ...] = ()
    issuer: str = ""
    publisher: str = ""
    number: str = ""
    date: str = ""
    published: str = ""
    source: str = ""
    jurisdiction: str = ""
    quoted_from: str = ""
    copies: tuple[Copy, ...] = ()

    def quote(self, span: Span) -> str:
        """Return the words at `span`."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered item with all that stands under it.

    `path` holds the numerals from the top to here (二, （二）, 3); `head` is the first block's text after
    the numeral; `tags` name what it is not about to assign (goals, principles, ...), inherited downwards.
    """

    path: tuple[str, ...]
    span: Span
    head: Span
    style: str
    leaf: bool
    tags: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The path as the gold standard writes it: 二/（二）/3."""
        return "/".join(self.path)


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


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence in the text of something known or formed."""

    span: Span
    text: str
    refers_to: Agency | Region | Instrument
    resolution: Resolution = Resolution.VERBATIM
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a fact rests on. No quote, no fact."""

    document: str
    span: Span
    quote: str


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


@dataclass(frozen=True, slots=True)
class Entity:
    """The fact that a document names an agency, a region or an instrument, with every place where it does."""

    document: str
    mention: str
    refers_to: Agency | Region | Instrument
    spans: tuple[Span, ...]
    resolution: Resolution = Resolution.VERBATIM
    confidence: float = 1.0

    @property
    def type(self) -> Literal["agency", "region", "instrument"]:
        """Which of the three kinds it names."""
        match self.refers_to:
            case Agency():
                return "agency"
            case Region():
                return "region"
            case Instrument():
                return "instrument"


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of policy action: what is assigned, announced or targeted.

    `part` counts from 1 where several clauses share one numbered item and each binds to a stretch of it;
    `part_of` is then the item's measure.
    """

    id: str
    document: str
    path: str
    span: Span
    label: str
    actors: tuple[Agency, ...] = ()
    part: int = 0
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A clause that says who has to do a measure, with its participants in the order of the text."""

    id: str
    document: str
    measure: str
    evidence: Evidence
    participants: tuple[Participant, ...]
    form: str


Change = Literal["level", "increase", "decrease", "growth"]


@dataclass(frozen=True, slots=True)
class Target:
    """A number that policy commits to, or a pledge without one (全覆盖, 清零).

    Attributes:
        id: the identifier, made of the document, the place and the figure.
        document: the identifier of the document.
        indicator: what is counted (绿色信贷余额).
        value: the number as the text has it, without bound and thousands separator (3000, 2—3); empty in a pledge.
        unit: the unit as the text has it, with its scale (亿元).
        evidence: the clause, from its deadline on where that stands not far before it.
        deadline: the year by which it is due, or empty.
        comparator: equal, at-least, at-most, about, times, full-coverage or cleared.
        baseline: the year it is compared with, or empty.
        baseline_value: where things stand (由30%提高到40%), with its unit where that differs, or empty.
        change: whether the figure is a level, an increase, a decrease or a growth rate.
        lower: the lower end of a range, in `quantity` where there is one; empty for a single number.
        upper: the upper end of a range, likewise.
        number: the number in `quantity` (300000000000 for 3000亿元), or empty.
        quantity: the local name of a unit of QUDT (CCY_CNY), or empty where the unit has no counterpart there.
        regions: the regions that the text sets it for by name.
    """

    id: str
    document: str
    indicator: str
    value: str
    unit: str
    evidence: Evidence
    deadline: str = ""
    comparator: str = "equal"
    baseline: str = ""
    baseline_value: str = ""
    change: Change = "level"
    lower: str = ""
    upper: str = ""
    number: str = ""
    quantity: str = ""
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """What tells one document from another wherever it is cited.

    `number` is the normalised 文号, `title` the title as it is compared (marks, blanks, issuer and 关于印发…的通知
    taken off), `issuer` the body before it where a title begins with 关于 and needs one; each may be empty.
    """

    number: str = ""
    title: str = ""
    issuer: str = ""

    def may_be(self, other: Work) -> bool:
        """Tell whether the two can be one document: by number where both have one, else by title and issuer."""
        if self.number and other.number:
            return self.number == other.number
        same = bool(self.title) and self.title == other.title
        return same and (self.issuer in other.issuer or other.issuer in self.issuer)


@dataclass(frozen=True, slots=True)
class Citation:
    """The fact that a document names another, at one place.

    `title` is what stands inside 《》 (in full where the text has its short name), `number` the normalised 文号, one of
    them at least; `span` is where it is named, `evidence` the sentence around; `cue` the word of the relation, if any,
    verbatim; `issuer` the body that stands before the title; `date` the year of a revision (2020年修订).
    """

    id: str
    document: str
    title: str
    number: str
    relation: CitationRelation
    cue: str
    evidence: Evidence
    span: Span
    work: Work
    issuer: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """For whom an action is meant, as the text names them; `group` is the entry of the vocabulary they fall under."""

    surface: str
    span: Span
    group: str


ActionStatus = Literal["announced", "reported"]


@dataclass(frozen=True, slots=True)
class PolicyAction:
    """What a body does, orders or asks for, with which instruments, for whom and where, as one clause says it.

    `act` is an entry of the vocabulary of acts, `cue` the verb of the text; `addressees` are to act themselves
    (鼓励银行机构…), `beneficiaries` gain (为小微企业…). `object` is what is done. `status` tells what is to be done
    from what has been. `regions` are those of the clause or, where it names none, of the phrases that lead up to it.
    """

    id: str
    document: str
    actors: tuple[Agency, ...]
    act: str
    cue: str
    status: ActionStatus
    instruments: tuple[Instrument, ...]
    addressees: tuple[Addressee, ...]
    beneficiaries: tuple[Addressee, ...]
    regions: tuple[Region, ...]
    object: str
    evidence: Evidence


Fact = Entity | Measure | Assignment | Target | Citation | PolicyAction


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one document: the document, its sections and its facts in document order.

    `work` is what others may cite it by.
    """

    document: Document
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    jurisdiction: Region | None = None
    work: Work = Work()

    def of(self, kind: type[_T]) -> Iterable[_T]:
        """Yield the facts of one type, in document order."""
        return (fact for fact in self.facts if isinstance(fact, kind))

    def named_in(self, span: Span, kind: Literal["agency", "region", "instrument"]) -> list[Entity]:
        """Return the entities of one kind that `span` names, in the order in which they first stand there."""
        places = {
            entity: min((at for at in entity.spans if span.contains(at)), default=None)
            for entity in self.of(Entity)
            if entity.type == kind
        }
        return sorted(
            (entity for entity, at in places.items() if at is not None),
            key=lambda entity: (places[entity], entity.mention),
        )
