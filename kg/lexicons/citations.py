"""How a document refers to other documents, from ``lexicons/citations.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_patterns, require_unique, require_words
from kg.model.types import CitationRelation


@dataclass(frozen=True, slots=True)
class Around:
    """Words that say a relation together: one before the title, one right after (围绕《…》实施)."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationCues:
    """The words for one relation, by where they stand; `reach` counts characters between a title and an `after`.

    A word of `unless` between the two parts them (《甲方案》, 现将指南予以公布).
    """

    id: str
    examples: tuple[str, ...]
    before: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    around: tuple[Around, ...] = ()
    reach: int = 0
    across: bool = False
    unless: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def relation(self) -> CitationRelation:
        """The relation that the words say."""
        return CitationRelation(self.id)


@dataclass(frozen=True, slots=True)
class Wrappers:
    """The notice around a title: 关于印发《…》的通知; `forwarding` verbs carry somebody else's document."""

    opening: str
    verbs: tuple[str, ...]
    forwarding: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Patterns of document numbers (文号), and the words before them that are no part; `examples` give what is read."""

    holds: str
    letters: str
    orders: str
    codes: str
    suffixes: tuple[str, ...]
    stops: tuple[str, ...]
    examples: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A document that is named without 《》; every match of `pattern` has the words `holds`."""

    holds: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What does not count when two titles are compared; `own` and `levels` make 我省 the citing document's place."""

    shorter: dict[str, str]
    dropped: str
    dashes: str
    prefixes: tuple[str, ...]
    own: tuple[str, ...]
    levels: tuple[str, ...]
    no_level: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationLexicon:
    """All words for citations; ``ontology/lexicons/citations.yaml`` says what each list is for."""

    relations: tuple[RelationCues, ...]
    run_gap: str
    wrappers: Wrappers
    unmarked_title: str
    numbers: Numbers
    aliases: str
    edition: str
    attachment: str
    endings: tuple[str, ...]
    known: tuple[str, ...]
    general: tuple[str, ...]
    left_out_endings: tuple[str, ...]
    left_out: tuple[str, ...]
    left_out_examples: tuple[str, ...]
    unmarked: tuple[Unmarked, ...]
    issuer: str
    issuer_links: str
    issuer_after: str
    attributive: str
    compared: Compared


_PATTERNS = (
    "run_gap", "unmarked_title", "aliases", "edition", "attachment", "issuer", "issuer_links", "issuer_after"
)  # fmt: skip


def load_citations(root: Path) -> CitationLexicon:
    """Load ``lexicons/citations.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, a relation that stands twice or is unknown, an empty
    word, and a pattern that is none. What the words find is held against the examples where the finder is made.
    """
    path = root / "lexicons" / "citations.yaml"
    lexicon = load_yaml(path, CitationLexicon)
    require_words(path, lexicon)
    require_unique(path, lexicon.relations)
    for name in _PATTERNS:
        require_patterns(path, name, [getattr(lexicon, name)])
    for name in ("letters", "orders", "codes"):
        require_patterns(path, f"numbers.{name}", [getattr(lexicon.numbers, name)])
    require_patterns(path, "unmarked", (entry.pattern for entry in lexicon.unmarked))
    known = set(CitationRelation)
    for cues in lexicon.relations:
        if cues.id not in known:
            raise LexiconError(str(path), f"the relation {cues.id} is unknown", f"use one of {', '.join(known)}")
    return lexicon
