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
class Rank:
    """进入全国前六位: the mark before the number, the unit behind it, and the words that aim at a place."""

    mark: str
    unit: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How a deadline is written: words before and after the year, and plan periods with their last year.

    A word of `weak` makes a deadline only together with one of `after` (在2025年底前); a plan with one of `plan_ends`
    is one too, with one of `plan_spans` it is a time in which things happen.
    """

    year: str
    month: str
    day: str
    ordinal: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    weak: tuple[str, ...]
    no_deadline: tuple[str, ...]
    plans: dict[str, str]
    plan_ends: tuple[str, ...]
    plan_spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """Units that are `factor` times one unit of QUDT, given by its local name (KiloM)."""

    qudt: str
    units: tuple[str, ...]
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """A way in which a figure is no level (增长5%); after one of `to` it is still a change (增速达到5%)."""

    id: str
    words: tuple[str, ...]
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pledge:
    """What is wanted of everything or nothing, without a number (全覆盖, 清零)."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableWords:
    """What the heads of a table's columns say, and the `marks` that bound a figure in a cell."""

    indicators: tuple[str, ...]
    units: tuple[str, ...]
    targets: tuple[str, ...]
    growths: tuple[str, ...]
    actuals: tuple[str, ...]
    dues: tuple[str, ...]
    marks: dict[str, str]


@dataclass(frozen=True, slots=True)
class TargetLexicon:
    """All cue words for targets; ``ontology/lexicons/targets.yaml`` says what each list is for."""

    scales: dict[str, int]
    units: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    unit_decoys: tuple[str, ...]
    percent_prefixes: tuple[str, ...]
    doublings: Doubling
    numerals: dict[str, str]
    ranks: Rank
    spelled: dict[str, str]
    spelled_units: tuple[str, ...]
    ranges: tuple[str, ...]
    more: tuple[str, ...]
    comparators: tuple[Comparator, ...]
    times: tuple[str, ...]
    deadlines: Deadlines
    baselines: tuple[str, ...]
    baseline_marks: tuple[str, ...]
    from_words: tuple[str, ...]
    to_words: tuple[str, ...]
    changes: tuple[Change, ...]
    pledges: tuple[Pledge, ...]
    pledge_ends: tuple[str, ...]
    full: str
    commits: tuple[str, ...]
    verbs: tuple[str, ...]
    per_year: tuple[str, ...]
    tells: tuple[str, ...]
    intends: tuple[str, ...]
    past: tuple[str, ...]
    past_unless_deadline: tuple[str, ...]
    awards: tuple[str, ...]
    condition_decoys: tuple[str, ...]
    conditions: tuple[str, ...]
    procedural: tuple[str, ...]
    threshold_units: tuple[str, ...]
    attributive: str
    conjunctions: tuple[str, ...]
    respectively: tuple[str, ...]
    region_leads: tuple[str, ...]
    region_parts: tuple[str, ...]
    region_tails: tuple[str, ...]
    table: TableWords
    goal_heads: tuple[str, ...]
    indicator_verbs: tuple[str, ...]
    indicator_ends: tuple[str, ...]
    indicator_stops: tuple[str, ...]


def load_targets(root: Path) -> TargetLexicon:
    """Load ``lexicons/targets.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, a comparator that stands twice or one that kg.model.types
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
    problems += [
        f"the change {c.id} is unknown" for c in lexicon.changes if c.id not in {"growth", "increase", "decrease"}
    ]
    problems += [f"the pledge {p.id} is unknown" for p in lexicon.pledges if p.id not in {"full-coverage", "cleared"}]
    counted = {unit for quantity in lexicon.quantities for unit in quantity.units}
    problems += [f"the quantity {unit} is no unit" for unit in sorted(counted - set(lexicon.units))]
    problems += [f"the plan period {name} has no year" for name, year in plans if len(year) != 4]
    for name in lexicon.__dataclass_fields__:
        words = getattr(lexicon, name)
        if isinstance(words, tuple) and "" in words:
            problems.append(f"{name} has an empty word")
    return problems
