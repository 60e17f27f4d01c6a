"""Clauses in running text: 由X牵头，Y、Z参加 · X会同Y制定 · 日常工作由X负责 · 国家能源局负责….

Lists are read outwards from the role word: to the left as far as bodies go, to the right as the next role word allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.clauses.bodies import BodyReader, Listed
from kg.clauses.items import Item, cut_items
from kg.clauses.parse import Assigned, participants_of
from kg.lexicons.cues import Cues
from kg.mentions.place import Place
from kg.text import fold
from kg.types import Participant, Role, Span

_STOPS = "。；;!?！？\n:："
_REACH = 220


@dataclass(frozen=True, slots=True)
class _Found:
    """Bodies read beside a role word, and how far the words of the clause reach."""

    listed: tuple[Listed, ...]
    start: int
    end: int


class RunningReader:
    """Finds clauses in sentences."""

    def __init__(self, cues: Cues, bodies: BodyReader) -> None:
        self.cues = cues
        self.bodies = bodies

    @cached_property
    def _trigger(self) -> re.Pattern[str]:
        """Match a role word that can open a clause in running text: 牵头, 会同, 负责."""
        words = self.cues.words
        lead, joint = "|".join(words.cores["lead"][:2]), "|".join(words.joint_marks[:2])
        duty, not_leads = words.duty_verbs[0], "|".join(map(re.escape, self._not_after))
        adverbials, tails = _any(words.adverbials), _any(words.tails)
        leads = rf"(?:{duty})?(?:{lead})(?!{not_leads})(?:{tails})*|{self._as('lead')}"
        before = rf"(?:{_any(words.modals)})?(?:{adverbials})*"
        aid = rf"(?:{'|'.join(words.cores['support'][:2])})(?={_any(words.aided)})"
        duties = rf"(?P<joint>{joint})|(?P<duty>{duty})(?!{words.not_duties})|(?P<aid>{aid})"
        return re.compile(rf"{before}(?:(?P<lead>{leads})|{duties})")

    @cached_property
    def _not_after(self) -> tuple[str, ...]:
        labels = self.cues.words.labels
        return (*labels.nouns, *self.cues.words.not_leaders)

    @cached_property
    def _follower(self) -> re.Pattern[str]:
        """Match a role said of bodies that follow a lead: 参加, 为成员单位, 按职责分工负责."""
        words = self.cues.words
        said = rf"(?:{_any(words.adverbials)})*(?:{_any(words.cores['support'])})(?:{_any(words.tails)})*"
        duty = rf"(?P<duty>(?:{_any(words.bare_adverbials)})?(?:{_any(words.cores['responsible'][:2])}))"
        ends = rf"[{''.join(self.cues.tier)}]|$|{_any(words.supported)}"
        return re.compile(rf"(?:{duty}|{said}|{self._as('support')})(?={ends})")

    def _as(self, role: str) -> str:
        """Return a pattern of X为牵头单位 without X."""
        labels = self.cues.words.labels
        parts = labels.lead if role == "lead" else labels.support
        return rf"(?:{_any(self.cues.words.copulas)})(?:{_any(parts.qualifiers)})(?:{_any(labels.nouns)})"

    @cached_property
    def _past(self) -> re.Pattern[str]:
        return re.compile(_any(self.cues.words.past))

    def find(
        self, text: str, span: Span, taken: Sequence[Span], place: Place
    ) -> Iterator[tuple[Span, tuple[Participant, ...]]]:
        """Yield the running clauses of a paragraph, outside the stretches that are `taken`."""
        at = span.start
        while (match := self._trigger.search(text, at, span.end)) is not None:
            at = match.end()
            sentence = _sentence(text, span, match.start())
            if any(other.start < match.end() and match.start() < other.end for other in taken):
                continue
            if self.cues.remark.search(text, sentence.start, sentence.end):
                continue
            found = self._read(text, sentence, match, place)
            if found is not None:
                yield found
                at = max(at, found[0].end)

    def _read(
        self, text: str, sentence: Span, match: re.Match[str], place: Place
    ) -> tuple[Span, tuple[Participant, ...]] | None:
        if self._is_past(text, sentence, match.end(), aid=bool(match.group("aid"))):
            return None
        office = self._office(text, sentence, match, place)
        if office is not None:
            return office
        subject = self._leftward(text, sentence, match.start(), place) or self._far_subject(
            text, sentence, match, place
        )
        if subject is None or not any(self._can_act(listed, match) for listed in subject.listed):
            return None
        assigned, end = self._roles(text, sentence, match, subject, place)
        if not assigned:
            return None
        assigned = list(dict.fromkeys(assigned))
        return Span(subject.start, self._quote_end(text, sentence, end)), tuple(
            participants_of(assigned, self.bodies, place, text)
        )

    def _far_subject(self, text: str, sentence: Span, match: re.Match[str], place: Place) -> _Found | None:
        """Read the subject of a sentence for a lead said later in it: 商务部要加强…，牵头做好…."""
        if not match.group("lead") or text[match.start() - 1] not in self.cues.tier:
            return None
        item = next(iter(cut_items(text, Span(sentence.start, match.start()), self.cues)), None)
        found, end = self._head_of(text, item, place) if item is not None else ([], 0)
        if not found or not text.startswith(self.cues.words.modals, end):
            return None
        return _Found(tuple(found), found[0].span.start, end)

    def _can_act(self, listed: Listed, match: re.Match[str]) -> bool:
        """A named body always can; of groups those that say which: 各市县人民政府负责, 省级教育行政部门会同."""
        group = listed.group
        if group is None:
            return True
        wide = self.bodies.agencies.levels.wide_areas
        return (
            bool(group.head) or group.area_word not in wide
            if group.local
            else bool(match.group("joint")) and len(group.text) > len(group.head) + 2
        )

    def _roles(
        self, text: str, sentence: Span, match: re.Match[str], subject: _Found, place: Place
    ) -> tuple[list[Assigned], int]:
        raw = match.group()
        if match.group("duty") or match.group("aid"):
            role = Role.RESPONSIBLE if match.group("duty") else Role.SUPPORT
            followers, end = self._followers(text, sentence, match.end(), place)
            return [Assigned(listed, role, raw) for listed in subject.listed] + followers, end
        assigned = [Assigned(listed, Role.LEAD, raw) for listed in subject.listed]
        if match.group("joint"):
            partners = self._rightward(text, Span(match.end(), sentence.end), place)
            if partners is None:
                return [], match.end()
            return assigned + [Assigned(listed, Role.SUPPORT, raw) for listed in partners.listed], partners.end
        joined = self.cues.joint.match(text, match.end(), sentence.end) or self._later_joint(
            text, sentence, match.end()
        )
        partners = self._rightward(text, Span(joined.end(), sentence.end), place) if joined else None
        if partners is not None and joined is not None:
            return assigned + [
                Assigned(listed, Role.SUPPORT, joined.group()) for listed in partners.listed
            ], partners.end
        followers, end = self._followers(text, sentence, match.end(), place)
        return assigned + followers, end

    def _later_joint(self, text: str, sentence: Span, start: int) -> re.Match[str] | None:
        """Find 会同 at the head of a later part of the sentence: X牵头建立…，会同有关部门…."""
        for match in self.cues.joint.finditer(text, start, sentence.end):
            if text[match.start() - 1] in self.cues.tier:
                return match
        return None

    def _followers(self, text: str, sentence: Span, start: int, place: Place) -> tuple[list[Assigned], int]:
        """Read Y、Z参加 and Y、Z按职责分工负责 in the parts of the sentence after a lead."""
        assigned: list[Assigned] = []
        for match in self._follower.finditer(text, start, sentence.end):
            found = self._leftward(text, Span(start, sentence.end), match.start(), place)
            if found is not None and self._begins_part(text, start, found.start):
                role = Role.RESPONSIBLE if match.group("duty") else Role.SUPPORT
                assigned += [Assigned(body, role, match.group()) for body in found.listed]
                start = match.end()
        return assigned, start

    def _begins_part(self, text: str, last: int, start: int) -> bool:
        """Tell whether a list begins a part of its own: after a comma, or the 、 right behind the role before it."""
        return start > last and (
            text[start - 1] in self.cues.tier or (start == last + 1 and text[last] in self.cues.run)
        )

    def _is_past(self, text: str, sentence: Span, end: int, *, aid: bool) -> bool:
        """A report of the past assigns nothing: 市发改委牵头起草了…, 去年，…."""
        if text[sentence.start : sentence.end].lstrip().startswith(self.cues.words.past_sentences):
            return True
        stop = next((at for at in range(end, sentence.end) if text[at] in self.cues.tier), sentence.end)
        if self._past.search(text, end, stop) or (aid and self._past.search(text, sentence.start, end)):
            return True
        return text.startswith(self.cues.words.past_openings, stop + 1, sentence.end)

    def _leftward(self, text: str, sentence: Span, end: int, place: Place) -> _Found | None:
        """Read the bodies that end right before the role word, as far left as they go."""
        start = max(sentence.start, end - _REACH)
        items = list(cut_items(text, Span(start, end), self.cues))
        listed: list[Listed] = []
        first = end
        for item in reversed(items):
            found, head = self._tail_of(text, item, place)
            if not found or (item.span.end != end and not listed):
                break
            if listed and not listed[0].joined and head != item.span.start:
                break
            listed[:0] = found
            first = head
            if head != item.span.start:
                break
        if not any(map(self.bodies.is_credible, listed)):
            return None
        return _Found(tuple(listed), first, end)

    def _tail_of(self, text: str, item: Item, place: Place) -> tuple[list[Listed], int]:
        """Read the longest end of an item that is bodies; return them and where the clause's words begin."""
        for start in range(item.span.start, item.span.end - 1):
            if self._may_begin(text, item, start):
                found = self.bodies.read(text, Span(start, item.span.end), item.tier, item.joined, place)
                marked = bool(found) and self._is_marked(text, item, found[0].span.start)
                if found and all(body.known or (marked and self._will_do(body, item)) for body in found):
                    return found, self._with_mark(text, item.span.start, found[0].span.start)
        return [], item.span.end

    def _will_do(self, body: Listed, item: Item) -> bool:
        """In a list with others any body under a jurisdiction will do, a firm too; alone it must be the state's."""
        return self.bodies.is_credible(body) or (item.joined and body.placed)

    def _is_marked(self, text: str, item: Item, start: int) -> bool:
        """After 由, and where an item is nothing but a body, one known by its ending alone will do."""
        marks = tuple(self.cues.words.agent_marks)
        alone = start == item.span.start and not any(mark in text[start : item.span.end] for mark in marks)
        return alone or text[start - 1] in marks

    def _may_begin(self, text: str, item: Item, start: int) -> bool:
        return start == item.span.start or text[start] not in self.cues.run

    def _with_mark(self, text: str, floor: int, start: int) -> int:
        """Include 由 before the list."""
        marks = tuple(self.cues.words.agent_marks)
        return start - 1 if start > floor and text[start - 1] in marks else start

    def _rightward(self, text: str, span: Span, place: Place) -> _Found | None:
        """Read the bodies that begin right after 会同; the last item goes on into a verb."""
        fields = self.bodies.groups.fields_at(text, span.start)
        if fields:
            return _Found(tuple(self.bodies.read(text, Span(span.start, fields), 0, False, place)), span.start, fields)
        listed: list[Listed] = []
        end = span.start
        for item in self.bodies.items(text, Span(span.start, min(span.end, span.start + _REACH)), place):
            if item.span.start > end + 1 or (listed and not item.joined):
                break
            whole = self.bodies.read(text, item.span, item.tier, item.joined, place)
            if whole and all(map(self.bodies.is_credible, whole)):
                listed += whole
                end = item.span.end
                continue
            found, end_here = self._head_of(text, item, place)
            listed += found
            end = end_here if found else end
            break
        return _Found(tuple(listed), span.start, end) if listed else None

    def _head_of(self, text: str, item: Item, place: Place) -> tuple[list[Listed], int]:
        """Read the beginning of an item that is bodies: the longest that a verb follows, else the longest."""
        read: list[tuple[list[Listed], int]] = []
        for end in range(item.span.end - 1, item.span.start + 1, -1):
            found = self.bodies.read(text, Span(item.span.start, end), item.tier, item.joined, place)
            if found and all(body.known for body in found):
                if text.startswith(self.cues.words.joint_verbs, end):
                    return found, end
                read.append((found, end))
        return read[0] if read else ([], item.span.start)

    def _office(
        self, text: str, sentence: Span, match: re.Match[str], place: Place
    ) -> tuple[Span, tuple[Participant, ...]] | None:
        """Read the duties of an office whose seat is told first: 领导小组办公室设在X，会同Y…，具体负责…."""
        if text[match.start() - 1] not in self.cues.tier:
            return None
        words = self.cues.words
        seat = re.compile(
            rf"(?P<office>[^{_STOPS},，]{{0,16}}(?:{_any(words.office_heads)}))(?:{_any(words.office_marks)})"
        )
        found = seat.search(text, sentence.start, match.start())
        if found is None:
            return None
        office = self._office_body(text, found, place)
        if office is None:
            return None
        duty = re.compile(rf",(?:{_any(words.adverbials)})*(?P<duty>{words.duty_verbs[0]})").search(
            text, match.end(), sentence.end
        )
        assigned = [Assigned(office, Role.LEAD, match.group())] if match.group("joint") else []
        end = match.end()
        if match.group("joint"):
            partners = self._rightward(text, Span(match.end(), sentence.end), place)
            assigned += (
                [Assigned(listed, Role.SUPPORT, match.group()) for listed in partners.listed] if partners else []
            )
        if duty or match.group("duty"):
            assigned.append(Assigned(office, Role.RESPONSIBLE, duty.group("duty") if duty else match.group()))
            end = duty.end() if duty else end
        span = Span(found.start("office"), self._quote_end(text, sentence, end))
        return span, tuple(participants_of(assigned, self.bodies, place, text))

    def _office_body(self, text: str, found: re.Match[str], place: Place) -> Listed | None:
        for start in range(found.start("office"), found.end("office") - 2):
            listed = self.bodies.read(text, Span(start, found.end("office")), 0, False, place)
            if listed:
                return listed[0]
        return None

    def _quote_end(self, text: str, sentence: Span, end: int) -> int:
        return next((at for at in range(end, sentence.end) if text[at] in self.cues.tier), sentence.end)


def _sentence(text: str, span: Span, at: int) -> Span:
    start = max(
        (text.rfind(stop, span.start, at) + 1 for stop in _STOPS if text.rfind(stop, span.start, at) >= 0),
        default=span.start,
    )
    end = min((found for stop in _STOPS if (found := text.find(stop, at, span.end)) >= 0), default=span.end)
    return Span(start, end)


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(map(fold, words)), key=lambda word: (-len(word), word)))
