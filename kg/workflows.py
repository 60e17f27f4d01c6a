"""What the commands do, as functions: extract, build, evaluate. Each reads everything before it writes anything."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import Store

from kg.diff import Diff, compare
from kg.documents import find_sources
from kg.errors import InputError, KgError
from kg.evaluate import Score, evaluate, read_gold
from kg.exports.full import export_full
from kg.exports.records import Record, records_of
from kg.exports.registry import find_format, format_for
from kg.exports.slim import export_slim
from kg.exports.writing import write_files
from kg.floors import breaches, corpus_hash, floors_of, read_floors, write_floors
from kg.graph import BASE, build_quads, reference_from
from kg.lexicons import Lexicons
from kg.pipeline import DEFAULT, Setup, extract_files, tools
from kg.store import load, open_store, read_quads
from kg.types import AgencyGroup, Assignment, Entity, Extraction, Measure, Target
from kg.view import write_view

Watch = Callable[[Sequence[str]], Iterable[str]]
DISTRIBUTION = "zhengce-kg"


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: where it lies, its graph, and the report that stands beside it."""

    folder: Path
    store: Store
    report: Mapping[str, object]


def extract(
    paths: Iterable[str], *, setup: Setup = DEFAULT, workers: int = 1, watch: Watch = iter
) -> Iterator[list[Extraction]]:
    """Yield the extractions of each source file that `paths` name; `watch` may wrap the files to show progress.

    Raises InputError for the first path or file that cannot be read.
    """
    sources = find_sources(paths)
    yield from extract_files(
        list(watch(sources)) if workers > 1 else _Watched(sources, watch), setup=setup, workers=workers
    )


class _Watched(Sequence[str]):
    """A sequence whose iteration is watched."""

    def __init__(self, sources: Sequence[str], watch: Watch) -> None:
        self._sources, self._watch = sources, watch

    def __len__(self) -> int:
        return len(self._sources)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]  # int or slice, as the base class has it
        return self._sources[index]

    def __iter__(self) -> Iterator[str]:
        return iter(self._watch(self._sources))


def extract_records(
    paths: Iterable[str], *, setup: Setup = DEFAULT, base: str = BASE, workers: int = 1, watch: Watch = iter
) -> Iterator[Record]:
    """Yield the records of `paths`, file by file."""
    for extractions in extract(paths, setup=setup, workers=workers, watch=watch):
        yield from records_of(extractions, base=base)


def build(
    paths: Iterable[str],
    out: Path,
    *,
    setup: Setup = DEFAULT,
    base: str = BASE,
    workers: int = 1,
    title: str = "",
    watch: Watch = iter,
) -> Build:
    """Build the graph of `paths` into the folder `out` and return it.

    Writes graph.ttl, graph.slim.ttl, graph.nq, graph.html, facts.jsonl and report.json, all or none: what stood there
    before stays until the new files are complete. Raises InputError where a source cannot be read.
    """
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise InputError(base, "is no base for identifiers", "give an http(s) address that ends in / or #")
    files = list(extract(paths, setup=setup, workers=workers, watch=watch))
    extractions = [extraction for file in files for extraction in file]
    words = tools(setup)[0].lexicons
    reference = reference_from(words.regions, words.instruments, words.agencies, root=words.root)
    store = load(
        build_quads(
            extractions, reference, base=base, program_version=version(DISTRIBUTION), lexicon_version=words.version
        )
    )
    report = report_on(extractions, store, words, setup)
    with replaced_folder(out) as folder:
        export_full(store, folder, base=base)
        export_slim(store, folder, base=base)
        write_view(store, folder / "graph.html", title=title or DISTRIBUTION)
        _write_lines(folder / "facts.jsonl", (record for file in files for record in records_of(file, base=base)))
        (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Build(out, store, report)


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


def report_on(
    extractions: Sequence[Extraction], store: Store, words: Lexicons, setup: Setup = DEFAULT
) -> dict[str, object]:
    """Return what a build holds: versions, sources, counts of facts, participants by role, triples by graph."""
    return {
        "program": {"name": DISTRIBUTION, "version": version(DISTRIBUTION)},
        "lexicons": {"version": words.version},
        "definitions": dict(setup.definitions),
        "documents": [_document_line(extraction) for extraction in extractions],
        "facts": dict(sorted(_fact_counts(extractions).items())),
        "triples": {"all": len(store), "graphs": sum(1 for _ in store.named_graphs())},
    }


def _document_line(extraction: Extraction) -> dict[str, object]:
    document = extraction.document
    return {
        "path": document.path,
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "issuer": document.issuer,
        "number": document.number,
        "date": document.date,
        "published": document.published,
        "jurisdiction": extraction.jurisdiction.name if extraction.jurisdiction else "",
        "sha256": document.sha256,
        "facts": dict(sorted(_fact_counts([extraction]).items())),
    }


def _fact_counts(extractions: Iterable[Extraction]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for extraction in extractions:
        for fact in extraction.facts:
            match fact:
                case Entity():
                    counts[{"agency": "agencies", "region": "regions", "instrument": "instruments"}[fact.type]] += 1
                case Measure():
                    counts["measures"] += not fact.part
                case Target():
                    counts["targets"] += 1
                case Assignment():
                    counts["assignments"] += 1
                    counts.update(f"participants: {p.role.value}" for p in fact.participants)
                    counts["participants: groups"] += sum(isinstance(p.body, AgencyGroup) for p in fact.participants)
    return counts


def evaluate_paths(
    gold: Path, paths: Iterable[str], *, setup: Setup = DEFAULT, watch: Watch = iter
) -> dict[str, Score]:
    """Extract from `paths` and score the facts against the gold records of a folder."""
    return evaluate(read_gold(gold), extract_records(paths, setup=setup, watch=watch))


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
