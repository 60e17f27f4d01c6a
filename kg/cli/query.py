"""``kg query``: ask a graph; the parameters of a named query are options of the command, told by its help."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import base_option, formatted, say
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query import NamedQuery, Parameter


_QUERY, _GIVEN = f"{__name__}.query", f"{__name__}.given"


class QueryCommand(click.Command):
    """A command that has, beside its own options, one for each parameter of the named query it is called with."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the named query among `args` before they are parsed, so that its parameters are known options."""
        named = ctx.meta[_QUERY] = self._asked(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(_unknown(error.option_name, named), ctx) from error

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options of the command and those of the named query."""
        named: NamedQuery | None = ctx.meta.get(_QUERY)
        return [*(map(_option, named.parameters) if named else ()), *super().get_params(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell the question of the named query, or else what the command does."""
        named: NamedQuery | None = ctx.meta.get(_QUERY)
        if not named:
            super().format_help_text(ctx, formatter)
            return
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"{named.name}: {named.zh}")
            formatter.write_text(named.en)

    def _asked(self, args: Sequence[str]) -> NamedQuery | None:
        from kg.query import list_queries

        queries = {query.name: query for query in list_queries()}
        valued = {name for option in self.params if _takes_value(option) for name in option.opts}
        before = ("", *args)
        return next(
            (queries[arg] for last, arg in zip(before, args, strict=False) if _is(arg, last, queries, valued)), None
        )


def given(ctx: click.Context) -> dict[str, str]:
    """Return the values that options gave to parameters of the named query."""
    values: dict[str, str] = ctx.meta.get(_GIVEN, {})
    return values


def asked(ctx: click.Context, query: str, values: Mapping[str, str]) -> NamedQuery | None:
    """Return the named query that `query` is, if it is one.

    Raises UsageError where `values` holds a parameter it does not have, or a value that is none of its kind.
    """
    named: NamedQuery | None = ctx.meta.get(_QUERY)
    if named is None or named.name != query:
        return None
    try:
        named.values(values)
    except QueryError as error:
        raise click.UsageError(str(error), ctx) from error
    return named


def _is(arg: str, last: str, queries: dict[str, NamedQuery], valued: set[str]) -> bool:
    return arg in queries and last not in valued


def _takes_value(option: click.Parameter) -> bool:
    return isinstance(option, click.Option) and not option.is_flag


def _option(parameter: Parameter) -> click.Option:
    default = parameter.default.value
    about = f"{parameter.about}  [default: {default}]" if default else parameter.about
    shown = parameter.kind.shown
    return click.Option([f"--{parameter.name}"], metavar=shown, help=about, expose_value=False, callback=_keep)


def _keep(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None and option.name:
        ctx.meta.setdefault(_GIVEN, {})[option.name] = value


def _unknown(option: str, named: NamedQuery | None) -> str:
    if not named:
        return f"no such option: {option}. The parameters of a named query are options; kg query --list tells them"
    takes = ", ".join(f"--{parameter.name}" for parameter in named.parameters) or "no parameters"
    return f"{named.name} has no parameter {option}; it takes {takes}"


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
    from kg.query import run_query, why_empty
    from kg.store import open_store

    values = _pairs(params) | given(ctx)
    named = asked(ctx, query, values)
    store = open_store(graph)
    answer = run_query(store, _query_text(query), values, base=base)
    click.echo(formatted(answer, format_, base, wide=wide), nl=False, color=True)  # takes nothing out of a text
    if not getattr(answer, "rows", True):
        for line in why_empty(store, named, values) if named else ("nothing in the graph fits",):
            say(line)


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
