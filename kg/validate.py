"""Checks a graph against the shapes and tells what is wrong in words a policy analyst understands.

The shapes are standard SHACL. pyshacl checks the core; the SPARQL constraints run once over the whole store, because
an engine that parses them anew for every node needs minutes for what takes a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import NamedNode, QuerySolutions, Store
from pyshacl.errors import ReportableRuntimeError
from rdflib import DCTERMS, RDFS, SH, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.errors import GraphError
from kg.graph.namespaces import BASE, term
from kg.lexicons.files import ontology_root
from kg.store import to_merged_rdflib

_NAMES = (
    SKOS.prefLabel,
    RDFS.label,
    DCTERMS.title,
    URIRef(term("zc:surfaceForm").value),
    URIRef(term("oa:exact").value),
)
_MEASURE = URIRef(term("zc:measure").value)


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
    merged = to_merged_rdflib(store, base=base)
    try:
        found = {*_sparql_violations(store, merged, rules), *_core_violations(merged, rules)}
    except (SyntaxError, ReportableRuntimeError) as error:
        raise GraphError(str(file), f"is no SHACL ({' '.join(str(error).split())})", "mend the shapes") from error
    return Report(tuple(sorted(found)))


def _read(file: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(file, format="turtle")
    except OSError as error:
        raise GraphError(str(file), f"cannot be read ({error.strerror})", "give a Turtle file of shapes") from error
    except SyntaxError as error:
        message = " ".join(str(error).split())
        raise GraphError(str(file), f"is not Turtle ({message})", "mend the shapes") from error


def _sparql_violations(store: Store, merged: rdflib.Graph, rules: rdflib.Graph) -> Iterator[Violation]:
    """Run each SPARQL constraint with $this free, and keep the nodes that its shape targets."""
    for shape, constraint in rules.subject_objects(SH.sparql):
        targets = {NamedNode(str(class_)) for class_ in rules.objects(shape, SH.targetClass)}
        messages = list(rules.objects(constraint, SH.message))
        select = str(rules.value(constraint, SH.select))
        results = store.query(select, use_default_graph_as_union=True, prefixes=_prefixes(rules, constraint))
        assert isinstance(results, QuerySolutions)
        for row in results:
            focus, value = row["this"], row["value"]
            if any(True for class_ in targets for _ in store.quads_for_pattern(focus, term("rdf:type"), class_)):
                yield _violation(merged, messages, URIRef(focus.value), _from_store(value))


def _prefixes(rules: rdflib.Graph, constraint: Node) -> dict[str, str]:
    declared = [node for holder in rules.objects(constraint, SH.prefixes) for node in rules.objects(holder, SH.declare)]
    return {str(rules.value(node, SH.prefix)): str(rules.value(node, SH.namespace)) for node in declared}


def _core_violations(merged: rdflib.Graph, rules: rdflib.Graph) -> Iterator[Violation]:
    core = rdflib.Graph() + rules
    core.remove((None, SH.sparql, None))
    _, results, text = pyshacl.validate(merged, shacl_graph=core, inference="none")
    if not isinstance(results, rdflib.Graph):
        raise SyntaxError(text)
    for result in results.objects(None, SH.result):
        focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
        path = str(results.value(result, SH.resultPath) or "")
        yield _violation(merged, list(results.objects(result, SH.resultMessage)), focus, value, path)


def _violation(
    merged: rdflib.Graph, messages: Iterable[Node], focus: Node | None, value: Node | None, path: str = ""
) -> Violation:
    label = _label(merged, focus)
    texts = [message for message in messages if isinstance(message, Literal)]
    zh, en = (min((str(text) for text in texts if text.language == language), default="") for language in ("zh", "en"))
    return Violation(label, str(focus), zh, en, path, _short(merged, value))


def _from_store(value: object) -> Node | None:
    """Turn a term of the store into one of rdflib, for its name only."""
    if isinstance(value, NamedNode):
        return URIRef(value.value)
    return Literal(str(getattr(value, "value", value))) if value is not None else None


def _label(merged: rdflib.Graph, node: Node | None) -> str:
    """Return what people call a thing; for an assignment the body as written and its measure."""
    names = sorted(str(name) for property_ in _NAMES for name in merged.objects(node, property_))
    measure = merged.value(node, _MEASURE)
    above = _label(merged, measure) if measure is not None else ""
    return " / ".join(part for part in (names[0] if names else "", above) if part)


def _short(merged: rdflib.Graph, value: Node | None) -> str:
    text = "" if value is None else str(value)
    named = _label(merged, value) if isinstance(value, URIRef) else ""
    return " ".join((named or text).split())[:80]
