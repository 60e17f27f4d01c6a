"""Who speaks in a paragraph of news: the bodies that announce, order or encourage there."""

from __future__ import annotations

from kg.extractors.agencies.runs import runs_of
from kg.extractors.reading import Reading
from kg.lexicons.announcements import Announcements
from kg.model.document import Span
from kg.model.entities import Agency

_STOP = "。"
_BEFORE, _BEHIND = 16, 400  # characters around a name within which it is told whether it announces


def speakers_in(reading: Reading, words: Announcements, span: Span) -> tuple[Agency, ...]:
    """Return the bodies named in `span` that announce something there, in text order; none where nobody does.

    Bodies named together speak together (人民银行、金融监管总局要求…). Where a meeting, a document or a pronoun stands
    for a body (会议要求, 通知提出, 该局将…) the actors of the whole text speak.
    """
    text = reading.document.text
    for run in runs_of(reading.document, reading.agencies.within(span), words.joints):
        start, end = run[0].span.start, run[-1].span.end
        before, after = text[max(span.start, start - _BEFORE) : start], text[end : min(span.end, end + _BEHIND)]
        if words.announces(after.partition(_STOP)[0]) and not words.addressed(before):
            return tuple(dict.fromkeys(m.refers_to for m in run if isinstance(m.refers_to, Agency)))
    return reading.actors if words.has_speaker(reading.document.quote(span)) else ()
