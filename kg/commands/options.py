"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def base_option(command: F) -> F:
    """Add ``--base``, where the things of the graph live."""
    return click.option(
        "--base",
        default="https://w3id.org/zhengce/id/",
        show_default=True,
        metavar="IRI",
        help="Where the things of the graph live.",
    )(command)
