"""Loads the vocabulary of policy instruments and checks that it does not contradict itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_unique
from kg.lexicons.instrument_entries import Concept, Family, Head, Instruments, Placing, Quoted

__all__ = ["Concept", "Family", "Head", "Instruments", "Placing", "Quoted", "load_instruments"]


def load_instruments(root: Path) -> Instruments:
    """Load and validate ``lexicons/instruments.yaml`` under `root`.

    Raises LexiconError with file and line for what does not fit, and with file and entry for an id that stands twice,
    an unknown placing, family, concept or broader concept, a circle of broader concepts, and a label of two concepts.
    """
    path = root / "lexicons" / "instruments.yaml"
    instruments = load_yaml(path, Instruments)
    for entries in (instruments.placings, instruments.families, instruments.concepts, instruments.heads):
        require_unique(path, entries)
    for problem in _problems(instruments):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return instruments


def _problems(instruments: Instruments) -> Iterator[str]:
    """Yield what contradicts itself, entry by entry."""
    yield from _unknown_names(instruments)
    yield from _unknown_placings(instruments)
    yield from _unknown_general(instruments.concepts)
    yield from _shared_labels(instruments.concepts)
    yield from _circles(instruments.concepts)


def _unknown_names(instruments: Instruments) -> Iterator[str]:
    families = {family.id for family in instruments.families}
    concepts = {concept.id for concept in instruments.concepts}
    entries: tuple[Concept | Head, ...] = (*instruments.concepts, *instruments.heads)
    for entry in entries:
        if entry.family not in families:
            yield f"entry {entry.id} names the unknown family {entry.family}"
        for family in entry.families.values() if isinstance(entry, Head) else ():
            if family not in families:
                yield f"entry {entry.id} names the unknown family {family}"
        above = entry.broader if isinstance(entry, Concept) else entry.concept
        if above and above not in concepts:
            yield f"entry {entry.id} names the unknown concept {above}"
    for family in (instruments.quoted.family, *instruments.quoted.families.values()):
        if family not in families:
            yield f"quoted names the unknown family {family}"


def _unknown_placings(instruments: Instruments) -> Iterator[str]:
    placings = {placing.id for placing in instruments.placings}
    entries: tuple[Family | Concept, ...] = (*instruments.families, *instruments.concepts)
    for entry in entries:
        optional = isinstance(entry, Concept) and not entry.placing
        if not optional and entry.placing not in placings:
            yield f"entry {entry.id} names the unknown placing {entry.placing}"


def _unknown_general(concepts: Iterable[Concept]) -> Iterator[str]:
    for concept in concepts:
        for label in concept.general:
            if label not in concept.labels:
                yield f"entry {concept.id} calls general what is no label of it, {label}"


def _shared_labels(concepts: Iterable[Concept]) -> Iterator[str]:
    owner: dict[str, str] = {}
    for concept in concepts:
        for label in concept.labels:
            if label in owner:
                yield f"the label {label} stands twice, on {owner[label]} and on {concept.id}"
            owner[label] = concept.id


def _circles(concepts: Iterable[Concept]) -> Iterator[str]:
    above = {concept.id: concept.broader for concept in concepts}
    for start in above:
        seen, here = {start}, above[start]
        while here and here not in seen:
            seen.add(here)
            here = above.get(here, "")
        if here:
            yield f"entry {start} is, by its broader concepts, broader than itself"
