"""A child process that does the tasks it is sent, one by one, within limits of time and memory."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from kg.errors import KgError

_MEGABYTE = 1 << 20
_SECOND = 1.0
_ANEW = "save it anew with another program"
_REPORT = "report it to the authors of zhengce-kg, with the file"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use until its next result.

    Attributes:
        seconds: processor time; time spent waiting does not count, so a busy machine fails nothing.
        memory: bytes of address space on top of what is in use before.
    """

    seconds: int
    memory: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task did not end well, and what a user can do about it."""

    what: str
    remedy: str


def failure_of(error: BaseException, limits: Limits) -> Failure:
    """Return what is said of a task that raised an error."""
    if isinstance(error, MemoryError):
        return Failure(f"needs over {limits.memory // _MEGABYTE} MB of memory", "part it into its documents")
    if isinstance(error, RecursionError):
        return Failure("is nested too deep to be read", "give its text in a plain file")
    said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}".removesuffix(": ")
    if not isinstance(error, Exception):  # a panic in Rust, which is as good as a crash
        return Failure(f"breaks the library that reads it ({said})", _ANEW)
    return Failure(f"cannot be read ({said})", _REPORT)


def failure_by(exit_code: int | None, limits: Limits) -> Failure:
    """Return what is said of a task whose process ended, by the exit code: a signal, if negative."""
    number = -(exit_code or 0)
    name = signal.Signals(number).name if number in {sign.value for sign in signal.Signals} else f"code {exit_code}"
    if name == "SIGXCPU":
        return Failure(f"takes over {limits.seconds} seconds of processor time", "part it into its documents")
    if name == "SIGKILL":
        return Failure("had its process ended by the system, as one short of memory does", "use fewer workers")
    return Failure(f"breaks the library that reads it ({name})", _ANEW)


class Allowance:
    """Renews what this process may use; beyond it comes SIGXCPU, which ends it, or MemoryError."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._renewed = -1.0

    def renew(self) -> None:
        """Set the limits anew, unless so little was used since that it does not matter."""
        if sys.platform == "win32":
            return
        import resource  # noqa: PLC0415  # not there on Windows

        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        if 0 <= self._renewed > used - _SECOND:
            return
        self._renewed = used
        bounds = {resource.RLIMIT_CPU: int(used) + 2 + self._limits.seconds, resource.RLIMIT_CORE: 0}
        sizes = Path("/proc/self/statm")
        if sizes.exists():
            pages = int(sizes.read_text(encoding="ascii").split()[0])
            bounds[resource.RLIMIT_AS] = pages * resource.getpagesize() + self._limits.memory
        for bound, most in bounds.items():
            hard = resource.getrlimit(bound)[1]
            resource.setrlimit(bound, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[T], Iterable[R]]


@dataclass(frozen=True, slots=True)
class Result(Generic[R]):
    """One of the results of the task at hand."""

    value: R


@dataclass(frozen=True, slots=True)
class Done:
    """A task has given all its results."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An error that is no fault of the task, to be raised where the results are awaited."""

    error: KgError


FORKS = sys.platform.startswith("linux")
"""Whether processes can be forked safely: they share what is loaded, and start in some 20 ms rather than seconds."""

_LINES: weakref.WeakSet[Connection] = weakref.WeakSet()
"""The ends of lines to processes that this one has; a forked one closes its copies, so that each sees its line end."""


class Worker:
    """A process and the line to it."""

    def __init__(self, serving: Callable[[Connection], None]) -> None:
        context = get_context("fork" if FORKS else "spawn")
        self.line, far = context.Pipe()
        _LINES.add(self.line)
        self._process: BaseProcess = context.Process(target=_begin, args=(serving, far), daemon=True)  # type: ignore[attr-defined]  # every context has it
        self._process.start()
        far.close()

    def is_alive(self) -> bool:
        """Tell whether the process has not ended."""
        return self._process.is_alive()

    def give(self, tasks: Sequence[object]) -> None:
        """Send tasks; one that ends while it takes them is noticed when its results are awaited."""
        with suppress(OSError):
            self.line.send(tasks)

    def exit_code(self) -> int | None:
        """Return how a process that closed its line ended."""
        self._process.join()
        self.line.close()
        return self._process.exitcode

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self.line.close()


def results_of(work: Work[T, R], task: T, limits: Limits) -> Iterator[R | Failure]:
    """Yield the results of a task, and a failure in the place of whatever it raises.

    This is the only place that catches every error. It may, because the task is given up as a whole and the user is
    told; a panic in a library written in Rust is no Exception, hence BaseException.
    """
    failure = None
    try:
        yield from work(task)
    except (KgError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001  # see above
        failure = failure_of(error, limits)
    if failure is not None:  # handed on only here, where what filled the memory is gone
        yield failure


def _begin(serving: Callable[[Connection], None], line: Connection) -> None:
    """Prepare a new process, then do what comes over the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the first one acts on it
    for other in list(_LINES):
        other.close()
    gc.freeze()  # what was loaded before stays: going through it again and again would only copy its pages
    _silence_libraries()
    serving(line)


def _silence_libraries() -> None:
    """Keep what libraries in C and Rust print as they break off the terminal; what Python prints goes there still."""
    faulthandler.disable()
    with suppress(OSError):  # no standard error
        sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def serve(work: Work[T, R], limits: Limits, line: Connection) -> None:
    """Do the tasks that come over the line until its other end closes."""
    allowance = Allowance(limits)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            tasks: Sequence[T] = line.recv()
            for task in tasks:
                allowance.renew()
                _do(task, work, limits, line, allowance)


def _do(task: T, work: Work[T, R], limits: Limits, line: Connection, allowance: Allowance) -> None:
    try:
        for result in results_of(work, task, limits):
            line.send(Result(result))
            allowance.renew()
    except KgError as error:
        line.send(Raised(error))
    except MemoryError as error:  # the result itself is too large to be sent
        line.send(Result(failure_of(error, limits)))
    line.send(Done())
