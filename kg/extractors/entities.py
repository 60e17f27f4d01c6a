"""Mentions to entities: one fact for each distinct wording of each thing, with every place where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model.types import Document, Entity, Mention


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
