"""What every fact knows of itself, and the facts of one document together.

A kind of fact is a folder of ``kg/extractors``: its package defines the class, its ``extractor`` module finds them. The
graph has a module for its quads, the ontology a class and a shape; `kg.extractors.registry` brings them together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from kg.errors import InputError
from kg.model.document import Document, Section, Span, Work
from kg.model.entities import Agency, Named, Region, Resolution

_T = TypeVar("_T")

Record = Mapping[str, object]
"""A fact as JSON: what it says, with places in the text and identifiers of the graph."""

Position = tuple[int, int, str, str]
"""Where a fact stands among those of its document: start, negative end, kind, identifier."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a fact rests on. No quote, no fact."""

    document: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class RecordContext:
    """What a fact needs beside itself to be written as a record.

    Attributes:
        extraction: everything read in the fact's document.
        base: the base of identifiers, such as ``https://w3id.org/zhengce/id/``.
        find_document: gives the identifier of the document that a key means, of this build or a stub.
    """

    extraction: Extraction
    base: str
    find_document: Callable[[Work], str]


class Fact(ABC):
    """Something a document says, with the words that prove it.

    A kind of fact is a frozen dataclass below this class. Nothing outside its folder has to know it: records, counts
    and the order of facts come from the methods here, quads from the module of `kg.graph` that names the class.

    Attributes:
        kind: the name of the kind, as it stands in ``facts.jsonl``.
        document: the identifier of the document that says it.
    """

    __slots__ = ()

    kind: ClassVar[str]
    document: str

    @property
    @abstractmethod
    def position(self) -> Position:
        """Where the fact stands among those of its document."""

    @abstractmethod
    def quotes(self, document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield each place of `document` that the fact rests on, with the words that the fact says stand there."""

    @abstractmethod
    def record(self, context: RecordContext) -> Record | None:
        """Return the fact as a record, None where another record says it already."""

    @abstractmethod
    def counts(self) -> Iterator[tuple[str, int]]:
        """Yield what the fact adds to the counts of ``report.json``: a name in the plural, and how many."""

    def names(self) -> Iterator[tuple[Named, str, Resolution]]:
        """Yield what the fact names, the words that may label it (empty for none), and how the words were resolved."""
        yield from ()


def from_evidence(evidence: Evidence, kind: str, id_: str) -> Position:
    """Return the position of a fact that stands where its evidence does."""
    return (evidence.span.start, -evidence.span.end, kind, id_)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one document: the document, its sections and its facts in document order.

    `work` is what others may cite it by, `issuers` are the bodies that issued it, where it is a policy.
    """

    document: Document
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    jurisdiction: Region | None = None
    work: Work = Work()  # noqa: RUF009  # frozen, and so shared safely
    issuers: tuple[Agency, ...] = ()

    def of(self, kind: type[_T]) -> Iterable[_T]:
        """Yield the facts of one type, in document order."""
        return (fact for fact in self.facts if isinstance(fact, kind))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source: what was extracted from its documents, or the fault for which it was skipped.

    `rows` says how many rows of a table it stands for: one, all of a table that is refused as a whole or read as one
    document, none where it is no table.
    """

    path: str
    format: str
    extractions: tuple[Extraction, ...] = ()
    fault: InputError | None = None
    rows: int = 0
