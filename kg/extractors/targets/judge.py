"""Judges figures: a commitment, or the past, an award, a condition, a mere count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.extractors.targets.paragraph import SentenceCues, Setting, TimedSentence
from kg.lexicons.targets import TargetLexicon, UnitWords
from kg.model.document import Span
from kg.text.patterns import Matcher, any_of

_NAME = 16  # characters of a name that stands with its figure alone
_LISTING = "、"
_LIST = 2  # marks of a list that is counted behind its last member
_NEAR = 6  # characters that may stand before the verb that opens a clause: an adverb, a span of time


class TargetJudge:
    """Judges figures where they stand; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self._past = _words_but(lexicon.past, lexicon.past_decoys)
        self._past_words = Matcher(lexicon.past)
        self._past_decoy = re.compile(any_of(lexicon.past_decoys))
        self._award_words = Matcher(lexicon.awards)
        self._yearly_words = Matcher(lexicon.per_year)
        self._parts_words = Matcher(lexicon.region_parts)
        self._past_unless_deadline = _words_but(lexicon.past_unless_deadline, lexicon.past_unless_decoys)
        self._award = _words_but(lexicon.awards, lexicon.award_decoys)
        self._condition = _words_but(lexicon.conditions, lexicon.condition_decoys)
        self._commit = re.compile(any_of(lexicon.commits))
        self._verb = re.compile(any_of(lexicon.verbs))
        self._last_verbs = (*lexicon.commits, *lexicon.verbs, *lexicon.last_verbs, *lexicon.per_year)
        self._reaching = (*self._last_verbs, *lexicon.to_words)
        self._described = re.compile(f"(?:{any_of(lexicon.indicator_heads)})?{lexicon.attributive}")
        self._ranked = re.compile(any_of(lexicon.ranks.words))
        self._compared = re.compile(any_of(lexicon.ratio_words))
        self._never_before = _by_unit(lexicon.never_before)
        self._only_behind = _by_unit(lexicon.only_behind)
        reached = any_of(lexicon.commits)
        self._shared = re.compile(f"(?:{any_of(lexicon.indicator_heads)})(?:{reached})?$")
        exact = [comparator for comparator in lexicon.comparators if comparator.id != "about"]
        self._thresholds = frozenset(word for c in exact for word in (*c.before, *c.after))

    def cues(self, text: str, sentence: TimedSentence) -> SentenceCues:
        """Read once what a sentence says of all its figures."""
        span = sentence.span
        words = text[span.start : span.end]
        return SentenceCues(
            span=span,
            reports=sentence.reports,
            has_condition=self._condition(words),
            past_end=_first_end(self._past_words, self._past_decoy.sub(_blank, words), span),
            award_end=_first_end(self._award_words, words, span),
            yearly_end=_first_end(self._yearly_words, words, span),
            parts_end=_first_end(self._parts_words, words, span),
        )

    def is_target(self, setting: Setting) -> bool:
        """Tell a commitment from the past, an award, a condition and a mere count."""
        if not self._counts(setting) or self._tells_past(setting) or self._is_award(setting):
            return False
        before = setting.before
        if setting.due.last:
            if setting.due.passing and not self.is_committed(before):
                return False
            inherited = setting.due.span is None
            return not (inherited and self._condition(before))
        if self._reports(setting) or self._is_condition(setting) or self._sums_up(setting):
            return False
        doubled = setting.figure.unit == self._words.doublings.unit
        return doubled or setting.listed >= 0 or self.is_committed(before) or self._goes_on(setting)

    def _goes_on(self, setting: Setting) -> bool:
        """Tell whether a clause is a name and its figure alone, behind one that sets a target."""
        figure, clause = setting.figure, setting.clause.span
        alone = not setting.text[figure.span.end : clause.end].strip() and len(setting.before.strip()) <= _NAME
        return setting.goes_on and alone and figure.span.start > clause.start

    def tells_past(self, words: str) -> bool:
        """Tell whether the words before a figure or a pledge tell the past."""
        return self._past(words)

    def _tells_past(self, setting: Setting) -> bool:
        return setting.cues.reports or self._past(setting.before)

    def _counts(self, setting: Setting) -> bool:
        """Tell a figure of something from the place of an act, and units that count only behind certain words."""
        before, figure = setting.before, setting.figure
        ahead = setting.text[setting.clause.span.start : figure.span.start].rstrip()
        if ahead.endswith(self._words.places) and not (ahead.endswith(self._words.commits) or self._spreads(setting)):
            return False
        if setting.text.startswith(self._words.places_behind, figure.span.end):
            return False
        if figure.rank and not self._ranked.search(before):
            return False
        if not figure.unit and not self._compared.search(before):
            return False
        needed, refused = self._only_behind.get(figure.unit), self._never_before.get(figure.unit)
        if refused and refused.search(setting.text, figure.span.end, setting.next):
            return False
        return needed is None or needed.search(before) is not None

    def _spreads(self, setting: Setting) -> bool:
        """Tell whether a figure says in how many places something is to be done (在10个左右领域开展培训)."""
        return bool(setting.figure.after) and setting.figure.unit in self._words.spelled_units

    def _sums_up(self, setting: Setting) -> bool:
        """Tell whether a figure only counts what is listed before it or behind it (甲、乙等5类设备, 甲、乙、丙3市)."""
        ahead = setting.text[setting.clause.span.start : setting.figure.number_start].rstrip()
        listed = ahead.count(_LISTING, setting.listed - setting.clause.span.start + 1 if setting.listed >= 0 else 0)
        counted = listed >= _LIST and _LISTING in ahead[-_NAME:] and not ahead.endswith(self._last_verbs)
        names = counted and setting.figure.span.end < setting.next
        return not setting.figure.after and (ahead.endswith(self._words.sums) or names)

    def is_committed(self, before: str) -> bool:
        """Tell whether a clause up to its figure holds a word of aim, or a verb that opens it or stands last."""
        verb = self._verb.search(before)
        opens = verb is not None and verb.start() <= _NEAR
        return bool(opens or before.endswith(self._last_verbs) or self._commit.search(before))

    def _is_condition(self, setting: Setting) -> bool:
        """Tell whether a figure says who may apply: in its clause, or without a verb anywhere in the sentence."""
        before = setting.before
        return self._condition(before) if self._verb.search(before) else setting.cues.has_condition

    def _is_award(self, setting: Setting) -> bool:
        """Tell whether money is given: in the clause, or without a deadline anywhere in the sentence.

        What is to be done every year and only then paid for is a target (每年服务企业不少于500家，…，给予补贴).
        """
        cues, clause = setting.cues, setting.clause.span
        if setting.due.last:
            return self._award(setting.text[clause.start : clause.end])
        return cues.award_end <= (clause.end if self._is_yearly(setting) else cues.span.end)

    def _is_yearly(self, setting: Setting) -> bool:
        """Tell whether a clause goes on with what is done every year, and does not say to whom something is due."""
        clause = setting.clause.span
        names = setting.text.endswith(self._words.attributive, clause.start, clause.end)
        return setting.cues.yearly_end <= clause.end and not names

    def _reports(self, setting: Setting) -> bool:
        """Tell whether the sentence, which has no deadline, tells the past so far."""
        so_far = setting.cues.past_end <= setting.figure.span.start
        return so_far or self._past_unless_deadline(setting.before)

    def is_threshold(self, setting: Setting) -> bool:
        """Tell whether a figure only says what is meant: 营业收入5000万元以上的企业, 产值超10亿元的集群."""
        figure, clause = setting.figure, setting.clause.span
        if figure.span.end == clause.end or figure.span.start == clause.start:
            return False
        if not self._thresholds & {figure.before, figure.after}:
            return self._describes(setting)
        if not figure.unit.endswith(self._words.threshold_units):
            return False
        if setting.text.startswith(self._words.threshold_decoys, figure.span.end):
            return False
        ahead = setting.text[clause.start : figure.span.start].rstrip()
        if figure.unit in self._words.percents and not self._shared.search(ahead):
            return False
        if not setting.text.startswith(self._words.attributive, figure.span.end):
            return bool(figure.after) and not setting.before.endswith(self._last_verbs)
        return bool(figure.after) or not ahead.endswith(self._last_verbs)

    def _describes(self, setting: Setting) -> bool:
        """Tell whether a figure without a bound only describes what its verb has behind it (建设年产800万吨的项目)."""
        figure, before = setting.figure, setting.before.rstrip()
        verb = self._verb.search(before)
        named = verb is not None and verb.start() <= _NEAR and not before.endswith(self._reaching)
        behind = self._described.match(setting.text, figure.span.end)
        return named and bool(behind) and not setting.text.startswith(self._words.threshold_decoys, figure.span.end)


def _by_unit(entries: Iterable[UnitWords]) -> dict[str, re.Pattern[str]]:
    return {unit: re.compile(any_of(entry.words)) for entry in entries for unit in entry.units}


def _words_but(words: Iterable[str], decoys: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a text holds one of some words, and not only within others (须, but not 必须)."""
    word, decoy = re.compile(any_of(words)), re.compile(any_of(decoys))
    return lambda text: word.search(text) is not None and word.search(decoy.sub(_blank, text)) is not None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _first_end(words: Matcher, text: str, sentence: Span) -> int:
    """Return where, in the paragraph, the first of the words ends; one past the sentence where there is none."""
    matches = words.every(text)
    return sentence.start + matches[0].end if matches else sentence.end + 1
