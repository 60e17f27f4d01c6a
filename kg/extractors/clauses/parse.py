"""The content of a clause to participants: roles said after their bodies, labels before them, both in one clause.

A role word governs every body back to the previous role word; a comma is no boundary. A label governs what follows it
up to the next label; one that says none of our roles (监督单位：) gives none to what follows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extractors.agencies.resolve import RESTORED
from kg.extractors.clauses.bodies import Body, BodyReader, Listed
from kg.extractors.clauses.items import Item
from kg.extractors.regions.standpoint import Place
from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.model.entities import Participant, Resolution, Role

UNSAID = 0.6
# The bodies of an item whose role word has an object stand within so many characters.
_REACH = 240


@dataclass(frozen=True, slots=True)
class Assigned:
    """A body with the role said of it, the wording of the role, and how sure the role is."""

    listed: Listed
    role: Role
    raw: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class ParsedClause:
    """What a clause says: its participants in text order, how its roles are said, what in it is no body."""

    participants: tuple[Participant, ...]
    form: str
    rejected: tuple[str, ...] = ()
    credible: bool = True
    public: bool = True


@dataclass
class _State:
    """What has been read and not yet been given a role."""

    label: Role | None = None
    label_raw: str = ""
    skipping: bool = False
    other: bool = False
    joint: bool = False
    pending: list[Listed] = field(default_factory=list)
    done: list[Assigned] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    suffixes: int = 0
    labels: int = 0


class ClauseParser:
    """Reads the content of clauses."""

    def __init__(self, cues: Cues, bodies: BodyReader) -> None:
        self.cues = cues
        self.bodies = bodies

    def parse(self, text: str, span: Span, place: Place, *, default: Role | None = None) -> ParsedClause | None:
        """Read `span` of the folded `text` as a clause; None where it names no role or no body.

        `default` is the role of a list with no role word at all, where the document sets one.
        """
        state = _State()
        for item in self.bodies.items(text, span, place):
            self._take(text, item, place, state)
        self._close_rest(state, default)
        if not state.done or not (state.suffixes or state.labels or default):
            return None
        form = "label" if state.labels else "suffix" if state.suffixes else "default"
        participants = tuple(participants_of(state.done, self.bodies, place, text))
        credible = any(self.bodies.is_credible(entry.listed) for entry in state.done)
        public = credible or not all(self.bodies.is_private(entry.listed) for entry in state.done)
        return ParsedClause(participants, form, tuple(state.rejected), credible, public)

    def _take(self, text: str, item: Item, place: Place, state: _State) -> None:
        start, end = self._behind_labels(text, item.span, state), item.span.end
        if state.skipping or start >= end or self._says_nobody(text, start, end):
            return
        self._take_words(text, Span(start, end), item, place, state)

    def _behind_labels(self, text: str, span: Span, state: _State) -> int:
        """Open the labels at the head of an item; return where its bodies begin."""
        start = span.start
        while True:
            label = self.cues.label.match(text, start, span.end)
            other = self.cues.other_label.match(text, start, span.end) if label is None else None
            if label is not None and label.lastgroup is not None:
                self._open_label(label.lastgroup, label.group().strip(" :"), state)
                start = label.end()
            elif other is not None:
                if (
                    other.group("words") not in self.bodies.agencies.words.groups.levels
                ):  # 市级：市财政局 goes on as it was
                    self._open_other(state)
                start = other.end()
            else:
                return start

    def _says_nobody(self, text: str, start: int, end: int) -> bool:
        return bool(self.cues.deadline.fullmatch(text, start, end) or self.cues.remark.search(text, start, end))

    def _open_label(self, kind: str, raw: str, state: _State) -> None:
        self._flush_to_label(state)
        state.labels += 1
        state.skipping = kind in {"person", "deadline"}
        state.label, state.label_raw = (None, "") if state.skipping else (Role(kind), raw)
        state.other = False

    def _open_other(self, state: _State) -> None:
        """Behind a label of another kind only bodies with a role word of their own have a role."""
        self._flush_to_label(state)
        state.skipping, state.label, state.label_raw, state.other = False, None, "", True

    def _take_words(self, text: str, span: Span, item: Item, place: Place, state: _State) -> None:
        joint = self._joint_at(text, span)
        if joint is not None:
            self._take_joint(text, span, joint, item, place, state)
            return
        suffix = self.cues.copula.search(text, span.start, span.end) or self.cues.suffix.search(
            text, span.start, span.end
        )
        if suffix is None:
            if not (
                self._take_with_object(text, span, item, place, state) or self._add(text, span, item, place, state)
            ):
                self._reject(text, span, state)
            return
        role = _role(suffix.groupdict()) or Role.RESPONSIBLE
        if suffix.start() > span.start:
            before = Span(span.start, suffix.start())
            if not self._add(text, before, item, place, state):
                if self._whole(text, span, item, place, state):
                    return
                self._reject(text, before, state)
        self._close(role, text[suffix.start() : span.end], item.tier, state)

    def _take_with_object(self, text: str, span: Span, item: Item, place: Place, state: _State) -> bool:
        """Read a role word that has an object: 市公安局牵头落户政策."""
        for match in self.cues.object.finditer(text, span.start + 2, min(span.end, span.start + _REACH)):
            found = self.bodies.read(text, Span(span.start, match.start()), item.tier, item.joined, place)
            role = _role(match.groupdict())
            if role is not None and found and all(body.group or (body.name and body.name.known) for body in found):
                state.pending += found
                self._close(role, match.group(), item.tier, state)
                return True
        return False

    def _whole(self, text: str, span: Span, item: Item, place: Place, state: _State) -> bool:
        """Read the item with its role word as a name after all (…促进落实中心 is a body, not a role)."""
        found = self.bodies.read(text, span, item.tier, item.joined, place)
        if found and all(map(self.bodies.is_credible, found)):
            state.pending += found
            return True
        return False

    def _reject(self, text: str, span: Span, state: _State) -> None:
        """Note words that are no body; behind a label of another kind they need not be one."""
        if not state.other:
            state.rejected.append(text[span.start : span.end])

    def _joint_at(self, text: str, span: Span) -> tuple[int, int] | None:
        match = self.cues.joint.search(text, span.start, span.end)
        return match.span() if match is not None else None

    def _take_joint(
        self, text: str, span: Span, joint: tuple[int, int], item: Item, place: Place, state: _State
    ) -> None:
        """Read X会同Y: X leads, Y supports, whatever role word follows; X负责会同Y is responsible as well."""
        before = Span(span.start, joint[0])
        if len(before):
            suffix = self.cues.suffix.search(text, before.start, before.end)
            head = Span(before.start, suffix.start()) if suffix is not None else before
            if len(head) and not self._add(text, head, item, place, state):
                self._reject(text, head, state)
            listed = list(state.pending)
            self._close(Role.LEAD, text[joint[0] : joint[1]] if suffix is None else suffix.group(), item.tier, state)
            if suffix is not None and _role(suffix.groupdict()) is Role.RESPONSIBLE:
                state.done += [Assigned(entry, Role.RESPONSIBLE, suffix.group()) for entry in listed]
        state.joint = True
        state.suffixes += 1
        rest = Span(joint[1], span.end)
        if len(rest):
            self._take_words(text, rest, Item(rest, item.tier, False), place, state)

    def _add(self, text: str, span: Span, item: Item, place: Place, state: _State) -> bool:
        """Take the bodies of a span; tell whether there are any."""
        found, role = self._own_role(text, span, item, place)
        if not found and state.pending:
            behind = Item(span, item.tier, item.joined)
            found = self.bodies.read_unlisted(text, behind, state.pending[-1], place)
        if role is not None and found:
            state.done += [Assigned(listed, role[0], role[1]) for listed in found]
            state.labels += state.label is not None
            state.suffixes += 1
        else:
            state.pending += found
        return bool(found)

    def _own_role(
        self, text: str, span: Span, item: Item, place: Place
    ) -> tuple[list[Listed], tuple[Role, str] | None]:
        """Read a role in brackets after a body of its own: 省科技厅（牵头）."""
        if text[span.end - 1] in self.cues.close:
            opening = max((at for at in range(span.start, span.end) if text[at] in self.cues.open), default=-1)
            inner = text[opening + 1 : span.end - 1] if opening > span.start else ""
            match = self.cues.label_word.fullmatch(inner) or self.cues.suffix.fullmatch(inner) if inner else None
            if match is not None and (role := _role(match.groupdict())) is not None:
                return self.bodies.read(text, Span(span.start, opening), item.tier, item.joined, place), (role, inner)
        return self.bodies.read(text, span, item.tier, item.joined, place), None

    def _close(self, role: Role, raw: str, tier: int, state: _State) -> None:
        """Give the pending bodies a role; behind a label only those of the same tier are meant."""
        state.suffixes += 1
        labelled = state.label is not None or state.other
        own = [listed for listed in state.pending if not labelled or listed.tier == tier]
        state.pending = [listed for listed in state.pending if labelled and listed.tier != tier]
        if state.pending:
            self._flush_to_label(state)
        final = Role.SUPPORT if state.joint and role is Role.RESPONSIBLE else role
        state.joint = False
        state.done += [Assigned(listed, final, raw) for listed in own]

    def _flush_to_label(self, state: _State) -> None:
        if state.label is not None:
            state.done += [Assigned(listed, state.label, state.label_raw) for listed in state.pending]
        elif state.pending and state.joint:
            state.done += [Assigned(listed, Role.SUPPORT, "") for listed in state.pending]
        elif state.pending and not state.other:
            state.rejected += [""] * len(state.pending)
        state.pending = []
        state.joint = False

    def _close_rest(self, state: _State, default: Role | None) -> None:
        """Give what no role word follows its role: the label's, 会同's, the document's, else support beside a lead."""
        if state.pending and state.label is None and not state.joint and not state.other:
            if default is not None:
                state.done += [Assigned(listed, default, "") for listed in state.pending]
            elif any(entry.role is Role.LEAD for entry in state.done):
                state.done += [Assigned(listed, Role.SUPPORT, "", UNSAID) for listed in state.pending]
            state.pending = []
        self._flush_to_label(state)


def participants_of(assigned: list[Assigned], bodies: BodyReader, place: Place, text: str) -> Iterator[Participant]:
    """Resolve the bodies of a clause together, in the order of the text."""
    ordered = sorted(assigned, key=lambda entry: entry.listed.span)
    listed = list(dict.fromkeys(entry.listed for entry in ordered))
    resolved: dict[Listed, Body] = dict(zip(listed, bodies.resolve(listed, place), strict=True))
    for order, entry in enumerate(ordered, 1):
        body, span = resolved[entry.listed], entry.listed.span
        mention = text[span.start : span.end]
        same = mention == body.body.name
        how = body.resolution if same or body.resolution is not Resolution.VERBATIM else Resolution.RESTORED
        sure = round(
            (body.confidence if how is body.resolution else min(body.confidence, RESTORED))
            * entry.sure
            * entry.listed.sure,
            2,
        )
        yield Participant(entry.role, mention, span, body.body, entry.raw, order, how, sure)


def _role(groups: dict[str, str | None]) -> Role | None:
    """Return the role whose group of a cue pattern matched; none for 按职责分工 alone."""
    return next((role for role in Role if groups.get(role.value)), None)
