"""``kg export``: a graph in another format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import base_option


@click.command()
@click.argument("graph", required=False, type=click.Path(path_type=Path), metavar="DIR|FILE")
@click.option("--format", "format_", metavar="NAME", help="The format; by default the one that OUT's ending says.")
@click.option(
    "-o",
    "--out",
    default="-",
    show_default=True,
    metavar="OUT",
    help="File to write, or folder or .zip for csv and parquet; - prints a text format.",
)
@click.option("--list", "list_", is_flag=True, help="List the formats and what is in them.")
@base_option
def export(graph: Path | None, format_: str | None, out: str, list_: bool, base: str) -> None:
    """Write a graph in another format: for triple stores, network programs, data frames, spreadsheets.

    The same graph gives the same bytes. Where XML cannot hold a character of a text, rdfxml, graphml, gexf and xlsx
    show U+FFFD in its place; rdfxml says how often. Examples:

    \b
        kg export --list
        kg export exports -o assignments.xlsx
        kg export exports --format csv -o tables/
        kg export exports --format jsonld | jq '."@graph"[0].id'
    """
    if list_:
        _list_formats()
        return
    if graph is None or (out == "-" and not format_):
        raise click.UsageError("say what to export and how: kg export DIR --format NAME (or --list)")
    from kg.workflows import export as run
    from kg.workflows import export_text

    if out != "-":
        run(graph, Path(out), format_=format_ or "", base=base)
        return
    for piece in export_text(graph, format_ or "", base=base):
        sys.stdout.buffer.write(piece)


def _list_formats() -> None:
    from kg.exports.registry import load_formats

    for one in load_formats():
        click.echo(f"{one.name:15} {one.suffix or 'folder':16} {one.about}")
