"""Citations in running text: titles in 《》, numbers, and a few names that need no marks, each with its relation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import LexiconError
from kg.extractors.citations.governing import Governor
from kg.extractors.citations.titles import TitleReader
from kg.lexicons.citations import CitationLexicon
from kg.model.types import CitationRelation, Span
from kg.text.fold import fold
from kg.text.patterns import any_of

_LONGEST_QUOTE = 240
_ISSUED = 40
_BREAKS = "。;!?\n"
_BINDING = frozenset(CitationRelation) - {CitationRelation.CITES, CitationRelation.REPORTS, CitationRelation.PART_OF}


@dataclass(frozen=True, slots=True)
class CitationMatch:
    """A document named in a text; `span` its title with marks or its number, `quote` the sentence around.

    `alias` is the short name given to it (以下简称《意见》), `issuer` the words before the title that issue it.
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document is named: `end` lies behind the brackets that follow the title."""

    span: Span
    end: int
    title: str = ""
    number: str = ""
    alias: str = ""
    date: str = ""
    attachment: str = ""


class CitationFinder:
    """Finds citations in one paragraph."""

    def __init__(self, lexicon: CitationLexicon) -> None:
        self.lexicon = lexicon
        self.titles = TitleReader(lexicon)
        self._governor = Governor(lexicon)
        self._run_gap = re.compile(
            f"{lexicon.run_gap}(?:{lexicon.issuer_links}{lexicon.issuer})*{lexicon.issuer_after}"
        )
        self._issuers = re.compile(f"(?:{lexicon.issuer}{lexicon.issuer_links})*{lexicon.issuer}$")
        self._link = re.compile(f"{lexicon.issuer_links}$")
        self._after_issuer = re.compile(f"{lexicon.issuer_after}$")
        self._unmarked = tuple((fold(entry.holds), re.compile(fold(entry.pattern))) for entry in lexicon.unmarked)
        self._unmarked_title = re.compile(lexicon.unmarked_title)
        self._aliases = re.compile(fold(lexicon.aliases))
        self._edition, self._attachment = re.compile(lexicon.edition), re.compile(lexicon.attachment)

    def find(self, text: str, bodies: Sequence[Span] = ()) -> list[CitationMatch]:
        """Return the citations in `text`, in its order, none overlapping; `bodies` are the agencies named in it."""
        folded = fold(text)
        places = [place for place in self._places(text, folded) if not self._is_left_out(place)]
        if not places:
            return []
        masked = _mask(folded, [(place.span.start, place.end) for place in places], "\1")
        open_ = _mask(masked, [(span.start, span.end) for span in bodies], "\0")
        found = (match for run in self._runs(places, open_) for match in self._matches(text, run, open_, bodies))
        return [match for match in found if self.is_document(match)]

    # ---- places

    def _places(self, text: str, folded: str) -> Iterator[_Place]:
        """Yield titles, then numbers and unmarked names outside them, in text order."""
        places: list[_Place] = []
        for span in self.titles.find_titles(folded):
            if not places or span.start >= places[-1].end:
                places.append(self._titled(text, folded, span))
        taken = [Span(place.span.start, place.end) for place in places]
        for place in self._without_marks(text, folded):
            whole = Span(place.span.start, place.end)
            if not any(whole.overlaps(other) for other in taken):
                places.append(place)
                taken.append(whole)
        yield from sorted(places, key=lambda place: place.span)

    def _titled(self, text: str, folded: str, span: Span) -> _Place:
        title = text[span.start + 1 : span.end - 1].strip()
        return self._with_notes(text, folded, _Place(self._wrapped(folded, span), 0, title))

    def _wrapped(self, folded: str, span: Span) -> Span:
        """Take in the notice around a title: 关于印发《…》的通知."""
        wrap = self.lexicon.wrappers
        verbs = any_of((*wrap.verbs, *wrap.forwarding))
        opening = re.search(rf"{wrap.opening}(?:{verbs})$", folded[max(0, span.start - 12) : span.start])
        ending = next((word for word in wrap.endings if folded.startswith(word, span.end)), "")
        if opening is None or not ending:
            return span
        return Span(span.start - len(opening.group()), span.end + len(ending))

    def _without_marks(self, text: str, folded: str) -> Iterator[_Place]:
        for holds, pattern in self._unmarked:
            for match in pattern.finditer(folded) if holds in folded else ():
                before = match.groupdict().get("before") or ""
                span = Span(match.start() + self.titles.cut(before, len(before)), match.end())
                yield self._with_notes(text, folded, _Place(span, 0, text[span.start : span.end]))
        for span, number in self.titles.find_numbers(folded):
            yield self._numbered(text, folded, span, number)

    def _numbered(self, text: str, folded: str, span: Span, number: str) -> _Place:
        """Read a number, with the title before it where it stands in brackets behind one."""
        opening = folded.rfind("(", 0, span.start)
        title = self._unmarked_title.search(folded, 0, opening) if opening == span.start - 1 else None
        closing = _closing(folded, opening) if opening >= 0 else None
        if title is None or closing is None:
            return self._with_notes(text, folded, _Place(span, 0, "", number))
        words = text[title.start() : title.end()]
        return self._with_notes(text, folded, _Place(Span(title.start(), title.end()), 0, words))

    def _with_notes(self, text: str, folded: str, place: _Place) -> _Place:
        """Read the brackets behind a title: number, short name, revision, attachment."""
        at = place.span.end
        while True:
            start = at + len(folded[at:]) - len(folded[at:].lstrip(" "))
            end = _closing(folded, start)
            if end is None:
                return replace(place, end=at)
            place = self._noted(text, folded, place, Span(start + 1, end - 1))
            at = end

    def _noted(self, text: str, folded: str, place: _Place, note: Span) -> _Place:
        words, said = folded[note.start : note.end], text[note.start : note.end]
        numbers = self.titles.find_numbers(words, codes=True)
        alias = self._aliases.search(words)
        edition, attachment = self._edition.match(words.strip()), self._attachment.match(words.strip())
        return replace(
            place,
            number=place.number or (numbers[0][1] if numbers else ""),
            alias=place.alias or (said[alias.start(1) : alias.end(1)].strip() if alias else ""),
            date=place.date or (edition.group(1) if edition else ""),
            attachment=place.attachment or (said.strip() if attachment else ""),
        )

    # ---- what counts

    def _is_left_out(self, place: _Place) -> bool:
        """Tell whether a title is a form, a paper or a general word."""
        bare = _bare(place.title)
        lexicon = self.lexicon
        return bool(bare) and not place.number and (bare in lexicon.left_out or bare.endswith(lexicon.left_out_endings))

    def is_document(self, match: CitationMatch) -> bool:
        """Tell whether a title is a document's: by number, by ending, by the word that governs it."""
        bare = _bare(match.title)
        known = bare.endswith(self.lexicon.endings) or any(word in bare for word in self.lexicon.known)
        opening = self.lexicon.wrappers.opening
        named = bool(bare) or bool(match.number)
        return named and (bool(match.number) or known or opening in bare or match.relation in _BINDING)

    # ---- relations

    def _runs(self, places: Sequence[_Place], masked: str) -> Iterator[list[_Place]]:
        """Yield titles in a row, which one word governs: 根据《甲》《乙》和《丙》."""
        run: list[_Place] = []
        for place in places:
            if run and not self._run_gap.fullmatch(masked[run[-1].end : place.span.start].replace("\0", "")):
                yield run
                run = []
            run.append(place)
        if run:
            yield run

    def _matches(
        self, text: str, run: Sequence[_Place], masked: str, bodies: Sequence[Span]
    ) -> Iterator[CitationMatch]:
        start = max(masked.rfind(mark, 0, run[0].span.start) for mark in (*_BREAKS, *",:(\1")) + 1
        before = masked[start : run[0].span.start]
        after = re.split(rf"[{_BREAKS}\1]", masked[run[-1].end :], maxsplit=1)[0]
        governed = self._governor.find(before, after)
        at = 0
        if governed is not None:
            in_front = governed.end <= len(before)
            at = start + governed.start if in_front else run[-1].end + governed.start - len(before)
        relation = governed.relation if governed else CitationRelation.CITES
        cue = text[at : at + governed.end - governed.start] if governed else ""
        for place in run:
            found = CitationMatch(place.span, place.title, place.number, relation, cue, _sentence(masked, place, run))
            if place.attachment:
                found = replace(found, relation=CitationRelation.PART_OF, cue=place.attachment)
            issuer = self._issuer(text, masked, place, bodies)
            yield replace(found, alias=place.alias, issuer=issuer, date=place.date)

    def _issuer(self, text: str, masked: str, place: _Place, bodies: Sequence[Span]) -> str:
        """Return the bodies right before a title: 国务院《…》, 财政部、税务总局印发的《…》."""
        issued = self._after_issuer.search(masked, max(0, place.span.start - _ISSUED), place.span.start)
        end = issued.start() if issued else place.span.start
        start = self._first_body(masked, end, {span.end: span.start for span in bodies})
        if start == end:
            named = self._issuers.search(masked, max(0, end - _ISSUED), end)
            start = named.start() if named else end
        return text[start:end]

    def _first_body(self, masked: str, end: int, near: Mapping[int, int]) -> int:
        """Follow the bodies that end at `end` back to the first of the run; `near` maps ends to starts."""
        start = end
        while (at := self._before_link(masked, start) if start < end else start) in near:
            start = near[at]
        return start

    def _before_link(self, masked: str, at: int) -> int:
        link = self._link.search(masked, max(0, at - 1), at)
        return link.start() if link else at


