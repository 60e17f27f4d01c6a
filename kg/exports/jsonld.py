"""JSON-LD 1.1: the whole graph with its named graphs and its context, a node a line, sorted; and the context alone."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import GraphError
from kg.exports.registry import Files, Format
from kg.graph.namespaces import VOCABULARIES, prefixes, term
from kg.graph.vocabulary import LANGUAGES, REFERENCE, Context, json_context, read_vocabulary

Json = object
_TYPE = term("rdf:type").value
_XSD = VOCABULARIES["xsd"]
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_INDENT = 2


def write_jsonld(store: Store, base: str) -> Files:
    """Return graph.jsonld; raises GraphError for a term that JSON-LD cannot tell from one of the prefixes."""
    return {"graph.jsonld": (line.encode() for line in _lines(store, base))}


def write_context(_store: Store, base: str) -> Files:
    """Return context.jsonld: made from the ontology and the prefixes, the same for every graph with this base."""
    text = json.dumps({"@context": json_context(base)}, ensure_ascii=False, indent=_INDENT)
    return {"context.jsonld": [f"{text}\n".encode()]}


def _lines(store: Iterable[Quad], base: str) -> Iterator[str]:
    graphs: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in store:
        graphs["" if isinstance(quad.graph_name, DefaultGraph) else _iri(quad.graph_name)].append(quad)
    writer = _Writer(base)
    context = json.dumps(json_context(base), ensure_ascii=False, indent=_INDENT)
    yield f'{{"@context": {context},\n"@graph": ['
    comma = "\n"
    for name in sorted(graphs):
        nodes = writer.nodes(graphs.pop(name))
        for text in [_named(writer.short(name), nodes)] if name else nodes:
            yield comma + text
            comma = ",\n"
    yield "\n]}\n"


def _named(name: str, nodes: Iterable[str]) -> str:
    return f'{{"id": {_dump(name)}, "@graph": [\n' + ",\n".join(nodes) + "\n]}"


class _Writer:
    """Writes nodes under one context."""

    def __init__(self, base: str) -> None:
        self._values = read_vocabulary().values
        self._prefixes = prefixes(base)
        self._terms = {str(entry["@id"]): name for name, entry in _entries(json_context(base))}
        self.short = cache(self._short)

    def _short(self, iri: str) -> str:
        """Return an IRI with its prefix; the longest namespace wins, and ``//`` may not follow a prefix."""
        fitting = [(space, prefix) for prefix, space in self._prefixes.items() if iri.startswith(space)]
        space, prefix = max(fitting, default=("", ""))
        if prefix and not iri[len(space) :].startswith("//"):
            return f"{prefix}:{iri[len(space) :]}"
        if iri.partition(":")[0] in self._prefixes:
            raise GraphError(iri, "its scheme is one of the prefixes of the context", "take another format")
        return iri

    def nodes(self, quads: Iterable[Quad]) -> Iterator[str]:
        """Yield each subject with all its values as one line."""
        subjects: defaultdict[str, defaultdict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
        for quad in quads:
            subjects[_iri(quad.subject)][quad.predicate.value].add(quad.object)
        for subject in sorted(subjects):
            said = subjects.pop(subject)
            node: dict[str, Json] = {"id": self.short(subject)}
            for predicate in sorted(said, key=lambda iri: (iri != _TYPE, iri)):
                node |= self._property(predicate, sorted(said[predicate], key=str))
            yield _dump(node)

    def _property(self, iri: str, values: list[object]) -> Mapping[str, Json]:
        """Return the values under the property's name: short where they are of its kind, else with their own type."""
        if iri == _TYPE and not any(isinstance(value, Literal) for value in values):
            return {"type": [self.short(_iri(value)) for value in values]}
        kind = self._values.get(iri, "") if iri in self._terms else ""
        if kind == LANGUAGES:
            return self._by_language(iri, values)
        return {self.short(iri): _alone([self._value(kind, value) for value in values])}

    def _by_language(self, iri: str, values: list[object]) -> Mapping[str, Json]:
        """Return words by language; what is no text at all cannot stand there and has the property's full IRI."""
        found: defaultdict[str, list[Json]] = defaultdict(list)
        others = []
        for value in values:
            if isinstance(value, Literal) and (value.language or value.datatype.value == _XSD + "string"):
                found[value.language or "@none"].append(value.value)
            else:
                others.append(self._full(value))
        words = {language: _alone(texts) for language, texts in sorted(found.items())}
        return ({self.short(iri): words} if words else {}) | ({iri: _alone(others)} if others else {})

    def _value(self, kind: str, value: object) -> Json:
        """Return a value of the kind in short, any other with its type; a bare string would be taken for the kind."""
        if isinstance(value, Literal):
            if kind and not value.language and value.datatype.value == kind:
                return _native(value, value.value)
            full = self._full(value)
            return full if isinstance(full, dict) or not kind else self._typed(value)
        return self.short(_iri(value)) if kind == REFERENCE else self._full(value)

    def _typed(self, value: Literal) -> Json:
        return {"@value": value.value, "@type": self.short(value.datatype.value)}

    def _full(self, value: object) -> Json:
        if not isinstance(value, Literal):
            return {"id": self.short(_iri(value))}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == _XSD + "string":
            return value.value
        return _native(value, self._typed(value))


def _entries(context: Context) -> Iterator[tuple[str, Mapping[str, object]]]:
    return ((name, entry) for name, entry in context.items() if isinstance(entry, Mapping))


def _native(literal: Literal, otherwise: Json) -> Json:
    """Return a whole number or a truth value as JSON has it, where it reads back to the same literal."""
    if literal.datatype.value == _XSD + "integer" and _INTEGER.fullmatch(literal.value):
        return int(literal.value)
    if literal.datatype.value == _XSD + "boolean" and literal.value in {"true", "false"}:
        return literal.value == "true"
    return otherwise


def _iri(value: object) -> str:
    if isinstance(value, NamedNode):
        return value.value
    if isinstance(value, BlankNode):
        return str(value)
    raise GraphError(str(value), "JSON-LD cannot hold a triple term", "take another format, such as nquads")


def _alone(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


_ABOUT = "JSON-LD 1.1 with its context; the whole graph with its named graphs"
FORMATS = (
    Format("jsonld", ".jsonld", _ABOUT, write_jsonld),
    Format("jsonld-context", ".context.jsonld", "the context of jsonld alone, to publish", write_context),
)
