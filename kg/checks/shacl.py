"""SHACL shapes compiled to SPARQL: one query for each constraint, over the whole store at once.

An engine that visits node after node needs minutes for what a store answers in a second. What is compiled is the part
of the core that our shapes use and its close kin (https://www.w3.org/TR/shacl/); a shape that holds anything else is
left out whole and named in `Compiled.rest`, for a full engine to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import rdflib
from rdflib import OWL, RDF, RDFS, SH, XSD, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

_CAST = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.boolean, XSD.date, XSD.dateTime})
_KINDS = {
    SH.IRI: "isIRI({v})",
    SH.Literal: "isLiteral({v})",
    SH.BlankNode: "isBlank({v})",
    SH.BlankNodeOrIRI: "!isLiteral({v})",
    SH.IRIOrLiteral: "!isBlank({v})",
    SH.BlankNodeOrLiteral: "!isIRI({v})",
}
_BOUNDS = {SH.minInclusive: ">=", SH.maxInclusive: "<=", SH.minExclusive: ">", SH.maxExclusive: "<"}
_VALUE = frozenset(
    {SH["class"], SH.datatype, SH["in"], SH.minLength, SH.maxLength, SH.pattern, SH.nodeKind, SH["or"], SH["and"]}
    | {SH["not"], *_BOUNDS}
)
_SET = frozenset(
    {SH.minCount, SH.maxCount, SH.hasValue, SH.uniqueLang, SH.lessThan, SH.disjoint} | {SH.qualifiedValueShape}
)
_BESIDE = frozenset({SH.flags, SH.qualifiedMinCount, SH.qualifiedMaxCount})
_SILENT = frozenset({RDF.type, RDFS.label, RDFS.comment, SH.path, SH.message, SH.name, SH.description, SH.order})
_TARGETS = frozenset({SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf})
_OF_CLASS = frozenset({RDFS.subClassOf, RDFS.seeAlso, RDFS.isDefinedBy})
_SHAPE_TYPES = frozenset({SH.NodeShape, SH.PropertyShape})
_BOUND_BEFORE = ("$PATH", "$shapesGraph", "$currentShape")


class _Unknown(Exception):
    """A shape holds what is not compiled."""


@dataclass(frozen=True, slots=True)
class Check:
    """A query whose rows (?this, perhaps ?value) are violations, with what is said of them and of which property."""

    query: str
    messages: tuple[Literal, ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The checks of a graph of shapes, and the shapes that were not compiled."""

    checks: tuple[Check, ...]
    rest: tuple[Node, ...]


def compile_shapes(rules: rdflib.Graph, *, subclasses: bool = False) -> Compiled:
    """Compile every shape of `rules` that has a target; one that is a class too has its own instances for targets.

    `subclasses` lets an instance of a subclass count as one of the class, which only matters where the data says
    which class lies under which.
    """
    checks: list[Check] = []
    rest: list[Node] = []
    classes = _class_shapes(rules)
    targeted = {shape for target in _TARGETS for shape in rules.subjects(target, None)}
    for shape in sorted(targeted | classes, key=str):
        try:
            checks += _Shape(rules, shape, subclasses, shape in classes).checks()
        except _Unknown:
            rest.append(shape)
    return Compiled(tuple(checks), tuple(rest))


def _class_shapes(rules: rdflib.Graph) -> set[Node]:
    """Return the shapes that are classes (https://www.w3.org/TR/shacl/#implicit-targetClass); OWL's are classes too."""
    kinds = {RDFS.Class, OWL.Class, *rules.subjects(RDFS.subClassOf, RDFS.Class)}
    classes = {one for kind in kinds for one in rules.subjects(RDF.type, kind)}
    return {one for one in classes if _SHAPE_TYPES & set(rules.objects(one, RDF.type))}


