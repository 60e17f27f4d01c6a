"""The lexicons as a page to read: every field of every file with its type, its meaning and an example from the data."""

from __future__ import annotations

import csv
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import inspect as types

from kg.lexicons.acts import ActLexicon
from kg.lexicons.agency_entries import AgencyWords, CentralBody, Reform
from kg.lexicons.announcements import Announcements
from kg.lexicons.citations import CitationLexicon
from kg.lexicons.corpora import CorpusWords
from kg.lexicons.cue_words import CueWords
from kg.lexicons.deadlines import DeadlineWords
from kg.lexicons.documents import DocumentWords
from kg.lexicons.entry import ORDERED, Day, Pattern
from kg.lexicons.files import ontology_root, parse_yaml, read_text
from kg.lexicons.instruments import Instruments
from kg.lexicons.levels import JurisdictionWords, LevelWords
from kg.lexicons.numbering import Numbering
from kg.lexicons.region_entries import Division, RegionCues, RegionGroup
from kg.lexicons.targets import TargetLexicon

LEXICONS: Mapping[str, type] = {
    "regions.csv": tuple[Division, ...],
    "lexicons/region-groups.yaml": tuple[RegionGroup, ...],
    "lexicons/region-cues.yaml": RegionCues,
    "lexicons/agencies.yaml": AgencyWords,
    "lexicons/central.yaml": tuple[CentralBody, ...],
    "lexicons/reforms.yaml": tuple[Reform, ...],
    "lexicons/levels.yaml": LevelWords,
    "lexicons/jurisdictions.yaml": JurisdictionWords,
    "lexicons/cues.yaml": CueWords,
    "lexicons/numbering.yaml": Numbering,
    "lexicons/documents.yaml": DocumentWords,
    "lexicons/corpora.yaml": CorpusWords,
    "lexicons/announcements.yaml": Announcements,
    "lexicons/instruments.yaml": Instruments,
    "lexicons/deadlines.yaml": DeadlineWords,
    "lexicons/targets.yaml": TargetLexicon,
    "lexicons/acts.yaml": ActLexicon,
    "lexicons/citations.yaml": CitationLexicon,
}
"""What each file of the domain data is loaded as, in the order of the page."""

_HEAD = (
    "<!-- Generated from kg/lexicons and ontology by `make docs`; edit those and tools/lexicon_page.md, not this. -->"
)
_TABLE = "| Key | Type | Ordered | Meaning | Example |\n|---|---|---|---|---|"
_LONGEST, _SHOWN = 48, 3  # characters of an example, values of a list in it


def lexicon_page(root: Path | None = None) -> str:
    """Return the page: what is written by hand in ``lexicon_page.md``, then the fields of all files under `root`."""
    folder = root or ontology_root()
    written = Path(__file__).with_suffix(".md").read_text(encoding="utf-8").rstrip()
    files = [line for name, type_ in LEXICONS.items() for line in _file(name, type_, read_values(folder / name))]
    return "\n".join([_HEAD, "", written, *files]) + "\n"


def read_values(path: Path) -> object:
    """Return the plain values of a file of the domain data; a semicolon parts the values of a cell."""
    if path.suffix == ".yaml":
        return parse_yaml(path, read_text(path))
    with path.open(encoding="utf-8", newline="") as stream:
        return [{key: value for key, value in row.items() if value} for row in csv.DictReader(stream)]


def structs(type_: type) -> Mapping[type, types.StructType]:
    """Return the Structs that a file is made of, the outer before the inner, each once."""
    found: dict[type, types.StructType] = {}
    _collect(types.type_info(type_), found)
    return found


def described(struct: type) -> Mapping[str, str]:
    """Return what the docstrings of a Struct and of its bases say of each field, by the field's name."""
    found: dict[str, str] = {}
    for class_ in reversed(struct.__mro__):
        _, _, listed = inspect.cleandoc(class_.__doc__ or "").partition("Attributes:\n")
        joined = re.sub(r"\n {8,}", " ", listed)
        found |= {name: text.strip() for name, text in re.findall(r"^ {4}(\w+): (.*)$", joined, re.MULTILINE)}
    return found


def _collect(type_: types.Type, found: dict[type, types.StructType]) -> None:
    if isinstance(type_, types.StructType):
        if type_.cls not in found:
            found[type_.cls] = type_
            for field in type_.fields:
                _collect(field.type, found)
    else:
        for inner in _inner(type_):
            _collect(inner, found)


