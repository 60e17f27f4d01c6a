"""Blocks to numbered items, and items to a tree by the rank of their numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lexicons.numbering import Numbering, Numeral
from kg.model.types import Block, Document, Section, Span
from kg.text.fold import fold

_CLOSING, _LISTED = "closing", "arabic"
_ITEM_INSIDE = re.compile(r"(?<=[。;；)）])\s*(?=\d{1,3}\s?[.、])|(?<=。)\s+(?=[(][^()\d]{1,3}[)])")


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
    """Yield the items in text order; what stands in a box or in the list of attachments opens none."""
    text = fold(document.text)
    held = _Held()
    for block in _lines(document):
        line = text[block.span.start : block.span.end]
        if numbering.is_contents(line):
            continue
        numeral = numbering.attachment(line)
        if numeral is not None or numbering.lists_attachments(line):
            held = _Held(listing=numeral is None)
            numeral = numeral or Numeral(_CLOSING, -1, "", 0, len(line))
            yield _Item(numeral, block.span.start, Span(block.span.end, block.span.end))
            continue
        held = held.after(line, numbering)
        for start, end in _pieces(text, block.span, numbering, held.around):
            numeral = numbering.at(text, start)
            held = held.meeting(numeral)
            if numeral is not None and not held.keeps:
                yield _Item(numeral, start, Span(_skip_blank(text, numeral.end, end), end))


@dataclass(frozen=True, slots=True)
class _Held:
    """What keeps numerals from opening items: a box in `around`, whose last item is `last`, or a list of attachments.

    `keeps` tells whether the numeral just met is kept.
    """

    around: Numeral | None = None
    boxed: bool = False
    last: Numeral | None = None
    listing: bool = False
    keeps: bool = False

    def after(self, line: str, numbering: Numbering) -> _Held:
        """Return the state once `line` begins."""
        if numbering.opens_box(line):
            return replace(self, boxed=self.around is not None, last=None)
        return replace(self, listing=self.listing and numbering.starts_item(line))

    def meeting(self, numeral: Numeral | None) -> _Held:
        """Return the state once `numeral` is met at the head of a line, or none."""
        if numeral is None or (self.listing and numeral.style == _LISTED):
            return replace(self, keeps=self.listing)
        if self.boxed and self.around is not None and not self._goes_on(numeral, self.around):
            return replace(self, last=numeral, keeps=True)
        return _Held(around=numeral)

    def _goes_on(self, numeral: Numeral, around: Numeral) -> bool:
        """Tell whether a numeral behind a box goes on with the count around the box rather than the one in it."""
        if numeral.rank != around.rank:
            return numeral.rank < around.rank
        in_box = self.last is not None and _follows(numeral, self.last)
        return numeral.value > around.value and not in_box


def _lines(document: Document) -> Iterator[Block]:
    seen = -1
    for block in document.blocks:
        if block.kind != "cell" and block.span.start > seen:
            seen = block.span.start
            yield block


def _pieces(text: str, span: Span, numbering: Numbering, last: Numeral | None) -> Iterator[tuple[int, int]]:
    """Part a block where a count goes on after a full stop or a bracket: its own, or that of the item before."""
    start, count = span.start, numbering.at(text, span.start) or last
    for match in _ITEM_INSIDE.finditer(text, span.start + 1, span.end):
        numeral = numbering.at(text, match.end())
        if numeral is not None and count is not None and count.value and _follows(numeral, count):
            yield start, match.start()
            start, count = match.end(), numeral
    yield start, span.end


def _follows(numeral: Numeral, count: Numeral) -> bool:
    return numeral.style == count.style and numeral.value == count.value + 1


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
        if item.numeral.style == _CLOSING:
            continue
        yield Section(
            path=tuple(entry.numeral.label for entry, _ in open_ if entry.numeral.label),
            span=Span(item.start, _end(document, item, following, end)),
            head=item.line,
            style=item.numeral.style,
            leaf=not following or following[0].numeral.rank <= item.numeral.rank,
            tags=tags,
        )


def _heading(line: str) -> str:
    return re.split(r"[。：:\s]", line, maxsplit=1)[0]


def _idle_tag(document: Document, item: _Item, numbering: Numbering) -> frozenset[str]:
    line = document.quote(item.line)
    idle = numbering.is_idle_item(line) or (item.numeral.style == "article" and numbering.is_idle(line))
    return frozenset({"idle"}) if idle else frozenset()


def _end(document: Document, item: _Item, following: Sequence[_Item], end: int) -> int:
    """An item ends where the next of its own or a higher rank begins, blanks before that left out."""
    after = next((other.start for other in following if other.numeral.rank <= item.numeral.rank), end)
    return item.start + len(document.text[item.start : after].rstrip())
