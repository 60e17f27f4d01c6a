"""Blocks to numbered items, and items to a tree by the rank of their numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lexicons.numbering import Numbering, Numeral
from kg.text import fold
from kg.types import Block, Document, Section, Span

_ITEM_INSIDE = re.compile(r"(?<=[。;；)）])\s*(?=\d{1,3}\s?[.、])")


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item before it has a place in the tree; `line` is the rest of its first block."""

    numeral: Numeral
    start: int
    line: Span


def find_sections(document: Document, numbering: Numbering) -> tuple[Section, ...]:
    """Return the numbered items of a document in text order, each with all that stands under it.

    A numeral opens an item at the head of a block, or inside one where the count goes on (（…）１０．…).
    The text before the first numeral belongs to no section.
    """
    items = list(_items(document, numbering))
    end = _closing(document, items, numbering)
    return tuple(_sections(document, items, end, numbering))


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """Return the innermost section that holds `offset`."""
    holding = [section for section in sections if section.span.start <= offset < section.span.end]
    return holding[-1] if holding else None


def _items(document: Document, numbering: Numbering) -> Iterator[_Item]:
    text = fold(document.text)
    for block in _lines(document):
        for start, end in _pieces(text, block.span, numbering):
            numeral = numbering.at(text, start)
            if numeral is not None:
                yield _Item(numeral, start, Span(_skip_blank(text, numeral.end, end), end))


def _lines(document: Document) -> Iterator[Block]:
    seen = -1
    for block in document.blocks:
        if block.kind != "cell" and block.span.start > seen:
            seen = block.span.start
            yield block


def _pieces(text: str, span: Span, numbering: Numbering) -> Iterator[tuple[int, int]]:
    """Part a block where the count of its own style goes on after a full stop or a closing bracket."""
    start = span.start
    expected = _value(numbering.at(text, start))
    for match in _ITEM_INSIDE.finditer(text, span.start + 1, span.end):
        numeral = numbering.at(text, match.end())
        if numeral is not None and expected and numeral.value == expected + 1:
            yield start, match.start()
            start, expected = match.end(), numeral.value
    yield start, span.end


def _value(numeral: Numeral | None) -> int:
    return numeral.value if numeral is not None and numeral.value else 0


def _skip_blank(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _closing(document: Document, items: Sequence[_Item], numbering: Numbering) -> int:
    """Return where the lines begin that close the document, or its end."""
    last = items[-1].line.end if items else document.span.end
    lines = (block.span for block in document.blocks if block.span.start >= last and block.kind != "cell")
    return next((line.start for line in lines if numbering.closes(document.quote(line))), document.span.end)


def _sections(document: Document, items: Sequence[_Item], end: int, numbering: Numbering) -> Iterator[Section]:
    open_: list[tuple[_Item, frozenset[str]]] = []
    for index, item in enumerate(items):
        while open_ and open_[-1][0].numeral.rank >= item.numeral.rank:
            open_.pop()
        inherited = open_[-1][1] if open_ else frozenset()
        tags = inherited | numbering.tags(_heading(document.quote(item.line))) | _idle_tag(document, item, numbering)
        open_.append((item, tags))
        following = items[index + 1 :]
        yield Section(
            path=tuple(entry.numeral.label for entry, _ in open_),
            span=Span(item.start, _end(document, item, following, end)),
            head=item.line,
            style=item.numeral.style,
            leaf=not following or following[0].numeral.rank <= item.numeral.rank,
            tags=tags,
        )


def _heading(line: str) -> str:
    return re.split(r"[。：:\s]", line, maxsplit=1)[0]


def _idle_tag(document: Document, item: _Item, numbering: Numbering) -> frozenset[str]:
    idle = item.numeral.style == "article" and numbering.is_idle(document.quote(item.line))
    return frozenset({"idle"}) if idle else frozenset()


def _end(document: Document, item: _Item, following: Sequence[_Item], end: int) -> int:
    """An item ends where the next of its own or a higher rank begins, blanks before that left out."""
    after = next((other.start for other in following if other.numeral.rank <= item.numeral.rank), end)
    return item.start + len(document.text[item.start : after].rstrip())
