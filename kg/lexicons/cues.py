"""How a text says who has to do what, from ``lexicons/cues.yaml``, compiled to patterns over folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.entry import Entry
from kg.lexicons.files import load_yaml, require_patterns, require_words
from kg.model.entities import Role
from kg.text.fold import fold
from kg.text.patterns import any_folded

_MOST_WORDS, _LONGEST_LABEL = 6, 12


def several(words: Iterable[str], *, least: int = 0) -> str:
    """Return a pattern of up to six of `words` in a row.

    Each is taken as the longest that fits and never given back in part, so that a text has one reading only: without
    that, 按职责分工 again and again (按职责 + 分工, or 按职责分工) has 2 to the power of n.
    """
    return rf"(?>{any_folded(words)}){{{least},{_MOST_WORDS}}}"


class LabelParts(Entry, frozen=True, kw_only=True):
    """The parts of a label before its bodies: 牵头 + 单位, or 牵头 alone."""

    qualifiers: tuple[str, ...]
    alone: tuple[str, ...]


class Labels(Entry, frozen=True, kw_only=True):
    """Labels of the three roles, and those that say a person or a deadline."""

    lead: LabelParts
    support: LabelParts
    responsible: LabelParts
    nouns: tuple[str, ...]
    person: tuple[str, ...]
    deadline: tuple[str, ...]
    colons: tuple[str, ...]


class Separators(Entry, frozen=True, kw_only=True):
    """What parts the bodies of a list: runs, tiers, conjunctions."""

    tier: tuple[str, ...]
    run: tuple[str, ...]
    conjunctions: tuple[str, ...]


class Brackets(Entry, frozen=True, kw_only=True):
    """Opening brackets and, in the same order, what closes them."""

    open: tuple[str, ...]
    close: tuple[str, ...]


class CueWords(Entry, frozen=True, kw_only=True):
    """The whole of ``cues.yaml``."""

    cores: Mapping[str, tuple[str, ...]]
    adverbials: tuple[str, ...]
    tails: tuple[str, ...]
    bare_adverbials: tuple[str, ...]
    copulas: tuple[str, ...]
    labels: Labels
    separators: Separators
    etc: tuple[str, ...]
    etc_heads: tuple[str, ...]
    agent_marks: tuple[str, ...]
    joint_marks: tuple[str, ...]
    leaders: tuple[str, ...]
    trailing_scope: tuple[str, ...]
    brackets: Brackets
    deadlines: tuple[str, ...]
    stops: str
    past: tuple[str, ...]
    not_past: tuple[str, ...]
    past_openings: tuple[str, ...]
    past_sentences: tuple[str, ...]
    modals: tuple[str, ...]
    not_leaders: tuple[str, ...]
    not_duties: str
    aided: tuple[str, ...]
    supported: tuple[str, ...]
    joint_verbs: tuple[str, ...]
    office_marks: tuple[str, ...]
    office_heads: tuple[str, ...]
    duty_verbs: tuple[str, str]
    borne: tuple[str, ...]
    divisions: tuple[str, ...]
    shared: tuple[str, ...]
    agent_duties: tuple[str, ...]
    not_agents: tuple[str, ...]
    bridges: tuple[str, ...]
    task_headers: tuple[str, ...]
    value_headers: tuple[str, ...]
    remarks: tuple[str, ...]
    defaults: Mapping[str, tuple[str, ...]]


class Cues:
    """The cue words as patterns. All of them are matched against folded text."""

    def __init__(self, words: CueWords) -> None:
        self.words = words
        self.open = frozenset(fold("".join(words.brackets.open)) + "".join(words.brackets.open))
        self.close = frozenset(fold("".join(words.brackets.close)) + "".join(words.brackets.close))
        self.tier = frozenset(fold("".join(words.separators.tier)) + "".join(words.separators.tier))
        self.run = frozenset("".join(words.separators.run))

    @cached_property
    def suffix(self) -> re.Pattern[str]:
        """Match a role said after its bodies, at the end of an item; the group name is the role."""
        cores = "|".join(f"(?P<{role}>{any_folded(core)})" for role, core in self.words.cores.items())
        adverbials, tails = several(self.words.adverbials), several(self.words.tails)
        bare = any_folded(self.words.bare_adverbials)
        return re.compile(rf"(?:(?P<adverbials>{adverbials})(?:{cores}){tails}|(?P<bare>{bare}))$")

    @cached_property
    def core(self) -> re.Pattern[str]:
        """Match 牵头, 配合, 负责 anywhere; the group name is the role."""
        firsts = {role: cores[0] for role, cores in self.words.cores.items()}
        return re.compile("|".join(f"(?P<{role}>{core})" for role, core in firsts.items()))

    @cached_property
    def label(self) -> re.Pattern[str]:
        """Match a label at the head of an item, with its colon or blank; the group name is its kind."""
        labels, nouns = self.words.labels, any_folded(self.words.labels.nouns)
        kinds = {"person": any_folded(labels.person), "deadline": any_folded(labels.deadline)}
        for role in ("lead", "support", "responsible"):
            parts: LabelParts = getattr(labels, role)
            kinds[role] = (
                rf"(?:(?:{any_folded(parts.qualifiers)}){{1,2}}(?:{nouns})|{any_folded(parts.alone)}(?=[{''.join(labels.colons)}]))"
            )
        inner = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
        colons = "".join(dict.fromkeys(fold("".join(labels.colons))))
        return re.compile(rf"(?:{inner})(?:\s*[{re.escape(colons)}]\s*|\s+|\b(?=.))")

    @cached_property
    def other_label(self) -> re.Pattern[str]:
        """Match words with a colon at the head of an item, as a label has that says none of our roles: 监督单位："""
        colons = "".join(dict.fromkeys(fold("".join(self.words.labels.colons))))
        return re.compile(rf"(?P<words>[\u3400-\u9fff()/]{{2,{_LONGEST_LABEL}}})\s*[{re.escape(colons)}]\s*")

    @cached_property
    def label_word(self) -> re.Pattern[str]:
        """Match a label without what follows it, as in a table's header or X为牵头单位."""
        labels, nouns = self.words.labels, any_folded(self.words.labels.nouns)
        kinds = {}
        for role in ("lead", "support", "responsible"):
            parts: LabelParts = getattr(labels, role)
            kinds[role] = rf"(?:(?:{any_folded(parts.qualifiers)}){{1,2}}(?:{nouns})|{any_folded(parts.alone)})"
        kinds |= {"person": any_folded(labels.person), "deadline": any_folded(labels.deadline)}
        return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))

    @cached_property
    def copula(self) -> re.Pattern[str]:
        """Match a label said after its bodies, at the end of an item: X为牵头单位."""
        return re.compile(rf"(?:{any_folded(self.words.copulas)})(?:{self.label_word.pattern})$")

    @cached_property
    def deadline(self) -> re.Pattern[str]:
        """Match an item that is a deadline, whole."""
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.words.deadlines))

    @cached_property
    def value_header(self) -> re.Pattern[str]:
        """Match a column's header that says no task: a value, a unit, a year, a number."""
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.words.value_headers))

    @cached_property
    def etc(self) -> re.Pattern[str]:
        """Match 等, 等部门 at the end of an item; the group `rest` is what follows 等."""
        return re.compile(rf"(?:{any_folded(self.words.etc)})(?P<rest>[^{''.join(self.words.etc)}]{{0,14}})$")

    @cached_property
    def leaders(self) -> re.Pattern[str]:
        """Match what stands before a body without being part of its name."""
        return re.compile(several((*self.words.leaders, *self.words.adverbials), least=1))

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """Match 会同 and its like between two bodies."""
        return re.compile(any_folded(self.words.joint_marks[:2]))

    @cached_property
    def role_hint(self) -> re.Pattern[str]:
        """Match any word without which a text assigns nothing; used to pass over the rest quickly."""
        cores = [word for words in self.words.cores.values() for word in words]
        labels = self.words.labels
        qualifiers = [word for role in ("lead", "support", "responsible") for word in getattr(labels, role).qualifiers]
        return re.compile(any_folded([*cores, *self.words.bare_adverbials, *qualifiers, *self.words.joint_marks]))

    @cached_property
    def conjunction(self) -> re.Pattern[str]:
        """Match a conjunction between bodies."""
        return re.compile(any_folded(self.words.separators.conjunctions))

    @cached_property
    def cut(self) -> re.Pattern[str]:
        """Match what may part an item into two bodies, a conjunction or blanks; and brackets, which hold together."""
        brackets = re.escape("".join(sorted(self.open | self.close)))
        return re.compile(rf"{any_folded(self.words.separators.conjunctions)}|\s+|[{brackets}]")

    @cached_property
    def remark(self) -> re.Pattern[str]:
        """Match a remark inside a clause that names nobody: 下同, 列第一位的为牵头单位."""
        rules = [
            pattern for kind, patterns in self.words.defaults.items() if kind != "added_group" for pattern in patterns
        ]
        return re.compile(f"(?:{any_folded(self.words.remarks)})$|{'|'.join(map(fold, rules))}")

    def default(self, kind: str) -> re.Pattern[str]:
        """Return the pattern of a kind of default sentence."""
        return re.compile("|".join(map(fold, self.words.defaults[kind])))


