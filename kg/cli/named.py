"""Makes the parameters of a named query options of the command that asks it, told by its ``--help``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

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
