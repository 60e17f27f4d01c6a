"""The words from which deadlines are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeadlineWords:
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

    year: str
    month: str
    days: tuple[str, ...]
    hours: tuple[str, ...]
    weeks: tuple[str, ...]
    fiscal: str
    ranges: tuple[str, ...]
    joints: tuple[str, ...]
    digits: dict[str, int]
    numerals: dict[str, int]
    before: tuple[str, ...]
    weak_before: tuple[str, ...]
    not_before: tuple[str, ...]
    after: tuple[str, ...]
    ends: tuple[str, ...]
    not_after: tuple[str, ...]
    within: tuple[str, ...]
    not_within: tuple[str, ...]
    done: tuple[str, ...]
    no_deadline: tuple[str, ...]
    ordinal: str
    baselines: tuple[str, ...]
    baseline_marks: tuple[str, ...]
    attributive: str
    plans: dict[str, tuple[int, int]]
    plan_quotes: tuple[str, str]
    plan_ends: tuple[str, ...]
    plan_spans: tuple[str, ...]
    parts: dict[str, tuple[int, int]]
    month_parts: dict[str, int]
    relative_years: dict[str, int]
    relative_months: dict[str, int]
    year_ends: tuple[str, ...]
    month_ends: tuple[str, ...]
    no_end_behind: tuple[str, ...]
    recurrences: dict[str, str]
    each: str
    units: dict[str, str]
    since: tuple[str, ...]
    no_recurrence_before: tuple[str, ...]
    no_recurrence_after: tuple[str, ...]
    stretch_before: tuple[str, ...]
    stretch_after: tuple[str, ...]
    standing: tuple[str, ...]
    standing_leads: tuple[str, ...]
    labels: tuple[str, ...]
    no_labels: tuple[str, ...]
