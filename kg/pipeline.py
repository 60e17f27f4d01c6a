"""Documents to extractions: every extractor over every reading, a source at a time, in any number of workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from kg.documents import Source, read_source
from kg.documents.limits import PER_SOURCE
from kg.errors import InputError, KgError
from kg.extractors.reader import Reader
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor, load_extractors
from kg.lexicons import load_lexicons
from kg.model.facts import Extraction, Fact, Outcome, identified, identity_of
from kg.model.options import DEFAULT, Setup
from kg.processes import Failure, Limits, run_apart


def extract_reading(reading: Reading, extractors: Sequence[Extractor]) -> Extraction:
    """Run the extractors over a reading; facts come out in document order whatever order they were found in."""
    facts = {fact: None for extractor in extractors for fact in _emitted(extractor, reading)}
    ordered = tuple(sorted(facts, key=lambda fact: fact.position))
    issuers = reading.actors if reading.document.kind == "policy" else ()
    found = Extraction(reading.document, reading.sections, ordered, reading.jurisdiction, reading.work, issuers)
    return identified(found, identity_of(found))


def _extract_all(readings: Iterable[Reading], extractors: Sequence[Extractor]) -> tuple[Extraction, ...]:
    """Extract from the documents of one file; a policy names the article that prints it as that is now named."""
    found = {reading.document.id: extract_reading(reading, extractors) for reading in readings}
    ids = {old: extraction.document.id for old, extraction in found.items()}
    carriers = ((one, ids.get(one.document.quoted_from, "")) for one in found.values())
    return tuple(replace(one, document=replace(one.document, quoted_from=carrier)) for one, carrier in carriers)


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
        return list(_extract_all(reader.open(source), extractors))
    except RecursionError as error:
        where = source if isinstance(source, str) else source.path
        raise InputError(where, "is nested too deep to be read", "give its text in a plain file") from error


def extract_sources(
    sources: Iterable[Source], *, setup: Setup = DEFAULT, workers: int = 1, limits: Limits = PER_SOURCE
) -> Iterator[Outcome]:
    """Yield what became of each source, in their order; whatever one of them does, it stops no other.

    Sources are taken up as they are needed, never all at once, and read in processes of their own (`kg.processes`), so
    that one that raises an unexpected error, ends its process or goes beyond `limits` becomes a fault like any other.
    What of a source could not be read, such as a page without text, are outcomes of their own behind it.
    """
    tools(setup)  # loaded before processes are forked, which then share it
    yield from run_apart(sources, partial(_outcomes, setup), _failed, limits=limits, workers=workers)


def _outcomes(setup: Setup, source: Source) -> Iterator[Outcome]:
    reader, extractors = tools(setup)
    words = reader.lexicons
    try:
        read = read_source(source, words.documents, words.numbering.starts_item)
        found = _extract_all(reader.read(read.documents), extractors)
    except InputError as error:
        yield Outcome(source.path, source.format, fault=error)
        return
    yield Outcome(source.path, source.format, found)
    yield from (Outcome(fault.where, source.format, fault=fault) for fault in read.unread)


def _failed(source: Source, failure: Failure) -> Outcome:
    return Outcome(source.path, source.format, fault=InputError(source.path, failure.what, failure.remedy))


@cache
def tools(setup: Setup = DEFAULT) -> tuple[Reader, tuple[Extractor, ...]]:
    """Return the lexicons compiled to a reader, and the extractors; loaded once for each setup."""
    lexicons = load_lexicons(setup.root, definitions=dict(setup.definitions))
    return Reader(lexicons), load_extractors(lexicons)
