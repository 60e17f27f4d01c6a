"""The rows of the overview: trees of groups that open and close, so that no step shows more than a screen of rows.

A tree is divided by what its nodes say of themselves (level, document, family); where a group would still show too many
rows it is divided further (province, year, section), in the last resort by first letter and then by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.view.data import Node, ViewData
from kg.view.grouping import Branch, Divide, Grouping, Key, open_first, reading_order, weigh

MOST_ROWS = 60
"""How many rows one step shows at most."""
MOST_MEASURES = 30
"""How many measures of a document stand together; more are divided by the document's sections."""
TREE_OF = {
    "measure": "document",
    "agency": "body",
    "group": "body",
    "instrument": "instrument",
    "region": "region",
    "addressee": "addressee",
}
"""In which tree each kind of node stands."""


@dataclass(frozen=True, slots=True)
class Group:
    """A row that opens; `parent` is the place of a group in the same sequence, -1 at the root of a tree.

    `nodes` are the leaves right below it, in display order.
    """

    id: str
    tree: str
    key: Key
    parent: int
    nodes: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """A way to divide; one that is not `always` taken is left out where there are few rows without it."""

    divide: Divide
    always: bool = False


def grow_trees(data: ViewData) -> tuple[Group, ...]:
    """Return the groups of all trees in display order, parents before their children; every node is in one of them."""
    order, weights = reading_order(data), weigh(data)
    forest: dict[str, list[Branch]] = {}
    for tree, steps in _plans(Grouping(data)).items():
        nodes = sorted((node for node in data.nodes if TREE_OF[node.kind] == tree), key=lambda node: order[node.id])
        forest[tree] = _grow(nodes, steps, MOST_MEASURES if tree == "document" else MOST_ROWS)
        for branch in forest[tree]:
            branch.weigh(weights)
    open_first(forest, data)
    groups: list[Group] = []
    for tree, branches in forest.items():
        groups.extend(_flatten(branches, tree, "", -1, len(groups)))
    return tuple(groups)


def _plans(by: Grouping) -> dict[str, list[_Step]]:
    """Return how each tree is divided, from the root down."""
    province, letter = _Step(by.by_province), _Step(by.by_letter)
    return {
        "body": [_Step(by.by_level, always=True), province, _Step(by.by_region), letter],
        "document": [
            province,
            _Step(by.by_year),
            _Step(by.by_document, always=True),
            _Step(by.by_chapter),
            _Step(by.by_section),
        ],
        "instrument": [_Step(by.by_family, always=True), _Step(by.by_narrower_family), letter],
        "region": [_Step(by.by_level, always=True), province, letter],
        "addressee": [_Step(by.by_kind, always=True), letter],
    }


def _grow(nodes: Sequence[Node], steps: Sequence[_Step], most: int) -> list[Branch]:
    """Return the branches of `nodes`; one without name holds leaves that nothing divides."""
    for place, step in enumerate(steps):
        parts = _split(nodes, step.divide)
        if step.always or (len(parts) > 1 and _rows(nodes, steps[place + 1 :]) > _limit(steps[place + 1 :], most)):
            branches = [_fill(Branch(key), part, steps[place + 1 :], most) for key, part in parts]
            return _ranges(branches)
    return []


def _fill(branch: Branch, nodes: Sequence[Node], steps: Sequence[_Step], most: int) -> Branch:
    """Put branches, or else leaves, below a branch."""
    branch.branches = _grow(nodes, steps, most)
    if not branch.branches and len(nodes) > MOST_ROWS:
        branch.branches = [Branch(_range(start), leaves=nodes[start : start + MOST_ROWS]) for start in _starts(nodes)]
    elif not branch.branches:
        branch.leaves = nodes
    return branch


def _split(nodes: Iterable[Node], divide: Divide) -> list[tuple[Key, list[Node]]]:
    """Return the nodes by group, the groups in their order."""
    keys: dict[str, Key] = {}
    found: dict[str, list[Node]] = {}
    for node in nodes:
        key = divide(node)
        keys.setdefault(key.key, key)
        found.setdefault(key.key, []).append(node)
    return [(key, found[key.key]) for key in sorted(keys.values(), key=lambda key: key.order)]


def _rows(nodes: Sequence[Node], steps: Sequence[_Step]) -> int:
    """Return how many rows there are if nothing but what is always divided is divided."""
    divide = next((step.divide for step in steps if step.always), None)
    return len({divide(node).key for node in nodes}) if divide else len(nodes)


def _limit(steps: Sequence[_Step], most: int) -> int:
    """Return how many rows are too many: `most` of leaves, the usual number of groups."""
    return MOST_ROWS if any(step.always for step in steps) else most


def _ranges(branches: list[Branch]) -> list[Branch]:
    """Put too many branches into branches by number."""
    if len(branches) <= MOST_ROWS:
        return branches
    return [Branch(_range(start), branches=branches[start : start + MOST_ROWS]) for start in _starts(branches)]


def _starts(rows: Sequence[object]) -> range:
    return range(0, len(rows), MOST_ROWS)


def _range(start: int) -> Key:
    name = f"{start + 1}–{start + MOST_ROWS}"
    return Key("range", str(start + 1), (start,), name, name)


def _flatten(branches: Iterable[Branch], tree: str, above: str, parent: int, start: int) -> Iterator[Group]:
    """Yield the groups in display order; `start` is the place of the first."""
    place = start
    for branch in branches:
        name = branch.key.key if branch.key.kind == "document" else f"{above or tree}.{branch.key.key}"
        leaves = tuple(node.id for node in branch.leaves)
        yield Group(name, tree, branch.key, parent, leaves, branch.open)
        below = list(_flatten(branch.branches, tree, name, place, place + 1))
        yield from below
        place += 1 + len(below)