@dataclass(slots=True)
class _Shape:
    """A shape with a target, compiled piece by piece."""

    rules: rdflib.Graph
    node: Node
    subclasses: bool
    is_class: bool = False
    names: Iterator[int] = field(default_factory=count)

    def checks(self) -> list[Check]:
        if self.rules.value(self.node, SH.path) is not None:
            return list(self._of_values(self.node))
        self._require(self.node, _VALUE | _BESIDE | _TARGETS | _OF_CLASS | _SILENT | {SH.property, SH.sparql})
        found = list(self._of_nodes())
        for shape in sorted(self.rules.objects(self.node, SH.property), key=self._first_message):
            found += self._of_values(shape)
        for constraint in self.rules.objects(self.node, SH.sparql):
            found.append(self._sparql(constraint))
        return found

    def _first_message(self, shape: Node) -> tuple[str, str]:
        return (str(self.rules.value(shape, SH.path)), min(map(str, self.rules.objects(shape, SH.message)), default=""))

    def _require(self, shape: Node, known: frozenset[URIRef]) -> None:
        if not set(self.rules.predicates(shape, None)) <= known:
            raise _Unknown

    def _messages(self, shape: Node) -> tuple[Literal, ...]:
        """Return what a shape says; one that says nothing is left to an engine that finds words for it."""
        messages = [m for m in self.rules.objects(shape, SH.message) if isinstance(m, Literal)]
        if not messages:
            raise _Unknown
        return tuple(sorted(messages))

    # ---- queries

    def _target(self) -> str:
        """Return a pattern that binds ?this to each target once."""
        rules, node = self.rules, self.node
        ways = [f"{{ ?this {self._type()} {_n3(c)} }}" for c in rules.objects(node, SH.targetClass)]
        ways += [f"{{ ?this {self._type()} {_n3(node)} }}"] if self.is_class else []
        ways += [f"{{ ?this {_n3(p)} ?s }}" for p in rules.objects(node, SH.targetSubjectsOf)]
        ways += [f"{{ ?o {_n3(p)} ?this }}" for p in rules.objects(node, SH.targetObjectsOf)]
        ways += [f"{{ VALUES ?this {{ {_n3(n)} }} }}" for n in rules.objects(node, SH.targetNode)]
        return f"{{ SELECT DISTINCT ?this WHERE {{ {' UNION '.join(sorted(ways))} }} }}"

    def _type(self) -> str:
        return f"{_n3(RDF.type)}/{_n3(RDFS.subClassOf)}*" if self.subclasses else _n3(RDF.type)

    def _of_nodes(self) -> Iterator[Check]:
        for condition in self._conditions(self.node, "?this"):
            query = f"SELECT ?this (?this AS ?value) WHERE {{ {self._target()} FILTER(!({condition})) }}"
            yield Check(query, self._messages(self.node))

    def _of_values(self, shape: Node) -> Iterator[Check]:
        self._require(shape, _VALUE | _SET | _BESIDE | _SILENT | (_TARGETS if shape == self.node else frozenset()))
        path = self._path(self.rules.value(shape, SH.path))
        messages, target = self._messages(shape), self._target()
        named = path[1:-1] if path.count("<") == 1 and path.startswith("<") else ""
        for condition in self._conditions(shape, "?value"):
            query = f"SELECT DISTINCT ?this ?value WHERE {{ {target} ?this {path} ?value FILTER(!({condition})) }}"
            yield Check(query, messages, named)
        for query in self._of_sets(shape, path, target):
            yield Check(query, messages, named)

    def _of_sets(self, shape: Node, path: str, target: str) -> Iterator[str]:
        """Yield the queries of constraints on the values of a path taken together."""
        each = f"?this {path} ?value"
        for bound in self.rules.objects(shape, SH.minCount):
            yield from _at_least(target, each, _number(bound))
        for bound in self.rules.objects(shape, SH.maxCount):
            yield _more_than(target, each, _number(bound))
        for wanted in self.rules.objects(shape, SH.hasValue):
            yield f"SELECT ?this WHERE {{ {target} FILTER NOT EXISTS {{ ?this {path} {_n3(wanted)} }} }}"
        for other in self.rules.objects(shape, SH.lessThan):
            less = "FILTER(!COALESCE(?value < ?other, false))"
            yield f"SELECT DISTINCT ?this ?value WHERE {{ {target} {each} . ?this {_n3(other)} ?other {less} }}"
        for other in self.rules.objects(shape, SH.disjoint):
            yield f"SELECT DISTINCT ?this ?value WHERE {{ {target} {each} . ?this {_n3(other)} ?value }}"
        for wanted in self.rules.objects(shape, SH.uniqueLang):
            if str(wanted) == "true":
                same = 'FILTER(LANG(?value) != "" && LANG(?value) = LANG(?other) && !sameTerm(?value, ?other))'
                yield f"SELECT DISTINCT ?this WHERE {{ {target} {each} . ?this {path} ?other {same} }}"
        for inner in self.rules.objects(shape, SH.qualifiedValueShape):
            counted = f"{each} FILTER({self._conforms(inner, '?value')})"
            for bound in self.rules.objects(shape, SH.qualifiedMinCount):
                yield from _at_least(target, counted, _number(bound))
            for bound in self.rules.objects(shape, SH.qualifiedMaxCount):
                yield _more_than(target, counted, _number(bound))

    def _sparql(self, constraint: Node) -> Check:
        self._require(constraint, frozenset({RDF.type, SH.prefixes, SH.select, SH.message}))
        select = str(self.rules.value(constraint, SH.select))
        if any(name in select for name in _BOUND_BEFORE):
            raise _Unknown
        head, brace, body = re.sub(r"[$](?=(?:this|value)\b)", "?", select).partition("{")
        found = "?value" if "?value" in head or "*" in head else "(?this AS ?value)"
        query = f"{self._prefixes(constraint)} SELECT DISTINCT ?this {found} WHERE {{ {self._target()} {brace}{body} }}"
        return Check(query, self._messages(constraint))

    def _prefixes(self, constraint: Node) -> str:
        holders = self.rules.objects(constraint, SH.prefixes)
        declared = (node for holder in holders for node in self.rules.objects(holder, SH.declare))
        pairs = ((self.rules.value(node, SH.prefix), self.rules.value(node, SH.namespace)) for node in declared)
        return " ".join(sorted(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in pairs))

    # ---- conditions that one value must meet

    def _conforms(self, shape: Node, v: str) -> str:
        """Return a condition that holds where the value `v` conforms to an inner shape."""
        path = self.rules.value(shape, SH.path)
        if path is None:
            self._require(shape, _VALUE | _BESIDE | _SILENT | {SH.property})
            inner = [self._conforms(one, v) for one in self.rules.objects(shape, SH.property)]
            return " && ".join([*self._conditions(shape, v), *inner]) or "true"
        self._require(shape, _VALUE | {SH.minCount, SH.hasValue} | _SILENT)
        return " && ".join(self._inner(shape, v, self._path(path))) or "true"

    def _inner(self, shape: Node, v: str, path: str) -> Iterator[str]:
        """Yield the conditions of an inner property shape on the value `v`."""
        own = f"?v{next(self.names)}"
        for condition in self._conditions(shape, own):
            yield f"NOT EXISTS {{ {v} {path} {own} FILTER(!({condition})) }}"
        for wanted in self.rules.objects(shape, SH.hasValue):
            yield f"EXISTS {{ {v} {path} {_n3(wanted)} }}"
        for bound in self.rules.objects(shape, SH.minCount):
            if _number(bound) > 1:
                raise _Unknown
            if _number(bound) == 1:
                yield f"EXISTS {{ {v} {path} {own} }}"

    def _conditions(self, shape: Node, v: str) -> Iterator[str]:
        """Yield one condition on `v` for each constraint of a shape that looks at a single value."""
        for predicate, wanted in sorted(self.rules.predicate_objects(shape)):
            if predicate in _VALUE:
                yield self._condition(shape, predicate, wanted, v)

    def _condition(self, shape: Node, predicate: Node, wanted: Node, v: str) -> str:
        if predicate in _BOUNDS:
            return f"COALESCE({v} {_BOUNDS[URIRef(str(predicate))]} {_n3(wanted)}, false)"
        if predicate == SH["class"]:
            return f"EXISTS {{ {v} {self._type()} {_n3(wanted)} }}"
        if predicate == SH.datatype:
            return _datatype(wanted, v)
        if predicate == SH["in"]:
            return " || ".join(f"sameTerm({v}, {_n3(one)})" for one in Collection(self.rules, wanted)) or "false"
        if predicate == SH.pattern:
            flags = self.rules.value(shape, SH.flags)
            more = f", {_n3(flags)}" if flags is not None else ""
            return f"!isBlank({v}) && REGEX(STR({v}), {_n3(Literal(str(wanted)))}{more})"
        if predicate in {SH.minLength, SH.maxLength}:
            return f"!isBlank({v}) && STRLEN(STR({v})) {'>=' if predicate == SH.minLength else '<='} {_number(wanted)}"
        if predicate == SH.nodeKind:
            return _KINDS[URIRef(str(wanted))].format(v=v)
        return self._logic(predicate, wanted, v)

    def _logic(self, predicate: Node, wanted: Node, v: str) -> str:
        if predicate == SH["not"]:
            return f"!({self._conforms(wanted, v)})"
        join = " || " if predicate == SH["or"] else " && "
        return join.join(f"({self._conforms(one, v)})" for one in Collection(self.rules, wanted))

    def _path(self, path: Node | None) -> str:
        """Return a property path in SPARQL: a property, an inverse, or a sequence of them."""
        if isinstance(path, URIRef):
            return _n3(path)
        inverse = self.rules.value(path, SH.inversePath) if path is not None else None
        if inverse is not None:
            return f"^{self._path(inverse)}"
        if path is not None and self.rules.value(path, RDF.first) is not None:
            return "/".join(self._path(step) for step in Collection(self.rules, path))
        raise _Unknown


