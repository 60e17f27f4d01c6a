"""What nodes are grouped by: a key for each group that a node can stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.graph.direct_triples import DIRECT_PROPERTIES
from kg.graph.vocabulary import local_name
from kg.view.data import Node, SourceDocument, ViewData
from kg.view.initials import initials
from kg.view.seriation import weigh

LEVELS = ("country", "vertical", "province", "prefecture", "county", "zone", "other", "group", "member")
"""The kinds of body in the order in which they stand; `member` are those that only inference reaches."""

_ROLES = frozenset({*DIRECT_PROPERTIES, "announced"})
"""The kinds of edge that say what a body has to do."""
_NO_NAME = ("", "")


@dataclass(frozen=True, slots=True)
class Key:
    """What a group is called. `zh` and `en` are empty where the page has the words for `kind` and `key`.

    `order` sorts groups of one kind; those with equal ones stand as their first nodes do.
    """

    kind: str
    key: str
    order: tuple[int | str, ...] = ()
    zh: str = ""
    en: str = ""
    document: str = ""


Divide = Callable[[Node], Key]
"""Says in which group a node stands."""


class Grouping:
    """The ways to divide the nodes of one graph."""

    def __init__(self, data: ViewData) -> None:
        self._documents = {document.id: document for document in data.documents}
        self._names = {name.id: (name.zh, name.en) for name in data.names}
        self._headings = {(heading.document, heading.path): heading.title for heading in data.headings}
        self._stated = {edge.target for edge in data.edges if edge.kind in _ROLES and not edge.inferred}
        weights = weigh(data)
        self._load: dict[str, int] = {}
        for node in data.nodes:
            for family in _chain(node):
                self._load[family] = self._load.get(family, 0) + weights[node.id]

    def by_kind(self, node: Node) -> Key:
        """Group all of a kind."""
        return Key("kind", node.kind)

    def by_level(self, node: Node) -> Key:
        """Group by level of administration; bodies that only inference reaches stand by themselves."""
        level = _level(node) if node.kind == "region" or node.id in self._stated else "member"
        return Key("level", level, (LEVELS.index(level if level in LEVELS else "other"), level))

    def by_province(self, node: Node) -> Key:
        """Group by the province of a body, a region or a measure's document."""
        province = self._document(node).province if node.kind == "measure" else node.province
        return Key("province", local_name(province), (province,), *self._names.get(province, _NO_NAME))

    def by_region(self, node: Node) -> Key:
        """Group bodies by the region they are of, a city or a county."""
        return Key("region", node.region, (node.region,), node.region, node.region)

    def by_year(self, node: Node) -> Key:
        """Group by the year of the document."""
        year = self._document(node).year
        return Key("year", year, (year,), year, year)

    def by_document(self, node: Node) -> Key:
        """Group by document."""
        return Key("document", local_name(node.document) or "no-document", document=node.document)

    def by_chapter(self, node: Node) -> Key:
        """Group by the widest sections of a document."""
        return self._section(node, 1)

    def by_section(self, node: Node) -> Key:
        """Group by the sections below the widest."""
        return self._section(node, 2)

    def by_family(self, node: Node) -> Key:
        """Group by the widest family of an instrument, the most used first."""
        return self._family(node, 0)

    def by_narrower_family(self, node: Node) -> Key:
        """Group by the families below the widest."""
        return self._family(node, 1)

    def by_letter(self, node: Node) -> Key:
        """Group by the first letter of the name in pinyin."""
        letter = initials(node.label)[:1].upper()
        return Key("letter", letter, (letter,), letter, letter)

    def _document(self, node: Node) -> SourceDocument:
        return self._documents.get(node.document) or SourceDocument(node.document, "policy", "")

    def _section(self, node: Node, depth: int) -> Key:
        path = "/".join(node.path.split("/")[:depth])
        title = self._headings.get((node.document, path), "")
        return Key("section", path, (), title, title)

    def _family(self, node: Node, depth: int) -> Key:
        chain = _chain(node)
        family = chain[min(depth, len(chain) - 1)]
        names = self._names.get(family, (node.label, node.english))
        return Key("family", local_name(family), (-self._load[family], family), *names)


def _level(node: Node) -> str:
    if node.kind == "group":
        return "group"
    if node.vertical and node.level != "country":
        return "vertical"
    return node.level or "other"


def _chain(node: Node) -> tuple[str, ...]:
    return (*node.families, node.id)
