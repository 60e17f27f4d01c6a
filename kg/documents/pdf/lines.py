"""Signs to lines, and lines to the paragraphs that were broken into them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.documents.blocks import StartsItem
from kg.documents.pdf.types import Sign

_SENTENCE_ENDS = "。！？；："
_CLOSERS = "，。、；：！？）】》”’」』〕,.;:!?)%％"
_EDGE_LINES = 2  # a running head or foot is among the first or last lines of its page
_SAME_HEIGHT = 6.0


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


def find_lines(signs: Iterable[Sign], page: int = 0) -> list[Line]:
    """Return the lines that signs stand on, from the top, their signs from the left."""
    rows: list[list[tuple[int, Sign]]] = []
    for at, sign in sorted(enumerate(signs), key=lambda pair: -pair[1].base):
        if rows and abs(rows[-1][0][1].base - sign.base) < 0.4 * max(rows[-1][0][1].size, sign.size):
            rows[-1].append((at, sign))
        else:
            rows.append([(at, sign)])
    trimmed = (_trimmed(_from_left([sign for _, sign in sorted(row, key=lambda pair: pair[0])])) for row in rows)
    return [_line(row, page) for row in trimmed if row]


def _from_left(row: list[Sign]) -> list[Sign]:
    """Order the runs of a row; within a run the order of setting holds, since signs of punctuation may overlap."""
    runs: list[list[Sign]] = []
    for sign in row:
        if runs and -0.7 * sign.size < sign.left - runs[-1][-1].left < 4 * sign.size:
            runs[-1].append(sign)
        else:
            runs.append([sign])
    return [sign for run in sorted(runs, key=lambda run: run[0].left) for sign in run]


def _trimmed(row: list[Sign]) -> list[Sign]:
    """Return a row without the blanks at its ends, which would count as width."""
    inked = [at for at, sign in enumerate(row) if not sign.text.isspace()]
    return row[inked[0] : inked[-1] + 1] if inked else []


def _line(row: Sequence[Sign], page: int) -> Line:
    size = Counter(round(sign.size * 2) / 2 for sign in row).most_common(1)[0][0]
    return Line(_text(row), page, row[0].left, max(s.right for s in row), row[0].base, size, _first_word(row))


def _text(row: Sequence[Sign]) -> str:
    """Join signs; a gap is a blank where it is wider than those that fill the line, or beside Latin letters."""
    parts = [row[0].text]
    usual = _usual_gap(row)
    for before, sign in pairwise(row):
        if sign.text == before.text and sign.left < (before.left + before.right) / 2:
            continue  # set twice to look bold
        blank = before.text.isspace() or sign.text.isspace()
        parts += [" "] if not blank and _gap(before, sign) > _widest_gap(before, sign, usual) else []
        parts.append(sign.text)
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _gap(before: Sign, sign: Sign) -> float:
    return (sign.left - before.right) / sign.size if sign.size else 0.0


def _usual_gap(row: Sequence[Sign]) -> float:
    """Return the gap, in parts of a sign, that setting a line full puts between its Chinese signs."""
    pairs = pairwise(row)
    gaps = sorted(_gap(a, b) for a, b in pairs if not a.text.isascii() and not b.text.isascii())
    return max(0.0, gaps[len(gaps) // 2]) if gaps else 0.0


def _widest_gap(before: Sign, sign: Sign, usual: float) -> float:
    """Return the gap up to which nothing stands between two signs; Latin beside Chinese is set off by a quarter."""
    latin = before.text.isascii(), sign.text.isascii()
    return 0.2 if all(latin) else usual + (0.4 if any(latin) else 0.18)


def _first_word(row: Sequence[Sign]) -> float:
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
    wanted = max(2, len(pages) / 3)

    def is_furniture(line: Line, edge: Sequence[Line]) -> bool:
        if is_noise(line.text):
            return True
        same = [top for top in heights.get(_pattern(line), ()) if abs(top - line.top) < _SAME_HEIGHT]
        return line in edge and len(same) >= wanted

    return [[line for line in lines if not is_furniture(line, edge)] for lines, edge in zip(pages, edges, strict=True)]


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def join_lines(lines: Sequence[Line], starts_item: StartsItem) -> Iterator[str]:
    """Yield the paragraphs of a run of lines."""
    if not lines:
        return
    whole = _column(lines)
    columns = {page: _column([line for line in lines if line.page == page], whole) for page in {x.page for x in lines}}
    text, last = lines[0].text, lines[0]
    for line in lines[1:]:
        if _begins(last, line, columns, starts_item):
            yield text
            text = line.text
        else:
            text = join_texts(text, line.text)
        last = line
    yield text


def join_texts(text: str, more: str) -> str:
    """Join two halves of a paragraph: Latin words are parted by a blank, Chinese ones by nothing."""
    latin = text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return f"{text} {more}" if latin else text + more


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
