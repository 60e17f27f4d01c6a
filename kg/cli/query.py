"""``kg query``: ask a graph; the parameters of a named query are options of the command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.named import QueryCommand, asked, given
from kg.cli.options import base_option
from kg.cli.talk import say
from kg.errors import QueryError

_NARROW, _WIDE = 60, 1_000_000


@click.command(cls=QueryCommand)
@click.argument("query", required=False, metavar="NAME|FILE|-")
@click.option("--graph", type=click.Path(path_type=Path), metavar="DIR|FILE", help="A build folder or an RDF file.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    show_default=True,
    help="How to print rows; turtle is for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Give a parameter, also of SPARQL with $NAME in it; may be repeated.",
)
@click.option("--wide", is_flag=True, help="Do not cut long cells of a table.")
@click.option("--list", "list_", is_flag=True, help="List the named queries and what they answer.")
@base_option
@click.pass_context
def query(
    ctx: click.Context,
    query: str | None,
    graph: Path | None,
    format_: str,
    params: tuple[str, ...],
    wide: bool,
    list_: bool,
    base: str,
) -> None:
    """Ask a graph: a named query, a file with SPARQL, or - for standard input.

    The parameters of a named query are options: kg query NAME --help tells them. A body is found by any of its names
    (省财政厅, 财政厅, 广东省财政厅). All named graphs are read as one; the prefixes of the project need no declaration.
    Examples:

    \b
        kg query --list
        kg query leads --graph exports --agency 省财政厅 --year 2022
        kg query who-leads --graph exports --measure 绿色金融 --format csv
        echo 'SELECT * { ?m zc:leadAgency ?a } LIMIT 5' | kg query - --graph exports
    """
    if list_:
        _list_queries()
        return
    if query is None:
        raise click.UsageError("give the name of a query, a file, or - (or --list)")
    if graph is None:
        raise click.UsageError("say which graph to ask: --graph DIR")
    from kg.query import run_query, unknown_names
    from kg.store import open_store

    values = _pairs(params) | given(ctx)
    named = asked(ctx, query, values)
    store = open_store(graph)
    answer = run_query(store, _query_text(query), values, base=base)
    click.echo(formatted(answer, format_, base, wide=wide), nl=False, color=True)  # takes nothing out of a text
    if named and not getattr(answer, "rows", True):
        for name in unknown_names(store, named, values):
            say(str(name))


def _list_queries() -> None:
    from kg.query import list_queries

    for named in list_queries():
        click.echo(f"{named.name}\n    {named.zh}\n    {named.en}")
        for parameter in named.parameters:
            words = f"{parameter.kind.shown}: " if parameter.kind.words else ""
            click.echo(f"    --{parameter.name} {parameter.default.value or '…'}  {words}{parameter.about}")


def _query_text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    path = Path(query)
    if not path.suffix or any(character.isspace() for character in query):
        return query
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise QueryError(query, f"cannot be read ({reason})", "give a named query, a file of SPARQL, or -") from error


def _pairs(params: Sequence[str]) -> dict[str, str]:
    for pair in params:
        if "=" not in pair:
            raise click.UsageError(f"--param {pair}: write it as NAME=VALUE")
    return dict(pair.split("=", 1) for pair in params)


def formatted(answer: Any, format_: str, base: str = "https://w3id.org/zhengce/id/", *, wide: bool = False) -> str:
    """Return what a query answered, printed as `format_` says: table, csv, json or turtle."""
    from kg.query import Graph, Solutions, format_csv, format_json, format_table, format_turtle

    if isinstance(answer, Graph):
        return format_turtle(answer, base=base)
    if isinstance(answer, bool) or format_ == "json":
        return format_json(answer)
    assert isinstance(answer, Solutions)
    if format_ == "turtle":
        raise click.UsageError("--format turtle is for CONSTRUCT and DESCRIBE queries")
    if format_ == "csv":
        return format_csv(answer)
    return format_table(answer, base=base, width=_WIDE if wide else _NARROW)
