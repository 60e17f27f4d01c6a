"""What several commands share: arguments and options, lines and progress bars on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import KgError, printable

if TYPE_CHECKING:
    from kg.model.options import Options

F = TypeVar("F", bound=Callable[..., Any])
_FEW = 5
_NARROW, _WIDE = 60, 1_000_000


def say(line: str) -> None:
    """Print a line on standard error; no name or text from a document can move the terminal."""
    click.echo(printable(line), err=True)


def watched(things: Sequence[str], label: str = "reading") -> Iterable[str]:
    """Show a progress bar on a terminal's standard error where there are more than a few things to go through."""
    if len(things) <= _FEW or not sys.stderr.isatty():
        return things
    return _bar(things, label)


def _bar(things: Sequence[str], label: str) -> Iterator[str]:
    with click.progressbar(things, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar


PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
GRAPH = click.argument("graph", type=click.Path(path_type=Path), metavar="DIR|FILE")


def _checked(_ctx: click.Context, _parameter: click.Parameter, base: str) -> str:
    from kg.graph.namespaces import is_base

    if not is_base(base):
        raise click.BadParameter(f"{base!r} is no http(s) address that ends in / or #")
    return base


def base_option(command: F) -> F:
    """Add ``--base``, where the things of the graph live."""
    return click.option(
        "--base",
        default="https://w3id.org/zhengce/id/",
        show_default=True,
        metavar="IRI",
        callback=_checked,
        help="Where the things of the graph live.",
    )(command)


def _keep(ctx: click.Context, option: click.Parameter, value: object) -> None:
    ctx.meta[f"{__name__}.{option.name}"] = value


_kept = partial(click.option, expose_value=False, callback=_keep)
_READING = (
    _kept(
        "--workers",
        default=1,
        show_default=True,
        type=click.IntRange(1),
        help="Processes; more than one pays from a few hundred documents on.",
    ),
    _kept("--strict", is_flag=True, help="Stop at the first document that cannot be read; exit code 1."),
    _kept(
        "--definition",
        multiple=True,
        metavar="GROUP=N",
        help="Expand a contested group of regions by its Nth definition, as guangdong-coast=1; may be repeated.",
    ),
    _kept(
        "--map",
        multiple=True,
        metavar="KEY=COLUMN,...",
        help="Columns of corpora: text, title, issuer, number, date, ... Usual names are known; may be repeated.",
    ),
)


def reading_options(command: F) -> F:
    """Add what every command that reads documents takes; `reading` makes one value of it."""
    for option in _READING:
        command = option(command)
    return command


def reading(base: str = "") -> Options:
    """Return what the user chose of the options of `reading_options`, as the workflows take it."""
    from kg.documents import parse_mapping
    from kg.model.ids import BASE
    from kg.model.options import Options, Setup

    meta = click.get_current_context().meta
    return Options(
        setup=Setup(definitions=_definitions(meta[f"{__name__}.definition"])),
        base=base or BASE,
        workers=meta[f"{__name__}.workers"],
        mapping=parse_mapping(meta[f"{__name__}.map"]),
        strict=meta[f"{__name__}.strict"],
        watch=watched,
        tell=_skipped,
    )


def _definitions(pairs: Sequence[str]) -> tuple[tuple[str, int], ...]:
    for pair in pairs:
        if not pair.rpartition("=")[2].isdigit() or "=" not in pair:
            raise click.UsageError(f"--definition {pair}: write it as GROUP=N")
    return tuple(sorted((name, int(number)) for name, _, number in (pair.rpartition("=") for pair in pairs)))


def _skipped(fault: KgError) -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)  # takes the progress bar's line, which is drawn again
    say(f"skipped: {fault}")


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
