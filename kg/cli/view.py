"""``kg view``: a graph as a page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import GRAPH


@click.command()
@GRAPH
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="File to write.",
)
@click.option("--title", default="zhengce-kg", show_default=True, help="Title of the page.")
@click.option(
    "--engine",
    type=click.Choice(["page", "pyvis"]),
    default="page",
    show_default=True,
    help="page: the full view; pyvis: a plain network for notebooks and small graphs.",
)
def view(graph: Path, out: Path, title: str, engine: str) -> None:
    """Draw a graph as one HTML file that opens from disk without any network request. Example:

    \b
        kg view exports -o graph.html
    """
    from kg.store import open_store
    from kg.view import write_pyvis, write_view

    write = write_view if engine == "page" else write_pyvis
    write(open_store(graph), out, title=title)
