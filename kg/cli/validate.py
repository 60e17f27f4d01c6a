"""``kg validate``: a graph against the SHACL shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import GRAPH, base_option, say
from kg.errors import printable


@click.command()
@GRAPH
@base_option
def validate(graph: Path, base: str) -> None:
    """Check a graph against the SHACL shapes and say in words what fails.

    Exit code 0 when all is well, 1 when something fails. Example:

    \b
        kg validate exports
    """
    from kg.checks.validate import validate as run
    from kg.store import open_store

    report = run(open_store(graph), base=base)
    if report.conforms:
        say("no violations")
        return
    for line in str(report).split("\n"):
        click.echo(printable(line))
    click.get_current_context().exit(1)
