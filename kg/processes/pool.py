"""Work done in child processes, so that a task that fails, hangs, fills the memory or crashes harms no other.

Files come from anywhere, and the libraries that read them are partly C and Rust: a damaged one can raise any error,
never end, or abort the whole process. Here is the one place that bounds all of this. A task that does not end well
becomes a `Failure`, which says what happened in words that a user understands; those after it go on in a fresh process.

Processes are forked, so that they share what is loaded and start in some 20 ms. Where the system cannot fork safely
(Windows, macOS) or forbids children (a daemon of ``multiprocessing``), one worker means the process itself: an error is
still a `Failure` there, but time, memory and crashes are not bounded.

pebble, the library nearest to this, was tried: it bounds wall time, by which a busy machine fails good files, neither
processor time nor memory; a task gives it one result, not a stream; and it added a third to the time of short tasks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing import current_process
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from kg.processes.worker import (
    FORKS,
    Done,
    Failure,
    Limits,
    Raised,
    Result,
    Work,
    Worker,
    failure_by,
    results_of,
    serve,
)

_CHUNK = 16

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class _Batch(Generic[T, R]):
    """Some tasks that one process does in turn: those not done yet, and the results not handed on yet."""

    tasks: deque[T]
    results: deque[R] = field(default_factory=deque)


def run_apart(
    tasks: Iterable[T], work: Work[T, R], failed: Callable[[T, Failure], R], *, limits: Limits, workers: int = 1
) -> Iterator[R]:
    """Yield what `work` gives for each of `tasks`, as `Pool.run` does."""
    pool = Pool(work, failed, limits=limits, workers=workers)
    try:
        yield from pool.run(tasks)
    finally:
        pool.close()


class Pool(Generic[T, R]):
    """Processes that do tasks; each is started when there is work for it, and ended by `close`.

    `work` gives the results of a task; ``failed(task, failure)`` is the result of one that raises, exceeds its limits
    or ends its process, after those that came before. Both `work` and the tasks must be picklable.
    """

    def __init__(
        self, work: Work[T, R], failed: Callable[[T, Failure], R], *, limits: Limits, workers: int = 1
    ) -> None:
        self._work, self._failed, self._limits, self._most = work, failed, limits, workers
        self._idle: list[Worker] = []
        self._busy: dict[Worker, _Batch[T, R]] = {}
        self._waiting: deque[_Batch[T, R]] = deque()

    def run(self, tasks: Iterable[T]) -> Iterator[R]:
        """Yield the results of the tasks in their order, whatever the number of workers.

        Tasks are taken up as they are needed, never all at once. Raises the KgError that `work` raises, which is no
        fault of one task.
        """
        daemon = current_process().daemon
        if daemon or (self._most == 1 and not FORKS):
            return self._run_here(tasks)
        return self._run_apart(iter(tasks))

    def close(self) -> None:
        """End all processes, whatever they do."""
        for worker in [*self._idle, *self._busy]:
            worker.end()

    def _run_here(self, tasks: Iterable[T]) -> Iterator[R]:
        for task in tasks:
            for result in results_of(self._work, task, self._limits):
                yield self._failed(task, result) if isinstance(result, Failure) else result

    def _run_apart(self, tasks: Iterator[T]) -> Iterator[R]:
        """Keep two batches for each worker under way."""
        chunks = iter(lambda: deque(islice(tasks, _CHUNK)), deque())
        under_way: deque[_Batch[T, R]] = deque()
        while True:
            new = [_Batch[T, R](chunk) for chunk in islice(chunks, 2 * self._most - len(under_way))]
            under_way += new
            self._waiting += new
            self._hand_out()
            if not under_way:
                return
            while under_way[0].results:
                yield under_way[0].results.popleft()
            if under_way[0].tasks:
                self._receive()
            else:
                under_way.popleft()

    def _hand_out(self) -> None:
        """Give the batches that wait to processes that have none, and start new ones up to the number of workers."""
        self._idle = [worker for worker in self._idle if worker.is_alive()]
        while self._waiting and len(self._busy) < self._most:
            worker = self._idle.pop() if self._idle else Worker(partial(serve, self._work, self._limits))
            self._busy[worker] = self._waiting.popleft()
            worker.give(tuple(self._busy[worker].tasks))

    def _receive(self) -> None:
        """Wait for messages, and take one of each process that has sent any."""
        lines = [worker.line for worker in self._busy]
        ready = lines if len(lines) == 1 else wait(lines)
        for worker in [worker for worker in self._busy if worker.line in ready]:
            try:
                message = worker.line.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                self._note(worker, message)

    def _replace(self, worker: Worker) -> None:
        """Give up a process that ended, and the task it was at; those after it go to another one."""
        batch = self._busy.pop(worker)
        failure = failure_by(worker.exit_code(), self._limits)
        batch.results.append(self._failed(batch.tasks.popleft(), failure))
        if batch.tasks:
            self._waiting.appendleft(batch)

    def _note(self, worker: Worker, message: object) -> None:
        batch = self._busy[worker]
        match message:
            case Result(value):
                batch.results.append(self._failed(batch.tasks[0], value) if isinstance(value, Failure) else value)
            case Raised(error):
                raise error
            case Done():
                batch.tasks.popleft()
                if not batch.tasks:
                    del self._busy[worker]
                    self._idle.append(worker)
