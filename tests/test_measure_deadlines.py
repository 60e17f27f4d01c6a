"""Deadlines of measures: in their text, behind a label of a clause, in a column of a table."""

from __future__ import annotations

import pytest
from conftest import ExtractText

from kg.extractors.deadlines import Deadline
from kg.extractors.measures import Measure

HEAD = "---\ntitle: 江苏省某事业发展实施方案\nissuer: 江苏省人民政府办公厅\ndate: '2023-03-01'\n---\n一、重点任务\n"

# text of a plan of March 2023, deadlines as precision|from|due|every|words, reason
ROWS = [
    ("1．建设平台。2025年底前建成平台。（省水利厅负责）\n", ["year||2025-12-31||2025年底前"], "in the text of an item"),
    ("1．建设平台。（牵头单位：省发展改革委；完成时限：2025年6月底）\n", ["month||2025-06-30||2025年6月底"],
     "behind a label of a clause"),
    ("1．开展监测。完成时限：长期坚持\n", ["none||||长期坚持"], "behind a label, without a day"),
    ("1．开展监测，长期坚持抓好落实。（省水利厅负责）\n", [], "without a day, running text sets no deadline"),
    ("1．报送情况。每年12月底前报送上年情况。（省统计局负责）\n", ["recurrence||--12|P1Y|每年12月底前"], "every year"),
    ("1．培育企业。每年培育科技企业600家。（省科技厅负责）\n", ["recurrence|||P1Y|每年"], "the beat of a task"),
    ("1．给予补助。对每家企业每年最高补助100万元。（省财政厅负责）\n", [], "how much a firm may have in a year"),
    ("1．总结经验。总结“十四五”时期建设成果。（省科技厅负责）\n", [], "a time that only describes a noun"),
    ("1．支持文化企业。政策执行期限为2023年4月1日至2027年12月31日。（省财政厅负责）\n", [], "how long a policy holds"),
    ("1．实施项目。“十四五”期间，建成项目50项。（省科技厅负责）\n", ["period|2021-01-01|2025-12-31||“十四五”期间"],
     "a period at the head of a clause"),
    ("1．总结经验。到2020年，建成平台3个。（省科技厅负责）\n", [], "over when the plan was made"),
    ("1．分期建设。到2025年建成一期，到2030年建成二期。（省水利厅负责）\n",
     ["year||2025-12-31||到2025年", "year||2030-12-31||到2030年"], "two of one measure"),
]  # fmt: skip


def rows_of(deadlines: list[Deadline]) -> list[str]:
    return ["|".join((one.precision, one.start, one.end, one.every, one.words)) for one in deadlines]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[-1] for row in ROWS])
def test_deadlines_of_an_item(text: str, expected: list[str], reason: str, extract_text: ExtractText) -> None:
    [extraction] = extract_text(HEAD + text)
    deadlines = list(extraction.of(Deadline))
    assert rows_of(deadlines) == expected, reason
    assert {one.measure for one in deadlines} <= {measure.id for measure in extraction.of(Measure)}


TABLE = """<html><body><h1>江苏省任务分工方案</h1><table>
<tr><th>序号</th><th>重点任务</th><th>牵头单位</th><th>完成时限</th></tr>
<tr><td>1</td><td>建设省级数据平台</td><td>省发展改革委</td><td>2023年12月</td></tr>
<tr><td>2</td><td>开展督导检查</td><td>省审计厅</td><td>持续推进</td></tr>
</table></body></html>"""


def test_a_column_of_deadlines_belongs_to_the_measures_of_its_rows(extract_text: ExtractText) -> None:
    extractions = extract_text(TABLE)
    measures = {measure.id: measure.label for extraction in extractions for measure in extraction.of(Measure)}
    deadlines = [one for extraction in extractions for one in extraction.of(Deadline)]
    assert [(measures[one.measure], one.precision, one.end, one.words) for one in deadlines] == [
        ("建设省级数据平台", "month", "2023-12-31", "2023年12月"),
        ("开展督导检查", "none", "", "持续推进"),
    ]


def test_words_within_a_part_of_an_item_belong_to_the_part(extract_text: ExtractText) -> None:
    text = "1．建设平台。2025年底前建成省级平台（省水利厅负责）。2026年底前建成市级平台（省财政厅负责）。\n"
    [extraction] = extract_text(HEAD + text)
    measures = {measure.id: measure for measure in extraction.of(Measure)}
    assert [(measures[one.measure].part, one.end) for one in extraction.of(Deadline)] == [
        (1, "2025-12-31"),
        (2, "2026-12-31"),
    ]
