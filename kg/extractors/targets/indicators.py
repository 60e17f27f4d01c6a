"""What a figure counts: the indicator, out of the words before the figure or behind it; and pledges.

A pledge is what policy wants of everything or of nothing, without a number: 实现全覆盖, 动态清零.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.targets.figures import Figure, bounds
from kg.extractors.targets.match import Setting, TargetJudge, TargetMatch, quote_of
from kg.extractors.targets.paragraph import Paragraph, TimedSentence, clause_at, clause_spans, piece_around
from kg.extractors.targets.times import TimeReader
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.patterns import any_of

LISTING = re.compile("[、（(]")
_ASIDE = re.compile("[（(]")
_NUMERAL = re.compile(r"^(?:\d{1,3}\s?[．.、]|[（(]\S{1,3}[）)]|[①-⑳])\s*")


class IndicatorReader:
    """Reads indicators; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon, times: TimeReader) -> None:
        self._words = lexicon
        self._times = times
        self._conjunction = re.compile(f"(?:{any_of(lexicon.conjunctions)})$")
        self._stop = re.compile(f"^(?:{any_of(lexicon.indicator_stops)})")
        self._tail = re.compile(f"(?:{any_of(lexicon.indicator_stops + bounds(lexicon))})$")
        verbs = (*lexicon.commits, *lexicon.verbs, *lexicon.per_year, *lexicon.indicator_verbs)
        self._verb = re.compile(f"(?:{any_of(verbs)})$")
        self._end = re.compile(any_of(lexicon.indicator_ends))
        self._joints = (re.compile("、"), re.compile(f"、|{any_of(lexicon.conjunctions)}"))
        self._respectively = re.compile(any_of(lexicon.respectively))
        self._region_tails = re.compile(f"^(?:{any_of(lexicon.region_tails)})+")
        self._lead = re.compile(any_of((*lexicon.region_leads, *lexicon.conjunctions)))

    def name_after_region(self, words: str) -> str:
        """Return an indicator from the words behind the regions it is set for (地区公交电动化率 to 公交电动化率)."""
        return self.strip(self._region_tails.sub("", self._respectively.split(words)[0]))

    def leads_to_region(self, words: str) -> bool:
        """Tell whether words before a region leave it the subject of its clause (支持广州、深圳建设5个)."""
        return not self._lead.sub("", self._times.without(words)).strip("，、— ")

    def indicator(self, setting: Setting, first: Figure) -> str:
        """What is counted: the words before the figure without verbs, or where only verbs stand there, those behind.

        `first` is where things stand (由30%提高到40%), or the figure itself.
        """
        start = max(setting.clause.span.start, setting.listed)
        before = self._times.without(setting.text[start : first.span.start])
        if setting.listed >= 0:
            before = self._conjunction.split(LISTING.split(before)[-1])[-1]
        if setting.fellows > 1:
            before = self._shared(setting)
        name = self.strip(before)
        behind = self._behind(setting)
        attributed = before.endswith(self._words.attributive) or self._verb.search(before)
        return behind if behind and (not name or attributed) else name or behind

    def _behind(self, setting: Setting) -> str:
        """The thing counted that stands after a figure, as far as the next figure's own words."""
        words = _ASIDE.split(setting.text[setting.figure.span.end : setting.next])[0]
        if setting.following:
            words = LISTING.split(words)[0]
        return self.strip(self._end.split(words)[0])

    def _shared(self, setting: Setting) -> str:
        """The indicator that 分别 pairs with a figure (A率、B率分别超过75%、90%), or all where the counts differ."""
        words = setting.text[setting.clause.span.start : setting.figure.span.start]
        words = self._times.without(self._respectively.split(words)[0])
        for mark in self._joints:
            names = [name for name in mark.split(words) if name]
            if len(names) == setting.fellows:
                return names[setting.place]
        return words

    def strip(self, words: str) -> str:
        """Take verbs and bounds off both ends, again and again."""
        words = _NUMERAL.sub("", words.strip())
        while words:
            shorter = self._tail.sub("", self._stop.sub("", words)).strip("，、— ")
            if shorter == words:
                break
            words = shorter
        return words


class PledgeFinder:
    """Finds pledges; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon, times: TimeReader, names: IndicatorReader, judge: TargetJudge) -> None:
        self._times = times
        self._names = names
        self._judge = judge
        self._comparator = {word: pledge.id for pledge in lexicon.pledges for word in pledge.words}
        words, ends = any_of(self._comparator), any_of(lexicon.pledge_ends)
        self._word = re.compile(words)
        self._pledge = re.compile(rf"(?P<pledge>{words})(?:{ends})?(?=[，；。、（(,;]|$)")

    def find(self, paragraph: Paragraph, inherited: str) -> Iterator[TargetMatch]:
        """Yield the pledges of a paragraph in order; `inherited` is the year of its heading or empty."""
        if not self._word.search(paragraph.text):
            return
        for sentence in paragraph.timed(inherited):
            if not sentence.reports:
                yield from self._in_sentence(paragraph.text, sentence)

    def _in_sentence(self, text: str, sentence: TimedSentence) -> Iterator[TargetMatch]:
        found = list(self._pledge.finditer(text, sentence.span.start, sentence.span.end))
        clauses = clause_spans(text, sentence.span) if found else []
        for match in found:
            span = Span(*match.span("pledge"))
            clause = piece_around(clause_at(clauses, span), span)
            before = text[clause.start : span.start]
            due = sentence.due_at(span.start)
            indicator = self._names.strip(LISTING.split(self._times.without(before))[-1])
            wanted = due.last or self._judge.is_committed(before)
            if indicator and wanted and not self._judge.past.search(before):
                yield TargetMatch(
                    span=span,
                    quote=quote_of(clause, due),
                    sentence=sentence.span,
                    indicator=indicator,
                    comparator=self._comparator[match["pledge"]],
                    deadline=due.last,
                )
