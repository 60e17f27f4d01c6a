"""Facts as records, one JSON object each: those of the gold standard with places and identifiers added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extractors.entities import Entity
from kg.graph.cited_documents import Works
from kg.model.facts import Extraction, Record, RecordContext
from kg.model.ids import BASE

__all__ = ["Record", "records_of"]


def records_of(extractions: Sequence[Extraction], *, base: str = BASE, works: Works | None = None) -> Iterator[Record]:
    """Yield the records of one source file: an entity that both documents in it name is written once.

    `works` tells which documents are cited; without it those of this file and the words of each citation do.
    """
    known = works or Works.of(extractions)
    seen: set[tuple[str, str, str]] = set()
    for extraction in extractions:
        context = RecordContext(extraction, base, known.find)
        for fact in extraction.facts:
            record = fact.record(context)
            if record is None or (isinstance(fact, Entity) and fact.wording in seen):
                continue
            if isinstance(fact, Entity):
                seen.add(fact.wording)
            yield record
