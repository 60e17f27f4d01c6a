"""Finds the numbers that policy commits to in a paragraph, with unit, bound, deadline and baseline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.lexicons.targets import TargetLexicon
from kg.text import fold
from kg.types import Span

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_CLAUSE_MARK = re.compile(r"[，；。！？：,;:\n]")
_NUMBER = r"\d+(?:[,，]\d{3}(?!\d))*(?:[.．]\d+)?"
_LISTING = re.compile("[、（(]")
_NEAR = 6  # characters that may stand before the verb that opens a clause: an adverb, a span of time
_QUOTED = re.compile("“[^“”]{1,16}”")


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A figure that policy commits to.

    `span` is the figure with its unit and bounds, `quote` reaches from the deadline or the clause's beginning to the
    clause's end, `sentence` is the sentence; all count from the paragraph's beginning. `value` has no bound and no
    thousands separator (2—3 for a range); `unit` includes the scale (亿元); `deadline` and `baseline` are years or
    empty.
    """

    span: Span
    quote: Span
    sentence: Span
    indicator: str
    value: str
    unit: str
    comparator: str = "equal"
    deadline: str = ""
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A year with the place of its wording; an inherited one has none."""

    year: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its unit and the bounds around it, before it is known whether it is a target."""

    span: Span
    value: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a figure stands: its sentence, its clause, the figure before it in the clause, what is due when.

    `listed` is where a figure of the same clause ends that is a target itself (600家企业和200家企业), or -1.
    `next` is where the next figure begins, or the clause ends.
    """

    text: str
    sentence: Span
    clause: Span
    deadline: _Deadline
    listed: int
    next: int

    def before(self, figure: _Figure) -> str:
        """The clause as far as the number, with the word that bounds it."""
        return self.text[self.clause.start : figure.span.start] + figure.before


class TargetFinder:
    """Finds targets; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self._deadline = _deadline_pattern(lexicon)
        self._figure = _figure_pattern(lexicon)
        self._baseline = re.compile(f"(?:{_any(lexicon.baselines)})(\\d{{4}}){lexicon.deadlines.year}")
        self._past = re.compile(_any(lexicon.past))
        self._past_unless_deadline = re.compile(_any(lexicon.past_unless_deadline))
        self._award = re.compile(_any(lexicon.awards))
        self._condition = re.compile(_any(lexicon.conditions))
        self._commit = re.compile(_any(lexicon.commits))
        self._conjunction = re.compile(f"(?:{_any(lexicon.conjunctions)})$")
        self._verb = re.compile(_any(lexicon.verbs))
        self._stop = re.compile(f"^(?:{_any(lexicon.indicator_stops)})")
        self._tail = re.compile(f"(?:{_any(lexicon.indicator_stops + _bounds(lexicon))})$")
        self._verb_before = re.compile(f"(?:{_any(lexicon.commits + lexicon.verbs + lexicon.per_year)})$")

    def find(self, paragraph: str, heading_deadline: str = "") -> list[TargetMatch]:
        """Return the targets of a paragraph in order; `heading_deadline` is the year its heading or table gives.

        A deadline holds to the end of its sentence, and for the sentences after it where it opens its own sentence or
        stands in the first (到2025年……。全省设立绿色专营机构40家), until another comes.
        """
        return [
            match
            for sentence, deadlines in self._sentences(paragraph, _Deadline(heading_deadline))
            for match in self._in_sentence(paragraph, sentence, deadlines)
        ]

    def carried_deadline(self, paragraph: str) -> str:
        """Return the year that still holds where a paragraph ends, or nothing; the items listed below it inherit it."""
        sentences = list(self._sentences(paragraph, _Deadline("")))
        return self._carried(paragraph, len(sentences) - 1, *sentences[-1]).year if sentences else ""

    def _sentences(self, text: str, carried: _Deadline) -> Iterator[tuple[Span, list[_Deadline]]]:
        """Yield each sentence with the deadline carried into it and its own."""
        for index, match in enumerate(_SENTENCE.finditer(text)):
            sentence = Span(*match.span())
            deadlines = [carried, *self._deadlines(text, sentence)]
            yield sentence, deadlines
            carried = self._carried(text, index, sentence, deadlines)

    def _carried(self, text: str, index: int, sentence: Span, deadlines: list[_Deadline]) -> _Deadline:
        """The deadline that holds after a sentence; `deadlines` begins with the one that held before it."""
        carries = len(deadlines) > 1 and (index == 0 or _opens(text, sentence, deadlines[1]))
        return deadlines[-1] if carries else deadlines[0]

    def _deadlines(self, text: str, sentence: Span) -> Iterator[_Deadline]:
        for match in self._deadline.finditer(text, sentence.start, sentence.end):
            year = self._words.deadlines.plans.get(match[0]) or match["year"] or match["year2"]
            yield _Deadline(fold(year), Span(*match.span()))

    def _in_sentence(self, text: str, sentence: Span, deadlines: list[_Deadline]) -> Iterator[TargetMatch]:
        quoted = [Span(*match.span()) for match in _QUOTED.finditer(text, sentence.start, sentence.end)]
        figures = [f for f in self._figures(text, sentence) if not any(quote.contains(f.span) for quote in quoted)]
        last: TargetMatch | None = None
        for figure, following in zip(figures, [*figures[1:], None], strict=False):
            clause = _clause(text, sentence, figure.span)
            deadline = [d for d in deadlines if d.span is None or d.span.end <= figure.span.start][-1]
            listed = last.span.end if last and last.span.start >= clause.start else -1
            after = min(following.span.start, clause.end) if following else clause.end
            setting = _Setting(text, sentence, clause, deadline, listed, after)
            if self._is_target(setting, figure):
                last = self._match(setting, figure, last.indicator if last else "")
                yield last

    def _figures(self, text: str, sentence: Span) -> Iterator[_Figure]:
        for match in self._figure.finditer(text, sentence.start, sentence.end):
            value = match["value"] or match["percent"] or match["doubling"]
            unit = match["unit"] or ("%" if match["percent"] else self._words.doublings.unit)
            number = fold(value).replace(",", "")
            number = self._words.numerals.get(number, number)
            yield _Figure(Span(*match.span()), number, fold(unit), match["before"] or "", match["after"] or "")

    def _is_target(self, setting: _Setting, figure: _Figure) -> bool:
        """Tell a commitment from the past, an award, a condition and a mere count."""
        before = setting.before(figure)
        if self._past.search(before) or self._is_threshold(setting, figure) or self._is_award(setting):
            return False
        if setting.deadline.year:
            return True
        if self._reports(setting, figure) or self._condition.search(_words(setting.text, setting.sentence)):
            return False
        return setting.listed >= 0 or self._is_committed(before)

    def _is_award(self, setting: _Setting) -> bool:
        """Tell whether money is given: in the clause, or without a deadline anywhere in the sentence."""
        within = setting.clause if setting.deadline.year else setting.sentence
        return bool(self._award.search(_words(setting.text, within)))

    def _reports(self, setting: _Setting, figure: _Figure) -> bool:
        """Tell whether the sentence, which has no deadline, tells the past so far."""
        so_far = setting.text[setting.sentence.start : figure.span.start]
        return bool(self._past.search(so_far) or self._past_unless_deadline.search(setting.before(figure)))

    def _is_committed(self, before: str) -> bool:
        """Tell whether a clause up to its figure holds a word of aim, or a verb that opens it or stands last."""
        verb = self._verb.search(before)
        return bool(self._commit.search(before) or self._verb_before.search(before) or (verb and verb.start() <= _NEAR))

    def _is_threshold(self, setting: _Setting, figure: _Figure) -> bool:
        """Tell whether a figure only says which bodies are meant (营业收入5000万元以上的企业)."""
        if figure.span.end == setting.clause.end or not figure.unit.endswith(self._words.threshold_units):
            return False
        if figure.after not in self._thresholds():
            return False
        names = setting.text.startswith(self._words.attributive, figure.span.end)
        return names or not self._verb_before.search(setting.before(figure))

    def _thresholds(self) -> frozenset[str]:
        return frozenset(word for c in self._words.comparators if c.id != "about" for word in c.after)

    def _match(self, setting: _Setting, figure: _Figure, last_indicator: str) -> TargetMatch:
        clause, deadline = setting.clause, setting.deadline
        baseline = self._baseline.search(setting.text, clause.start, clause.end)
        return TargetMatch(
            span=figure.span,
            quote=Span(min(clause.start, deadline.span.start) if deadline.span else clause.start, clause.end),
            sentence=setting.sentence,
            indicator=self._indicator(setting, figure) or last_indicator,
            value=figure.value,
            unit=figure.unit,
            comparator=self._comparator(figure),
            deadline=deadline.year,
            baseline=fold(baseline[1]) if baseline else "",
        )

    def _comparator(self, figure: _Figure) -> str:
        if figure.unit.endswith(self._words.times):
            return "times"
        for comparator in self._words.comparators:
            if figure.before in comparator.before or figure.after in comparator.after:
                return comparator.id
        return "equal"

    def _indicator(self, setting: _Setting, figure: _Figure) -> str:
        """What is counted: the words before the figure without verbs, or where only verbs stand there, those behind."""
        start = max(setting.clause.start, setting.listed)
        before = self._deadline.sub("", setting.text[start : figure.span.start])
        if setting.listed >= 0:
            before = self._conjunction.split(_LISTING.split(before)[-1])[-1]
        name = self._strip(before)
        behind = self._strip(_LISTING.split(setting.text[figure.span.end : setting.next])[0])
        return behind if behind and (not name or self._verb_before.search(before)) else name or behind

    def _strip(self, words: str) -> str:
        """Take verbs and bounds off both ends, again and again."""
        words = words.strip()
        while words:
            shorter = self._tail.sub("", self._stop.sub("", words)).strip("，、 ")
            if shorter == words:
                break
            words = shorter
        return words


def _opens(text: str, sentence: Span, deadline: _Deadline) -> bool:
    return deadline.span is not None and not text[sentence.start : deadline.span.start].strip()


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _clause(text: str, sentence: Span, figure: Span) -> Span:
    """The stretch between two commas, semicolons or colons around a figure."""
    start = sentence.start
    for mark in _CLAUSE_MARK.finditer(text, sentence.start, figure.start):
        start = mark.end()
    end = _CLAUSE_MARK.search(text, figure.end, sentence.end)
    return Span(start, end.start() if end else sentence.end)


def _any(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _bounds(lexicon: TargetLexicon) -> tuple[str, ...]:
    return tuple(word for comparator in lexicon.comparators for word in comparator.before)


def _deadline_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    words = lexicon.deadlines
    strong = [word for word in words.before if word not in words.weak]
    year = rf"(?:\d{{{{4}}}}(?:{_any(lexicon.ranges)}))?(?P<{{}}>\d{{{{4}}}})" + words.year
    after = f"(?:{_any(words.after)})"
    baseline = "".join(f"(?<!{re.escape(word)})" for word in lexicon.baselines if word not in words.weak)
    return re.compile(
        f"{_any(words.plans)}|(?:{_any(strong)}){year.format('year')}{after}?|{baseline}{year.format('year2')}{after}"
    )


def _figure_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    before = _any(_bounds(lexicon))
    after = _any(word for comparator in lexicon.comparators for word in comparator.after)
    number = f"{_NUMBER}(?:(?:{_any(lexicon.ranges)}){_NUMBER})?"
    unit = f"(?!{_any(lexicon.unit_decoys)})(?:{_any(lexicon.scales)})?(?:{_any(lexicon.units)})"
    numeral = f"[{''.join(lexicon.numerals)}]"
    return re.compile(
        f"(?P<before>{before})?(?:"
        rf"(?<![\dA-Za-z.+＋—-])(?P<value>{number})(?:{_any(lexicon.more)})?(?P<unit>{unit})(?![A-Za-z])"
        f"|(?:{_any(lexicon.percent_prefixes)})(?P<percent>{_NUMBER}|{numeral}+)"
        f"|{lexicon.doublings.verb}(?P<doubling>{numeral}){lexicon.doublings.unit}"
        f")(?P<after>{after})?"
    )
