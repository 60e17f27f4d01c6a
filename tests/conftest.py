"""What several test modules share: the lexicons and finders, loaded once, the command, and a build of the seeds."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings
from playwright.sync_api import Browser

from benchmarks.chromium import chromium
from benchmarks.stores.servers import Server, Unavailable, oxigraph, virtuoso
from kg.cli.main import main
from kg.documents.read import read_document
from kg.extractors.reader import Reader, extract_file, extract_reading, tools
from kg.extractors.registry import Extractor
from kg.lexicons import Lexicons
from kg.model.document import Document
from kg.model.facts import Extraction

# The same examples at every run, and no deadline: speed is measured in benchmarks/.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

ROOT = Path(__file__).resolve().parents[1]
SEEDS = tuple(sorted((ROOT / "seeds").glob("*.txt")))

ReadText = Callable[[str], tuple[Document, ...]]
ExtractText = Callable[[str], list[Extraction]]


# What the command itself reads with: loaded once for all test modules and every call of the command in this process.
READER, EXTRACTORS = tools()
LEXICONS = READER.lexicons


@pytest.fixture(scope="session")
def lexicons() -> Lexicons:
    return LEXICONS


@pytest.fixture(scope="session")
def reader() -> Reader:
    return READER


@pytest.fixture(scope="session")
def extractors() -> tuple[Extractor, ...]:
    return EXTRACTORS


@pytest.fixture(scope="session")
def read_text(lexicons: Lexicons) -> ReadText:
    """Read the text of a file, front matter and all, into its documents."""
    return lambda raw: read_document("test.txt", raw, lexicons.documents, lexicons.numbering.starts_item)


@pytest.fixture(scope="session")
def extract_text(read_text: ReadText, reader: Reader, extractors: tuple[Extractor, ...]) -> ExtractText:
    return lambda raw: [extract_reading(reading, extractors) for reading in reader.read(read_text(raw))]


@pytest.fixture(scope="session")
def seeds(reader: Reader, extractors: tuple[Extractor, ...]) -> tuple[Extraction, ...]:
    """The extractions of the five seeds, six documents in the order of their files."""
    return tuple(done for path in SEEDS for done in extract_file(str(path), reader, extractors))


def run_kg(*arguments: str | Path, cwd: Path = ROOT, stdin: str | bytes = "") -> str:
    """Run the command in this process and return what it prints; fail with its errors where it fails."""
    done = call_kg(*arguments, cwd=cwd, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def call_kg(*arguments: str | Path, cwd: Path = ROOT, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which has the lexicons loaded; what it does not turn into an exit is raised."""
    command = list(map(str, arguments))
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(main, command, input=stdin, catch_exceptions=False)
    return subprocess.CompletedProcess(command, done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode())


def kg_process(
    *arguments: str | Path, cwd: Path = ROOT, stdin: str | bytes = "", seed: str = "0", path: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with a seed for the order of hashes and a folder on the path.

    That takes seconds: it is for what only a process shows. `call_kg` is for all else.
    """
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{path}{os.pathsep}{ROOT}"}
    given = stdin.encode() if isinstance(stdin, str) else stdin
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, input=given, capture_output=True, env=environment, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the seeds, made from the root of the project as ``make demo`` does; tests only read it.

    The first worker that asks for it makes it, and the others wait.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out = shared / "exports"
    with (shared / "exports.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "report.json").exists():
            run_kg("build", "seeds", "-o", out)
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for every test of a run; each opens pages of its own."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def running_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph server for every test of a run, started once; a test leaves in it what it found."""
    try:
        with oxigraph(tmp_path_factory.mktemp("oxigraph")) as found:
            yield found
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def running_virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Virtuoso server for every test of a run, started once; a test leaves in it what it found."""
    try:
        with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
            yield found
    except Unavailable as reason:
        pytest.skip(str(reason))


def still_open(reason: str | None) -> tuple[pytest.MarkDecorator, ...]:
    """Return the mark of a row that is known to be read wrong as yet: it fails as soon as it is read right."""
    return (pytest.mark.xfail(reason=reason, strict=True),) if reason else ()
