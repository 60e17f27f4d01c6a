"""What every fact knows of itself, and the facts of one document together.

A kind of fact is a folder of ``kg/extractors``: its package defines the class, its ``extractor`` module finds them. The
graph has a module for its quads, the ontology a class and a shape; `kg.extractors.registry` brings them together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, TypeVar

from kg.errors import InputError
from kg.model.document import Document, Section, Span, Work, content_id
from kg.model.entities import Agency, Named, Region, Resolution
from kg.model.ids import article_id, work_id

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

    @property
    def about(self) -> str:
        """The identifier of the measure that the fact is about; empty for one that is named by its section."""
        return ""

    @property
    def like(self) -> str:
        """What the fact shares with those it is counted among to be named, such as its act; others do not move it."""
        return ""

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


def identity_of(extraction: Extraction) -> str:
    """Return the identifier of a document as others know it: by its number, or else by its title and issuer.

    A stub of a cited document has the same (`kg.model.ids.work_id`). News is known by its title and day; what has
    neither number nor title, by its words.
    """
    document, work = extraction.document, extraction.work
    if document.kind == "news":
        return article_id(document.title, document.published)
    return work_id(work) if work.number or work.title else document.wording


def identified(extraction: Extraction, identity: str, kept: Mapping[str, str] | None = None) -> Extraction:
    """Return an extraction whose document has the identifier `identity`, and whose sections and facts are named by it.

    A section is named by its path, a fact by its measure or section, by what it is like, and by its number among
    those that are like it: no place in the text and no wording counts. `kept` gives for an identifier that would be
    made the one that the thing has had before.
    """
    made: Counter[tuple[str, ...]] = Counter()

    def name(*key: str) -> str:
        made[key] += 1
        new = content_id(*key, made[key])
        return (kept or {}).get(new, new)

    sections = tuple(replace(one, id=name("section", identity, one.label)) for one in extraction.sections)
    ids = {extraction.document.id: identity}
    holders = list(_holders(sections, extraction.facts))
    for wanted in (False, True):  # measures first, and then what is about them
        for fact, section in zip(extraction.facts, holders, strict=True):
            if bool(fact.about) is wanted and hasattr(fact, "id"):
                ids[fact.id] = name(fact.kind, ids.get(fact.about, section or identity), fact.like)
    facts = tuple(_renamed(fact, ids) for fact in extraction.facts)
    return replace(extraction, document=replace(extraction.document, id=identity), sections=sections, facts=facts)


def _holders(sections: Iterable[Section], facts: Iterable[Fact]) -> Iterator[str]:
    """Yield for each fact, in document order, the identifier of the innermost section in which it starts."""
    waiting = sorted(sections, key=lambda section: (section.span.start, -section.span.end, len(section.path)))[::-1]
    around: list[Section] = []
    for fact in facts:
        while waiting and waiting[-1].span.start <= fact.position[0]:
            around.append(waiting.pop())
        around = [section for section in around if section.span.end > fact.position[0]]
        yield around[-1].id if around else ""


def _renamed(fact: _T, ids: Mapping[str, str]) -> _T:
    """Return a fact, or a part of one, with other identifiers in the fields that hold any."""
    changed: dict[str, Any] = {}
    for one in fields(fact):  # type: ignore[arg-type]  # every fact is a dataclass
        value = getattr(fact, one.name)
        if isinstance(value, str) and value in ids:
            changed[one.name] = ids[value]
        elif isinstance(value, Evidence):
            changed[one.name] = _renamed(value, ids)
    return replace(fact, **changed) if changed else fact  # type: ignore[type-var]


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
