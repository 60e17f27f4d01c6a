"""Clauses of short documents from all over China: who leads, supports, is responsible; and where nobody is."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from conftest import EXTRACTORS, LEXICONS, READER, ExtractText, still_open

from kg.data import ontology_root
from kg.documents.read import read_document
from kg.extractors.assignments import Assignment
from kg.extractors.reader import Reader, extract_reading
from kg.lexicons import Lexicons, load_lexicons
from kg.model.entities import Participant

DATA = Path(__file__).parent / "data"
CASES = tuple(DATA / f"clause-cases{part}.yaml" for part in ("", "-more", "-running", "-wide", "-hard"))
TRAPS = 60

Participants = tuple[str, ...]
Read = Callable[["Case"], list[Participants]]


@dataclass(frozen=True)
class Case:
    """A short document and what it assigns: one list of role:name for each clause, * after the name of a group.

    `ids`, where it is given, are the identifiers of the bodies, in their order: a name that no lexicon knows is read as
    well, under one that begins with x-. `open` says what is known to be read wrong as yet.
    """

    id: str
    text: str
    want: list[Participants]
    why: str
    meta: dict[str, object] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    open: str = ""

    @property
    def file(self) -> str:
        """The text of the source file, with its metadata in front."""
        head = yaml.safe_dump(self.meta, allow_unicode=True, sort_keys=False)
        return f"---\n{head}---\n{self.text}" if self.meta else self.text


def participants(line: str) -> Participants:
    """Read "lead A, B; support C*" as lead:A, lead:B, support:C*."""
    parts = (part.strip().partition(" ") for part in line.split(";"))
    return tuple(f"{role}:{name.strip()}" for role, _, names in parts for name in names.split(", "))


def shown(participant: Participant) -> str:
    return f"{participant.role}:{participant.body.name}{'*' if participant.group else ''}"


def load_cases() -> list[Case]:
    rows = [row for file in CASES for row in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]
    return [
        Case(**row | {"want": [participants(line) for line in row["want"]], "ids": tuple(row.get("ids", ()))})
        for row in rows
    ]


ALL = load_cases()


def assignments(case: Case, lexicons: Lexicons, reader: Reader) -> list[Assignment]:
    documents = read_document(f"{case.id}.txt", case.file, lexicons.documents, lexicons.numbering.starts_item)
    return [fact for reading in reader.read(documents) for fact in extract_reading(reading, EXTRACTORS).of(Assignment)]


def reading_with(lexicons: Lexicons, reader: Reader) -> Read:
    """Return what reads who takes part in each clause of a case, by some lexicons."""
    return lambda case: [tuple(map(shown, one.participants)) for one in assignments(case, lexicons, reader)]


read = reading_with(LEXICONS, READER)


@functools.cache
def as_it_stands() -> dict[str, list[Participants]]:
    """What is read in every case by the lexicons as they are."""
    return {case.id: read(case) for case in ALL}


def changed_by(another: Read) -> list[str]:
    """The cases that are read otherwise by other lexicons."""
    return [case.id for case in ALL if another(case) != as_it_stands()[case.id]]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=still_open(case.open)) for case in ALL])
def test_participants_of_every_clause(case: Case) -> None:
    assert read(case) == case.want, case.why


@pytest.mark.parametrize("case", [case for case in ALL if case.ids], ids=lambda case: case.id)
def test_identifiers_of_bodies(case: Case) -> None:
    found = [one.body.id for clause in assignments(case, LEXICONS, READER) for one in clause.participants]
    assert found == list(case.ids), f"{case.why}; an identifier x-... is that of a name that no lexicon makes"


def reading_with_another(file: str, change: Callable[[str], str], folder: Path) -> Read:
    """Return what reads a case by the lexicons with one file of them changed, in a copy below `folder`."""
    root = Path(shutil.copytree(ontology_root(), folder / "ontology"))
    path = root / "lexicons" / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return reading_with(lexicons := load_lexicons(root), Reader(lexicons))


HEAD = {"title": "江苏省行动方案", "issuer": "江苏省人民政府", "date": "2024-03-01"}

# text, what it says once the word is known, reason
NEW_WORD = [
    ("一、优化服务。（省发展改革委牵头，省财政厅协理）",
     ["lead 江苏省发展改革委; support 江苏省财政厅"], "in brackets"),
    ("一、优化服务。（省财政厅积极协理落实）", ["support 江苏省财政厅"], "with a manner before and a tail behind it"),
    ("一、优化服务。（牵头单位：省发展改革委；协理单位：省财政厅）",
     ["lead 江苏省发展改革委; support 江苏省财政厅"], "as a label"),
    ("一、优化服务。（省财政厅为协理单位，省发展改革委为牵头单位）",
     ["support 江苏省财政厅; lead 江苏省发展改革委"], "as a label behind the bodies"),
    ("一、优化服务。省财政厅协理做好退税。", ["support 江苏省财政厅"], "in prose"),
    ("一、优化服务。由省发展改革委牵头，省财政厅协理。", ["lead 江苏省发展改革委; support 江苏省财政厅"],
     "behind a lead in prose"),
]  # fmt: skip


def add_word(text: str) -> str:
    """Enter one line into cues.yaml, as an analyst does."""
    line = "  - {word: 协理, says: support, as: [suffix, label, prose]}\n"
    return text.replace("roles:\n", "roles:\n" + line, 1)


@pytest.fixture(scope="module")
def read_with_a_new_word(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return reading_with_another("cues.yaml", add_word, tmp_path_factory.mktemp("word"))


@pytest.mark.parametrize(("text", "want", "reason"), NEW_WORD, ids=[row[-1] for row in NEW_WORD])
def test_a_new_word_is_one_line(text: str, want: list[str], reason: str, read_with_a_new_word: Read) -> None:
    case = Case("new-word", text + "\n", [participants(line) for line in want], reason, dict(HEAD))
    assert read(case) != case.want, "the word is known already: take another"
    assert read_with_a_new_word(case) == case.want, reason


def test_a_new_word_loses_nothing(read_with_a_new_word: Read) -> None:
    assert changed_by(read_with_a_new_word) == []


def test_cases_are_told_apart_and_hold_enough_traps() -> None:
    assert len({case.id for case in ALL}) == len(ALL)
    assert sum(not case.want for case in ALL) >= TRAPS


DOUBTS = [
    # jurisdiction, clause, its participants from the least sure on, reason
    (
        "国务院",
        "（数字乡村建设和治理中心、司法部负责）",
        ["数字乡村建设和治理中心", "司法部"],
        "a name that may be two",
    ),
    (
        "济南市人民政府",
        "（市财政局牵头，区县财政部门配合）",
        ["区县财政部门", "济南市财政局"],
        "of which place is not said",
    ),
    ("国务院", "（商务部、铁路局负责）", ["国家铁路局", "商务部"], "a short name that local bodies bear too"),
    ("国务院", "（商务部、海关总署负责）", ["商务部", "海关总署"], "nothing against either"),
    ("国务院", "（文化和旅游部、教育部和民政部负责）", ["文化和旅游部", "教育部", "民政部"], "known names may hold 和"),
    (
        "国务院",
        "（各省、自治区、直辖市人民政府，商务部负责）",
        ["各省、自治区、直辖市人民政府", "商务部"],
        "a list of kinds of regions is less sure than one body",
    ),
]


@pytest.mark.parametrize(("issuer", "clause", "expected", "reason"), DOUBTS, ids=[reason for *_, reason in DOUBTS])
def test_what_speaks_against_a_name_makes_it_less_sure(
    extract_text: ExtractText, issuer: str, clause: str, expected: list[str], reason: str
) -> None:
    text = (
        f"---\ntitle: 某项工作方案\nissuer: {issuer}\ndate: 2021-06-01\n---\n\n一、主要任务\n（一）推进试点。{clause}\n"
    )
    [assignment] = [fact for extraction in extract_text(text) for fact in extraction.of(Assignment)]
    sure = sorted(assignment.participants, key=lambda one: one.confidence)
    assert [one.body.name for one in sure] == expected, reason
    assert (sure[0].confidence < sure[-1].confidence) == (
        reason not in {"nothing against either", "known names may hold 和"}
    )


def test_a_role_read_out_of_a_sentence_is_less_sure_than_one_in_brackets(extract_text: ExtractText) -> None:
    head = "---\ntitle: 某项工作方案\nissuer: 国务院\ndate: 2021-06-01\n---\n\n一、主要任务\n"
    found = extract_text(f"{head}（一）推进试点。（财政部负责）\n（二）由民政部牵头建立台账。\n")
    sure = [fact.participants[0].confidence for extraction in found for fact in extraction.of(Assignment)]
    assert sure == [1.0, 0.9]
