"""Finds the verb of a clause that says what a body does or orders, and tells it from the same word in a noun."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import LexiconError
from kg.lexicons.acts import Act, ActLexicon
from kg.model.types import Span
from kg.text.fold import fold
from kg.text.patterns import any_folded

HIDDEN = "\ue000"
"""Stands for each character of a title, a short quote or a bracket, in which no verb is looked for."""
_PHRASE = 50
_SET_APART = re.compile(
    r"《[^》\n]*》|[“\"][^“”\",。;\n]{1,16}[”\"]"  # a longer quotation is somebody's speech
    r"|\((?![^()\n]{1,3}\))[^()\n]*\)"  # in brackets as short as these stand numbers
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb in predicate position: its act, and where it stands."""

    act: Act
    cue: Span


def hide(text: str) -> str:
    """Return folded text in which titles, short quotes and brackets are blotted out, offsets kept."""
    return _SET_APART.sub(lambda match: HIDDEN * len(match[0]), fold(text))


class PredicateFinder:
    """Finds the first verb of a clause; built once for a lexicon.

    Raises LexiconError where the lexicon misses one of its own examples or takes a counterexample for an act.
    """

    def __init__(self, lexicon: ActLexicon) -> None:
        words = {fold(word): act for act in lexicon.acts for word in act.words}
        self._acts = words
        self._modals = {fold(word): act for act in lexicon.acts for word in act.modals}
        verb = f"(?P<cue>{any_folded(words)})(?!{any_folded(lexicon.nouns)})(?=[^,;:。])"
        front = f"(?:{any_folded(word for word in lexicon.adverbs if len(word) > 1)})*"
        opener = f"(?:{'|'.join(map(fold, lexicon.openers))})"
        self._lead = re.compile(f"(?:{opener}|{any_folded(lexicon.adverbs)})*")
        self._opener = re.compile(f"{opener}*")
        held = f"(?:(?!{any_folded(words)})[^,;:。])"
        somebody = any_folded(word for group in lexicon.addressees for word in (*group.words, *group.heads))
        described = (
            f"{lexicon.attributive}[^,;:。{lexicon.attributive}]{{0,8}}?(?:{somebody})"  # 对加大投放的银行给予奖励
        )
        closed = f"[^,;:。]{{1,40}}?(?:{any_folded(lexicon.closes)}|{described})"
        preposition = f"(?!{any_folded(lexicon.not_prepositions)})(?:{any_folded(lexicon.prepositions)})"
        lead = f"(?:{opener}|{any_folded(lexicon.adverbs)})*"
        open_phrase = f"{preposition}{held}{{1,{_PHRASE}}}?(?!{any_folded(lexicon.nominal)})"
        self._verb = re.compile(f"{lead}(?:(?:{preposition}{closed}|{open_phrase}){front}){{0,2}}{verb}")
        fronted = any_folded(word for word, act in words.items() if act.fronted)
        fronting = any_folded(lexicon.fronting)
        self._fronted = re.compile(f"{lead}(?:{fronting})[^,;:。]{{2,60}}?(?P<cue>{fronted})(?!{lexicon.attributive})")
        self._phrase = re.compile(f"{lead}{preposition}")
        self._modal = re.compile(f"(?:{any_folded(lexicon.links)})*(?P<cue>{any_folded(self._modals)})")
        _check_examples(self, lexicon)

    def find(self, clause: str, start: int = 0) -> Predicate | None:
        """Return the predicate of a clause of hidden text, looked for from `start` on, where a subject ends."""
        found = self._match(self._fronted, clause, start)
        if found is not None:
            return found
        found = self._match(self._verb, clause, start)
        return None if found is None or found.act.fronted else found

    def _match(self, pattern: re.Pattern[str], clause: str, start: int) -> Predicate | None:
        match = pattern.match(clause, start)
        return Predicate(self._acts[match["cue"]], Span(*match.span("cue"))) if match else None

    def pivots(self, text: str, predicate: Predicate) -> bool:
        """Tell whether the object of a predicate in `text` may open with the one who is to act."""
        return text[predicate.cue.start : predicate.cue.end] in map(fold, predicate.act.pivots)

    def is_phrase(self, clause: str, start: int) -> bool:
        """Tell whether a clause without a verb only leads up to one (以城市副中心为载体, 在京选择园区)."""
        return bool(self._phrase.match(clause, start))

    def told(self, clause: str, start: int) -> Predicate | None:
        """Return what a subject that ends at `start` is told to do or not to do (要, 应当, 不得)."""
        match = self._modal.match(clause, start)
        return Predicate(self._modals[match["cue"]], Span(*match.span("cue"))) if match else None

    def begins(self, clause: str, start: int = 0) -> int:
        """Return where a clause begins behind its numbers, dates and links."""
        match = self._opener.match(clause, start)
        return match.end() if match else start

    def leads(self, clause: str, start: int = 0) -> int:
        """Return where a clause begins behind its adverbs as well."""
        match = self._lead.match(clause, start)
        return match.end() if match else start


def _check_examples(finder: PredicateFinder, lexicon: ActLexicon) -> None:
    for act in lexicon.acts:
        for wanted, examples in ((True, act.examples), (False, act.counterexamples)):
            for example in examples:
                found = finder.find(hide(example))
                if (found is not None and found.act.id == act.id) is not wanted:
                    raise LexiconError(
                        f"acts.yaml (entry {act.id})",
                        f"{'misses its example' if wanted else 'takes its counterexample'} {example}",
                        "mend the example or the words",
                    )
