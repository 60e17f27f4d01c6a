"""Citations: the documents that a document names, short names (《意见》) put back to what they stand for.

The words of citations are held against their own examples and counterexamples when the extractor is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from kg.errors import LexiconError
from kg.extractors.citations import Citation
from kg.extractors.citations.find import CitationFinder, CitationMatch
from kg.extractors.reading import Reading
from kg.extractors.registry import ExtractorMaker, Find
from kg.lexicons import Lexicons
from kg.lexicons.documents import DocumentWords
from kg.model.document import CitationRelation, Span, Work, content_id
from kg.model.facts import Evidence
from kg.text.fold import fold


def check_examples(finder: CitationFinder, source: str) -> None:
    """Raise LexiconError, naming the entry, for the first example that is not read as it says."""
    for entry, problem in chain(
        _relation_faults(finder), _empowering_faults(finder), _number_faults(finder), _name_faults(finder)
    ):
        raise LexiconError(source, f"entry {entry}: {problem}", "mend the example or the rule")


def _relation_faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    for cues in finder.lexicon.relations:
        for example in cues.examples:
            if [match.relation for match in finder.find(example)][:1] != [cues.relation]:
                yield cues.id, f"is not said in {example}"
        for example in cues.counterexamples:
            if cues.relation in (match.relation for match in finder.find(example)):
                yield cues.id, f"is said in {example}"


def _empowering_faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    based, empowered = CitationRelation.BASED_ON, finder.lexicon.empowered
    for example in empowered.examples:
        if [match.relation for match in finder.find(example)][:1] != [based]:
            yield "empowered", f"is not said in {example}"
    for example in empowered.counterexamples:
        if based in (match.relation for match in finder.find(example)):
            yield "empowered", f"is said in {example}"


def _number_faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    for words, number in finder.lexicon.numbers.examples.items():
        if [found for _, found in finder.titles.find_numbers(fold(words))] != [number]:
            yield "numbers", f"{number} is not read in {words}"


def _name_faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with names that need no marks, and with titles that are left out."""
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


_HEAD_MARKS = " \t\u3000()（）"
_REPORTABLE = frozenset({CitationRelation.CITES, CitationRelation.ISSUES, CitationRelation.REPORTS})


class CitationReader:
    """Reads the citations of documents; `words` tell titles that explain another document, and types."""

    def __init__(self, finder: CitationFinder, words: DocumentWords) -> None:
        self._finder = finder
        self._words = words

    def find(self, reading: Reading) -> Iterator[Citation]:
        """Yield one citation for each place; a document does not cite itself, by whatever name."""
        named = _Named(self._finder.lexicon.general)
        subjects = self._subjects(reading)
        for block in sorted({block.span for block in reading.document.blocks}):  # a merged cell stands several times
            matches = self._in_block(reading, block)
            line = reading.document.quote(block).strip(_HEAD_MARKS) if matches else ""
            for match in matches:
                meant = named.meant_by(match)
                if meant is None or (not meant.title and line == reading.document.quote(meant.span).strip()):
                    continue  # a line of the document's own head
                work = self._work(reading, meant)
                if not _is_own(reading, meant, work):
                    yield self._citation(reading, meant, work, subjects)

    def _in_block(self, reading: Reading, block: Span) -> list[CitationMatch]:
        """Return the matches of a block with their offsets in the document."""
        by = block.start
        bodies = [mention.span.moved(-by) for mention in reading.agencies.within(block)]
        found = self._finder.find(reading.document.quote(block), bodies)
        return [replace(match, span=match.span.moved(by), quote=match.quote.moved(by)) for match in found]

    def _work(self, reading: Reading, match: CitationMatch) -> Work:
        region = reading.jurisdiction.name if reading.jurisdiction else ""
        return self._finder.titles.work(match.title, match.number, match.issuer, region)

    def _subjects(self, reading: Reading) -> tuple[Work, ...]:
        """Return the works that the title of a report names."""
        if reading.document.kind != "news":
            return ()
        return tuple(self._work(reading, match) for match in self._finder.find(reading.document.title))

    def _citation(self, reading: Reading, match: CitationMatch, work: Work, subjects: tuple[Work, ...]) -> Citation:
        document = reading.document
        return Citation(
            id=content_id("citation", document.id, match.span.start, match.title, match.number),
            document=document.id,
            title=match.title,
            number=match.number,
            relation=self._relation(reading, match, work, subjects),
            cue=match.cue,
            evidence=Evidence(document.id, match.quote, document.quote(match.quote)),
            span=match.span,
            work=work,
            issuer=match.issuer,
            date=match.date,
            type=self._words.type_of("policy", match.title) if match.title else "",
        )

    def _relation(
        self, reading: Reading, match: CitationMatch, work: Work, subjects: tuple[Work, ...]
    ) -> CitationRelation:
        """In news what is issued is reported, and what the title names is interpreted; in a policy 印发 says little."""
        if reading.document.kind == "policy":
            weak = match.relation is CitationRelation.REPORTS
            return CitationRelation.CITES if weak else match.relation
        if match.relation not in _REPORTABLE:
            return match.relation
        if any(subject.may_be(work) for subject in subjects):
            comments = any(word in reading.document.title for word in self._words.commentary_titles)
            return CitationRelation.INTERPRETS if comments else CitationRelation.REPORTS
        return CitationRelation.REPORTS if match.relation is not CitationRelation.CITES else match.relation


class _Named:
    """The documents that a text has named so far, by title, number and short name.

    `general` are the titles that say only what kind of document is meant (《意见》).
    """

    def __init__(self, general: tuple[str, ...]) -> None:
        self._general = frozenset(general)
        self._by_name: dict[str, CitationMatch] = {}
        self._last_ending: dict[str, CitationMatch] = {}  # the last one whose title ends in a general one

    def meant_by(self, match: CitationMatch) -> CitationMatch | None:
        """Put the full title for a short one, and remember what later ones may stand for.

        A short title that nothing gave names the last document whose title ends so; without one it is no citation.
        """
        full = self._by_name.get(match.title)
        if full is None and match.title in self._general and not match.number:
            full = self._last_ending.get(match.title)
            if full is None:
                return None
        if full is None:
            self._remember(match)
            return match
        number = match.number or full.number
        return replace(match, title=full.title, number=number, issuer=full.issuer, date=full.date)

    def _remember(self, match: CitationMatch) -> None:
        self._by_name[match.title or match.number] = match
        if match.alias:
            self._by_name[match.alias] = match
        title = _without_brackets(match.title)
        self._last_ending.update((word, match) for word in self._general if title.endswith(word))


def _without_brackets(title: str) -> str:
    return re.sub(r"(?:\([^()]*\))+$", "", fold(title))


def _is_own(reading: Reading, match: CitationMatch, work: Work) -> bool:
    """Tell whether a match names the document itself."""
    document = reading.document
    forwarded = match.relation is CitationRelation.ISSUES and not _same(document.title, match.title)
    return document.kind != "news" and reading.work.may_be(work) and not forwarded


def _same(title: str, other: str) -> bool:
    return re.sub(r"\s", "", fold(title)).strip("《》") == re.sub(r"\s", "", fold(other))


def _make(lexicons: Lexicons) -> Find:
    """Hold the words of citations against their examples, and return the finder of facts."""
    finder = CitationFinder(lexicons.citations)
    check_examples(finder, str(lexicons.root / "lexicons" / "citations.yaml"))
    return CitationReader(finder, lexicons.documents).find


EXTRACTOR = ExtractorMaker("citations", (Citation,), _make)
