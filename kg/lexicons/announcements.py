"""How news tells what will be done from what was done, from ``lexicons/announcements.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.lexicons.files import load_yaml, require_patterns, require_words
from kg.text.fold import fold


@dataclass(frozen=True)
class Announcements:
    """Words and patterns over folded paragraphs."""

    openers: tuple[str, ...]
    intentions: tuple[str, ...]
    demands: tuple[str, ...]
    reports: tuple[str, ...]
    ceremonial: tuple[str, ...]
    speakers: tuple[str, ...]
    persons: str
    announcing: tuple[str, ...]
    neutral: tuple[str, ...]
    between: str
    wishes: tuple[str, ...]
    past: tuple[str, ...]
    prepositions: tuple[str, ...]
    issuing: str
    joints: tuple[str, ...]
    private: str

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
    """Read the file; raise LexiconError where it does not fit, holds an empty word or a pattern that is none."""
    path = root / "lexicons" / "announcements.yaml"
    words = load_yaml(path, Announcements)
    require_words(path, words)
    for name in ("openers", "demands", "reports"):
        require_patterns(path, name, getattr(words, name))
    for name in ("persons", "between", "issuing", "private"):
        require_patterns(path, name, [getattr(words, name)])
    return words
