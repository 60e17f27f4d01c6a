"""How a page of news falls into articles, paragraphs and points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.reading import Reading
from kg.lexicons.announcements import Announcements
from kg.model.document import Section, Span

# The style of a point that is counted inside a paragraph.
POINT = "point"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a point of one; `section` is the numbered item it heads, `path` that of a point.

    `begins` is where its words begin, behind the numeral.
    """

    span: Span
    begins: int
    section: Section | None = None
    path: str = ""

    @property
    def words(self) -> Span:
        """Where its words stand, without the numeral."""
        return Span(min(self.begins, self.span.end), self.span.end)

    @property
    def is_point(self) -> bool:
        """Tell whether it is a point of an enumeration."""
        return bool(self.path)


def articles_of(reading: Reading, words: Announcements) -> Iterator[tuple[bool, list[Piece]]]:
    """Part a page at its headings, which in a digest begin a new article; say whether a heading stood before."""
    pieces: list[Piece] = []
    headed, at, since = False, 0, 0
    for block in reading.document.blocks:
        begun: list[Section] = []
        while at < len(reading.sections) and reading.sections[at].span.start < block.span.end:
            begun.append(reading.sections[at])
            at += 1
        if block.kind == "heading" and not begun:
            yield headed, pieces
            headed, pieces, since = True, [], block.span.end
        elif block.kind != "cell" and reading.document.quote(block.span).strip() != reading.document.title:
            pieces += _pieces(reading, block.span, [(one, _path(reading, one, since)) for one in begun], words)
    yield headed, pieces


def _path(reading: Reading, section: Section, since: int) -> str:
    """Return the numerals of an item from the top of its article, which begins at `since`, down to its own."""
    above = sum(1 for one in reading.tree.above(section) if one.span.start < since)
    return "/".join(section.path[above:])


def _pieces(
    reading: Reading, span: Span, begun: Sequence[tuple[Section, str]], words: Announcements
) -> Iterator[Piece]:
    """Yield a paragraph, parted at the items that begin in it and at the points that are counted inside it."""
    heads = {one.span.start: Piece(span, one.head.start, one, path if one.leaf else "") for one, path in begun}
    above = begun[-1][1] if begun and begun[-1][0].style != POINT else ""
    marks = list(words.point_pattern.finditer(reading.folded, span.start, span.end))
    for match in marks if len(marks) > 1 else ():
        numeral = next(group for group in match.groups() if group)
        path = f"{above}/{numeral}" if above else numeral
        heads.setdefault(match.start(), Piece(span, match.end(), None, path))
    heads.setdefault(span.start, Piece(span, span.start))
    starts = sorted(heads)
    for start, end in zip(starts, [*starts[1:], span.end], strict=True):
        yield replace(heads[start], span=Span(start, end))
