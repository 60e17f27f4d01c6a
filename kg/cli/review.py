"""``kg review``: what deserves a person's look."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import GRAPH, formatted, say


@click.command()
@GRAPH
@click.option("--below", default=0.95, show_default=True, help="List what is less sure than this.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many at most.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print the rows.",
)
def review(graph: Path, below: float, limit: int, format_: str) -> None:
    """List the assignments that deserve a person's look, the least sure first, each with its sentence.

    A participant is less sure where its name is known by its ending alone, may be two names (with 或者 or 、 inside),
    or begins with a level and says not of which place; where a central body is named without what tells that it is
    central; where no region could be put back; where its role follows from a default of the document or is read out
    of a sentence; or where a list ends without a role word. Example:

    \b
        kg review exports --below 0.9
    """
    from kg.query import Solutions, run_query
    from kg.store import open_store

    answer = run_query(open_store(graph), "review", {"below": str(below)})
    assert isinstance(answer, Solutions)
    shown = Solutions(answer.variables, answer.rows[:limit])
    click.echo(formatted(shown, format_), nl=False, color=True)  # takes nothing out of a text
    more = len(answer.rows) - len(shown.rows)
    say(f"{len(shown.rows)} to look at" + (f", {more} more with a higher --limit" if more > 0 else ""))
