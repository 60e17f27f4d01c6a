"""How news tells what will be done from what was done, from ``lexicons/announcements.yaml``."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from kg.lexicons.entry import Entry, Pattern, Patterns, Words
from kg.lexicons.files import load_yaml
from kg.text.fold import fold


class Announcements(Entry, frozen=True, kw_only=True, dict=True):
    """How news tells what a body will do from what it has done, and what is said for the occasion only.

    Patterns are matched against folded text.

    Attributes:
        openers: A paragraph that ends by announcing a list, whose points follow (重点抓好以下工作：).
        intentions: Words of intending, asking and ordering, near the head of a point.
        demands: A paragraph that says what a body will do, or asks for something.
        reports: A paragraph that begins by reporting what has been done.
        ceremonial: Words said for the occasion; a paragraph with two of them asks for nothing in particular.
        speakers: What announces in place of a body: a meeting, a document, a pronoun (会议, 通知, 该局).
        persons: Who speaks for a body, right behind its name (有关负责人).
        announcing: Verbs that announce by themselves (要求).
        neutral: Verbs that announce only where one of `wishes` follows in the sentence (表示).
        between: When, where and how, between a speaker and the verb (近日, 在…会议上).
        wishes: Words by which a speaker wants something to be done (将, 鼓励).
        past: Words that make a report of what would be an announcement (已).
        prepositions: Words before a name that does then not speak (从…获悉).
        issuing: What follows the body that the page reports on (联合印发, 召开…会议).
        joints: Words and marks between bodies that speak together.
        private: A paragraph in which a company, an expert or a resident speaks.
    """

    openers: Patterns
    intentions: Words
    demands: Patterns
    reports: Patterns
    ceremonial: Words
    speakers: Words
    persons: Pattern
    announcing: Words
    neutral: Words
    between: Pattern
    wishes: Words
    past: Words
    prepositions: Words
    issuing: Pattern
    joints: Words
    private: Pattern

    @cached_property
    def _openers(self) -> re.Pattern[str]:
        return re.compile("|".join(self.openers))

    @cached_property
    def _demands(self) -> re.Pattern[str]:
        return re.compile(fold("|".join(self.demands)))

    @cached_property
    def _reports(self) -> re.Pattern[str]:
        return re.compile(fold("|".join(self.reports)))

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        """Match what follows a speaker that announces: a plain verb, or a neutral one with a wish close behind it."""
        plain, neutral = "|".join(self.announcing), "|".join(sorted(self.neutral, key=len, reverse=True))
        wish, past = "|".join(self.wishes), "|".join(self.past)
        return re.compile(
            fold(
                rf"(?:{self.persons})?,?(?:(?:{self.between}),?){{0,3}}(?!{past})(?:(?:{plain})(?!{past})"
                rf"|(?:{neutral})[,:“]*(?![^,。]{{0,12}}(?:{past}))[^。]{{0,24}}?(?:{wish}))"
            )
        )

    @cached_property
    def _speaker(self) -> re.Pattern[str]:
        words = "|".join(sorted(self.speakers, key=len, reverse=True))
        return re.compile(fold(rf"(?:^|(?<=[。;,!?“]))《?(?:{words})》?"))

    @cached_property
    def _private(self) -> re.Pattern[str]:
        return re.compile(fold(self.private))

    @cached_property
    def _issuing(self) -> re.Pattern[str]:
        return re.compile(fold(self.issuing))

    def announces(self, following: str) -> bool:
        """Tell whether what follows the name of a body makes it announce: 要求…, 将…, 有关负责人表示，将…."""
        return bool(self._verb.match(fold(following)))

    def issues(self, following: str) -> bool:
        """Tell whether what follows the name of a body makes it the one the page reports on: 联合印发, 召开…会议."""
        return bool(self._issuing.match(fold(following)))

    def has_speaker(self, paragraph: str) -> bool:
        """Tell whether a meeting, a document or a pronoun announces: 会议要求, 通知提出，稳步扩大…, 该局将…."""
        folded = fold(paragraph)
        return any(self._verb.match(folded, match.end()) for match in self._speaker.finditer(folded))

    def addressed(self, before: str) -> bool:
        """Tell whether what stands before a name makes it an object: 从…获悉, 对…."""
        return before.endswith(self.prepositions)

    def is_private(self, paragraph: str) -> bool:
        """Tell whether a company, an expert or a resident speaks: what they will do is no policy."""
        return bool(self._private.match(fold(paragraph)))

    def opens(self, paragraph: str) -> bool:
        """Tell whether a paragraph announces that the points of a programme follow."""
        return bool(self._openers.search(fold(paragraph)))

    def demands_action(self, paragraph: str) -> bool:
        """Tell whether a paragraph says what a body will do or asks for."""
        return bool(self._demands.search(fold(paragraph))) and not self.is_ceremonial(paragraph)

    def intends(self, paragraph: str) -> bool:
        """Tell whether a point speaks of things to do: a word of intention near its head."""
        head = paragraph[:80]
        return any(word in head for word in self.intentions)

    def reports_past(self, paragraph: str) -> bool:
        """Tell whether a paragraph begins by telling what has been done."""
        return bool(self._reports.search(fold(paragraph[:80])))

    def is_ceremonial(self, paragraph: str) -> bool:
        """Tell whether a paragraph is said for the occasion."""
        return sum(word in paragraph for word in self.ceremonial) >= 2


def load_announcements(root: Path) -> Announcements:
    """Load ``lexicons/announcements.yaml``; raise LexiconError with file and line for what does not fit."""
    return load_yaml(root / "lexicons" / "announcements.yaml", Announcements)
