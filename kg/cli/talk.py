"""Talk on standard error: lines and progress bars; data goes to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from kg.errors import printable

_FEW = 5


def say(line: str) -> None:
    """Print a line on standard error; no name or text from a document can move the terminal."""
    click.echo(printable(line), err=True)


def watched(things: Sequence[str], label: str = "reading") -> Iterable[str]:
    """Show a progress bar on a terminal's standard error where there are more than a few things to go through."""
    if len(things) <= _FEW or not sys.stderr.isatty():
        return things
    return _bar(things, label)


def _bar(things: Sequence[str], label: str) -> Iterator[str]:
    with click.progressbar(things, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar
