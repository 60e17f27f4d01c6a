"""The role words that open or go on with a clause in running text, as patterns over folded text."""

from __future__ import annotations

import re
from functools import cached_property

from kg.lexicons.cues import Cues, several
from kg.model.document import Span
from kg.text.patterns import any_folded

_REACH = 800


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
        leads = rf"(?:{duty})?(?:{lead})(?!{any_folded(self._not_after)}){several(words.tails)}|{self._as('lead')}"
        before = rf"(?:{any_folded(words.modals)})?{several(words.adverbials)}"
        aid = rf"(?:{'|'.join(words.cores['support'][:2])})(?={any_folded(words.aided)})"
        borne = rf"{bears}(?=[^{words.stops},]{{0,20}}(?:{any_folded(words.borne)}))"
        divided = rf"(?:{any_folded(words.modals)})?(?:{any_folded(words.divisions)}),?"
        shared = rf"{divided}{several(words.adverbials)}(?:{any_folded(words.shared)})"
        duties = rf"{duty}(?!{words.not_duties})|{borne}"
        agent = any_folded((*words.agent_duties, bears))  # 由 makes them duties: 由X组织实施, 日常工作由X承担
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
        support = any_folded(words.cores["support"])
        said = rf"{several(words.adverbials)}(?:{support}){several(words.tails)}"
        duty = rf"(?P<duty>(?:{any_folded(words.bare_adverbials)})?(?:{any_folded(words.cores['responsible'][:2])}))"
        ends = rf"[{''.join(self.cues.tier)}]|$|{any_folded(words.supported)}"
        return re.compile(rf"(?:{duty}|{said}|{self._as('support')})(?={ends})")

    def _as(self, role: str) -> str:
        """Return a pattern of X为牵头单位 without X."""
        labels = self.cues.words.labels
        parts = labels.lead if role == "lead" else labels.support
        copulas = any_folded(self.cues.words.copulas)
        return rf"(?:{copulas})(?:{any_folded(parts.qualifiers)})(?:{any_folded(labels.nouns)})"

    @cached_property
    def _past(self) -> re.Pattern[str]:
        words = self.cues.words
        return re.compile(rf"(?:{any_folded(words.not_past)})|(?P<past>{any_folded(words.past)})")

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
    """Return the stretch of `span` around `at` between two of `stops`; no sentence goes on for longer than _REACH."""
    first, last = max(span.start, at - _REACH), min(span.end, at + _REACH)
    start = max((text.rfind(stop, first, at) + 1 for stop in stops), default=0)
    end = min((found for stop in stops if (found := text.find(stop, at, last)) >= 0), default=last)
    return Span(max(start, first), end)
