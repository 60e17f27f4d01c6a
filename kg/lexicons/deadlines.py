"""The words by which something is said to be due, from ``lexicons/deadlines.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from kg.errors import LexiconError
from kg.lexicons.entry import ORDERED, Entry, Word, Words
from kg.lexicons.files import load_yaml
from kg.text.dates import YEARS

_DURATION = re.compile(r"P\d+[YMWD]")


class DeadlineWords(Entry, frozen=True, kw_only=True):
    """The words of ``ontology/lexicons/deadlines.yaml``.

    Attributes:
        year: the sign of a year (年).
        month: the sign of a month (月).
        days: the signs of a day (日, 号).
        hours: the signs of an hour (时).
        weeks: what a weekday begins with (周).
        fiscal: what makes a year in figures one of account (2025年度).
        ranges: words and dashes between the ends of a range (至).
        joints: words and marks between the members of a list (、).
        digits: digits in words (〇).
        numerals: numbers from 1 to 12 in words.
        before: words before a time that make it a limit (到).
        weak_before: those of `before` that need one of `after` as well (在).
        not_before: words that end like one of `before` and make no limit (截至).
        after: words behind a time that make it a limit (底前).
        ends: words for the end of a time, a limit too where the year is named (底).
        not_after: words that begin like one of `after` and make no limit (前后).
        within: words behind a time that make it a limit for a task (内).
        not_within: words that begin like one of `within` (内蒙古).
        done: verbs that make a limit of the time right before them (完成).
        no_deadline: words behind a year that make it a name or a day (2025年度).
        ordinal: the sign of an ordinal, after which digits are no year (第).
        baselines: words before a year that something is compared with (较).
        baseline_marks: words behind such a year (基础上).
        attributive: what may stand between such a year and its mark (的).
        plans: five-year plans with their first and last year.
        plan_quotes: the quotation marks that a plan may stand in, opening and closing.
        plan_ends: words behind a plan that make it a deadline (期间, 末).
        plan_spans: those behind a plan that make it a time that runs (期间).
        parts: parts of a year with their first and last month (上半年).
        month_parts: parts of a month with their last day (上旬).
        relative_years: years counted from the document's (明年: 1).
        relative_months: months counted from the document's (下月: 1).
        year_ends: the end of a year that is not named (年底).
        month_ends: the end of a month that is not named (月底).
        no_end_behind: what before these makes them a number of years or months (三年内).
        recurrences: words for what comes again, as ISO 8601 durations (每季度: P3M).
        each: the word before a number that makes it one of these (每3年).
        units: units of time with their ISO 8601 letter (年: Y).
        since: words behind a year from which on something comes again (起).
        no_recurrence_before: words before a recurrence that is no task's (平均).
        no_recurrence_after: words behind a recurrence that is no task's (最高).
        stretch_before: words before a stretch of time from the document's day (用3年时间, 印发后3个月内).
        stretch_after: words behind it (时间, 内).
        standing: words for what is due without a day (长期坚持, 立行立改).
        standing_leads: words that may stand before them (并长期坚持).
        labels: labels of deadlines in clauses and heads of columns (完成时限).
        no_labels: words that end like a label and say how long something may last (贷款期限).
    """

    year: Word
    month: Word
    days: Words
    hours: Words
    weeks: Words
    fiscal: Word
    ranges: Words
    joints: Words
    digits: Mapping[Word, int]
    numerals: Mapping[Word, int]
    before: Words
    weak_before: Words
    not_before: Words
    after: Words
    ends: Words
    not_after: Words
    within: Words
    not_within: Words
    done: Words
    no_deadline: Words
    ordinal: Word
    baselines: Words
    baseline_marks: Words
    attributive: Word
    plans: Mapping[Word, tuple[int, int]]
    plan_quotes: Annotated[tuple[Word, Word], msgspec.Meta(extra={ORDERED: True})]
    plan_ends: Words
    plan_spans: Words
    parts: Mapping[Word, tuple[int, int]]
    month_parts: Mapping[Word, int]
    relative_years: Mapping[Word, int]
    relative_months: Mapping[Word, int]
    year_ends: Words
    month_ends: Words
    no_end_behind: Words
    recurrences: Mapping[Word, str]
    each: Word
    units: Mapping[Word, str]
    since: Words
    no_recurrence_before: Words
    no_recurrence_after: Words
    stretch_before: Words
    stretch_after: Words
    standing: Words
    standing_leads: Words
    labels: Words
    no_labels: Words


def load_deadlines(root: Path) -> DeadlineWords:
    """Load ``lexicons/deadlines.yaml`` under `root`.

    Raises LexiconError with file and entry for a wrong schema, an empty word, a plan or a part of a year whose ends are
    no years or months in their order, and a recurrence that is no ISO 8601 duration.
    """
    path = root / "lexicons" / "deadlines.yaml"
    words = load_yaml(path, DeadlineWords)
    for problem in _problems(words):
        raise LexiconError(str(path), problem, "see docs/lexicons.md")
    return words


def _problems(words: DeadlineWords) -> Iterator[str]:
    for name, (first, last) in words.plans.items():
        if first not in YEARS or last not in YEARS or first > last:
            yield f"the plan {name} runs from {first} to {last}"
    for name, (first, last) in words.parts.items():
        if not 1 <= first <= last <= 12:
            yield f"{name} runs from month {first} to month {last}"
    for name, every in words.recurrences.items():
        if not _DURATION.fullmatch(every):
            yield f"{name} comes again every {every}, which is no duration like P1Y"
    for name in sorted(set(words.weak_before) - set(words.before)):
        yield f"weak_before has {name}, which is not in before"
