"""Words about pages and policy texts, from ``lexicons/documents.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry
from kg.lexicons.files import load_yaml, require_patterns, require_words
from kg.text.fold import fold


class BoilerplateRule(Entry, frozen=True, kw_only=True):
    """A pattern for a block that is not part of the article, with blocks that it must and must not match."""

    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


class DocumentWords(Entry, frozen=True, kw_only=True, dict=True):
    """What tells the article from the page, and the policy from the report about it."""

    boilerplate: tuple[BoilerplateRule, ...]
    publishers: tuple[str, ...]
    source_link: str
    own_sources: tuple[str, ...]
    title_endings: tuple[str, ...]
    title_notes: str
    news_marks: tuple[str, ...]
    recently: tuple[str, ...]
    reporting: tuple[str, ...]
    issuing_verbs: tuple[str, ...]
    issuing_adverbs: tuple[str, ...]
    issuer_endings: tuple[str, ...]
    commentary_titles: tuple[str, ...]
    number: str
    signers: tuple[str, ...]
    not_signers: tuple[str, ...]
    signed_day: str
    issued_title: str
    country_words: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    meta_names: Mapping[str, tuple[str, ...]]
    title_tails: str
    furniture_names: str
    page_furniture: tuple[BoilerplateRule, ...]
    counting: Mapping[str, str]

    @cached_property
    def boilerplate_pattern(self) -> re.Pattern[str]:
        """All boilerplate rules as one pattern."""
        return re.compile("|".join(f"(?:{rule.pattern})" for rule in self.boilerplate))

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        """Match what may be a policy's title, whole."""
        endings = "|".join(sorted(self.title_endings, key=len, reverse=True))
        return re.compile(rf"[^。;!?,]{{4,80}}(?:{endings})[》」]?(?:{self.title_notes[:-1]})?")

    @cached_property
    def issuer_pattern(self) -> re.Pattern[str]:
        """Match the body that issues, before a verb of issuing."""
        ends, verbs = "|".join(self.issuer_endings), "|".join(self.issuing_verbs)
        between = "|".join(self.issuing_adverbs)
        return re.compile(rf"(?:^|[,。;、:\s])([^,。;、:\s《》0-9]{{2,28}}?(?:{ends}))(?:{between})?(?:{verbs})")

    def is_own(self, value: str) -> bool:
        """Tell whether a page calls itself its source (本网), which says less than its metadata."""
        return value.strip() in self.own_sources

    def is_boilerplate(self, block: str) -> bool:
        """Tell whether a block is page furniture rather than article."""
        return bool(self.boilerplate_pattern.search(fold(block)))

    @cached_property
    def _page_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{rule.pattern})" for rule in self.page_furniture))

    def is_page_furniture(self, block: str) -> bool:
        """Tell whether a block of a whole page belongs to the site: breadcrumbs, buttons, the footer."""
        return bool(self._page_pattern.search(fold(block).strip()))

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The field that each label names (发文字号: number)."""
        return {label: field for field, labels in self.fields.items() for label in labels}

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """Match a label with its colon, at the head of a text or after a blank or a bar; blanks may part its signs."""
        labels = "|".join(r"\s*".join(label) for label in sorted(self.labels, key=len, reverse=True))
        return re.compile(rf"(?:^|(?<=[\s|;,()\[\]]))({labels})\s*:\s*")


def load_document_words(root: Path) -> DocumentWords:
    """Read the file and hold its rules against their examples; raise LexiconError where one fails."""
    path = root / "lexicons" / "documents.yaml"
    words = load_yaml(path, DocumentWords)
    require_words(path, words)
    _require_patterns(path, words)
    for rule in (*words.boilerplate, *words.page_furniture):
        _check(path, rule)
    return words


def _require_patterns(path: Path, words: DocumentWords) -> None:
    require_patterns(path, "boilerplate", (rule.pattern for rule in words.boilerplate))
    require_patterns(path, "page_furniture", (rule.pattern for rule in words.page_furniture))
    require_patterns(path, "publishers", words.publishers)
    for name in (
        "source_link",
        "title_notes",
        "number",
        "signed_day",
        "issued_title",
        "title_tails",
        "furniture_names",
    ):
        require_patterns(path, name, [getattr(words, name)])


def _check(path: Path, rule: BoilerplateRule) -> None:
    for example in rule.examples:
        if not re.search(rule.pattern, fold(example)):
            raise LexiconError(str(path), f"pattern {rule.pattern} misses its example {example}", "mend either")
    for example in rule.counterexamples:
        if re.search(rule.pattern, fold(example)):
            raise LexiconError(str(path), f"pattern {rule.pattern} matches its counterexample {example}", "narrow it")
