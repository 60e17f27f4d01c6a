"""Which extractors there are: those of this package and those that others have installed."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points

from kg.errors import KgError
from kg.reading import Reading
from kg.types import Fact

ENTRY_POINTS = "zhengce_kg.extractors"


@dataclass(frozen=True, slots=True)
class Extractor:
    """A way to draw facts of some types from a reading; `find` yields them in any order and changes nothing."""

    name: str
    emits: tuple[type, ...]
    find: Callable[[Reading], Iterator[Fact]]


def load_extractors() -> tuple[Extractor, ...]:
    """Return all extractors by name; raise KgError where two bear one name or an entry point is no extractor."""
    found: dict[str, Extractor] = {}
    for origin, extractor in (*_own(), *_installed()):
        if not isinstance(extractor, Extractor):
            raise KgError(origin, "is not a kg.extractors.Extractor", "let the entry point name one")
        if extractor.name in found:
            raise KgError(origin, f"a second extractor is named {extractor.name}", "rename one of them")
        found[extractor.name] = extractor
    return tuple(found[name] for name in sorted(found))


def _own() -> Iterator[tuple[str, object]]:
    package = import_module(__package__ or "kg.extractors")
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        extractor = getattr(import_module(info.name), "EXTRACTOR", None)
        if extractor is not None:
            yield info.name, extractor


def _installed() -> Iterator[tuple[str, object]]:
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            loaded = entry.load()
        except (ImportError, AttributeError) as error:
            raise KgError(f"entry point {entry.name}", f"cannot be loaded ({error})", "mend or remove it") from error
        yield f"entry point {entry.name}", loaded
