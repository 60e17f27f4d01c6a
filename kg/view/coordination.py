"""The network of bodies: who leads with whose support, its communities, and the order in which bodies stand in a ring.

All is worked out on whole numbers in place of identifiers, because the order of a set of numbers, unlike that of a set
of texts, is the same in every run. Positions are plain arithmetic: those of numerical libraries differ in the last
digit from machine to machine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import atan2, cos, fsum, pi, sin, sqrt
from typing import TYPE_CHECKING

from kg.view.data import Edge, ViewData

if TYPE_CHECKING:
    import networkx as nx

_SWEEPS = 8
_SEED = 1
_GOLDEN = pi * (3 - sqrt(5))


@dataclass(frozen=True, slots=True)
class Member:
    """A body in the network: `x` and `y` lie in a square from 0 to 1; `community` counts from 0; `weight` is measures.

    A body that takes part in no pair has weight 0 and stands in a community by itself at the end, together with others.
    """

    id: str
    x: float
    y: float
    community: int
    weight: int


@dataclass(frozen=True, slots=True)
class Coordination:
    """The members in the order of the ring, community by community; `heads` are the heaviest bodies of each."""

    members: tuple[Member, ...]
    heads: tuple[str, ...]


def coordinate(data: ViewData) -> Coordination:
    """Return the network of the bodies of `data`, from stated roles alone."""
    bodies = [node.id for node in data.nodes if node.kind in {"agency", "group"}]
    number = {body: place for place, body in enumerate(bodies)}
    pairs = Counter((number[lead], number[support]) for lead, support in pair_up(data.edges))
    graph = _undirected(pairs, len(bodies))
    strength = Counter(dict(graph.degree(weight="weight")))
    communities = _communities(graph, strength)
    ring = _arrange_ring(graph, communities)
    places = _places(ring)
    members = tuple(
        Member(bodies[body], *places[body], community, strength[body])
        for community, group in enumerate(ring)
        for body in group
    )
    return Coordination(members, tuple(bodies[max(group, key=lambda body: (strength[body], -body))] for group in ring))


def pair_up(edges: Iterable[Edge]) -> Iterator[tuple[str, str]]:
    """Yield leading and supporting body for each pair in a measure; nobody supports itself."""
    leads: dict[str, set[str]] = defaultdict(set)
    supports: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.kind in {"lead", "support"} and not edge.inferred:
            (leads if edge.kind == "lead" else supports)[edge.source].add(edge.target)
    for measure in sorted(leads.keys() & supports.keys()):
        yield from (pair for pair in product(sorted(leads[measure]), sorted(supports[measure])) if pair[0] != pair[1])


def _undirected(pairs: Mapping[tuple[int, int], int], count: int) -> nx.Graph[int]:
    import networkx as nx  # noqa: PLC0415  # takes long to load, and most commands draw nothing

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for (lead, support), weight in sorted(pairs.items()):
        before = graph.get_edge_data(lead, support, {"weight": 0})["weight"]
        graph.add_edge(lead, support, weight=before + weight)
    return graph


def _communities(graph: nx.Graph[int], strength: Mapping[int, int]) -> list[list[int]]:
    """Return the communities by Louvain's method, the heaviest first; bodies without a partner come last, together."""
    import networkx as nx  # noqa: PLC0415  # as above

    alone = sorted(nx.isolates(graph))
    joined = graph.subgraph(body for body in graph if graph.degree(body))
    found = nx.community.louvain_communities(joined, weight="weight", seed=_SEED) if joined else []
    groups = [sorted(group) for group in found]
    groups.sort(key=lambda group: (-sum(strength[body] for body in group), group))
    return [*groups, alone] if alone else groups


# --- the ring ---


def _arrange_ring(graph: nx.Graph[int], communities: Sequence[list[int]]) -> list[list[int]]:
    """Return the communities in an order that puts those beside each other that share most, members turned to partners.

    Members start by weight; each sweep puts them in the direction of their partners' middle, and the best sweep stays.
    """
    ring = _chain(graph, communities)
    best, shortest = ring, _length(graph, ring)
    for _ in range(_SWEEPS):
        angles = _angles(ring)
        ring = [_turn(graph, group, angles) for group in ring]
        if (length := _length(graph, ring)) < shortest:
            best, shortest = ring, length
    return best


def _chain(graph: nx.Graph[int], communities: Sequence[list[int]]) -> list[list[int]]:
    """Return the communities from the heaviest on, each time the one that shares most with the last."""
    of = {body: place for place, group in enumerate(communities) for body in group}
    shared: Counter[tuple[int, int]] = Counter()
    for one, other, edge in graph.edges(data=True):
        shared[of[one], of[other]] += edge["weight"]
        shared[of[other], of[one]] += edge["weight"]
    rest = list(range(len(communities)))
    order = rest[:1]
    rest = rest[1:]
    while rest:
        following = max(rest, key=lambda place: (shared[order[-1], place], -place))
        rest.remove(following)
        order.append(following)
    return [communities[place] for place in order]


def _angles(ring: Sequence[Sequence[int]]) -> dict[int, float]:
    bodies = [body for group in ring for body in group]
    return {body: 2 * pi * place / len(bodies) for place, body in enumerate(bodies)}


def _turn(graph: nx.Graph[int], group: Sequence[int], angles: Mapping[int, float]) -> list[int]:
    """Return the members by the direction in which their partners lie, seen from the middle of their community."""
    if not group:
        return []
    middle = angles[group[len(group) // 2]]

    def direction(body: int) -> float:
        partners = graph[body].items()
        x = sum(edge["weight"] * cos(angles[partner] - middle) for partner, edge in partners)
        y = sum(edge["weight"] * sin(angles[partner] - middle) for partner, edge in partners)
        return round(atan2(y, x), 9) if partners else 0.0

    return sorted(group, key=lambda body: (direction(body), body))


def _length(graph: nx.Graph[int], ring: Sequence[Sequence[int]]) -> float:
    """Return the weighted length of all chords."""
    angles = _angles(ring)
    chords = (edge["weight"] * abs(sin((angles[a] - angles[b]) / 2)) for a, b, edge in graph.edges(data=True))
    return round(fsum(chords), 6)


# --- positions in the square ---


def _places(ring: Sequence[Sequence[int]]) -> dict[int, tuple[float, float]]:
    """Return a place for each body: communities on a circle with room by size, members in a spiral about its middle."""
    total = sum(map(len, ring)) or 1
    places = {}
    passed = 0.0
    for group in ring:
        share = len(group) / total
        turn = 2 * pi * (passed + share / 2)
        passed += share
        away = 0.0 if len(ring) == 1 else 0.32
        centre = (0.5 + away * cos(turn), 0.5 + away * sin(turn))
        reach = min(0.45 if len(ring) == 1 else 0.17, 0.3 * sqrt(share) + 0.02)
        for place, body in enumerate(group):
            radius, angle = reach * sqrt((place + 0.5) / len(group)), place * _GOLDEN
            places[body] = (round(centre[0] + radius * cos(angle), 4), round(centre[1] + radius * sin(angle), 4))
    return places
