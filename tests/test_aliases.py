"""Short names that a text gives to bodies, in prose and as participants; and what is given none."""

from __future__ import annotations

import pytest
from conftest import LEXICONS

from kg.documents.read import read_document
from kg.extractors.agencies.aliases import find_aliases
from kg.extractors.agencies.find import AgencyFinder
from kg.extractors.agencies.names import NameReader
from kg.extractors.reader import Reader
from kg.extractors.reading import Reading
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons import Lexicons
from kg.model.entities import Agency

ROWS = [
    (
        "国家外汇管理局陕西省分局（以下简称“陕西省外汇分局”）举行发布会。",
        {"陕西省外汇分局": "国家外汇管理局陕西省分局"},
        "an office",
    ),
    (
        "人民银行重庆营业管理部（简称人行重庆营管部）牵头。",
        {"人行重庆营管部": "人民银行重庆营业管理部"},
        "without marks",
    ),
    ("陕西省金融工作领导小组(以下简称领导小组)。", {"领导小组": "陕西省金融工作领导小组"}, "a body formed for a task"),
    (
        "成立陕西省新型工业化推进工作领导小组办公室（以下简称：省推进办），",
        {"省推进办": "陕西省新型工业化推进工作领导小组办公室"},
        "its office, behind a colon",
    ),
    ("省发展改革委、省财政厅（以下统称两部门）印发通知。", {}, "two bodies"),
    ("碳达峰试点园区（以下简称试点园区）", {}, "no body"),
    ("省财政厅印发《绿色债券贴息办法》（以下简称《办法》）", {}, "a title"),
    ("国家能源局（以下简称能源局）负责。", {"能源局": "国家能源局"}, "a central body"),
    ("西安市地方金融工作局（下称“市金融局”）", {"市金融局": "西安市地方金融工作局"}, "下称"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_short_names(text: str, expected: dict[str, str], reason: str, lexicons: Lexicons) -> None:
    place = Standpoint(lexicons.regions, lexicons.regions.named("陕西省")[0])
    found = find_aliases(text, place, AgencyFinder(lexicons.agencies))
    offices = tuple(lexicons.agencies.levels.task_offices)
    named = {
        alias: body.name
        for alias, body in found.items()
        if alias in expected or (alias != body.name and not alias.endswith(offices))
    }
    assert named == expected, reason


TEXT = """---
title: 陕西省推进新型工业化实施方案
issuer: 陕西省人民政府
date: 2024-03-04
---
一、建立机制。成立陕西省推进新型工业化领导小组办公室（以下简称“省推进办”），省推进办负责统筹协调。
二、金融支持。国家外汇管理局陕西省分局（以下简称“陕西省外汇分局”）开展便利化试点。（陕西省外汇分局牵头，省推进办配合）
"""


@pytest.fixture(scope="module")
def reading(lexicons: Lexicons, reader: Reader) -> Reading:
    documents = read_document("plan.txt", TEXT, lexicons.documents, lexicons.numbering.starts_item)
    return reader.read(documents)[0]


def test_short_names_are_participants(reading: Reading) -> None:
    found = [[(p.role, p.mention, p.body.name) for p in clause.participants] for clause in reading.clauses]
    office = "陕西省推进新型工业化领导小组办公室"
    assert found == [
        [("responsible", "省推进办", office)],
        [("lead", "陕西省外汇分局", "国家外汇管理局陕西省分局"), ("support", "省推进办", office)],
    ]


def test_a_short_name_is_the_body_it_was_given_to(reading: Reading) -> None:
    bodies = {m.text: m.refers_to for m in reading.agencies if isinstance(m.refers_to, Agency)}
    assert bodies["陕西省外汇分局"] == bodies["国家外汇管理局陕西省分局"]
    assert bodies["陕西省外汇分局"].regulator


FORMED = [
    # region, name, official name or None where it is no known name, reason
    ("370000", "团省委", "共青团山东省委员会", "the template of an inverted name is filled"),
    ("320000", "省烟草专卖局（公司）", "江苏省烟草专卖局(公司)", "brackets in a pattern of offices"),
    ("370100", "民政及高新区管委会", None, "two bodies are no zone"),
    ("370000", "省减灾委员会", "山东省减灾委员会", "a committee does not take its ending twice"),
]


@pytest.mark.parametrize(("region", "text", "official", "reason"), FORMED, ids=[row[1] for row in FORMED])
def test_official_names_of_formed_bodies(region: str, text: str, official: str | None, reason: str) -> None:
    standpoint = Standpoint(LEXICONS.regions, LEXICONS.regions.by_id(region))
    name = NameReader(LEXICONS.agencies).read_known(text, standpoint)
    found = name.resolve(standpoint, LEXICONS.agencies).agency.official if name is not None else None
    assert found == official, reason
