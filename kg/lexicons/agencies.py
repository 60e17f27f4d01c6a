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
from kg.lexicons.agency_names import (
    Agencies,
    AgencyWords,
    Branch,
    CentralBody,
    Function,
    GroupWords,
    Inverted,
    Level,
    LevelWords,
    LocalBody,
    NameType,
    Office,
    Reform,
    SharedName,
    Stem,
    UniqueBody,
    Validity,
)
from kg.lexicons.files import load_yaml, require_patterns, require_unique, require_words
from kg.text.patterns import any_of

__all__ = [
    "Agencies",
    "AgencyWords",
    "Branch",
    "CentralBody",
    "Function",
    "GroupWords",
    "Inverted",
    "Level",
    "LevelWords",
    "LocalBody",
    "NameType",
    "Office",
    "Reform",
    "SharedName",
    "Stem",
    "UniqueBody",
    "Validity",
    "load_agencies",
]

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LEVELS = ("province", "prefecture", "county", "corps", "zone")


def load_agencies(root: Path) -> Agencies:
    """Read and check the four files.

    Raises LexiconError for ids that stand twice, types that are not defined, a label on two bodies at one time,
    a form that makes two bodies of one branch, and examples that their own entry does not make.
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
    require_words(path, words)
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
    dated: list[Office | UniqueBody] = [*words.offices, *words.unique]
    for entry in dated:
        _check_validity(path, entry.id, entry.valid)


def _check_validity(path: Path, entry: str, valid: Mapping[str, str]) -> None:
    """Raise for keys other than from and to, for what is no date, and for an end before the start."""
    for key, day in valid.items():
        if key not in {"from", "to"} or (day and not _DAY.fullmatch(day)):
            raise LexiconError(
                str(path), f"entry {entry} has the validity {key}: {day}", "write from and to as YYYY-MM-DD"
            )
    start, end = valid.get("from", ""), valid.get("to", "")
    if start and end and end <= start:
        raise LexiconError(str(path), f"entry {entry} ends on {end} before it starts", "mend one of the dates")


def _check_levels(path: Path, agencies: Agencies) -> None:
    levels, types = agencies.levels, {type_.id for type_ in agencies.words.types}
    require_words(path, levels, may_be_empty=frozenset({"zone_heads"}))
    require_patterns(path, "aliases", [levels.aliases])
    for type_id, level in levels.type_levels.items():
        if type_id not in types or level not in _LEVELS:
            raise LexiconError(str(path), f"type_levels puts {type_id} at {level}", "use a type and a level there is")
    for level in levels.area_levels:
        if level not in _LEVELS:
            raise LexiconError(str(path), f"area_levels has the unknown level {level}", "use a level there is")


def _check_central(path: Path, agencies: Agencies) -> None:
    require_unique(path, agencies.central)
    require_words(path, agencies.central)
    ids = {body.id for body in agencies.central}
    for body in agencies.central:
        _check_validity(path, body.id, body.valid)
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
        validity = Validity(unique.valid.get("from", ""), unique.valid.get("to", ""))
        for label in {unique.official, unique.short, *unique.names} - {""}:
            yield label, unique.id, validity


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
    require_words(path, agencies.reforms)
    words = agencies.words
    entries: list[CentralBody | UniqueBody | Function | LocalBody | Office] = [
        *agencies.central,
        *words.unique,
        *words.functions,
        *words.bodies,
        *words.offices,
    ]
    known = {entry.id for entry in entries}
    for reform in agencies.reforms:
        if not _DAY.fullmatch(reform.date):
            raise LexiconError(
                str(path), f"entry {reform.id} has the date {reform.date}", "write it as YYYY-MM-DD or YYYY-MM"
            )
        for id_ in (*reform.before, *reform.after):
            if id_ not in known and re.sub(r"-\d{6}$", "", id_) not in known and id_.isascii():
                raise LexiconError(
                    str(path), f"entry {reform.id} names the unknown body {id_}", "add the body or mend the id"
                )


def _check_examples(path: Path, agencies: Agencies) -> None:
    """Hold every example against its own entry; before a formed name a prefix must be all that is left."""
    for id_, example in (*_unmade(agencies), *_unmatched(agencies)):
        raise LexiconError(str(path), f"entry {id_} does not make its example {example}", "mend either")


def _unmade(agencies: Agencies) -> Iterator[tuple[str, str]]:
    """Yield entry and example where no form of a department or body ends the example."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form, stems in agencies.stems.items():
        for stem in stems:
            forms[stem.id].append(form)
    entries: list[Function | LocalBody] = [*agencies.words.functions, *agencies.words.bodies]
    for entry in entries:
        endings = tuple(forms[entry.id])
        yield from ((entry.id, example) for example in entry.examples if not example.endswith(endings))


def _unmatched(agencies: Agencies) -> Iterator[tuple[str, str]]:
    """Yield entry and example where an inverted name, an office or a listed body does not match the example."""
    words = agencies.words
    rules: list[tuple[str, tuple[str, ...], str]] = []
    rules += [
        (entry.id, entry.examples, f"{re.escape(entry.before)}.+{re.escape(entry.after)}") for entry in words.inverted
    ]
    rules += [(office.id, office.examples, _placed(*office.patterns)) for office in words.offices]
    rules += [(one.id, shared.examples, _placed(shared.pattern)) for one in words.offices for shared in one.shared]
    rules += [
        (body.id, body.examples, any_of(filter(None, (body.official, body.short, *body.names))))
        for body in words.unique
    ]
    for id_, examples, pattern in rules:
        yield from ((id_, example) for example in examples if not re.fullmatch(pattern, example))


def _placed(*patterns: str) -> str:
    return any_of(patterns).replace(re.escape("{region}"), ".+")
