"""Documents to extractions: every extractor over every reading, a source file at a time, in any number of workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.extractors import Extractor, load_extractors
from kg.lexicons import load_lexicons
from kg.reading import Reader, Reading
from kg.types import Assignment, Entity, Extraction, Fact, Measure, PolicyAction, Target

CHUNK = 64


@dataclass(frozen=True, slots=True)
class Setup:
    """Where the domain data lies (None: with the package), and which definitions expand contested groups."""

    root: Path | None = None
    definitions: tuple[tuple[str, int], ...] = ()


DEFAULT = Setup()


def extract_reading(reading: Reading, extractors: Sequence[Extractor]) -> Extraction:
    """Run the extractors over a reading; facts come out in document order whatever order they were found in."""
    facts = {fact: None for extractor in extractors for fact in _emitted(extractor, reading)}
    return Extraction(reading.document, reading.sections, tuple(sorted(facts, key=_place)), reading.jurisdiction)


def _emitted(extractor: Extractor, reading: Reading) -> Iterator[Fact]:
    """Yield what an extractor finds; raise KgError where it yields a type that it does not declare or nobody knows."""
    for fact in extractor.find(reading):
        if type(fact) not in extractor.emits or not isinstance(
            fact, Entity | Measure | Assignment | Target | PolicyAction
        ):
            where = f"extractor {extractor.name}"
            raise KgError(
                where, f"yields {type(fact).__name__}, which it does not declare or kg.types lacks", "mend it"
            )
        yield fact


def extract_file(path: str, reader: Reader, extractors: Sequence[Extractor]) -> list[Extraction]:
    """Read a source file and extract from each document it carries; raise InputError where it cannot be read."""
    return [extract_reading(reading, extractors) for reading in reader.open(path)]


def extract_files(paths: Sequence[str], *, setup: Setup = DEFAULT, workers: int = 1) -> Iterator[list[Extraction]]:
    """Yield the extractions of each file, in the order of `paths`.

    More than one worker pays from a few hundred files on: each loads the lexicons for itself.
    """
    if workers <= 1 or len(paths) < 2 * CHUNK:
        reader, extractors = tools(setup)
        yield from (extract_file(path, reader, extractors) for path in paths)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_extract_in_worker, paths, [setup] * len(paths), chunksize=CHUNK)


def _extract_in_worker(path: str, setup: Setup) -> list[Extraction]:
    reader, extractors = tools(setup)
    return extract_file(path, reader, extractors)


@cache
def tools(setup: Setup = DEFAULT) -> tuple[Reader, tuple[Extractor, ...]]:
    """Return the lexicons compiled to a reader, and the extractors; loaded once for each setup."""
    return Reader(load_lexicons(setup.root, definitions=dict(setup.definitions))), load_extractors()


def _place(fact: Fact) -> tuple[int, int, str, str]:
    match fact:
        case Measure():
            return (fact.span.start, -fact.span.end, "measure", fact.id)
        case Assignment() | Target() | PolicyAction():
            return (fact.evidence.span.start, -fact.evidence.span.end, type(fact).__name__.lower(), fact.id)
        case Entity():
            return (fact.spans[0].start, -fact.spans[0].end, f"entity-{fact.type}", fact.refers_to.id)


def all_facts(extractions: Iterable[Extraction]) -> Iterator[Fact]:
    """Yield every fact of several extractions."""
    return (fact for extraction in extractions for fact in extraction.facts)
