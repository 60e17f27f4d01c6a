"""The role words that open a clause in a sentence or go on with it, as patterns over folded text."""

from __future__ import annotations

import re
from functools import cached_property

from kg.lexicons.cues import Cues
from kg.model.entities import Role
from kg.text.passage import Passage
from kg.text.patterns import any_folded

# No sentence goes on for more characters than this to either side of a role word.
_REACH = 800


class RolePatterns:
    """The patterns of role words in sentences, and what about a match is no assignment after all."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Match a role word that can open a clause: 牵头, 会同, 负责, 按照职责分工落实, 承担日常工作."""
        modals = any_folded(self.cues.words.modals)
        kinds = {
            "lead": self._lead,
            "joint": f"{self.cues.joint.pattern}|{self.cues.words.consults}",
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
        said = rf"(?:{duty})?(?:{lead})(?!{nobody}){self.cues.tails}"
        return rf"{said}|{self._copula(Role.LEAD)}|{words.lead_functions}"

    @property
    def _duty(self) -> str:
        """负责, but not 负责人; 承担领导小组日常工作."""
        words = self.cues.words
        duty, bears = any_folded(words.role_words("prose", Role.RESPONSIBLE)), any_folded(words.role_words("bears"))
        near = rf"[^{re.escape(words.stops)},]{{0,20}}"
        said = rf"(?:{duty})(?!{words.not_duties})|{self._copula(Role.RESPONSIBLE)}"
        return rf"{said}|(?:{bears})(?={near}(?:{any_folded(words.borne)}))"

    @property
    def _aid(self) -> str:
        """配合 before a verb or at the end: 配合做好, 配合中国人民银行做好, 予以配合."""
        words = self.cues.words
        aid, verbs = any_folded(words.role_words("prose", Role.SUPPORT)), any_folded(words.support_verbs)
        near = rf"[^{re.escape(words.stops)},]{{0,24}}?"
        ends = rf"[{re.escape(words.stops)},]|$"
        return rf"(?:{aid})(?={near}(?:{verbs})|{ends})"

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
    def duty(self) -> re.Pattern[str]:
        """Match the role that a duty in a list begins with: 负责, 负责牵头, 积极配合; the group name is the role."""
        words, cues = self.cues.words, self.cues
        duty = any_folded(words.role_words("prose", Role.RESPONSIBLE))
        borne = any_folded((*words.role_words("bears"), *words.role_words("agent")))
        lead, support = (any_folded(words.role_words("suffix", role)) for role in (Role.LEAD, Role.SUPPORT))
        said = rf"(?:{duty})?(?:(?P<lead>{lead})|(?P<support>{support}))"
        inner = rf"{said}|(?P<responsible>(?:{duty})(?!{words.not_duties})|{borne})"
        return re.compile(
            rf"(?:{any_folded(words.modals)})?{cues.adverbials}(?:{inner}|(?P<joint>{cues.joint.pattern}))"
        )

    @staticmethod
    def role_of(duty: re.Match[str] | None) -> Role:
        """Return the role that a duty begins with; who works with others leads, who just works is responsible."""
        if duty is None:
            return Role.RESPONSIBLE
        return Role.LEAD if duty.group("joint") else next(role for role in Role if duty.group(role.value))

    @cached_property
    def follower(self) -> re.Pattern[str]:
        """Match a role said of bodies that follow a lead; the group name is the role: 参加, 为成员单位, 按职责分工负责.

        Where the group `goes_on` matches, the words have an object as in a clause of their own: 负责资金拨付, 协助做好.
        """
        words, cues = self.cues.words, self.cues
        support = any_folded((*words.role_words("suffix", Role.SUPPORT), *words.role_words("prose", Role.SUPPORT)))
        duty, follower = (any_folded(words.role_words(use, Role.RESPONSIBLE)) for use in ("prose", "follower"))
        kinds = {
            Role.SUPPORT: rf"{cues.adverbials}(?:{support}){cues.tails}|{self._copula(Role.SUPPORT)}",
            Role.RESPONSIBLE: rf"{cues.adverbials}(?:{follower}){cues.tails}",
            Role.GUIDE: rf"{cues.adverbials}(?:{any_folded(words.role_words('suffix', Role.GUIDE))})",
        }
        said = "|".join(f"(?P<{role}>{pattern})" for role, pattern in kinds.items())
        ends = rf"[{re.escape(''.join(sorted(cues.tier)))}]|$|{any_folded(words.follower_ends)}"
        aid = rf"(?P<aid>(?:{support})(?={any_folded(words.support_verbs)}))"
        goes_on = rf"(?P<goes_on>{cues.adverbials}(?:{aid}|(?:{duty})(?!{words.not_duties})))"
        return re.compile(rf"(?:{any_folded(words.modals)})?(?:(?:{said})(?={ends})|{goes_on})")

    @cached_property
    def interpretation(self) -> re.Pattern[str]:
        """Match 负责解释, which assigns no task; 负责解释政策 does."""
        words = self.cues.words
        duty = any_folded(words.role_words("prose", Role.RESPONSIBLE))
        return re.compile(rf"(?:{duty})(?:{any_folded(words.interprets)})(?=[^\u3400-\u9fff]|$)")

    @cached_property
    def duty_holder(self) -> re.Pattern[str]:
        """Match what makes 国务院负责 part of a name: 专利管理工作的部门."""
        words = self.cues.words
        near = rf"[^{re.escape(words.stops)},]{{0,24}}"
        return re.compile(rf"{near}(?:{any_folded(words.relative_marks)})(?:{any_folded(words.duty_holders)})")

    def _copula(self, role: Role) -> str:
        """Return a pattern of X为牵头单位, X为责任主体 without X; a label that is a verb too needs its noun."""
        words = self.cues.words
        label, nouns = any_folded(words.role_words("label", role)), any_folded(words.labels.nouns)
        alone = set(words.role_words("label-alone", role)) - set(words.role_words("suffix", role))
        return rf"(?:{any_folded(words.copulas)})(?:(?:{label})(?:{nouns})|{any_folded(alone)})"

    @cached_property
    def seat(self) -> re.Pattern[str]:
        """Match an office with its seat (领导小组办公室设在) or its owner (指挥部下设办公室).

        The group `office` is its name with words before it; else `owner` is that of its owner, and `kind` what it is.
        """
        words = self.cues.words
        near = rf"[^{re.escape(words.stops)},]{{0,16}}?"
        office, mark = any_folded(words.seat_offices), any_folded(words.seat_marks)
        owned = rf"(?P<owner>{near})(?:{any_folded(words.office_marks)})(?P<kind>{office})"
        return re.compile(rf"(?P<office>{near}(?:{office})){near}(?:{mark})|{owned}")

    @cached_property
    def seat_duty(self) -> re.Pattern[str]:
        """Match a word of duty behind a comma: ，具体负责."""
        duty = any_folded(self.cues.words.role_words("prose", Role.RESPONSIBLE))
        return re.compile(rf",{self.cues.adverbials}(?P<duty>{duty})")

    @cached_property
    def _past(self) -> re.Pattern[str]:
        words = self.cues.words
        return re.compile(rf"(?:{any_folded(words.not_past)})|(?P<past>{any_folded(words.past)})")

    def tells_of_the_past(self, sentence: Passage, opening: re.Match[str]) -> bool:
        """Tell whether a role word is part of a report, which assigns nothing: 市发改委牵头起草了…, 去年，…."""
        words = self.cues.words
        if sentence.stripped().words.startswith(words.past_sentences):
            return True
        end = part_end(sentence, opening.end(), self.cues)
        if self._has_past(sentence.cut(opening.end(), end)):
            return True
        if opening.group("aid") and self._has_past(sentence.to(opening.end())):
            return True
        return sentence.text.startswith(words.past_openings, end + 1, sentence.end)

    def _has_past(self, passage: Passage) -> bool:
        return any(match.group("past") for match in passage.find(self._past))


def part_end(sentence: Passage, at: int, cues: Cues) -> int:
    """Return where the part of a sentence ends in which `at` stands: before the next comma."""
    comma = sentence.behind(at).search(cues.comma)
    return comma.start() if comma is not None else sentence.end


def sentence_at(passage: Passage, at: int, stops: str) -> Passage:
    """Return the stretch of a passage around `at` between two of `stops`; no sentence goes on for more than _REACH."""
    first, last = max(passage.start, at - _REACH), min(passage.end, at + _REACH)
    start = max((passage.text.rfind(stop, first, at) + 1 for stop in stops), default=0)
    end = min((found for stop in stops if (found := passage.text.find(stop, at, last)) >= 0), default=last)
    return passage.cut(max(start, first), end)
