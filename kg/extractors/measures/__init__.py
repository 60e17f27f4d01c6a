"""Measures: the units of action that a policy states and that news announces; the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kg.extractors.entities import named_in
from kg.model.document import Document, Span
from kg.model.entities import Agency, Named, Resolution
from kg.model.facts import Fact, Position, Record, RecordContext

_STARTS = 60  # characters of the label in a record, as gold records have it


@dataclass(frozen=True, slots=True)
class Measure(Fact):
    """A unit of policy action: what is assigned, announced or targeted.

    `part` counts from 1 where several clauses share one numbered item and each binds to a stretch of it;
    `part_of` is then the item's measure.
    """

    kind: ClassVar[str] = "measure"
    id: str
    document: str
    path: str
    span: Span
    label: str
    actors: tuple[Agency, ...] = ()
    part: int = 0
    part_of: str = ""

    @property
    def position(self) -> Position:
        """Where its text stands."""
        return (self.span.start, -self.span.end, self.kind, self.id)

    @property
    def like(self) -> str:
        """Which part of its item the measure is."""
        return str(self.part)

    def quotes(self, document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield the text of the measure."""
        yield self.span, document.quote(self.span)

    def record(self, context: RecordContext) -> Record | None:
        """Return the record of a whole measure; a part of one has none."""
        if self.part:
            return None
        named = [(entity.type, entity) for entity in named_in(context.extraction, self.span)]
        regions = (entity.refers_to.name for type_, entity in named if type_ == "region")
        return {
            "kind": self.kind,
            "document": context.extraction.document.path,
            "path": self.path,
            "starts": self.label[:_STARTS],
            "actors": [actor.name for actor in self.actors],
            "instruments": [entity.mention for type_, entity in named if type_ == "instrument"],
            "regions": list(dict.fromkeys(regions)),
            "start": self.span.start,
            "end": self.span.end,
            "iri": f"{context.base}measure/{self.id}",
        }

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count whole measures; the parts of an item are no measures of their own here."""
        yield "measures", not self.part

    def names(self) -> Iterator[tuple[Named, str, Resolution]]:
        """Yield the bodies that announce it."""
        yield from ((actor, "", Resolution.VERBATIM) for actor in self.actors)
