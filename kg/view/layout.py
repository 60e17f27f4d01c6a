"""Where everything stands: measures in the middle in the order of reading, bodies on both sides grouped by level.

Columns are used rather than a force simulation because every label then has a row of its own, a role's edges leave
a measure like a fan, and the picture of the same graph is always the same. Units are CSS pixels at zoom 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil
from statistics import fmean
from typing import Literal

import networkx as nx

from kg.view.data import ROLES, Node, ViewData

Side = Literal["left", "middle", "right"]

ROW = 26
"""Height of a row, enough for one line of text."""
COLUMN = 200
"""Width of a column, enough for fourteen Chinese characters."""
MARGIN = 28
"""Blank between two columns of one side."""

_SCREEN = (1000, 800)
_FEWEST_ROWS = 14
_LEVELS = ("country", "vertical", "province", "prefecture", "county", "zone", "other", "group", "market", "member")
_STATED = (*ROLES, "announced")


@dataclass(frozen=True, slots=True)
class Place:
    """The middle of a node and the side of the picture on which it stands."""

    x: float
    y: float
    side: Side


@dataclass(frozen=True, slots=True)
class Block:
    """A headed stretch of a column: `key` is ``level:province`` or ``document:IRI``; `x` is the column's middle."""

    key: str
    side: Side
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Places by node identifier, and the blocks they stand in."""

    places: Mapping[str, Place]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """Nodes that stand together under one heading."""

    key: str
    nodes: tuple[Node, ...]


def arrange(data: ViewData) -> Layout:
    """Return a place for every node; depends on the data alone."""
    graph = _network(data)
    measures = _measure_sections(data)
    bodies = _body_sections(data)
    left, right = _balance(bodies)
    rows = _rows_per_column(*(sum(_height(section) for section in side) for side in (left, measures, right)))
    middle = _columns(measures, rows)
    builder = _Builder(_gap(rows))
    builder.put_middle(middle)
    order = _by_neighbours(graph, builder.places)
    builder.put_side("left", _columns([_sorted(section, order) for section in left], rows))
    builder.put_side("right", _columns([_sorted(section, order) for section in right], rows))
    outer_left = [*_layer(data, "region", order), *_layer(data, "addressee", order)]
    builder.put_side("left", _columns(outer_left, rows))
    builder.put_side("right", _columns(_layer(data, "instrument", order), rows))
    return Layout(builder.places, tuple(builder.blocks))


def _network(data: ViewData) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in data.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in data.edges if edge.kind != "member")
    return graph


def _measure_sections(data: ViewData) -> list[_Section]:
    """Return the measures of each document in the order of reading, the oldest document first."""
    dates = {document.id: (document.date or document.published, document.id) for document in data.documents}
    found = defaultdict(list)
    for node in data.nodes:
        if node.kind == "measure":
            found[node.document].append(node)
    return [
        _Section(f"document:{document}", tuple(sorted(found[document], key=lambda node: (node.position, node.id))))
        for document in sorted(found, key=lambda document: dates.get(document, ("", document)))
    ]


def _body_sections(data: ViewData) -> list[_Section]:
    """Return the bodies by level, the highest first; those reached by inference alone come last."""
    stated = {edge.target for edge in data.edges if edge.kind in _STATED and not edge.inferred}
    found = defaultdict(list)
    for node in data.nodes:
        if node.kind in {"agency", "group"}:
            found[_level(node) if node.id in stated else "member"].append(node)
    known = {level: place for place, level in enumerate(_LEVELS)}
    levels = sorted(found, key=lambda level: (known.get(level, known["other"]), level))
    return [_Section(f"level:{level}", tuple(found[level])) for level in levels]


def _level(node: Node) -> str:
    if node.kind == "group":
        return "group"
    if node.vertical and node.level != "country":
        return "vertical"
    return node.level or "other"


def _layer(data: ViewData, kind: str, order: Mapping[str, float]) -> list[_Section]:
    nodes = tuple(node for node in data.nodes if node.kind == kind)
    return [_sorted(_Section(f"level:{kind}", nodes), order)] if nodes else []


def _balance(sections: Sequence[_Section]) -> tuple[list[_Section], list[_Section]]:
    """Share the sections between left and right as evenly as possible, the first one always left."""
    if not sections:
        return [], []
    first, *rest = sections
    choices = product((True, False), repeat=len(rest))
    best = min(choices, key=lambda choice: _imbalance(first, rest, choice))
    left = [first, *(section for section, is_left in zip(rest, best, strict=True) if is_left)]
    return left, [section for section, is_left in zip(rest, best, strict=True) if not is_left]


def _imbalance(first: _Section, rest: Sequence[_Section], choice: tuple[bool, ...]) -> int:
    signed = (_height(section) * (1 if is_left else -1) for section, is_left in zip(rest, choice, strict=True))
    return abs(_height(first) + sum(signed))


def _height(section: _Section) -> int:
    """Return how many rows a section takes with its heading and the blank after it."""
    return len(section.nodes) + 2


def _rows_per_column(*heights: int) -> int:
    """Return the column length at which the picture is largest on a screen; of equal ones the shortest."""

    def scale(rows: int) -> float:
        columns = sum(ceil(height / rows) for height in heights)
        width = columns * (COLUMN + MARGIN) + 2 * _gap(rows)
        return min(_SCREEN[0] / width, _SCREEN[1] / (rows * ROW))

    longest = max(*heights, _FEWEST_ROWS)
    return max(range(_FEWEST_ROWS, longest + 1), key=lambda rows: (scale(rows), -rows))


def _gap(rows: int) -> float:
    """Return the width left for the edges between bodies and measures; steep edges are hard to follow."""
    return max(110.0, rows * ROW * 0.16)


def _columns(sections: Iterable[_Section], rows: int) -> list[list[_Section]]:
    """Break the sections into columns of at most `rows` rows; a section that goes on repeats its heading."""
    columns: list[list[_Section]] = [[]]
    free = rows
    for section in sections:
        rest = section.nodes
        while rest:
            if free < min(len(rest), 2) + 1:
                columns.append([])
                free = rows
            taken, rest = rest[: free - 1], rest[free - 1 :]
            columns[-1].append(_Section(section.key, taken))
            free -= len(taken) + 2
    return [column for column in columns if column]


def _sorted(section: _Section, order: Mapping[str, float]) -> _Section:
    nodes = sorted(section.nodes, key=lambda node: (order.get(node.id, 0.0), node.label, node.id))
    return _Section(section.key, tuple(nodes))


def _by_neighbours(graph: nx.Graph[str], places: Mapping[str, Place]) -> dict[str, float]:
    """Return the mean height of each node's placed neighbours: sorted so, edges cross less."""
    return {
        node: fmean([places[other].y for other in sorted(graph[node]) if other in places] or [0.0])
        for node in sorted(graph)
        if node not in places
    }


