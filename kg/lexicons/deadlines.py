"""Loads the words by which something is said to be due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_words
from kg.text.deadlines.deadline import YEARS
from kg.text.deadlines.words import DeadlineWords

_DURATION = re.compile(r"P\d+[YMWD]")


def load_deadlines(root: Path) -> DeadlineWords:
    """Load ``lexicons/deadlines.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, an empty word, a plan or a part of a year whose ends are
    no years or months in their order, and a recurrence that is no ISO 8601 duration.
    """
    path = root / "lexicons" / "deadlines.yaml"
    words = load_yaml(path, DeadlineWords)
    require_words(path, words)
    for problem in _problems(words):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return words


def _problems(words: DeadlineWords) -> Iterator[str]:
    for name, (first, last) in words.plans.items():
        if first not in YEARS or last not in YEARS or first > last:
            yield f"the plan {name} runs from {first} to {last}"
    for name, (first, last) in words.parts.items():
        if not 1 <= first <= last <= 12:
            yield f"{name} runs from month {first} to month {last}"
    for name, every in words.recurrences.items():
        if not _DURATION.fullmatch(every):
            yield f"{name} comes again every {every}, which is no duration like P1Y"
    for name in sorted(set(words.weak_before) - set(words.before)):
        yield f"weak_before has {name}, which is not in before"
