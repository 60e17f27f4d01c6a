"""Blocks to numbered items, and items to a tree by the rank of their numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lexicons.numbering import Numbering, Numeral
from kg.model.document import Block, Document, Section, Span

_CLOSING, _LISTED, _ARTICLE = "closing", "arabic", "article"
_ITEM_INSIDE = re.compile(r"(?<=[。;；)）])\s*(?=\d{1,3}\s?[.、])|(?<=。)\s+(?=[(][^()\d]{1,3}[)])")


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item before it has a place in the tree; `line` is the rest of its first block."""

    numeral: Numeral
    start: int
    line: Span


def find_sections(document: Document, folded: str, numbering: Numbering) -> tuple[Section, ...]:
    """Return the numbered items of a document in text order, each with all that stands under it.

    `folded` is the document's text, folded. A numeral opens an item at the head of a block, or inside one where the
    count goes on (（…）１０．…). The text before the first numeral belongs to no section.
    """
    items = list(_items(document, folded, numbering))
    ends = _ends(document, items, _closing(document, items, numbering))
    return tuple(_sections(document, items, ends, numbering))


def _items(document: Document, text: str, numbering: Numbering) -> Iterator[_Item]:
    """Yield the items in text order; what stands in a box or in the list of attachments opens none."""
    state = _State()
    tops = _decimal_tops(document, text, numbering)
    for block in _lines(document):
        line = text[block.span.start : block.span.end]
        if numbering.is_contents(line):
            continue
        numeral = numbering.attachment(line)
        if numeral is not None or numbering.lists_attachments(line):
            state = _State(listing=numeral is None)
            numeral = numeral or Numeral(_CLOSING, -1, "", 0, len(line))
            yield _Item(numeral, block.span.start, Span(block.span.end, block.span.end))
            continue
        state.begin_line(line, numbering)
        for start, end in _pieces(text, block.span, numbering, state.around):
            numeral = numbering.at(text, start)
            if numeral is None and tops and (head := numbering.heads_decimals(line)) and head.label in tops:
                numeral = replace(head, end=start + head.end)
            if numeral is not None and state.opens_item(numeral):
                yield _Item(numeral, start, Span(_skip_blank(text, numeral.end, end), end))


def _decimal_tops(document: Document, text: str, numbering: Numbering) -> frozenset[str]:
    """Return the first numbers of the decimal numbers that lines begin with: 5 where one begins with 5.1."""
    starts = (block.span.start for block in _lines(document) if text[block.span.start : block.span.start + 1].isdigit())
    numerals = (numbering.at(text, start) for start in starts)
    return frozenset(numeral.above.partition(".")[0] for numeral in numerals if numeral is not None and numeral.above)


@dataclass(slots=True)
class _State:
    """What is remembered from line to line: numerals inside a box or in the list of attachments open no item.

    Attributes:
        around: the last numeral that opened an item.
        boxed: whether the lines stand in a box under that item.
        last: the last numeral in the box.
        listing: whether the lines list attachments.
    """

    around: Numeral | None = None
    boxed: bool = False
    last: Numeral | None = None
    listing: bool = False

    def begin_line(self, line: str, numbering: Numbering) -> None:
        """Note whether `line` heads a box, or ends the list of attachments."""
        if numbering.opens_box(line):
            self.boxed, self.last = self.around is not None, None
        elif self.listing:
            self.listing = numbering.starts_item(line)

    def opens_item(self, numeral: Numeral) -> bool:
        """Tell whether a numeral at the head of a line opens an item, and remember it."""
        if self.listing and numeral.style == _LISTED:
            return False
        if self.boxed and self.around is not None and not self._goes_on(numeral, self.around):
            self.last = numeral
            return False
        self.around, self.boxed, self.last, self.listing = numeral, False, None, False
        return True

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


def _ends(document: Document, items: Sequence[_Item], closing: int) -> list[int]:
    """Return where each item ends: before the next of its own or a higher rank, blanks there left out."""
    behind = [closing] * len(items)
    open_: list[int] = []
    for number, item in enumerate(items):
        while open_ and _ends_before(items[open_[-1]].numeral, item.numeral):
            behind[open_.pop()] = item.start
        open_.append(number)
    ends = {end: _before_blanks(document.text, end) for end in set(behind)}  # where many items may end
    return [max(ends[end], item.start) for item, end in zip(items, behind, strict=True)]


def _ends_before(open_: Numeral, next_: Numeral) -> bool:
    """Tell whether an open item ends before the next: one of its own or a higher rank, or 5.1.6 behind 4.4."""
    other = bool(next_.above) and open_.style == next_.style and not f"{next_.label}.".startswith(f"{open_.label}.")
    return open_.rank >= next_.rank or other


def _before_blanks(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _sections(
    document: Document, items: Sequence[_Item], ends: Sequence[int], numbering: Numbering
) -> Iterator[Section]:
    above: list[tuple[_Item, frozenset[str]]] = []
    for number, (item, end) in enumerate(zip(items, ends, strict=True), 1):
        while above and _ends_before(above[-1][0].numeral, item.numeral):
            above.pop()
        inherited = above[-1][1] if above else frozenset()
        tags = inherited | numbering.tags(_heading(document.quote(item.line))) | _idle_tag(document, item, numbering)
        above.append((item, tags))
        if item.numeral.style == _CLOSING:
            continue
        yield Section(
            path=tuple(entry.numeral.label for entry, _ in above if entry.numeral.label),
            span=Span(item.start, end),
            head=item.line,
            style=item.numeral.style,
            leaf=number == len(items) or items[number].numeral.rank <= item.numeral.rank,
            tags=tags,
        )


def _heading(line: str) -> str:
    return re.split(r"[。：:\s]", line, maxsplit=1)[0]


def _idle_tag(document: Document, item: _Item, numbering: Numbering) -> frozenset[str]:
    line = document.quote(item.line)
    idle = numbering.is_idle if item.numeral.style == _ARTICLE else numbering.is_idle_list
    return frozenset({"idle"}) if numbering.is_idle_item(line) or idle(line) else frozenset()
