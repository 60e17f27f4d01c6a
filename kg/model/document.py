"""What a document is: its text, its blocks and sections, and the key that tells it from others wherever it is cited.

Offsets are code points in ``Document.text``, the one normalised text of a source file; half-open, as Python slices are.
Every identifier is derived from content, never from a clock, a path or an order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


def content_id(*parts: str | int) -> str:
    """Return 16 hexadecimal digits that depend on `parts` alone."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


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

    def moved(self, by: int) -> Span:
        """Return the span `by` code points further on."""
        return Span(self.start + by, self.end + by)

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


Row = Mapping[int, Block]
"""The cells of a row of a table by their columns, from the left."""


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
    `jurisdiction` and `issuer` are the words of the metadata or the text, resolved further up. `type` is one of the
    types of the lexicon of documents (plan, reply, draft), empty before it is told. `copies` are the other places where
    the same work was found.
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
    type: str = ""
    copies: tuple[Copy, ...] = ()

    def quote(self, span: Span) -> str:
        """Return the words at `span`."""
        return self.text[span.start : span.end]

    @property
    def wording(self) -> str:
        """Sixteen digits of the SHA-256 of the document's own words: another wording has others, the same the same."""
        return hashlib.sha256(self.quote(self.span).encode()).hexdigest()[:16]

    def tables(self) -> Iterator[list[Row]]:
        """Yield the rows of each table, from the top; a merged cell stands in every place that it covers."""
        tables: dict[int, dict[int, dict[int, Block]]] = {}
        for block in self.blocks:
            if block.kind == "cell":
                tables.setdefault(block.table, {}).setdefault(block.row, {})[block.column] = block
        for _, rows in sorted(tables.items()):
            yield [dict(sorted(row.items())) for _, row in sorted(rows.items())]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered item with all that stands under it.

    `path` holds the numerals from the top to here (二, （二）, 3); `head` is the first block's text after
    the numeral; `tags` name what it is not about to assign (goals, principles, ...), inherited downwards. `id` comes
    when the document is identified (`kg.model.facts.identified`).
    """

    path: tuple[str, ...]
    span: Span
    head: Span
    style: str
    leaf: bool
    tags: frozenset[str] = frozenset()
    id: str = ""

    @property
    def label(self) -> str:
        """The path as the gold standard writes it: 二/（二）/3."""
        return "/".join(self.path)


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


class CitationRelation(StrEnum):
    """What a document does with one it cites (根据, 贯彻落实, 废止, 修订); cites where no word says more."""

    CITES = "cites"
    BASED_ON = "based-on"
    IMPLEMENTS = "implements"
    REPEALS = "repeals"
    AMENDS = "amends"
    PLANS_TO_AMEND = "plans-to-amend"
    FOLLOWS = "follows"
    ISSUES = "issues"
    CONTINUES = "continues"
    PART_OF = "has-part"
    INTERPRETS = "interprets"
    REPORTS = "reports"
