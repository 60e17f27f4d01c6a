"""Loads the words that tell a number policy commits to from every other number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.files import Identified, load_yaml, require_unique, require_words
from kg.model.types import Change


@dataclass(frozen=True, slots=True)
class Comparator:
    """A way to bound a figure, with the words that stand before and behind it.

    Attributes:
        id: at-least, at-most or about.
        before: the words before the figure (超).
        after: the words behind it (以上).
    """

    id: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubling:
    """翻两番: the verb before the numeral and the unit behind it."""

    verb: str
    unit: str


@dataclass(frozen=True, slots=True)
class Rank:
    """进入全国前六位: the mark before the number, the unit behind it, and the words that aim at a place."""

    mark: str
    unit: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """Units that are `factor` times one unit of QUDT, given by its local name (KiloM)."""

    qudt: str
    units: tuple[str, ...]
    factor: int = 1


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A way in which a figure is no level (增长5%).

    Attributes:
        id: growth, increase or decrease.
        words: the words right before the figure.
        to: words between them and the figure with which it is a change still (增速达到5%).
    """

    id: Change
    words: tuple[str, ...]
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pledge:
    """What is wanted of everything or nothing, without a number.

    Attributes:
        id: full-coverage or cleared.
        words: the words (全覆盖, 清零).
    """

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableWords:
    """What the heads of the columns of a table of indicators say.

    Attributes:
        indicator: the ending of a head that names indicators (指标).
        indicators: other heads that do.
        units: heads of units.
        targets: heads of targets that name no year.
        growths: words in heads of growth rates.
        actuals: words in heads of where things stand.
        marks: marks before the figure in a cell, with the comparator they mean (≥).
    """

    indicator: str
    indicators: tuple[str, ...]
    units: tuple[str, ...]
    targets: tuple[str, ...]
    growths: tuple[str, ...]
    actuals: tuple[str, ...]
    marks: dict[str, str]


@dataclass(frozen=True, slots=True)
class TargetLexicon:
    """The words of ``ontology/lexicons/targets.yaml``; those for times are in ``deadlines.yaml``.

    Attributes:
        scales: words that multiply a number (亿).
        units: the units of figures; a number without one is no figure.
        quantities: units in the terms of QUDT.
        unit_decoys: what begins like a unit and is none (个月).
        percent_prefixes: words before a percentage (百分之).
        doublings: 翻番.
        numerals: numbers of one character.
        ranks: places in a ranking (前六位).
        spelled: numbers in words that count right behind a verb (建设十个).
        spelled_units: their units.
        ranges: what stands between the ends of a range (2—3).
        more: words between number and unit for somewhat more (余).
        comparators: words that bound a figure.
        times: units of multiples (倍).
        from_words: words before where things stand (由30%).
        to_words: words between that and the target (提高到40%).
        changes: words that make a figure a change.
        pledges: words for what is wanted without a number.
        pledge_ends: words behind a pledge that are part of it (目标).
        full: the percentage that is full coverage.
        commits: words of aim.
        verbs: verbs that set an aim where they open a clause or stand right before a figure.
        per_year: words for every year.
        tells: words that open a report of what is over (截至).
        intends: words that take it back (力争).
        past: words that tell the past.
        past_unless_deadline: words that tell it where no deadline is in force (累计).
        awards: words of money that is given.
        condition_decoys: words that hold a condition's word and are none.
        conditions: words of admission (申报).
        procedural: words in titles of rules on how to apply or to examine.
        threshold_units: units of figures that say which bodies are meant.
        attributive: what stands between such a figure and its noun (的).
        conjunctions: words between the last two of a list.
        respectively: words that hand figures out to a list (分别).
        region_parts: words that set a whole beside its parts (其中).
        region_leads: words before a region that leave it the subject (支持).
        region_tails: what follows a region and is no part of the indicator (地区).
        table: heads of tables of indicators.
        goal_heads: words in headings under which a year holds for everything.
        indicator_verbs: verbs that have what is counted behind the figure.
        indicator_ends: words behind what is counted that are no part of it.
        indicator_stops: words around what is counted that are no part of it.
    """

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
    from_words: tuple[str, ...]
    to_words: tuple[str, ...]
    changes: tuple[ChangeWords, ...]
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

    Raises LexiconError with file and entry for a wrong schema, an empty word, a comparator, change or pledge that
    stands twice or that `Target` does not know, and a quantity that is no unit.
    """
    path = root / "lexicons" / "targets.yaml"
    lexicon = load_yaml(path, TargetLexicon)
    require_words(path, lexicon)
    for entries in (lexicon.comparators, lexicon.changes, lexicon.pledges):
        require_unique(path, entries)
    for problem in _problems(lexicon):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return lexicon


def _problems(lexicon: TargetLexicon) -> Iterator[str]:
    groups: tuple[tuple[str, tuple[Identified, ...], set[str]], ...] = (
        ("comparator", lexicon.comparators, {"at-least", "at-most", "about"}),
        ("change", lexicon.changes, {"growth", "increase", "decrease"}),
        ("pledge", lexicon.pledges, {"full-coverage", "cleared"}),
    )
    for name, entries, known in groups:
        yield from (f"the {name} {entry.id} is unknown" for entry in entries if entry.id not in known)
    counted = {unit for quantity in lexicon.quantities for unit in quantity.units}
    yield from (f"the quantity {unit} is no unit" for unit in sorted(counted - set(lexicon.units)))
