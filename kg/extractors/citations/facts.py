"""Citations: the documents that a document names, with short names (《意见》) put back to what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extractors.citations.find import CitationMatch
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor
from kg.model.types import Citation, CitationRelation, Document, Evidence, Span, Work, content_id
from kg.text.fold import fold

_HEAD_MARKS = " \t\u3000()（）"
_REPORTABLE = frozenset({CitationRelation.CITES, CitationRelation.ISSUES, CitationRelation.REPORTS})


def find_citations(reading: Reading) -> Iterator[Citation]:
    """Yield one citation for each place; a document does not cite itself, by whatever name."""
    named: dict[str, CitationMatch] = {}
    subjects = _subjects(reading)
    for block in _blocks(reading.document):
        for match in _in_block(reading, block):
            meant = _meant(reading, match, named)
            if meant is not None and not _is_own(reading, meant, block):
                yield _citation(reading, meant, subjects)


def _blocks(document: Document) -> Iterator[Span]:
    """Yield the blocks once each; a merged cell stands in several places of its grid."""
    yield from sorted({block.span for block in document.blocks})


def _in_block(reading: Reading, block: Span) -> Iterator[CitationMatch]:
    """Yield the matches of a block with their offsets in the document."""
    by = block.start
    bodies = [Span(m.span.start - by, m.span.end - by) for m in reading.agencies if block.contains(m.span)]
    for match in reading.reader.citations.find(reading.document.quote(block), bodies):
        span, quote = match.span, match.quote
        yield replace(match, span=Span(span.start + by, span.end + by), quote=Span(quote.start + by, quote.end + by))


def _meant(reading: Reading, match: CitationMatch, named: dict[str, CitationMatch]) -> CitationMatch | None:
    """Put the full title for a short one, and remember what later ones may stand for.

    A short title that nothing gave names the last document whose title ends so; without one it is no citation.
    """
    full = named.get(match.title)
    if full is None and match.title in reading.reader.lexicons.citations.general and not match.number:
        endings = (one for one in reversed(named.values()) if _ends_with(one.title, match.title))
        full = next(endings, None)
        if full is None:
            return None
    if full is not None:
        return replace(match, title=full.title, number=match.number or full.number, issuer=full.issuer, date=full.date)
    named.pop(match.title or match.number, None)
    named[match.title or match.number] = match
    if match.alias:
        named[match.alias] = match
    return match


def _ends_with(title: str, short: str) -> bool:
    return re.sub(r"(?:\([^()]*\))+$", "", fold(title)).endswith(short)


def _is_own(reading: Reading, match: CitationMatch, block: Span) -> bool:
    """Tell whether a match names the document itself, or is a line of its head."""
    document = reading.document
    if not match.title and document.quote(block).strip(_HEAD_MARKS) == document.quote(match.span).strip():
        return True
    if document.kind == "news":
        return False
    own, other = reading.work, _work(reading, match)
    forwarded = match.relation is CitationRelation.ISSUES and not _same(document.title, match.title)
    return own.may_be(other) and not forwarded


def _same(title: str, other: str) -> bool:
    return re.sub(r"\s", "", fold(title)).strip("《》") == re.sub(r"\s", "", fold(other))


def _work(reading: Reading, match: CitationMatch) -> Work:
    place = reading.jurisdiction.name if reading.jurisdiction else ""
    return reading.reader.citations.titles.work(match.title, match.number, match.issuer, place)


def _subjects(reading: Reading) -> tuple[Work, ...]:
    """Return the works that the title of a report names."""
    if reading.document.kind != "news":
        return ()
    return tuple(_work(reading, match) for match in reading.reader.citations.find(reading.document.title))


def _citation(reading: Reading, match: CitationMatch, subjects: tuple[Work, ...]) -> Citation:
    document, work = reading.document, _work(reading, match)
    return Citation(
        id=content_id("citation", document.id, match.span.start, match.title, match.number),
        document=document.id,
        title=match.title,
        number=match.number,
        relation=_relation(reading, match, work, subjects),
        cue=match.cue,
        evidence=Evidence(document.id, match.quote, document.quote(match.quote)),
        span=match.span,
        work=work,
        issuer=match.issuer,
        date=match.date,
    )


def _relation(reading: Reading, match: CitationMatch, work: Work, subjects: tuple[Work, ...]) -> CitationRelation:
    """In news what is issued is reported, and what the title names is interpreted; in a policy 印发 says little."""
    if reading.document.kind == "policy":
        weak = match.relation is CitationRelation.REPORTS
        return CitationRelation.CITES if weak else match.relation
    if match.relation not in _REPORTABLE:
        return match.relation
    if any(subject.may_be(work) for subject in subjects):
        comments = any(word in reading.document.title for word in reading.reader.lexicons.documents.commentary_titles)
        return CitationRelation.INTERPRETS if comments else CitationRelation.REPORTS
    return CitationRelation.REPORTS if match.relation is not CitationRelation.CITES else match.relation


EXTRACTOR = Extractor("citations", (Citation,), find_citations)
