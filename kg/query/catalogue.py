"""The named queries of ``ontology/queries``: a file each, its question and parameters in the comments at its head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from kg.errors import QueryError
from kg.graph.namespaces import term
from kg.lexicons.files import ontology_root
from kg.query.kinds import ANY, NAMES, Kind, find_kind

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
