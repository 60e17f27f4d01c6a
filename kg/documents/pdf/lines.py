"""Characters to lines, and lines to the paragraphs that were broken into them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kg.documents.blocks import StartsItem
from kg.documents.pdf.types import Char

_SENTENCE_ENDS = "。！？；："
_CLOSERS = "，。、；：！？）】》”’」』〕,.;:!?)%％"
_EDGE_LINES = 2  # a running head or foot is among the first or last lines of its page
_SAME_HEIGHT = 6.0
_COLUMN_ROWS = 6  # rows that each of two columns has at least
_FULL, _WIDEST = 3, 6  # how far full lines end apart, and how wide the blank between the columns is, in characters
_MIDDLE = 0.1  # how far from the middle the blank between them lies at most, in widths of the text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text: what it says, where it stands, and how much room its first word needs."""

    text: str
    page: int
    left: float
    right: float
    top: float
    size: float
    first: float


@dataclass(frozen=True, slots=True)
class _Column:
    """Where most lines of a document or a page begin and end, their size, and the distance between them."""

    left: float
    right: float
    size: float
    pitch: float


def find_lines(chars: Iterable[Char], page: int = 0) -> list[Line]:
    """Return the lines that characters stand on, from the top, those on a line from the left."""
    trimmed = (_trimmed(_from_left(row)) for row in _rows(chars))
    return [_line(row, page) for row in trimmed if row]


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Return the characters of each height, from the top, in the order they were set."""
    rows: list[list[tuple[int, Char]]] = []
    for at, char in sorted(enumerate(chars), key=lambda pair: -pair[1].base):
        if rows and abs(rows[-1][0][1].base - char.base) < 0.4 * max(rows[-1][0][1].size, char.size):
            rows[-1].append((at, char))
        else:
            rows.append([(at, char)])
    return [[char for _, char in sorted(row, key=lambda pair: pair[0])] for row in rows]


def stretches(chars: Sequence[Char]) -> list[list[Char]]:
    """Return the characters of each part of a page that is read by itself: one, or of a page in two columns several.

    Those are, from the top, what runs over both columns (a title, a head), then the left column and the right one.
    """
    rows = [inked for row in _rows(chars) if (inked := [char for char in row if not char.text.isspace()])]
    gutter = _gutter(rows) if len(rows) >= 2 * _COLUMN_ROWS else None
    if gutter is None:
        return [list(chars)]
    parts: list[list[Char]] = []
    for wide, band in groupby(_rows(chars), key=lambda row: _crosses(row, gutter)):
        held = [char for row in band for char in row]
        parts += [side for side in ([held] if wide else _sides(held, gutter)) if side]
    return parts


def _gutter(rows: Sequence[Sequence[Char]]) -> float | None:
    """Return where the blank between two columns of running text lies, or nothing.

    Few rows cross it, each side has rows, those of the left are full, and it is narrow: columns of a table are neither.
    """
    left, right = min(c.left for row in rows for c in row), max(c.right for row in rows for c in row)
    middle, near = (left + right) / 2, (right - left) * _MIDDLE
    places = [middle - near + step * near / 10 for step in range(21)]
    place = min(places, key=lambda x: (sum(_crosses(row, x) for row in rows), abs(x - middle)))
    sides = [_sides(row, place) for row in rows if not _crosses(row, place)]
    ends = [max(char.right for char in before) for before, _ in sides if before]
    starts = [min(char.left for char in behind) for _, behind in sides if behind]
    if min(len(ends), len(starts)) < _COLUMN_ROWS or 3 * len(sides) < 2 * len(rows):
        return None
    size = _size([char for row in rows for char in row])
    full = sum(max(ends) - end < _FULL * size for end in ends)
    return place if 2 * full > len(ends) and min(starts) - max(ends) < _WIDEST * size else None


def _sides(row: Sequence[Char], place: float) -> tuple[list[Char], list[Char]]:
    return [char for char in row if char.left < place], [char for char in row if char.left >= place]


def _crosses(row: Sequence[Char], place: float) -> bool:
    """Tell whether a row runs over a place: a character stands on it, or those beside it stand close together."""
    inked = [char for char in row if not char.text.isspace()]
    before = max((char.right for char in inked if char.left < place), default=None)
    behind = min((char.left for char in inked if char.left >= place), default=None)
    if before is None or (behind is None and before <= place):
        return False
    return before > place or (behind is not None and behind - before < 0.9 * inked[0].size)


def _from_left(row: list[Char]) -> list[Char]:
    """Order the runs of a row; within a run the order of setting holds, since signs of punctuation may overlap."""
    runs: list[list[Char]] = []
    for char in row:
        if runs and -0.7 * char.size < char.left - runs[-1][-1].left < 4 * char.size:
            runs[-1].append(char)
        else:
            runs.append([char])
    return [char for run in sorted(runs, key=lambda run: run[0].left) for char in run]


def _trimmed(row: list[Char]) -> list[Char]:
    """Return a row without the blanks at its ends, which would count as width."""
    inked = [at for at, char in enumerate(row) if not char.text.isspace()]
    return row[inked[0] : inked[-1] + 1] if inked else []


def _line(row: Sequence[Char], page: int) -> Line:
    return Line(_text(row), page, row[0].left, max(s.right for s in row), row[0].base, _size(row), _first_word(row))


def _size(chars: Sequence[Char]) -> float:
    """Return the size, to half a point, that most characters have."""
    return Counter(round(char.size * 2) / 2 for char in chars).most_common(1)[0][0]


def _text(row: Sequence[Char]) -> str:
    """Join characters; a gap is a blank where it is wider than those that fill the line, or beside Latin letters."""
    parts = [row[0].text]
    usual = _usual_gap(row)
    for before, char in pairwise(row):
        if char.text == before.text and char.left < (before.left + before.right) / 2:
            continue  # set twice to look bold
        blank = before.text.isspace() or char.text.isspace()
        parts += [" "] if not blank and _gap(before, char) > _widest_gap(before, char, usual) else []
        parts.append(char.text)
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _gap(before: Char, char: Char) -> float:
    return (char.left - before.right) / char.size if char.size else 0.0


def _usual_gap(row: Sequence[Char]) -> float:
    """Return the gap, in parts of a character, that setting a line full puts between its Chinese ones."""
    pairs = pairwise(row)
    gaps = sorted(_gap(a, b) for a, b in pairs if not a.text.isascii() and not b.text.isascii())
    return max(0.0, gaps[len(gaps) // 2]) if gaps else 0.0


def _widest_gap(before: Char, char: Char, usual: float) -> float:
    """Return the gap up to which nothing stands between two characters; Latin is set off from Chinese by a quarter."""
    latin = before.text.isascii(), char.text.isascii()
    return 0.2 if all(latin) else usual + (0.4 if any(latin) else 0.18)


def _first_word(row: Sequence[Char]) -> float:
    """Return the width of what cannot be parted at the head of a line: a Latin word, or a sign and its closers."""
    end = 1
    if row[0].text.isascii() and row[0].text.isalnum():
        while end < len(row) and row[end].text.isascii() and row[end].text.isalnum():
            end += 1
    while end < len(row) and row[end].text in _CLOSERS:
        end += 1
    return row[end - 1].right - row[0].left


def without_furniture(pages: Sequence[Sequence[Line]], is_noise: Callable[[str], bool]) -> list[list[Line]]:
    """Return the pages' lines without page numbers, and without heads and feet that stand on a third of the pages."""
    edges = [[*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]] for lines in pages]
    heights: dict[str, list[float]] = {}
    for lines in edges:
        for line in {id(line): line for line in lines}.values():
            heights.setdefault(_pattern(line), []).append(line.top)
    for tops in heights.values():
        tops.sort()
    wanted = max(2, len(pages) / 3)

    def is_furniture(line: Line, edge: Sequence[Line]) -> bool:
        if is_noise(line.text):
            return True
        tops = heights.get(_pattern(line), []) if line in edge else []
        same = bisect_left(tops, line.top + _SAME_HEIGHT) - bisect_right(tops, line.top - _SAME_HEIGHT)
        return same >= wanted

    return [[line for line in lines if not is_furniture(line, edge)] for lines, edge in zip(pages, edges, strict=True)]


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def join_lines(lines: Sequence[Line], starts_item: StartsItem) -> Iterator[str]:
    """Yield the paragraphs of a run of lines."""
    if not lines:
        return
    whole = _column(lines)
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    columns = {page: _column(held, whole) for page, held in by_page.items()}
    parts = [lines[0].text]
    for last, line in pairwise(lines):
        if _begins(last, line, columns, starts_item):
            yield join_texts(parts)
            parts = []
        parts.append(line.text)
    yield join_texts(parts)


