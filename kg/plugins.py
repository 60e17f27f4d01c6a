"""Parts that are found by themselves: values in the modules of a package, and those that entry points name."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points

from kg.errors import KgError


def values_in(package: str, attribute: str) -> Iterator[tuple[str, object]]:
    """Yield each module of `package`, those in its folders too, that has `attribute`, by name, with the value."""
    for info in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
        value = getattr(import_module(info.name), attribute, None)
        if value is not None:
            yield info.name, value


def installed(group: str) -> Iterator[tuple[str, object]]:
    """Yield what the entry points of `group` name, by name; raise KgError where one cannot be loaded."""
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        try:
            loaded = entry.load()
        except (ImportError, AttributeError) as error:
            raise KgError(f"entry point {entry.name}", f"cannot be loaded ({error})", "mend or remove it") from error
        yield f"entry point {entry.name}", loaded
