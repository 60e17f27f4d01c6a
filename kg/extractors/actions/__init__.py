"""Actions: who announces, orders or does what, with which instruments, for whom and where; the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from kg.extractors.entities import named_in
from kg.model.document import Document, Span
from kg.model.entities import Agency, Instrument, Named, Region, Resolution
from kg.model.facts import Evidence, Extraction, Fact, Position, Record, RecordContext, from_evidence

ActionStatus = Literal["announced", "reported"]


@dataclass(frozen=True, slots=True)
class Addressee:
    """For whom an action is meant, as the text names them; `group` is the entry of the vocabulary they fall under."""

    surface: str
    span: Span
    group: str


@dataclass(frozen=True, slots=True)
class PolicyAction(Fact):
    """What a body does, orders or asks for, with which instruments, for whom and where, as one clause says it.

    `act` is an entry of the vocabulary of acts, `cue` the verb of the text; `addressees` are to act themselves
    (鼓励银行机构…), `beneficiaries` gain (为小微企业…). `object` is what is done. `status` tells what is to be done
    from what has been. `regions` are those of the clause or, where it names none, of the phrases that lead up to it.
    """

    kind: ClassVar[str] = "action"
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

    @property
    def position(self) -> Position:
        """Where its clause stands."""
        return from_evidence(self.evidence, "policyaction", self.id)

    @property
    def like(self) -> str:
        """The act."""
        return self.act

    def quotes(self, _document: Document, /) -> Iterator[tuple[Span, str]]:
        """Yield the clause, and those for whom it is meant as the text names them."""
        yield self.evidence.span, self.evidence.quote
        yield from ((one.span, one.surface) for one in (*self.addressees, *self.beneficiaries))

    def record(self, context: RecordContext) -> Record:
        """Return the record; instruments are given by the words of the text."""
        return {
            "kind": self.kind,
            "document": context.extraction.document.path,
            "act": self.act,
            "cue": self.cue,
            "status": self.status,
            "actors": [actor.name for actor in self.actors],
            "instruments": self._instrument_words(context.extraction),
            "addressees": [one.surface for one in self.addressees],
            "beneficiaries": [one.surface for one in self.beneficiaries],
            "regions": [region.name for region in self.regions],
            "object": self.object,
            "quote": self.evidence.quote,
            "start": self.evidence.span.start,
            "end": self.evidence.span.end,
            "iri": f"{context.base}action/{self.id}",
        }

    def _instrument_words(self, extraction: Extraction) -> list[str]:
        """Return the words by which the clause names its instruments, else their names."""
        named = named_in(extraction, self.evidence.span)
        words = {entity.refers_to.id: entity.mention for entity in reversed(named) if entity.type == "instrument"}
        return [words.get(instrument.id, instrument.name) for instrument in self.instruments]

    def counts(self) -> Iterator[tuple[str, int]]:
        """Count it."""
        yield "actions", 1

    def names(self) -> Iterator[tuple[Named, str, Resolution]]:
        """Yield the bodies that act."""
        yield from ((actor, "", Resolution.VERBATIM) for actor in self.actors)
