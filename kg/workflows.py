"""What the commands do, as functions: extract, build, evaluate. Each reads everything before it writes anything."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Store

from kg.checks.evaluate import Score, evaluate, read_gold
from kg.checks.floors import breaches, corpus_hash, floors_of, read_floors, write_floors
from kg.copies import Merged, merge_copies
from kg.diff import Diff, compare
from kg.documents import checked_mapping, find_sources, list_sources
from kg.errors import InputError, KgError
from kg.exports.full import export_full
from kg.exports.records import Record, records_of
from kg.exports.registry import find_format, format_for
from kg.exports.slim import export_slim
from kg.exports.writing import write_files, write_files_into
from kg.graph import BASE, build_quads, reference_from
from kg.graph.cited_documents import Works
from kg.graph.namespaces import is_address, is_base
from kg.model.types import Extraction
from kg.pipeline import DEFAULT, Outcome, Setup, extract_sources, tools
from kg.report import DISTRIBUTION, report_on
from kg.store import load, open_store, read_quads
from kg.view import write_view

Watch = Callable[[Sequence[str]], Iterable[str]]
Tell = Callable[[InputError], None]
NO_MAPPING: Mapping[str, str] = MappingProxyType({})


def no_talk(_fault: InputError) -> None:
    """Say nothing about a source that is skipped."""


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: where it lies, its graph, and the report that stands beside it."""

    folder: Path
    store: Store
    report: Mapping[str, object]


def outcomes(
    paths: Iterable[str],
    *,
    setup: Setup = DEFAULT,
    workers: int = 1,
    mapping: Mapping[str, str] = NO_MAPPING,
    strict: bool = False,
    watch: Watch = iter,
    tell: Tell = no_talk,
) -> Iterator[Outcome]:
    """Yield what became of each source (a file, a row of a corpus) that `paths` name, in order.

    `mapping` names the columns of corpora by what they hold; `watch` may wrap the files to show progress; `tell` is
    given each fault for which a source is skipped. Raises InputError for a path that names no file, for the first
    fault where `strict`, and in the end where nothing could be read.
    """
    chosen, files = checked_mapping(mapping), find_sources(paths)
    sources = list_sources(watch(files), chosen, tools(setup)[0].lexicons.corpora)
    found = extract_sources(sources, setup=setup, workers=workers)
    yield from _unfaulted(found) if strict else _told(found, tell)


def _unfaulted(found: Iterable[Outcome]) -> Iterator[Outcome]:
    for outcome in found:
        if outcome.fault:
            raise outcome.fault
        yield outcome


def _told(found: Iterable[Outcome], tell: Tell) -> Iterator[Outcome]:
    """Tell each fault; one that comes first waits for the next source, because alone it is the error in the end."""
    held: InputError | None = None
    count = read = 0
    for count, outcome in enumerate(found, 1):
        if held:
            tell(held)
        held = outcome.fault if count == 1 else None
        if outcome.fault and not held:
            tell(outcome.fault)
        read += outcome.fault is None
        yield outcome
    if held:
        raise held
    if not read:
        raise InputError("", f"none of the {count} sources can be read", "mend them as said above")


def extract(
    paths: Iterable[str],
    *,
    setup: Setup = DEFAULT,
    workers: int = 1,
    mapping: Mapping[str, str] = NO_MAPPING,
    strict: bool = False,
    watch: Watch = iter,
    tell: Tell = no_talk,
) -> Iterator[tuple[Extraction, ...]]:
    """Yield the extractions of each source that can be read, as `outcomes` does."""
    found = outcomes(paths, setup=setup, workers=workers, mapping=mapping, strict=strict, watch=watch, tell=tell)
    return (outcome.extractions for outcome in found if outcome.fault is None)


def extract_records(
    paths: Iterable[str],
    *,
    setup: Setup = DEFAULT,
    base: str = BASE,
    workers: int = 1,
    mapping: Mapping[str, str] = NO_MAPPING,
    strict: bool = False,
    watch: Watch = iter,
    tell: Tell = no_talk,
) -> Iterator[Record]:
    """Yield the records of `paths`, source by source, as `outcomes` reads them."""
    found = extract(paths, setup=setup, workers=workers, mapping=mapping, strict=strict, watch=watch, tell=tell)
    for extractions in found:
        yield from records_of(extractions, base=base)


