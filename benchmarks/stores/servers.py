"""Real stores, started for as long as a block runs: on free ports, with folders of their own, and stopped after it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.push import Login

SECONDS_TO_START = 180
VIRTUOSO_NAMES = ("virtuoso-t", "virtuoso-t-7")
COMUNICA = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhengce-kg" / "comunica"

# Only what differs from what the server does by itself: addresses that no other machine reaches, and no limit on rows
# that a query of ours could meet.
_VIRTUOSO_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000000
"""


class Unavailable(Exception):
    """A store that this machine does not have; says how to get it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A store that runs: where it is asked, where it is loaded, by whom, and the file it writes its log to."""

    query: str
    graphs: str
    login: Login
    log: Path


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def oxigraph_command() -> Path:
    """Return the program of the Oxigraph server, which pip installs; raises Unavailable."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = beside if beside.exists() else shutil.which("oxigraph")
    if not found:
        raise Unavailable("no Oxigraph server: pip install oxigraph")
    return Path(found)


def virtuoso_command() -> Path:
    """Return the program of the Virtuoso server; raises Unavailable."""
    found = next(filter(None, map(shutil.which, VIRTUOSO_NAMES)), None)
    if not found:
        raise Unavailable("no Virtuoso: sh .ci/stores installs it where apt works (virtuoso-opensource-7)")
    return Path(found)


def comunica_folder() -> Path:
    """Return the folder that Comunica was installed into; raises Unavailable."""
    if not shutil.which("node"):
        raise Unavailable("no node to run Comunica with")
    if not (COMUNICA / "node_modules" / "@comunica" / "query-sparql-file").is_dir():
        raise Unavailable("no Comunica: sh .ci/stores installs it where npm works")
    return COMUNICA


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Run an Oxigraph server in memory that takes all named graphs together for its default graph."""
    port = free_port()
    address, log = f"http://127.0.0.1:{port}", folder / "oxigraph.log"
    command = [oxigraph_command(), "serve", "--union-default-graph", "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, log, f"{address}/query?query=ASK%7B%7D"):
        yield Server(f"{address}/query", f"{address}/store", Login(), log)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run a Virtuoso server on a new database in `folder`; the user dba writes, with digest authentication."""
    program, http, sql = virtuoso_command(), free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(http=http, sql=sql), encoding="utf-8")
    address, log = f"http://127.0.0.1:{http}", folder / "virtuoso.log"
    command = [program, "+configfile", "virtuoso.ini", "+foreground"]
    with _running(command, folder, folder / "virtuoso.out", f"{address}/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"):
        yield Server(f"{address}/sparql", f"{address}/sparql-graph-crud-auth", Login("dba", "dba"), log)


@contextmanager
def _running(command: Sequence[object], folder: Path, log: Path, ready: str) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, ready, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
        try:
            with direct.open(ready, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer after {SECONDS_TO_START} seconds")
