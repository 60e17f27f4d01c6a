"""The named queries of ``ontology/queries``: a file each, its question and parameters in the comments at its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from kg.errors import QueryError
from kg.graph.namespaces import term
from kg.lexicons.files import ontology_root

_PARAMETER = re.compile(
    r'# param (?P<name>\w+): (?P<default>"[^"]*"|[0-9.]+)\s*(?P<about>.*?)( \(e\.g\. (?P<example>\S+)\))?'
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a query asks for; the default also gives its datatype, `about` says what it means, `example` is one."""

    name: str
    default: Literal
    about: str = ""
    example: str = ""

    def value(self, text: str) -> Literal:
        """Return `text` as a literal of this parameter's datatype; raises QueryError where it is no such number."""
        datatype = self.default.datatype
        pattern = {term("xsd:integer"): r"[0-9]+", term("xsd:decimal"): r"[0-9]+(\.[0-9]+)?"}.get(datatype, r"(?s:.*)")
        if not re.fullmatch(pattern, text):
            raise QueryError(self.name, f"{text!r} is no number", f"give one such as {self.default.value}")
        return Literal(text, datatype=datatype)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its question in Chinese and English, and the number of that question in docs/queries.md, if any."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    text: str
    number: int | None = None


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
        raise QueryError(str(file), f"cannot read {line!r}", 'write # param name: "default" meaning')
    default = match["default"]
    if default.startswith('"'):
        return Parameter(match["name"], Literal(default[1:-1]), match["about"], match["example"] or "")
    datatype = term("xsd:decimal" if "." in default else "xsd:integer")
    return Parameter(match["name"], Literal(default, datatype=datatype), match["about"], match["example"] or "")