def check_examples(lexicon: CitationLexicon, source: str) -> None:
    """Raise LexiconError, naming the entry, for the first example that is not read as it says."""
    for entry, problem in _faults(CitationFinder(lexicon)):
        raise LexiconError(source, f"entry {entry}: {problem}", "mend the example or the rule")


def _faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    for cues in finder.lexicon.relations:
        for example in cues.examples:
            if [match.relation for match in finder.find(example)][:1] != [cues.relation]:
                yield cues.id, f"is not said in {example}"
        for example in cues.counterexamples:
            if cues.relation in (match.relation for match in finder.find(example)):
                yield cues.id, f"is said in {example}"
    for words, number in finder.lexicon.numbers.examples.items():
        if [found for _, found in finder.titles.find_numbers(fold(words))] != [number]:
            yield "numbers", f"{number} is not read in {words}"
    for entry in finder.lexicon.unmarked:
        for example in entry.examples:
            if len(finder.find(example)) != 1:
                yield entry.pattern, f"is not found in {example}"
        for example in entry.counterexamples:
            if finder.find(example):
                yield entry.pattern, f"is found in {example}"
    for example in finder.lexicon.left_out_examples:
        if finder.find(example):
            yield "left_out", f"a citation is found in {example}"


def _bare(title: str) -> str:
    """Return a title without the brackets at its end: （试行）, （2021-2025年）."""
    return re.sub(r"(?:\([^()]*\)\s*)+$", "", fold(title)).rstrip("〉>》 ")


