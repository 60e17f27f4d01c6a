"""Documents to extractions: every extractor over every reading, a source at a time, in any number of workers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path

from kg.documents import Source
from kg.errors import InputError, KgError
from kg.extractors.reader import Reader
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor, load_extractors
from kg.lexicons import load_lexicons
from kg.model.facts import Extraction, Fact

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
    ordered = tuple(sorted(facts, key=lambda fact: fact.position))
    return Extraction(reading.document, reading.sections, ordered, reading.jurisdiction, reading.work)


def _emitted(extractor: Extractor, reading: Reading) -> Iterator[Fact]:
    """Yield what an extractor finds; raise KgError where it yields a type that it does not declare or nobody knows."""
    for fact in extractor.find(reading):
        if type(fact) not in extractor.emits:
            where = f"extractor {extractor.name}"
            raise KgError(
                where,
                f"yields {type(fact).__name__}, which it does not declare or which is no kg.model.facts.Fact",
                "mend it",
            )
        yield fact


def extract_file(source: str | Source, reader: Reader, extractors: Sequence[Extractor]) -> list[Extraction]:
    """Read a source and extract from each document it carries; raise InputError where it cannot be read."""
    try:
        return [extract_reading(reading, extractors) for reading in reader.open(source)]
    except RecursionError as error:
        where = source if isinstance(source, str) else source.path
        raise InputError(where, "is nested too deep to be read", "give its text in a plain file") from error


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source: what was extracted from its documents, or the fault for which it was skipped."""

    path: str
    format: str
    extractions: tuple[Extraction, ...] = ()
    fault: InputError | None = None


def extract_sources(sources: Iterable[Source], *, setup: Setup = DEFAULT, workers: int = 1) -> Iterator[Outcome]:
    """Yield what became of each source, in their order; one that cannot be read stops no other.

    Sources are taken up as they are needed, never all at once. More than one worker pays from a few hundred on: each
    loads the lexicons for itself. Raises KgError where a worker process ends before its work is done.
    """
    waiting = iter(sources)
    head = tuple(islice(waiting, 2 * CHUNK)) if workers > 1 else ()
    if len(head) < 2 * CHUNK:
        yield from map(partial(_outcome, setup), chain(head, waiting))
    else:
        yield from _extract_in_workers(chain(head, waiting), setup, workers)


def _outcome(setup: Setup, source: Source) -> Outcome:
    reader, extractors = tools(setup)
    try:
        found = extract_file(source, reader, extractors)
    except InputError as error:
        return Outcome(source.path, source.format, fault=error)
    return Outcome(source.path, source.format, tuple(found))


def _extract_in_workers(sources: Iterator[Source], setup: Setup, workers: int) -> Iterator[Outcome]:
    """Keep two chunks for each worker under way; give up those not begun where nobody asks for them any more."""
    chunks = iter(lambda: tuple(islice(sources, CHUNK)), ())
    pool = ProcessPoolExecutor(workers)
    try:
        under_way = deque(pool.submit(_extract_chunk, setup, chunk) for chunk in islice(chunks, 2 * workers))
        while under_way:
            done = under_way.popleft().result()
            under_way.extend(pool.submit(_extract_chunk, setup, chunk) for chunk in islice(chunks, 1))
            yield from done
    except BrokenProcessPool as error:
        raise KgError(
            "", "a worker process was ended, as a system short of memory does", "use fewer workers"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _extract_chunk(setup: Setup, sources: Sequence[Source]) -> list[Outcome]:
    return [_outcome(setup, source) for source in sources]


@cache
def tools(setup: Setup = DEFAULT) -> tuple[Reader, tuple[Extractor, ...]]:
    """Return the lexicons compiled to a reader, and the extractors; loaded once for each setup."""
    lexicons = load_lexicons(setup.root, definitions=dict(setup.definitions))
    return Reader(lexicons), load_extractors(lexicons)
