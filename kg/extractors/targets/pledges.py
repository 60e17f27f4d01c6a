"""Finds what policy wants of everything or of nothing, without a number: 实现全覆盖, 动态清零."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.targets.indicators import LISTING, IndicatorReader
from kg.extractors.targets.judge import TargetJudge
from kg.extractors.targets.match import TargetMatch, quote_of
from kg.extractors.targets.paragraph import Paragraph, TimedSentence, clause_at, clause_spans, piece_around
from kg.extractors.targets.times import TimeReader
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.patterns import any_of


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
