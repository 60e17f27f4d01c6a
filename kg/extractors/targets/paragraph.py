"""A paragraph as its targets are found in it: sentences with the deadlines in force, clauses with their figures.

And where a figure of theirs stands, by which it is judged.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.extractors.targets.figures import Figure
from kg.extractors.targets.times import DueYears, TimeReader
from kg.model.document import Span
from kg.text.spans import cover

SENTENCE = re.compile(r"[^。！？!?\n]+")
CLAUSE_MARK = re.compile(r"[，；。！？：,;:\n]")
_LONGEST = 300  # characters of a clause before its first and behind its last figure; prose stays far below


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph.

    Attributes:
        span: where it stands in the paragraph, without the mark at its end.
        deadlines: those it names, in order.
        opens_report: whether it begins a report of what is over, unless a deadline says otherwise.
        carries: the deadline that it leaves in force for the sentences after it, if any.
    """

    span: Span
    deadlines: tuple[DueYears, ...] = ()
    opens_report: bool = False
    carries: DueYears | None = None


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A sentence with all that holds in it.

    Attributes:
        span: where it stands in the paragraph.
        deadlines: the one carried into it, then those it names, in order.
        reports: whether it reports what is over.
    """

    span: Span
    deadlines: tuple[DueYears, ...]
    reports: bool

    def due_at(self, position: int) -> DueYears:
        """Return the deadline that stands last before a position."""
        return self.deadlines[bisect_right(self.deadlines, position, key=lambda deadline: deadline.end) - 1]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or the cell of a table, cut into sentences."""

    text: str
    sentences: tuple[Sentence, ...]

    @property
    def deadlines(self) -> list[DueYears]:
        """All deadlines it names, in order."""
        return [deadline for sentence in self.sentences for deadline in sentence.deadlines]

    @property
    def carried_year(self) -> str:
        """The year still in force where the paragraph ends, or nothing; the items listed below it inherit it."""
        carried = [sentence.carries.last for sentence in self.sentences if sentence.carries]
        return carried[-1] if carried else ""

    def apart(self) -> Paragraph:
        """Return it with sentences that leave nothing in force for those after them, as news is written."""
        return replace(self, sentences=tuple(replace(sentence, carries=None) for sentence in self.sentences))

    @property
    def ends_in_report(self) -> bool:
        """Whether the paragraph ends within a report of what is over."""
        reports = False
        for sentence in self.sentences:
            reports = not sentence.deadlines and (reports or sentence.opens_report)
        return reports

    def timed(self, inherited: str = "", *, reports: bool = False) -> Iterator[TimedSentence]:
        """Yield each sentence with what holds in it.

        `inherited` is the year that a heading or a table gives, `reports` says that the paragraph goes on with a
        report.
        """
        carried = DueYears((inherited,) if inherited else ())
        for sentence in self.sentences:
            reports = not sentence.deadlines and (reports or sentence.opens_report)
            yield TimedSentence(sentence.span, (carried, *sentence.deadlines), reports)
            carried = sentence.carries or carried


def read_paragraph(text: str, times: TimeReader, as_of: str) -> Paragraph:
    """Cut a paragraph into sentences and read their deadlines; `as_of` is the document's day or empty."""
    if not times.may_tell(text):
        return Paragraph(text, tuple(Sentence(span) for span in _sentence_spans(text)))
    sentences: list[Sentence] = []
    for span in _sentence_spans(text):
        own = tuple(times.deadlines(text, span, as_of))
        report = not own and times.opens_report(text[span.start : span.end], as_of)
        carries = own[-1].carried_on() if own and _carries(text, span, own, first=not sentences) else None
        sentences.append(Sentence(span, own, report, carries))
    return Paragraph(text, tuple(sentences))


def _sentence_spans(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in SENTENCE.finditer(text))


