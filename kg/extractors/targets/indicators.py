"""What a figure counts: the indicator, out of the words before the figure or behind it; and pledges.

A pledge is what policy wants of everything or of nothing, without a number: 实现全覆盖, 动态清零.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.targets.figures import Figure, bounds
from kg.extractors.targets.judge import TargetJudge
from kg.extractors.targets.match import TargetMatch, quote_of
from kg.extractors.targets.paragraph import Paragraph, Setting, TimedSentence, clause_at, clause_spans, piece_around
from kg.extractors.targets.times import TimeReader
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.patterns import any_of
from kg.text.spans import cover

_ASIDE = re.compile("[（(]")
_CLOSED = re.compile("（[^（）]*）|\\([^()]*\\)|“[^“”]*”|《[^《》]*》")
_NUMERAL = re.compile(r"^(?:\d{1,3}\s?[．.、]|[（(]?[^（()）\s]{1,3}[）)]|[①-⑳])\s*")
_QUOTES = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_LISTING = re.compile("、")
_STRAIGHT = '"'  # closes a quotation where a text mixes marks
_SHORT = 2  # characters of most words of Chinese
_MARKS = "，、—-– "


class IndicatorReader:
    """Reads indicators; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon, times: TimeReader) -> None:
        self._words = lexicon
        self._times = times
        self._conjunction = re.compile(f"(?:{any_of(lexicon.conjunctions)})$")
        whole = any_of(lexicon.indicator_words)
        self._stop = re.compile(f"^(?!{whole})(?:{any_of((*lexicon.indicator_stops, *lexicon.indicator_leads))})")
        self._whole = re.compile(f"(?:{whole})$")
        self._tail = re.compile(
            f"(?:{any_of((*lexicon.indicator_stops, *lexicon.indicator_tails, *bounds(lexicon)))})$"
        )
        verbs = (*lexicon.verbs, *lexicon.last_verbs, *lexicon.per_year, *lexicon.indicator_verbs)
        self._verb = re.compile(f"(?:{any_of(verbs)})$")
        self._end = re.compile(any_of(lexicon.indicator_ends))
        self._joint = re.compile(f"、|{any_of(lexicon.conjunctions)}")
        self._measured = re.compile(f"(?:{any_of(lexicon.indicator_heads)})$")
        self._respectively = re.compile(any_of(lexicon.respectively))
        self._region_tails = re.compile(f"^(?:{any_of(lexicon.region_tails)})+")
        self._lead = re.compile(any_of((*lexicon.region_leads, *lexicon.conjunctions)))

    def name_after_region(self, words: str) -> str:
        """Return an indicator from the words behind the regions it is set for (地区公交电动化率 to 公交电动化率)."""
        return self.strip(self._region_tails.sub("", self._respectively.split(words)[0]))

    def describes(self, words: str) -> bool:
        """Tell whether words behind a pledge make it an attribute: 业务全覆盖、机制无缝衔接的体系."""
        return self._words.attributive in words

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
            before = self._conjunction.split(listed(before)[-1])[-1]
        if setting.fellows > 1:
            before = self._shared(setting)
        name = self.strip(before)
        behind = self._behind(setting)
        attributed = before.endswith((self._words.attributive, *self._words.sums)) or self._verb.search(before.rstrip())
        return behind if behind and (not name or attributed) else name or behind

    def _behind(self, setting: Setting) -> str:
        """The thing counted that stands after a figure, as far as the next figure's own words."""
        words = setting.text[setting.figure.span.end : setting.next]
        words = _ASIDE.split(_leading_aside_off(words))[0]
        if setting.following:
            words = listed(words)[0]
        return self.strip(self._end.split(words)[0])

    def _shared(self, setting: Setting) -> str:
        """The indicator that 分别 pairs with a figure (A率、B率分别超过75%、90%), or all where the counts differ."""
        words = setting.text[setting.clause.span.start : setting.figure.span.start]
        words = self._times.without(self._respectively.split(words)[0])
        for joint in (_LISTING, self._joint):
            names = [name for name in listed(words, joint) if name.strip()]
            if len(names) == setting.fellows:
                return self._completed(names, setting.place)
        return words

    def _completed(self, names: list[str], place: int) -> str:
        """Return one of several names with what they share (核桃种植、收获机械化率: 核桃收获机械化率).

        What is measured stands only with the last. What the names are of stands only with the first, where those after
        it are words of two characters.
        """
        first, name, last = names[0], names[place], names[-1]
        head = self._measured.search(last)
        word = self._measured.sub("", last) or last
        shared_head = head is not None and word != last and not self._measured.search(first)
        tail = head[0] if shared_head and head else ""
        if shared_head and len(word) > len(first) and word[len(first) - 1] == first[-1]:
            tail = word[len(first) :] + tail  # 甲类、乙类设备普及率
        own = first if shared_head else self._measured.sub("", first) or first
        lead = first[:-_SHORT] if len(word) == _SHORT < len(own) - 1 and own == first else ""
        middle = name if place < len(names) - 1 else last
        return (lead if place else "") + middle + (tail if place < len(names) - 1 else "")

    def strip(self, words: str) -> str:
        """Take verbs and bounds off both ends, again and again."""
        words = _balanced(_NUMERAL.sub("", words.strip()))
        while words:
            shorter = self._stop.sub("", words)
            shorter = shorter if self._whole.search(shorter) else self._tail.sub("", shorter)
            shorter = _balanced(shorter.strip(_MARKS))
            if shorter == words:
                break
            words = shorter
        return words


def listed(words: str, joint: re.Pattern[str] = _LISTING) -> list[str]:
    """Cut a list at its marks, but not within brackets and quotation marks."""
    closed = cover(Span(*match.span()) for match in _CLOSED.finditer(words))
    marks = [mark.span() for mark in joint.finditer(words) if not closed.covers(Span(*mark.span()))]
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(words)]
    return [words[start:end] for start, end in zip(starts, ends, strict=True)]


def _leading_aside_off(words: str) -> str:
    """Return the words behind a figure without the aside right behind it: 20000场（次）志愿服务."""
    aside = _CLOSED.match(words)
    return words[aside.end() :] if aside and words[0] in "（(" and words[aside.end() :].strip() else words


def _balanced(words: str) -> str:
    """Return words without a mark at either end whose partner stands outside them: ”的目标, “一是."""
    for opening, closing in _QUOTES:
        alone = not (opening in words and (closing in words or _STRAIGHT in words))
        if words.startswith(closing) or (alone and words.startswith(opening)):
            words = words[1:]
        if words.endswith(opening) or (alone and words.endswith(closing)):
            words = words[:-1]
    return words


class PledgeFinder:
    """Finds pledges; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon, times: TimeReader, names: IndicatorReader, judge: TargetJudge) -> None:
        self._times = times
        self._names = names
        self._judge = judge
        self._comparator = {word: kind for kind, words in lexicon.pledges.items() for word in words}
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
            indicator = self._names.strip(listed(self._times.without(before))[-1])
            wanted = due.last or self._judge.is_committed(before)
            described = text[span.end :].startswith("、") and self._names.describes(text[span.end : clause.end])
            if indicator and wanted and not described and not self._judge.tells_past(before):
                yield TargetMatch(
                    span=span,
                    quote=quote_of(clause, due),
                    sentence=sentence.span,
                    indicator=indicator,
                    comparator=self._comparator[match["pledge"]],
                    deadline=due.last,
                )
