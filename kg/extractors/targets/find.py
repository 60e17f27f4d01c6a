"""Finds the numbers that policy commits to in a paragraph, with unit, bound, deadline and baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from kg.extractors.targets import Change, Commitment
from kg.extractors.targets.figures import Figure, FigureReader, bounds
from kg.extractors.targets.indicators import IndicatorReader, PledgeFinder
from kg.extractors.targets.judge import TargetJudge
from kg.extractors.targets.match import TargetMatch, quote_of
from kg.extractors.targets.paragraph import (
    CLAUSE_MARK,
    Clause,
    Paragraph,
    SentenceCues,
    Setting,
    TimedSentence,
    clauses_with_figures,
    read_paragraph,
)
from kg.extractors.targets.tables import TableReader
from kg.extractors.targets.times import TimeReader
from kg.extractors.times.reader import DeadlineReader
from kg.lexicons.targets import TargetLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import Matcher, any_of
from kg.text.spans import cover

_QUOTED = re.compile("“[^“”]{1,16}”|《[^《》]*》")
_ASIDE = re.compile("（[^（）]*）|\\([^()]*\\)")
_FAR = 200  # characters over which a word of commitment reaches; a sentence of goals is seldom longer
_FEW, _PAGE = 5, 600  # words of application, and characters for each of them, above which a text is about applying
_OPENS = ("（", "(")
_NEAR = 6  # characters behind a figure among which an aside names its kind: （预期性）


class TargetFinder:
    """Finds targets; built once for the lexicons, it holds no state of the texts."""

    def __init__(self, lexicon: TargetLexicon, deadlines: DeadlineReader) -> None:
        self._words = lexicon
        self.figures = FigureReader(lexicon)
        self._times = TimeReader(lexicon, deadlines)
        self.names = IndicatorReader(lexicon, self._times)
        self._judge = TargetJudge(lexicon)
        self._pledges = PledgeFinder(lexicon, self._times, self.names, self._judge)
        self.tables = TableReader(lexicon, self.figures, deadlines)
        self._from = re.compile(f"(?:{any_of(lexicon.from_words)})[^，]{{0,12}}$")
        self._to = re.compile(f"^[^，；\\d]{{0,6}}?(?:{any_of(lexicon.to_words)})")
        self._respectively = re.compile(any_of(lexicon.respectively))
        self._goal_head = re.compile(any_of(lexicon.goal_heads))
        self._procedural = re.compile(any_of(lexicon.procedural))
        self._joined = re.compile(f"(?:、|{any_of(lexicon.conjunctions)})")
        self._applications = Matcher(lexicon.applications)
        self._report_words, self._aim_words = Matcher(lexicon.report_words), Matcher(lexicon.aim_words)
        self._shares = {fold(unit) for unit in (*lexicon.percents, *lexicon.unit_heads.values())}
        self._opening_change = _opening_change(lexicon)
        self._changes = _change_pattern(lexicon)
        self._commitments = _commitment_pattern(lexicon)
        self._recurs = re.compile(any_of(lexicon.recurrences))

    def read(self, text: str, as_of: str = "") -> Paragraph:
        """Cut a paragraph or a cell into sentences and read their deadlines.

        What lies before `as_of`, the day or the year of the document or empty, is past and no deadline.
        """
        return read_paragraph(text, self._times, as_of)

    def find(
        self, paragraph: Paragraph, inherited: str = "", *, reports: bool = False, strict: bool = False
    ) -> list[TargetMatch]:
        """Return the targets of a paragraph in order; `inherited` is the year that its heading or table gives.

        A deadline holds to the end of its sentence, and for the sentences after it where it opens its own sentence or
        stands in the first (到2025年……。全省设立绿色专营机构40家), until another comes. `reports` says that the
        paragraph goes on with a report of the past, `strict` that only a figure that is said to be due by a year can
        be a target here.
        """
        if not self.figures.may_hold(paragraph.text):
            return []
        found: list[TargetMatch] = []
        subject = ""
        for sentence in paragraph.timed(inherited, reports=reports):
            matches, subject = self._in_sentence(paragraph.text, sentence, subject)
            found += matches
        return [match for match in found if match.limited or not strict]

    def find_pledges(self, paragraph: Paragraph, inherited: str = "") -> Iterator[TargetMatch]:
        """Yield what a paragraph wants of everything or of nothing, without a number (实现智能审核全覆盖)."""
        return self._pledges.find(paragraph, inherited)

    def is_enciphered(self, text: str) -> bool:
        """Tell whether a text names years that cannot be, so that none of its figures counts."""
        return self._times.is_enciphered(text)

    def sets_goals(self, heading: str) -> bool:
        """Tell whether a heading announces goals, so that a year under it holds for all that stands there."""
        return bool(self._goal_head.search(heading))

    def is_procedural(self, title: str) -> bool:
        """Tell whether a title is that of rules on how to apply or to examine."""
        return bool(self._procedural.search(title))

    def is_application(self, text: str) -> bool:
        """Tell whether a text says how one applies: it names applications more than once in a page or so."""
        return len(self._applications.every(text)) > max(_FEW, len(text) // _PAGE)

    def is_report(self, text: str) -> bool:
        """Tell whether a text reports what is done: far more of its words tell that than what is aimed at."""
        return len(self._report_words.every(text)) > max(_FEW, 2 * len(self._aim_words.every(text)))

    def clause_offset(self, before: str) -> int:
        """Return where, in the words before a figure, the last clause begins."""
        marks = [mark.end() for mark in CLAUSE_MARK.finditer(before)]
        return marks[-1] if marks else 0

    def _in_sentence(self, text: str, sentence: TimedSentence, subject: str) -> tuple[list[TargetMatch], str]:
        """Return a sentence's targets, and what was counted last, which a figure without a subject goes on with."""
        figures = self._candidates(text, sentence.span)
        if not figures:
            return [], subject
        cues = self._judge.cues(text, sentence)
        found: list[TargetMatch] = []
        goes_on = False
        for clause in clauses_with_figures(text, sentence.span, figures):
            matches, subject = self._in_clause(text, sentence, cues, clause, subject, goes_on=goes_on)
            goes_on = bool(matches)
            found += matches
        return found, subject

    def _in_clause(
        self, text: str, sentence: TimedSentence, cues: SentenceCues, clause: Clause, subject: str, *, goes_on: bool
    ) -> tuple[list[TargetMatch], str]:
        clause = self._without_thresholds(text, sentence, cues, clause)
        if not clause.figures:
            return [], subject
        shared = bool(self._respectively.search(text, clause.span.start, clause.figures[0].span.start))
        matches: list[TargetMatch] = []
        base: Figure | None = None
        for index, figure in enumerate(clause.figures):
            due, listed = sentence.due_at(figure.span.start), matches[-1].span.end if matches else -1
            setting = Setting(text, cues, clause, index, due, shared, listed, goes_on).with_own_year()
            if self._is_base(setting):
                base = figure
                continue
            subject = self.names.indicator(setting, base or figure) or subject
            if self._judge.is_target(setting):
                matches.append(self._match(setting, subject, base))
            base = None
        return matches, subject

    def _without_thresholds(self, text: str, sentence: TimedSentence, cues: SentenceCues, clause: Clause) -> Clause:
        """Return a clause without the figures that only say what is meant: 10个产值超10亿元的集群."""
        kept = [
            figure
            for index, figure in enumerate(clause.figures)
            if not self._judge.is_threshold(Setting(text, cues, clause, index, sentence.deadlines[0]))
        ]
        return replace(clause, figures=tuple(self._with_units(text, kept)))

    def _with_units(self, text: str, figures: list[Figure]) -> Iterator[Figure]:
        """Yield figures, each with what its unit leaves to the next (提升31.1个和26.3个百分点)."""
        for figure, following in zip_longest(figures, figures[1:]):
            whole = self._words.unit_heads.get(figure.unit)
            joined = following and self._joined.fullmatch(text, figure.span.end, following.span.start)
            yield replace(figure, unit=whole) if whole and joined and following.unit == whole else figure

    def _candidates(self, text: str, sentence: Span) -> list[Figure]:
        """The figures of a sentence without those in short quotations, and in asides that set no date."""
        figures = list(self.figures.find(text, sentence))
        if not figures:
            return []
        quoted = [Span(*match.span()) for match in _QUOTED.finditer(text, sentence.start, sentence.end)]
        asides = [Span(*match.span()) for match in _ASIDE.finditer(text, sentence.start, sentence.end)]
        outside = cover([*quoted, *(aside for aside in asides if not self._times.deadlines(text, aside))])
        return [figure for figure in figures if not outside.covers(figure.span)]

    def _is_base(self, setting: Setting) -> bool:
        """Tell whether a figure is where things stand and the next one the target (由30%提高到40%)."""
        following = setting.following
        if following is None or not self._from.search(setting.before):
            return False
        return bool(self._to.search(setting.text[setting.figure.span.end : following.number_start]))

    def _match(self, setting: Setting, subject: str, base: Figure | None) -> TargetMatch:
        figure, clause = setting.figure, setting.clause.span
        change = self._change(setting)
        return TargetMatch(
            span=figure.span,
            quote=quote_of(clause, setting.due),
            sentence=setting.cues.span,
            indicator=subject,
            value=figure.value,
            unit=figure.unit,
            comparator=self._comparator(setting, change),
            deadline=setting.due.last,
            baseline=self._times.baseline(setting.text, clause),
            baseline_value=_base_value(base, figure) if base else "",
            change=change,
            lower=figure.lower,
            upper=figure.upper,
            place=setting.place,
            fellows=setting.fellows,
            among_parts=setting.cues.parts_end <= figure.span.end,
            commitment=self._commitment(setting),
            every=self._every(setting),
            limited=bool(setting.due.last) and not setting.due.named,
        )

    def _commitment(self, setting: Setting) -> Commitment:
        """Tell whether a figure binds (确保, 约束性) or is expected (力争, 预期性)."""
        start = min(setting.due.span.start, setting.cues.span.start) if setting.due.span else setting.cues.span.start
        start = max(start, setting.figure.span.start - _FAR)
        found = list(self._commitments.finditer(setting.text, start, setting.figure.number_start))
        end = setting.figure.span.end
        aside = setting.text.startswith(_OPENS, end) and self._commitments.match(setting.text, end + 1, end + _NEAR)
        last = aside or (found[-1] if found else None)
        return last.lastgroup if last and last.lastgroup else ""  # type: ignore[return-value]  # the groups' names

    def _every(self, setting: Setting) -> str:
        """Return how often a figure is to be reached: 每年 in its clause before it."""
        found = self._recurs.search(setting.before)
        return self._words.recurrences[found[0]] if found else ""

    def _comparator(self, setting: Setting, change: Change) -> str:
        """The bound of a figure, or of the first of those that 分别 hands out (分别超过75%、90%)."""
        figure, first = setting.figure, setting.clause.figures[0] if setting.shared else setting.figure
        comparator = self.figures.comparator(figure)
        if comparator == "equal" and first.before:
            comparator = self.figures.comparator(first)
        full = (comparator, figure.value, figure.unit, change) == ("equal", self._words.full, "%", "level")
        return "full-coverage" if full else comparator

    def _change(self, setting: Setting) -> Change:
        """Tell a level (提高到40%) from an increase (提高5个百分点), a fall and a growth rate (年均增长5%)."""
        figure = setting.figure
        if figure.unit == self._words.doublings.unit:
            return "growth"
        start = max(setting.clause.span.start, setting.listed)
        first = setting.clause.figures[0] if setting.shared else figure
        ahead = setting.text[setting.clause.span.start if setting.shared else start : first.number_start].rstrip()
        match = self._changes.search(ahead)
        if not match and figure.unit in self._shares:
            match = self._opening_change.fullmatch(ahead.removesuffix(first.before))
        return match.lastgroup if match and match.lastgroup else "level"  # type: ignore[return-value]  # the groups bear the names of changes


