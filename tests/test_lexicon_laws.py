"""Laws of every file of the domain data: what is wrong in its YAML is told, and position in a list means nothing."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import EXTRACTORS, READER, SEEDS
from format_files import gov_page
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect as types
from test_clauses import ALL
from test_lexicons import LOADERS

from kg.data import ontology_root
from kg.errors import LexiconError
from kg.extractors.reader import Reader, extract_reading
from kg.extractors.registry import Extractor, load_extractors
from kg.lexicons import load_lexicons
from kg.lexicons.entry import ORDERED
from kg.model.facts import Extraction
from tools.lexicon_page import LEXICONS, read_values, structs

YAML = sorted(file for file in LEXICONS if file.endswith(".yaml"))


def text_of(file: str) -> str:
    return (ontology_root() / file).read_text(encoding="utf-8")


def message_of(root: Path, file: str, text: str) -> str:
    """Return what loading says of a file with another text; all other files are as they are."""
    path = root / file
    path.unlink()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        LOADERS[file](root)
    path.unlink()
    path.symlink_to(ontology_root() / file)
    return str(caught.value)


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of links to the domain data."""
    return Path(
        shutil.copytree(ontology_root(), tmp_path_factory.mktemp("linked") / "ontology", copy_function=os.symlink)
    )


# ---- a key that stands twice


@dataclass(frozen=True)
class Mapping:
    """The places (line and column) of the keys of one mapping, and whether it is written in braces."""

    keys: tuple[tuple[str, int, int], ...]
    in_braces: bool


def mappings(node: yaml.Node | None) -> Iterator[Mapping]:
    """Yield the mappings of a YAML text, at any depth."""
    if isinstance(node, yaml.MappingNode):
        marks = [(key.value, key.start_mark) for key, _ in node.value]
        yield Mapping(tuple((key, at.line, at.column) for key, at in marks), bool(node.flow_style))
        for _, value in node.value:
            yield from mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from mappings(item)


MAPPINGS = {file: list(mappings(yaml.compose(text_of(file), Loader=yaml.CSafeLoader))) for file in YAML}


@st.composite
def doubled(draw: st.DrawFn) -> tuple[str, str, int, str]:
    """Draw a file, its text with a key of one mapping written once more, the line of the second one, the key."""
    file = draw(st.sampled_from(YAML))
    mapping = draw(st.sampled_from(MAPPINGS[file]))
    key, own_line, own_column = draw(st.sampled_from(mapping.keys))
    _, line, column = draw(st.sampled_from(mapping.keys))
    written = draw(st.sampled_from([f'"{key}"', f"'{key}'"]))
    lines = text_of(file).splitlines(keepends=True)
    again = f"{written}: 0, " if mapping.in_braces else f"{written}: 0\n{' ' * column}"
    lines[line] = lines[line][:column] + again + lines[line][column:]
    moved = (line, column) <= (own_line, own_column) and not mapping.in_braces
    return file, "".join(lines), max(line, own_line + moved) + 1, key


@given(drawn=doubled())
def test_a_key_that_stands_twice_is_refused_wherever_it_stands(linked: Path, drawn: tuple[str, str, int, str]) -> None:
    file, text, line, key = drawn
    assert message_of(linked, file, text).startswith(f"{linked / file}:{line}: the key {key} stands twice")


# ---- what is wrong in the YAML, or in what it holds

# file, words to replace, by what, lines from there to the one that is named, what is said of it, reason
FAULTS = [
    ("acts", "  - {id: support", "\t- {id: support", 0, "indent with blanks, not tabs", "a tab for an indent"),
    ("cues", "\n  nouns:", "\n\tnouns:", 1, "indent with blanks, not tabs", "a tab in a mapping"),
    ("targets", "verb: 翻", 'verb: "翻', 1, "in what begins on line ", "a quotation mark that nothing closes"),
    ("numbering", "rank: 0", "rank: 0]", 0, "is not YAML (", "a bracket that nothing opens"),
    ("region-groups", "- id: prd\n", "- id: [prd\n", 1, "in what begins on line ", "a bracket that nothing closes"),
    ("region-groups", "- id: prd\n", "  - id: prd\n", 0, "in what begins on line ", "an indent too deep"),
    ("region-groups", "- id: prd\n", "- id: prd: prd\n", 0, "put the text in quotes", "a colon in a text"),
    ("region-groups", "- id: prd\n", "- id: @prd\n", 0, "put the text in quotes", "a sign that begins no text"),
    ("region-groups", "- id: prd\n", "- id: prd\x01\n", 0, "has a control character", "a control character"),
    ("region-groups", "- id: prd\n", "- id: prd\n---\n", 1, "begins a second document", "two documents"),
    ("reforms", "before: [mor]", "before: &mor [mor]", 0, "has an anchor", "an anchor"),
    ("reforms", "before: [mor]", "before: !!set [mor]", 0, "has the tag", "a tag"),
    ("targets", "verb: 翻", "verb: 5", 0, "verb does not fit: Expected str, got int", "a number for a text"),
    ("targets", "verb: 翻", "verb: [翻]", 0, "verb does not fit: Expected str, got array", "a list for a text"),
    ("targets", "verb: 翻", "verb: null", 0, "verb does not fit: Expected str, got null", "nothing for a text"),
    ("numbering", "rank: 0", 'rank: "0"', 0, "(entry chapter)", "a text for a number"),
    ("numbering", "rank: 0", "rank: 0.5", 0, "styles[0].rank does not fit: Expected int", "no whole number"),
    ("deadlines", "每半年: P6M", "每半年: [P6M]", 0, "每半年 does not fit", "a list for a text of a mapping"),
    ("central", "names: [中央人民政府]", "names: 中央人民政府", 0, "write it as a list", "a text for a list"),
    ("central", "names: [中央人民政府]", "names: [中央人民政府, 3]", 0, "names[1] does not fit", "a number in a list"),
    ("targets", "verb: 翻", "verb: 翻, noun: 番", 0, "unknown key doublings.noun", "a field too many, in braces"),
    ("region-groups", "- id: prd\n", "- id: prd\n  seat: 广州\n", 1, "seat (entry prd)", "a field too many, in lines"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "below", "said", "reason"), FAULTS, ids=[row[-1] for row in FAULTS])
