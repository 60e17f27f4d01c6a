"""Acts: what a body does or orders, in which verbs, and for whom, from ``lexicons/acts.yaml``."""

from __future__ import annotations

from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry, Patterns, Word, Words
from kg.lexicons.files import load_yaml, require_unique


class Act(Entry, frozen=True, kw_only=True):
    """A kind of action with its verbs.

    Attributes:
        id: The identifier in the graph, never reused.
        zh: The name of the act in Chinese.
        en: The name of the act in English.
        words: The verbs that express it; no verb expresses two acts.
        pivots: Those of the verbs whose object may open with the one who is to act (鼓励银行机构…).
        needs_target: Whether it counts only where the clause says for whom or by which instrument (给企业贷款贴息).
        fronted: Whether the object stands before the verb, behind one of `fronting` (将信息披露纳入考核).
        modals: Words that say the same of a subject that has to act (银行机构不得…).
        examples: Clauses whose predicate is this act, tried when a reader is made.
        counterexamples: Texts in which a verb of this act is no predicate, tried as well.
    """

    id: Word
    zh: Word
    en: Word
    words: Words
    pivots: Words = ()
    needs_target: bool = False
    fronted: bool = False
    modals: Words = ()
    examples: Words = ()
    counterexamples: Words = ()


class AddresseeGroup(Entry, frozen=True, kw_only=True):
    """A kind of those for whom an action is meant.

    Attributes:
        id: The identifier in the graph, never reused.
        zh: The name of the group in Chinese.
        en: The name of the group in English.
        words: Names of such groups (银行机构).
        heads: Words that end a freely formed name of one (民口 + 企业).
        public: Whether these are public bodies, which get their duties by assignments and not by 要.
    """

    id: Word
    zh: Word
    en: Word
    words: Words
    heads: Words = ()
    public: bool = False


class ActLexicon(Entry, frozen=True, kw_only=True):
    """What bodies do and order: acts, how a predicate is told from a noun, who speaks, and for whom an action is meant.

    Attributes:
        acts: The kinds of actions.
        nouns: Words behind a verb that make a noun of it, or say that no one acts (支持 + 力度).
        empty_objects: Objects that say nothing (推进相关工作).
        openers: Numbers, dates and links that may stand before a predicate.
        links: Words between a subject and what it has to do (各银行也要…).
        adverbs: Words that may stand before a verb.
        prepositions: Words that begin a phrase that may stand before the verb (通过…, 对…).
        not_prepositions: Words that begin like a preposition and are none (对接).
        nominal: Verbs that are as often nouns (发展); they do not count right behind a phrase that nothing closes.
        closes: Words that end a phrase, which is then whole even where it holds a verb (在…基础上).
        fronting: Words that put the object before the verb (将…纳入考核).
        speech: Verbs that end a clause in which somebody speaks (表示).
        speakers: Words for a speaker that name nobody else than the body already known (会议, 有关负责人).
        subject_marks: What ends a subject that is not listed (某集团 + 将).
        obliging: Words that say that a body has to act, on the order of somebody else (市科技局要…).
        attributives: Words behind a body that make an attribute of it (人民银行 + 的 + 政策).
        attributive: The word that joins an attribute to its noun.
        sources: Words before a body that make it the source of what is said (据人民银行介绍).
        branches: The branches of bodies that act in policy, as `branch` in agencies.yaml has them.
        past: Words that say that something has been done.
        past_marks: Words right behind a verb that say that it has been done.
        future: What says that something will be done.
        addressees: The groups that actions are meant for.
        modifiers: Words that count or place a group and are left out at the front of its name (各类企业).
        not_names: Words behind the name of a group that make another word of it (银行 + 支付).
        nouns_at_end: Words that do so where nothing but the end of the name follows (平台 + 建设).
        not_in_names: Words that the formed name of a group cannot hold.
        verbs: Words that make a clause of what would be a formed name; so do the verbs of the acts.
        beneficiary: Words before the one who gains (为小微企业提供…).
        joins: Words and marks between the members of a list.
        report_headings: Words in a heading under which a document reports what has been done.
    """

    acts: tuple[Act, ...]
    nouns: Words
    empty_objects: Words
    openers: Patterns
    links: Words
    adverbs: Words
    prepositions: Words
    not_prepositions: Words
    nominal: Words
    closes: Words
    fronting: Words
    speech: Words
    speakers: Words
    subject_marks: Patterns
    obliging: Words
    attributives: Words
    attributive: Word
    sources: Words
    branches: Words
    past: Words
    past_marks: Words
    future: Patterns
    addressees: tuple[AddresseeGroup, ...]
    modifiers: Words
    not_names: Words
    nouns_at_end: Words
    not_in_names: Words
    verbs: Words
    beneficiary: Words
    joins: Words
    report_headings: Words


def load_acts(root: Path) -> ActLexicon:
    """Load ``lexicons/acts.yaml`` under `root`.

    Raises LexiconError with file and line for what does not fit, and with file and entry for an identifier or a verb
    that stands twice.
    """
    path = root / "lexicons" / "acts.yaml"
    lexicon = load_yaml(path, ActLexicon)
    require_unique(path, lexicon.acts)
    require_unique(path, lexicon.addressees)
    verbs: set[str] = set()
    for act in lexicon.acts:
        for word in act.words:
            if word in verbs:
                raise LexiconError(str(path), f"the verb {word} stands twice (entry {act.id})", "keep one of them")
            verbs.add(word)
    return lexicon
