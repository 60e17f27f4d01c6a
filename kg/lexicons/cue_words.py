"""The words of ``lexicons/cues.yaml``, by which a text says who has to do what; and what contradicts itself there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import msgspec

from kg.lexicons.entry import Entry, Pattern, Patterns, Word, Words
from kg.model.entities import Role

RoleUse = Literal["suffix", "object", "prose", "follower", "bears", "agent", "label", "label-alone", "divided", "tail"]
MannerUse = Literal["adverbial", "suffix", "division"]

_WITHOUT_ROLE = frozenset({"suffix", "divided", "tail"})
_DUTIES = frozenset({"follower", "bears", "agent"})
_IN_SENTENCES = frozenset({"object", "prose"})


class RoleWord(Entry, frozen=True, kw_only=True):
    """A word that says a role, or stands beside one that does.

    Attributes:
        word: The word: 牵头.
        says: The role that it says; nothing where it only stands beside a role word.
        uses: All that it can do (`as` in the file), each as the head of the file describes it.
    """

    word: Word
    says: Role | None = None
    uses: tuple[RoleUse, ...] = msgspec.field(name="as")


class Manner(Entry, frozen=True, kw_only=True):
    """Words for the manner in which a duty is done: 按职责分工.

    Attributes:
        word: The words.
        uses: All that they can do (`as` in the file), each as the file describes it.
    """

    word: Word
    uses: tuple[MannerUse, ...] = msgspec.field(name="as")


class Labels(Entry, frozen=True, kw_only=True):
    """What labels are made of besides role words.

    Attributes:
        nouns: What a label of a role ends in: 单位 in 牵头单位.
        person: Labels that a person follows: 责任人.
        deadline: Labels that a deadline follows: 完成时限.
        colons: What stands behind a label.
    """

    nouns: Words
    person: Words
    deadline: Words
    colons: Words


class Separators(Entry, frozen=True, kw_only=True):
    """What parts the bodies of a list.

    Attributes:
        tier: Marks behind which a new tier of bodies begins: ，
        run: Marks between the bodies of one run: 、
        conjunctions: Words between two bodies: 和
    """

    tier: Words
    run: Words
    conjunctions: Words


class Defaults(Entry, frozen=True, kw_only=True):
    """Patterns of sentences that hold for every later clause of a document.

    Attributes:
        first_leads: The first body of a list leads: 列第一位的为牵头单位.
        others_support: The other bodies support.
        none_leads: Nobody leads unless it is said.
        added_group: A group takes part in every later clause; its first group matches the name.
    """

    first_leads: Patterns
    others_support: Patterns
    none_leads: Patterns
    added_group: Patterns


class CueWords(Entry, frozen=True, kw_only=True):
    """The whole of ``cues.yaml``, where a comment with examples stands above each key.

    Attributes:
        roles: Words that say roles, or stand beside such words.
        manners: Words for the manner in which a duty is done.
        copulas: What joins bodies to a label behind them: 为 in X为牵头单位.
        labels: What labels are made of besides role words.
        before_labels: What a label may stand right behind in a sentence.
        bullets: Marks that may stand before a label.
        label_verbs: What may stand behind a label instead of a colon: 成员单位包括X.
        not_label_verbs: What only begins like one of these.
        separators: What parts the bodies of a list.
        etc: What ends a list that is left open: 等.
        counts: A pattern of how many they are, behind 等.
        etc_heads: What may follow 等 without naming anybody.
        agent_marks: What stands before the bodies that act: 由.
        joint: What stands between a lead and its partners: 会同.
        consults: A pattern of what stands between them in one character: X商Y.
        lead_functions: A pattern of a lead said as a function: 发挥牵头作用.
        interprets: What is no task, but to say what the document means: 负责解释.
        relative_marks: What behind a role word makes it say what something is: X牵头的Y.
        duty_owners: How the names of those end whose duty a department has: 国务院负责专利管理工作的部门.
        duty_holders: What such a department is called.
        leaders: Words before a body that are no part of its name.
        scopes: Words behind a body that say for what it acts: 职责范围内.
        brackets: Pairs of brackets, the one that opens and the one that closes.
        deadlines: Patterns of an item that is a deadline.
        due: How a deadline ends that assigns the bodies before it.
        stops: Marks that part sentences, in one string.
        past: Words behind a role word that tell of the past.
        not_past: Words that only look like one of these.
        past_openings: How a part of a sentence begins that tells of the past.
        past_sentences: How a sentence begins that tells of the past.
        modals: Words of duty between a body and its role: 要.
        not_leaders: Words behind 牵头 by which nobody is assigned: 牵头企业.
        not_duties: A pattern of what makes 负责 another word.
        support_verbs: Verbs behind a word of support in a sentence of its own.
        follower_ends: What may follow the role of followers besides a separator.
        joint_verbs: Verbs behind the partners in X会同Y.
        seat_marks: How a sentence says where an office has its seat: 设在.
        seat_offices: What such an office is called.
        office_marks: How a sentence says whose an office is: 下设.
        borne: What a word that `bears` has for an object.
        not_agents: What stands before a body that is not the one who acts.
        by_rule: How the words go on between a body and its role that say by what rule it acts.
        bridges: How the words behind a body go on where its duty comes after a comma.
        task_headers: Headers of the column of a table that says what is to be done.
        value_headers: Patterns of headers of columns that do not say it.
        body_headers: Headers of columns of bodies that are responsible, besides labels of roles.
        member_headers: Headers of columns of bodies whose duty another column says.
        duty_headers: Headers of the columns that say it.
        lead_beside_support: Words of a label whose bodies lead where others support them: 主责.
        notes: How a remark begins that holds for all of a document.
        remarks: Words in a clause that name nobody: 下同.
        defaults: Patterns of sentences that hold for every later clause.
    """

    roles: tuple[RoleWord, ...]
    manners: tuple[Manner, ...]
    copulas: Words
    labels: Labels
    before_labels: Words
    bullets: Words
    label_verbs: Words
    not_label_verbs: Words
    separators: Separators
    etc: Words
    counts: Pattern
    etc_heads: Words
    agent_marks: Words
    joint: Words
    consults: Pattern
    lead_functions: Pattern
    interprets: Words
    relative_marks: Words
    duty_owners: Words
    duty_holders: Words
    leaders: Words
    scopes: Words
    brackets: tuple[Annotated[str, msgspec.Meta(min_length=2, max_length=2)], ...]
    deadlines: Patterns
    due: Words
    stops: Word
    past: Words
    not_past: Words
    past_openings: Words
    past_sentences: Words
    modals: Words
    not_leaders: Words
    not_duties: Pattern
    support_verbs: Words
    follower_ends: Words
    joint_verbs: Words
    seat_marks: Words
    seat_offices: Words
    office_marks: Words
    borne: Words
    not_agents: Words
    by_rule: Words
    bridges: Words
    task_headers: Words
    value_headers: Patterns
    body_headers: Words
    member_headers: Words
    duty_headers: Words
    lead_beside_support: Words
    notes: Words
    remarks: Words
    defaults: Defaults

    def role_words(self, use: RoleUse, role: Role | None = None) -> Words:
        """Return the words of one use, of one role or, without it, of any and of none."""
        return tuple(entry.word for entry in self.roles if use in entry.uses and role in (None, entry.says))

    def manner_words(self, use: MannerUse) -> Words:
        """Return the words for manners of one use."""
        return tuple(entry.word for entry in self.manners if use in entry.uses)


def problems_of(words: CueWords) -> Iterator[str]:
    """Yield what contradicts itself: a word that stands twice, a use that its role has not, a role without words."""
    for kind, entries in (("roles", words.roles), ("manners", words.manners)):
        times = Counter(entry.word for entry in entries)
        yield from (f"in {kind}, {word} stands {number} times" for word, number in times.items() if number > 1)
        yield from (
            f"in {kind}, {entry.word} can do nothing: name its uses behind as" for entry in entries if not entry.uses
        )
    for entry in words.roles:
        uses = set(entry.uses)
        if entry.says is None and uses - _WITHOUT_ROLE:
            yield f"in roles, {entry.word} has the uses {_listed(uses - _WITHOUT_ROLE)}, which need a role"
        if entry.says is not Role.RESPONSIBLE and uses & _DUTIES:
            says = entry.says or "no role"
            yield f"in roles, {entry.word} has the uses {_listed(uses & _DUTIES)}, which {says} cannot have"
    for role in Role:
        needed = _NEEDED if role is not Role.GUIDE else [use for use in _NEEDED if use not in _IN_SENTENCES]
        yield from (f"no word that says {role} has the use {use}" for use in needed if not words.role_words(use, role))


_NEEDED: tuple[RoleUse, ...] = ("suffix", "object", "prose", "label", "label-alone")


def _listed(uses: Iterable[str]) -> str:
    return ", ".join(sorted(uses))