def _n3(term: Node) -> str:
    if not isinstance(term, URIRef | Literal):
        raise _Unknown
    return term.n3()


def _number(bound: Node) -> int:
    return int(str(bound))


def _datatype(wanted: Node, v: str) -> str:
    """Return the condition that a literal is of a datatype, and well formed where SPARQL can tell by a cast."""
    whole = f"isLiteral({v}) && DATATYPE({v}) = {_n3(wanted)}"
    return f"{whole} && COALESCE(isLiteral({_n3(wanted)}(STR({v}))), false)" if wanted in _CAST else whole


def _at_least(target: str, each: str, bound: int) -> Iterator[str]:
    if bound == 1:
        yield f"SELECT ?this WHERE {{ {target} FILTER NOT EXISTS {{ {each} }} }}"
    elif bound > 1:
        counted = f"{{ SELECT ?this (COUNT(DISTINCT ?value) AS ?n) WHERE {{ {target} {each} }} GROUP BY ?this }}"
        yield f"SELECT ?this WHERE {{ {target} OPTIONAL {counted} FILTER(COALESCE(?n, 0) < {bound}) }}"


def _more_than(target: str, each: str, bound: int) -> str:
    return f"SELECT ?this WHERE {{ {target} {each} }} GROUP BY ?this HAVING(COUNT(DISTINCT ?value) > {bound})"
