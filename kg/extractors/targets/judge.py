"""Tells a commitment from the past, an award, a condition and a mere count."""

from __future__ import annotations

import re

from kg.extractors.targets.match import SentenceCues, Setting
from kg.extractors.targets.paragraph import TimedSentence
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.patterns import Matcher, any_of

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
