"""How news tells what will be done from what was done, from ``lexicons/announcements.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.lexicons.files import load_yaml, require_patterns, require_words
from kg.text import fold


@dataclass(frozen=True)
class Announcements:
    """Words and patterns over folded paragraphs."""

    openers: tuple[str, ...]
    intentions: tuple[str, ...]
    demands: tuple[str, ...]
    reports: tuple[str, ...]
    ceremonial: tuple[str, ...]

    @cached_property
    def _openers(self) -> re.Pattern[str]:
        return re.compile("|".join(self.openers))

    @cached_property
    def _demands(self) -> re.Pattern[str]:
        return re.compile(fold("|".join(self.demands)))

    @cached_property
    def _reports(self) -> re.Pattern[str]:
        return re.compile(fold("|".join(self.reports)))

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
    return words