def join_texts(parts: Sequence[str]) -> str:
    """Join the pieces of a paragraph: Latin words are parted by a blank, Chinese ones by nothing."""
    joined = list(parts[:1])
    for before, part in pairwise(parts):
        latin = before[-1:].isascii() and before[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha()
        joined.append(f" {part}" if latin else part)
    return "".join(joined)


def _column(lines: Sequence[Line], whole: _Column | None = None) -> _Column:
    """Measure the column; a page of few lines says too little, and takes the document's."""
    if whole is not None and len(lines) < 5:
        return whole
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < 0.1 * size] or list(lines)
    ends = sorted(line.right for line in body)
    pitches = Counter(
        round(before.top - line.top)
        for before, line in pairwise(body)
        if before.page == line.page and before.top > line.top
    )
    pitch = pitches.most_common(1)[0][0] if pitches else 2 * size
    return _Column(min(line.left for line in body), ends[-1 - len(ends) // 20], size, pitch)


def _begins(last: Line, line: Line, columns: dict[int, _Column], starts_item: StartsItem) -> bool:
    """Tell whether `line` begins a paragraph rather than going on with that of `last`."""
    column = columns[line.page]
    if abs(line.size - last.size) > 0.12 * max(line.size, last.size):
        return True
    drop = last.top - line.top
    if line.page == last.page and not 0 < drop <= 1.5 * max(column.pitch, 1.15 * line.size):
        return True
    if line.size > 1.15 * column.size:
        return starts_item(line.text) or line.text[0] in "(（〔["
    if line.left - column.left > 1.2 * line.size:
        return not _same_margin(last, line, columns)
    if starts_item(line.text) and last.text[-1] in _SENTENCE_ENDS + "）)":
        return True
    room = columns[last.page].right - last.right
    return room > line.first + 0.9 * line.size


def _same_margin(last: Line, line: Line, columns: dict[int, _Column]) -> bool:
    """Tell whether a whole paragraph is set in: the line before begins as far in, and is full."""
    full = columns[last.page].right - last.right < line.first + 0.9 * line.size
    return abs(last.left - line.left) < 0.5 * line.size and full and last.text[-1] not in _SENTENCE_ENDS
