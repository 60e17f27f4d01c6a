"""What the page's script is given: one JSON object, compact for tens of thousands of nodes.

Tables are packed by ``kg.view.compact``. Rows name each other by their place in the other table. Identifiers are cut by
the base that all share. A value that says nothing is left out (null, false, "", []); the number 0 says something.

===========  ========================================================================================================
title, base  the title; what ``measure/…``, ``agency/…``, ``document/…`` stand behind
counts       number, zh, en, meaningZh, meaningEn: how much of everything the graph holds, and what is counted as one
prefixes     prefix → namespace, for `type`, `named` and `predicate` (Turtle of a selection)
nodes        id, kind (measure, agency, group, instrument, region, addressee), label, english, aliases [..], initials
             [..] (of label, then aliases; distinct), level, region, vertical, regulator, membership, path,
             document → documents, position, act, status, year, province (an id in names), families [ids in names, the
             widest first], type ("zc:Measure"), named ("skos:prefLabel@zh": how the graph states the label, if so),
             group → groups: the innermost it stands in. Rows are in display order: those of one group stand as they
             are shown
edges        id (absent where it is ``source|kind|target`` with whole identifiers), kind (lead, support, responsible,
             guide, announced, instrument, region, addressee, member), source → nodes (a measure; a group for member),
             target → nodes, inferred, evidence → evidence, raw, surface, resolution, confidence (0 to 1), form, via →
             nodes, predicate ("zc:leadAgency": the graph states ``source predicate target``)
evidence     source → texts, start, end (code points in the source), and quote, prefix, suffix only where the stretches
             in texts do not hold the quote at its offsets; where they do, the quote is their text from start to end
documents    id, kind (policy, news), title, number, date, published, publisher, link, source → texts, province, year
headings     document → documents, path, title: what the sections are called
texts        for each source its stretches [[offset of the first code point, text], ..], sorted, apart from each other
names        id, zh, en of provinces and families
trees        the trees that have rows, in order: body, document, instrument, region, addressee
groups       id (stable: it names the group whatever else is in the graph), tree, kind, key, zh, en, parent → groups,
             open (at first), document → documents (kind document). Display order, parents before children. Names stand
             in zh and en for kind province, region, section, family, year, letter, range; for kind level the page knows
             the words by key (country, vertical, province, prefecture, county, zone, other, group, member), so for kind
             (key addressee); a document is called by its title; key of a section is its path; an empty key is "unknown"
network      node → nodes, x, y (0 to 1), community (from 0), weight (sum of measures over partners). Rows in the order
             of the ring: communities side by side that share most. Bodies without a partner come last with weight 0
communities  for each the place in nodes of its heaviest body
===========  ========================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from kg.graph.counts import Count
from kg.graph.namespaces import VOCABULARIES
from kg.graph.things import Quote
from kg.view.compact import Stretches, cut_texts, holds, pack_table
from kg.view.coordination import Coordination, coordinate
from kg.view.data import Edge, Node, SourceDocument, ViewData
from kg.view.grouping import initials
from kg.view.trees import Group, grow_trees

_INITIALS_OF = 16
"""Of a measure, whose label can be a sentence, this many code points are searched by initials."""

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where everything stands in its table, by identifier; `base` is what identifiers are cut by."""

    base: str
    nodes: Mapping[str, int]
    groups: Mapping[str, int]
    documents: Mapping[str, int]
    evidence: Mapping[str, int]
    sources: Mapping[str, int]

    def short(self, identifier: str) -> str:
        """Return an identifier without the base that all share."""
        return identifier.removeprefix(self.base)


def make_payload(data: ViewData, *, title: str) -> dict[str, object]:
    """Return the object described above; the same data and title give the same object."""
    groups, texts, coordination = grow_trees(data), cut_texts(data), coordinate(data)
    group_of = {node: place for place, group in enumerate(groups) for node in group.nodes}
    places = _Places(
        base=_common_base(data),
        nodes={node: place for place, node in enumerate(group_of)},
        groups=group_of,
        documents=_count(document.id for document in data.documents),
        evidence=_count(item.iri for item in data.evidence),
        sources=_count(texts),
    )
    prefixes = sorted({word.split(":")[0] for word in _words(data) if ":" in word})
    return {
        "title": title,
        "base": places.base,
        "counts": _rows(data.counts, _COUNT),
        "prefixes": {prefix: VOCABULARIES[prefix] for prefix in prefixes},
        "nodes": _nodes(data, places),
        "edges": _edges(data, places),
        "evidence": _evidence(data.evidence, texts, places),
        "documents": _documents(data.documents, places),
        "headings": _headings(data, places),
        "texts": list(texts.values()),
        "names": _rows(
            data.names, {"id": lambda it: places.short(it.id), "zh": lambda it: it.zh, "en": lambda it: it.en}
        ),
        "trees": list(dict.fromkeys(group.tree for group in groups)),
        "groups": _groups(groups, places),
        "network": _network(coordination, places),
        "communities": [places.nodes[head] for head in coordination.heads],
    }


