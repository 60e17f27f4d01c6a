"""Targets as rows for tests, and the head of the document they stand in."""

from __future__ import annotations

from kg.extractors.targets import Target
from kg.model.facts import Extraction

HEAD = "---\ntitle: 广东省某事业发展实施方案\nissuer: 广东省人民政府办公厅\ndate: '2021-06-01'\n---\n"


def targets(extractions: list[Extraction]) -> list[Target]:
    """All targets of some documents."""
    return [target for extraction in extractions for target in extraction.of(Target)]


def row(target: Target) -> str:
    """A target as indicator|value|unit|comparator|baseline|deadline|regions."""
    regions = "、".join(region.name for region in target.regions)
    parts = (target.indicator, target.value, target.unit, target.comparator, target.baseline, target.deadline, regions)
    return "|".join(parts)
