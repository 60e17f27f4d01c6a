"""Figures while they are judged, and the judgement: a commitment, or the past, an award, a condition."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extractors.targets import Change
from kg.extractors.targets.figures import Figure
from kg.extractors.targets.paragraph import Clause, TimedSentence
from kg.extractors.targets.times import DueYears
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.patterns import Matcher, any_of

_LONGEST_QUOTE = 1000  # characters; a deadline that stands further off is told without being quoted


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A figure, or a pledge without one (全覆盖), that policy commits to.

    All spans count from the beginning of the paragraph.

    Attributes:
        span: the figure with its unit and bounds, or the words of the pledge.
        quote: from the deadline or the clause's beginning to the clause's end.
        sentence: the sentence.
        indicator: what is counted, perhaps empty.
        value: the number without bound and thousands separator (2—3 for a range); empty in a pledge.
        unit: the unit with its scale (亿元).
        comparator: equal, at-least, at-most, about, times, full-coverage or cleared.
        deadline: a year, or empty.
        baseline: the year it is compared with, or empty.
        baseline_value: the figure things stand at (由30%提高到40%), with its unit where that differs.
        change: whether the figure is a level, an increase, a decrease or a growth rate.
        lower: the lower end of a range.
        upper: the upper end of a range.
        place: which of the figures this is that 分别 hands out in its clause, from 0.
        fellows: how many 分别 hands out; 1 where it does not.
        among_parts: whether the sentence up to here sets a whole beside its parts (其中).
    """

    span: Span
    quote: Span
    sentence: Span
    indicator: str
    value: str = ""
    unit: str = ""
    comparator: str = "equal"
    deadline: str = ""
    baseline: str = ""
    baseline_value: str = ""
    change: Change = "level"
    lower: str = ""
    upper: str = ""
    place: int = 0
    fellows: int = 1
    among_parts: bool = False


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """What words of a whole sentence say of its figures.

    Attributes:
        span: the sentence.
        reports: whether the sentence belongs to a report of what is over.
        has_condition: whether it names a condition anywhere (申报, 具备).
        past_end: where the first word that tells the past ends; here and below, past the sentence where none stands.
        award_end: where the first word of money that is given ends.
        yearly_end: where the first word for every year ends.
        parts_end: where the first word that sets a whole beside its parts ends.
    """

    span: Span
    reports: bool
    has_condition: bool
    past_end: int
    award_end: int
    yearly_end: int
    parts_end: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands.

    Attributes:
        text: the paragraph.
        cues: what its sentence says.
        clause: its clause.
        index: which of the clause's figures it is.
        due: the deadline in force.
        shared: whether 分别 hands out the figures of the clause (A、B分别达到75%、90%).
        listed: where a figure of the same clause ends that is a target itself (600家企业和200家企业), or -1.
    """

    text: str
    cues: SentenceCues
    clause: Clause
    index: int
    due: DueYears
    shared: bool = False
    listed: int = -1

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.clause.figures[self.index]

    @property
    def before(self) -> str:
        """The clause as far as the number, with the word that bounds it."""
        return self.text[self.clause.span.start : self.figure.number_start]

    @property
    def following(self) -> Figure | None:
        """The next figure of the clause."""
        return self.clause.figures[self.index + 1] if self.index + 1 < len(self.clause.figures) else None

    @property
    def next(self) -> int:
        """Where the next figure begins, or the clause ends."""
        return self.following.span.start if self.following else self.clause.span.end

    @property
    def place(self) -> int:
        """Which of the figures that 分别 hands out this is."""
        return self.index if self.shared else 0

    @property
    def fellows(self) -> int:
        """How many figures 分别 hands out."""
        return len(self.clause.figures) if self.shared else 1

    def with_own_year(self) -> Setting:
        """Return the setting with the figure's own year where 分别 hands out as many years as figures."""
        if self.fellows > 1 and len(self.due.years) == self.fellows:
            return replace(self, due=replace(self.due, years=(self.due.years[self.place],)))
        return self


def quote_of(clause: Span, due: DueYears) -> Span:
    """Return what proves a target: its clause, from its deadline on where that stands before it and not far off."""
    start = min(clause.start, due.span.start) if due.span else clause.start
    return Span(start, clause.end) if clause.end - start <= _LONGEST_QUOTE else clause


_NEAR = 6  # characters that may stand before the verb that opens a clause: an adverb, a span of time


