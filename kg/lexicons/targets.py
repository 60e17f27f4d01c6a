"""The words that tell a number policy commits to from every other number, from ``lexicons/targets.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from kg.errors import LexiconError
from kg.lexicons.entry import Entry, Ordered, Word, Words
from kg.lexicons.files import load_yaml, require_unique

Bound = Literal["at-least", "at-most", "about"]


class Comparator(Entry, frozen=True, kw_only=True):
    """A way to bound a figure.

    Attributes:
        id: The bound, as the graph has it.
        before: Words before the figure that express it (超).
        after: Words behind the figure that do (以上).
    """

    id: Bound
    before: Words = ()
    after: Words = ()


class Doubling(Entry, frozen=True, kw_only=True):
    """How doublings are counted: 翻两番.

    Attributes:
        verb: The word before the numeral.
        unit: The word behind it.
    """

    verb: Word
    unit: Word


class Counting(Entry, frozen=True, kw_only=True):
    """The signs of numbers in words: 十二点五.

    Attributes:
        ones: The signs of one to nine.
        places: The signs of ten, hundred and so on.
        noughts: The signs of nought.
        point: The sign of the decimal point.
    """

    ones: Word
    places: Word
    noughts: Word
    point: Word


class UnitWords(Entry, frozen=True, kw_only=True):
    """Words on which it depends whether some units count.

    Attributes:
        units: The units.
        words: The words.
    """

    units: Words
    words: Words


class Rank(Entry, frozen=True, kw_only=True):
    """A place in a ranking: 进入全国前六位.

    Attributes:
        mark: The word before the number.
        unit: The word behind it.
        words: Words before it that aim at a place.
    """

    mark: Word
    unit: Word
    words: Words


class Quantity(Entry, frozen=True, kw_only=True):
    """Units that are multiples of a unit of QUDT.

    Attributes:
        qudt: The local name of the unit in QUDT (KiloM).
        units: The units as texts write them.
        factor: How many units of QUDT one of them is.
    """

    qudt: Word
    units: Words
    factor: int = 1


class ChangeWords(Entry, frozen=True, kw_only=True):
    """A way in which a figure is no level (增长5%).

    Attributes:
        id: The kind of change, as the graph has it.
        words: Words right before the figure that express it, with bounds and adverbs between.
        to: Words after which it is still a change (增速达到5%).
    """

    id: Literal["growth", "increase", "decrease"]
    words: Words
    to: Words = ()


class TableWords(Entry, frozen=True, kw_only=True):
    """What the heads of the columns of a table of indicators are called.

    Attributes:
        indicators: Heads of the column of indicators.
        indicator: The word in which the head of that column may end (主要约束性指标).
        units: Heads of the column of units.
        targets: Heads of a column of targets.
        growths: Heads of a column of targets that are rates of growth.
        actuals: Heads of a column of where things stand, whose year is no deadline.
        marks: Marks and words before a figure in a cell, with the bound that each expresses.
    """

    indicators: Words
    indicator: Word
    units: Words
    targets: Words
    growths: Words
    actuals: Words
    marks: Mapping[Word, Bound]


class TargetLexicon(Entry, frozen=True, kw_only=True):
    """How a number that policy commits to is told from every other number.

    Attributes:
        scales: Words between a number and its unit with what they multiply it by.
        units: The units; a number without one of them is never a target.
        quantities: What units are in the vocabulary of QUDT, release 3; the others have no counterpart there.
        unit_decoys: What begins like a unit and is none, or counts the parts of a text (个方面).
        per: Signs between a unit and what it is counted by (5万元/年).
        per_units: What it may be counted by.
        percent_prefixes: Words before a number that make percents of it.
        doublings: How doublings are counted.
        counting: The signs of numbers in words behind `percent_prefixes`.
        ordinal: The sign of an ordinal, after which a number counts nothing (第3位).
        percents: Signs of parts of a hundred or a thousand, which the first end of a range may bear too.
        unit_heads: What the first of two figures may leave of its unit, with the whole (31.1个和26.3个百分点).
        ratio_words: Words one of which stands before a ratio in its clause (1:1.6).
        only_behind: Units that count only where one of these words stands before them in their clause.
        never_before: Units that count nothing where one of these words stands behind them in their clause.
        numerals: Chinese numerals of one character with their values.
        ranks: How places in a ranking are written.
        spelled: Numbers in words, which count only right after a verb, with their values.
        spelled_units: The units that they count with.
        ranges: Words and marks between the two ends of a range.
        more: Words behind a number that make it a little more.
        comparators: Words that bound a figure. Ordered: the first that fits before or behind it is taken.
        times: Units that say how many times as much is wanted.
        from_words: Words before the figure where things stand (由2020年的30%提高到40%).
        to_words: Words between that figure and the target.
        changes: Where a figure is no level.
        pledges: What is wanted of everything or of nothing, without a number, at the end of a clause (全覆盖, 清零).
        pledge_ends: Words between a pledge and the end of its clause.
        full: The number of percents that is everything.
        commits: Words of aim anywhere before the figure in its clause.
        verbs: Verbs that open the clause or stand right before the figure where a number is wanted.
        last_verbs: Verbs that are half a noun and count only right before the figure.
        per_year: Words that say that a number is wanted each year.
        tells: Words that open a report of the past, which goes on until a deadline comes.
        intends: Words that make no report of what they open.
        past: Words in a clause that tell the past.
        past_decoys: Words that hold one of them and do not.
        past_unless_deadline: Words that do so only where no deadline is in force (累计).
        past_unless_decoys: Words that hold one of them and do not.
        awards: Words of money given or asked for, which is no target.
        award_decoys: Words that hold one of them and are none where a year is given (补贴性培训).
        condition_decoys: Words that hold a condition's word and are none (满足感).
        conditions: Words of conditions, whose figures are no targets.
        places: Words right before a figure that make it the place or the object of an act (围绕12个领域, 将18项…).
        places_behind: Words right behind a figure that make it what something else rests on (12000元的基础上).
        sums: Words right before a figure that only counts what is listed, where no deadline is in force (等5类).
        commitments: Words of the kind of a target: binding (约束性, 确保) or expected (预期性, 力争).
        recurrences: Words that say how often a figure is to be reached, as ISO 8601 durations.
        procedural: Words in the title of rules on how one applies or is examined; there only a figure with a year is a
            target.
        applications: Words that a text on how one applies says often, whatever its title.
        report_words: Words that reports of what is done say often.
        aim_words: Words of aim, which plans say as often.
        threshold_units: Units of the figure of a condition that stands before its noun (5000万元以上的企业).
        threshold_decoys: Words behind a figure that do not make it a condition (80%以上的目标).
        attributive: The word that joins an attribute to its noun.
        conjunctions: Words between the members of a list.
        respectively: Words that hand out several figures.
        region_leads: Words between the beginning of a clause and the region a target is set for (支持广州建设5个).
        region_parts: Words that set a whole beside its parts, so that no figure takes another's region (其中).
        region_tails: Words behind a region that are no part of the indicator (珠三角地区公交电动化率).
        table: What the heads of the columns of a table of indicators are called.
        goal_heads: Words in a heading under which a year holds for all that stands there.
        indicator_verbs: Verbs behind which the thing counted follows the figure, though they set no aim (取得10项成果).
        indicator_ends: Words behind the thing counted that are no part of it.
        indicator_words: Words that begin or end like one of `indicator_stops` and are part of the indicator (总产值).
        indicator_heads: What is measured, which a list names only at its end (种植、收获机械化率).
        indicator_leads: Words that only begin it.
        indicator_tails: Words that only end what stands before a figure and are no part of the indicator.
        indicator_stops: Words at either end of the words before a figure that are no part of the indicator.
    """

    scales: Mapping[Word, int]
    units: Words
    quantities: tuple[Quantity, ...]
    unit_decoys: Words
    per: Words
    per_units: Words
    percent_prefixes: Words
    doublings: Doubling
    counting: Counting
    ordinal: Word
    percents: Words
    unit_heads: Mapping[Word, Word]
    ratio_words: Words
    only_behind: tuple[UnitWords, ...]
    never_before: tuple[UnitWords, ...]
    numerals: Mapping[Word, Word]
    ranks: Rank
    spelled: Mapping[Word, Word]
    spelled_units: Words
    ranges: Words
    more: Words
    comparators: Ordered[Comparator]
    times: Words
    from_words: Words
    to_words: Words
    changes: tuple[ChangeWords, ...]
    pledges: Mapping[Literal["full-coverage", "cleared"], Words]
    pledge_ends: Words
    full: Word
    commits: Words
    verbs: Words
    last_verbs: Words
    per_year: Words
    tells: Words
    intends: Words
    past: Words
    past_decoys: Words
    past_unless_deadline: Words
    past_unless_decoys: Words
    awards: Words
    award_decoys: Words
    condition_decoys: Words
    conditions: Words
    places: Words
    places_behind: Words
    sums: Words
    commitments: Mapping[Literal["binding", "expected"], Words]
    recurrences: Mapping[Word, Word]
    procedural: Words
    applications: Words
    report_words: Words
    aim_words: Words
    threshold_units: Words
    threshold_decoys: Words
    attributive: Word
    conjunctions: Words
    respectively: Words
    region_leads: Words
    region_parts: Words
    region_tails: Words
    table: TableWords
    goal_heads: Words
    indicator_verbs: Words
    indicator_ends: Words
    indicator_words: Words
    indicator_heads: Words
    indicator_leads: Words
    indicator_tails: Words
    indicator_stops: Words


def load_targets(root: Path) -> TargetLexicon:
    """Load ``lexicons/targets.yaml`` under `root`.

    Raises LexiconError with file and line for what does not fit, and with file for a comparator that stands twice, a
    plan period without a year, and a quantity of what is no unit or is one already.
    """
    path = root / "lexicons" / "targets.yaml"
    lexicon = load_yaml(path, TargetLexicon)
    for entries in (lexicon.comparators, lexicon.changes):
        require_unique(path, entries)
    for problem in _problems(lexicon):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return lexicon


def _problems(lexicon: TargetLexicon) -> Iterator[str]:
    counted = Counter(unit for quantity in lexicon.quantities for unit in quantity.units)
    yield from (f"the quantity {unit} is no unit" for unit in sorted(set(counted) - set(lexicon.units)))
    yield from (f"the unit {unit} has two quantities" for unit, times in sorted(counted.items()) if times > 1)
