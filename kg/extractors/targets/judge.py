"""Tells a commitment from the past, an award, a condition and a mere count."""

from __future__ import annotations

import re

from kg.extractors.targets.figures import Figure
from kg.extractors.targets.match import Setting, words_at
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.patterns import any_of

_NEAR = 6  # characters that may stand before the verb that opens a clause: an adverb, a span of time


class TargetJudge:
    """Judges figures where they stand; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self.past = re.compile(any_of(lexicon.past))
        self._past_unless_deadline = re.compile(any_of(lexicon.past_unless_deadline))
        self._award = re.compile(any_of(lexicon.awards))
        self._condition = re.compile(any_of(lexicon.conditions))
        self._decoy = re.compile(any_of(lexicon.condition_decoys))
        self._commit = re.compile(any_of(lexicon.commits))
        self._verb = re.compile(any_of(lexicon.verbs))
        self._verb_before = re.compile(f"(?:{any_of(lexicon.commits + lexicon.verbs + lexicon.per_year)})$")
        self._per_year = re.compile(any_of(lexicon.per_year))
        self._ranked = re.compile(any_of(lexicon.ranks.words))

    def is_target(self, setting: Setting, figure: Figure) -> bool:
        """Tell a commitment from the past, an award, a condition and a mere count."""
        before = setting.before(figure)
        if figure.rank and not self._ranked.search(before):
            return False
        if setting.told or self.past.search(before) or self._is_threshold(setting, figure) or self._is_award(setting):
            return False
        inherited = setting.deadline.year and setting.deadline.span is None
        if setting.deadline.year:
            return not (inherited and self._condition.search(self._decoy.sub("", before)))
        if self._reports(setting, figure) or self._is_condition(setting, before):
            return False
        doubled = figure.unit == self._words.doublings.unit
        return doubled or setting.listed >= 0 or self.is_committed(before)

    def _is_condition(self, setting: Setting, before: str) -> bool:
        """Tell whether a figure says who may apply: in its clause, or without a verb anywhere in the sentence."""
        said = before if self._verb.search(before) else words_at(setting.text, setting.sentence)
        return bool(self._condition.search(self._decoy.sub("", said)))

    def _is_award(self, setting: Setting) -> bool:
        """Tell whether money is given: in the clause, or without a deadline anywhere in the sentence.

        What is to be done every year and only then paid for is a target (每年服务企业不少于500家，…，给予补贴).
        """
        within = setting.clause if setting.deadline.year else setting.sentence
        if self._is_yearly(setting):
            within = Span(within.start, setting.clause.end)
        return bool(self._award.search(words_at(setting.text, within)))

    def _is_yearly(self, setting: Setting) -> bool:
        """Tell whether a clause goes on with what is done every year, and does not say to whom something is due."""
        yearly = self._per_year.search(setting.text, setting.sentence.start, setting.clause.end)
        return bool(yearly) and not words_at(setting.text, setting.clause).endswith(self._words.attributive)

    def _reports(self, setting: Setting, figure: Figure) -> bool:
        """Tell whether the sentence, which has no deadline, tells the past so far."""
        so_far = setting.text[setting.sentence.start : figure.span.start]
        return bool(self.past.search(so_far) or self._past_unless_deadline.search(setting.before(figure)))

    def is_committed(self, before: str) -> bool:
        """Tell whether a clause up to its figure holds a word of aim, or a verb that opens it or stands last."""
        verb = self._verb.search(before)
        return bool(self._commit.search(before) or self._verb_before.search(before) or (verb and verb.start() <= _NEAR))

    def _is_threshold(self, setting: Setting, figure: Figure) -> bool:
        """Tell whether a figure only says which bodies are meant (营业收入5000万元以上的企业)."""
        if figure.span.end == setting.clause.end or not figure.unit.endswith(self._words.threshold_units):
            return False
        if figure.after not in self._thresholds() or figure.span.start == setting.clause.start:
            return False
        names = setting.text.startswith(self._words.attributive, figure.span.end)
        return names or not self._verb_before.search(setting.before(figure))

    def _thresholds(self) -> frozenset[str]:
        return frozenset(word for c in self._words.comparators if c.id != "about" for word in c.after)
