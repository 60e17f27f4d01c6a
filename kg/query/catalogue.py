"""The named queries of ``ontology/queries``: a file each, its question and its parameters in its head.

The value of a parameter is a number, a year, a day, one of a few words, or the name of a thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pyoxigraph import Literal

from kg.errors import QueryError
from kg.graph.namespaces import term
from kg.lexicons.files import ontology_root

THINGS = ("agency", "place", "instrument", "document")
"""Kinds whose values are names: a value that names nothing is no mistake in form, and finds nothing."""

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value by its name; `words` are those there are where it is a choice."""

    name: str = "text"
    words: tuple[str, ...] = field(default=())

    @property
    def shown(self) -> str:
        """What to write for a value in a line of usage.

        >>> Kind("choice", ("yes", "no")).shown
        'yes|no'
        """
        return "|".join(self.words) or self.name.upper()

    def fault(self, text: str) -> str:
        """Say what `text` is not, or return nothing where it is of this kind.

        >>> Kind("year").fault("abc")
        "'abc' is no year"
        """
        if self.words:
            return "" if text in self.words else f"{text!r} is none of {', '.join(self.words)}"
        test = _TESTS.get(self.name)
        return "" if test is None or test.passes(text) else f"{text!r} is no {test.called}"

    @property
    def instance(self) -> str:
        """A value of this kind, empty where any text is one."""
        test = _TESTS.get(self.name)
        return self.words[0] if self.words else test.instance if test else ""


ANY = Kind()
"""Any text."""


def find_kind(written: str) -> Kind | None:
    """Return the kind that a word (year) or several with bars between them (yes|no) mean, None where they mean none."""
    words = tuple(written.split("|"))
    if len(words) > 1 and all(words):
        return Kind("choice", words)
    return Kind(written) if written in NAMES else None


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Test:
    passes: Callable[[str], object]
    called: str
    instance: str


_TESTS: Mapping[str, _Test] = {
    "number": _Test(_NUMBER.fullmatch, "number", "0.5"),
    "count": _Test(_WHOLE.fullmatch, "whole number", "3"),
    "year": _Test(_YEAR.fullmatch, "year", "2025"),
    "date": _Test(_is_day, "day", "2023-06-30"),
}
NAMES = frozenset({*_TESTS, *THINGS, "text"})
"""The words for kinds; a parameter that is called by one of them is of that kind."""


_PARAMETER = re.compile(
    r'# param (?P<name>\w+)( \((?P<kind>[^()]*)\))?: (?P<default>"[^"]*"|[0-9.]+)\s*'
    r"(?P<about>.*?)( \(e\.g\. (?P<example>\S+)\))?"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a query asks for; the default also gives its datatype, `about` says what it means, `example` is one."""

    name: str
    default: Literal
    about: str = ""
    example: str = ""
    kind: Kind = ANY

    def value(self, text: str) -> Literal:
        """Return `text` as a literal of this parameter's datatype; the default is a value whatever its kind.

        Raises QueryError where it is none of its kind.
        """
        fault = "" if text == self.default.value else self.kind.fault(text)
        if fault:
            raise QueryError(self.name, fault, f"give one such as {self._one}")
        return Literal(text, datatype=self.default.datatype)

    @property
    def _one(self) -> str:
        return self.example or self.default.value or self.kind.instance


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its question in Chinese and English, and the number of that question in docs/queries.md, if any."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    text: str
    number: int | None = None

    def values(self, params: Mapping[str, str]) -> dict[str, Literal]:
        """Return a term for each parameter, the default where `params` has none.

        Raises QueryError for a parameter that the query does not have, or a value that is none of its kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in params:
            if name not in known:
                remedy = f"it takes {', '.join(known)}" if known else "it takes none"
                raise QueryError(self.name, f"has no parameter {name}", remedy)
        given = {name: known[name].value(text) for name, text in params.items()}
        return {name: parameter.default for name, parameter in known.items()} | given


def list_queries(folder: Path | None = None) -> tuple[NamedQuery, ...]:
    """Return the named queries of `folder`, by default those of the project, sorted by name."""
    files = sorted((folder or ontology_root() / "queries").glob("*.rq"))
    return tuple(read_query(file) for file in files)


def find_query(name: str, folder: Path | None = None) -> NamedQuery:
    """Return the query called `name`; raises QueryError, with the names there are, where there is none."""
    queries = {query.name: query for query in list_queries(folder)}
    if name not in queries:
        raise QueryError(name, "there is no such named query", f"choose one of {', '.join(queries)}")
    return queries[name]


def read_query(file: Path) -> NamedQuery:
    """Read one file; raises QueryError where its head lacks the question in Chinese or in English."""
    text = file.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    parameters = tuple(_parameter(file, line) for line in head if line.startswith("# param "))
    zh, en = _question(file, head, "zh"), _question(file, head, "en")
    return NamedQuery(file.stem, zh, en, parameters, text, _number(file, head))


def _number(file: Path, head: list[str]) -> int | None:
    mark = "# question: "
    found = next((line.removeprefix(mark).strip() for line in head if line.startswith(mark)), None)
    if found is None:
        return None
    if not found.isdigit():
        raise QueryError(str(file), f"has the question {found!r}", "write its number")
    return int(found)


def _question(file: Path, head: list[str], language: str) -> str:
    mark = f"# {language}: "
    found = next((line.removeprefix(mark).strip() for line in head if line.startswith(mark)), "")
    if not found:
        raise QueryError(str(file), f"has no line that starts with {mark.strip()!r}", "add the question")
    return found


def _parameter(file: Path, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        raise QueryError(str(file), f"cannot read {line!r}", 'write # param name (kind): "default" meaning')
    name, default = match["name"], _default(match["default"])
    written = match["kind"] if match["kind"] is not None else _usual_kind(name, default)
    kind = find_kind(written)
    if kind is None:
        raise QueryError(str(file), f"{name} is of no kind {written!r}", f"write one of {', '.join(sorted(NAMES))}")
    return Parameter(name, default, match["about"], match["example"] or "", kind)


def _default(written: str) -> Literal:
    if written.startswith('"'):
        return Literal(written[1:-1])
    return Literal(written, datatype=term("xsd:decimal" if "." in written else "xsd:integer"))


def _usual_kind(name: str, default: Literal) -> str:
    """Return what a parameter is where its line does not say: what it is called, else what its default is."""
    numbers = {term("xsd:integer"): "count", term("xsd:decimal"): "number"}
    return name if name in NAMES else numbers.get(default.datatype, "text")
