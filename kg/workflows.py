"""What the commands do, as functions: extract, build, export, evaluate. Each reads all before it writes anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pyoxigraph import Store

from kg.checks.evaluate import Score, evaluate, read_gold
from kg.copies import Merged, merge_copies, without_near
from kg.diff import Diff, compare
from kg.documents import checked_mapping, find_sources, list_sources, survey
from kg.errors import InputError, KgError
from kg.exports.records import Record, records_of
from kg.exports.registry import find_format, format_for
from kg.exports.writing import write_files, write_files_into
from kg.extractors.reader import extract_sources, tools
from kg.graph import Reference, build_quads
from kg.graph.cited_documents import Works
from kg.graph.namespaces import is_address, is_base
from kg.model.facts import Extraction, Outcome
from kg.model.ids import BASE
from kg.model.options import USUAL, Options
from kg.report import DISTRIBUTION, report_on
from kg.store import load, open_store, read_quads, replacing_files
from kg.store.folders import refuse_folders
from kg.view import write_view

NearCopies = Literal["keep", "drop", "link"]
_FORMATS = ("nquads", "turtle", "slim")
_VIEW, _FACTS, _REPORT = "graph.html", "facts.jsonl", "report.json"
_ALWAYS = ("graph.nq", "graph.ttl", "graph.slim.ttl", _VIEW, _FACTS, _REPORT)


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: where it lies, its graph, and the report that stands beside it."""

    folder: Path
    store: Store
    report: Mapping[str, object]


def outcomes(paths: Iterable[str], options: Options = USUAL) -> Iterator[Outcome]:
    """Yield what became of each source (a file, a row of a corpus) that `paths` name, in order.

    Raises InputError for a path that names no file, for the first fault where `options` are strict, and in the end
    where nothing could be read.
    """
    mapping, files = checked_mapping(options.mapping), find_sources(paths)
    sources = list_sources(options.watch(files), mapping, tools(options.setup)[0].lexicons.corpora)
    found = extract_sources(sources, setup=options.setup, workers=options.workers)
    yield from _raising(found) if options.strict else _reporting(found, options.tell)


def _raising(found: Iterable[Outcome]) -> Iterator[Outcome]:
    for outcome in found:
        if outcome.fault:
            raise outcome.fault
        yield outcome


def _reporting(found: Iterable[Outcome], tell: Callable[[InputError], None]) -> Iterator[Outcome]:
    """Report each fault. Hold back the first: where that source is the only one, it is raised instead."""
    first: InputError | None = None
    count = read = 0
    for count, outcome in enumerate(found, 1):
        if first:
            tell(first)
        first = outcome.fault if count == 1 else None
        if outcome.fault and not first:
            tell(outcome.fault)
        read += outcome.fault is None
        yield outcome
    if first:
        raise first
    if not read:
        raise InputError("", f"none of the {count} sources can be read", "mend them as said above")


def extract(paths: Iterable[str], options: Options = USUAL) -> Iterator[tuple[Extraction, ...]]:
    """Yield the extractions of each source that can be read, as `outcomes` does."""
    return (outcome.extractions for outcome in outcomes(paths, options) if outcome.fault is None)


def extract_records(paths: Iterable[str], options: Options = USUAL) -> Iterator[Record]:
    """Yield the records of `paths`, source by source, as `outcomes` reads them."""
    for extractions in extract(paths, options):
        yield from records_of(extractions, base=options.base)


def build(
    paths: Iterable[str],
    out: Path,
    options: Options = USUAL,
    *,
    title: str = "",
    license: str = "",
    also: Iterable[str] = (),
    near: NearCopies = "keep",
) -> Build:
    """Build the graph of `paths` into the folder `out` and return it.

    Writes graph.ttl, graph.slim.ttl, graph.nq, graph.html, facts.jsonl and report.json, all in one step: what an
    earlier build wrote stays until the new files are complete, and goes with them. `also` names formats of export to
    write beside them, such as ``turtle-star`` for assignments that reify their direct triples in RDF 1.2. `license` is
    the address of the licence that the dataset is given under; without one it bears none. Sources are read as
    `outcomes` reads them; the report names those that were skipped, and the files. Documents that are nearly alike are
    kept, dropped but for the better one, or linked to each other, as `near` says; the report names them in any case.
    """
    _require_addresses(options.base, license)
    formats = tuple(find_format(name) for name in dict.fromkeys((*_FORMATS, *also)))
    refuse_folders(out, _ALWAYS)
    given = tuple(paths)
    read = tuple(outcomes(given, options))
    merged = merge_copies(extraction for outcome in read for extraction in outcome.extractions)
    chosen = without_near(merged) if near == "drop" else merged
    kept = tuple(_without_copies(read, chosen))
    alike = [(pair.first, pair.second) for pair in merged.near] if near == "link" else []
    store = _store_of(chosen.extractions, options, license, alike)
    left = survey(given).left_alone
    words = tools(options.setup)[0].lexicons
    report = report_on(kept, store, words, options.setup, merged=merged, left_alone=left)
    with replacing_files(out, stale=_files_of_build) as folder:
        for format_ in formats:
            write_files_into(format_.write(store, options.base), folder)
        write_view(store, folder / _VIEW, title=title or DISTRIBUTION)
        _write_lines(folder / _FACTS, _records(kept, options.base, Works.of(chosen.extractions)))
        report["files"] = sorted((_REPORT, *(file.name for file in folder.iterdir())))
        (folder / _REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Build(out, store, report)


def _files_of_build(folder: Path) -> Iterable[str]:
    """Return the names of the files that the build in a folder says it wrote; none where there is no such build."""
    try:
        report = json.loads((folder / _REPORT).read_text(encoding="utf-8"))
        return [name for name in report["files"] if isinstance(name, str)]
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _store_of(
    extractions: Iterable[Extraction], options: Options, license: str, alike: Iterable[tuple[str, str]]
) -> Store:
    words = tools(options.setup)[0].lexicons
    quads = build_quads(
        extractions,
        Reference.of(words),
        base=options.base,
        program_version=version(DISTRIBUTION),
        lexicon_version=words.version,
        license=license,
        definitions=options.setup.definitions,
        alike=alike,
    )
    return load(quads)


def _require_addresses(base: str, license: str) -> None:
    if not is_base(base):
        raise InputError(base, "is no base for identifiers", "give an http(s) address that ends in / or #")
    if license and not is_address(license):
        raise InputError(license, "is no address of a licence", "give its http(s) address with --license")


def _without_copies(read: Iterable[Outcome], merged: Merged) -> Iterator[Outcome]:
    """Yield the outcomes with each document in the one source that it was kept from."""
    kept = {(e.document.path, e.document.kind, e.document.wording): e for e in merged.extractions}
    for outcome in read:
        documents = (extraction.document for extraction in outcome.extractions)
        places = ((document.path, document.kind, document.wording) for document in documents)
        yield replace(outcome, extractions=tuple(kept.pop(place) for place in places if place in kept))


def _records(kept: Iterable[Outcome], base: str, works: Works) -> Iterator[Record]:
    return (record for outcome in kept for record in records_of(outcome.extractions, base=base, works=works))


def _write_lines(path: Path, records: Iterable[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


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


def evaluate_paths(gold: Path, paths: Iterable[str], options: Options = USUAL) -> dict[str, Score]:
    """Extract from `paths`, as `outcomes` reads them, and score the facts against the gold records of a folder."""
    return evaluate(read_gold(gold), extract_records(paths, options))
