"""What a clause binds to: the numbered item, or the part of it since the clause before; everything below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extractors.clauses.clause import Clause
from kg.extractors.reading import Reading
from kg.extractors.sections.tree import section_at
from kg.model.types import Measure, Section, Span, content_id

_IDLE = frozenset({"overview", "goals", "background", "supplementary", "conditions", "idle"})
_DEEP = frozenset({"bracket-arabic", "arabic-bracket", "circled", "point"})
_LONGEST_LABEL = 120


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
    by_unit: dict[str, list[tuple[Clause, Section | None]]] = {}
    bound: list[Bound] = []
    for clause in reading.clauses:
        if clause.task is not None or clause.form == "default-group":
            task = clause.task or clause.span
            section = section_at(reading.sections, task.start)
            bound.append(Bound(clause, section, measure_of_stretch(reading, section, task)))
            continue
        unit = unit_of(reading, section_at(reading.sections, clause.span.start))
        by_unit.setdefault(_key(unit, reading, clause), []).append((clause, unit))
    bound += [one for group in by_unit.values() for one in _bind_group(reading, group)]
    return sorted(bound, key=lambda one: one.clause.span)


def _key(unit: Section | None, reading: Reading, clause: Clause) -> str:
    return str(unit.span) if unit else str(_paragraph(reading, clause.span.start))


def unit_of(reading: Reading, section: Section | None) -> Section | None:
    """Climb from a sub-item whose earlier siblings have no clause of their own to the item that the clause closes."""
    if section is None or section.style not in _DEEP:
        return section
    parent = next(
        (other for other in reading.sections if other.path == section.path[:-1] and other.span.contains(section.span)),
        None,
    )
    siblings = [
        other
        for other in reading.sections
        if parent and parent.span.contains(other.span) and other is not parent and other is not section
    ]
    told = any(other.span.contains(clause.span) for other in siblings for clause in reading.clauses)
    return section if parent is None or told or not siblings else unit_of(reading, parent)


def _bind_group(reading: Reading, group: Sequence[tuple[Clause, Section | None]]) -> Iterator[Bound]:
    section = group[0][1]
    if section is None:
        whole = measure_of_paragraph(reading, _paragraph(reading, group[0][0].span.start))
    else:
        whole = measure_of(reading, section)
    if len(group) == 1:
        clause = group[0][0]
        yield Bound(clause, section, whole, heading=_is_heading(reading, section, clause))
        return
    end = section.head.start if section is not None else whole.span.start
    for part, (clause, _) in enumerate(group, 1):
        span = _part(reading, whole, clause, end)
        end = max(end, clause.span.end)
        label = _label(reading.document.quote(span))
        id_ = content_id(whole.id, part, label)
        yield Bound(
            clause, section, Measure(id_, whole.document, whole.path, span, label, whole.actors, part, whole.id)
        )


def _part(reading: Reading, whole: Measure, clause: Clause, end: int) -> Span:
    start = end
    if clause.form == "running":
        text = reading.document.text
        start = max(end, max(text.rfind(stop, whole.span.start, clause.span.start) + 1 for stop in "。；;\n"))
    start = min(start, clause.span.start)  # a clause in brackets may stand inside one that runs on around it
    between = reading.document.text[start : clause.span.start]
    return Span(start + len(between) - len(between.lstrip("。；;，, \n\t")), clause.span.end)


def _is_heading(reading: Reading, section: Section | None, clause: Clause) -> bool:
    """A heading is one sentence; where a paragraph of several stands before the clause, the clause is its own."""
    if section is None or section.leaf or not section.head.contains(clause.span):
        return False
    before = reading.document.quote(Span(section.head.start, clause.span.start))
    return not any(mark in before.rstrip("。 ") for mark in "。；;")


def _paragraph(reading: Reading, at: int) -> Span:
    return next(
        (block.span for block in reading.document.blocks if block.span.start <= at < block.span.end),
        reading.document.span,
    )


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
