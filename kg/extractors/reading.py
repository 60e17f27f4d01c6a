"""What every extractor is given: one document with its sections, its standpoint, its mentions and its clauses."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractors.clauses import Clause
from kg.extractors.regions.standpoint import Standpoint
from kg.extractors.sections import SectionTree
from kg.model.document import Document, Section, Span, Work
from kg.model.entities import Agency, Mention, Region
from kg.text.spans import SpanIndex


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as understood before facts are drawn from it: data only, made by a `Reader`.

    Attributes:
        document: the document.
        folded: its whole text, folded, so that offsets hold in both.
        sections: its numbered items in text order.
        tree: the same sections by place and by what stands above and below them.
        standpoint: where and when it speaks from.
        agencies: the bodies named in the text and as participants of clauses.
        regions: the regions named outside the names of bodies.
        instruments: the policy instruments named.
        clauses: the clauses that assign a task to bodies, in text order.
        interpretations: the clauses that say who interprets the document.
        actors: who speaks: a policy's issuers; in news the body that the page is about.
        titled: the bodies that the title names.
        work: what others may cite the document by.
    """

    document: Document
    folded: str = field(repr=False)
    sections: tuple[Section, ...]
    tree: SectionTree = field(repr=False)
    standpoint: Standpoint
    agencies: SpanIndex[Mention]
    regions: SpanIndex[Mention]
    instruments: SpanIndex[Mention]
    clauses: tuple[Clause, ...]
    interpretations: tuple[Clause, ...]
    actors: tuple[Agency, ...]
    titled: tuple[Agency, ...]
    work: Work

    @property
    def jurisdiction(self) -> Region | None:
        """The region the document speaks for."""
        return self.standpoint.region

    def fold_at(self, span: Span) -> str:
        """Return the folded words at `span`."""
        return self.folded[span.start : span.end]
