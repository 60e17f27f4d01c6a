"""Where a paragraph names documents: titles in 《》, document numbers, and a few names that need no marks."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extractors.citations.titles import LONGEST_TITLE, TitleReader
from kg.lexicons.citations import CitationLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_of

_NOTICE = 12  # characters before a title within which the notice around it begins: 关于印发
_LONGEST_NOTE = 160  # of what stands in brackets behind a title


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document named in a text.

    Attributes:
        span: its title with marks and the notice around it, or its number.
        end: where the brackets that follow the title end.
        title: the title without marks.
        number: the normalised document number, from the brackets or the text.
        alias: the short name given to it (以下简称《意见》).
        date: the year of a revision (2020年修订).
        attachment: the words that make it an attachment (附件1).
    """

    span: Span
    end: int
    title: str = ""
    number: str = ""
    alias: str = ""
    date: str = ""
    attachment: str = ""


class MentionFinder:
    """Finds the documents that a paragraph names; made once for a lexicon."""

    def __init__(self, lexicon: CitationLexicon, titles: TitleReader) -> None:
        self._titles = titles
        self._holds = ("《", lexicon.numbers.holds, *(fold(entry.holds) for entry in lexicon.unmarked))
        self._left_out, self._left_out_endings = frozenset(lexicon.left_out), lexicon.left_out_endings
        self._unmarked = tuple((fold(entry.holds), re.compile(fold(entry.pattern))) for entry in lexicon.unmarked)
        self._unmarked_title = re.compile(lexicon.unmarked_title)
        self._aliases = re.compile(fold(lexicon.aliases))
        self._edition, self._attachment = re.compile(lexicon.edition), re.compile(lexicon.attachment)
        wrap = lexicon.wrappers
        self._notice = re.compile(rf"{wrap.opening}(?:{any_of((*wrap.verbs, *wrap.forwarding))})$")
        self._notice_endings = wrap.endings

    def find(self, text: str, folded: str) -> list[DocumentMention]:
        """Return the documents named in `text`, in its order, none overlapping; no forms, papers or general words."""
        if not any(word in folded for word in self._holds):
            return []
        mentions = [self._titled(text, folded, span) for span in self._titles.find_titles(folded)]
        taken = _Taken()
        kept = [mention for mention in mentions if taken.add(mention.span.start, mention.end)]
        kept += [mention for mention in self._unmarked_in(text, folded) if taken.add(mention.span.start, mention.end)]
        return [mention for mention in sorted(kept, key=lambda one: one.span) if not self._is_left_out(mention)]

    def _is_left_out(self, mention: DocumentMention) -> bool:
        """Tell whether a title is a form, a paper or a general word."""
        title = bare(mention.title)
        left_out = title in self._left_out or title.endswith(self._left_out_endings)
        return bool(title) and not mention.number and left_out

    def _titled(self, text: str, folded: str, span: Span) -> DocumentMention:
        title = text[span.start + 1 : span.end - 1].strip()
        return self._with_notes(text, folded, DocumentMention(self._with_notice(folded, span), 0, title))

    def _with_notice(self, folded: str, span: Span) -> Span:
        """Take in the notice around a title: 关于印发《…》的通知."""
        ending = next((word for word in self._notice_endings if folded.startswith(word, span.end)), "")
        opening = ending and self._notice.search(folded, max(0, span.start - _NOTICE), span.start)
        return Span(opening.start(), span.end + len(ending)) if opening else span

    def _unmarked_in(self, text: str, folded: str) -> Iterator[DocumentMention]:
        """Yield what is named without 《》, the names that the lexicon lists first."""
        for holds, pattern in self._unmarked:
            for match in pattern.finditer(folded) if holds in folded else ():
                before = match.groupdict().get("before") or ""
                span = Span(match.start() + self._titles.cut(before, len(before)), match.end())
                yield self._with_notes(text, folded, DocumentMention(span, 0, text[span.start : span.end]))
        for span, number in self._titles.find_numbers(folded):
            yield self._numbered(text, folded, span, number)

    def _numbered(self, text: str, folded: str, span: Span, number: str) -> DocumentMention:
        """Read a number, with the title before it where it stands in brackets behind one."""
        opening = folded.rfind("(", max(0, span.start - 1), span.start)
        begin = max(0, opening - LONGEST_TITLE)
        title = self._unmarked_title.search(folded, begin, opening) if opening >= 0 else None
        if title is None or _closing(folded, opening) is None:
            return self._with_notes(text, folded, DocumentMention(span, 0, "", number))
        words = text[title.start() : title.end()]
        return self._with_notes(text, folded, DocumentMention(Span(title.start(), title.end()), 0, words))

    def _with_notes(self, text: str, folded: str, mention: DocumentMention) -> DocumentMention:
        """Read the brackets behind a title: number, short name, revision, attachment."""
        at = mention.span.end
        while True:
            start = at
            while folded.startswith(" ", start):
                start += 1
            end = _closing(folded, start)
            if end is None:
                return replace(mention, end=at)
            mention = self._noted(text, folded, mention, Span(start + 1, end - 1))
            at = end

    def _noted(self, text: str, folded: str, mention: DocumentMention, note: Span) -> DocumentMention:
        words, written = folded[note.start : note.end], text[note.start : note.end]
        numbers = self._titles.find_numbers(words, codes=True)
        alias = self._aliases.search(words)
        edition, attachment = self._edition.match(words.strip()), self._attachment.match(words.strip())
        return replace(
            mention,
            number=mention.number or (numbers[0][1] if numbers else ""),
            alias=mention.alias or (written[alias.start(1) : alias.end(1)].strip() if alias else ""),
            date=mention.date or (edition.group(1) if edition else ""),
            attachment=mention.attachment or (written.strip() if attachment else ""),
        )


class _Taken:
    """The stretches of a text that mentions take up, none overlapping."""

    def __init__(self) -> None:
        self._stretches: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> bool:
        """Take up a stretch; return False where a part of it is taken already."""
        number = bisect_left(self._stretches, (start, end))
        overlaps_next = number < len(self._stretches) and self._stretches[number][0] < end
        if overlaps_next or (number > 0 and self._stretches[number - 1][1] > start):
            return False
        insort(self._stretches, (start, end))
        return True


def bare(title: str) -> str:
    """Return a folded title without the brackets at its end: （试行）, （2021-2025年）."""
    return re.sub(r"(?:\([^()]*\)\s*)+$", "", fold(title)).rstrip("〉>》 ")


def _closing(folded: str, start: int) -> int | None:
    """Return the end of the bracket that opens at `start`, if one does; brackets of all kinds close one another."""
    if start < 0 or not folded.startswith("(", start):
        return None
    depth = 0
    for at in range(start, min(len(folded), start + _LONGEST_NOTE)):
        depth += (folded[at] in "([{") - (folded[at] in ")]}")
        if not depth:
            return at + 1
    return None
