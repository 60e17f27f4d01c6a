"""How bodies are named: ``agencies.yaml``, ``central.yaml``, ``levels.yaml`` and ``reforms.yaml`` of the lexicons.

A department below the centre is a jurisdiction, a stem (发展改革) and a type (委); only stems and types are listed.
Central bodies, exchanges and the like are listed one by one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicons.agency_entries import (
    AgencyWords,
    CentralBody,
    Function,
    LocalBody,
    Office,
    Reform,
    SharedName,
    UniqueBody,
)
from kg.lexicons.agency_names import Agencies, Stem
from kg.lexicons.entry import Validity
from kg.lexicons.files import load_yaml, require_unique
from kg.lexicons.levels import Level, LevelWords
from kg.text.patterns import any_of

__all__ = [
    "Agencies",
    "CentralBody",
    "Function",
    "Level",
    "LocalBody",
    "Office",
    "Reform",
    "SharedName",
    "Stem",
    "UniqueBody",
    "load_agencies",
]

_REGION = "{region}"


def load_agencies(root: Path) -> Agencies:
    """Read and check the four files.

    Raises LexiconError with file and line for what does not fit, and with file and entry for an id that stands twice,
    an unknown type, a label on two bodies at one time, a form that makes two bodies of one branch, and an example or a
    pattern that the entry does not make.
    """
    folder = root / "lexicons"
    agencies = Agencies(
        load_yaml(folder / "agencies.yaml", AgencyWords),
        load_yaml(folder / "central.yaml", tuple[CentralBody, ...]),
        load_yaml(folder / "levels.yaml", LevelWords),
        load_yaml(folder / "reforms.yaml", tuple[Reform, ...]),
    )
    _check_words(folder / "agencies.yaml", agencies.words)
    _check_levels(folder / "levels.yaml", agencies)
    _check_central(folder / "central.yaml", agencies)
    _check_reforms(folder / "reforms.yaml", agencies)
    _check_labels(folder / "agencies.yaml", agencies)
    _check_examples(folder / "agencies.yaml", agencies)
    return agencies


def _check_words(path: Path, words: AgencyWords) -> None:
    require_unique(path, words.types)
    require_unique(path, [*words.functions, *words.bodies, *words.inverted, *words.offices, *words.unique])
    known = {type_.id for type_ in words.types}
    for function in words.functions:
        for type_id in function.types:
            if type_id not in known:
                raise LexiconError(
                    str(path), f"entry {function.id} has the unknown type {type_id}", "define it in types"
                )
    offices = {office.id for office in words.offices}
    for body in words.bodies:
        if body.office and body.office not in offices:
            raise LexiconError(str(path), f"entry {body.id} has the unknown office {body.office}", "mend the id")
    _check_validity(path, [*words.offices, *words.unique])


def _check_validity(path: Path, entries: Iterable[Office | UniqueBody | CentralBody]) -> None:
    """Raise for an end before the start."""
    for entry in entries:
        start, end = entry.validity.start, entry.validity.end
        if start and end and end <= start:
            raise LexiconError(str(path), f"entry {entry.id} ends on {end} before it starts", "mend one of the dates")


def _check_levels(path: Path, agencies: Agencies) -> None:
    types = {type_.id for type_ in agencies.words.types}
    levels = agencies.levels
    for type_id in (
        *levels.type_levels,
        *levels.type_english,
        *(id_ for ids in levels.type_ranks.values() for id_ in ids),
    ):
        if type_id not in types:
            raise LexiconError(str(path), f"names the unknown type {type_id}", "use one that agencies.yaml defines")


def _check_central(path: Path, agencies: Agencies) -> None:
    require_unique(path, agencies.central)
    _check_validity(path, agencies.central)
    ids = {body.id for body in agencies.central}
    for body in agencies.central:
        if body.parent and body.parent not in ids:
            raise LexiconError(
                str(path), f"entry {body.id} has the unknown parent {body.parent}", "add it or mend the id"
            )
    _refuse_shared(path, ((label, body.id, body.validity) for body in agencies.central for label in body.labels))


def _check_labels(path: Path, agencies: Agencies) -> None:
    """Raise for a label of a listed body that another has at one time, and for a form that makes two bodies."""
    _refuse_shared(path, _listed_labels(agencies))
    for form, stems in agencies.stems.items():
        for one, other in combinations(stems, 2):
            if one.branch == other.branch:
                raise LexiconError(
                    str(path), f"{form} is made by {one.id} and by {other.id}", "take the form from one of them"
                )


def _listed_labels(agencies: Agencies) -> Iterator[tuple[str, str, Validity]]:
    for label, bodies in agencies.central_labels.items():
        yield from ((label, body.id, body.validity) for body in bodies)
    for unique in agencies.words.unique:
        yield from ((label, unique.id, unique.validity) for label in unique.labels)


def _refuse_shared(path: Path, labelled: Iterable[tuple[str, str, Validity]]) -> None:
    owners: defaultdict[str, list[tuple[str, Validity]]] = defaultdict(list)
    for label, id_, validity in labelled:
        for other, when in owners[label]:
            if when.overlaps(validity):
                raise LexiconError(
                    str(path),
                    f"{label} stands on {other} and {id_} at one time",
                    "take it from one or part their validity",
                )
        owners[label].append((id_, validity))


def _check_reforms(path: Path, agencies: Agencies) -> None:
    require_unique(path, agencies.reforms)
    words = agencies.words
    entries = (agencies.central, words.unique, words.functions, words.bodies, words.offices)
    known = {entry.id for listed in entries for entry in listed}
    forms = _forms(agencies)
    for reform in agencies.reforms:
        for id_ in (*reform.before, *reform.after):
            if id_ not in known and re.sub(r"-\d{6}$", "", id_) not in known and id_.isascii():
                raise LexiconError(
                    str(path), f"entry {reform.id} names the unknown body {id_}", "add the body or mend the id"
                )
        for pattern in _strange_patterns(reform, forms):
            what = f"entry {reform.id} has {pattern}, which names none of its bodies"
            raise LexiconError(str(path), what, "mend the pattern or the ids")


def _strange_patterns(reform: Reform, forms: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the patterns that no name of the bodies ends, where these have identifiers."""
    for pattern, ids in ((reform.before_pattern, reform.before), (reform.after_pattern, reform.after)):
        if pattern and all(map(str.isascii, ids)) and not pattern.endswith(tuple(f for id_ in ids for f in forms[id_])):
            yield pattern