def _closing(folded: str, start: int) -> int | None:
    """Return the end of the bracket that opens at `start`, if one does; brackets of all kinds close one another."""
    if start < 0 or not folded.startswith("(", start):
        return None
    depth = 0
    for at in range(start, min(len(folded), start + 160)):
        depth += (folded[at] in "([{") - (folded[at] in ")]}")
        if not depth:
            return at + 1
    return None


def _mask(text: str, spans: Sequence[tuple[int, int]], mark: str) -> str:
    """Return `text` with the spans filled with `mark`; what is marked already stays."""
    parts = list(text)
    for start, end in spans:
        for at in range(start, end):
            if parts[at] != "\1":
                parts[at] = mark
    return "".join(parts)


def _sentence(masked: str, place: _Place, run: Sequence[_Place]) -> Span:
    """Return the sentence around a place; of a very long one the part between commas."""
    start, end = _between(masked, place.span.start, place.end, _BREAKS)
    if end - start > _LONGEST_QUOTE:
        start, end = _between(masked, run[0].span.start, run[-1].end, _BREAKS + ",")
    while start < end and masked[start].isspace():
        start += 1
    while end > start and masked[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _between(masked: str, start: int, end: int, marks: str) -> tuple[int, int]:
    after = min((at for mark in marks if (at := masked.find(mark, end)) >= 0), default=len(masked))
    return max(masked.rfind(mark, 0, start) for mark in marks) + 1, after
