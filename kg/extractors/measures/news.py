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
from kg.extractors.measures.tasks import is_idle, measure_of, measure_of_paragraph
from kg.extractors.reading import Reading
from kg.lexicons.announcements import Announcements
from kg.model.document import Section, Span
from kg.model.entities import Agency, Mention

_BEFORE, _BEHIND = 16, 400  # characters around a name within which it is told whether it announces
_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?[”]?")
_POINT = "point"
_COUNTED = frozenset({_POINT, "one", "bracket"})  # styles of which points are listed, rather than headlines


class Tone(Enum):
    """What was last told of: nothing yet, what is to be done, or what has been."""

    NEUTRAL = 0
    ANNOUNCES = 1
    REPORTS = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a point of one; `section` is the numbered item it heads, `path` that of a point.

    `begins` is where its words begin, behind the numeral.
    """

    span: Span
    begins: int
    section: Section | None = None
    path: str = ""

    @property
    def words(self) -> Span:
        """Where its words stand, without the numeral."""
        return Span(min(self.begins, self.span.end), self.span.end)

    @property
    def is_point(self) -> bool:
        """Tell whether it is a point of an enumeration."""
        return bool(self.path)


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

    `known` says that it is the one who spoke before, where it names none.
    """

    announced: bool = False
    own: tuple[Agency, ...] = ()
    tone: Tone = Tone.NEUTRAL
    known: bool = True

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
        for heading, pieces in _articles(reading, self._words):
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
            else:
                leads = at + 1 < len(pieces) and pieces[at + 1].is_point
                measure = self._paragraph(reading, piece, voice, silent=leads or (pointed and at == 0))
            if measure is not None:
                yield measure

    def _point(self, reading: Reading, piece: Piece, voice: Voice, group: Tone) -> Measure | None:
        """Return the measure of a point, if it is one: its own speaker's, else of whoever the list is."""
        words, text = self._words, reading.fold_at(piece.words)
        said = self._listen(reading, piece.words, Voice(voice.speakers))
        task = not words.is_goal(text) and not words.reports_past(text)
        if piece.section is not None and is_idle(piece.section):
            return None
        if not said.own:
            listed = group is Tone.ANNOUNCES and (_style(piece) == _POINT or words.intends(text))
            alone = group is Tone.NEUTRAL and _style(piece) in _COUNTED and words.begins_with_order(text)
            if not task or not (listed or alone):
                return None
        return replace(_measure(reading, piece), actors=said.actors(voice))

    def _paragraph(self, reading: Reading, piece: Piece, voice: Voice, *, silent: bool) -> Measure | None:
        """Return the measure of a paragraph, if it announces, and remember who spoke in it and of what."""
        words, text = self._words, reading.fold_at(piece.span)
        if words.stands_for_body(text):
            voice.tone = Tone.NEUTRAL
        said = self._listen(reading, piece.span, voice)
        listed = voice.listing and not words.reports_past(text) and words.intends(text)
        if silent and words.describes(text.strip()):
            voice.tone = Tone.REPORTS
        elif words.opens(text):
            voice.listing = voice.listing or not silent
            voice.tone = Tone.REPORTS if voice.tone is Tone.REPORTS else Tone.ANNOUNCES
            return None
        announced = said.announced and not words.is_ceremonial(text)
        if silent or not (announced or listed):
            return None
        return replace(_measure(reading, piece), actors=said.actors(voice))

    def _listen(self, reading: Reading, span: Span, voice: Voice) -> Said:
        """Read the sentences of a stretch, remember in `voice` who spoke and of what, and return what was said."""
        found = Said()
        for match in _SENTENCE.finditer(reading.folded, span.start, span.end):
            said = self._sentence(reading, Span(*match.span()), voice)
            if said.announced and not found.announced:
                found = said
            voice.tone = said.tone if said.tone is not Tone.NEUTRAL else voice.tone
        return found

    def _sentence(self, reading: Reading, span: Span, voice: Voice) -> Said:
        """Tell whether a sentence announces, and who does."""
        words, text = self._words, reading.fold_at(span).strip()
        reported = words.reports_past(text)
        own, spoken = self._hear(reading, span, voice, reported=reported)
        if words.is_goal(text):
            return Said(tone=Tone.ANNOUNCES if voice.heard else Tone.NEUTRAL)
        if own:
            return Said(True, own, Tone.ANNOUNCES)
        announced = not spoken and self._meet(text, voice)
        ordered = not reported and words.begins_with_order(text)
        goes_on = voice.heard and voice.tone is Tone.ANNOUNCES and ordered
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


def _bodies(run: Sequence[Mention]) -> tuple[Agency, ...]:
    return tuple(dict.fromkeys(m.refers_to for m in run if isinstance(m.refers_to, Agency)))


def _articles(reading: Reading, words: Announcements) -> Iterator[tuple[bool, list[Piece]]]:
    """Part a page at its headings, which in a digest begin a new article; say whether a heading stood before."""
    pieces: list[Piece] = []
    headed, at, since = False, 0, 0
    for block in reading.document.blocks:
        begun: list[Section] = []
        while at < len(reading.sections) and reading.sections[at].span.start < block.span.end:
            begun.append(reading.sections[at])
            at += 1
        if block.kind == "heading" and not begun:
            yield headed, pieces
            headed, pieces, since = True, [], block.span.end
        elif block.kind != "cell" and reading.document.quote(block.span).strip() != reading.document.title:
            pieces += _pieces(reading, block.span, [(one, _path(reading, one, since)) for one in begun], words)
    yield headed, pieces


def _path(reading: Reading, section: Section, since: int) -> str:
    """Return the numerals of an item from the top of its article, which begins at `since`, down to its own."""
    above = sum(1 for one in reading.tree.above(section) if one.span.start < since)
    return "/".join(section.path[above:])


def _pieces(
    reading: Reading, span: Span, begun: Sequence[tuple[Section, str]], words: Announcements
) -> Iterator[Piece]:
    """Yield a paragraph, parted at the items that begin in it and at the points that are counted inside it."""
    heads = {one.span.start: Piece(span, one.head.start, one, path if one.leaf else "") for one, path in begun}
    above = begun[-1][1] if begun and begun[-1][0].style != _POINT else ""
    marks = list(words.point_pattern.finditer(reading.folded, span.start, span.end))
    for match in marks if len(marks) > 1 else ():
        numeral = next(group for group in match.groups() if group)
        path = f"{above}/{numeral}" if above else numeral
        heads.setdefault(match.start(), Piece(span, match.end(), None, path))
    heads.setdefault(span.start, Piece(span, span.start))
    starts = sorted(heads)
    for start, end in zip(starts, [*starts[1:], span.end], strict=True):
        yield replace(heads[start], span=Span(start, end))


def _style(piece: Piece) -> str:
    return piece.section.style if piece.section is not None else _POINT


def _measure(reading: Reading, piece: Piece) -> Measure:
    if piece.section is not None and piece.is_point:
        return replace(measure_of(reading, piece.section), span=piece.span, path=piece.path)
    return replace(measure_of_paragraph(reading, piece.words), span=piece.span, path=piece.path)
