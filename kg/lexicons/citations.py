"""How a document refers to other documents, from ``lexicons/citations.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry, Ordered, Pattern, Word, Words
from kg.lexicons.files import load_yaml, require_unique
from kg.model.document import CitationRelation


class Around(Entry, frozen=True, kw_only=True):
    """Words that express a relation together (围绕《…》实施).

    Attributes:
        before: Words of which one stands before the title.
        after: Words of which one stands right after it.
    """

    before: Words
    after: Words


class RelationCues(Entry, frozen=True, kw_only=True):
    """The words for one relation, by where they stand.

    Attributes:
        id: The relation, as the graph has it.
        examples: Texts whose first citation has the relation, tried when a reader is made.
        before: Words up to 24 characters before the title.
        near: Words right before the title or its issuer.
        after: Words behind the last title of a run, at most `reach` characters on.
        around: Pairs of words, one before the title and one right after it.
        reach: How many characters may stand between the last title and a word of `after`.
        across: Whether a comma may stand among these characters.
        unless: Words that part the title from a word of `after` (《甲方案》, 现将指南予以公布).
        counterexamples: Texts in which no citation has the relation, tried as well.
    """

    id: Word
    examples: Words
    before: Words = ()
    near: Words = ()
    after: Words = ()
    around: tuple[Around, ...] = ()
    reach: int = 0
    across: bool = False
    unless: Words = ()
    counterexamples: Words = ()

    @property
    def relation(self) -> CitationRelation:
        """The relation that the words express."""
        return CitationRelation(self.id)


class Wrappers(Entry, frozen=True, kw_only=True):
    """The notice that carries a document, written around its title: 关于印发《…》的通知.

    Attributes:
        opening: The word that the notice begins with.
        verbs: Verbs of issuing between the opening and the title.
        forwarding: Verbs that pass on somebody else's document, so that the notice has a life of its own.
        endings: What the notice ends with, behind the title.
    """

    opening: Word
    verbs: Words
    forwarding: Words
    endings: Words


class Numbers(Entry, frozen=True, kw_only=True):
    """Numbers of documents (文号).

    Attributes:
        holds: A sign that every number but a code holds, looked for first.
        letters: An agency's sign with the year in brackets (国发〔2021〕23号).
        orders: The other forms (国务院令第722号).
        codes: Codes that count only after a title (GB/T 1-2020).
        suffixes: Words behind a number that are no part of it (文件).
        stops: Words before an agency's sign that are no part of it; what stands up to the last of them is taken off.
        examples: Texts with the number that is read in them, tried when a reader is made.
    """

    holds: Word
    letters: Pattern
    orders: Pattern
    codes: Pattern
    suffixes: Words
    stops: Words
    examples: Mapping[Word, str]


class Unmarked(Entry, frozen=True, kw_only=True):
    """A document that is named without 《》 and yet beyond doubt: a plan of the nation, a law.

    Attributes:
        holds: Words that every match of the pattern holds, looked for first.
        pattern: The name; words that govern are taken off its group `before`.
        examples: Texts in which it is found, tried when a reader is made.
        counterexamples: Texts in which it is not, tried as well.
    """

    holds: Word
    pattern: Pattern
    examples: Words
    counterexamples: Words = ()


class Compared(Entry, frozen=True, kw_only=True):
    """What does not count when two titles are compared.

    Attributes:
        shorter: The shorter way to write a word in the name of a body, by the longer.
        dropped: Marks that are left out.
        dashes: Dashes that are one.
        prefixes: Names of the country, without which laws are cited.
        own: Words that make the citing document's place of a word of `levels` (我省).
        levels: Words for the level of a place.
        no_level: Words that begin like one of them and are none (市场).
    """

    shorter: Mapping[Word, Word]
    dropped: Word
    dashes: Word
    prefixes: Words
    own: Words
    levels: Words
    no_level: Words


class Empowered(Entry, frozen=True, kw_only=True):
    """How a sentence goes on in which a document says by what it is empowered (根据《甲法》，制定本办法).

    Attributes:
        words: The words, one of which stands behind the title.
        reach: How many characters behind the title at most, within its sentence.
        examples: Texts whose first citation is based-on, tried when a reader is made.
        counterexamples: Texts in which no citation is, tried as well.
    """

    words: Words
    reach: int
    examples: Words
    counterexamples: Words


class CitationLexicon(Entry, frozen=True, kw_only=True):
    """How a document refers to other documents.

    Patterns are matched against folded text: full-width forms, 〔〕 and 【】 stand there as half-width forms and round
    brackets.

    Attributes:
        relations: The relations with their words. Ordered: the first that fits behind a title wins.
        empowered: What makes of a document that is followed (根据《甲法》) one that this one rests on.
        run_gap: What may stand between two titles under one word, beside issuers and brackets.
        wrappers: The notice around a title.
        unmarked_title: A title without marks that a number in brackets follows (关于…的通知（国发〔2021〕23号)).
        numbers: The numbers of documents.
        aliases: What gives a document a short name (以下简称《意见》); the first group is the name.
        edition: What in brackets behind a title says which edition is meant; the first group is the year.
        attachment: What in brackets behind a title says that it is attached.
        endings: How the title of a document ends; other titles count only with a number or under a word that binds.
        known: Titles that end otherwise (中国制造2025).
        general: Titles that say only what kind of document is meant: they stand for one named before (《意见》).
        left_out_endings: How names of forms, certificates and the press end, which are no documents of policy.
        left_out: Names that are none either.
        left_out_examples: Texts in which nothing is cited, tried when a reader is made.
        unmarked: Documents that are named without marks.
        issuer: A body before a title that is its issuer where no lexicon names the body.
        issuer_links: What may stand between two issuers.
        issuer_after: What may stand between the issuer and the title (国务院 + 印发的 + 《…》).
        attributive: The word that joins an attribute to its noun.
        compared: What does not count when two titles are compared.
    """

    relations: Ordered[RelationCues]
    empowered: Empowered
    run_gap: Pattern
    wrappers: Wrappers
    unmarked_title: Pattern
    numbers: Numbers
    aliases: Pattern
    edition: Pattern
    attachment: Pattern
    endings: Words
    known: Words
    general: Words
    left_out_endings: Words
    left_out: Words
    left_out_examples: Words
    unmarked: tuple[Unmarked, ...]
    issuer: Pattern
    issuer_links: Pattern
    issuer_after: Pattern
    attributive: Word
    compared: Compared


def load_citations(root: Path) -> CitationLexicon:
    """Load ``lexicons/citations.yaml`` under `root`.

    Raises LexiconError with file and line for what does not fit, and with file and entry for a relation that stands
    twice or is unknown. What the words find is held against the examples where the finder is made.
    """
    path = root / "lexicons" / "citations.yaml"
    lexicon = load_yaml(path, CitationLexicon)
    require_unique(path, lexicon.relations)
    known = set(CitationRelation)
    for cues in lexicon.relations:
        if cues.id not in known:
            raise LexiconError(str(path), f"the relation {cues.id} is unknown", f"use one of {', '.join(known)}")
    return lexicon
