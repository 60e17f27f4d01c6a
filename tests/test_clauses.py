"""Clauses of short documents from all over China: who leads, supports, is responsible; and where nobody is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from conftest import EXTRACTORS, LEXICONS, READER

from kg.documents.read import read_document
from kg.extractors.assignments import Assignment
from kg.model.entities import Participant, Role
from kg.pipeline import extract_reading

DATA = Path(__file__).parent / "data"
CASES = tuple(DATA / f"clause-cases{part}.yaml" for part in ("", "-more", "-running"))
TRAPS = 60

Participants = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A short document and what it assigns: one list of role:name for each clause, * after the name of a group."""

    id: str
    text: str
    want: list[Participants]
    why: str
    meta: dict[str, object] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The text of the source file, with its metadata in front."""
        head = yaml.safe_dump(self.meta, allow_unicode=True, sort_keys=False)
        return f"---\n{head}---\n{self.text}" if self.meta else self.text


def participants(line: str) -> Participants:
    """Read "lead A, B; support C*" as lead:A, lead:B, support:C*."""
    parts = (part.strip().partition(" ") for part in line.split(";"))
    return tuple(f"{Role(role)}:{name.strip()}" for role, _, names in parts for name in names.split(", "))


def shown(participant: Participant) -> str:
    return f"{participant.role}:{participant.body.name}{'*' if participant.group else ''}"


def load_cases() -> list[Case]:
    rows = [row for file in CASES for row in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]
    return [Case(**{**row, "want": [participants(line) for line in row["want"]]}) for row in rows]


ALL = load_cases()


def read(case: Case) -> list[Participants]:
    """Return who takes part in each clause of a case."""
    documents = read_document(f"{case.id}.txt", case.file, LEXICONS.documents, LEXICONS.numbering.starts_item)
    found = [fact for reading in READER.read(documents) for fact in extract_reading(reading, EXTRACTORS).of(Assignment)]
    return [tuple(map(shown, assignment.participants)) for assignment in found]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_participants_of_every_clause(case: Case) -> None:
    assert read(case) == case.want, case.why


def test_cases_are_told_apart_and_hold_enough_traps() -> None:
    assert len({case.id for case in ALL}) == len(ALL)
    assert sum(not case.want for case in ALL) >= TRAPS
