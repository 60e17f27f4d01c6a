"""The role words that open or go on with a clause in running text, as patterns over folded text."""

from __future__ import annotations

import re
from functools import cached_property

from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.model.entities import Role
from kg.text.patterns import any_folded

_REACH = 800


class Triggers:
    """The patterns of running text, and what about a match is no assignment after all."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Match a role word that can open a clause: 牵头, 会同, 负责, 按照职责分工落实, 承担日常工作."""
        modals = any_folded(self.cues.words.modals)
        kinds = {
            "lead": self._lead,
            "joint": self.cues.joint.pattern,
            "duty": self._duty,
            "aid": self._aid,
            "agent": self._agent,
        }
        inner = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
        return re.compile(rf"(?P<shared>{self._shared})|(?:{modals})?{self.cues.adverbials}(?:{inner})")

    @property
    def _lead(self) -> str:
        """牵头, 负责牵头, 牵头抓总, 为牵头单位; not 牵头企业."""
        words = self.cues.words
        lead, duty = (any_folded(words.role_words("prose", role)) for role in (Role.LEAD, Role.RESPONSIBLE))
        nobody = any_folded((*words.labels.nouns, *words.not_leaders))
        return rf"(?:{duty})?(?:{lead})(?!{nobody}){self.cues.tails}|{self._copula(Role.LEAD)}"

    @property
    def _duty(self) -> str:
        """负责, but not 负责人; 承担领导小组日常工作."""
        words = self.cues.words
        duty, bears = any_folded(words.role_words("prose", Role.RESPONSIBLE)), any_folded(words.role_words("bears"))
        near = rf"[^{re.escape(words.stops)},]{{0,20}}"
        return rf"(?:{duty})(?!{words.not_duties})|(?:{bears})(?={near}(?:{any_folded(words.borne)}))"

    @property
    def _aid(self) -> str:
        """配合 before a verb: 配合做好."""
        words = self.cues.words
        return rf"(?:{any_folded(words.role_words('prose', Role.SUPPORT))})(?={any_folded(words.support_verbs)})"

    @property
    def _agent(self) -> str:
        """What 由 makes a duty: 由X组织实施, 日常工作由X承担."""
        words = self.cues.words
        return any_folded((*words.role_words("agent"), *words.role_words("bears")))

    @property
    def _shared(self) -> str:
        """按照职责分工推进, 要按各自职责，抓好."""
        words = self.cues.words
        division, divided = words.manner_words("division"), words.role_words("divided")
        before = rf"(?:{any_folded(words.modals)})?(?:{any_folded(division)}),?"
        return rf"{before}{self.cues.adverbials}(?:{any_folded(divided)})"

    @cached_property
    def follower(self) -> re.Pattern[str]:
        """Match a role said of bodies that follow a lead: 参加, 为成员单位, 按职责分工负责."""
        words, cues = self.cues.words, self.cues
        support = any_folded((*words.role_words("suffix", Role.SUPPORT), *words.role_words("prose", Role.SUPPORT)))
        said = rf"{cues.adverbials}(?:{support}){cues.tails}|{self._copula(Role.SUPPORT)}"
        duty = rf"(?:{any_folded(words.manner_words('suffix'))})?(?:{any_folded(words.role_words('follower'))})"
        ends = rf"[{re.escape(''.join(sorted(cues.tier)))}]|$|{any_folded(words.follower_ends)}"
        return re.compile(rf"(?:(?P<duty>{duty})|{said})(?={ends})")

    def _copula(self, role: Role) -> str:
        """Return a pattern of X为牵头单位 without X."""
        words = self.cues.words
        label, nouns = any_folded(words.role_words("label", role)), any_folded(words.labels.nouns)
        return rf"(?:{any_folded(words.copulas)})(?:{label})(?:{nouns})"

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