class _Builder:
    """Puts columns beside each other, from the middle outwards."""

    def __init__(self, gap: float) -> None:
        self.places: dict[str, Place] = {}
        self.blocks: list[Block] = []
        self._gap = gap
        self._edge = {"left": 0.0, "right": 0.0}

    def put_middle(self, columns: Sequence[Sequence[_Section]]) -> None:
        """Put the measures, centred on nought."""
        step = COLUMN + MARGIN
        for place, column in enumerate(columns):
            self._put(column, (place - (len(columns) - 1) / 2) * step, "middle")
        half = max(len(columns), 1) * step / 2
        self._edge = {"left": -half - self._gap, "right": half + self._gap}

    def put_side(self, side: Literal["left", "right"], columns: Sequence[Sequence[_Section]]) -> None:
        """Put columns further out on one side; on the left the first is outermost, so that all read from the left."""
        sign = -1 if side == "left" else 1
        for column in reversed(columns) if side == "left" else columns:
            self._put(column, self._edge[side] + sign * COLUMN / 2, side)
            self._edge[side] += sign * (COLUMN + MARGIN)

    def _put(self, column: Sequence[_Section], x: float, side: Side) -> None:
        y = -(sum(_height(section) for section in column) - 1) * ROW / 2
        for section in column:
            height = (len(section.nodes) + 1) * ROW
            self.blocks.append(Block(section.key, side, x, y, height))
            for place, node in enumerate(section.nodes, start=1):
                self.places[node.id] = Place(x, y + (place + 0.5) * ROW, side)
            y += height + ROW
