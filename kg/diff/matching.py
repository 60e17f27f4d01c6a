"""Pairs the things of two builds by ever weaker keys, and at last by how alike they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Round(Generic[T]):
    """A key for either side; what gives an empty key takes no part.

    Things of one key go together in their order if there are as many on both sides, and with `lone` only if there is
    one on each: else none of them does, because a guess would mislead.
    """

    before: Callable[[T], Hashable]
    after: Callable[[T], Hashable]
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Pairing(Generic[T]):
    """Who goes with whom, and who is left on either side."""

    pairs: tuple[tuple[T, T], ...]
    gone: tuple[T, ...]
    added: tuple[T, ...]


def pair_up(
    before: Iterable[T],
    after: Iterable[T],
    rounds: Sequence[Round[T]],
    *,
    alike: Callable[[T, T], float] | None = None,
    least: float = 0.6,
) -> Pairing[T]:
    """Pair things in each round in turn, then those that are most `alike`, where they are so at least by `least`."""
    left, right = list(before), list(after)
    pairs: list[tuple[T, T]] = []
    for one_round in rounds:
        found = _by_key(left, right, one_round)
        pairs += found
        left, right = _without(left, [one for one, _ in found]), _without(right, [other for _, other in found])
    if alike:
        found = _by_likeness(left, right, alike, least)
        pairs += found
        left, right = _without(left, [one for one, _ in found]), _without(right, [other for _, other in found])
    return Pairing(tuple(pairs), tuple(left), tuple(right))


def _by_key(left: list[T], right: list[T], one_round: Round[T]) -> list[tuple[T, T]]:
    groups: defaultdict[Hashable, tuple[list[T], list[T]]] = defaultdict(lambda: ([], []))
    for one in left:
        groups[one_round.before(one)][0].append(one)
    for one in right:
        groups[one_round.after(one)][1].append(one)
    return [
        pair
        for key, (some, others) in groups.items()
        if key and len(some) == len(others) and (len(some) == 1 or not one_round.lone)
        for pair in zip(some, others, strict=True)
    ]


def _by_likeness(left: list[T], right: list[T], alike: Callable[[T, T], float], least: float) -> list[tuple[T, T]]:
    scored = [
        (-score, i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (score := alike(one, other)) >= least
    ]
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j]))
    return pairs


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """Return how alike two texts are, from 0 to 1; 0 where it is surely less than `least`.

    >>> likeness("发展绿色信贷", "大力发展绿色信贷")
    0.8571428571428571
    """
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _without(things: list[T], taken: list[T]) -> list[T]:
    ids = {id(one) for one in taken}
    return [one for one in things if id(one) not in ids]
