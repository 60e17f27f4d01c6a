"""What a user may set for a build: the lexicons to read with, the base of identifiers, workers, columns of corpora."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.model.ids import BASE


@dataclass(frozen=True, slots=True)
class Setup:
    """Where the domain data lies (None: with the package), and which definitions expand contested groups."""

    root: Path | None = None
    definitions: tuple[tuple[str, int], ...] = ()


DEFAULT = Setup()


def keep_silent(_fault: InputError) -> None:
    """Say nothing about a source that is skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How documents are read and where what they say lives.

    Attributes:
        setup: where the domain data lies, and which definitions expand contested groups of regions.
        base: the address under which the identifiers of all things stand.
        workers: the number of processes that read; more than one pays from a few hundred documents on.
        mapping: the columns of corpora by what they hold, ``{"text": "正文"}``; usual names are known.
        strict: whether the first source that cannot be read is an error, where it else is skipped.
        watch: wraps the paths of the files, to show progress.
        tell: is given the fault of each source that is skipped.
    """

    setup: Setup = DEFAULT
    base: str = BASE
    workers: int = 1
    mapping: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    watch: Callable[[Sequence[str]], Iterable[str]] = iter
    tell: Callable[[InputError], None] = keep_silent


USUAL = Options()
