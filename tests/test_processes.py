"""Tasks in processes of their own: whatever one does, the others are done, in order, with any number of workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator

import pytest

from kg.errors import KgError
from kg.processes import Failure, Limits, Pool, run_apart

LIMITS = Limits(seconds=1, memory=256 << 20)


class Panic(BaseException):
    """What a panic in Rust is in Python."""


def act(task: str) -> Iterator[str]:
    """Give a result, then do what the task says, then give another."""
    yield f"{task} begun"
    match task:
        case "raise":
            raise ValueError("no\nsense")
        case "panic":
            raise Panic("index out of range")
        case "recur":
            list(act("recur"))
        case "loop":
            while True:
                pass
        case "hoard":
            held: list[bytes] = []
            while True:
                held.append(bytes(1 << 20))
        case "exit":
            sys.exit(3)
        case "refuse":
            raise KgError("the lexicons", "contradict each other")
        case _ if task.startswith("SIG"):
            os.kill(os.getpid(), signal.Signals[task])
    yield f"{task} done"


def told(task: str, failure: Failure) -> str:
    return f"{task} {failure.what}; {failure.remedy}"


# what a task does, what is said of it, reason
ACTS = [
    ("raise", "cannot be read (ValueError: no sense); report it to the authors of zhengce-kg, with the file",
     "an error"),
    ("panic", "breaks the library that reads it (Panic: index out of range); save it anew with another program",
     "an error that is no Exception"),
    ("recur", "is nested too deep to be read; give its text in a plain file", "no end of calls"),
    ("loop", "takes over 1 seconds of processor time; part it into its documents", "no end"),
    ("hoard", "needs over 256 MB of memory; part it into its documents", "memory without end"),
    ("exit", "breaks the library that reads it (code 3); save it anew with another program", "an exit"),
    ("SIGSEGV", "breaks the library that reads it (SIGSEGV); save it anew with another program", "a crash"),
    ("SIGABRT", "breaks the library that reads it (SIGABRT); save it anew with another program", "an abort"),
    ("SIGKILL", "had its process ended by the system, as one short of memory does; use fewer workers", "a kill"),
]  # fmt: skip


@pytest.mark.parametrize("workers", [1, 3])
def test_a_task_that_fails_harms_no_other(workers: int) -> None:
    tasks = [task for number, (act_, _, _) in enumerate(ACTS) for task in (str(number), act_)]
    tasks += [f"more {number}" for number in range(40)]
    wanted = [line for task in tasks for line in (f"{task} begun", f"{task} done")]
    for name, line, _ in ACTS:
        wanted[wanted.index(f"{name} done")] = f"{name} {line}"
    assert list(run_apart(tasks, act, told, limits=LIMITS, workers=workers)) == wanted


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_that_is_no_fault_of_a_task_is_raised(workers: int) -> None:
    results = run_apart(["1", "refuse", "2"], act, told, limits=LIMITS, workers=workers)
    with pytest.raises(KgError, match="the lexicons: contradict each other"):
        list(results)


def test_tasks_are_taken_up_as_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[str]:
        for number in range(10_000):
            taken.append(number)
            yield str(number)

    results = run_apart(tasks(), act, told, limits=LIMITS, workers=2)
    assert next(results) == "0 begun"
    results.close()  # type: ignore[attr-defined]  # a generator
    assert len(taken) < 200
    assert not multiprocessing.active_children()


def test_a_pool_keeps_its_process() -> None:
    pool = Pool(process_of, told, limits=LIMITS)
    first, second = list(pool.run(["a"])), list(pool.run(["b"]))
    pool.close()
    assert first == second != [str(os.getpid())]


def process_of(_task: str) -> Iterator[str]:
    yield str(os.getpid())


def test_where_no_child_may_be_the_process_itself_does_it() -> None:
    with multiprocessing.get_context("fork").Pool(1) as daemons:
        done = daemons.apply(_in_daemon)
    assert done == ["1 begun", "1 done", "raise begun", f"raise {ACTS[0][1]}", "2 begun", "2 done"]


def _in_daemon() -> list[str]:
    return list(run_apart(["1", "raise", "2"], act, told, limits=LIMITS, workers=2))
