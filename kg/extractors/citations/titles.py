"""Titles within 《》, document numbers, and what makes two of them the same document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kg.lexicons.citations import CitationLexicon
from kg.model.document import Span, Work
from kg.text.fold import fold
from kg.text.patterns import any_of

LONGEST_TITLE = 150
_ISSUER = 40
_TITLE_MARKS = re.compile("[《》。,;\n]")


class TitleReader:
    """Reads titles and numbers and compares them; text is folded unless said otherwise."""

    def __init__(self, lexicon: CitationLexicon) -> None:
        self.lexicon = lexicon

    def find_titles(self, text: str) -> Iterator[Span]:
        """Yield titles with their marks, the outer one where they nest (《关于印发〈甲方案〉的通知》)."""
        at = text.find("《")
        while at >= 0:
            end = self._closing(text, at)
            if end is not None:
                yield Span(at, end)
            at = text.find("《", at + 1 if end is None else end)

    def _closing(self, text: str, start: int) -> int | None:
        """Return where the title that opens at `start` ends; one 》 may close two 《 (《关于印发《甲方案的通知》)."""
        limit = min(len(text), start + LONGEST_TITLE)
        depth, first = 0, None
        if text.find("》", start, limit) < 0:
            return None
        for match in _TITLE_MARKS.finditer(text, start, limit):
            char, at = match[0], match.start()
            depth += (char == "《") - (char == "》")
            if char == "》" and not depth:
                return at + 1
            if char == "》":
                first = first or at
            if char in "。\n" or (first and char in ",;"):
                break
        wrapped = first and text[start + 1 : first].endswith(self.lexicon.wrappers.endings)
        return first + 1 if first and wrapped and self.lexicon.wrappers.opening in text[start:first] else None

    def find_numbers(self, text: str, *, codes: bool = False) -> list[tuple[Span, str]]:
        """Return the numbers in `text`, normalised; with `codes` those too that say little alone (GB/T 1-2020)."""
        found = [
            (span, self.number(text[span.start : span.end]))
            for pattern in ((self._letters, self._orders) if self.lexicon.numbers.holds in text else ())
            for match in pattern.finditer(text)
            if (span := self._trimmed(match)) is not None
        ]
        if codes:
            found += [(Span(*match.span()), _tight(match.group())) for match in self._codes.finditer(text)]
        kept: list[tuple[Span, str]] = []
        for span, number in sorted(found):
            if not kept or span.start >= kept[-1][0].end:
                kept.append((span, number))
        return kept

    def number(self, words: str) -> str:
        """Return a number as it is compared: 〔〕 for every bracket, no blanks, no 第, no leading zero.

        国发 [2021] 第023号 becomes 国发〔2021〕23号; other forms lose their blanks only.
        """
        tight = _tight(fold(words))
        for prefix in self.lexicon.compared.prefixes:
            tight = tight.removeprefix(prefix)
        lettered = re.fullmatch(r"(\D+?)[(\[<{〈](\d{4})\D{1,3}?(\d+)(\D)", tight)
        if lettered is None:
            return tight
        sign, year, count, mark = lettered.groups()
        return f"{sign}〔{year}〕{int(count)}{mark}"

    @cached_property
    def _letters(self) -> re.Pattern[str]:
        return re.compile(self.lexicon.numbers.letters)

    @cached_property
    def _orders(self) -> re.Pattern[str]:
        return re.compile(self.lexicon.numbers.orders)

    @cached_property
    def _codes(self) -> re.Pattern[str]:
        return re.compile(self.lexicon.numbers.codes)

    @cached_property
    def _stops(self) -> re.Pattern[str]:
        return re.compile(any_of(self.lexicon.numbers.stops))

    def _trimmed(self, match: re.Match[str]) -> Span | None:
        """Take off the words before an agency's sign; nothing is left where there was no sign."""
        words = match.group()
        for prefix in self.lexicon.compared.prefixes:
            words = words.replace(prefix, "\0" * len(prefix))
        sign = re.match(r"[\0\u4e00-\u9fff]*", words)
        cut = self.cut(words, sign.end() if sign else 0)
        return Span(match.start() + cut, match.end()) if re.match(r"[\0\u4e00-\u9fff]", words[cut:]) else None

    def cut(self, words: str, end: int) -> int:
        """Return where a name begins after the last word before `end` that cannot be part of one (按照国发: 2)."""
        stops = list(self._stops.finditer(words, 0, end))
        return next((stop.end() for stop in reversed(stops) if stop.end() < len(words)), 0)

    def work(self, title: str, number: str = "", issuer: str = "", place: str = "") -> Work:
        """Return what a title and a number identify; `place` is the citing document's (我省 in 广东省)."""
        words = self._whole(fold(title).strip("《》"), place)
        before, rest = self._parted(words)
        rest = re.sub(rf"[({{](?:{self._edition_inside})[)}}]$", "", rest)
        for prefix in self.lexicon.compared.prefixes:
            rest = rest.removeprefix(prefix)
        generic = rest.startswith(self.lexicon.wrappers.opening)
        body = self._whole(fold(issuer), place) or before if generic else ""
        return Work(self._placed_number(number, place), self._bare(rest), self._body(body))

    def _body(self, issuer: str) -> str:
        """Return an issuer as it is compared; a title that names its own matter needs none, nor one in English."""
        for longer, shorter in self.lexicon.compared.shorter.items():
            issuer = issuer.replace(longer, shorter)
        return "" if issuer.isascii() else self._bare(issuer)

    @cached_property
    def _edition_inside(self) -> str:
        return self.lexicon.edition.strip("^$")

    def _whole(self, words: str, place: str) -> str:
        """Put the place for 我省, and before a title that begins with 省."""
        compared = self.lexicon.compared
        for level in compared.levels:
            if not place.endswith(level) or words.startswith(compared.no_level):
                continue
            for own in (*compared.own, ""):
                if words.startswith(own + level):
                    return place + words[len(own + level) :]
        return words

    def _placed_number(self, number: str, place: str) -> str:
        """Return a number that begins with 省 or 市 with its place, which alone makes it one."""
        level = next((level for level in self.lexicon.compared.levels if number.startswith(level)), "")
        return place[: -len(level)] + number if level and place.endswith(level) else number

    def _parted(self, words: str) -> tuple[str, str]:
        """Part the issuer before 关于 from the title, and take off 关于印发…的通知 around another."""
        wrap = self.lexicon.wrappers
        at = words.find(wrap.opening)
        before, rest = (words[:at], words[at:]) if 0 < at <= _ISSUER and "《" not in words[:at] else ("", words)
        match = self._wrapped.fullmatch(rest)
        if match is None:
            return before, rest
        inner_before, inner = self._parted(match.group(1).strip('《》〈〉<>“”" '))
        return before or inner_before, inner

    @cached_property
    def _wrapped(self) -> re.Pattern[str]:
        wrap = self.lexicon.wrappers
        return re.compile(rf"{wrap.opening}(?:{any_of(wrap.verbs)})(.+?)(?:{any_of(wrap.endings)})")

    def _bare(self, words: str) -> str:
        return words.translate(self._dropped).lower()

    @cached_property
    def _dropped(self) -> dict[int, str | None]:
        compared = self.lexicon.compared
        return {ord(dash): "-" for dash in compared.dashes} | {ord(mark): None for mark in fold(compared.dropped)}


def _tight(words: str) -> str:
    return re.sub(r"\s", "", words)
