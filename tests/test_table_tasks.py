"""What the row of a table sets as a task: the column that says so, never a value, a unit or a number."""

from __future__ import annotations

import pytest
from conftest import EXTRACTORS

from kg.documents.read import read_document
from kg.extractors.assignments import Assignment
from kg.extractors.measures import Measure
from kg.extractors.reader import Reader, extract_reading

HEAD = "---\ntitle: 甘肃省绿色金融工作任务分解表\nissuer: 甘肃省人民政府办公厅\n---\n工作任务分解表\n"

ROWS = [
    ("责任单位\t指标\t2025年目标", "省财政厅\t绿债\t不低于三百五十亿元左右", "绿债", "an indicator beside its value"),
    (
        "序号\t指标名称\t单位\t2027年\t牵头单位",
        "1\t绿贷\t万亿元人民币\t1.2万亿元以上\t省金融办",
        "绿贷",
        "a unit is none",
    ),
    ("项目名称\t建设内容及规模\t责任单位", "碳账户\t覆盖全部重点排放企业和园区\t省生态环境厅", "碳账户", "a project"),
    ("事项\t完成时限\t责任单位", "试点\t2025年12月底前持续推进完成\t省科技厅", "试点", "a deadline is none"),
    (
        "类别\t具体要求\t责任部门",
        "产业类重点任务之一\t扩产\t省工信厅",
        "扩产",
        "no header says task: the class is none",
    ),
    (
        "年度\t具体要求\t责任部门",
        "2025\t扩大绿色信贷规模\t省金融办",
        "扩大绿色信贷规模",
        "nor does one here: the longest",
    ),
    (
        "改革事项\t2024年预期值\t2025年预期值\t牵头单位",
        "排污权\t交易额一千万元\t交易额二千万元\t省生态环境厅",
        "排污权",
        "years",
    ),
    ("牵头单位\t配合单位\t任务指标", "省林草局\t各市州政府\t碳汇", "碳汇", "the roles come first"),
]


@pytest.mark.parametrize(("header", "row", "task", "reason"), ROWS, ids=[row[3] for row in ROWS])
def test_the_task_of_a_row(header: str, row: str, task: str, reason: str, reader: Reader) -> None:
    words, starts_item = reader.lexicons.documents, reader.lexicons.numbering.starts_item
    documents = read_document("table.txt", f"{HEAD}{header}\n{row}\n", words, starts_item)
    facts = [fact for one in reader.read(documents) for fact in extract_reading(one, EXTRACTORS).facts]
    labels = {fact.id: fact.label for fact in facts if isinstance(fact, Measure)}
    assert [labels[fact.measure] for fact in facts if isinstance(fact, Assignment)] == [task], reason
