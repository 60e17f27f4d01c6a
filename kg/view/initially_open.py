"""Which rows are open at first: as many as a glance takes in, with no more lines between them than can be followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.view.data import Edge, Node, ViewData
from kg.view.grouping import Key

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
