"""What a page of a PDF is made of: signs and rules, in points from the lower left corner as the page is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """One character: where it begins and ends on its line, the height of its line, its size."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point that tells which cell of a table holds it."""
        return (self.left + self.right) / 2, self.base + self.size / 3


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` (its height if it lies, else its distance from the left), from `start` to `end`."""

    lies: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size, its characters in the order they were set, and its ruled lines."""

    width: float
    height: float
    signs: tuple[Sign, ...]
    rules: tuple[Rule, ...]
