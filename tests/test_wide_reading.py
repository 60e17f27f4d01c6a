"""Names, measures and targets of short documents of many kinds, by rows; a third of them are traps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet
from conftest import EXTRACTORS, LEXICONS, READER, still_open

from kg.documents.read import read_document
from kg.extractors.entities import Entity
from kg.extractors.measures import Measure
from kg.extractors.reader import extract_reading
from kg.extractors.targets import Target
from kg.model.facts import Extraction

DATA = Path(__file__).parent / "data"

Row = dict[str, Any]


def load(kind: str) -> list[Row]:
    """Return the rows of a kind, as its file has them."""
    rows: list[Row] = yaml.load((DATA / f"{kind}-cases.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return rows


def marked(rows: list[Row]) -> list[ParameterSet]:
    """Return the rows as parameters; one that is `open` is known to be read wrong as yet."""
    return [pytest.param(row, id=row["id"], marks=still_open(row.get("open"))) for row in rows]


def extractions(row: Row) -> list[Extraction]:
    """Read the text of a row with its metadata in front, as a file that holds both."""
    head = yaml.safe_dump(row["meta"], allow_unicode=True, sort_keys=False)
    documents = read_document(
        f"{row['id']}.txt", f"---\n{head}---\n{row['text']}", LEXICONS.documents, LEXICONS.numbering.starts_item
    )
    return [extract_reading(reading, EXTRACTORS) for reading in READER.read(documents)]


def named(row: Row, type_: str) -> list[str]:
    found = (entity for extraction in extractions(row) for entity in extraction.of(Entity))
    return sorted({entity.refers_to.name for entity in found if entity.type == type_})


def measures(row: Row) -> list[Row]:
    """Return the whole measures as path, the beginning of the text and actors."""
    found = (measure for extraction in extractions(row) for measure in extraction.of(Measure) if not measure.part)
    return [
        {"path": measure.path, "starts": measure.label, "actors": [actor.name for actor in measure.actors]}
        for measure in found
    ]


def targets(row: Row) -> list[Row]:
    found = (target for extraction in extractions(row) for target in extraction.of(Target) if target.value)
    return [
        {
            "indicator": target.indicator,
            "value": target.value,
            "unit": target.unit,
            "deadline": target.deadline or None,
            "change": target.change,
        }
        for target in found
    ]


@pytest.mark.parametrize("row", marked(load("name")))
def test_places_and_bodies_that_are_named(row: Row) -> None:
    regions, agencies = named(row, "region"), named(row, "agency")
    assert not {*row["not"]} & {*regions, *agencies}, row["why"]
    assert regions == sorted(row["regions"]), row["why"]
    assert agencies == sorted(row.get("agencies", agencies)), row["why"]


@pytest.mark.parametrize("row", marked(load("measure")))
def test_what_is_to_be_done(row: Row) -> None:
    found, wanted = measures(row), row["measures"]
    assert [one["path"] for one in found] == [one["path"] for one in wanted], row["why"]
    for one, want in zip(found, wanted, strict=True):
        assert one["starts"].startswith(want["starts"]), row["why"]
        assert one["actors"] == want["actors"], row["why"]


def by_figure(one: Row) -> tuple[str, str, str]:
    return (one["value"], one["unit"], one["deadline"] or "")


@pytest.mark.parametrize("row", marked(load("target")))
def test_figures_that_policy_commits_to(row: Row) -> None:
    found, wanted = sorted(targets(row), key=by_figure), sorted(row["targets"], key=by_figure)
    assert [one["value"] for one in found] == [one["value"] for one in wanted], row["why"]
    assert [{**one, **want} for one, want in zip(found, wanted, strict=True)] == found, row["why"]


TRAPS = 90


def test_rows_are_told_apart_and_hold_enough_traps() -> None:
    rows = [row for kind in ("name", "measure", "target") for row in load(kind)]
    clauses = yaml.load((DATA / "clause-cases-wide.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert len({row["id"] for row in rows + clauses}) == len(rows + clauses)
    nothing = [row for row in rows if row.get("not") or row.get("measures") == [] or row.get("targets") == []]
    assert len(nothing) + sum(row["want"] == [] for row in clauses) >= TRAPS
