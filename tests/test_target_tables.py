"""Targets of tables: indicators by year, and tasks with the times by which they are due."""

from __future__ import annotations

import pytest
from conftest import ExtractText
from target_rows import HEAD, row, targets

TABLE = "一、发展目标\n到2025年，体系基本建立。\n"
TASKS = "一、重点任务\n序号\t任务\t责任单位\t完成时限\n1\t建设10个省级示范园区\t省工业和信息化厅\t"

# body of a policy of 2021, targets as indicator|value|unit|comparator|baseline|deadline|regions, reason
WANTED = [
    (
        TABLE + "指标\t单位\t2020年\t2025年\n绿色信贷余额\t万亿元\t1.2\t2.5\n加氢站\t座\t—\t200\n",
        ["绿色信贷余额|2.5|万亿元|equal|2020|2025|", "加氢站|200|座|equal||2025|"],
        "a table with a year where things stand",
    ),
    (
        TABLE + "序号\t指标\t2025年目标值\t属性\n1\t研发经费投入强度（%）\t≥3\t预期性\n2\t森林覆盖率\t58.9%\t约束性\n",
        ["研发经费投入强度|3|%|at-least||2025|", "森林覆盖率|58.9|%|equal||2025|"],
        "a table with target values; the unit stands with the indicator or the figure",
    ),
    (
        TABLE + "指标名称\t单位\t2020年\t2022年\t2025年\n省级平台\t家\t20\t30\t50\n",
        ["省级平台|30|家|equal|2020|2022|", "省级平台|50|家|equal|2020|2025|"],
        "a table with two years to come",
    ),
    (
        TABLE + "指标\t目标值\n充电桩\t5万个\n",
        ["充电桩|5|万个|equal||2025|"],
        "a table whose year stands in the section",
    ),
    (
        "一、重点任务\n序号\t任务\t责任单位\t完成时限\n1\t建设10个省级示范园区\t省工业和信息化厅\t2023年底\n",
        ["省级示范园区|10|个|equal||2023|"],
        "a table of tasks with a column of days",
    ),
    (TASKS + "12月底前\n", ["省级示范园区|10|个|equal||2021|"], "a month of the document's year"),
    (TASKS + "2023.12\n", ["省级示范园区|10|个|equal||2023|"], "figures alone"),
    (TASKS + "2023年6月底前启动，2024年底前完成\n", ["省级示范园区|10|个|equal||2024|"], "the last of two"),
    (TASKS + "长期坚持\n", ["省级示范园区|10|个|equal|||"], "due without a day"),
    (TASKS + "2020年底\n", ["省级示范园区|10|个|equal|||"], "a year that is past sets nothing"),
    (
        TABLE + "序号\t指标\t2020年\t2025年\n1. \t（一）绿色信贷余额（亿元）\t[1200]\t〔2500〕\n",
        ["（一）绿色信贷余额|2500|亿元|equal|2020|2025|"],
        "brackets around figures that are summed over years",
    ),
]


@pytest.mark.parametrize(("body", "expected", "reason"), WANTED, ids=[reason for *_, reason in WANTED])
def test_wanted(extract_text: ExtractText, body: str, expected: list[str], reason: str) -> None:
    assert sorted(map(row, targets(extract_text(HEAD + body)))) == sorted(expected), reason
