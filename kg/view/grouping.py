"""What nodes are grouped by, in which order rows stand, and which are open at first.

A node has a key for each group that it can stand in. Rows stand so that lines cross little, and as many are
open as a glance takes in. Names are found by their first letters of pinyin: 广东省财政厅 by gd.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import fmean

from kg.graph.direct_triples import DIRECT_PROPERTIES
from kg.graph.vocabulary import local_name
from kg.view.data import Edge, Node, SourceDocument, ViewData


def reading_order(data: ViewData) -> Mapping[str, tuple[float, str]]:
    """Return what to sort nodes by: measures by document and place, others by the mean place of their measures.

    Documents stand by date, those of news after those that assign roles.

    The mean (barycentre) of neighbours is the usual order of a column beside one that stands; names decide ties.
    """
    dates = {it.id: (it.kind == "news", it.date or it.published) for it in data.documents}
    measures = sorted(
        (node for node in data.nodes if node.kind == "measure"),
        key=lambda node: (dates.get(node.document, (True, "")), node.document, node.position, node.id),
    )
    places = {node.id: float(place) for place, node in enumerate(measures)}
    beside = defaultdict(list)
    for edge in data.edges:
        if edge.source in places and edge.target not in places:
            beside[edge.target].append(places[edge.source])
    return {
        node.id: (places.get(node.id, fmean(beside.get(node.id, [float(len(places))]))), node.label)
        for node in data.nodes
    }


def weigh(data: ViewData) -> Counter[str]:
    """Return how many stated edges each node has."""
    return Counter(end for edge in data.edges if not edge.inferred for end in (edge.source, edge.target))


@cache
def initials(name: str) -> str:
    """Return the first letters of the syllables, with letters and digits as they stand, in lower case.

    Which reading a character has is told by the word: 重庆 is cq, 重点 is zd.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  # reads 3 MB of words

    syllables = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(char for char in "".join(syllables).lower() if char.isalnum())


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


OPEN_ROWS = {"document": 46, "body": 56, "instrument": 34, "region": 24, "addressee": 24}
"""How many rows of each tree are open at first; measures come before the bodies and instruments that they name."""
OPEN_LINES = {"body": 80, "instrument": 120}
"""How many lines run to the rows of a tree at first, a line for each role between two rows."""

_LAYERS = {
    "lead": "body",
    "support": "body",
    "responsible": "body",
    "guide": "body",
    "announced": "body",
    "instrument": "instrument",
}
"""To which tree the lines of each kind of edge run; other kinds are not shown at first."""
_OPEN_SHARE = 0.1
"""A group is open at first only if this share of its tree's edges runs to it; lighter ones are as good as any other."""


@dataclass(slots=True)
class Branch:
    """A group while its tree grows: branches or leaves below it."""

    key: Key
    branches: list[Branch] = field(default_factory=list)
    leaves: Sequence[Node] = ()
    weight: int = 0
    open: bool = False

    def height(self) -> int:
        """Return how many rows opening it adds."""
        return len(self.branches) + len(self.leaves)

    def weigh(self, weights: Mapping[str, int]) -> int:
        """Set and return how many edges run to what stands below."""
        self.weight = sum(weights[node.id] for node in self.leaves) + sum(it.weigh(weights) for it in self.branches)
        return self.weight

    def nodes(self) -> Iterator[str]:
        """Yield all nodes below."""
        yield from (node.id for node in self.leaves)
        for branch in self.branches:
            yield from branch.nodes()


Forest = Mapping[str, Sequence[Branch]]


def open_first(forest: Forest, data: ViewData) -> None:
    """Open branches of each tree while rows and lines keep to their budgets, the heaviest first."""
    edges = [edge for edge in data.edges if edge.kind in _LAYERS and not edge.inferred]
    for tree, rows in OPEN_ROWS.items():
        _open_tree(forest, tree, rows, edges)


def _open_tree(forest: Forest, tree: str, rows: int, edges: Sequence[Edge]) -> None:
    """Open the branches of one tree; all that have edges where all their rows fit."""
    roots = forest.get(tree, ())
    free, closed = rows - len(roots), list(roots)
    used = [branch for branch in roots if branch.weight]
    least = _OPEN_SHARE * sum(branch.weight for branch in used) if sum(it.height() for it in used) > free else 1
    while fitting := [branch for branch in closed if branch.height() <= free and branch.weight >= least]:
        best = max(fitting, key=lambda branch: branch.weight)
        closed.remove(best)
        best.open = True
        if _is_tangled(forest, edges):
            best.open = False
        else:
            free -= best.height()
            closed.extend(best.branches)


def _is_tangled(forest: Forest, edges: Iterable[Edge]) -> bool:
    """Tell whether more lines run to the rows of a tree than its budget."""
    row = dict(_rows(forest))
    lines: dict[str, set[tuple[object, object, str]]] = {tree: set() for tree in OPEN_LINES}
    for edge in edges:
        lines[_LAYERS[edge.kind]].add((row[edge.source], row[edge.target], edge.kind))
    return any(len(lines[tree]) > most for tree, most in OPEN_LINES.items())


def _rows(forest: Forest) -> Iterator[tuple[str, object]]:
    """Yield each node with the row that stands for it: its own, or that of the first closed group above it."""
    for tree, roots in forest.items():
        yield from _rows_below(roots, (tree,))


def _rows_below(branches: Sequence[Branch], above: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    for place, branch in enumerate(branches):
        row = (*above, place)
        if not branch.open:
            yield from ((node, row) for node in branch.nodes())
        else:
            yield from ((node.id, node.id) for node in branch.leaves)
            yield from _rows_below(branch.branches, row)
