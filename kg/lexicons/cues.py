"""How a text says who has to do what, from ``lexicons/cues.yaml``, compiled to patterns over folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from kg.errors import LexiconError
from kg.lexicons.cue_words import CueWords, problems_of
from kg.lexicons.entry import Patterns
from kg.lexicons.files import load_yaml
from kg.model.entities import Role
from kg.text.fold import fold
from kg.text.passage import Passage
from kg.text.patterns import any_folded

DefaultKind = Literal["first_leads", "others_support", "none_leads", "added_group"]

_MOST_WORDS, _LONGEST_LABEL = 6, 12


def several(words: Iterable[str], *, least: int = 0) -> str:
    """Return a pattern of up to six of `words` in a row.

    Each is taken as the longest that fits and never given back in part, so that a text has one reading only: without
    that, 按职责分工 again and again (按职责 + 分工, or 按职责分工) has 2 to the power of n.
    """
    return rf"(?>{any_folded(words)}){{{least},{_MOST_WORDS}}}"


class Cues:
    """The cue words as patterns. All of them are matched against folded text."""

    def __init__(self, words: CueWords) -> None:
        self.words = words
        self.open = _marks(pair[0] for pair in words.brackets)
        self.close = _marks(pair[1] for pair in words.brackets)
        self.tier = _marks(words.separators.tier)
        self.run = frozenset("".join(words.separators.run))
        self.separators = self.tier | self.run | {"\n"}

    @cached_property
    def adverbials(self) -> str:
        """A pattern of the manners before a role word, if any: 按职责分工 in 按职责分工负责."""
        return several(self.words.manner_words("adverbial"))

    @cached_property
    def tails(self) -> str:
        """A pattern of what goes on behind a role word, if anything does: 负责 in 牵头负责."""
        return several(self.words.role_words("tail"))

    @cached_property
    def suffix(self) -> re.Pattern[str]:
        """Match a role said after its bodies, at the end of an item; the group name is the role, `none` for another."""
        roles = {role.value: self.words.role_words("suffix", role) for role in Role}
        others = [entry.word for entry in self.words.roles if entry.says is None and "suffix" in entry.uses]
        cores = "|".join(f"(?P<{role}>{any_folded(words)})" for role, words in (*roles.items(), ("none", others)))
        bare = any_folded(self.words.manner_words("suffix"))
        return re.compile(rf"(?:{self.adverbials}(?:{cores}){self.tails}|(?P<bare>{bare}))$")

    @cached_property
    def _suffix_ends(self) -> tuple[str, ...]:
        words = self.words
        roles = (*words.role_words("suffix"), *words.role_words("tail"), *words.role_words("label-alone"))
        labels = (*words.labels.nouns, *words.labels.person, *words.labels.deadline)
        return tuple(map(fold, (*roles, *words.manner_words("suffix"), *labels)))

    def role_behind(self, passage: Passage) -> re.Match[str] | None:
        """Find the role said at the end of a passage, behind its bodies: 牵头, 为牵头单位."""
        if not passage.ends_with(self._suffix_ends):
            return None
        return passage.search(self.copula) or passage.search(self.suffix)

    @cached_property
    def object(self) -> re.Pattern[str]:
        """Match a role word that has an object behind it: 牵头, 配合, 负责; the group name is the role."""
        return re.compile("|".join(f"(?P<{role}>{any_folded(self.words.role_words('object', role))})" for role in Role))

    @cached_property
    def label(self) -> re.Pattern[str]:
        """Match a label at the head of an item, with what joins it to the names; the group name is its kind.

        牵头单位：, 牵头单位为 and 【牵头单位】 are surely labels (groups `joint` and `open`); a blank joins them too.
        """
        kinds = self._other_kinds | {role: self._label_of(role, before=f"(?=[{self._colons}])") for role in Role}
        inner = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
        words, opening, closing = self.words, _any_mark(self.open), _any_mark(self.close)
        verb = rf"(?!{any_folded(words.not_label_verbs)})(?:{any_folded(words.label_verbs)})"
        joint = rf"(?P<joint>(?:{verb})?\s*[{self._colons}]\s*|{verb})"
        bracket = rf"{closing}\s*[{self._colons}]?\s*"
        return re.compile(rf"{self._bullets}(?P<open>{opening})?(?:{inner})(?(open){bracket}|(?:{joint}|\s+|\b(?=.)))")

    @cached_property
    def before_label(self) -> re.Pattern[str]:
        """Match where a label may begin within an item: behind a blank, or at a bracket."""
        return re.compile(rf"\s+|(?={_any_mark(self.open)})")

    @cached_property
    def _bullets(self) -> str:
        return rf"(?:(?:{any_folded(self.words.bullets)})\s*)?"

    @cached_property
    def _colons(self) -> str:
        return re.escape("".join(sorted(set(fold("".join(self.words.labels.colons))))))

    @cached_property
    def other_label(self) -> re.Pattern[str]:
        """Match words at the head of an item that are a label and say none of our roles: 监督单位：, 【督查单位】."""
        other = rf"(?P<other>[\u3400-\u9fff()/]{{2,{_LONGEST_LABEL}}})\s*[{self._colons}]\s*"
        nouns = any_folded((*self.words.labels.nouns, *self.words.labels.person))
        inner = rf"[\u3400-\u9fff]{{2,{_LONGEST_LABEL}}}?(?:{nouns})"
        return re.compile(rf"{self._bullets}(?:{other}|{_any_mark(self.open)}{inner}{_any_mark(self.close)}\s*)")

    @cached_property
    def label_word(self) -> re.Pattern[str]:
        """Match a label without what follows it, as in a table's header or X为牵头单位; the group name is its kind."""
        kinds = {role.value: self._label_of(role) for role in Role} | self._other_kinds
        return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))

    @cached_property
    def _other_kinds(self) -> dict[str, str]:
        labels = self.words.labels
        return {"person": any_folded(labels.person), "deadline": any_folded(labels.deadline)}

    def _label_of(self, role: Role, *, before: str = "") -> str:
        """Return a pattern of a role's labels: 牵头单位; or 牵头 alone, where `before` follows it."""
        words, nouns = self.words, any_folded(self.words.labels.nouns)
        alone = any_folded(words.role_words("label-alone", role))
        return rf"(?:(?:{any_folded(words.role_words('label', role))}){{1,2}}(?:{nouns})|(?:{alone}){before})"

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
        """Match 等, 等部门, 等13个部门 at the end of an item; the group `rest` is what follows 等 and their number."""
        return re.compile(
            rf"(?:{any_folded(self.words.etc)})(?:{self.words.counts})?(?P<rest>[^{''.join(self.words.etc)}]{{0,14}})$"
        )

    @cached_property
    def leaders(self) -> re.Pattern[str]:
        """Match what stands before a body without being part of its name."""
        return re.compile(several((*self.words.leaders, *self.words.manner_words("adverbial")), least=1))

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """Match 会同 and its like between two bodies."""
        return re.compile(any_folded(self.words.joint))

    @cached_property
    def role_hint(self) -> re.Pattern[str]:
        """Match any word without which a text assigns nothing; used to pass over the rest quickly."""
        openings = [entry.word for entry in self.words.roles if entry.says not in (None, Role.GUIDE)]
        manners = (*self.words.manner_words("suffix"), *self.words.manner_words("division"))
        guides = {entry.word for entry in self.words.roles if entry.says is Role.GUIDE}
        guide = any_folded(word for word in guides if not word.endswith(tuple(guides - {word})))
        marks = self._colons + re.escape("".join(sorted(self.tier | self.close)))
        ends = rf"[{marks}]|{any_folded(self.words.labels.nouns)}"
        words = any_folded([*openings, *manners, *self.words.joint])
        words += rf"|(?:{any_folded(self.words.due)}){_any_mark(self.close)}"
        return re.compile(rf"{words}|{self.words.consults}|(?:{guide})(?={ends})")

    @cached_property
    def conjunction(self) -> re.Pattern[str]:
        """Match a conjunction between bodies."""
        return re.compile(any_folded(self.words.separators.conjunctions))

    @cached_property
    def joined_to(self) -> re.Pattern[str]:
        """Match what joins a body to the one before it, at the end of the words before it."""
        return re.compile(rf"(?:{any_folded((*self.words.separators.conjunctions, *self.words.separators.run))})$")

    @cached_property
    def uncut(self) -> re.Pattern[str]:
        """Match what shows, within a name, that it may be two."""
        marks = self.words.separators
        return re.compile(any_folded((*marks.conjunctions, *marks.run)))

    @cached_property
    def comma(self) -> re.Pattern[str]:
        """Match a mark behind which a new part of a sentence, or a new tier of bodies, begins."""
        return re.compile(f"[{re.escape(''.join(sorted(self.tier)))}]")

    @cached_property
    def mark(self) -> re.Pattern[str]:
        """Match a separator or a bracket."""
        return re.compile(f"[{re.escape(''.join(sorted(self.separators | self.open | self.close)))}]")

    @cached_property
    def cut(self) -> re.Pattern[str]:
        """Match what may part an item into two bodies, a conjunction or blanks; and brackets, which hold together."""
        brackets = re.escape("".join(sorted(self.open | self.close)))
        return re.compile(rf"{any_folded(self.words.separators.conjunctions)}|\s+|[{brackets}]")

    @cached_property
    def remark(self) -> re.Pattern[str]:
        """Match a remark inside a clause that names nobody: 下同, 列第一位的为牵头单位."""
        rules = [pattern for kind in ("first_leads", "others_support", "none_leads") for pattern in self._rules(kind)]
        return re.compile(f"(?:{any_folded(self.words.remarks)})$|{'|'.join(map(fold, rules))}")

    def _rules(self, kind: DefaultKind) -> Patterns:
        patterns: Patterns = getattr(self.words.defaults, kind)
        return patterns

    def default(self, kind: DefaultKind) -> re.Pattern[str]:
        """Return the pattern of a kind of default sentence."""
        return self._defaults[kind]

    @cached_property
    def _defaults(self) -> dict[DefaultKind, re.Pattern[str]]:
        return {kind: re.compile("|".join(map(fold, self._rules(kind)))) for kind in get_args(DefaultKind)}


def _marks(words: Iterable[str]) -> frozenset[str]:
    """Return marks as they are written, and as folded text has them."""
    written = "".join(words)
    return frozenset(written + fold(written))


def _any_mark(marks: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(marks)))}]"


def load_cues(root: Path) -> Cues:
    """Read the cue words.

    Raises LexiconError where the file does not fit, a list holds an empty word, a pattern is none, a word stands twice
    or has a use that its role does not allow, or a role has no words.
    """
    path = root / "lexicons" / "cues.yaml"
    words = load_yaml(path, CueWords)
    for problem in problems_of(words):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return Cues(words)
