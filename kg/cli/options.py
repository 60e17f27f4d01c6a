"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _checked(_ctx: click.Context, _parameter: click.Parameter, base: str) -> str:
    from kg.graph.namespaces import is_base  # noqa: PLC0415  # help comes without the graph libraries

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