def load_cues(root: Path) -> Cues:
    """Read the cue words.

    Raises LexiconError where the file does not fit, a list holds an empty word, a pattern is none, a word says two
    roles, or brackets do not pair up.
    """
    path = root / "lexicons" / "cues.yaml"
    words = load_yaml(path, CueWords)
    require_words(path, words)
    require_patterns(path, "deadlines", words.deadlines)
    require_patterns(path, "value_headers", words.value_headers)
    for kind, patterns in words.defaults.items():
        require_patterns(path, f"defaults.{kind}", patterns)
    for problem in _problems(words):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return Cues(words)


def _problems(words: CueWords) -> Iterator[str]:
    """Yield what contradicts itself."""
    roles = [role.value for role in Role]
    yield from (f"cores does not say {role}" for role in roles if role not in words.cores)
    yield from (f"cores has the unknown role {role}" for role in words.cores if role not in roles)
    labels = {role: (*getattr(words.labels, role).qualifiers, *getattr(words.labels, role).alone) for role in roles}
    for place, said in (("cores", words.cores), ("labels", labels)):
        owner: dict[str, str] = {}
        for role, cues in said.items():
            yield from (
                f"in {place}, {cue} says {owner[cue]} and {role}" for cue in cues if owner.get(cue, role) != role
            )
            owner |= dict.fromkeys(cues, role)
    if len(words.brackets.open) != len(words.brackets.close):
        yield "brackets.open and brackets.close do not pair up"
