"""Measures of news: enumerated points, and paragraphs that say what a body will do or asks for.

A page is read from the top, and what was said before is remembered: who spoke last, and whether he told of
what is to be done or of what has been. What is reported as done is no measure, nor is a goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from kg.extractors.agencies.offices import runs_of
from kg.extractors.measures import Measure
from kg.extractors.measures.pieces import POINT, Piece, articles_of
from kg.extractors.measures.tasks import is_idle, measure_of, measure_of_paragraph
from kg.extractors.reading import Reading
from kg.lexicons.announcements import Announcements
from kg.model.document import Span
from kg.model.entities import Agency, Mention

_BEFORE, _BEHIND = 16, 400  # characters around a name within which it is told whether it announces
_HEADLINE = 24  # characters of a headline that a paragraph begins with
_DIGRESSION = 1  # sentences about something else behind which an announcement is another
_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?[”]?")
_COUNTED = frozenset({POINT, "one", "bracket"})  # styles of which points are listed, rather than headlines


class Tone(Enum):
    """What was last told of: nothing yet, what is to be done, or what has been."""

    NEUTRAL = 0
    ANNOUNCES = 1
    REPORTS = 2


@dataclass(slots=True)
class Voice:
    """Who spoke last in an article, and of what; `heard` where the text itself has let him speak."""

    speakers: tuple[Agency, ...]
    names: dict[str, tuple[Agency, ...]] = field(default_factory=dict)  # those who speak for bodies
    heard: bool = False
    strange: bool = False  # whether somebody speaks who is no body
    tone: Tone = Tone.NEUTRAL
    listing: bool = False  # whether a paragraph has announced points that bear no numbers


@dataclass(frozen=True, slots=True)
class Said:
    """What a piece says: by whom, and whether it announces; `own` where it names the speaker itself.

    `known` says that it is the one who spoke before, where it names none; `start` is where the sentence begins.
    """

    announced: bool = False
    own: tuple[Agency, ...] = ()
    tone: Tone = Tone.NEUTRAL
    known: bool = True
    start: int = -1

    def actors(self, voice: Voice) -> tuple[Agency, ...]:
        """Return who announces."""
        return self.own or (voice.speakers if self.known else ())


class NewsReader:
    """Finds the measures of a page of news; made once from the words of announcements."""

    def __init__(self, words: Announcements) -> None:
        self._words = words

    def find(self, reading: Reading) -> Iterator[Measure]:
        """Yield the measures of a page, in text order."""
        voice = Voice(reading.actors)
        for heading, pieces in articles_of(reading, self._words):
            if heading:
                voice = Voice(reading.titled[:1])
            yield from self._article(reading, pieces, voice)

    def _article(self, reading: Reading, pieces: Sequence[Piece], voice: Voice) -> Iterator[Measure]:
        """Yield the measures of one article; what only leads to points, and a lead that sums them up, is none."""
        pointed = any(piece.is_point for piece in pieces)
        group = Tone.NEUTRAL
        for at, piece in enumerate(pieces):
            if piece.is_point:
                if at == 0 or not pieces[at - 1].is_point:
                    group = voice.tone
                measure = self._point(reading, piece, voice, group)
                if measure is not None:
                    yield measure
            else:
                leads = at + 1 < len(pieces) and pieces[at + 1].is_point
                yield from self._paragraph(reading, piece, voice, silent=leads or (pointed and at == 0))

    def _point(self, reading: Reading, piece: Piece, voice: Voice, group: Tone) -> Measure | None:
        """Return the measure of a point, if it is one: its own speaker's, else of whoever the list is."""
        words, text = self._words, reading.fold_at(piece.words)
        said = self._listen(reading, piece.words, Voice(voice.speakers))
        task = not words.is_goal(text) and not words.reports_past(text)
        if piece.section is not None and is_idle(piece.section):
            return None
        if not said.own:
            listed = group is Tone.ANNOUNCES and (_style(piece) == POINT or words.intends(text))
            alone = group is Tone.NEUTRAL and _style(piece) in _COUNTED and words.begins_with_order(text)
            if not task or not (listed or alone):
                return None
        return replace(_measure(reading, piece), actors=said.actors(voice))

    def _paragraph(self, reading: Reading, piece: Piece, voice: Voice, *, silent: bool) -> Iterator[Measure]:
        """Yield the measures of a paragraph that announces, and remember who spoke in it and of what.

        A measure begins with the sentence that announces; another speaker begins another.
        """
        words, text = self._words, reading.fold_at(piece.span)
        if words.stands_for_body(text):
            voice.tone = Tone.NEUTRAL
        heard = self._hear_all(reading, piece.span, voice)
        listed = voice.listing and not words.reports_past(text) and words.intends(text)
        if silent and words.describes(text.strip()):
            voice.tone = Tone.REPORTS
        elif words.opens(text):
            voice.listing = voice.listing or not silent
            voice.tone = Tone.REPORTS if voice.tone is Tone.REPORTS else Tone.ANNOUNCES
            return
        if silent:
            return
        announced = _by_speaker(heard) if not words.is_ceremonial(text) else []
        if not announced and listed:
            announced = [Said(own=voice.speakers)]
        if announced and (voice.listing or announced[0].start - piece.words.start <= _HEADLINE):
            announced[0] = replace(announced[0], start=piece.words.start)
        ends = [said.start for said in announced[1:]] + [piece.span.end]
        for said, end in zip(announced, ends, strict=False):
            span = Span(words.behind_dateline(reading.folded, said.start, end), end)
            yield replace(measure_of_paragraph(reading, span), actors=said.own)

    def _listen(self, reading: Reading, span: Span, voice: Voice) -> Said:
        """Return what the first sentence of a stretch says that announces anything."""
        return next((said for said in self._hear_all(reading, span, voice) if said.announced), Said())

    def _hear_all(self, reading: Reading, span: Span, voice: Voice) -> list[Said]:
        """Read the sentences of a stretch, and remember in `voice` who spoke and of what."""
        found: list[Said] = []
        for match in _SENTENCE.finditer(reading.folded, span.start, span.end):
            said = self._sentence(reading, Span(*match.span()), voice)
            found.append(replace(said, start=match.start(), own=said.actors(voice)))
            voice.tone = said.tone if said.tone is not Tone.NEUTRAL else voice.tone
        return found

    def _sentence(self, reading: Reading, span: Span, voice: Voice) -> Said:
        """Tell whether a sentence announces, and who does."""
        words, text = self._words, reading.fold_at(span).strip()
        reported = words.reports_past(text)
        own, spoken = self._hear(reading, span, voice, reported=reported)
        if words.is_diplomatic(text):
            return Said()
        if words.tells_history(text):
            return Said(tone=Tone.REPORTS)
        if words.is_goal(text):
            return Said(tone=Tone.ANNOUNCES if voice.heard else Tone.NEUTRAL)
        if own:
            return Said(True, own, Tone.ANNOUNCES)
        announced = not spoken and self._meet(text, voice)
        ordered = not reported and words.begins_with_order(text)
        asked = not reported and words.obliges(text)
        goes_on = voice.heard and not voice.strange and ((voice.tone is Tone.ANNOUNCES and ordered) or asked)
        if announced or goes_on or words.has_speaker(text, reported=reported):
            return Said(True, (), Tone.ANNOUNCES)
        demanded = bool(voice.speakers) and words.demands_action(text)
        if not voice.strange and (demanded or self._region_will(reading, span)):
            return Said(True, () if voice.heard else reading.titled[:1], Tone.ANNOUNCES, known=voice.heard)
        tone = Tone.ANNOUNCES if words.issues_programme(text) else Tone.REPORTS if reported else Tone.NEUTRAL
        return Said(tone=tone)

    def _hear(self, reading: Reading, span: Span, voice: Voice, *, reported: bool) -> tuple[tuple[Agency, ...], bool]:
        """Return the bodies that announce in a sentence, and whether any speaks in it, which is remembered.

        Bodies named together speak together (人民银行、金融监管总局要求…).
        """
        words, text, spoken = self._words, reading.folded, False
        for run in runs_of(reading.document, reading.agencies.within(span), words.joints):
            start, end = run[0].span.start, run[-1].span.end
            before, after = text[max(span.start, start - _BEFORE) : start], text[end : min(span.end, end + _BEHIND)]
            heard = words.is_heard(before, after)
            voice.strange = voice.strange or words.is_foreign(before)
            if words.addressed(before) and not heard:
                continue
            speaks = heard or words.speaks(after) or (words.issues(after) and not words.hosts(after))
            bodies = _bodies(run)
            if name := words.spokesman(after):
                voice.names[name] = bodies
            announces = words.announces(after, reported=reported) or (heard and words.wants(after))
            if speaks or announces:
                voice.speakers, voice.heard, voice.strange, spoken = bodies, True, False, True
            if announces:
                return bodies, True
        return (), spoken

    def _meet(self, sentence: str, voice: Voice) -> bool:
        """Remember who speaks at the head of a sentence that names no body: whom a body sent, else a stranger.

        Return whether one whom a body sent announces something.
        """
        name, following = self._words.speaker_named(sentence)
        if not name or self._words.stands_for_body(name):
            return False
        known = next((who for known, who in voice.names.items() if known.startswith(name)), ())
        voice.speakers, voice.heard, voice.strange, voice.tone = known, bool(known), not known, Tone.NEUTRAL
        return bool(known) and self._words.announces(following)

    def _region_will(self, reading: Reading, span: Span) -> bool:
        """Tell whether a place announces for its government: 北京市将推进…."""
        text = reading.folded
        return any(
            self._words.announces(text[region.span.end : min(span.end, region.span.end + _BEHIND)], reported=True)
            for region in reading.regions.within(span)
            if not self._words.addressed(text[max(span.start, region.span.start - _BEFORE) : region.span.start])
        )


def _by_speaker(heard: Sequence[Said]) -> list[Said]:
    """Return the sentences with which a speaker begins to announce.

    Who goes on begins nothing new, unless he names himself again behind sentences that tell of something else.
    """
    begun: list[Said] = []
    idle = 0
    for said in heard:
        if not said.announced:
            idle += 1
            continue
        if not begun or said.own != begun[-1].own or idle > _DIGRESSION:
            begun.append(said)
        idle = 0
    return begun


def _bodies(run: Sequence[Mention]) -> tuple[Agency, ...]:
    return tuple(dict.fromkeys(m.refers_to for m in run if isinstance(m.refers_to, Agency)))


def _style(piece: Piece) -> str:
    return piece.section.style if piece.section is not None else POINT


def _measure(reading: Reading, piece: Piece) -> Measure:
    if piece.section is not None and piece.is_point:
        return replace(measure_of(reading, piece.section), span=piece.span, path=piece.path)
    return replace(measure_of_paragraph(reading, piece.words), span=piece.span, path=piece.path)
