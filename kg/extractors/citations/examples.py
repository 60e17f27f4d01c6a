"""Holds the words of citations against their own examples and counterexamples."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kg.errors import LexiconError
from kg.extractors.citations.find import CitationFinder
from kg.text.fold import fold


def check_examples(finder: CitationFinder, source: str) -> None:
    """Raise LexiconError, naming the entry, for the first example that is not read as it says."""
    for entry, problem in chain(_relation_faults(finder), _number_faults(finder), _name_faults(finder)):
        raise LexiconError(source, f"entry {entry}: {problem}", "mend the example or the rule")


def _relation_faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    for cues in finder.lexicon.relations:
        for example in cues.examples:
            if [match.relation for match in finder.find(example)][:1] != [cues.relation]:
                yield cues.id, f"is not said in {example}"
        for example in cues.counterexamples:
            if cues.relation in (match.relation for match in finder.find(example)):
                yield cues.id, f"is said in {example}"


def _number_faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    for words, number in finder.lexicon.numbers.examples.items():
        if [found for _, found in finder.titles.find_numbers(fold(words))] != [number]:
            yield "numbers", f"{number} is not read in {words}"


def _name_faults(finder: CitationFinder) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with names that need no marks, and with titles that are left out."""
    for entry in finder.lexicon.unmarked:
        for example in entry.examples:
            if len(finder.find(example)) != 1:
                yield entry.pattern, f"is not found in {example}"
        for example in entry.counterexamples:
            if finder.find(example):
                yield entry.pattern, f"is found in {example}"
    for example in finder.lexicon.left_out_examples:
        if finder.find(example):
            yield "left_out", f"a citation is found in {example}"
