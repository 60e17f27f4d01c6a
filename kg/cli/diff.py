"""``kg diff``: what two builds say differently."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.errors import printable


@click.command()
@click.argument("before", type=click.Path(path_type=Path), metavar="BEFORE")
@click.argument("after", type=click.Path(path_type=Path), metavar="AFTER")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "csv", "json", "patch"]),
    default="text",
    show_default=True,
    help="patch: the quads to delete and add, as an RDF Patch.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="WHAT",
    help="Only a kind of thing (measure, assignment, target, document, body ...) or a field (role ...).",
)
@click.option("--exit-code", "exit_code", is_flag=True, help="End with 1 where they differ.")
def diff(before: Path, after: Path, format_: str, only: tuple[str, ...], exit_code: bool) -> None:
    """Tell what two builds (folders or RDF files) say differently: what is added (+), gone (-) and changed (~).

    A document that changed in a word is known again by its number or title, its measures by their path and label; so
    a measure with another lead is one change. The exit code is 0 also where they differ, unless --exit-code asks
    otherwise. Examples:

    \b
        kg diff exports-2023 exports-2024
        kg diff exports-2023 exports-2024 --only assignment --only role --format csv
        kg diff exports-2023 exports-2024 --format patch
    """
    if format_ == "patch" and only:
        raise click.UsageError("--only is not for --format patch: half a patch would make neither graph")
    found = _patch(before, after) if format_ == "patch" else _diff(before, after, format_, only)
    click.get_current_context().exit(int(exit_code and found))


def _patch(before: Path, after: Path) -> bool:
    from kg.diff import patch_lines
    from kg.store import read_quads

    lines = list(patch_lines(read_quads(before), read_quads(after)))
    click.echo("\n".join(lines))
    return any(line.startswith(("A ", "D ")) for line in lines)


def _diff(before: Path, after: Path, format_: str, only: Sequence[str]) -> bool:
    from kg.diff import diff_csv, diff_json, diff_text
    from kg.workflows import diff as run

    changes = run(before, after).only(only)
    if format_ != "text":
        click.echo(diff_csv(changes) if format_ == "csv" else diff_json(changes), nl=False, color=True)
    for line in map(printable, diff_text(changes)) if format_ == "text" else ():
        colour = {"  +": "green", "  -": "red", "  ~": "yellow"}.get(line[:3])
        click.echo(click.style(line, fg=colour) if colour else line)  # click takes the colour off where no terminal is
    return bool(changes.changes)