def _inner(type_: types.Type) -> tuple[types.Type, ...]:
    """Return the types that a type is put together from."""
    match type_:
        case types.Metadata(type=inner):
            return (inner,)
        case types.VarTupleType(item_type=item) | types.FrozenSetType(item_type=item):
            return (item,)
        case types.TupleType(item_types=items):
            return tuple(items)
        case types.DictType(key_type=key, value_type=value):
            return (key, value)
        case types.UnionType(types=members):
            return tuple(members)
    return ()


def _file(name: str, type_: type, values: object) -> Iterator[str]:
    yield from ("", f"## {name}")
    for number, (class_, struct) in enumerate(structs(type_).items()):
        about = inspect.cleandoc(class_.__doc__ or "").partition("\n\nAttributes:")[0].replace("\n\n", "<br>")
        if number:
            yield from ("", f"**{class_.__name__}**")
        yield from ("", re.sub(r"\s*\n\s*", " ", about), "", _TABLE)
        meanings = described(class_)
        for field in struct.fields:
            meaning = meanings.get(field.name, "").replace("Ordered: ", "")
            ordered = "yes" if _is_ordered(field.type) else ""
            kind = _words(field.type) + ("" if field.required else ", optional")
            example = _example(next(_values_of(values, types.type_info(type_), class_, field.encode_name), None))
            yield _row(f"`{field.encode_name}`", kind, ordered, meaning, example)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _is_ordered(type_: types.Type) -> bool:
    """Tell whether the order of a list has a meaning, or that of the lists in a mapping."""
    if isinstance(type_, types.Metadata) and (type_.extra or {}).get(ORDERED):
        return True
    return isinstance(type_, types.DictType) and _is_ordered(type_.value_type)


def _words(type_: types.Type) -> str:
    """Say what a value has to be: ``list of word``, ``Act``, ``day``."""
    match type_:
        case types.Metadata(type=inner):
            return _words(inner)
        case types.StrType(min_length=least):
            return "word" if least else "text"
        case types.IntType():
            return "whole number"
        case types.BoolType():
            return "true or false"
        case types.LiteralType(values=values):
            return " or ".join(f"`{value}`" for value in values)
        case types.EnumType(cls=class_):
            return " or ".join(f"`{member.value}`" for member in class_)
        case types.VarTupleType(item_type=item) | types.FrozenSetType(item_type=item):
            return f"list of {_words(item)}"
        case types.TupleType(item_types=items):
            return f"list of {len(items)}: {', '.join(map(_words, items))}"
        case types.DictType(key_type=key, value_type=value):
            return f"mapping of {_words(key)} to {_words(value)}"
        case types.UnionType(types=members):
            return " or ".join(_words(member) for member in members if not isinstance(member, types.NoneType))
        case types.StructType(cls=class_):
            return class_.__name__
        case types.CustomType(cls=class_) if class_ in (Pattern, Day):
            return class_.__name__.lower()
    raise TypeError(type_)


def _values_of(values: object, type_: types.Type, class_: type, key: str) -> Iterator[object]:
    """Yield the values that a field of a Struct has in a file, in its order, without empty ones."""
    match type_, values:
        case types.StructType(cls=own), dict():
            if own is class_ and values.get(key) not in (None, "", [], {}, False):
                yield values[key]
            for field in type_.fields:
                yield from _values_of(values.get(field.encode_name), field.type, class_, key)
        case types.DictType(value_type=inner), dict():
            for value in values.values():
                yield from _values_of(value, inner, class_, key)
        case types.VarTupleType(item_type=inner), list():
            for value in values:
                yield from _values_of(value, inner, class_, key)
        case types.Metadata(type=inner), _:
            yield from _values_of(values, inner, class_, key)


def _example(value: object) -> str:
    """Write the beginning of a value as the file has it; entries have tables of their own."""
    shown = _written(value)
    return f"`{shown}`" if shown else ""


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            items = [_written(item) for item in value[:_SHOWN]]
            return f"[{', '.join([*items, *(['…'] if len(value) > _SHOWN else [])])}]" if all(items) else ""
        case dict():
            pairs = [(key, _written(inner)) for key, inner in list(value.items())[:1]]
            more = ", …" if len(value) > 1 else ""
            return f"{{{', '.join(f'{key}: {inner}' for key, inner in pairs)}{more}}}" if pairs[0][1] else ""
    text = str(value).replace("`", "'").replace("\n", " ")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


if __name__ == "__main__":
    sys.stdout.write(lexicon_page())
