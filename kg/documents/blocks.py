"""What every format is read into: blocks of text before they have a place in the document's text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.model.document import BlockKind

StartsItem = Callable[[str], bool]
"""Tells whether a line begins a numbered item."""


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block before it has a place in the text; `bold` where all of it is set bold, `loose` outside any paragraph."""

    text: str
    kind: BlockKind = "paragraph"
    bold: bool = False
    loose: bool = False
    table: int = -1
    row: int = -1
    column: int = -1
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A file as its format gives it.

    Attributes:
        blocks: in reading order.
        meta: what the file itself says about the document.
        unread: what in the file could not be read, such as a page without text.
    """

    blocks: tuple[RawBlock, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[InputError, ...] = ()
