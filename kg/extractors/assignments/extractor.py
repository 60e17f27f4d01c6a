"""Assignments: who leads, supports or is responsible for a measure, as a clause says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.extractors.assignments import Assignment
from kg.extractors.clauses.defaults import by_default
from kg.extractors.measures.tasks import Bound, bind_clauses
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor
from kg.model.document import Span, content_id
from kg.model.entities import Participant, Role
from kg.model.facts import Evidence


def find_assignments(reading: Reading) -> Iterator[Assignment]:
    """Yield one assignment for each clause; a heading's lead takes part in every clause below the heading."""
    bound = bind_clauses(reading)
    headings = {one.section.span: one for one in bound if one.heading and one.section is not None}
    for one in bound:
        inherited = () if one.heading else _inherited(reading, one, headings)
        yield _assignment(reading, one, inherited)


def _inherited(reading: Reading, one: Bound, headings: Mapping[Span, Bound]) -> tuple[Participant, ...]:
    """Return the participants that the headings above a clause lend it, the highest heading's first."""
    section = reading.tree.at(one.clause.span.start)
    around = [section, *reading.tree.above(section)] if section else []
    above = [headings[section.span] for section in reversed(around) if section.span in headings]
    own = {(p.role, p.body.id) for p in one.clause.participants}
    lent = (
        p for heading in above if _leads(heading) for p in heading.clause.participants if (p.role, p.body.id) not in own
    )
    return tuple(map(by_default, lent))


def _leads(heading: Bound) -> bool:
    """A heading that names leads alone holds for what stands below; one with other roles is a task of its own."""
    return all(p.role is Role.LEAD for p in heading.clause.participants)


def _assignment(reading: Reading, one: Bound, inherited: tuple[Participant, ...]) -> Assignment:
    document, span = reading.document, one.clause.span
    everyone = (*one.clause.participants, *inherited)
    return Assignment(
        id=content_id("assignment", document.id, span.start, span.end, one.measure.id),
        document=document.id,
        measure=one.measure.id,
        evidence=Evidence(document.id, span, document.quote(span)),
        participants=tuple(replace(p, order=order) for order, p in enumerate(everyone, 1)),
        form="heading" if one.heading else one.clause.form,
    )


EXTRACTOR = Extractor("assignments", (Assignment,), find_assignments)
