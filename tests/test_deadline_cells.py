"""Deadlines of cells and labels, where every time counts, and of documents whose day is not known."""

from __future__ import annotations

import pytest
from deadline_rows import DAY, READER, row

# the whole text of a cell, its deadlines, reason
IN_CELL = [
    ("2023年12月底", ["month 2023-12-31 2023年12月底"], "a month"),
    ("2023年12月", ["month 2023-12-31 2023年12月"], "without a word of limit"),
    ("2025年", ["year 2025-12-31 2025年"], "as above"),
    ("2025", ["year 2025-12-31 2025"], "figures alone"),
    ("2023.12", ["month 2023-12-31 2023.12"], "as above"),
    ("2023/6", ["month 2023-06-30 2023/6"], "as above"),
    ("2023-12-31", ["date 2023-12-31 2023-12-31"], "as above"),
    ("2023-2025", ["period 2023-01-01..2025-12-31 2023-2025"], "as above"),
    ("2023-2025年", ["period 2023-01-01..2025-12-31 2023-2025年"], "as above"),
    ("2024年6月—2025年12月", ["period 2024-06-01..2025-12-31 2024年6月—2025年12月"], "from month to month"),
    ("2023年度", ["year 2023-12-31 2023年度"], "a year of account"),
    ("12月底前", ["month 2023-12-31 12月底前"], "the document's year"),
    ("10月31日", ["date 2023-10-31 10月31日"], "as above"),
    ("9月中旬", ["month 2023-09-20 9月中旬"], "as above"),
    ("5-12月", ["period 2023-05-01..2023-12-31 5-12月"], "as above"),
    ("四季度", ["period 2023-10-01..2023-12-31 四季度"], "as above"),
    ("上半年", ["period 2023-01-01..2023-06-30 上半年"], "as above"),
    ("年底", ["year 2023-12-31 年底"], "as above"),
    ("全年", ["year 2023-12-31 全年"], "as above"),
    ("长期", ["none 长期"], "without a day"),
    ("长期坚持", ["none 长期坚持"], "as above"),
    ("立行立改", ["none 立行立改"], "as above"),
    ("即知即改", ["none 即知即改"], "as above"),
    ("每季度", ["recurrence P3M 每季度"], "again and again"),
    ("分年度实施", ["recurrence P1Y 分年度"], "as above"),
    ("3个月内", ["period 2023-05-10..2023-08-10 3个月内"], "from the document's day on"),
    ("2023年，长期坚持", ["year 2023-12-31 2023年", "none 长期坚持"], "two"),
    (
        "2023年底前取得阶段性成效，并持续推进",
        ["year 2023-12-31 2023年底前", "none 持续推进"],
        "as above",
    ),
    (
        "2023年6月底前启动，12月底前完成",
        ["month 2023-06-30 2023年6月底前", "month 2023-12-31 12月底前"],
        "as above",
    ),
    ("—", [], "none"),
    ("按省有关要求", [], "as above"),
    ("改造1200户", [], "a number that is no year"),
]

WITHOUT_DAY = [
    ("12月底前完成", ["month --12 12月底前"], "a month of a year that nobody names"),
    ("12月31日前完成", ["date --12-31 12月31日前"], "a day of it"),
    ("年底前完成", ["year --12 年底前"], "its end"),
    ("明年6月底前完成", ["month --06 明年6月底前"], "as above"),
    ("下月15日前完成", ["date ---15 下月15日前"], "a day of a month that nobody names"),
    ("用3年时间，打造标杆", ["period 用3年时间"], "a stretch whose ends are open"),
    ("2025年6月底前完成", ["month 2025-06-30 2025年6月底前"], "what names its year needs no document's day"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), IN_CELL, ids=[entry[0][:24] for entry in IN_CELL])
def test_in_a_cell(text: str, expected: list[str], reason: str) -> None:
    assert list(map(row, READER.read(text, DAY))) == expected, reason


@pytest.mark.parametrize(("text", "expected", "reason"), WITHOUT_DAY, ids=[entry[0] for entry in WITHOUT_DAY])
def test_in_a_document_without_a_day(text: str, expected: list[str], reason: str) -> None:
    assert list(map(row, READER.find(text))) == expected, reason


@pytest.mark.parametrize(
    ("day", "end"), [("2023", "2023-12-31"), ("2023-12", "2023-12-31"), ("2023-13", "--12"), ("x", "--12")]
)
def test_the_document_may_lack_month_and_day(day: str, end: str) -> None:
    assert [deadline.end for deadline in READER.find("12月底前完成", on=day)] == [end]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("完成时限", True),
        ("完成时间（年/月）", True),
        ("时间节点", True),
        ("贷款期限", False),
        ("责任单位", False),
        ("", False),
    ],
)
def test_heads_of_columns(head: str, expected: bool) -> None:
    assert READER.is_label(head) is expected
