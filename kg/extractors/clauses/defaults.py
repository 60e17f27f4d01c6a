"""Sentences that hold for every later clause: 列第一位的为牵头单位，下同 · 以下任务均涉及各市人民政府，不再列出.

Where only the first-listed unit is named by the rule, the others stay what their clause says; where the rest is named
too (其他为配合单位), or where a clause is a bare list, they support.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extractors.clauses import Clause, named
from kg.extractors.clauses.bodies import Bodies, items_of
from kg.extractors.clauses.body_lists import read_bodies
from kg.extractors.clauses.resolving import Assigned, participants_of
from kg.lexicons.cues import Cues
from kg.model.document import Document, Span
from kg.model.entities import Participant, Resolution, Role
from kg.text.fold import fold
from kg.text.passage import Passage
from kg.text.spans import SpanIndex

SURE = 0.9
"""How sure it is that a rule of the document holds for a clause, as a part of how sure the clause is."""

_LISTED = frozenset({"suffix", "label", "label-line", "default", "table"})
"""The forms of clauses that list bodies, for which such rules are made."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A default in force from `at` on: the first leads, the rest supports, nobody leads, or a group takes part."""

    at: int
    first_leads: bool = False
    rest_supports: bool = False
    none_leads: bool = False
    group: Clause | None = None

    def reaches(self, clause: Clause) -> bool:
        """Tell whether the group takes part in a clause: the rule stands before it, or inside it."""
        if self.group is None:
            return False
        return self.group.span.end <= clause.span.start or clause.span.contains(self.group.span)

    def named(self, document: Document) -> Rule:
        """Return the rule with its group written as the document has it."""
        if self.group is None:
            return self
        return replace(self, group=replace(self.group, participants=named(self.group.participants, document)))


class Rules:
    """The rules of a document, in order, and which of them are in force where."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.at)
        self._leads = [rule for rule in self._rules if rule.first_leads]
        self._lists = min((rule.at for rule in self._rules if rule.first_leads or rule.none_leads), default=None)
        self.groups = [rule.group for rule in self._rules if rule.group is not None]
        self._spans = SpanIndex((group.span for group in self.groups), lambda span: span)
        self._adding = list(_first_of_each(self._rules))

    def lists_before(self, end: int) -> bool:
        """Tell whether a rule before `end` makes a clause of a bare list of bodies."""
        return self._lists is not None and self._lists < end

    def groups_in(self, span: Span) -> list[Span]:
        """Return where within `span` sentences stand that add a group."""
        return self._spans.within(span)

    def first_leads(self, clause: Clause) -> Rule | None:
        """Return the last rule before a clause's end by which its first body leads."""
        number = bisect_left(self._leads, clause.span.end, key=lambda rule: rule.at)
        return self._leads[number - 1] if number else None

    def added(self, clause: Clause) -> list[Clause]:
        """Return the groups that take part in a clause as well."""
        adding = (rule for rule in self._adding if rule.at < clause.span.end)
        return [rule.group for rule in adding if rule.group is not None and rule.reaches(clause)]


def _first_of_each(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield the rules that add a group which none before them has added."""
    known: set[tuple[Role, str]] = set()
    for rule in rules:
        added = {(p.role, p.body.id) for p in rule.group.participants} if rule.group is not None else set()
        if added - known:
            yield rule
        known |= added


class DefaultReader:
    """Finds the rules of one document and applies them to its clauses."""

    def __init__(self, cues: Cues, bodies: Bodies) -> None:
        self.cues = cues
        self.bodies = bodies
        self._notes = tuple(map(fold, cues.words.notes))

    def find(self, paragraphs: Iterable[Passage]) -> Iterator[Rule]:
        """Yield the rules of a document, in order."""
        for paragraph in paragraphs:
            yield from self._in_paragraph(paragraph)

    def _in_paragraph(self, paragraph: Passage) -> Iterator[Rule]:
        first = paragraph.search(self.cues.default("first_leads"))
        none = paragraph.search(self.cues.default("none_leads"))
        if first or none:
            at = min(match.start() for match in (first, none) if match)
            rest = paragraph.search(self.cues.default("others_support"))
            at = 0 if paragraph.text.startswith(self._notes, paragraph.start) else at
            yield Rule(at, first_leads=bool(first), rest_supports=bool(rest), none_leads=bool(none))
        added = paragraph.search(self.cues.default("added_group"))
        if added is not None:
            group = self._group(paragraph.cut(*added.span()), paragraph.cut(*added.span(1)))
            if group is not None:
                yield Rule(added.start(), group=group)

    def _group(self, sentence: Passage, names: Passage) -> Clause | None:
        """Read who takes part by a sentence that adds a group, of which `names` are the words that name it."""
        suffix = names.search(self.cues.suffix)
        items = items_of(names.to(suffix.start()) if suffix is not None else names, self.bodies)
        named = [body for item in items for body in read_bodies(item, self.bodies)]
        if not any(body.group for body in named):
            return None
        role = next((role for role in Role if suffix is not None and suffix.group(role.value)), Role.RESPONSIBLE)
        wording = suffix.group() if suffix is not None else ""
        assigned = [Assigned(body, role, wording) for body in named]
        participants = tuple(participants_of(assigned, self.bodies, sentence.text))
        return Clause(sentence.span, participants, "default-group")

    def apply(self, clause: Clause, rules: Rules) -> Clause:
        """Return the clause as the rules before its end make it."""
        order = rules.first_leads(clause)
        if order is not None and clause.form in _LISTED:
            clause = self._first_leads(clause, order)
        for group in rules.added(clause):
            clause = _with_group(clause, group)
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
