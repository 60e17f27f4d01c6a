"""How news tells what will be done from what was done, from ``lexicons/announcements.yaml``."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path

from kg.lexicons.entry import Entry, Pattern, Patterns, Words
from kg.lexicons.files import load_yaml
from kg.text.fold import fold
from kg.text.patterns import any_of


class Announcements(Entry, frozen=True, kw_only=True, dict=True):
    """How news tells what a body will do from what it has done, and what is said for the occasion only.

    Patterns are matched against folded text, in a sentence or a paragraph of it.

    Attributes:
        openers: A paragraph that ends by announcing a list, whose points follow (重点抓好以下工作：).
        describers: A sentence that leads to a list of facts (有以下特点：).
        intentions: Words of intending, asking and ordering, near the head of a point.
        demands: A sentence that says what a body will do, or asks for something.
        orders: Words that open a point or a sentence that orders something (鼓励…).
        reports: A paragraph that begins by reporting what has been done.
        history: A sentence that begins by telling of past years.
        goals: A sentence that says what is to be reached and sets no task (到2025年，基本建成…).
        ceremonial: Words said for the occasion; a paragraph with two of them asks for nothing in particular.
        speakers: What announces in place of a body: a meeting, a document, a pronoun (会议, 《通知》, 该局).
        persons: Who speaks for a body, right behind its name (有关负责人).
        titles: What stands between the name of a body and that of its official (副局长).
        announcing: Patterns of verbs that announce by themselves (要求).
        tending: Verbs that announce where nothing in the sentence tells the past (支持).
        neutral: Verbs that announce only where one of `wishes` follows in the sentence (表示).
        others: Who speaks at the head of a sentence, whoever it is; the first group is the name.
        issuing_first: What is issued, behind which a later clause orders something (印发通知，鼓励…).
        beginning_first: What is begun, behind which a later clause says what will be done (启动…行动，将…).
        between: When, where and how, between a speaker and the verb (近日, 在…会议上).
        wishes: Words by which a speaker wants something to be done (将, 鼓励), right behind a neutral verb.
        not_wishes: Characters that before such a word make it another (重要).
        duties: Patterns of such words at the head of a later clause.
        obligations: Those of them by which somebody else is told to act.
        past: Words that make a report of what would be an announcement (已).
        happenings: What only happens (将于…举行).
        statements: What only says how things are (…是…的内在要求).
        prepositions: Words before a name that does then not speak (对…).
        foreign: Names of other states, whose bodies are not meant.
        sources: Those of them that name from whom something was heard (从…获悉).
        heard: What follows the name of such a source.
        issuing: What follows the body that the page reports on (联合印发, 召开…会议).
        programme: A sentence in which a document is issued whose provisions follow (印发《…》).
        hosting: What follows the body that holds a conference at which others speak.
        joints: Words and marks between bodies that speak together.
        diplomacy: Words of what one state says to another.
        private: A sentence in which a company, an expert or a resident speaks.
        datelines: What stands before the first sentence of a report (央视网消息：).
        points: How a point is counted inside a paragraph; a group of the pattern is the numeral.
    """

    openers: Patterns
    describers: Pattern
    intentions: Words
    demands: Patterns
    orders: Words
    reports: Patterns
    history: Pattern
    goals: Pattern
    ceremonial: Words
    speakers: Pattern
    persons: Pattern
    titles: Pattern
    announcing: Patterns
    tending: Words
    neutral: Words
    others: Pattern
    issuing_first: Pattern
    beginning_first: Pattern
    between: Pattern
    wishes: Words
    not_wishes: Words
    duties: Patterns
    obligations: Patterns
    past: Words
    happenings: Pattern
    statements: Pattern
    prepositions: Words
    foreign: Words
    sources: Words
    heard: Pattern
    issuing: Pattern
    programme: Pattern
    hosting: Pattern
    joints: Words
    diplomacy: Words
    private: Pattern
    datelines: Pattern
    points: Pattern

    @cached_property
    def _openers(self) -> re.Pattern[str]:
        return re.compile("|".join(self.openers))

    @cached_property
    def _orders(self) -> re.Pattern[str]:
        return re.compile(fold(any_of(self.orders)))

    @cached_property
    def _duty(self) -> str:
        """What wants something done at the head of a clause, other than what only happens."""
        return rf"(?:{'|'.join(self.duties)})(?!(?:{self.happenings}))"

    @cached_property
    def _later_duty(self) -> re.Pattern[str]:
        """Match a clause that wants something done, whoever it names first."""
        return re.compile(fold(rf"(?:^|[,:;“])[^,:;。]{{0,16}}?{self._duty}"))

    @cached_property
    def _lead(self) -> str:
        return rf"(?:(?:{self.persons}|{self.titles})[\u3400-\u9fff·]{{0,4}}?)?,?(?:(?:{self.between}),?){{0,5}}"

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        """Match what follows a speaker that announces: a plain verb, or one behind which something is wanted."""
        past, wish, must = any_of(self.past), any_of(self.wishes), "|".join(self.obligations)
        apart = f"(?<![{''.join(self.not_wishes)}])"
        plain = rf"(?:{'|'.join(self.announcing)})(?!{past}|(?:{self.happenings}))"
        later = rf"[^。]{{0,160}}?[,;:“)](?:(?:{self.between})?(?:{self._duty})|[^,:;。]{{1,16}}?(?:{must}))"
        near = rf"(?![,:“]*(?:[^,。]{{0,12}}(?:{past})|(?:{self.happenings})))[^。]{{0,24}}?{apart}(?:{wish})"
        neutral = rf"(?:{any_of(self.neutral)})(?![,:“]*(?:{self.statements}))(?:{near}|{later})"
        ordered = rf"[^。]{{0,160}}?[,;:“)](?:{self.between})?(?:{self._duty}|{any_of(self.orders)})"
        begun = rf"(?:{self.issuing_first}){ordered}|(?:{self.beginning_first}){later}"
        return re.compile(fold(rf"{self._lead}(?!{past})(?:{plain}|{neutral}|{begun})"))

    @cached_property
    def _tending(self) -> re.Pattern[str]:
        return re.compile(fold(rf"{self._lead}(?:{any_of(self.tending)})(?![^,。]{{0,20}}(?:{any_of(self.past)}))"))

    @cached_property
    def _speaker(self) -> re.Pattern[str]:
        return re.compile(fold(rf"(?:^|(?<=[。;,!?:“]))(?:{self.speakers})"))

    @cached_property
    def _speech(self) -> re.Pattern[str]:
        verbs = any_of((*self.neutral, *self.tending))
        return re.compile(fold(rf"{self._lead}(?:{verbs}|{'|'.join(self.announcing)})"))

    @cached_property
    def _named(self) -> re.Pattern[str]:
        """Match what follows a body up to the name of the one who speaks for it."""
        return re.compile(fold(rf"(?:{self.titles})([\u3400-\u9fff·]{{2,4}})"))

    @cached_property
    def point_pattern(self) -> re.Pattern[str]:
        """Match the numeral of a point at the head of a paragraph or a sentence."""
        return re.compile(rf"(?:^|(?<=[。;:,!?]))\s*(?:{self.points})")

    def behind_dateline(self, text: str, start: int, end: int) -> int:
        """Return where a sentence of a folded text begins behind its dateline, if it has one."""
        match = self._dateline.match(text, start, end)
        return match.end() if match is not None and match.end() < end else start

    @cached_property
    def _dateline(self) -> re.Pattern[str]:
        return re.compile(rf"\s*(?:{self.datelines})?")

    def announces(self, following: str, *, reported: bool = False) -> bool:
        """Tell whether what follows a speaker in its sentence announces: 要求…, 将…, 有关负责人表示，将….

        `reported` says that the sentence tells of the past, in which 支持… is no announcement and 将… is.
        """
        if reported:
            return self.wants(following) and bool(self._verb.match(following))
        return bool(self._verb.match(following) or self._tending.match(following))

    def speaks(self, following: str) -> bool:
        """Tell whether what follows a name makes it one who speaks, whatever is said."""
        return bool(self._speech.match(following))

    def issues(self, following: str) -> bool:
        """Tell whether what follows the name of a body makes it the one the page reports on: 联合印发, 召开…会议."""
        return bool(_compiled(self.issuing).match(fold(following)))

    def issues_programme(self, sentence: str) -> bool:
        """Tell whether a document is issued in a sentence, so that what it orders may follow."""
        return bool(_compiled(self.programme).search(sentence))

    def speaker_named(self, sentence: str) -> tuple[str, str]:
        """Return who speaks at the head of a sentence, as it names him (邹澜表示), and what follows the name."""
        match = _compiled(self.others).match(sentence)
        return (match.group(1), sentence[match.end(1) :]) if match else ("", "")

    def stands_for_body(self, name: str) -> bool:
        """Tell whether a word stands for a body that is known by now: 会议, 该负责人."""
        return bool(self._speaker.match(name))

    def spokesman(self, following: str) -> str:
        """Return the name of the one who speaks for a body, and what follows it, from what follows the body's name."""
        match = self._named.match(following)
        return match.group(1) if match else ""

    def hosts(self, following: str) -> bool:
        """Tell whether a body holds a conference at which others speak."""
        return bool(_compiled(self.hosting).match(following))

    def has_speaker(self, sentence: str, *, reported: bool = False) -> bool:
        """Tell whether a meeting, a document or a pronoun announces: 会议要求, 通知提出，稳步扩大…, 该局将…."""
        found = self._speaker.finditer(sentence)
        return any(self.announces(sentence[match.end() :], reported=reported) for match in found)

    def addressed(self, before: str) -> bool:
        """Tell whether what stands before a name makes it an object: 从…获悉, 对…."""
        return before.endswith(self.prepositions) or self.is_foreign(before)

    def is_foreign(self, before: str) -> bool:
        """Tell whether what stands before a name makes it a body of another state."""
        return before.endswith(self.foreign)

    def is_heard(self, before: str, following: str) -> bool:
        """Tell whether something was heard from a body: 从…获悉."""
        return before.endswith(self.sources) and bool(_compiled(self.heard).match(following))

    def wants(self, sentence: str) -> bool:
        """Tell whether a clause of a sentence wants something done, whoever it names."""
        return bool(self._later_duty.search(sentence))

    def obliges(self, sentence: str) -> bool:
        """Tell whether a sentence tells somebody early on what they must do: 各地要…."""
        return bool(self._obliging.match(sentence))

    @cached_property
    def _obliging(self) -> re.Pattern[str]:
        return re.compile(fold(rf"[^。:;]{{0,30}}?(?:{'|'.join(self.obligations)})(?!(?:{self.happenings}))"))

    def tells_history(self, sentence: str) -> bool:
        """Tell whether a sentence tells what has been done over the years."""
        return bool(_compiled(self.history).search(sentence))

    def is_diplomatic(self, sentence: str) -> bool:
        """Tell whether one state speaks to another, which orders nothing at home."""
        return any(word in sentence for word in self.diplomacy)

    def is_private(self, sentence: str) -> bool:
        """Tell whether a company, an expert or a resident speaks: what they will do is no policy."""
        return bool(_compiled(self.private).match(sentence))

    def opens(self, paragraph: str) -> bool:
        """Tell whether a paragraph announces that the points of a programme follow."""
        return bool(self._openers.search(paragraph))

    def describes(self, paragraph: str) -> bool:
        """Tell whether a paragraph ends by leading to a list of facts rather than of tasks."""
        return bool(_compiled(self.describers).search(paragraph))

    def demands_action(self, sentence: str) -> bool:
        """Tell whether a sentence without a known speaker says what a body will do or asks for."""
        return bool(_compiled("|".join(self.demands)).search(sentence)) and not self.is_private(sentence)

    def begins_with_order(self, sentence: str) -> bool:
        """Tell whether a sentence begins by ordering something: 鼓励…, 严格…."""
        return bool(self._orders.match(sentence))

    def is_goal(self, sentence: str) -> bool:
        """Tell whether a sentence says what is to be reached and orders nothing."""
        return bool(_compiled(self.goals).search(sentence))

    def intends(self, paragraph: str) -> bool:
        """Tell whether a point speaks of things to do: a word of intention near its head."""
        head = paragraph[:80]
        return any(word in head for word in self.intentions)

    def reports_past(self, paragraph: str) -> bool:
        """Tell whether a paragraph begins by telling what has been done."""
        return bool(_compiled("|".join(self.reports)).search(fold(paragraph[:80])))

    def is_ceremonial(self, paragraph: str) -> bool:
        """Tell whether a paragraph is said for the occasion."""
        return sum(word in paragraph for word in self.ceremonial) >= 2


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern to be matched against folded text."""
    return re.compile(fold(pattern))


def load_announcements(root: Path) -> Announcements:
    """Load ``lexicons/announcements.yaml``; raise LexiconError with file and line for what does not fit."""
    return load_yaml(root / "lexicons" / "announcements.yaml", Announcements)
