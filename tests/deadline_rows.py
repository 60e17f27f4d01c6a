"""Deadlines as rows for tests."""

from __future__ import annotations

from kg.extractors.times.reader import DeadlineReader
from kg.extractors.times.time_limit import TimeLimit
from kg.lexicons.deadlines import load_deadlines
from kg.lexicons.files import ontology_root

READER = DeadlineReader(load_deadlines(ontology_root()))
DAY = "2023-05-10"


def row(deadline: TimeLimit) -> str:
    """A deadline as its fields that are not empty: kind, start..end, how often, words."""
    days = f"{deadline.start}..{deadline.end}" if deadline.start else deadline.end
    return " ".join(filter(None, (deadline.kind, days, deadline.every, deadline.words)))