def _forms(agencies: Agencies) -> Mapping[str, tuple[str, ...]]:
    """Return the forms that each local body makes, with {region} in those of offices."""
    forms: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for form, stems in agencies.stems.items():
        for stem in stems:
            forms[stem.id] += (form,)
    for office in agencies.words.offices:
        forms[office.id] += (*office.patterns, *(shared.pattern for shared in office.shared))
    return forms


def _check_examples(path: Path, agencies: Agencies) -> None:
    """Hold every example against its own entry; before a formed name a prefix must be all that is left."""
    for id_, example in (*_unmade(agencies), *_unmatched(agencies)):
        raise LexiconError(str(path), f"entry {id_} does not make its example {example}", "mend either")


def _unmade(agencies: Agencies) -> Iterator[tuple[str, str]]:
    """Yield entry and example where no form of a department or body ends the example."""
    forms = _forms(agencies)
    entries: list[Function | LocalBody] = [*agencies.words.functions, *agencies.words.bodies]
    for entry in entries:
        yield from ((entry.id, example) for example in entry.examples if not example.endswith(forms[entry.id]))


def _unmatched(agencies: Agencies) -> Iterator[tuple[str, str]]:
    """Yield entry and example where an inverted name, an office or a listed body does not match the example."""
    words = agencies.words
    rules: list[tuple[str, tuple[str, ...], str]] = []
    rules += [
        (entry.id, entry.examples, f"{re.escape(entry.before)}.+{re.escape(entry.after)}") for entry in words.inverted
    ]
    rules += [(office.id, office.examples, _placed(*office.patterns)) for office in words.offices]
    rules += [(one.id, shared.examples, _placed(shared.pattern)) for one in words.offices for shared in one.shared]
    rules += [(body.id, body.examples, any_of(body.labels)) for body in words.unique]
    for id_, examples, pattern in rules:
        yield from ((id_, example) for example in examples if not re.fullmatch(pattern, example))


def _placed(*patterns: str) -> str:
    return any_of(patterns).replace(re.escape(_REGION), ".+")
