"""Who speaks in a paragraph of news: the bodies that announce, order or encourage there."""

from __future__ import annotations

from kg.extractors.agencies.runs import runs_of
from kg.extractors.reading import Reading
from kg.model.types import Agency, Span

_STOP = "。"


def speakers_in(reading: Reading, span: Span) -> tuple[Agency, ...]:
    """Return the bodies named in `span` that announce something there, in text order; none where nobody does.

    Bodies named together speak together (人民银行、金融监管总局要求…). Where a meeting, a document or a pronoun stands
    for a body (会议要求, 通知提出, 该局将…) the actors of the whole text speak.
    """
    words = reading.reader.lexicons.announcements
    within = [mention for mention in reading.agencies if span.contains(mention.span)]
    for run in runs_of(reading.document, within, words.joints):
        text = reading.document.quote(Span(run[-1].span.end, _sentence_end(reading, run[-1].span.end, span)))
        before = reading.document.quote(Span(span.start, run[0].span.start))
        if words.announces(text) and not words.addressed(before):
            return tuple(dict.fromkeys(m.refers_to for m in run if isinstance(m.refers_to, Agency)))
    return reading.actors if words.has_speaker(reading.document.quote(span)) else ()


def _sentence_end(reading: Reading, at: int, span: Span) -> int:
    stop = reading.document.text.find(_STOP, at, span.end)
    return span.end if stop < 0 else stop