def _base_value(base: Figure, figure: Figure) -> str:
    return base.value if base.unit == figure.unit else base.value + base.unit


def _commitment_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    groups = (f"(?P<{kind}>{any_of(words)})" for kind, words in sorted(lexicon.commitments.items()))
    return re.compile("|".join(groups))


def _opening_change(lexicon: TargetLexicon) -> re.Pattern[str]:
    """Build a group for each change whose word opens the clause of its share: 提升效率20%, 降低成本不低于10%."""
    reached = any_of(word for word in lexicon.to_words if len(word) == 1)
    groups = (f"(?P<{change.id}>{any_of(change.words)})" for change in lexicon.changes if change.id != "growth")
    return re.compile(f"(?:{'|'.join(groups)})(?!{reached})[^，]{{1,20}}(?<!{reached})")


def _change_pattern(lexicon: TargetLexicon) -> re.Pattern[str]:
    """Build a group for each change: its words right before the figure, or with one of its `to` and a bound between."""
    between = f"(?:{any_of((*bounds(lexicon), *lexicon.respectively))})?"
    groups = []
    for change in lexicon.changes:
        to = f"(?:{any_of(change.to)})?" if change.to else ""
        groups.append(f"(?P<{change.id}>(?:{any_of(change.words)}){between}{to}{between})")
    return re.compile(f"(?:{'|'.join(groups)})$")
