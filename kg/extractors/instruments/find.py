"""Finds policy instruments in text: known names from the vocabulary, names formed on a known head, names in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicons.instruments import Concept, Head, Instruments, Quoted
from kg.model.document import Span, content_id
from kg.model.entities import Instrument
from kg.text.patterns import any_of, longest_leftmost

Found = tuple[Span, Instrument]

_OPENER = {"”": "“", "）": "（", ")": "(", "」": "「"}
_QUOTE = re.compile("“([^“”]{2,40})”")
_SPACE = r"[^\S ]|(?<![A-Za-z0-9]) (?![A-Za-z0-9])"  # a space beside Latin letters parts nothing
_BREAK = re.compile(_SPACE + r"|[、，。；：！？!?;:,《》〈〉<>“（(「【\[\]】…|/]|—(?=—)|(?<=—)—")
_ABBREVIATION = re.compile(r"[（(][A-Za-z][A-Za-z&-]{1,7}[）)]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_ENCLOSED = 24  # characters a quotation or bracket inside a name may hold


class InstrumentFinder:
    """Finds every instrument in a text; built once for a vocabulary, it holds no state of the texts."""

    def __init__(self, instruments: Instruments) -> None:
        self._known = _Known(instruments)
        self._formed = _Formed(instruments)
        self._quoted = _Quotations(instruments)

    def find(self, text: str) -> list[Found]:
        """Return the instruments in `text` with their places, longest leftmost, none overlapping another.

        A known name is its concept, under the preferred label; a formed or quoted name is an instrument of its own
        under the concept of its head.
        """
        known = self._known.find(text)
        formed = self._formed.find(text, known)
        quoted = self._quoted.find(text)
        first = dict(reversed([*known, *formed, *quoted]))  # of two for one stretch the first given
        return [(span, first[span]) for span in longest_leftmost(first)]


class _Known:
    """The labels of the vocabulary; a negative label is matched too and thrown away, so that it hides what it holds."""

    def __init__(self, instruments: Instruments) -> None:
        levels = instruments.reach.levels
        names: dict[str, Concept | None] = {
            label: None for concept in instruments.concepts for label in concept.negative
        }
        names.update({label: concept for concept in instruments.concepts for label in _without_level(concept, levels)})
        self._concepts = tuple(names.values())
        self._automaton = _automaton(names)

    def find(self, text: str) -> list[Found]:
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            concept = self._concepts[index]
            if concept and not _cuts_latin(text, start, end):
                span = Span(start, _with_abbreviation(text, end))
                found.append((span, Instrument(concept.id, concept.pref, concept.id, concept.family)))
        return found


@dataclass(frozen=True, slots=True)
class _Bounds:
    """A text with the places where a name in it may have to begin: after a stop, after a conjunction behind a noun."""

    text: str
    stops: frozenset[int]
    nouns: frozenset[int]


class _Formed:
    """Names such as 绿色金融发展专项资金: a head from the vocabulary and what stands before it."""

    def __init__(self, instruments: Instruments) -> None:
        reach = instruments.reach
        heads: dict[str, Head | None] = dict.fromkeys(reach.decoys)
        heads.update({word: head for head in instruments.heads for word in head.words})
        self._heads = tuple(heads.values())
        self._automaton = _automaton(heads)
        self._stops = AhoCorasick(list(reach.stops))
        self._protected = AhoCorasick(list(reach.protected))
        self._conjunctions = frozenset(reach.conjunctions)
        number = rf"[（(][^（）()]*[）)]|[\d%％.．]+(?:{any_of(reach.measures)})?(?![A-Za-z])"
        empty = (*reach.generic, *reach.conjunctions)
        self._empty = re.compile(f"{number}|{any_of(empty)}")
        self._cut = re.compile(f"{number}|{any_of((*empty, *reach.levels))}")
        self._joined = reach.joined
        self._kept = reach.kept
        self._followers = reach.followers
        self._longest = reach.longest

    def find(self, text: str, known: list[Found]) -> list[Found]:
        concepts = {span.end: instrument for span, instrument in known}
        tools = set(concepts)
        places = list(self._automaton.find_matches_as_indexes(text))
        nouns = frozenset(tools).union(end for _, _, end in places)
        bounds = _Bounds(text, self._stop_ends(text), nouns)
        found: list[Found] = []
        for index, start, end in places:
            head = self._heads[index]
            name = head and not _cuts_latin(text, start, end) and self._name(bounds, head, Span(start, end), tools)
            if head and name:
                before = concepts.get(start) if head.inherits else None
                found.append((name, _formed(text, name, head, concepts.get(name.end) or before, start)))
                tools.add(name.end)
        return found

    def _stop_ends(self, text: str) -> frozenset[int]:
        """Where a name cannot reach further left: the ends of stop words that stand in no protected word."""
        held = self._protected.find_matches_as_indexes(text, overlapping=True)
        inside = {place for _, start, end in held for place in range(start, end)}
        stops = self._stops.find_matches_as_indexes(text, overlapping=True)
        return frozenset(end for _, start, end in stops if not (start in inside and end - 1 in inside))

    def _name(self, bounds: _Bounds, head: Head, at: Span, tools: set[int]) -> Span | None:
        """The name that ends in the head at `at`, if there is one; `tools` are the ends of the names found so far."""
        if (head.unwraps and at.start in tools) or (not head.extends and at.end in tools):
            return None
        if head.closed and not self._closed(bounds.text, at.end):
            return None
        left = self._left(bounds, head, at.start, joins=head.joins)
        start = self._trim(bounds.text, head, left, at.start)
        if not _counts(head, bounds.text[start : at.start]):
            return None
        return Span(start, _with_abbreviation(bounds.text, at.end))

    def _closed(self, text: str, end: int) -> bool:
        return end == len(text) or bool(_BREAK.match(text, end)) or text.startswith(self._followers, end)

    def _left(self, bounds: _Bounds, head: Head, start: int, *, joins: bool) -> int:
        """Walk left from a head to where its name begins; a closing mark is left at its opening one.

        `joins` tells whether a conjunction may stand in the name.
        """
        here, limit = start, max(0, start - self._longest)
        while here > limit:
            mark = bounds.text[here - 1]
            opening = _opening(bounds.text, here) if mark in _OPENER else here - 1
            if opening < 0 or self._ends_name(bounds, head, here, start, joins=joins):
                break
            here = opening
        return here

    def _ends_name(self, bounds: _Bounds, head: Head, here: int, start: int, *, joins: bool) -> bool:
        """Tell whether the name of a head at `start` begins at `here`, judging by what stands before."""
        mark = bounds.text[here - 1]
        if mark in self._conjunctions:
            return not joins or here - 1 in bounds.nouns or self._reaches_too_far(bounds, head, here, start)
        if here == start and bounds.text.endswith(head.acts, 0, start):
            return False
        return bool(_BREAK.match(bounds.text, here - 1)) or here in bounds.stops

    def _reaches_too_far(self, bounds: _Bounds, head: Head, here: int, start: int) -> bool:
        """Tell whether too many words, or none, stand on a side of the conjunction before `here` for one name."""
        left = here - 1 - self._left(bounds, head, here - 1, joins=False)
        return not (0 < left <= self._joined and 0 < start - here <= self._joined)

    def _trim(self, text: str, head: Head, start: int, end: int) -> int:
        """Cut conjunctions, level words and empty modifiers off the front of a name."""
        words = self._empty if head.keeps_levels else self._cut
        while start < end and not text.startswith(self._kept, start, end):
            cut = words.match(text, start, end)
            if cut is None or cut.end() == start:
                break
            start = cut.end()
        return start


class _Quotations:
    """Names in quotation marks that their last characters or the words behind them show to be tools."""

    def __init__(self, instruments: Instruments) -> None:
        self._rule = instruments.quoted
        self._cue = re.compile(f"(?:{any_of(self._rule.between)})?(?:{any_of(self._rule.cues)})")

    def find(self, text: str) -> list[Found]:
        quotes = list(_QUOTE.finditer(text))
        return [
            (Span(*quote.span(1)), _instrument(quote[1], "", _family_of(quote[1], self._rule)))
            for quote, cued in zip(quotes, self._cued(text, quotes), strict=True)
            if self._is_tool(quote[1], cued=cued)
        ]

    def _cued(self, text: str, quotes: list[re.Match[str]]) -> list[bool]:
        """Tell of each quotation whether a word behind it, or behind those listed with it, makes it a tool."""
        cued: list[bool] = []
        behind = -1  # where the quotation behind begins
        for quote in reversed(quotes):
            listed = behind == quote.end() + text.startswith("、", quote.end())
            cued.append(bool(self._cue.match(text, quote.end())) or (listed and cued[-1]))
            behind = quote.start()
        return cued[::-1]

    def _is_tool(self, name: str, *, cued: bool) -> bool:
        if not self._rule.shortest <= len(name) <= self._rule.longest or _BREAK.search(name):
            return False
        return not name.endswith(self._rule.never) and (cued or name.endswith(self._rule.ends))


def _counts(head: Head, modifier: str) -> bool:
    """Tell whether what stands before a head is specific enough to make a name of the two."""
    if len(modifier) < head.shortest or modifier in head.bare or (head.never and modifier.endswith(head.never)):
        return False
    return (not head.needs or any(word in modifier for word in head.needs)) and (
        not head.ends or modifier.endswith(head.ends)
    )


def _formed(text: str, span: Span, head: Head, known: Instrument | None, start: int) -> Instrument:
    """The instrument under the known concept in its name (信用类 + 绿色债券), else as its head at `start` says."""
    family = _family_of(text[span.start : start], head)
    above = known or Instrument("", "", head.concept, family)
    return _instrument(text[span.start : span.end], above.concept, above.family)


def _family_of(words: str, rule: Head | Quoted) -> str:
    """Return the family of the longest ending that `words` have, else that of the rule."""
    longest = max((end for end in rule.families if words.endswith(end)), key=len, default="")
    return rule.families.get(longest, rule.family)


def _instrument(name: str, concept: str, family: str) -> Instrument:
    return Instrument(content_id("instrument", name), name, concept, family)


def _opening(text: str, end: int) -> int:
    """Where the quotation or bracket that closes before `end` opens; -1 where it does not, or another closes in it."""
    mark = text[end - 1]
    opening = text.rfind(_OPENER[mark], max(0, end - _ENCLOSED), end)
    return -1 if opening >= 0 and mark in text[opening : end - 1] else opening


def _without_level(concept: Concept, levels: tuple[str, ...]) -> Iterator[str]:
    """Yield the labels to look for: not 国家重点研发计划, which is 重点研发计划 with a level word before it."""
    labels = set(concept.spoken)
    for label in concept.spoken:
        if not any(label.removeprefix(level) in labels - {label} for level in levels):
            yield label


def _with_abbreviation(text: str, end: int) -> int:
    match = _ABBREVIATION.match(text, end)
    return match.end() if match else end


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Tell whether a match begins or ends within a Latin word (ABS in ABSTRACT)."""
    return _within_latin(text, start) or _within_latin(text, end)


def _within_latin(text: str, at: int) -> bool:
    """Tell whether Latin letters or digits stand on either side of a place."""
    return 0 < at < len(text) and bool(_LATIN.match(text, at - 1) and _LATIN.match(text, at))


def _automaton(names: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest)