def _carries(text: str, sentence: Span, own: Sequence[DueYears], *, first: bool) -> bool:
    """Tell whether a sentence's deadline holds beyond it: it opens its sentence, or that is the paragraph's first."""
    opens = own[0].span is not None and not text[sentence.start : own[0].span.start].strip()
    return not own[-1].passing and (first or opens)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, semicolons or colons with its figures.

    Attributes:
        span: where it stands in the paragraph.
        figures: its figures, in order.
    """

    span: Span
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """What words of a whole sentence say of its figures.

    Attributes:
        span: the sentence.
        reports: whether the sentence belongs to a report of what is over.
        has_condition: whether it names a condition anywhere (申报, 具备).
        past_end: where the first word that tells the past ends; here and below, past the sentence where none stands.
        award_end: where the first word of money that is given ends.
        yearly_end: where the first word for every year ends.
        parts_end: where the first word that sets a whole beside its parts ends.
    """

    span: Span
    reports: bool
    has_condition: bool
    past_end: int
    award_end: int
    yearly_end: int
    parts_end: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands.

    Attributes:
        text: the paragraph.
        cues: what its sentence says.
        clause: its clause.
        index: which of the clause's figures it is.
        due: the deadline in force.
        shared: whether 分别 hands out the figures of the clause (A、B分别达到75%、90%).
        listed: where a figure of the same clause ends that is a target itself (600家企业和200家企业), or -1.
        goes_on: whether the clause before it sets a target (新建泵站5座，水闸3座).
    """

    text: str
    cues: SentenceCues
    clause: Clause
    index: int
    due: DueYears
    shared: bool = False
    listed: int = -1
    goes_on: bool = False

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.clause.figures[self.index]

    @property
    def before(self) -> str:
        """The clause as far as the number, with the word that bounds it."""
        return self.text[self.clause.span.start : self.figure.number_start]

    @property
    def following(self) -> Figure | None:
        """The next figure of the clause."""
        return self.clause.figures[self.index + 1] if self.index + 1 < len(self.clause.figures) else None

    @property
    def next(self) -> int:
        """Where the next figure begins, or the clause ends."""
        return self.following.span.start if self.following else self.clause.span.end

    @property
    def place(self) -> int:
        """Which of the figures that 分别 hands out this is."""
        return self.index if self.shared else 0

    @property
    def fellows(self) -> int:
        """How many figures 分别 hands out."""
        return len(self.clause.figures) if self.shared else 1

    def with_own_year(self) -> Setting:
        """Return the setting with the figure's own year where 分别 hands out as many years as figures."""
        if self.fellows > 1 and len(self.due.years) == self.fellows:
            return replace(self, due=replace(self.due, years=(self.due.years[self.place],)))
        return self


def clauses_with_figures(text: str, sentence: Span, figures: Sequence[Figure]) -> Iterator[Clause]:
    """Yield the clauses of a sentence that hold figures, in order.

    A clause that runs on far beyond what prose does is cut behind figures: what stands further off tells nothing about
    a figure, and a target is quoted with its clause.
    """
    clauses = clause_spans(text, sentence, [figure.span for figure in figures])
    for span, members in groupby(figures, key=lambda figure: clause_at(clauses, figure.span)):
        yield from _pieces(span, tuple(members))


def _pieces(clause: Span, figures: tuple[Figure, ...]) -> Iterator[Clause]:
    """Yield a clause whole, or cut behind those figures with which a piece would grow too long."""
    start, first = clause.start, 0
    for index, figure in enumerate(figures):
        if index > first and figure.span.end - start > _LONGEST:
            yield _piece(Span(start, figures[index - 1].span.end), figures[first:index])
            start, first = figures[index - 1].span.end, index
    yield _piece(Span(start, clause.end), figures[first:])


def _piece(clause: Span, figures: tuple[Figure, ...]) -> Clause:
    return Clause(piece_around(clause, Span(figures[0].span.start, figures[-1].span.end)), figures)


def clause_spans(text: str, sentence: Span, figures: Iterable[Span] = ()) -> list[Span]:
    """Cut a sentence at commas, semicolons and colons, but not within a figure (1,500)."""
    within = cover(figures)
    marks = [Span(*mark.span()) for mark in CLAUSE_MARK.finditer(text, sentence.start, sentence.end)]
    marks = [mark for mark in marks if not within.covers(mark)]
    starts = [sentence.start, *(mark.end for mark in marks)]
    ends = [*(mark.start for mark in marks), sentence.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def clause_at(clauses: Sequence[Span], span: Span) -> Span:
    """Return the one of a sentence's clauses in which a span begins."""
    return clauses[bisect_right(clauses, span.start, key=lambda clause: clause.start) - 1]


def piece_around(clause: Span, span: Span) -> Span:
    """Return a clause as far as what stands in it can tell something about a span of it."""
    return Span(max(clause.start, span.start - _LONGEST), min(clause.end, span.end + _LONGEST))
