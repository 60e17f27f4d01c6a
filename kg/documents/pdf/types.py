"""What a page of a PDF is made of: characters and ruled lines, in points from the lower left corner as shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Char:
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
class RuledLine:
    """A straight line: at `at` (its height if it lies, else its distance from the left), from `start` to `end`."""

    lies: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is shown.

    Attributes:
        chars: in the order they were set.
        ruled_lines: in the order they were drawn.
        pictured: whether it shows something that may be text, but is none that can be read: a picture, many curves.
    """

    chars: tuple[Char, ...]
    ruled_lines: tuple[RuledLine, ...]
    pictured: bool = False
