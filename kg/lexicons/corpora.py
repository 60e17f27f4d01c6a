"""Words for the columns of a corpus, from ``lexicons/corpora.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry
from kg.lexicons.files import load_yaml, require_words
from kg.text.fold import fold

TEXT = "text"
DATES = ("date", "published")
META = ("title", "issuer", "publisher", "number", *DATES, "source", "jurisdiction", "kind")
KEYS = (TEXT, *META)
_KINDS = {"policy", "news"}


class CorpusWords(Entry, frozen=True, kw_only=True, dict=True):
    """What columns are called, by what they hold; how a row says its kind; what an empty cell may hold."""

    columns: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    blank: tuple[str, ...]

    def usual_columns(self, columns: Iterable[str]) -> dict[str, str]:
        """Return, for each key that a usual name tells, the column that holds it: ``{"text": "正文"}``."""
        known = {key_of(column): column for column in reversed(list(columns))}
        found = {key: [known[name] for name in names if name in known] for key, names in self._names.items()}
        return {key: names[0] for key, names in found.items() if names}

    def is_blank(self, value: str) -> bool:
        """Tell whether a cell holds nothing, or one of the words that say so."""
        return not value or value.lower() in self._blank

    def kind_of(self, value: str) -> str:
        """Return policy, news, or nothing for a value that says neither."""
        return next((kind for kind, words in self.kinds.items() if value.lower() in words), "")

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {key: tuple(map(key_of, names)) for key, names in self.columns.items()}

    @cached_property
    def _blank(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.blank)


def key_of(column: str) -> str:
    """Return a column's name as names are compared: ``Full_Text`` and ``fulltext`` are one."""
    return re.sub(r"[\s_\-]+", "", fold(column)).lower()


def load_corpus_words(root: Path) -> CorpusWords:
    """Read the file; raise LexiconError where a key is unknown or a name could mean two things."""
    path = root / "lexicons" / "corpora.yaml"
    words = load_yaml(path, CorpusWords)
    require_words(path, words)
    for key in sorted({*(set(KEYS) ^ set(words.columns)), *(_KINDS ^ set(words.kinds))}):
        raise LexiconError(str(path), f"{key} is missing or unknown", "see docs/lexicons.md")
    seen: dict[str, str] = {}
    for key, names in words.columns.items():
        for name in names:
            if seen.setdefault(key_of(name), key) != key:
                raise LexiconError(str(path), f"the column {name} stands under two keys", "keep one of them")
    return words