def build(
    paths: Iterable[str],
    out: Path,
    *,
    setup: Setup = DEFAULT,
    base: str = BASE,
    workers: int = 1,
    title: str = "",
    license: str = "",
    also: Iterable[str] = (),
    mapping: Mapping[str, str] = NO_MAPPING,
    strict: bool = False,
    watch: Watch = iter,
    tell: Tell = no_talk,
) -> Build:
    """Build the graph of `paths` into the folder `out` and return it.

    Writes graph.ttl, graph.slim.ttl, graph.nq, graph.html, facts.jsonl and report.json, all or none: what stood there
    before stays until the new files are complete. `also` names formats of export to write beside them, such as
    ``turtle-star`` for assignments that reify their direct triples in RDF 1.2. `license` is the address of the licence
    that the dataset is given under; without one it bears none. Sources are read as `outcomes` reads them; the report
    names those that were skipped.
    """
    _require_addresses(base, license)
    further = tuple(find_format(name) for name in also)
    found = tuple(outcomes(paths, setup=setup, workers=workers, mapping=mapping, strict=strict, watch=watch, tell=tell))
    merged = merge_copies(extraction for outcome in found for extraction in outcome.extractions)
    found = tuple(_without_copies(found, merged))
    extractions = merged.extractions
    words = tools(setup)[0].lexicons
    store = _store_of(extractions, setup, base, license)
    report = report_on(found, store, words, setup, near=merged.near)
    with replaced_folder(out) as folder:
        export_full(store, folder, base=base)
        export_slim(store, folder, base=base)
        write_view(store, folder / "graph.html", title=title or DISTRIBUTION)
        for format_ in further:
            write_files_into(format_.write(store, base), folder)
        _write_lines(folder / "facts.jsonl", _records(found, base, Works.of(extractions)))
        (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Build(out, store, report)


def _store_of(extractions: Iterable[Extraction], setup: Setup, base: str, license: str) -> Store:
    words = tools(setup)[0].lexicons
    reference = reference_from(words.regions, words.instruments, words.agencies, acts=words.acts, root=words.root)
    quads = build_quads(
        extractions,
        reference,
        base=base,
        program_version=version(DISTRIBUTION),
        lexicon_version=words.version,
        license=license,
        definitions=setup.definitions,
    )
    return load(quads)


def _require_addresses(base: str, license: str) -> None:
    if not is_base(base):
        raise InputError(base, "is no base for identifiers", "give an http(s) address that ends in / or #")
    if license and not is_address(license):
        raise InputError(license, "is no address of a licence", "give its http(s) address with --license")


@contextmanager
def replaced_folder(out: Path) -> Iterator[Path]:
    """Give a folder to write into; its files move to `out` only if the block ends well.

    Raises InputError where `out` cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    except OSError as error:
        raise InputError(str(out), f"cannot be written ({error.strerror})", "choose another folder with -o") from error
    try:
        yield folder
        for file in sorted(folder.iterdir()):
            os.replace(file, out / file.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _without_copies(found: Iterable[Outcome], merged: Merged) -> Iterator[Outcome]:
    """Yield the outcomes with each document in the one source that it was kept from."""
    kept = {(e.document.id, e.document.path): e for e in merged.extractions}
    for outcome in found:
        places = ((extraction.document.id, extraction.document.path) for extraction in outcome.extractions)
        yield replace(outcome, extractions=tuple(kept.pop(place) for place in places if place in kept))


def _records(found: Iterable[Outcome], base: str, works: Works) -> Iterator[Record]:
    return (record for outcome in found for record in records_of(outcome.extractions, base=base, works=works))


def export(graph: Path, out: Path, *, format_: str = "", base: str = BASE) -> None:
    """Write a build folder or RDF file to `out` in another format, by default the one whose ending `out` bears.

    Several files go into a folder, or into a zip where `out` ends in .zip. Raises KgError for an unknown format,
    GraphError where there is no such graph.
    """
    chosen = find_format(format_) if format_ else format_for(out.name)
    write_files(chosen.write(open_store(graph), base), out)


def export_text(graph: Path, format_: str, *, base: str = BASE) -> Iterator[bytes]:
    """Yield the pieces of the one file of a text format; raises KgError for a format that has no such file."""
    chosen = find_format(format_)
    if not chosen.text:
        raise KgError(chosen.name, "is no text that could go to standard output", "give a file or folder with -o")
    for pieces in chosen.write(open_store(graph), base).values():
        yield from pieces


def diff(before: Path, after: Path) -> Diff:
    """Compare two builds or RDF files; raises GraphError where one of them cannot be read."""
    return compare(read_quads(before), read_quads(after))


def _write_lines(path: Path, records: Iterable[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def evaluate_paths(
    gold: Path,
    paths: Iterable[str],
    *,
    setup: Setup = DEFAULT,
    mapping: Mapping[str, str] = NO_MAPPING,
    strict: bool = False,
    watch: Watch = iter,
    tell: Tell = no_talk,
) -> dict[str, Score]:
    """Extract from `paths`, as `outcomes` reads them, and score the facts against the gold records of a folder."""
    records = extract_records(paths, setup=setup, mapping=mapping, strict=strict, watch=watch, tell=tell)
    return evaluate(read_gold(gold), records)


def hold_floors(
    floors: Path, scores: Mapping[str, Score], gold: Path, paths: Iterable[str], *, pin: bool, lower: bool
) -> list[str]:
    """Hold scores against a file of floors and return what falls below; with `pin` write them instead.

    Pinning never lowers a floor unless `lower` says so; what would fall is then returned and nothing written.
    """
    corpus = corpus_hash(gold, find_sources(paths))
    reached = floors_of(scores, corpus)
    if not pin:
        return breaches(scores, read_floors(floors), corpus)
    failed = (
        [] if lower or not floors.exists() else breaches(scores, replace(read_floors(floors), corpus=corpus), corpus)
    )
    if not failed:
        write_floors(floors, reached)
    return failed