def _common_base(data: ViewData) -> str:
    """Return what all identifiers begin with, up to the kind of thing (``…/measure/``), or nothing."""
    first = next((node.id for node in data.nodes if "/measure/" in node.id), "")
    return first[: first.rfind("/measure/") + 1]


def _count(identifiers: Iterable[str]) -> dict[str, int]:
    return {identifier: place for place, identifier in enumerate(identifiers)}


def _words(data: ViewData) -> Iterable[str]:
    """Yield the terms that tables name by prefix."""
    for node in data.nodes:
        yield from (node.type, node.named)
    for edge in data.edges:
        yield edge.predicate


def _rows(rows: Iterable[_Row], columns: Mapping[str, Callable[[_Row], object]]) -> dict[str, object]:
    """Return a packed table: each column's value is taken from each row."""
    rows = tuple(rows)
    return pack_table({name: [take(row) for row in rows] for name, take in columns.items()})


def _fields(*names: str) -> dict[str, Callable[[_Row], object]]:
    """Return columns that are fields as they stand."""
    return {name: attrgetter(name) for name in names}


_COUNT: Mapping[str, Callable[[Count], object]] = {
    "number": attrgetter("number"),
    "zh": attrgetter("zh"),
    "en": attrgetter("en"),
    "meaningZh": attrgetter("meaning_zh"),
    "meaningEn": attrgetter("meaning_en"),
}


def _nodes(data: ViewData, places: _Places) -> dict[str, object]:
    years = {document.id: document.year for document in data.documents}
    nodes = sorted(data.nodes, key=lambda node: places.nodes[node.id])
    own = _fields("kind", "label", "english", "aliases", "level", "region", "vertical", "regulator", "membership")
    of_measures = _fields("path", "position", "act", "status", "type", "named")
    made: dict[str, Callable[[Node], object]] = {
        "id": lambda node: places.short(node.id),
        "initials": _initials,
        "document": lambda node: places.documents.get(node.document),
        "year": lambda node: years.get(node.document, ""),
        "province": lambda node: places.short(node.province),
        "families": lambda node: tuple(map(places.short, node.families)),
        "group": lambda node: places.groups[node.id],
    }
    return _rows(nodes, {**own, **of_measures, **made})


def _initials(node: Node) -> tuple[str, ...]:
    names = (node.label[:_INITIALS_OF],) if node.kind == "measure" else (node.label, *node.aliases)
    return tuple(filter(None, dict.fromkeys(map(initials, names))))


def _edges(data: ViewData, places: _Places) -> dict[str, object]:
    edges = sorted(data.edges, key=lambda edge: (places.nodes[edge.source], places.nodes[edge.target], edge.id))
    own = _fields("kind", "inferred", "raw", "surface", "resolution", "confidence", "form", "predicate")
    made: dict[str, Callable[[Edge], object]] = {
        "id": lambda edge: "" if edge.id == f"{edge.source}|{edge.kind}|{edge.target}" else places.short(edge.id),
        "source": lambda edge: places.nodes[edge.source],
        "target": lambda edge: places.nodes[edge.target],
        "evidence": lambda edge: places.evidence.get(edge.evidence),
        "via": lambda edge: places.nodes.get(edge.via),
    }
    return _rows(edges, {**own, **made})


def _evidence(items: Iterable[Quote], texts: Mapping[str, Stretches], places: _Places) -> dict[str, object]:
    def unless_in_texts(name: str) -> Callable[[Quote], object]:
        return lambda item: "" if holds(texts.get(item.source, ()), item) else getattr(item, name)

    columns: dict[str, Callable[[Quote], object]] = {
        "source": lambda item: places.sources.get(item.source),
        "start": lambda item: item.start,
        "end": lambda item: item.end,
    }
    words = {"quote": "exact", "prefix": "prefix", "suffix": "suffix"}
    return _rows(items, {**columns, **{name: unless_in_texts(field) for name, field in words.items()}})


def _documents(documents: Iterable[SourceDocument], places: _Places) -> dict[str, object]:
    made: dict[str, Callable[[SourceDocument], object]] = {
        "id": lambda document: places.short(document.id),
        "source": lambda document: places.sources.get(document.source),
        "province": lambda document: places.short(document.province),
    }
    own = _fields("kind", "title", "number", "date", "published", "publisher", "link", "year")
    return _rows(documents, {**own, **made})


def _headings(data: ViewData, places: _Places) -> dict[str, object]:
    known = [heading for heading in data.headings if heading.document in places.documents]
    return _rows(known, {**_fields("path", "title"), "document": lambda heading: places.documents[heading.document]})


def _groups(groups: Iterable[Group], places: _Places) -> dict[str, object]:
    columns: dict[str, Callable[[Group], object]] = {
        **{name: attrgetter(f"key.{name}") for name in ("kind", "key", "zh", "en")},
        "parent": lambda group: None if group.parent < 0 else group.parent,
        "document": lambda group: places.documents.get(group.key.document),
    }
    return _rows(groups, {**_fields("id", "tree", "open"), **columns})


def _network(coordination: Coordination, places: _Places) -> dict[str, object]:
    own = _fields("x", "y", "community", "weight")
    return _rows(coordination.members, {**own, "node": lambda member: places.nodes[member.id]})
