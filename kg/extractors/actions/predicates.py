"""The verb of a clause that says what a body does or orders, and for whom the action is meant.

A verb is told from the same word in a noun. Names of groups are listed (银行机构) or formed (民口企业), and
count where they stand as addressees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import LexiconError
from kg.extractors.actions import Addressee
from kg.lexicons.acts import Act, ActLexicon
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.patterns import any_folded, any_of, irreducible, longest_first

HIDDEN = "\ue000"
"""Stands for each character of a title, a short quote or a bracket, in which no verb is looked for."""
_INSIDE = "[^,;:。]"  # a character of a clause
_PHRASE = 50  # characters of a phrase before the verb that nothing closes
_LEADING, _BETWEEN = 12, 6  # openers and adverbs in a row: without a limit, two words that read as one or as two
# (依法依规) double the ways to read a text each time they stand there again
_SET_APART = re.compile(
    r"《[^》\n]{0,150}》|[“\"][^“”\",。;\n]{1,16}[”\"]"  # a longer quotation is somebody's speech
    r"|\((?![^()\n]{1,3}\))[^()\n]*\)"  # in brackets as short as these stand numbers
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb in predicate position: its act, and where it stands."""

    act: Act
    cue: Span


def hide(folded: str) -> str:
    """Return folded text in which titles, short quotes and brackets are blotted out, offsets kept."""
    return _SET_APART.sub(lambda match: HIDDEN * len(match[0]), folded)


class PredicateFinder:
    """Finds the first verb of a clause; made once for a lexicon. Texts are hidden ones, as `hide` gives them.

    Raises LexiconError where the lexicon misses one of its own examples or takes a counterexample for an act.
    """

    def __init__(self, lexicon: ActLexicon) -> None:
        self._acts = {fold(word): act for act in lexicon.acts for word in act.words}
        self._modals = {fold(word): act for act in lexicon.acts for word in act.modals}
        self._pivots = frozenset((act.id, fold(word)) for act in lexicon.acts for word in act.pivots)
        pieces = _PredicatePieces(lexicon)
        self._opener, self._lead = re.compile(pieces.openers), re.compile(pieces.lead)
        self._verb = re.compile(f"{pieces.lead}(?:{pieces.phrase}{pieces.adverbs}){{0,2}}{pieces.verb}")
        self._fronted = re.compile(f"{pieces.lead}{pieces.fronted}")
        self._phrase = re.compile(f"{pieces.lead}{pieces.preposition}")
        self._obligation = re.compile(
            f"(?:{any_folded(lexicon.links)}){{0,{_BETWEEN}}}(?P<cue>{any_folded(self._modals)})"
        )
        _check_examples(self, lexicon)

    @property
    def cues(self) -> frozenset[str]:
        """Every word without one of which a text has no predicate, folded."""
        return frozenset((*self._acts, *self._modals))

    def find(self, text: str, start: int, end: int) -> Predicate | None:
        """Return the predicate of the clause that ends at `end`, looked for from `start` on, where a subject ends."""
        match = self._fronted.match(text, start, end)
        if match is not None:
            return Predicate(self._acts[match["cue"]], Span(*match.span("cue")))
        match = self._verb.match(text, start, end)
        act = self._acts[match["cue"]] if match else None
        return None if match is None or act is None or act.fronted else Predicate(act, Span(*match.span("cue")))

    def pivots(self, text: str, predicate: Predicate) -> bool:
        """Tell whether the object of a predicate in `text` may open with the one who is to act."""
        return (predicate.act.id, text[predicate.cue.start : predicate.cue.end]) in self._pivots

    def is_phrase(self, text: str, start: int, end: int) -> bool:
        """Tell whether a clause without a verb only leads up to one (以城市副中心为载体, 在京选择园区)."""
        return bool(self._phrase.match(text, start, end))

    def obligation(self, text: str, start: int, end: int) -> Predicate | None:
        """Return what a subject that ends at `start` has to do or not to do (要, 应当, 不得)."""
        match = self._obligation.match(text, start, end)
        return Predicate(self._modals[match["cue"]], Span(*match.span("cue"))) if match else None

    def begins(self, text: str, start: int, end: int) -> int:
        """Return where the clause from `start` to `end` begins behind its numbers, dates and links."""
        match = self._opener.match(text, start, end)
        return match.end() if match else start

    def leads(self, text: str, start: int, end: int) -> int:
        """Return where the clause from `start` to `end` begins behind its adverbs as well."""
        match = self._lead.match(text, start, end)
        return match.end() if match else start


