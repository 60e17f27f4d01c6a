"""Talk of the commands on standard error; data goes to standard output."""

from __future__ import annotations

import click

from kg.text.printable import printable


def say(line: str) -> None:
    """Print a line on standard error; no name or text from a document can move the terminal."""
    click.echo(printable(line), err=True)
