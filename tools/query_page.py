"""The named queries as a page to read: which question each answers, what it takes, how to ask it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.query import NamedQuery, list_queries

_HEAD = "<!-- Generated from ontology/queries by `make docs`; edit those files, not this one. -->"
_ABOUT = """# Named queries

`kg query NAME --graph DIR` asks one; `kg query NAME --help` tells its parameters, which are options. Left out, a
parameter is its default: a name or part of a name that is empty takes all. A body, place or instrument is found by any
of its names, a body also by the end of its full name; where nothing is called so, `kg query` says what is nearly. A
year, day, number or word that is none is refused. The queries are plain SPARQL 1.1, for any store that takes the
named graphs together as its default graph; `$name` marks where a value goes. What changed between two builds
`kg diff A B` tells in full; `changes` is for one store that holds both."""
_TABLE = "| Question | Name | zh | en | Parameters | Example |\n|---:|---|---|---|---|---|"
_LAST = 1_000


def query_page(folder: Path | None = None) -> str:
    """Return the queries of `folder`, by default the project's, as Markdown, in the order of their questions."""
    queries = sorted(list_queries(folder), key=lambda query: (query.number or _LAST, query.name))
    return "\n".join([_HEAD, "", _ABOUT, "", _TABLE, *map(_row, queries)]) + "\n"


def _row(query: NamedQuery) -> str:
    cells = (str(query.number or ""), f"`{query.name}`", query.zh, query.en, "<br>".join(_parameters(query)))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (*cells, f"`{_example(query)}`")) + " |"


def _parameters(query: NamedQuery) -> Iterator[str]:
    for parameter in query.parameters:
        default = f" ({parameter.default.value})" if parameter.default.value else ""
        words = f" {parameter.kind.shown}" if parameter.kind.words else ""
        yield f"`--{parameter.name}{words}`{default} {parameter.about}"


def _example(query: NamedQuery) -> str:
    options = (f" --{parameter.name} {parameter.example}" for parameter in query.parameters if parameter.example)
    return f"kg query {query.name} --graph exports{''.join(options)}"


if __name__ == "__main__":
    sys.stdout.write(query_page())
