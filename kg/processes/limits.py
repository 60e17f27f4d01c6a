"""What a task may use of a process, and what is said of one that used more or failed."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

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