class TargetJudge:
    """Judges figures where they stand; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self.past = re.compile(any_of(lexicon.past))
        self._past_words = Matcher(lexicon.past)
        self._award_words = Matcher(lexicon.awards)
        self._yearly_words = Matcher(lexicon.per_year)
        self._parts_words = Matcher(lexicon.region_parts)
        self._past_unless_deadline = re.compile(any_of(lexicon.past_unless_deadline))
        self._award = re.compile(any_of(lexicon.awards))
        self._condition = re.compile(any_of(lexicon.conditions))
        self._decoy = re.compile(any_of(lexicon.condition_decoys))
        self._commit = re.compile(any_of(lexicon.commits))
        self._verb = re.compile(any_of(lexicon.verbs))
        self._last_verbs = (*lexicon.commits, *lexicon.verbs, *lexicon.per_year)
        self._ranked = re.compile(any_of(lexicon.ranks.words))
        self._thresholds = frozenset(w for c in lexicon.comparators if c.id != "about" for w in c.after)

    def cues(self, text: str, sentence: TimedSentence) -> SentenceCues:
        """Read once what a sentence says of all its figures."""
        span = sentence.span
        words = text[span.start : span.end]
        return SentenceCues(
            span=span,
            reports=sentence.reports,
            has_condition=self._names_condition(words),
            past_end=_first_end(self._past_words, words, span),
            award_end=_first_end(self._award_words, words, span),
            yearly_end=_first_end(self._yearly_words, words, span),
            parts_end=_first_end(self._parts_words, words, span),
        )

    def is_target(self, setting: Setting) -> bool:
        """Tell a commitment from the past, an award, a condition and a mere count."""
        before, figure = setting.before, setting.figure
        if figure.rank and not self._ranked.search(before):
            return False
        if setting.cues.reports or self.past.search(before) or self._is_threshold(setting) or self._is_award(setting):
            return False
        if setting.due.last:
            inherited = setting.due.span is None
            return not (inherited and self._names_condition(before))
        if self._reports(setting) or self._is_condition(setting):
            return False
        doubled = figure.unit == self._words.doublings.unit
        return doubled or setting.listed >= 0 or self.is_committed(before)

    def is_committed(self, before: str) -> bool:
        """Tell whether a clause up to its figure holds a word of aim, or a verb that opens it or stands last."""
        verb = self._verb.search(before)
        opens = verb is not None and verb.start() <= _NEAR
        return bool(opens or before.endswith(self._last_verbs) or self._commit.search(before))

    def _names_condition(self, words: str) -> bool:
        return bool(self._condition.search(self._decoy.sub("", words)))

    def _is_condition(self, setting: Setting) -> bool:
        """Tell whether a figure says who may apply: in its clause, or without a verb anywhere in the sentence."""
        before = setting.before
        return self._names_condition(before) if self._verb.search(before) else setting.cues.has_condition

    def _is_award(self, setting: Setting) -> bool:
        """Tell whether money is given: in the clause, or without a deadline anywhere in the sentence.

        What is to be done every year and only then paid for is a target (每年服务企业不少于500家，…，给予补贴).
        """
        cues, clause = setting.cues, setting.clause.span
        if setting.due.last:
            return bool(self._award.search(setting.text, clause.start, clause.end))
        return cues.award_end <= (clause.end if self._is_yearly(setting) else cues.span.end)

    def _is_yearly(self, setting: Setting) -> bool:
        """Tell whether a clause goes on with what is done every year, and does not say to whom something is due."""
        clause = setting.clause.span
        names = setting.text.endswith(self._words.attributive, clause.start, clause.end)
        return setting.cues.yearly_end <= clause.end and not names

    def _reports(self, setting: Setting) -> bool:
        """Tell whether the sentence, which has no deadline, tells the past so far."""
        so_far = setting.cues.past_end <= setting.figure.span.start
        return so_far or bool(self._past_unless_deadline.search(setting.before))

    def _is_threshold(self, setting: Setting) -> bool:
        """Tell whether a figure only says which bodies are meant (营业收入5000万元以上的企业)."""
        figure, clause = setting.figure, setting.clause.span
        if figure.span.end == clause.end or not figure.unit.endswith(self._words.threshold_units):
            return False
        if figure.after not in self._thresholds or figure.span.start == clause.start:
            return False
        names = setting.text.startswith(self._words.attributive, figure.span.end)
        return names or not setting.before.endswith(self._last_verbs)


def _first_end(words: Matcher, text: str, sentence: Span) -> int:
    """Return where, in the paragraph, the first of the words ends; one past the sentence where there is none."""
    matches = words.every(text)
    return sentence.start + matches[0].end if matches else sentence.end + 1
