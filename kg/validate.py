"""Checks a graph against the shapes and tells what is wrong in words a policy analyst understands.

The shapes are standard SHACL. Those that can be are compiled to SPARQL and asked of the whole store (kg.shacl); what is
left is checked by pyshacl, node by node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import BlankNode, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse
from pyoxigraph import Literal as StoreLiteral
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDFS, SH, Literal, URIRef
from rdflib.term import Node

from kg.errors import GraphError
from kg.graph.namespaces import BASE, term
from kg.lexicons.files import ontology_root
from kg.shacl import Check, compile_shapes, only
from kg.store import to_merged_rdflib

_NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "zc:surfaceForm", "oa:exact")
Term = NamedNode | BlankNode | StoreLiteral | Triple


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What breaks a rule: the thing (`label`, `node`), the place (`path`, `value`), what is wrong and what to do."""

    label: str
    node: str
    zh: str
    en: str
    path: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.label or self.node}: {self.zh} {self.en}" + (f" [{self.value}]" if self.value else "")


@dataclass(frozen=True, slots=True)
class Report:
    """All violations, sorted; none where the graph conforms."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def __str__(self) -> str:
        lines = [f"{violation}\n  <{violation.node}>" for violation in self.violations]
        count = len(self.violations)
        return "\n".join([*lines, f"{count} violation{'' if count == 1 else 's'}"])


def validate(store: Store, shapes: Path | None = None, *, base: str = BASE) -> Report:
    """Check all named graphs, merged into one, against `shapes`, by default ``ontology/shapes.ttl``.

    Raises GraphError where the shapes cannot be read or are no SHACL.
    """
    file = shapes or ontology_root() / "shapes.ttl"
    rules = _read(file)
    compiled = compile_shapes(rules, subclasses=_has_subclasses(store))
    try:
        found = set(_compiled_violations(store, compiled.checks))
        if compiled.rest:
            found.update(engine_violations(store, only(rules, compiled.rest), base=base))
    except (SyntaxError, ReportableRuntimeError) as error:
        raise GraphError(str(file), f"is no SHACL ({' '.join(str(error).split())})", "mend the shapes") from error
    return Report(tuple(sorted(found)))


def _has_subclasses(store: Store) -> bool:
    return next(store.quads_for_pattern(None, NamedNode(str(RDFS.subClassOf)), None), None) is not None


def _read(file: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(file, format="turtle")
    except OSError as error:
        raise GraphError(str(file), f"cannot be read ({error.strerror})", "give a Turtle file of shapes") from error
    except SyntaxError as error:
        message = " ".join(str(error).split())
        raise GraphError(str(file), f"is not Turtle ({message})", "mend the shapes") from error


def _compiled_violations(store: Store, checks: Iterable[Check]) -> Iterator[Violation]:
    for check in checks:
        results = store.query(check.query, use_default_graph_as_union=True)
        assert isinstance(results, QuerySolutions)
        names = {variable.value for variable in results.variables}
        for row in results:
            value = row["value"] if "value" in names else None
            yield _violation(store, check.messages, row["this"], value, check.path)


def engine_violations(store: Store, rules: rdflib.Graph, *, base: str = BASE) -> Iterator[Violation]:
    """Yield what pyshacl finds: for shapes that are not compiled, and as the oracle of the compiler's tests."""
    merged = to_merged_rdflib(store, base=base)
    _, results, text = pyshacl.validate(merged, shacl_graph=rules, inference="none")
    if not isinstance(results, rdflib.Graph):
        raise SyntaxError(text)
    # pyshacl takes the language off the messages of SPARQL constraints
    tagged = {str(m): m for m in rules.objects(None, SH.message) if isinstance(m, Literal)}
    for result in results.objects(None, SH.result):
        focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
        path = results.value(result, SH.resultPath)
        said = [m for m in results.objects(result, SH.resultMessage) if isinstance(m, Literal)]
        messages = [m if m.language else tagged.get(str(m), m) for m in said]
        yield _violation(
            store, messages, _to_store(focus), _to_store(value), str(path) if isinstance(path, URIRef) else ""
        )


def _to_store(node: Node | None) -> Term | None:
    """Turn a term of rdflib into one of the store."""
    return next(parse(f"<x:x> <x:x> {node.n3()} .", format=RdfFormat.N_TRIPLES)).object if node is not None else None


def _violation(
    store: Store, messages: Iterable[Literal], focus: Term | None, value: Term | None, path: str = ""
) -> Violation:
    texts = list(messages)
    zh, en = (min((str(text) for text in texts if text.language == language), default="") for language in ("zh", "en"))
    return Violation(_label(store, focus), _words(focus), zh, en, path, _short(store, value))


def _label(store: Store, node: Term | None) -> str:
    """Return what people call a thing; for an assignment the body as written and its measure."""
    if not isinstance(node, NamedNode | BlankNode):
        return ""
    names = sorted(_words(quad.object) for name in _NAMES for quad in store.quads_for_pattern(node, term(name), None))
    above = sorted(_label(store, quad.object) for quad in store.quads_for_pattern(node, term("zc:measure"), None))
    return " / ".join(part for part in (names[:1] + above[:1]) if part)


def _short(store: Store, value: Term | None) -> str:
    named = _label(store, value) if isinstance(value, NamedNode) else ""
    return " ".join((named or _words(value)).split())[:80]


def _words(node: Term | None) -> str:
    return "" if node is None else str(getattr(node, "value", node))