class _PredicatePieces:
    """What the patterns of predicates are put together from.

    Attributes:
        openers: numbers, dates and links before a sentence, any number of them: `2021年，`, `（一）`.
        lead: what may stand before a predicate, openers and adverbs: `2021年进一步`.
        adverbs: what may stand between a phrase and its verb: `进一步`.
        preposition: what begins a phrase: `对`, but not that of `对接`.
        phrase: a phrase before the verb: `在财政贴息等方面`, `对加大投放的银行`, `在京`.
        verb: the verb in predicate position: `推动`, but not that of `推动力度`.
        fronted: an object before its verb, up to the verb: `将信息披露纳入`.
    """

    def __init__(self, lexicon: ActLexicon) -> None:
        words = any_folded(word for act in lexicon.acts for word in act.words)
        opener = "|".join(f"(?>{fold(pattern)})" for pattern in longest_first(lexicon.openers))
        self.openers = f"(?:{opener}){{0,{_LEADING}}}"
        self.lead = f"(?:{opener}|{any_of(_irreducible(lexicon.adverbs))}){{0,{_LEADING}}}"
        self.adverbs = f"(?:{any_of(_irreducible(word for word in lexicon.adverbs if len(word) > 1))}){{0,{_BETWEEN}}}"
        self.preposition = f"(?!{any_folded(lexicon.not_prepositions)})(?:{any_folded(lexicon.prepositions)})"
        closed = f"{_INSIDE}{{1,40}}?(?:{any_folded(lexicon.closes)}|{self._described(lexicon)})"
        open_ = f"(?:(?!{words}){_INSIDE}){{1,{_PHRASE}}}?(?!{any_folded(lexicon.nominal)})"  # it holds no verb
        self.phrase = f"(?:{self.preposition}{closed}|{self.preposition}{open_})"
        self.verb = f"(?P<cue>{words})(?!{any_folded(lexicon.nouns)})(?={_INSIDE})"
        fronted = any_folded(word for act in lexicon.acts if act.fronted for word in act.words)
        object_ = f"(?:{any_folded(lexicon.fronting)}){_INSIDE}{{2,60}}?"
        self.fronted = f"{object_}(?P<cue>{fronted})(?!{lexicon.attributive})"

    def _described(self, lexicon: ActLexicon) -> str:
        """Match what ends a phrase about somebody with an attribute: `的银行` of 对加大投放的银行给予奖励."""
        somebody = any_folded(word for group in lexicon.addressees for word in (*group.words, *group.heads))
        return f"{lexicon.attributive}[^,;:。{lexicon.attributive}]{{0,8}}?(?:{somebody})"


def _irreducible(words: Iterable[str]) -> list[str]:
    return irreducible(map(fold, words))


def _check_examples(finder: PredicateFinder, lexicon: ActLexicon) -> None:
    for act in lexicon.acts:
        for wanted, examples in ((True, act.examples), (False, act.counterexamples)):
            for example in examples:
                found = finder.find(hide(fold(example)), 0, len(example))
                if (found is not None and found.act.id == act.id) is not wanted:
                    raise LexiconError(
                        f"acts.yaml (entry {act.id})",
                        f"{'misses its example' if wanted else 'takes its counterexample'} {example}",
                        "mend the example or the words",
                    )


_FORMED = 8  # characters before the head of a formed name
_RELATIVE = 36  # characters of an attribute before a name


class AddresseeFinder:
    """Finds addressees and beneficiaries in hidden text; made once for a lexicon."""

    def __init__(self, lexicon: ActLexicon) -> None:
        self._public = {group.id for group in lexicon.addressees if group.public}
        self._groups = {fold(word): group for group in lexicon.addressees for word in (*group.heads, *group.words)}
        pieces = _AddresseePieces(lexicon)
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


class _AddresseePieces:
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
