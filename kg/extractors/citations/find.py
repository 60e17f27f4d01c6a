"""Citations in running text: the documents that a paragraph names, each with the relation that its words say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extractors.citations.mentions import DocumentMention, Governor, MentionFinder, bare
from kg.extractors.citations.titles import TitleReader
from kg.lexicons.citations import CitationLexicon
from kg.model.document import CitationRelation, Span
from kg.text.fold import fold
from kg.text.patterns import any_folded

_LONGEST_QUOTE = 240  # characters of a sentence that is quoted whole
_LONGEST_PART = 2 * _LONGEST_QUOTE  # and of a part between commas; what is longer is cut around the title
_ISSUED = 40  # characters before a title within which its issuer is looked for
_GOVERNED = 800  # characters on either side of a run within which the word that governs it is looked for
_LONGEST_GAP = 120  # characters between two titles of one run
_TITLE, _BODY = "\1", "\0"  # what fills the places of documents and of bodies
_BREAKS = "。;!?\n"
_BINDING = frozenset(CitationRelation) - {CitationRelation.CITES, CitationRelation.REPORTS, CitationRelation.PART_OF}


@dataclass(frozen=True, slots=True)
class CitationMatch:
    """A document named in a text, with what is said of it there.

    Attributes:
        span: its title with marks, or its number.
        title: the title without marks.
        number: the normalised document number.
        relation: what the text does with the document.
        cue: the word that says so, as it stands.
        quote: the sentence around, a part of it where it is very long.
        alias: the short name given to it (以下简称《意见》).
        issuer: the words before the title that issue it.
        date: the year of a revision.
    """

    span: Span
    title: str
    number: str
    relation: CitationRelation
    cue: str
    quote: Span
    alias: str = ""
    issuer: str = ""
    date: str = ""


class CitationFinder:
    """Finds citations in one paragraph; made once for a lexicon."""

    def __init__(self, lexicon: CitationLexicon) -> None:
        self.lexicon = lexicon
        self.titles = TitleReader(lexicon)
        self._mentions = MentionFinder(lexicon, self.titles)
        self._governor = Governor(lexicon)
        self._run_gap = re.compile(
            f"{lexicon.run_gap}(?:{lexicon.issuer_links}{lexicon.issuer})*{lexicon.issuer_after}"
        )
        self._issuers = re.compile(f"(?:{lexicon.issuer}{lexicon.issuer_links})*{lexicon.issuer}$")
        self._empowered = re.compile(any_folded(lexicon.empowered.words))
        self._reach = lexicon.empowered.reach
        self._link = re.compile(f"{lexicon.issuer_links}$")
        self._after_issuer = re.compile(f"{lexicon.issuer_after}$")

    def find(self, text: str, bodies: Sequence[Span] = ()) -> list[CitationMatch]:
        """Return the citations in `text`, in its order, none overlapping; `bodies` are the agencies named in it."""
        folded = fold(text)
        mentions = self._mentions.find(text, folded)
        if not mentions:
            return []
        paragraph = _Paragraph(text, folded, mentions, bodies)
        found = (match for run in self._runs(mentions, paragraph) for match in self._matches(run, paragraph))
        return [match for match in found if self.is_document(match)]

    def is_document(self, match: CitationMatch) -> bool:
        """Tell whether a title is a document's: by number, by ending, by the word that governs it."""
        title = bare(match.title)
        if match.number:
            return True
        known = title.endswith(self.lexicon.endings) or any(word in title for word in self.lexicon.known)
        return bool(title) and (known or self.lexicon.wrappers.opening in title or match.relation in _BINDING)

    def _runs(self, mentions: Sequence[DocumentMention], paragraph: _Paragraph) -> Iterator[list[DocumentMention]]:
        """Yield titles in a row, which one word governs: 根据《甲》《乙》和《丙》."""
        run: list[DocumentMention] = []
        for mention in mentions:
            if run and not self._joins(paragraph.masked[run[-1].end : mention.span.start].replace(_BODY, "")):
                yield run
                run = []
            run.append(mention)
        if run:
            yield run

    def _joins(self, gap: str) -> bool:
        """Tell whether what stands between two titles keeps them in one run."""
        return len(gap) <= _LONGEST_GAP and bool(self._run_gap.fullmatch(gap))

    def _matches(self, run: Sequence[DocumentMention], paragraph: _Paragraph) -> Iterator[CitationMatch]:
        first, last = run[0].span.start, run[-1].end
        start = max(paragraph.cuts.before(first), first - _GOVERNED)
        end = min(paragraph.stops.after(last), last + _GOVERNED)
        before, after = paragraph.masked[start:first], paragraph.masked[last:end]
        governed = self._governor.find(before, after)
        relation, cue = CitationRelation.CITES, ""
        if governed is not None:
            in_front = governed.end <= len(before)
            at = start + governed.start if in_front else last + governed.start - len(before)
            relation, cue = governed.relation, paragraph.text[at : at + governed.end - governed.start]
        if relation is CitationRelation.FOLLOWS and self._empowered.search(
            paragraph.sentence_behind(last, self._reach)
        ):
            relation = CitationRelation.BASED_ON
        for mention in run:
            part = bool(mention.attachment)
            yield CitationMatch(
                span=mention.span,
                title=mention.title,
                number=mention.number,
                relation=CitationRelation.PART_OF if part else relation,
                cue=mention.attachment or cue,
                quote=paragraph.quote(mention, run),
                alias=mention.alias,
                issuer=self._issuer(mention, paragraph),
                date=mention.date,
            )

    def _issuer(self, mention: DocumentMention, paragraph: _Paragraph) -> str:
        """Return the bodies right before a title: 国务院《…》, 财政部、税务总局印发的《…》."""
        masked, before = paragraph.masked, mention.span.start
        issued = self._after_issuer.search(masked, max(0, before - _ISSUED), before)
        end = issued.start() if issued else before
        start = self._first_body(masked, end, paragraph.bodies)
        if start == end:
            named = self._issuers.search(masked, max(0, end - _ISSUED), end)
            start = named.start() if named else end
        return paragraph.text[start:end]

    def _first_body(self, masked: str, end: int, bodies: Mapping[int, int]) -> int:
        """Follow the bodies that end at `end` back to the first of the run; `bodies` maps ends to starts."""
        start = end
        while (at := self._before_link(masked, start) if start < end else start) in bodies:
            start = bodies[at]
        return start

    def _before_link(self, masked: str, at: int) -> int:
        link = self._link.search(masked, max(0, at - 1), at)
        return link.start() if link else at


