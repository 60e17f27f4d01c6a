"""Progress bars for long work, on a terminal's standard error only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import click

_FEW = 5


def watched(things: Sequence[str], label: str = "reading") -> Iterable[str]:
    """Show a progress bar on a terminal's standard error where there are more than a few things to go through."""
    if len(things) <= _FEW or not sys.stderr.isatty():
        return things
    return _bar(things, label)


def _bar(things: Sequence[str], label: str) -> Iterator[str]:
    with click.progressbar(things, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar
