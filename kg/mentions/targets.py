"""Finds the numbers that policy commits to in a paragraph, with unit, bound, deadline and baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lexicons.targets import TargetLexicon
from kg.mentions.target_figures import Figure, FigureReader, alternatives, bounds
from kg.mentions.target_tables import TableReader
from kg.mentions.target_times import Deadline, TimeReader
from kg.types import Change, Span

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_CLAUSE_MARK = re.compile(r"[，；。！？：,;:\n]")
_LISTING = re.compile("[、（(]")
_NUMERAL = re.compile(r"^(?:\d{1,3}\s?[．.、]|[（(]\S{1,3}[）)]|[①-⑳])\s*")
_ASIDE_OPENS = re.compile("[（(]")
_NEAR = 6  # characters that may stand before the verb that opens a clause: an adverb, a span of time
_QUOTED = re.compile("“[^“”]{1,16}”|《[^《》]*》")
_ASIDE = re.compile("（[^（）]*）|\\([^()]*\\)")


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A figure, or a pledge without one (全覆盖), that policy commits to.

    `span` is the figure with its unit and bounds, `quote` reaches from the deadline or the clause's beginning to the
    clause's end, `sentence` is the sentence; all count from the paragraph's beginning. `value` has no bound and no
    thousands separator (2—3 for a range, with its ends in `lower` and `upper`) and is empty in a pledge; `unit`
    includes the scale (亿元); `deadline` and `baseline` are years or empty; `baseline_value` is the figure things
    stand at, with its unit where that differs. `fellows` counts the figures
    that 分别 hands out in this clause and `place` tells which of them this is.
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


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a figure stands: its sentence, its clause, the figure before it in the clause, what is due when.

    `listed` is where a figure of the same clause ends that is a target itself (600家企业和200家企业), or -1.
    `next` is where the next figure begins, or the clause ends. `told` says that the sentence belongs to a report.
    """

    text: str
    sentence: Span
    clause: Span
    deadline: Deadline
    listed: int
    next: int
    told: bool = False
    place: int = 0
    fellows: int = 1
    first: Figure | None = None

    def before(self, figure: Figure) -> str:
        """The clause as far as the number, with the word that bounds it."""
        return self.text[self.clause.start : figure.span.start] + figure.before


