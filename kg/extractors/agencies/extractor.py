"""The agencies that a document names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors.entities import Entity, gather
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor


def find_agencies(reading: Reading) -> Iterator[Entity]:
    """Yield each distinct mention of agencies with all its places."""
    return gather(reading.document, reading.agencies)


EXTRACTOR = Extractor("agencies", (Entity,), find_agencies)
