"""The content of a clause to participants: roles said after their bodies, labels before them, both in one clause.

A role word governs every body back to the previous role word; a comma is no boundary. A label governs what follows it
up to the next label; one that says none of our roles (监督单位：) gives none to what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extractors.clauses import ParsedClause
from kg.extractors.clauses.bodies import Bodies, Item, NamedBody, items_of
from kg.extractors.clauses.body_lists import ListReader, read_bodies
from kg.extractors.clauses.resolving import Assigned, participants_of
from kg.lexicons.cues import Cues
from kg.model.entities import Role
from kg.text.passage import Passage

UNSAID = 0.6
"""How sure it is that a body supports which stands beside a lead without a word of its role."""

# The bodies of an item whose role word has an object stand within so many characters.
_REACH = 240


@dataclass(frozen=True, slots=True)
class Label:
    """Words before bodies that say what they are: the role of a label of roles, or none; `names_bodies` is false before
    persons and deadlines.
    """

    role: Role | None
    words: str = ""
    names_bodies: bool = True


_NO_ROLE = Label(None)


class ClauseParser:
    """Reads the content of clauses of one document."""

    def __init__(self, cues: Cues, bodies: Bodies) -> None:
        self.cues = cues
        self.bodies = bodies

    def parse(self, passage: Passage, *, default: Role | None = None) -> ParsedClause | None:
        """Read a passage as a clause; None where it names no role or no body.

        `default` is the role of a list with no role word at all, where the document sets one.
        """
        reading = _ClauseReading(self.cues, self.bodies)
        for item in items_of(passage, self.bodies):
            reading.take(item)
        if default is None and reading.deadlines and not (reading.suffixes or reading.labels or reading.rejected):
            default = Role.RESPONSIBLE  # （省发展改革委；2025年6月底前）
        reading.finish(default)
        if not reading.done or not (reading.suffixes or reading.labels or default):
            return None
        reading.done = leads_beside_support(reading.done, self.cues)
        form = "label" if reading.labels else "suffix" if reading.suffixes else "default"
        named = [entry.body for entry in reading.done]
        credible = any(self.bodies.is_credible(body) and not (form == "default" and body.is_place) for body in named)
        public = credible or not all(map(self.bodies.is_private, named))
        participants = tuple(participants_of(reading.done, self.bodies, passage.text))
        return ParsedClause(participants, form, tuple(reading.rejected), credible, public)


class _ClauseReading:
    """One clause being read, item by item.

    Attributes:
        label: The label whose bodies are being read, if a label stands before them.
        partners: Whether the bodies being read are those behind 会同.
        pending: Bodies that no role has been said of yet.
        done: Bodies with their roles.
        rejected: Words that are no body.
        suffixes: How many roles were said behind their bodies.
        labels: How many labels of roles, persons and deadlines there are.
        deadlines: How many items are nothing but a deadline by which something is due.
    """

    def __init__(self, cues: Cues, bodies: Bodies) -> None:
        self.cues = cues
        self.bodies = bodies
        self._around_labels = " :" + "".join(cues.open | cues.close)
        self.lists = ListReader(cues, bodies)
        self.label: Label | None = None
        self.partners = False
        self.pending: list[NamedBody] = []
        self.done: list[Assigned] = []
        self.rejected: list[str] = []
        self.suffixes = 0
        self.labels = 0
        self.deadlines = 0

    def take(self, item: Item) -> None:
        """Read the next item: labels at its head, then bodies with or without a role word behind them."""
        if item.passage.search(self.cues.remark) is not None:
            return
        item = self._behind_labels(item)
        if (self.label is not None and not self.label.names_bodies) or item.passage.start == item.passage.end:
            return
        if item.passage.is_all(self.cues.deadline):
            self.deadlines += item.passage.ends_with(self.cues.words.due)
        else:
            self._take_words(item)

    def finish(self, default: Role | None) -> None:
        """Give what no role word follows its role: the label's, 会同's, the document's, else support beside a lead."""
        if self.pending and self.label is None and not self.partners:
            if default is not None:
                self._assign(self.pending, default, "")
            elif any(entry.role is Role.LEAD for entry in self.done):
                self._assign(self.pending, Role.SUPPORT, "", UNSAID)
            self.pending = []
        self._flush()

    def _behind_labels(self, item: Item) -> Item:
        """Open the labels at the head of an item; return what stands behind them."""
        passage = item.passage
        while match := (
            passage.match(self.cues.label) or passage.match(self.cues.other_label) or self._run_on_label(passage, item)
        ):
            if match.re is not self.cues.other_label:
                self._open(match)
            elif match.group("other") not in self.bodies.agencies.words.groups.levels:  # 市级：市财政局 changes nothing
                self._flush()
                self.label = _NO_ROLE
            passage = passage.behind(match.end())
        return item if passage is item.passage else item.cut(passage.start, passage.end)

    def _run_on_label(self, passage: Passage, item: Item) -> re.Match[str] | None:
        """Read a label that its bodies follow without a colon: 牵头部门市海洋发展局."""
        match = self.cues.label_word.match(passage.text, passage.start, passage.end)
        if match is None or match.end() == passage.end or _role(match) is None:
            return None
        found = read_bodies(item.cut(match.end(), passage.end), self.bodies)
        return match if found and all(map(self.bodies.is_credible, found)) else None

    def _open(self, match: re.Match[str]) -> None:
        """Begin the list behind a label of a role, of persons or of a deadline."""
        self._flush()
        self.labels += 1
        role = _role(match)
        words = match.group().strip(self._around_labels) if role is not None else ""
        self.label = Label(role, words, names_bodies=role is not None)

    def _take_words(self, item: Item) -> None:
        passage = item.passage
        joint = passage.search(self.cues.joint)
        if joint is not None:
            self._take_joint(item, joint)
            return
        suffix = self.cues.role_behind(passage)
        if suffix is None:
            if not (self._take_with_object(item) or self._add(item) or self._take_partner(item)):
                self._reject(passage)
            return
        if suffix.groupdict().get("none"):  # 省政府督查室督办
            self.pending = [body for body in self.pending if body.tier != item.tier]
            return
        if suffix.start() > passage.start:
            before = item.cut(passage.start, suffix.start())
            if not self._add(before):
                if self._is_name_after_all(item):
                    return
                self._reject(before.passage)
        self._close(_role(suffix) or Role.RESPONSIBLE, passage.text[suffix.start() : passage.end], item.tier)

    def _take_with_object(self, item: Item) -> bool:
        """Read a role word that has an object: 市公安局牵头落户政策."""
        start = item.passage.start
        near = item.passage.cut(start + 2, min(item.passage.end, start + _REACH))
        for match in near.find(self.cues.object):
            found = read_bodies(item.cut(start, match.start()), self.bodies)
            role = _role(match)
            if role is not None and found and all(body.known for body in found):
                self.pending += found
                self._close(role, match.group(), item.tier)
                return True
        return False

    def _take_partner(self, item: Item) -> bool:
        """Take the bodies before what they do with those who lead them: 会同发展改革委制定具体办法."""
        found = self.lists.head_of(item)[0] if self.partners else ()
        self.pending += found
        return bool(found)

    def _is_name_after_all(self, item: Item) -> bool:
        """Read the item with its role word as a name: …促进落实中心 is a body, not a role."""
        found = read_bodies(item, self.bodies)
        if found and all(map(self.bodies.is_credible, found)):
            self.pending += found
            return True
        return False

    def _take_joint(self, item: Item, joint: re.Match[str]) -> None:
        """Read X会同Y: X leads, Y supports, whatever role word follows; X负责会同Y is responsible as well."""
        before = item.passage.to(joint.start())
        if len(before):
            suffix = before.search(self.cues.suffix)
            head = item.cut(before.start, suffix.start() if suffix is not None else before.end)
            if len(head.passage) and not self._add(head):
                self._reject(head.passage)
            leads = list(self.pending)
            self._close(Role.LEAD, suffix.group() if suffix is not None else joint.group(), item.tier)
            if suffix is not None and _role(suffix) is Role.RESPONSIBLE:
                self._assign(leads, Role.RESPONSIBLE, suffix.group())
        self.partners = True
        self.suffixes += 1
        rest = item.passage.behind(joint.end())
        if len(rest):
            self._take_words(Item(rest, item.tier))

    def _add(self, item: Item) -> bool:
        """Take the bodies of an item; tell whether there are any."""
        found, role = self._with_own_role(item)
        if not found and self.pending:
            found = self.bodies.read_unlisted(item, self.pending[-1])
        if role is None or not found:
            self.pending += found
            return bool(found)
        self._assign(found, role[0], role[1])
        self.labels += self.label is not None and self.label.role is not None
        self.suffixes += 1
        return True

    def _with_own_role(self, item: Item) -> tuple[list[NamedBody], tuple[Role, str] | None]:
        """Read the bodies of an item, and a role in brackets behind them: 省科技厅（牵头）."""
        passage = item.passage
        opening = max(passage.text.rfind(mark, passage.start, passage.end) for mark in self.cues.open)
        if opening > passage.start and passage.ends_with(tuple(self.cues.close)):
            inner = passage.cut(opening + 1, passage.end - 1)
            match = self.cues.label_word.fullmatch(inner.words) or self.cues.suffix.fullmatch(inner.words)
            if match is not None and (role := _role(match)) is not None:
                return read_bodies(item.cut(passage.start, opening), self.bodies), (role, inner.words)
        return read_bodies(item, self.bodies), None

    def _reject(self, passage: Passage) -> None:
        """Note words that are no body; behind a label of another kind they need not be one."""
        if self.label is not _NO_ROLE:
            self.rejected.append(passage.words)

    def _close(self, role: Role, wording: str, tier: int) -> None:
        """Give the pending bodies a role; behind a label only those of the same tier are meant."""
        self.suffixes += 1
        if self.partners and any(body.tier != tier for body in self.pending):
            self._close_partners(tier)
        own = [body for body in self.pending if self.label is None or body.tier == tier]
        self.pending = [body for body in self.pending if self.label is not None and body.tier != tier]
        if self.pending:
            self._flush()
        said = Role.SUPPORT if self.partners and role is Role.RESPONSIBLE else role
        self.partners = False
        self._assign(own, said, wording)

    def _close_partners(self, tier: int) -> None:
        """Let those before the last comma support, and those behind it be of their own: X会同Y，Z具体实施."""
        own = [body for body in self.pending if body.tier == tier]
        self._assign([body for body in self.pending if body.tier != tier], Role.SUPPORT, "")
        self.pending, self.partners = own, False

    def _flush(self) -> None:
        """Give the pending bodies the role of their label, or of 会同 before them; without one they are rejected."""
        if self.label is not None and self.label.role is not None:
            self._assign(self.pending, self.label.role, self.label.words)
        elif self.partners:
            self._assign(self.pending, Role.SUPPORT, "")
        elif self.label is not _NO_ROLE:
            self.rejected += [""] * len(self.pending)
        self.pending = []
        self.partners = False

    def _assign(self, named: Sequence[NamedBody], role: Role, wording: str, confidence: float = 1.0) -> None:
        self.done += [Assigned(body, role, wording, confidence) for body in named]


def leads_beside_support(assigned: Sequence[Assigned], cues: Cues) -> list[Assigned]:
    """Let those lead who bear the main responsibility beside others that support: 主责单位：A；协办单位：B."""
    roles = {entry.role for entry in assigned}
    if Role.LEAD in roles or Role.SUPPORT not in roles:
        return list(assigned)
    main = tuple(cues.words.lead_beside_support)
    return [replace(entry, role=Role.LEAD) if entry.wording.startswith(main) else entry for entry in assigned]


def _role(match: re.Match[str]) -> Role | None:
    """Return the role whose group of a cue pattern matched; none for 按职责分工 alone, a person, a deadline."""
    groups = match.groupdict()
    return next((role for role in Role if groups.get(role.value)), None)
