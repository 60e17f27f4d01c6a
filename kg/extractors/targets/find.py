"""Finds the numbers that policy commits to in a paragraph, with unit, bound, deadline and baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extractors.targets import Change
from kg.extractors.targets.figures import Figure, FigureReader, bounds
from kg.extractors.targets.indicators import IndicatorReader
from kg.extractors.targets.judge import TargetJudge
from kg.extractors.targets.match import CLAUSE_MARK, Setting, TargetMatch, clause_around, words_at
from kg.extractors.targets.tables import TableReader
from kg.extractors.targets.times import Deadline, TimeReader
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.patterns import any_of

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_LISTING = re.compile("[、（(]")
_QUOTED = re.compile("“[^“”]{1,16}”|《[^《》]*》")
_ASIDE = re.compile("（[^（）]*）|\\([^()]*\\)")


class TargetFinder:
    """Finds targets; built once for a lexicon, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon) -> None:
        self._words = lexicon
        self.figures = FigureReader(lexicon)
        self.times = TimeReader(lexicon)
        self.names = IndicatorReader(lexicon, self.times)
        self._judge = TargetJudge(lexicon)
        self.tables = TableReader(lexicon, self.figures)
        self._from = re.compile(f"(?:{any_of(lexicon.from_words)})[^，]{{0,12}}$")
        self._to = re.compile(f"^[^，；\\d]{{0,6}}?(?:{any_of(lexicon.to_words)})")
        self._respectively = re.compile(any_of(lexicon.respectively))
        self._goal_head = re.compile(f"(?:{any_of(lexicon.goal_heads)})")
        self._procedural = re.compile(any_of(lexicon.procedural))
        self._changes = _change_pattern(lexicon)
        self._pledge = _pledge_pattern(lexicon)

    def find(
        self, paragraph: str, heading_deadline: str = "", as_of: str = "", *, told: bool = False, strict: bool = False
    ) -> list[TargetMatch]:
        """Return the targets of a paragraph in order; `heading_deadline` is the year its heading or table gives.

        A deadline holds to the end of its sentence, and for the sentences after it where it opens its own sentence or
        stands in the first (到2025年……。全省设立绿色专营机构40家), until another comes. What lies before `as_of`, the
        document's year, is past. `told` says that the paragraph goes on with a report of the past, `strict` that only a
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
        states = [told for _, _, told in self._sentences(paragraph, Deadline(), as_of)]
        return bool(states) and states[-1]

    def sets_goals(self, heading: str) -> bool:
        """Tell whether a heading announces goals, so that a year under it holds for all that stands there."""
        return bool(self._goal_head.search(heading))

    def is_procedural(self, title: str) -> bool:
        """Tell whether a title is that of rules on how to apply or to examine."""
        return bool(self._procedural.search(title))

    def clause_offset(self, before: str) -> int:
        """Return where, in the words before a figure, the last clause begins."""
        marks = [mark.end() for mark in CLAUSE_MARK.finditer(before)]
        return marks[-1] if marks else 0

    def _sentences(
        self, text: str, carried: Deadline, as_of: str, told: bool = False
    ) -> Iterator[tuple[Span, list[Deadline], bool]]:
        """Yield each sentence with the deadline carried into it and its own, and whether it reports."""
        for index, match in enumerate(_SENTENCE.finditer(text)):
            sentence = Span(*match.span())
            own = self.times.deadlines(text, sentence, as_of)
            told = not own and (told or self.times.tells(words_at(text, sentence), as_of))
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
            subject = self.names.indicator(setting, base or figure, figure) or subject
            if self._judge.is_target(setting, figure):
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
    ) -> Setting:
        figure, clause = figures[index], clause_around(text, sentence, figures[index].span)
        fellows = [f for f in figures if clause.contains(f.span)]
        shared = bool(self._respectively.search(text, clause.start, fellows[0].span.start))
        deadline = [d for d in deadlines if d.span is None or d.span.end <= figure.span.start][-1]
        place, count = (fellows.index(figure), len(fellows)) if shared else (0, 1)
        first = fellows[0] if shared else None
        if count > 1 and len(deadline.years) == count:
            deadline = replace(deadline, years=(deadline.years[place],))
        after = figures[index + 1].span.start if index + 1 < len(figures) else clause.end
        listed = matches[-1].span.end if matches and matches[-1].span.start >= clause.start else -1
        return Setting(text, sentence, clause, deadline, listed, min(after, clause.end), told, place, count, first)

    def _is_base(self, setting: Setting, figure: Figure, following: Figure | None) -> bool:
        """Tell whether a figure is where things stand and the next one the target (由30%提高到40%)."""
        if not following or not setting.clause.contains(following.span):
            return False
        between = setting.text[figure.span.end : following.span.start] + following.before
        return bool(self._from.search(setting.before(figure)) and self._to.search(between))

    def _match(self, setting: Setting, figure: Figure, subject: str, base: Figure | None) -> TargetMatch:
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

    def _change(self, setting: Setting, figure: Figure) -> Change:
        """Tell a level (提高到40%) from an increase (提高5个百分点), a fall and a growth rate (年均增长5%)."""
        if figure.unit == self._words.doublings.unit:
            return "growth"
        start = max(setting.clause.start, setting.listed)
        said = setting.text[start : figure.span.start] + figure.before
        match = self._changes.search(said.rstrip())
        return match.lastgroup if match and match.lastgroup else "level"  # type: ignore[return-value]  # the groups bear the names of changes

    def _pledges(self, text: str, sentence: Span, deadlines: list[Deadline]) -> Iterator[TargetMatch]:
        for match in self._pledge.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span("pledge"))
            clause = clause_around(text, sentence, span)
            before = text[clause.start : span.start]
            deadline = [d for d in deadlines if d.span is None or d.span.end <= span.start][-1]
            indicator = self.names.strip(_LISTING.split(self.times.without(before))[-1])
            wanted = deadline.year or self._judge.is_committed(before)
            if indicator and wanted and not self._judge.past.search(before):
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


def _change_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    """One group for each change: its words right before the figure, or with one of its `to` and a bound between."""
    between = f"(?:{any_of((*bounds(lexicon), *lexicon.respectively))})?"
    groups = (
        f"(?P<{change.id}>(?:{any_of(change.words)})"
        + (f"(?:{any_of(change.to)})?" if change.to else "")
        + f"{between})"
        for change in lexicon.changes
    )
    return re.compile(f"(?:{'|'.join(groups)})$")


def _pledge_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    words = any_of(word for pledge in lexicon.pledges for word in pledge.words)
    return re.compile(rf"(?P<pledge>{words})(?:{any_of(lexicon.pledge_ends)})?(?=[，；。、（(,;]|$)")
