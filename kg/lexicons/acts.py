"""Acts: what a body does or orders, in which verbs, and for whom, from ``lexicons/acts.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_patterns, require_unique, require_words


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of action with its verbs.

    The object of one of `pivots` may open with the one who is to act (鼓励银行机构…). `whom`: the act tells something
    only where it says for whom or with what. `fronted`: the object stands before the verb (将信息披露纳入考核).
    `modals` say the same of a subject that is told to (银行机构不得…).
    """

    id: str
    zh: str
    en: str
    words: tuple[str, ...]
    pivots: tuple[str, ...] = ()
    whom: bool = False
    fronted: bool = False
    modals: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddresseeGroup:
    """Those for whom an action is meant; `heads` end a formed name (民口企业), `public` ones are public bodies."""

    id: str
    zh: str
    en: str
    words: tuple[str, ...]
    heads: tuple[str, ...] = ()
    public: bool = False


@dataclass(frozen=True, slots=True)
class ActLexicon:
    """All words about actions; ``ontology/lexicons/acts.yaml`` says what each list is for."""

    acts: tuple[Act, ...]
    nouns: tuple[str, ...]
    empty_objects: tuple[str, ...]
    openers: tuple[str, ...]
    links: tuple[str, ...]
    adverbs: tuple[str, ...]
    prepositions: tuple[str, ...]
    not_prepositions: tuple[str, ...]
    nominal: tuple[str, ...]
    closes: tuple[str, ...]
    fronting: tuple[str, ...]
    speech: tuple[str, ...]
    speakers: tuple[str, ...]
    persons: tuple[str, ...]
    subject_marks: tuple[str, ...]
    told: tuple[str, ...]
    attributives: tuple[str, ...]
    attributive: str
    sources: tuple[str, ...]
    branches: tuple[str, ...]
    past: tuple[str, ...]
    past_marks: tuple[str, ...]
    future: tuple[str, ...]
    addressees: tuple[AddresseeGroup, ...]
    modifiers: tuple[str, ...]
    not_names: tuple[str, ...]
    nouns_at_end: tuple[str, ...]
    not_in_names: tuple[str, ...]
    verbs: tuple[str, ...]
    beneficiary: tuple[str, ...]
    joins: tuple[str, ...]
    report_headings: tuple[str, ...]


def load_acts(root: Path) -> ActLexicon:
    """Load ``lexicons/acts.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, an id or a verb that stands twice, an empty word and a
    pattern that is none.
    """
    path = root / "lexicons" / "acts.yaml"
    lexicon = load_yaml(path, ActLexicon)
    require_unique(path, lexicon.acts)
    require_unique(path, lexicon.addressees)
    require_words(path, lexicon)
    require_patterns(path, "openers", lexicon.openers)
    require_patterns(path, "future", lexicon.future)
    require_patterns(path, "subject_marks", lexicon.subject_marks)
    verbs: set[str] = set()
    for act in lexicon.acts:
        for word in act.words:
            if word in verbs:
                raise LexiconError(str(path), f"the verb {word} stands twice (entry {act.id})", "keep one of them")
            verbs.add(word)
    return lexicon
