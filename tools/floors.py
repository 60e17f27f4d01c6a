"""Floors under the quality: figures that a change may raise but not lower, and a hash of what they were measured on.

``python -m tools.floors tests/gold/floors.json --gold tests/gold seeds`` scores the extraction as ``kg evaluate`` does
and fails where a figure lies below its floor.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kg.checks.evaluate import Score
from kg.cli.evaluate import scores_table
from kg.documents import find_sources
from kg.errors import InputError, KgError
from kg.workflows import evaluate_paths

_STEP = 10_000


@dataclass(frozen=True, slots=True)
class Floors:
    """The least F1 for each kind of fact, and the hash of the gold records and documents it was measured on."""

    corpus: str
    f1: Mapping[str, float]


def corpus_hash(gold: Path, sources: Iterable[str]) -> str:
    """Return a hash of the gold files and of the documents that have one; names and bytes count, folders do not."""
    files = sorted(gold.glob("*.jsonl"), key=lambda file: file.name)
    stems = {file.stem for file in files}
    documents = sorted((Path(source) for source in sources if Path(source).stem in stems), key=lambda file: file.name)
    digest = hashlib.sha256()
    for file in (*files, *documents):
        digest.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def read_floors(path: Path) -> Floors:
    """Read a file of floors; raise InputError where it is missing or malformed."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Floors(data["corpus"], {name: float(value) for name, value in data["f1"].items()})
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "make it with --pin") from error
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(str(path), "is no file of floors", "make it anew with --pin") from error


def floors_of(scores: Mapping[str, Score], corpus: str) -> Floors:
    """Return the figures reached as floors, rounded down to four digits."""
    return Floors(corpus, {name: math.floor(score.f1 * _STEP) / _STEP for name, score in sorted(scores.items())})


def write_floors(path: Path, floors: Floors) -> None:
    """Write a file of floors."""
    text = json.dumps({"corpus": floors.corpus, "f1": dict(floors.f1)}, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def breaches(scores: Mapping[str, Score], floors: Floors, corpus: str) -> list[str]:
    """Return what falls below a floor, a line each; a corpus other than the pinned one is a breach of its own."""
    if corpus != floors.corpus:
        return ["the documents or the gold records are not those that the floors were measured on; pin them anew"]
    reached = {name: score.f1 for name, score in scores.items()}
    return [
        f"{name}: F1 {reached.get(name, 0.0):.4f} is below its floor of {least:.4f}"
        for name, least in sorted(floors.f1.items())
        if reached.get(name, 0.0) < least
    ]


@click.command()
@click.argument("floors", type=click.Path(path_type=Path))
@click.option("--gold", required=True, type=click.Path(path_type=Path), help="Folder of gold records.")
@click.option("--pin", is_flag=True, help="Write the figures reached; never lowers one.")
@click.option("--lower", is_flag=True, help="With --pin: let floors fall. A visible act; say why in the change.")
@click.argument("paths", nargs=-1, required=True)
def main(floors: Path, gold: Path, pin: bool, lower: bool, paths: Sequence[str]) -> None:
    """Hold the scores of the extraction from PATHS against the file FLOORS; exit code 1 where one falls below."""
    if lower and not pin:
        raise click.UsageError("--lower needs --pin")
    try:
        scores = evaluate_paths(gold, paths)
        click.echo(scores_table(scores))
        failed = hold(floors, scores, corpus_hash(gold, find_sources(paths)), pin=pin, lower=lower)
    except KgError as error:
        raise click.ClickException(str(error)) from error
    for line in failed:
        click.echo(f"error: {line}", err=True)
    sys.exit(1 if failed else 0)


def hold(path: Path, scores: Mapping[str, Score], corpus: str, *, pin: bool, lower: bool) -> list[str]:
    """Return what falls below the floors of a file; with `pin` write the scores into it instead.

    Pinning never lowers a floor unless `lower` says so: what would fall is then returned and nothing written.
    """
    if not pin:
        return breaches(scores, read_floors(path), corpus)
    failed = [] if lower or not path.exists() else breaches(scores, replace(read_floors(path), corpus=corpus), corpus)
    if not failed:
        write_floors(path, floors_of(scores, corpus))
    return failed


if __name__ == "__main__":
    main()
