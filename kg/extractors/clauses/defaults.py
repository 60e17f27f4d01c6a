"""Sentences that hold for every later clause: 列第一位的为牵头单位，下同 · 以下任务均涉及各市人民政府，不再列出.

Where only the first-listed unit is named by the rule, the others stay what their clause says; where the rest is named
too (其他为配合单位), or where a clause is a bare list, they support.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.clauses.bodies import BodyReader
from kg.extractors.clauses.clause import Clause, named
from kg.extractors.clauses.parse import Assigned, participants_of
from kg.extractors.regions.standpoint import Place
from kg.lexicons.cues import Cues
from kg.model.types import Document, Participant, Resolution, Role, Span

SURE = 0.9
_LISTED = frozenset({"suffix", "label", "label-line", "default", "table"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A default in force from `at` on: the first leads, the rest supports, nobody leads, or a group takes part."""

    at: int
    first_leads: bool = False
    rest_supports: bool = False
    none_leads: bool = False
    group: Clause | None = None

    def inside(self, clause: Clause) -> bool:
        """Tell whether the rule stands inside a clause."""
        return self.group is not None and clause.span.contains(self.group.span)

    def named(self, document: Document) -> Rule:
        """Return the rule with its group written as the document has it."""
        if self.group is None:
            return self
        return replace(self, group=replace(self.group, participants=named(self.group.participants, document)))


class DefaultReader:
    """Finds rules and applies them to clauses."""

    def __init__(self, cues: Cues, bodies: BodyReader) -> None:
        self.cues = cues
        self.bodies = bodies

    def find(self, text: str, paragraphs: Sequence[Span], place: Place) -> tuple[Rule, ...]:
        """Return the rules of a folded text, in order."""
        return tuple(rule for span in paragraphs for rule in self._in_paragraph(text, span, place))

    def _in_paragraph(self, text: str, span: Span, place: Place) -> Iterator[Rule]:
        first = self.cues.default("first_leads").search(text, span.start, span.end)
        rest = self.cues.default("others_support").search(text, span.start, span.end)
        none = self.cues.default("none_leads").search(text, span.start, span.end)
        if first or none:
            at = min(match.start() for match in (first, none) if match)
            yield Rule(at, first_leads=bool(first), rest_supports=bool(rest), none_leads=bool(none))
        added = self.cues.default("added_group").search(text, span.start, span.end)
        if added is not None and (group := self._group(text, added.span(), added.span(1), place)):
            yield Rule(added.start(), group=group)

    def _group(self, text: str, whole: tuple[int, int], inner: tuple[int, int], place: Place) -> Clause | None:
        suffix = self.cues.suffix.search(text, *inner)
        end = suffix.start() if suffix else inner[1]
        items = self.bodies.items(text, Span(inner[0], end), place)
        listed = [body for item in items for body in self.bodies.read(text, item.span, item.tier, item.joined, place)]
        role = next((role for role in Role if suffix and suffix.group(role.value)), Role.RESPONSIBLE)
        if not listed or not any(body.group for body in listed):
            return None
        raw = suffix.group() if suffix else ""
        participants = tuple(participants_of([Assigned(body, role, raw) for body in listed], self.bodies, place, text))
        return Clause(Span(*whole), participants, "default-group")

    def apply(self, clause: Clause, rules: Sequence[Rule]) -> Clause:
        """Return the clause as the rules before its end make it."""
        force = [rule for rule in rules if rule.at < clause.span.end]
        orders = [rule for rule in force if rule.first_leads]
        if orders and clause.form in _LISTED:
            clause = self._first_leads(clause, orders[-1])
        for rule in force:
            if rule.group is not None and (rule.group.span.end <= clause.span.start or rule.inside(clause)):
                clause = _with_group(clause, rule.group)
        return clause

    def _first_leads(self, clause: Clause, rule: Rule) -> Clause:
        if not clause.participants or any(p.role is Role.LEAD for p in clause.participants):
            return clause
        first, *rest = clause.participants
        if first.role is not Role.RESPONSIBLE or first.group:
            return clause
        lead = by_default(replace(first, role=Role.LEAD))
        supports = rule.rest_supports or clause.form == "default"
        others = [_support(p) if supports and p.role is Role.RESPONSIBLE else p for p in rest]
        return replace(clause, participants=(lead, *others))


def by_default(participant: Participant) -> Participant:
    """Mark a participant as following from a rule of the document rather than from its clause, and as less sure."""
    sure = round(participant.confidence * SURE, 2)
    return replace(participant, resolution=Resolution.DOCUMENT_DEFAULT, confidence=sure)


def _support(participant: Participant) -> Participant:
    return by_default(replace(participant, role=Role.SUPPORT))


def _with_group(clause: Clause, group: Clause) -> Clause:
    known = {(p.role, p.body.id) for p in clause.participants}
    added = [by_default(p) for p in group.participants if (p.role, p.body.id) not in known]
    return replace(clause, participants=(*clause.participants, *added))