class _Paragraph:
    """A paragraph while its citations are read.

    Attributes:
        text: its text as it stands.
        masked: the folded text with documents and bodies filled in.
        bodies: where bodies begin, by where they end.
        cuts: the marks that part what is before a run from the word that governs it.
        stops: the marks that part what is behind a run from it.
    """

    def __init__(self, text: str, folded: str, mentions: Sequence[DocumentMention], bodies: Sequence[Span]) -> None:
        self.text = text
        self.masked = _masked(folded, mentions, bodies)
        self.bodies = {span.end: span.start for span in bodies}
        self.cuts = _Marks(self.masked, _BREAKS + ",:(" + _TITLE)
        self.stops = _Marks(self.masked, _BREAKS + _TITLE)
        self._sentences = _Marks(self.masked, _BREAKS)
        self._parts = _Marks(self.masked, _BREAKS + ",")

    def sentence_behind(self, offset: int, reach: int) -> str:
        """Return what follows in the sentence, `reach` characters at most."""
        return self.masked[offset : min(self._sentences.after(offset), offset + reach)]

    def quote(self, mention: DocumentMention, run: Sequence[DocumentMention]) -> Span:
        """Return the sentence around a mention; of a very long one the part between commas, or less."""
        start, end = self._sentences.around(mention.span.start, mention.end)
        if end - start > _LONGEST_QUOTE:
            start, end = self._parts.around(run[0].span.start, run[-1].end)
        if end - start > _LONGEST_PART:
            start, end = self._parts.around(mention.span.start, mention.end)
            start, end = max(start, mention.span.start - _LONGEST_QUOTE), min(end, mention.span.end + _LONGEST_QUOTE)
        while start < end and self.masked[start].isspace():
            start += 1
        while end > start and self.masked[end - 1].isspace():
            end -= 1
        return Span(start, end)


class _Marks:
    """Where certain marks stand in a text."""

    def __init__(self, text: str, marks: str) -> None:
        self._places = [match.start() for match in re.finditer(f"[{re.escape(marks)}]", text)]
        self._length = len(text)

    def before(self, offset: int) -> int:
        """Return where the last mark before `offset` ends, or 0."""
        number = bisect_left(self._places, offset)
        return self._places[number - 1] + 1 if number else 0

    def after(self, offset: int) -> int:
        """Return where the first mark from `offset` on stands, or the length of the text."""
        number = bisect_left(self._places, offset)
        return self._places[number] if number < len(self._places) else self._length

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch between the marks around `start` and `end`."""
        return self.before(start), self.after(end)


def _masked(folded: str, mentions: Sequence[DocumentMention], bodies: Sequence[Span]) -> str:
    """Return `folded` with the places of bodies filled, and over them those of documents."""
    parts = list(folded)
    for body in bodies:
        parts[body.start : body.end] = _BODY * len(body)
    for mention in mentions:
        parts[mention.span.start : mention.end] = _TITLE * (mention.end - mention.span.start)
    return "".join(parts)
