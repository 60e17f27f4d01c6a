"""What the laws of growth count with: steps, a limit of time, and the choices that a pattern leaves open."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from re import _constants  # type: ignore[attr-defined]  # the only way to look into a pattern
from types import FrameType

import pytest

LIMIT = 60  # seconds of CPU after which a reading that does not end fails
SLACK = 5_000  # steps that come but once, as for the first name of a kind


@pytest.fixture
def limited() -> Iterator[None]:
    """Raise in a reading that would not end."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"no end after {LIMIT} seconds of CPU")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def steps_of(work: Callable[[], object]) -> int:
    """Return how many functions of Python are called; a search by a pattern counts as one step."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def grows_with_length(once: int, twice: int, four: int) -> bool:
    """Tell whether the steps for a text, for twice and for four times as much grow no faster than the text."""
    return four <= max(2.3 * twice, twice + 2.3 * (twice - once)) + SLACK


def open_choices(parsed: object, *, repeated: bool = False) -> Iterator[str]:
    """Yield what may be read in more than one way inside a repetition without end.

    A text has then as many readings as 2 to the power of its length, and a search that fails tries them all.
    """
    for operation, argument in parsed:  # type: ignore[attr-defined]
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT"}:
            least, most, inner = argument
            endless = most is _constants.MAXREPEAT
            if repeated and least != most:
                yield name
            yield from open_choices(inner, repeated=repeated or endless)
        elif name == "BRANCH":
            if repeated:
                yield name
            for branch in argument[1]:
                yield from open_choices(branch, repeated=repeated)
        elif name == "SUBPATTERN":
            yield from open_choices(argument[-1], repeated=repeated)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            yield from open_choices(argument[1])
        elif name == "ATOMIC_GROUP":
            yield from open_choices(argument)
