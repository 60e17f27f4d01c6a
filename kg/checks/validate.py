"""Checks a graph against the shapes and says what is wrong in words that a policy analyst understands.

The shapes are standard SHACL. Those that can be are compiled to SPARQL and asked of the whole store
(kg.checks.shacl); what is left is checked by pyshacl, node by node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import BlankNode, NamedNode, QuerySolutions, Store, Triple
from pyoxigraph import Literal as StoreLiteral
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDFS, SH, BNode, Literal, URIRef
from rdflib.term import Node

from kg.checks.shacl import Check, compile_shapes
from kg.errors import GraphError
from kg.graph.namespaces import term
from kg.graph.terms import key_of, node_of
from kg.graph.things import NOTHING, StoredThings, document_of, names_of, quotes_of
from kg.lexicons.files import ontology_root
from kg.model.ids import BASE
from kg.store import to_merged_rdflib

_LONGEST_QUOTE = 40
Term = NamedNode | BlankNode | StoreLiteral | Triple


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A thing that breaks a rule.

    Attributes:
        label: what the thing is called, empty where it has no name; `node` is its IRI.
        zh, en: what is wrong and what to do.
        path: the IRI of the property at fault; `value` is the value at fault. Empty where the rule is about neither.
    """

    label: str
    node: str
    zh: str
    en: str
    path: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.label or f'<{self.node}>'}: {self.zh} {self.en}" + (f" [{self.value}]" if self.value else "")


@dataclass(frozen=True, slots=True)
class Report:
    """All violations, sorted; none where the graph conforms."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def __str__(self) -> str:
        lines = [f"{one}\n  <{one.node}>" if one.label else str(one) for one in self.violations]
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
            found.update(engine_violations(store, _only(rules, compiled.rest), base=base))
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
        written = [m for m in results.objects(result, SH.resultMessage) if isinstance(m, Literal)]
        messages = [m if m.language else tagged.get(str(m), m) for m in written]
        yield _violation(
            store, messages, _to_store(focus), _to_store(value), str(path) if isinstance(path, URIRef) else ""
        )


def _to_store(node: Node | None) -> Term | None:
    """Turn a term of rdflib into one of the store."""
    match node:
        case URIRef():
            return NamedNode(str(node))
        case Literal(language=str(language)):
            return StoreLiteral(str(node), language=language)
        case Literal(datatype=URIRef() as datatype):
            return StoreLiteral(str(node), datatype=NamedNode(str(datatype)))
        case Literal():
            return StoreLiteral(str(node))
        case BNode():
            return BlankNode(str(node))
    return None


def _violation(
    store: Store, messages: Iterable[Literal], focus: Term | None, value: Term | None, path: str = ""
) -> Violation:
    texts = list(messages)
    zh, en = (min((str(text) for text in texts if text.language == language), default="") for language in ("zh", "en"))
    return Violation(_label(store, focus), _words(focus), zh, en, path, _short(store, value))


def _label(store: Store, node: Term | None) -> str:
    """Return what people call a thing; an assignment with its measure, evidence by its document and its quote."""
    if not isinstance(node, NamedNode | BlankNode):
        return ""
    things = StoredThings(store)
    return _name(things, key_of(node)) or _place(store, things, key_of(node))


def _name(things: StoredThings, iri: str) -> str:
    names, measures = names_of(things, iri), things.get(iri, NOTHING).links("zc:measure")
    above = sorted(filter(None, (things.get(measure, NOTHING).name for measure in measures)))
    return " / ".join((*(name.value for name in names[:1]), *above[:1]))


def _place(store: Store, things: StoredThings, iri: str) -> str:
    """Return the document and the words of evidence, or the documents of a wording or of a source text.

    Evidence without words is called as what it proves.
    """
    facts = _subjects(store, "zc:evidence", iri)
    documents = {document_of(things, things.get(fact, NOTHING)) for fact in facts}
    wordings = {iri, *_subjects(store, "zc:sourceText", iri)}
    documents = documents.union(*(_subjects(store, "zc:wording", one) for one in wordings))
    quotes = {quote.exact for quote in quotes_of(things, things.get(iri, NOTHING))}
    named = documents if quotes or not facts else facts
    names = {_name(things, one) for one in named} - {""}
    return " / ".join((*sorted(names), *(f"“{_cut(quote)}”" for quote in sorted(quotes))))


def _subjects(store: Store, name: str, iri: str) -> set[str]:
    return {key_of(quad.subject) for quad in store.quads_for_pattern(None, term(name), node_of(iri))}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _short(store: Store, value: Term | None) -> str:
    named = _label(store, value) if isinstance(value, NamedNode) else ""
    return " ".join((named or _words(value)).split())[:80]


def _words(node: Term | None) -> str:
    return "" if node is None else str(getattr(node, "value", node))


def _only(rules: rdflib.Graph, shapes: Iterable[Node]) -> rdflib.Graph:
    """Return the part of `rules` that describes some shapes, with all that hangs on them."""
    part = rdflib.Graph()
    waiting = list(shapes)
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in rules.triples((node, None, None)):
            part.add(triple)
            waiting.append(triple[2])
    return part
