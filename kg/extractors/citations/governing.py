"""Which word governs a run of citations, and what relation it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.lexicons.citations import CitationLexicon
from kg.model.document import CitationRelation
from kg.text.fold import fold
from kg.text.patterns import any_folded, any_of

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
