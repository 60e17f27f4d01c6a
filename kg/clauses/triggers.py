"""The role words that open or go on with a clause in running text, as patterns over folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from kg.lexicons.cues import Cues
from kg.text import fold
from kg.types import Span


class Triggers:
    """The patterns of running text, and what about a match is no assignment after all."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Match a role word that can open a clause: 牵头, 会同, 负责, 按照职责分工落实, 承担日常工作."""
        words = self.cues.words
        lead, joint = "|".join(words.cores["lead"][:2]), "|".join(words.joint_marks[:2])
        duty, bears = words.duty_verbs
        leads = rf"(?:{duty})?(?:{lead})(?!{_any(self._not_after)})(?:{_any(words.tails)})*|{self._as('lead')}"
        before = rf"(?:{_any(words.modals)})?(?:{_any(words.adverbials)})*"
        aid = rf"(?:{'|'.join(words.cores['support'][:2])})(?={_any(words.aided)})"
        borne = rf"{bears}(?=[^{words.stops},]{{0,20}}(?:{_any(words.borne)}))"
        divided = rf"(?:{_any(words.modals)})?(?:{_any(words.divisions)}),?"
        shared = rf"{divided}(?:{_any(words.adverbials)})*(?:{_any(words.shared)})"
        duties = rf"{duty}(?!{words.not_duties})|{borne}"
        agent = _any((*words.agent_duties, bears))  # 由 makes them duties: 由X组织实施, 日常工作由X承担
        return re.compile(
            rf"(?P<shared>{shared})|"
            rf"{before}(?:(?P<lead>{leads})|(?P<joint>{joint})|(?P<duty>{duties})|(?P<aid>{aid})|(?P<agent>{agent}))"
        )

    @cached_property
    def _not_after(self) -> tuple[str, ...]:
        return (*self.cues.words.labels.nouns, *self.cues.words.not_leaders)

    @cached_property
    def follower(self) -> re.Pattern[str]:
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
        words = self.cues.words
        return re.compile(rf"(?:{_any(words.not_past)})|(?P<past>{_any(words.past)})")

    def is_past(self, text: str, sentence: Span, end: int, *, aid: bool) -> bool:
        """A report of the past assigns nothing: 市发改委牵头起草了…, 去年，…."""
        if text[sentence.start : sentence.end].lstrip().startswith(self.cues.words.past_sentences):
            return True
        stop = next((at for at in range(end, sentence.end) if text[at] in self.cues.tier), sentence.end)
        if self._tells_past(text, end, stop) or (aid and self._tells_past(text, sentence.start, end)):
            return True
        return text.startswith(self.cues.words.past_openings, stop + 1, sentence.end)

    def _tells_past(self, text: str, start: int, end: int) -> bool:
        return any(match.group("past") for match in self._past.finditer(text, start, end))


def sentence_at(text: str, span: Span, at: int, stops: str) -> Span:
    """Return the stretch of `span` around `at` between two of `stops`."""
    start = max(
        (text.rfind(stop, span.start, at) + 1 for stop in stops if text.rfind(stop, span.start, at) >= 0),
        default=span.start,
    )
    end = min((found for stop in stops if (found := text.find(stop, at, span.end)) >= 0), default=span.end)
    return Span(start, end)


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(map(fold, words)), key=lambda word: (-len(word), word)))
