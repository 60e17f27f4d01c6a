"""The command line: the list of commands, and the exit code and message with which a command ends.

A command parses, calls one function and prints. Data goes to standard output, talk to standard error; a fault
is one line and exit code 1, wrong usage exit code 2.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EPIPE
from importlib import import_module
from types import FrameType
from typing import Any

import click

from kg.cli.options import say
from kg.errors import KgError

COMMANDS = ("build", "diff", "evaluate", "export", "extract", "push", "query", "review", "serve", "validate", "view")
"""The commands, each of which a module of this package bears under its name."""


class Group(click.Group):
    """Loads a command when it is asked for; tells what the user can mend in one line, with exit code 1."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of a name, None where there is none."""
        command: click.Command | None = getattr(import_module(f"kg.cli.{name}"), name) if name in COMMANDS else None
        return command

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; output that cannot be written is told like any other fault."""
        try:
            with _ended_by_signals():
                try:
                    return super().main(*args, **extra)
                finally:
                    sys.stdout.flush()
        except OSError as error:
            _abandon_output()
            if error.errno != EPIPE:
                say(f"error: {error.filename or 'output'}: cannot be written ({error.strerror}); make room for it")
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user can mend is told in one line."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            say(f"error: {error}")
            ctx.exit(1)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the block as an exit does, so that half-written files go; give them back after."""
    owner = os.getpid()

    def end(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != owner:  # a worker that was forked has nothing to tidy up
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        sys.exit(128 + number)

    numbers = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]
    main = threading.current_thread() is threading.main_thread()  # the only one that may
    ours = [number for number in numbers if main and signal.getsignal(number) is signal.SIG_DFL]  # nohup ignores one
    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _abandon_output() -> None:
    """Let what standard output could not take go nowhere, where Python would try once more and say so."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="zhengce-kg", prog_name="kg")
def main() -> None:
    """Who leads (牵头) and who supports (配合) what in Chinese public policy.

    Reads policy plans and news about regulators, finds who has to do what and where a document says so, and builds
    an RDF graph with the proving sentence behind every fact.

    \b
    kg build seeds -o exports                build the graph of a folder of documents
    kg query who-leads --graph exports       ask it a named question
    kg view exports -o graph.html            draw it as one HTML file

    A PATH is a file, a folder (searched through), a glob in quotes, or - for standard input.
    """
