"""Sorted N-Quads and Turtle: same graph, same bytes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.graph.namespaces import BASE, VOCABULARIES, prefixes
from kg.store.files import replacing

_LOCAL = re.compile(r"(?![.-])(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})+(?<!\.)")
_DECIMAL = VOCABULARIES["xsd"] + "decimal"
_BARE = {
    VOCABULARIES["xsd"] + "boolean": re.compile(r"true|false"),
    _DECIMAL: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    VOCABULARIES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
}
_TYPE = VOCABULARIES["rdf"] + "type"
_FIRST = {_TYPE: 0, VOCABULARIES["skos"] + "prefLabel": 1, VOCABULARIES["rdfs"] + "label": 1}


def write_nquads(store: Store, path: Path) -> None:
    """Write all quads, one a line, the lines sorted."""
    with replacing(path) as stream:
        stream.writelines(sorted(f"{quad} .\n" for quad in store))


def write_turtle(quads: Iterable[Quad], path: Path, *, base: str = BASE) -> int:
    """Write the triples of `quads` as Turtle and return their number.

    Named graphs are merged. Subjects come sorted, each with its types and labels first; every prefix is declared.
    """
    written = 0
    with replacing(path) as stream:
        for block, size in turtle_blocks(quads, base=base):
            stream.write(block)
            written += size
    return written


def turtle_blocks(quads: Iterable[Quad], *, base: str = BASE) -> Iterator[tuple[str, int]]:
    """Yield the prefixes, then one subject after the other, each as text with its number of triples."""
    table = prefixes(base)
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in table.items()), 0
    shorten = shortener(table)
    subjects: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for quad in quads:
        predicate = quad.predicate.value
        rank = f"{_FIRST.get(predicate, 2)}{predicate}"
        verb = "a" if predicate == _TYPE else shorten(quad.predicate)
        subjects[shorten(quad.subject)].add((rank, verb, shorten(quad.object)))
    for subject in sorted(subjects):
        statements = subjects.pop(subject)
        yield f"\n{subject} {_statements(statements)} .\n", len(statements)


def trig_blocks(quads: Iterable[Quad], *, base: str = BASE) -> Iterator[str]:
    """Yield the prefixes, then the named graphs in the order of their names, each subject by subject.

    What stands in no named graph comes first.
    """
    table = prefixes(base)
    shorten = shortener(table)
    graphs: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[_graph(quad, shorten)].append(quad)
    yield next(turtle_blocks((), base=base))[0]
    for name in sorted(graphs):
        _, *subjects = turtle_blocks(graphs.pop(name), base=base)
        yield f"\n{name} {{\n" if name else ""
        yield from (block for block, _ in subjects)
        yield "}\n" if name else ""


def _graph(quad: Quad, shorten: Callable[[object], str]) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else shorten(quad.graph_name)


def _statements(statements: set[tuple[str, str, str]]) -> str:
    objects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for rank, verb, value in sorted(statements):
        objects[rank, verb].append(value)
    return " ;\n    ".join(f"{verb} {', '.join(values)}" for (_, verb), values in sorted(objects.items()))


def shortener(table: dict[str, str]) -> Callable[[object], str]:
    """Return a function that writes a term in Turtle, with the prefixes of `table` where its rules allow."""
    by_length = sorted(((iri, prefix) for prefix, iri in table.items()), reverse=True)
    known: dict[str, str] = {}

    def named(iri: str) -> str:
        if iri not in known:
            head = max(iri.rfind("/"), iri.rfind("#")) + 1
            prefix = next((prefix for start, prefix in by_length if start == iri[:head]), None)
            fits = prefix is not None and _LOCAL.fullmatch(iri[head:])
            known[iri] = f"{prefix}:{iri[head:]}" if fits else f"<{iri}>"
        return known[iri]

    def shorten(value: object) -> str:
        if isinstance(value, NamedNode):
            return named(value.value)
        if isinstance(value, Literal):
            return _literal(value, named)
        if isinstance(value, BlankNode):
            return str(value)
        if isinstance(value, Triple):  # RDF 1.2
            return f"<<( {shorten(value.subject)} {named(value.predicate.value)} {shorten(value.object)} )>>"
        raise TypeError(f"{value!r} is no RDF term")

    return shorten


def _literal(value: Literal, named: Callable[[str], str]) -> str:
    datatype = value.datatype.value
    pattern = _BARE.get(datatype)
    if pattern and pattern.fullmatch(value.value):
        return value.value
    if value.language or datatype == VOCABULARIES["xsd"] + "string":
        return str(value)
    return f"{Literal(value.value)}^^{named(datatype)}"