def test_what_is_wrong_is_told_in_one_line(
    linked: Path, name: str, old: str, new: str, below: int, said: str, reason: str
) -> None:
    file = f"lexicons/{name}.yaml"
    before, found, after = text_of(file).partition(old)
    assert found, f"{file} no longer holds {old}: mend this row"
    message = message_of(linked, file, before + new + after)
    assert message.startswith(f"{linked / file}:{before.count(chr(10)) + below + 1}: "), reason
    assert said in message, reason
    assert "\n" not in message, reason


# ---- position in a list


def lists_in_order(file: str) -> frozenset[str]:
    """Return the keys below which the types of a file declare lists ordered."""
    return frozenset(
        field.encode_name
        for struct in structs(LEXICONS[file]).values()
        for field in struct.fields
        if ordered(field.type)
    )


def ordered(type_: types.Type) -> bool:
    if isinstance(type_, types.DictType):
        return ordered(type_.value_type)
    if isinstance(type_, types.Metadata):
        return ORDERED in (type_.extra or {}) or ordered(type_.type)
    return isinstance(type_, types.TupleType)  # a pair: from, to


Order = Callable[[list[Any]], list[Any]]


def reordered(value: object, order: Order, named: frozenset[str], keep: bool = False) -> object:
    """Return a value with every list and mapping in another order; lists of a `named` key only inside their items."""
    if isinstance(value, dict):
        return {key: reordered(held, order, named, keep or key in named) for key, held in order([*value.items()])}
    if isinstance(value, list):
        held = [reordered(one, order, named) for one in value]
        return held if keep else order(held)
    return value


def reorder_file(root: Path, file: str, order: Order) -> None:
    """Write a file of the domain data with its lists, or its lines and the values of their cells, in another order."""
    path = root / file
    if path.suffix == ".yaml":
        value = reordered(before := read_values(path), order, lists_in_order(file))
        assert value != before
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")  # which YAML holds
        return
    head, *lines = csv.reader(text_of(file).splitlines())
    cells = [[";".join(order(cell.split(";"))) for cell in line] for line in lines]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *order(cells)])


def examples(value: object) -> Iterator[str]:
    """Yield the examples and counterexamples of a file of the domain data, at any depth."""
    for key, held in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key in ("examples", "counterexamples"):
            yield from held
        else:
            yield from examples(held)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files of many kinds: the seeds, short documents, all examples of the domain data, a page, a table."""
    folder = tmp_path_factory.mktemp("texts")
    for case in ALL[::4]:
        (folder / f"{case.id}.txt").write_text(case.file, encoding="utf-8")
    given = [example for file in YAML for example in examples(read_values(ontology_root() / file))]
    for number, title in enumerate(("山东省绿色金融实施方案", "山东省发布绿色金融政策")):
        (folder / f"{title}.txt").write_text("\n".join([title, *given[number::3]]), encoding="utf-8")
    (folder / "page.html").write_text(gov_page("广东省绿色金融实施方案", given[2::3]), encoding="utf-8")
    row = {
        "标题": "方案",
        "题名": "办法",
        "来源": "新华网",
        "发布时间": "2022-07-03",
        "成文日期": "2022-06-24",
        "地区": "广东",
    }
    with (folder / "corpus.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([[*row, "正文", "内容"], [*row.values(), ALL[0].text, "一、加强宣传。"]])
    return [*map(str, SEEDS), *sorted(map(str, folder.iterdir()))]


def extractions(reader: Reader, extractors: tuple[Extractor, ...], files: list[str]) -> dict[str, list[Extraction]]:
    return {file: [extract_reading(reading, extractors) for reading in reader.open(file)] for file in files}


@pytest.fixture(scope="module")
def as_they_stand(texts: list[str]) -> dict[str, list[Extraction]]:
    return extractions(READER, EXTRACTORS, texts)


# order, reason
ORDERS: list[tuple[Order, str]] = [
    (lambda held: held[::-1], "the first of any two comes last"),
    (lambda held: random.Random(1).sample(held, len(held)), "by chance"),
]


@pytest.mark.parametrize(("order", "reason"), ORDERS, ids=[row[-1] for row in ORDERS])
def test_position_in_a_list_means_nothing(
    as_they_stand: dict[str, list[Extraction]], texts: list[str], tmp_path: Path, order: Order, reason: str
) -> None:
    root = Path(shutil.copytree(ontology_root(), tmp_path / "ontology"))
    for file in LEXICONS:
        reorder_file(root, file, order)
    lexicons = load_lexicons(root)
    found = extractions(Reader(lexicons), load_extractors(lexicons), texts)
    assert [Path(file).name for file in texts if found[file] != as_they_stand[file]] == [], reason
