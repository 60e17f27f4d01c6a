"""Which formats a graph can be exported to: those of this package and those that others have installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pyoxigraph import Store

from kg.errors import KgError
from kg.plugins import installed, values_in

ENTRY_POINTS = "zhengce_kg.exports"

Files = Mapping[str, Iterable[bytes]]
"""What a format writes: each file by its name, as pieces of bytes; the same graph gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format under the name that ``--format`` takes.

    `write` gives one file, or several for a folder, from a store and the base of its identifiers. `suffix` is the
    ending of the one file, empty where there are several. `text` tells that the one file may go to standard output.
    `about` says in one line what is in it and what is not.
    """

    name: str
    suffix: str
    about: str
    write: Callable[[Store, str], Files]
    text: bool = True


def load_formats() -> tuple[Format, ...]:
    """Return all formats by name; raise KgError where two bear one name or an entry point is no format."""
    found: dict[str, Format] = {}
    for origin, format_ in _named():
        if not isinstance(format_, Format):
            raise KgError(origin, "is not a kg.exports.registry.Format", "let the entry point name one")
        if format_.name in found:
            raise KgError(origin, f"a second format is named {format_.name}", "rename one of them")
        found[format_.name] = format_
    return tuple(found[name] for name in sorted(found))


def _named() -> Iterator[tuple[str, object]]:
    """Yield each format with the module or entry point that names it, alone or among several."""
    for origin, value in (*values_in("kg.exports", "FORMATS"), *installed(ENTRY_POINTS)):
        yield from ((origin, each) for each in (value if isinstance(value, tuple) else (value,)))


def find_format(name: str) -> Format:
    """Return the format with this name; raise KgError, with the names there are, where there is none."""
    formats = {format_.name: format_ for format_ in load_formats()}
    if name not in formats:
        raise KgError(name, "there is no such export format", f"choose one of {', '.join(formats)}")
    return formats[name]


def format_for(file_name: str) -> Format:
    """Return the format whose ending a file's name bears, the first by name; raise KgError where there is none."""
    fitting = [one for one in load_formats() if one.suffix and file_name.lower().endswith(one.suffix)]
    if not fitting:
        raise KgError(file_name, "its ending is that of no export format", "say which with --format")
    return max(fitting, key=lambda format_: len(format_.suffix))


def library(name: str, extra: str) -> Any:
    """Return a library that only an extra of the package brings; raise KgError, with the remedy, where it is not."""
    try:
        return import_module(name)
    except ImportError as error:
        remedy = f'install it with: pip install "zhengce-kg[{extra}]"'
        raise KgError(extra, f"the library {name.partition('.')[0]} is not installed", remedy) from error
