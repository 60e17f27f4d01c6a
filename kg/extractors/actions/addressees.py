"""Finds for whom an action is meant: names of groups, listed (银行机构) and formed (民口企业), where they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.lexicons.acts import ActLexicon
from kg.model.types import Addressee, Span
from kg.text.fold import fold
from kg.text.patterns import any_folded

_FORMED = 8
_RELATIVE = 36


class AddresseeFinder:
    """Finds addressees and beneficiaries in hidden text; built once for a lexicon."""

    def __init__(self, lexicon: ActLexicon) -> None:
        self._public = {group.id for group in lexicon.addressees if group.public}
        self._groups = {fold(word): group for group in lexicon.addressees for word in (*group.heads, *group.words)}
        verbs = any_folded({*lexicon.verbs, *(word for act in lexicon.acts for word in act.words)})
        listed = any_folded(word for group in lexicon.addressees for word in group.words)
        heads = any_folded(head for group in lexicon.addressees for head in group.heads)
        no_name = any_folded((*lexicon.joins, *lexicon.not_in_names))
        at_end = f"(?:{any_folded(lexicon.nouns_at_end)})(?:$|[,;:。、]|{no_name})"
        ends = f"(?!{any_folded(lexicon.not_names)}|{at_end})"
        char = f'(?!{verbs}|{any_folded(lexicon.not_in_names)})[^,;:。、"“”()《》\ue000 \\d]'
        first = f"(?!{any_folded(lexicon.joins)})"
        self._name = f"(?:(?:{listed}){ends}|{first}(?:{char}){{0,{_FORMED}}}?(?:{listed}|{heads}){ends})"
        modifier = f"(?:{any_folded(lexicon.modifiers)}|\ue000)*"
        one = f"{modifier}(?:{self._name})"
        self._list = f"{one}(?:(?:{any_folded(lexicon.joins)}){one})*"
        relative = f"(?:(?!{verbs})[^,;:。]{{1,{_RELATIVE}}}?{lexicon.attributive})??"
        pivots = any_folded(word for act in lexicon.acts for word in act.pivots)
        chain = f"(?:(?:{any_folded(lexicon.joins)})?(?:{pivots}))*"
        self._pivot = re.compile(f"{chain}{relative}(?P<list>{self._list})")
        loose = f"(?:[^,;:。]{{1,{_RELATIVE}}}?{lexicon.attributive})??"
        self._gain = re.compile(
            f"(?!{any_folded(lexicon.not_prepositions)})(?:{any_folded(lexicon.beneficiary)}){loose}(?P<list>{self._list})"
        )
        self._subject = re.compile(f"(?P<list>{self._list})")
        self._one = re.compile(one)
        self._strip = re.compile(f"(?:{any_folded(lexicon.modifiers)}|\ue000)+")
        self._known = re.compile(f"(?:{any_folded(self._groups)})$")

    def at(self, text: str, start: int, end: int) -> tuple[Addressee, ...]:
        """Return those whom a verb that ends at `start` is about (鼓励|银行机构、保险机构参与…)."""
        return self._listed(text, self._pivot.match(text, start, end))

    def gaining(self, text: str, start: int, end: int) -> tuple[Addressee, ...]:
        """Return those who gain between `start` and `end` (为|小微企业|提供…)."""
        match = self._gain.search(text, start, end)
        return self._listed(text, match)

    def subject(self, text: str, start: int, end: int) -> tuple[tuple[Addressee, ...], int]:
        """Return the groups that a clause opens with, and where their list ends."""
        match = self._subject.match(text, start, end)
        return (self._listed(text, match), match.end()) if match else ((), start)

    def public(self, addressees: Iterable[Addressee]) -> bool:
        """Tell whether one of them is a public body."""
        return any(one.group in self._public for one in addressees)

    def _listed(self, text: str, match: re.Match[str] | None) -> tuple[Addressee, ...]:
        return tuple(self._names(text, *match.span("list"))) if match else ()

    def _names(self, text: str, start: int, end: int) -> Iterator[Addressee]:
        for match in self._one.finditer(text, start, end):
            stripped = self._strip.match(text, match.start(), match.end())
            begin = stripped.end() if stripped and stripped.end() < match.end() else match.start()
            known = self._known.search(text, begin, match.end())
            if known is None:
                begin, known = match.start(), self._known.search(text, match.start(), match.end())
            if known:
                yield Addressee(text[begin : match.end()], Span(begin, match.end()), self._groups[known[0]].id)
