"""Processes that answer queries: one that runs too long is ended, which nothing in the store itself can do.

Each holds the graph in memory (five times faster to ask than one on disk), and once it has read it, may open no file
and no connection any more: where the system allows, the limit of open files is set to none.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread

from kg.serve.answering import Answer, Asked, Asking, Limits, Refused
from kg.store import open_store

_SPARE_SECONDS = 5
"""How much longer than allowed the system lets a query run that nobody stops."""
_MEGABYTE = 1024 * 1024


class Worker:
    """A process with the graph, and the line to it."""

    def __init__(self, file: Path, limits: Limits, base: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, far = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(far, file, limits, base), daemon=True)
        with _uninterrupted():
            self.process.start()
        far.close()

    def wait(self) -> None:
        """Return when the process has read the graph; raises EOFError or OSError where it ended instead."""
        self.line.recv()

    def ask(self, asked: Asked, timeout: float) -> Answer | Refused | None:
        """Return the answer, or None where it did not come within `timeout` seconds.

        Raises EOFError or OSError where the process ended instead.
        """
        self.line.send(asked)
        if not self.line.poll(timeout):
            return None
        reply: Answer | Refused = self.line.recv()
        return reply

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.line.close()


class Pool:
    """A number of workers; those that had to be ended are replaced."""

    def __init__(self, file: Path, limits: Limits, *, base: str, size: int) -> None:
        self._file, self._limits, self._base = file, limits, base
        self._idle: Queue[Worker] = Queue()
        self._all: set[Worker] = set()
        self._lock = Lock()
        for _ in range(size):
            self._add()

    def ask(self, asked: Asked) -> Answer | Refused:
        """Return the answer of the first worker that is free.

        Waiting does not count as running: where all are busy, the query waits until another ends or is stopped.
        """
        try:
            worker = self._idle.get(timeout=self._limits.timeout + self._limits.wait)
        except Empty:
            return Refused(
                503, "all workers are busy with other queries, or read the graph; try again soon", retry=True
            )
        try:
            answer = worker.ask(asked, self._limits.timeout)
        except (EOFError, OSError):
            self._replace(worker)
            return Refused(500, "the query ended its worker (too much memory, or too deep); ask for less at a time")
        if answer is None:
            self._replace(worker)
            return Refused(503, f"the query ran longer than {self._limits.timeout:g} seconds and was stopped")
        self._idle.put(worker)
        return answer

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            workers, self._all = self._all, set()
        for worker in workers:
            worker.end()

    def _replace(self, worker: Worker) -> None:
        worker.end()
        with self._lock:
            known = worker in self._all
            self._all.discard(worker)
        if known:
            self._add()

    def _add(self) -> None:
        worker = Worker(self._file, self._limits, self._base)
        with self._lock:
            self._all.add(worker)
        Thread(target=self._admit, args=(worker,), daemon=True).start()

    def _admit(self, worker: Worker) -> None:
        """Let queries have a worker once it has read the graph, so that none waits for it while another is free."""
        with suppress(EOFError, OSError):  # the first query that gets it is told that it ended
            worker.wait()
        self._idle.put(worker)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C, which reaches all processes of a terminal, from one that starts; only the server acts on it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(line: Connection, file: Path, limits: Limits, base: str) -> None:
    """Answer what comes in, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asking = Asking(open_store(file), limits.max_rows, base)
    asking.answer(Asked("SELECT * FROM <urn:none> {}"))  # loads what loads on first use
    _close_in(limits)
    line.send("ready")
    while True:
        try:
            asked = line.recv()
        except EOFError:
            return
        _allow_seconds(limits.timeout + _SPARE_SECONDS)
        line.send(asking.answer(asked))


def _close_in(limits: Limits) -> None:
    """Take away files and connections, and bound the memory, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not there on Windows

    sizes = Path("/proc/self/statm")
    if limits.max_memory and sizes.exists():
        pages = int(sizes.read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + limits.max_memory * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _allow_seconds(seconds: float) -> None:
    """Bound the processor time of the next query: it ends even where the server is gone."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not there on Windows

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))
