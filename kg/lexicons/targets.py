"""Loads the words that tell a number policy commits to from every other number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import load_yaml, require_unique


@dataclass(frozen=True, slots=True)
class Comparator:
    """A way to bound a figure, with the words that stand before and after it (超, 以上)."""

    id: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubling:
    """翻两番: the verb before the numeral and the unit after it."""

    verb: str
    unit: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How a deadline is written: words before and after the year, and plan periods with their last year.

    A word of `weak` makes a deadline only together with one of `after` (在2025年底前).
    """

    year: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    weak: tuple[str, ...]
    plans: dict[str, str]


@dataclass(frozen=True, slots=True)
class TargetLexicon:
    """All cue words for targets; ``ontology/lexicons/targets.yaml`` says what each list is for."""

    scales: tuple[str, ...]
    units: tuple[str, ...]
    unit_decoys: tuple[str, ...]
    percent_prefixes: tuple[str, ...]
    doublings: Doubling
    numerals: dict[str, str]
    ranges: tuple[str, ...]
    more: tuple[str, ...]
    comparators: tuple[Comparator, ...]
    times: tuple[str, ...]
    deadlines: Deadlines
    baselines: tuple[str, ...]
    commits: tuple[str, ...]
    verbs: tuple[str, ...]
    per_year: tuple[str, ...]
    past: tuple[str, ...]
    past_unless_deadline: tuple[str, ...]
    awards: tuple[str, ...]
    conditions: tuple[str, ...]
    threshold_units: tuple[str, ...]
    attributive: str
    conjunctions: tuple[str, ...]
    indicator_stops: tuple[str, ...]


def load_targets(root: Path) -> TargetLexicon:
    """Load ``lexicons/targets.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, a comparator that stands twice or one that kg.types
    does not know, an empty word, and a plan period without a year.
    """
    path = root / "lexicons" / "targets.yaml"
    lexicon = load_yaml(path, TargetLexicon)
    require_unique(path, lexicon.comparators)
    for problem in _problems(lexicon):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return lexicon


def _problems(lexicon: TargetLexicon) -> list[str]:
    known = {"at-least", "at-most", "about"}
    problems = [f"the comparator {c.id} is unknown" for c in lexicon.comparators if c.id not in known]
    plans = lexicon.deadlines.plans.items()
    problems += [f"the plan period {name} has no year" for name, year in plans if len(year) != 4]
    for name in lexicon.__dataclass_fields__:
        words = getattr(lexicon, name)
        if isinstance(words, tuple) and "" in words:
            problems.append(f"{name} has an empty word")
    return problems
