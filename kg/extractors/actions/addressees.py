"""Finds for whom an action is meant: names of groups, listed (银行机构) and formed (民口企业), where they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extractors.actions import Addressee
from kg.extractors.actions.predicates import HIDDEN
from kg.lexicons.acts import ActLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_folded, any_of, irreducible

_FORMED = 8  # characters before the head of a formed name
_RELATIVE = 36  # characters of an attribute before a name


class AddresseeFinder:
    """Finds addressees and beneficiaries in hidden text; made once for a lexicon."""

    def __init__(self, lexicon: ActLexicon) -> None:
        self._public = {group.id for group in lexicon.addressees if group.public}
        self._groups = {fold(word): group for group in lexicon.addressees for word in (*group.heads, *group.words)}
        pieces = _Pieces(lexicon)
        self._list = re.compile(f"(?P<list>{pieces.list})")
        self._pivot = re.compile(f"{pieces.pivots}{pieces.relative}(?P<list>{pieces.list})")
        self._gain = re.compile(f"{pieces.beneficiary}{pieces.attribute}(?P<list>{pieces.list})")
        self._one = re.compile(pieces.one)
        self._modifiers = re.compile(f"{pieces.modifier}+")
        self._known = re.compile(f"(?:{any_folded(self._groups)})$")

    @property
    def names(self) -> frozenset[str]:
        """Every word without one of which a text names no addressee, folded."""
        return frozenset(self._groups)

    def at(self, text: str, start: int, end: int) -> tuple[Addressee, ...]:
        """Return those whom a verb that ends at `start` is about (鼓励|银行机构、保险机构参与…)."""
        return self._listed(text, self._pivot.match(text, start, end))

    def gaining(self, text: str, start: int, end: int) -> tuple[Addressee, ...]:
        """Return those who gain between `start` and `end` (为|小微企业|提供…)."""
        return self._listed(text, self._gain.search(text, start, end))

    def subject(self, text: str, start: int, end: int) -> tuple[tuple[Addressee, ...], int]:
        """Return the groups that a clause opens with, and where their list ends."""
        match = self._list.match(text, start, end)
        return (self._listed(text, match), match.end()) if match else ((), start)

    def public(self, addressees: Iterable[Addressee]) -> bool:
        """Tell whether one of them is a public body."""
        return any(one.group in self._public for one in addressees)

    def _listed(self, text: str, match: re.Match[str] | None) -> tuple[Addressee, ...]:
        return tuple(self._members(text, *match.span("list"))) if match else ()

    def _members(self, text: str, start: int, end: int) -> Iterator[Addressee]:
        for match in self._one.finditer(text, start, end):
            modifiers = self._modifiers.match(text, match.start(), match.end())
            begin = modifiers.end() if modifiers and modifiers.end() < match.end() else match.start()
            known = self._known.search(text, begin, match.end())
            if known is None:
                begin, known = match.start(), self._known.search(text, match.start(), match.end())
            if known:
                yield Addressee(text[begin : match.end()], Span(begin, match.end()), self._groups[known[0]].id)


class _Pieces:
    """What the patterns of addressees are put together from.

    Attributes:
        modifier: what counts or places a group and is no part of its name: `各类`, a hidden title.
        one: a group with its modifiers: `各类银行机构`, `民口企业`, but not 银行 of `银行支付`.
        list: groups in a row: `银行机构、保险机构和各类企业`.
        pivots: more verbs that have the same object: `、支持` of 鼓励、支持企业….
        relative: an attribute before the first group that holds no verb: `符合要求的`.
        attribute: any attribute before it: `投放贷款的`.
        beneficiary: what stands before those who gain: `为`, but not that of `为主`.
    """

    def __init__(self, lexicon: ActLexicon) -> None:
        joins = any_folded(lexicon.joins)
        verbs = any_folded({*lexicon.verbs, *(word for act in lexicon.acts for word in act.words)})
        self.modifier = f"(?:{any_of(irreducible(map(fold, lexicon.modifiers)))}|{HIDDEN})"
        self.one = f"{self.modifier}*(?:{self._name(lexicon, verbs)})"
        self.list = f"{self.one}(?:(?:{joins}){self.one})*"
        pivots = any_folded(word for act in lexicon.acts for word in act.pivots)
        self.pivots = f"(?:(?:{joins})?(?:{pivots}))*"
        self.relative = f"(?:(?!{verbs})[^,;:。]{{1,{_RELATIVE}}}?{lexicon.attributive})??"
        self.attribute = f"(?:[^,;:。]{{1,{_RELATIVE}}}?{lexicon.attributive})??"
        self.beneficiary = f"(?!{any_folded(lexicon.not_prepositions)})(?:{any_folded(lexicon.beneficiary)})"

    def _name(self, lexicon: ActLexicon, verbs: str) -> str:
        """Match the name of a group: `银行机构`, a listed one, or `民口企业`, formed with a head."""
        listed = any_folded(word for group in lexicon.addressees for word in group.words)
        heads = any_folded(head for group in lexicon.addressees for head in group.heads)
        first = f"(?!{any_folded(lexicon.joins)})"
        char = f'(?!{verbs}|{any_folded(lexicon.not_in_names)})[^,;:。、"“”()《》{HIDDEN} \\d]'
        ends = self._ends(lexicon)
        return f"(?:(?:{listed}){ends}|{first}(?:{char}){{0,{_FORMED}}}?(?:{listed}|{heads}){ends})"

    def _ends(self, lexicon: ActLexicon) -> str:
        """Match nothing, where a name may end: not before `支付`, nor before `建设` with nothing behind it."""
        no_name = any_folded((*lexicon.joins, *lexicon.not_in_names))
        at_end = f"(?:{any_folded(lexicon.nouns_at_end)})(?:$|[,;:。、]|{no_name})"
        return f"(?!{any_folded(lexicon.not_names)}|{at_end})"
