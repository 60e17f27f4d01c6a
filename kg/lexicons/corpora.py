"""Words for the columns of a corpus, from ``lexicons/corpora.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry, Ordered, Word, Words
from kg.lexicons.files import load_yaml
from kg.text.fold import fold

TEXT = "text"
DATES = ("date", "published")
META = ("title", "issuer", "publisher", "number", *DATES, "source", "jurisdiction", "kind")
KEYS = (TEXT, *META)
_HEAD = 20  # characters of the head of a column; what is longer is a sentence
_KINDS = {"policy", "news"}


class CorpusWords(Entry, frozen=True, kw_only=True, dict=True):
    """What the columns of a corpus are called, how a row says its kind, and what an empty cell may hold.

    Attributes:
        columns: The names of columns by what they hold. Ordered: of several, the first is taken.
        kinds: The values that say what a document is, by its kind; any other value says nothing.
        blank: What stands in a cell that holds nothing.
        ledger: Words in the head of a column of bodies by which a table of tasks is known.
    """

    columns: Mapping[Word, Ordered[Word]]
    kinds: Mapping[Word, Words]
    blank: Words
    ledger: Words

    def usual_columns(self, columns: Iterable[str]) -> dict[str, str]:
        """Return, for each key that a usual name tells, the column that holds it: ``{"text": "正文"}``."""
        known = {key_of(column): column for column in reversed(list(columns))}
        found = {key: [known[name] for name in names if name in known] for key, names in self._names.items()}
        return {key: names[0] for key, names in found.items() if names}

    def is_ledger(self, columns: Iterable[str]) -> bool:
        """Tell whether these are the columns of a table of tasks, a task a row, and not of one of documents."""
        names = list(columns)
        usual = self.usual_columns(names)
        if TEXT in usual and "title" in usual:
            return False
        heads = ["".join(name.split()) for name in names]
        return len(heads) > 1 and any(len(head) <= _HEAD and any(map(head.__contains__, self.ledger)) for head in heads)

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
    """Load ``lexicons/corpora.yaml`` under `root`.

    Raises LexiconError with file and line for what does not fit, and with file where a key is unknown or a name could
    mean two things.
    """
    path = root / "lexicons" / "corpora.yaml"
    words = load_yaml(path, CorpusWords)
    for key in sorted({*(set(KEYS) ^ set(words.columns)), *(_KINDS ^ set(words.kinds))}):
        raise LexiconError(str(path), f"{key} is missing or unknown", "see docs/lexicons.md")
    seen: dict[str, str] = {}
    for key, names in words.columns.items():
        for name in names:
            if seen.setdefault(key_of(name), key) != key:
                raise LexiconError(str(path), f"the column {name} stands under two keys", "keep one of them")
    return words