class TargetFinder:
    """Finds targets; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self.figures = FigureReader(lexicon)
        self.times = TimeReader(lexicon)
        self.tables = TableReader(lexicon, self.figures)
        self._past = re.compile(alternatives(lexicon.past))
        self._past_unless_deadline = re.compile(alternatives(lexicon.past_unless_deadline))
        self._award = re.compile(alternatives(lexicon.awards))
        self._condition = re.compile(alternatives(lexicon.conditions))
        self._decoy = re.compile(alternatives(lexicon.condition_decoys))
        self._commit = re.compile(alternatives(lexicon.commits))
        self._conjunction = re.compile(f"(?:{alternatives(lexicon.conjunctions)})$")
        self._verb = re.compile(alternatives(lexicon.verbs))
        self._stop = re.compile(f"^(?:{alternatives(lexicon.indicator_stops)})")
        self._tail = re.compile(f"(?:{alternatives(lexicon.indicator_stops + bounds(lexicon))})$")
        self._verb_before = re.compile(f"(?:{alternatives(lexicon.commits + lexicon.verbs + lexicon.per_year)})$")
        self._from = re.compile(f"(?:{alternatives(lexicon.from_words)})[^，]{{0,12}}$")
        self._to = re.compile(f"^[^，；\\d]{{0,6}}?(?:{alternatives(lexicon.to_words)})")
        self._per_year = re.compile(alternatives(lexicon.per_year))
        self._ranked = re.compile(alternatives(lexicon.ranks.words))
        self._takes = re.compile(f"(?:{alternatives(lexicon.indicator_verbs)})$")
        self._end = re.compile(alternatives(lexicon.indicator_ends))
        self._joints = (re.compile("、"), re.compile(f"、|{alternatives(lexicon.conjunctions)}"))
        self._respectively = re.compile(alternatives(lexicon.respectively))
        self._goal_head = re.compile(f"(?:{alternatives(lexicon.goal_heads)})")
        self._procedural = re.compile(alternatives(lexicon.procedural))
        self._lead = re.compile(alternatives((*lexicon.region_leads, *lexicon.conjunctions)))
        self._changes = _change_pattern(lexicon)
        self._pledge = _pledge_pattern(lexicon)

    def find(
        self, paragraph: str, heading_deadline: str = "", as_of: str = "", *, told: bool = False, strict: bool = False
    ) -> list[TargetMatch]:
        """Return the targets of a paragraph in order; `heading_deadline` is the year its heading or table gives.

        A deadline holds to the end of its sentence, and for the sentences after it where it opens its own sentence or
        stands in the first (到2025年……。全省设立绿色专营机构40家), until another comes. `as_of` is the document's year: what
        lies before it is past. `told` says that the paragraph goes on with a report of the past, `strict` that only a
        figure with a deadline can be a target here.
        """
        found: list[TargetMatch] = []
        subject = ""
        for sentence, deadlines, over in self._sentences(paragraph, Deadline(_years(heading_deadline)), as_of, told):
            matches, subject = self._in_sentence(paragraph, sentence, deadlines, over, subject)
            found += matches
        return [match for match in found if match.deadline or not strict]

    def find_pledges(self, paragraph: str, heading_deadline: str = "", as_of: str = "") -> list[TargetMatch]:
        """Return what a paragraph wants of everything or of nothing, without a number (实现智能审核全覆盖)."""
        return [
            match
            for sentence, deadlines, told in self._sentences(paragraph, Deadline(_years(heading_deadline)), as_of)
            for match in self._pledges(paragraph, sentence, deadlines)
            if not told
        ]

    def carried_deadline(self, paragraph: str, as_of: str = "") -> str:
        """Return the year that still holds where a paragraph ends, or nothing; the items listed below it inherit it."""
        last = None
        for index, (sentence, deadlines, _) in enumerate(self._sentences(paragraph, Deadline(), as_of)):
            last = self._carried(paragraph, index, sentence, deadlines)
        return last.year if last else ""

    def tells_past(self, paragraph: str, as_of: str = "") -> bool:
        """Tell whether a paragraph ends within a report of what is over."""
        told = False
        for _, _, told in self._sentences(paragraph, Deadline(), as_of):
            pass
        return told

    def sets_goals(self, heading: str) -> bool:
        """Tell whether a heading announces goals, so that a year under it holds for all that stands there."""
        return bool(self._goal_head.search(heading))

    def is_procedural(self, title: str) -> bool:
        """Tell whether a title is that of rules on how to apply or to examine."""
        return bool(self._procedural.search(title))

    def clause_offset(self, before: str) -> int:
        """Return where, in the words before a figure, the clause begins that has the figure's subject.

        A clause that only gives the deadline (到2025年，珠三角…) or a comma before the verb leaves it to the one before.
        """
        marks = [mark.end() for mark in _CLAUSE_MARK.finditer(before)]
        return marks[-1] if marks else 0

    def name_after_region(self, words: str) -> str:
        """Return an indicator from the words behind the regions it is set for (地区公交电动化率 to 公交电动化率)."""
        words = self._respectively.split(words)[0]
        while words.startswith(self._words.region_tails):
            words = next(words[len(tail) :] for tail in self._words.region_tails if words.startswith(tail))
        return self._strip(words)

    def leads_to_region(self, words: str) -> bool:
        """Tell whether the words between a clause's beginning and a region leave it the subject (支持广州、深圳建设5个)."""
        return not self._lead.sub("", self.times.without(words)).strip("，、— ")

    def _sentences(
        self, text: str, carried: Deadline, as_of: str, told: bool = False
    ) -> Iterator[tuple[Span, list[Deadline], bool]]:
        """Yield each sentence with the deadline carried into it and its own, and whether it reports."""
        for index, match in enumerate(_SENTENCE.finditer(text)):
            sentence = Span(*match.span())
            own = self.times.deadlines(text, sentence, as_of)
            told = not own and (told or self.times.tells(_words(text, sentence), as_of))
            yield sentence, [carried, *own], told
            carried = self._carried(text, index, sentence, [carried, *own])

    def _carried(self, text: str, index: int, sentence: Span, deadlines: list[Deadline]) -> Deadline:
        """The deadline that holds after a sentence; `deadlines` begins with the one that held before it."""
        carries = (
            len(deadlines) > 1 and not deadlines[-1].passing and (index == 0 or _opens(text, sentence, deadlines[1]))
        )
        return replace(deadlines[-1], years=deadlines[-1].years[-1:]) if carries else deadlines[0]

    def _in_sentence(
        self, text: str, sentence: Span, deadlines: list[Deadline], told: bool, subject: str
    ) -> tuple[list[TargetMatch], str]:
        """Return a sentence's targets, and what was counted last, which a figure without a subject goes on with."""
        figures = self._candidates(text, sentence)
        matches: list[TargetMatch] = []
        base: Figure | None = None
        for index, figure in enumerate(figures):
            following = figures[index + 1] if index + 1 < len(figures) else None
            setting = self._setting(text, sentence, figures, index, deadlines, matches, told)
            if self._is_base(setting, figure, following):
                base = figure
                continue
            subject = self._indicator(setting, base or figure, figure) or subject
            if self._is_target(setting, figure):
                matches.append(self._match(setting, figure, subject, base))
            base = None
        return matches, subject

    def _candidates(self, text: str, sentence: Span) -> list[Figure]:
        """The figures of a sentence without those in short quotations, and in asides that set no date."""
        outside = [Span(*match.span()) for match in _QUOTED.finditer(text, sentence.start, sentence.end)]
        outside += [
            aside
            for match in _ASIDE.finditer(text, sentence.start, sentence.end)
            if not self.times.deadlines(text, aside := Span(*match.span()))
        ]
        found = self.figures.find(text, sentence)
        return [figure for figure in found if not any(span.contains(figure.span) for span in outside)]

    def _setting(
        self,
        text: str,
        sentence: Span,
        figures: Sequence[Figure],
        index: int,
        deadlines: list[Deadline],
        matches: Sequence[TargetMatch],
        told: bool,
    ) -> _Setting:
        figure, clause = figures[index], _clause(text, sentence, figures[index].span)
        fellows = [f for f in figures if clause.contains(f.span)]
        shared = bool(self._respectively.search(text, clause.start, fellows[0].span.start))
        deadline = [d for d in deadlines if d.span is None or d.span.end <= figure.span.start][-1]
        place, count = (fellows.index(figure), len(fellows)) if shared else (0, 1)
        first = fellows[0] if shared else None
        if count > 1 and len(deadline.years) == count:
            deadline = replace(deadline, years=(deadline.years[place],))
        after = figures[index + 1].span.start if index + 1 < len(figures) else clause.end
        listed = matches[-1].span.end if matches and matches[-1].span.start >= clause.start else -1
        return _Setting(text, sentence, clause, deadline, listed, min(after, clause.end), told, place, count, first)

    def _is_base(self, setting: _Setting, figure: Figure, following: Figure | None) -> bool:
        """Tell whether a figure is where things stand and the next one the target (由30%提高到40%)."""
        if not following or not setting.clause.contains(following.span):
            return False
        between = setting.text[figure.span.end : following.span.start] + following.before
        return bool(self._from.search(setting.before(figure)) and self._to.search(between))

    def _is_target(self, setting: _Setting, figure: Figure) -> bool:
        """Tell a commitment from the past, an award, a condition and a mere count."""
        before = setting.before(figure)
        if figure.rank and not self._ranked.search(before):
            return False
        if setting.told or self._past.search(before) or self._is_threshold(setting, figure) or self._is_award(setting):
            return False
        inherited = setting.deadline.year and setting.deadline.span is None
        if setting.deadline.year:
            return not (inherited and self._condition.search(self._decoy.sub("", before)))
        if self._reports(setting, figure) or self._is_condition(setting, before):
            return False
        doubled = figure.unit == self._words.doublings.unit
        return doubled or setting.listed >= 0 or self._is_committed(before)

    def _is_condition(self, setting: _Setting, before: str) -> bool:
        """Tell whether a figure says who may apply: in its clause, or where no verb sets it anywhere in the sentence."""
        said = before if self._verb.search(before) else _words(setting.text, setting.sentence)
        return bool(self._condition.search(self._decoy.sub("", said)))

    def _is_award(self, setting: _Setting) -> bool:
        """Tell whether money is given: in the clause, or without a deadline anywhere in the sentence.

        What is to be done every year and only then paid for is a target (每年服务企业不少于500家，…，给予补贴).
        """
        within = setting.clause if setting.deadline.year else setting.sentence
        if self._is_yearly(setting):
            within = Span(within.start, setting.clause.end)
        return bool(self._award.search(_words(setting.text, within)))

    def _is_yearly(self, setting: _Setting) -> bool:
        """Tell whether a clause goes on with what is done every year, and does not say to whom something is due."""
        yearly = self._per_year.search(setting.text, setting.sentence.start, setting.clause.end)
        return bool(yearly) and not _words(setting.text, setting.clause).endswith(self._words.attributive)

    def _reports(self, setting: _Setting, figure: Figure) -> bool:
        """Tell whether the sentence, which has no deadline, tells the past so far."""
        so_far = setting.text[setting.sentence.start : figure.span.start]
        return bool(self._past.search(so_far) or self._past_unless_deadline.search(setting.before(figure)))

    def _is_committed(self, before: str) -> bool:
        """Tell whether a clause up to its figure holds a word of aim, or a verb that opens it or stands last."""
        verb = self._verb.search(before)
        return bool(self._commit.search(before) or self._verb_before.search(before) or (verb and verb.start() <= _NEAR))

    def _is_threshold(self, setting: _Setting, figure: Figure) -> bool:
        """Tell whether a figure only says which bodies are meant (营业收入5000万元以上的企业)."""
        if figure.span.end == setting.clause.end or not figure.unit.endswith(self._words.threshold_units):
            return False
        if figure.after not in self._thresholds() or figure.span.start == setting.clause.start:
            return False
        names = setting.text.startswith(self._words.attributive, figure.span.end)
        return names or not self._verb_before.search(setting.before(figure))

    def _thresholds(self) -> frozenset[str]:
        return frozenset(word for c in self._words.comparators if c.id != "about" for word in c.after)

    def _match(self, setting: _Setting, figure: Figure, subject: str, base: Figure | None) -> TargetMatch:
        clause, deadline = setting.clause, setting.deadline
        baseline = self.times.baseline(setting.text, clause)
        change = self._change(setting, figure)
        return TargetMatch(
            span=figure.span,
            quote=Span(min(clause.start, deadline.span.start) if deadline.span else clause.start, clause.end),
            sentence=setting.sentence,
            indicator=subject,
            value=figure.value,
            unit=figure.unit,
            comparator=self._comparator(setting.first or figure, figure, change),
            deadline=deadline.year,
            baseline=baseline[0] if baseline else "",
            baseline_value=_base_value(base, figure) if base else "",
            change=change,
            lower=figure.lower,
            upper=figure.upper,
            place=setting.place,
            fellows=setting.fellows,
        )

    def _comparator(self, first: Figure, figure: Figure, change: Change) -> str:
        """The bound of a figure, or of the first of those that 分别 hands out (分别超过75%、90%)."""
        comparator = self.figures.comparator(figure)
        if comparator == "equal" and first.before:
            comparator = self.figures.comparator(first)
        full = (comparator, figure.value, figure.unit, change) == ("equal", self._words.full, "%", "level")
        return "full-coverage" if full else comparator

    def _change(self, setting: _Setting, figure: Figure) -> Change:
        """Tell a level (提高到40%) from an increase (提高5个百分点), a fall and a growth rate (年均增长5%)."""
        if figure.unit == self._words.doublings.unit:
            return "growth"
        start = max(setting.clause.start, setting.listed)
        said = setting.text[start : figure.span.start] + figure.before
        match = self._changes.search(said.rstrip())
        return match.lastgroup if match and match.lastgroup else "level"  # type: ignore[return-value]  # the groups bear the names of changes

    def _indicator(self, setting: _Setting, first: Figure, figure: Figure) -> str:
        """What is counted: the words before the figure without verbs, or where only verbs stand there, those behind.

        `first` is where things stand (由30%提高到40%), or the figure itself.
        """
        start = max(setting.clause.start, setting.listed)
        before = self.times.without(setting.text[start : first.span.start])
        if setting.listed >= 0:
            before = self._conjunction.split(_LISTING.split(before)[-1])[-1]
        if setting.fellows > 1:
            before = self._shared(setting, figure)
        name = self._strip(before)
        behind = self._behind(setting, figure)
        verb = self._verb_before.search(before) or self._takes.search(before)
        attributed = before.endswith(self._words.attributive) or verb
        return behind if behind and (not name or attributed) else name or behind

    def _behind(self, setting: _Setting, figure: Figure) -> str:
        """The thing counted that stands after a figure, as far as the next figure's own words."""
        words = _ASIDE_OPENS.split(setting.text[figure.span.end : setting.next])[0]
        if setting.next < setting.clause.end:
            words = _LISTING.split(words)[0]
        return self._strip(self._end.split(words)[0])

    def _shared(self, setting: _Setting, figure: Figure) -> str:
        """The indicator that 分别 pairs with a figure (A率、B率分别超过75%、90%), or all where the counts differ."""
        words = setting.text[setting.clause.start : figure.span.start]
        words = self.times.without(self._respectively.split(words)[0])
        for mark in self._joints:
            names = [name for name in mark.split(words) if name]
            if len(names) == setting.fellows:
                return names[setting.place]
        return words

    def _strip(self, words: str) -> str:
        """Take verbs and bounds off both ends, again and again."""
        words = _NUMERAL.sub("", words.strip())
        while words:
            shorter = self._tail.sub("", self._stop.sub("", words)).strip("，、— ")
            if shorter == words:
                break
            words = shorter
        return words

    def _pledges(self, text: str, sentence: Span, deadlines: list[Deadline]) -> Iterator[TargetMatch]:
        for match in self._pledge.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span("pledge"))
            clause = _clause(text, sentence, span)
            before = text[clause.start : span.start]
            deadline = [d for d in deadlines if d.span is None or d.span.end <= span.start][-1]
            indicator = self._strip(_LISTING.split(self.times.without(before))[-1])
            wanted = deadline.year or self._is_committed(before)
            if indicator and wanted and not self._past.search(before):
                yield TargetMatch(
                    span=span,
                    quote=Span(min(clause.start, deadline.span.start) if deadline.span else clause.start, clause.end),
                    sentence=sentence,
                    indicator=indicator,
                    comparator=next(p.id for p in self._words.pledges if match["pledge"] in p.words),
                    deadline=deadline.year,
                )


def _years(year: str) -> tuple[str, ...]:
    return (year,) if year else ()


def _base_value(base: Figure, figure: Figure) -> str:
    return base.value if base.unit == figure.unit else base.value + base.unit


def _opens(text: str, sentence: Span, deadline: Deadline) -> bool:
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


def _change_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    """One group for each change: its words right before the figure, or with one of its `to` and a bound between."""
    between = f"(?:{alternatives((*bounds(lexicon), *lexicon.respectively))})?"
    groups = (
        f"(?P<{change.id}>(?:{alternatives(change.words)})"
        + (f"(?:{alternatives(change.to)})?" if change.to else "")
        + f"{between})"
        for change in lexicon.changes
    )
    return re.compile(f"(?:{'|'.join(groups)})$")


def _pledge_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    words = alternatives(word for pledge in lexicon.pledges for word in pledge.words)
    return re.compile(rf"(?P<pledge>{words})(?:{alternatives(lexicon.pledge_ends)})?(?=[，；。、（(,;]|$)")
