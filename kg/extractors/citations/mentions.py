"""Where a paragraph names documents, and which word says the relation that a run of them stands in.

Documents are named by titles in 《》, by document numbers, and a few by names that need no marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extractors.citations.titles import LONGEST_TITLE, TitleReader
from kg.lexicons.citations import CitationLexicon
from kg.model.document import CitationRelation, Span
from kg.text.fold import fold
from kg.text.patterns import any_folded, any_of

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


_REACH = 24
_SHORT = 12
_WEAK = frozenset({CitationRelation.CITES, CitationRelation.REPORTS})


@dataclass(frozen=True, slots=True)
class Governed:
    """A relation with the word that says it, and where that word begins and ends in the text it was looked for in."""

    relation: CitationRelation
    cue: str
    start: int
    end: int


class Governor:
    """Reads the words before and behind a run of titles; both texts are folded, titles and bodies taken out."""

    def __init__(self, lexicon: CitationLexicon) -> None:
        self.relations = lexicon.relations
        self._of = lexicon.attributive
        self._issued = re.compile(f"{lexicon.issuer_after}$")
        self._issuer = re.compile(f"(?:{lexicon.issuer_links}{lexicon.issuer})*{lexicon.issuer_after}$")

    def find(self, before: str, after: str) -> Governed | None:
        """Return what governs, a word that binds in front first, then one behind, then one that says little.

        Offsets count from the start of `before`, with those of a word behind going on after its end.
        """
        front = self._around(before, after) or self._front(self._unissued(before))
        if front is not None and front.relation not in _WEAK:
            return front
        return self._behind(after, len(before)) or front

    def _unissued(self, before: str) -> str:
        """Take off the issuing that only describes the title: 贯彻落实国务院印发的《…》."""
        issued = self._issued.search(before)
        attributive = issued is not None and issued.group().rstrip().endswith(fold(self._of))
        return before[: issued.start()] if issued is not None and attributive else before

    def _around(self, before: str, after: str) -> Governed | None:
        for relation, first_words, second_words in self._pairs:
            if after.startswith(second_words):
                first = _last(first_words, before)
                if first and len(before) - first.end() <= _SHORT:
                    return Governed(relation, first.group(), first.start(), first.end())
        return None

    @cached_property
    def _pairs(self) -> list[tuple[CitationRelation, re.Pattern[str], tuple[str, ...]]]:
        """The words that say a relation together: a pattern of those in front, and those right behind."""
        return [
            (cues.relation, re.compile(any_of(pair.before)), tuple(map(fold, pair.after)))
            for cues in self.relations
            for pair in cues.around
        ]

    @cached_property
    def _before(self) -> tuple[re.Pattern[str], dict[str, CitationRelation]]:
        words = {fold(word): cues.relation for cues in self.relations for word in cues.before}
        return re.compile(any_of(words)), words

    @cached_property
    def _near(self) -> tuple[re.Pattern[str], dict[str, CitationRelation]]:
        words = {fold(word): cues.relation for cues in self.relations for word in cues.near}
        return re.compile(f"(?:{any_of(words)})$"), words

    def _front(self, before: str) -> Governed | None:
        pattern, words = self._before
        match = _last(pattern, before)
        if match is not None and len(before[match.end() :].replace("\0", "")) <= _REACH:
            return Governed(words[match.group()], match.group(), *match.span())
        pattern, words = self._near
        bare = self._issuer.sub("", before.rstrip("\0 "))
        match = pattern.search(bare.rstrip("\0 "))
        return Governed(words[match.group()], match.group(), *match.span()) if match else None

    def _behind(self, after: str, offset: int) -> Governed | None:
        for cues in self.relations:
            if not cues.after:
                continue
            window = after if cues.across else re.split(r"[,:]", after, maxsplit=1)[0]
            match = self._after[cues.id].search(window[: cues.reach + 12])
            if match is None or match.start() > cues.reach:
                continue
            if not any(word in window[: match.start()] for word in cues.unless):
                return Governed(cues.relation, match.group(), offset + match.start(), offset + match.end())
        return None

    @cached_property
    def _after(self) -> dict[str, re.Pattern[str]]:
        return {cues.id: re.compile(any_folded(cues.after)) for cues in self.relations if cues.after}


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    match = None
    for match in pattern.finditer(text):  # noqa: B007  # the last one is wanted
        pass
    return match
