"""Holds the vocabulary of instruments against its own examples and counterexamples."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kg.errors import LexiconError
from kg.extractors.instruments.find import InstrumentFinder
from kg.lexicons.instruments import Instruments


def check_examples(finder: InstrumentFinder, instruments: Instruments, source: Path = Path("instruments.yaml")) -> None:
    """Raise LexiconError, naming the entry, for the first example that is not found or counterexample that is.

    `finder` was made from `instruments`, these from the file `source`. Every label that is not general is an example
    of its concept.
    """
    for entry, problem in chain(_concept_faults(finder, instruments), _shape_faults(finder, instruments)):
        raise LexiconError(str(source), f"entry {entry}: {problem}", "mend the example or the rule")


def _concept_faults(finder: InstrumentFinder, instruments: Instruments) -> Iterator[tuple[str, str]]:
    for concept in instruments.concepts:
        for text in (*concept.spoken, *concept.examples):
            if concept.id not in _ids(finder, text):
                yield concept.id, f"is not found in {text}"
        for text in concept.counterexamples:
            if concept.id in _ids(finder, text):
                yield concept.id, f"is found in {text}"


def _shape_faults(finder: InstrumentFinder, instruments: Instruments) -> Iterator[tuple[str, str]]:
    rules = [(head.id, head.examples, head.counterexamples) for head in instruments.heads]
    rules.append(("quoted", instruments.quoted.examples, instruments.quoted.counterexamples))
    for entry, examples, counterexamples in rules:
        for text, name in examples.items():
            if name not in _names(finder, text):
                yield entry, f"{name} is not found in {text}"
        for text in counterexamples:
            if names := _names(finder, text):
                yield entry, f"{names[0]} is found in {text}"


def _ids(finder: InstrumentFinder, text: str) -> list[str]:
    return [instrument.concept for _, instrument in finder.find(text)]


def _names(finder: InstrumentFinder, text: str) -> list[str]:
    return [text[span.start : span.end] for span, _ in finder.find(text)]
