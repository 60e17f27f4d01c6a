"""Entities: that a document names an agency, a region or an instrument; a fact for each wording, with its places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from kg.model.document import Document, Span
from kg.model.entities import Agency, Instrument, Named, Region, Resolution, path_of
from kg.model.facts import Extraction, Fact, Position, Record, RecordContext

_PLURAL = {"agency": "agencies", "region": "regions", "instrument": "instruments"}


@dataclass(frozen=True, slots=True)
class Entity(Fact):
    """The fact that a document names an agency, a region or an instrument, with every place where it does."""

    kind: ClassVar[str] = "entity"
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

    @property
    def wording(self) -> tuple[str, str, str]:
        """What is named and in which words: the same in every document of a file."""
        return (self.type, self.mention, self.refers_to.name)

    @property
    def position(self) -> Position:
        """Where it is first named."""
        return (self.spans[0].start, -self.spans[0].end, f"{self.kind}-{self.type}", self.refers_to.id)

    def quotes(self, _document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield every place where it is named."""
        yield from ((span, self.mention) for span in self.spans)

    def record(self, context: RecordContext) -> Record:
        """Return the record, with the place where it is first named and the count of all."""
        named, first = self.refers_to, self.spans[0]
        about = {"official": named.official, "regulator": named.regulator} if isinstance(named, Agency) else {}
        return {
            "kind": self.kind,
            "document": context.extraction.document.path,
            "type": self.type,
            "mention": self.mention,
            "resolved": named.name,
            **about,
            "start": first.start,
            "end": first.end,
            "count": len(self.spans),
            "iri": context.base + path_of(named),
        }

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count it under what it names."""
        yield _PLURAL[self.type], 1

    def names(self) -> Iterator[tuple[Named, str, Resolution]]:
        """Yield what it names."""
        yield self.refers_to, self.mention, self.resolution


def named_in(extraction: Extraction, span: Span) -> list[Entity]:
    """Return the entities that `span` names, in the order in which they first stand there."""
    places = {
        entity: min((at for at in entity.spans if span.contains(at)), default=None) for entity in extraction.of(Entity)
    }
    inside = {entity: at for entity, at in places.items() if at is not None}
    return sorted(inside, key=lambda entity: (inside[entity], entity.mention))
