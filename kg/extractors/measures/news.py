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
from kg.extractors.measures.tasks import (
    POINT,
    Piece,
    articles,
    is_idle,
    measure_of_paragraph,
    measure_of_piece,
    style_of,
)
from kg.extractors.reading import Reading
from kg.lexicons.agency_names import Agencies
from kg.lexicons.announcements import Announcements
from kg.model.document import Span
from kg.model.entities import Agency, Mention, Region
from kg.model.ids import government_id

_BEFORE, _BEHIND = 16, 400  # characters around a name within which it is told whether it announces
_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?[”]?")
_GOVERNED = frozenset({"province", "prefecture", "county"})
_NAME = 3  # as many characters has a name; what is caught behind a title may be longer
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
    visiting: bool = False  # whether he is on a visit, and asks for something at every stop
    strange: bool = False  # whether somebody speaks who is no body
    tone: Tone = Tone.NEUTRAL
    listing: bool = False  # whether a paragraph has announced points that bear no numbers


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says: by whom, and whether it announces; `own` where it names the speaker itself.

    `known` says that it is the one who spoke before, where it names none. `begins` is where the announcing begins: with
    the sentence, or with the clause of one about a visit (察看…，要求…), which stands `apart` from those before.
    `opens` says that somebody only begins to speak in it.
    """

    announced: bool = False
    own: tuple[Agency, ...] = ()
    tone: Tone = Tone.NEUTRAL
    known: bool = True
    begins: int = 0
    apart: bool = False
    opens: bool = False

    def actors(self, voice: Voice) -> tuple[Agency, ...]:
        """Return who announces."""
        return self.own or (voice.speakers if self.known else ())


class NewsReader:
    """Finds the measures of a page of news; made once from the words of announcements and the names of bodies."""

    def __init__(self, words: Announcements, agencies: Agencies) -> None:
        self._words, self._agencies = words, agencies

    def find(self, reading: Reading) -> Iterator[Measure]:
        """Yield the measures of a page, in text order."""
        voice = Voice(reading.actors)
        for heading, pieces in articles(reading, self._words):
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
                yield from self._point(reading, piece, voice, group)
            else:
                leads = at + 1 < len(pieces) and pieces[at + 1].is_point
                yield from self._paragraph(reading, piece, voice, silent=leads or (pointed and at == 0))

    def _point(self, reading: Reading, piece: Piece, voice: Voice, group: Tone) -> Iterator[Measure]:
        """Yield the measure of a point, if it is one: its own speaker's, else of whoever the list is."""
        words, text = self._words, reading.fold_at(piece.words)
        own = next(
            (said.own for said in self._listen(reading, piece.words, Voice(voice.speakers)) if said.announced), ()
        )
        task = not words.is_goal(text) and not words.reports_past(text)
        if piece.section is not None and is_idle(piece.section):
            return
        if not own:
            listed = group is Tone.ANNOUNCES and (style_of(piece) == POINT or words.intends(text))
            alone = group is Tone.NEUTRAL and style_of(piece) in _COUNTED and words.begins_with_order(text)
            if not task or not (listed or alone):
                return
        yield replace(measure_of_piece(reading, piece), actors=own or voice.speakers)

    def _paragraph(self, reading: Reading, piece: Piece, voice: Voice, *, silent: bool) -> Iterator[Measure]:
        """Yield the measures of a paragraph, where it announces, and remember who spoke in it and of what."""
        words, text = self._words, reading.fold_at(piece.span)
        if words.stands_for_body(text):
            voice.tone = Tone.NEUTRAL
        listing = voice.listing
        span = Span(piece.begins + words.dateline_length(reading.fold_at(piece.words)), piece.span.end)
        stretches = self._stretches(self._listen(reading, span, voice), span, voice, listing=listing)
        if silent and words.describes(text.strip()):
            voice.tone = Tone.REPORTS
        elif words.opens(text):
            voice.listing = voice.listing or not silent
            looks_back = voice.tone is Tone.REPORTS and words.reports_past(_last_sentence(text))
            voice.tone = Tone.REPORTS if looks_back else Tone.ANNOUNCES
            return
        if silent:
            return
        if not stretches and listing and not words.reports_past(text) and words.intends(text):
            yield replace(measure_of_piece(reading, piece), actors=voice.speakers)
        for span, actors in stretches:
            yield replace(measure_of_paragraph(reading, span), actors=actors)

    def _stretches(
        self, heard: Iterator[Said], span: Span, voice: Voice, *, listing: bool
    ) -> list[tuple[Span, tuple[Agency, ...]]]:
        """Return the stretches of a paragraph that announce, each from its first sentence to where the next begins.

        What the same speakers go on to say belongs to what they said before; a paragraph of a list begins with its
        headline.
        """
        begun: list[tuple[int, tuple[Agency, ...]]] = []
        for said in heard:
            if said.announced and (not begun or said.apart or begun[-1][1] != said.actors(voice)):
                headed = listing and not begun
                begun.append((span.start if headed else said.begins, said.actors(voice)))
        starts = [start for start, _ in begun]
        ends = [*starts[1:], span.end]
        return [(Span(start, end), actors) for (start, actors), end in zip(begun, ends, strict=False)]

    def _listen(self, reading: Reading, span: Span, voice: Voice) -> Iterator[Said]:
        """Yield what the sentences of a stretch say, and remember in `voice` who spoke and of what.

        Who only begins to speak (王某表示，…是…的需要。) says what the next sentence asks for (要…).
        """
        words, opened = self._words, -1
        for match in _SENTENCE.finditer(reading.folded, span.start, span.end):
            said = self._sentence(reading, _stripped(reading.folded, match.span()), voice)
            voice.tone = said.tone if said.tone is not Tone.NEUTRAL else voice.tone
            if said.announced and (words.is_ceremonial(match.group()) or words.is_diplomatic(match.group())):
                said = replace(said, announced=False)
            if opened >= 0 and words.goes_on(match.group().strip()):
                said = replace(said, begins=opened)
            opened = said.begins if said.opens and not said.announced else -1
            yield said

    def _sentence(self, reading: Reading, span: Span, voice: Voice) -> Said:
        """Tell whether a sentence announces, and who does."""
        words, text = self._words, reading.fold_at(span)
        if urged := self._urged(text, voice):
            return replace(urged, begins=span.start + urged.begins)
        reported = words.reports_past(text)
        if words.looks_back(text):
            return Said(begins=span.start, tone=Tone.REPORTS)
        own, spoken = self._hear(reading, span, voice, reported=reported)
        said = Said(begins=span.start, opens=spoken)
        if words.is_goal(text):
            return replace(said, tone=Tone.ANNOUNCES if voice.heard else Tone.NEUTRAL)
        if own:
            return replace(said, announced=True, own=own, tone=Tone.ANNOUNCES)
        met, following = (False, "") if spoken else self._meet(text, voice)
        said = replace(said, opens=spoken or met)
        ordered = not reported and words.begins_with_order(text)
        goes_on = voice.heard and ((voice.tone is Tone.ANNOUNCES and ordered) or (not reported and words.obliges(text)))
        if (met and words.announces(following)) or goes_on or words.has_speaker(text, reported=reported):
            return replace(said, announced=True, tone=Tone.ANNOUNCES, apart=voice.visiting)
        demanded = bool(voice.speakers) and words.demands_action(text)
        place = self._region_will(reading, span)
        if not voice.strange and (demanded or place):
            own = () if voice.heard else place or reading.titled[:1]
            return replace(said, announced=True, own=own, tone=Tone.ANNOUNCES, known=voice.heard)
        tone = Tone.ANNOUNCES if words.issues_programme(text) else Tone.REPORTS if reported else Tone.NEUTRAL
        return replace(said, tone=tone)

    def _urged(self, sentence: str, voice: Voice) -> Said | None:
        """Return what one whom a body sent asks for in the course of a visit: 李某走进…，察看…，要求…."""
        for match in self._words.urgings(sentence):
            before = sentence[: match.end()]
            who = next((bodies for name, bodies in voice.names.items() if name[:_NAME] in before or name in before), ())
            if who:
                voice.speakers, voice.heard, voice.strange, voice.visiting = who, True, False, True
                return Said(True, who, Tone.ANNOUNCES, begins=match.start(), apart=True)
        return None

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

    def _meet(self, sentence: str, voice: Voice) -> tuple[bool, str]:
        """Remember who speaks at the head of a sentence that names no body: whom a body sent, else a stranger.

        Return whether a body sent him, and what follows his name.
        """
        name, following = self._words.speaker_named(sentence)
        if not name or self._words.stands_for_body(name):
            return False, ""
        known = next((who for known, who in voice.names.items() if known.startswith(name)), ())
        voice.speakers, voice.heard, voice.strange, voice.tone = known, bool(known), not known, Tone.NEUTRAL
        return bool(known), following

    def _region_will(self, reading: Reading, span: Span) -> tuple[Agency, ...]:
        """Return the government of a place that announces: 北京市将推进…."""
        text = reading.folded
        for mention in reading.regions.within(span):
            start, end = mention.span.start, mention.span.end
            before, after = text[max(span.start, start - _BEFORE) : start], text[end : min(span.end, end + _BEHIND)]
            if not self._words.addressed(before) and self._words.announces(after, reported=True):
                return () if self._words.goes_on(after) else self._government(mention.refers_to)
        return ()

    def _government(self, place: object) -> tuple[Agency, ...]:
        if not isinstance(place, Region) or place.level not in _GOVERNED:
            return ()
        short, official = self._agencies.government_of(place.name)
        return (Agency(government_id(place.id), short, official, level=place.level, region=place.id),)


def _last_sentence(text: str) -> str:
    return next(iter(reversed(_SENTENCE.findall(text.strip()))), "")


def _stripped(text: str, bounds: tuple[int, int]) -> Span:
    """Return a stretch without the blanks at its edges."""
    words = text[slice(*bounds)]
    return Span(bounds[0] + len(words) - len(words.lstrip()), bounds[0] + len(words.rstrip()))


def _bodies(run: Sequence[Mention]) -> tuple[Agency, ...]:
    return tuple(dict.fromkeys(m.refers_to for m in run if isinstance(m.refers_to, Agency)))
