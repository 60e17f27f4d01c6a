"""What measures are made of: what a clause of a policy binds to, and the paragraphs and points of a page of news.

A clause binds to the numbered item, to the part of it since the clause before, or to everything below a
heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.clauses import Clause
from kg.extractors.measures import Measure
from kg.extractors.reading import Reading
from kg.lexicons.announcements import Announcements
from kg.model.document import Section, Span, content_id
from kg.text.spans import SpanIndex

_IDLE = frozenset({"overview", "goals", "background", "supplementary", "conditions", "idle"})
_DEEP = frozenset({"bracket-arabic", "arabic-bracket", "circled", "point"})
_LONGEST_LABEL = 120
POINT = "point"


@dataclass(frozen=True, slots=True)
class Bound:
    """A clause with what it binds to; `heading` clauses hold for everything under their section."""

    clause: Clause
    section: Section | None
    measure: Measure
    heading: bool = False


def bind_clauses(reading: Reading) -> list[Bound]:
    """Bind every clause of a reading to its measure, in text order.

    One clause in an item binds to the item. Of several, each in brackets or behind a label binds to the text since
    the one before it, each in running text to its own sentence.
    """
    units = _Units(reading)
    by_unit: dict[Span, list[tuple[Clause, Section | None]]] = {}
    bound: list[Bound] = []
    for clause in reading.clauses:
        if clause.task is not None or clause.form == "default-group":
            task = clause.task or clause.span
            section = reading.tree.at(task.start)
            bound.append(Bound(clause, section, measure_of_stretch(reading, section, task)))
            continue
        unit = units.of(reading.tree.at(clause.span.start))
        around = unit.span if unit else units.paragraph(clause.span.start)
        by_unit.setdefault(around, []).append((clause, unit))
    bound += [one for around, group in by_unit.items() for one in _bind_group(reading, around, group)]
    return sorted(bound, key=lambda one: one.clause.span)


class _Units:
    """Finds the item or the paragraph that a clause is about."""

    def __init__(self, reading: Reading) -> None:
        self._document, self._tree = reading.document, reading.tree
        self._blocks = SpanIndex(dict.fromkeys(block.span for block in reading.document.blocks), lambda span: span)
        self._own: Counter[Span] = Counter()  # how many clauses an item holds that none below it holds
        self._all: Counter[Span] = Counter()
        for clause in reading.clauses:
            holders = self._holders(clause.span)
            self._own.update(holder.span for holder in holders[:1])
            self._all.update(holder.span for holder in holders)

    def _holders(self, span: Span) -> list[Section]:
        """Return the items that hold all of `span`, from the innermost outwards."""
        innermost = self._tree.at(span.start)
        around = [innermost, *self._tree.above(innermost)] if innermost else []
        return [section for section in around if section.span.contains(span)]

    def paragraph(self, offset: int) -> Span:
        """Return the block that holds `offset`, else the whole document."""
        return self._blocks.at(offset) or self._document.span

    def of(self, section: Section | None) -> Section | None:
        """Climb from a sub-item whose fellows have no clause of their own to the item that the clause closes."""
        while section is not None and section.style in _DEEP:
            parent = self._tree.parent(section)
            if parent is None or len(self._tree.below(parent)) == 1 or self._fellows_have_clauses(parent, section):
                break
            section = parent
        return section

    def _fellows_have_clauses(self, parent: Section, section: Section) -> bool:
        """Tell whether what stands below `parent`, itself and `section` left out, holds a clause."""
        return self._all[parent.span] > self._own[parent.span] + self._own[section.span]


def _bind_group(reading: Reading, around: Span, group: Sequence[tuple[Clause, Section | None]]) -> Iterator[Bound]:
    section = group[0][1]
    whole = measure_of_paragraph(reading, around) if section is None else measure_of(reading, section)
    if len(group) == 1:
        clause = group[0][0]
        yield Bound(clause, section, whole, heading=_is_heading(reading, section, clause))
        return
    end = section.head.start if section is not None else whole.span.start
    for part, (clause, _) in enumerate(group, 1):
        span = _part(reading, clause, end)
        end = max(end, clause.span.end)
        label = _label(reading.document.quote(span))
        id_ = content_id(whole.id, part, label)
        yield Bound(
            clause, section, Measure(id_, whole.document, whole.path, span, label, whole.actors, part, whole.id)
        )


def _part(reading: Reading, clause: Clause, end: int) -> Span:
    """Return what one of several clauses in an item binds to; the clause before it ends at `end`."""
    text, start = reading.document.text, end
    if clause.form == "running":
        start = max(end, max(text.rfind(stop, end, clause.span.start) + 1 for stop in "。；;\n"))
    start = min(start, clause.span.start)  # a clause in brackets may stand inside one that runs on around it
    between = text[start : clause.span.start]
    return Span(start + len(between) - len(between.lstrip("。；;，, \n\t")), clause.span.end)


def _is_heading(reading: Reading, section: Section | None, clause: Clause) -> bool:
    """A heading is one sentence; where a paragraph of several stands before the clause, the clause is its own."""
    if section is None or section.leaf or not section.head.contains(clause.span):
        return False
    before = reading.document.quote(Span(section.head.start, clause.span.start))
    return not any(mark in before.rstrip("。 ") for mark in "。；;")


def measure_of(reading: Reading, section: Section) -> Measure:
    """Return the measure that a numbered item states."""
    label = _label(reading.document.quote(Span(section.head.start, section.span.end)))
    id_ = content_id("measure", reading.document.id, section.label, section.span.start)
    return Measure(id_, reading.document.id, section.label, section.span, label, reading.actors)


def measure_of_stretch(reading: Reading, section: Section | None, task: Span) -> Measure:
    """Return the measure that a table's row or a sentence of its own states."""
    id_ = content_id("measure", reading.document.id, "stretch", task.start)
    path = section.label if section else ""
    return Measure(id_, reading.document.id, path, task, _label(reading.document.quote(task)), reading.actors)


def measure_of_paragraph(reading: Reading, span: Span) -> Measure:
    """Return the measure that an unnumbered paragraph states."""
    id_ = content_id("measure", reading.document.id, "", span.start)
    return Measure(id_, reading.document.id, "", span, _label(reading.document.quote(span)), reading.actors)


def is_idle(section: Section) -> bool:
    """Tell whether a section sets no task: goals, principles, background, purpose."""
    return bool(section.tags & _IDLE)


def _label(text: str) -> str:
    """Return the first sentence, without brackets that a clause fills, cut where it runs long."""
    first = re.split(r"[。；\n]", text.lstrip("，,、:： \t\n"), maxsplit=1)[0].strip()
    return first if len(first) <= _LONGEST_LABEL else first[: _LONGEST_LABEL - 1] + "…"


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


def articles(reading: Reading, words: Announcements) -> Iterator[tuple[bool, list[Piece]]]:
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


def style_of(piece: Piece) -> str:
    """Return how a piece is numbered."""
    return piece.section.style if piece.section is not None else POINT


def measure_of_piece(reading: Reading, piece: Piece) -> Measure:
    """Return the measure that a paragraph or a point states."""
    if piece.section is not None and piece.is_point:
        return replace(measure_of(reading, piece.section), span=piece.span, path=piece.path)
    return replace(measure_of_paragraph(reading, piece.words), span=piece.span, path=piece.path)
