"""The agencies, regions and instruments that a document names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extractors.entities import Entity
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor
from kg.model.document import Document
from kg.model.entities import Mention


def find_entities(reading: Reading) -> Iterator[Entity]:
    """Yield each distinct mention of agencies, instruments and regions with all its places."""
    for mentions in (reading.agencies, reading.instruments, reading.regions):
        yield from gather(reading.document, mentions)


def gather(document: Document, mentions: Iterable[Mention]) -> Iterator[Entity]:
    """Yield one entity for each wording and meaning, in the order of first mention."""
    grouped: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault((mention.text, mention.refers_to.id), []).append(mention)
    for (text, _), group in grouped.items():
        first = group[0]
        yield Entity(
            document.id,
            text,
            first.refers_to,
            tuple(mention.span for mention in group),
            first.resolution,
            min(mention.confidence for mention in group),
        )


EXTRACTOR = Extractor("entities", (Entity,), find_entities)
