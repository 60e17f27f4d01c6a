"""Deadlines: what policy says is due by when, as days of the calendar, and the many times that are no deadline."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from deadline_rows import DAY, READER, row
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.lexicons.deadlines import load_deadlines
from kg.lexicons.files import ontology_root
from kg.model.document import Span

# text of a document of 10 May 2023, its deadlines, reason
IN_TEXT = [
    ("到2025年，绿色信贷余额达到3000亿元", ["year 2025-12-31 到2025年"], "a year is due with its last day"),
    ("2025年底前，建成5座加氢站", ["year 2025-12-31 2025年底前"], "a word behind the year"),
    ("在2025年前建成", ["year 2025-12-31 2025年前"], "在 sets no limit of its own, 前 does"),
    ("到 2025 年，体系基本建立", ["year 2025-12-31 到 2025 年"], "blanks that a PDF leaves"),
    ("２０２５年１２月底前完成", ["month 2025-12-31 ２０２５年１２月底前"], "full-width digits"),
    ("二〇二五年底前完成", ["year 2025-12-31 二〇二五年底前"], "a year in words"),
    ("力争在2024年年底前配备到位", ["year 2024-12-31 2024年年底前"], "年 twice"),
    ("2025年6月底前完成", ["month 2025-06-30 2025年6月底前"], "a month is due with its last day"),
    ("2024年2月底前完成", ["month 2024-02-29 2024年2月底前"], "a leap year"),
    ("2023年9月上旬前完成", ["month 2023-09-10 2023年9月上旬前"], "a part of a month"),
    ("于2023年6月30日前报送", ["date 2023-06-30 2023年6月30日前"], "a day"),
    ("请于2023年9月30日（周六）17时前报送", ["date 2023-09-30 2023年9月30日（周六）17时前"], "weekday and hour"),
    ("2023年第三季度前印发", ["period 2023-07-01..2023-09-30 2023年第三季度前"], "a quarter"),
    ("2023年上半年完成方案编制", ["period 2023-01-01..2023-06-30 2023年上半年"], "a verb of completion behind"),
    ("2024年建成并投入使用", ["year 2024-12-31 2024年"], "as above"),
    (
        "到2025年、2030年，占比分别达到70%、90%",
        ["year 2025-12-31 到2025年、2030年", "year 2030-12-31 到2025年、2030年"],
        "two years in one wording",
    ),
    ("“十四五”期间，实施50项工程", ["period 2021-01-01..2025-12-31 “十四五”期间"], "a plan that runs"),
    ("到“十四五”末，全省覆盖", ["year 2025-12-31 到“十四五”末"], "the end of a plan"),
    (
        "2023—2025年，每年建成5个",
        ["period 2023-01-01..2025-12-31 2023—2025年", "recurrence P1Y 每年"],
        "a range of years",
    ),
    ("2023年1月至12月开展", ["period 2023-01-01..2023-12-31 2023年1月至12月"], "a range whose end names no year"),
    ("2023年5—12月，开展整治", ["period 2023-05-01..2023-12-31 2023年5—12月"], "a range of months"),
    (
        "执行期限为2019年1月1日至2023年12月31日",
        ["period 2019-01-01..2023-12-31 2019年1月1日至2023年12月31日"],
        "a range of days",
    ),
    ("年底前，各有关部门完成自查", ["year 2023-12-31 年底前"], "the document's year"),
    ("年内培育50家左右", ["year 2023-12-31 年内"], "as above"),
    ("到今年底，构建10条产业链", ["year 2023-12-31 到今年底"], "as above"),
    ("明年6月底前建成", ["month 2024-06-30 明年6月底前"], "the year after the document's"),
    ("6月底前完成招标，2月底前完成评估", ["month 2023-06-30 6月底前", "month 2024-02-29 2月底前"], "the next February"),
    ("各地应于六月底前将情况上报", ["month 2023-06-30 六月底前"], "a month in words"),
    ("12月31日前报送", ["date 2023-12-31 12月31日前"], "a day without a year"),
    (
        "本月底前完成，下月15日前报送",
        ["month 2023-05-31 本月底前", "date 2023-06-15 下月15日前"],
        "months told from the document's",
    ),
    (
        "2024年6月底前启动建设，12月底前完成",
        ["month 2024-06-30 2024年6月底前", "month 2024-12-31 12月底前"],
        "the second goes on with the year of the first",
    ),
    (
        "2024年12月底前完成首次考核，3月底前通报",
        ["month 2024-12-31 2024年12月底前", "month 2025-03-31 3月底前"],
        "what comes second is later",
    ),
    (
        "2024年12月底前完成首次考核。9月底前通报",
        ["month 2024-12-31 2024年12月底前", "month 2023-09-30 9月底前"],
        "another sentence begins anew with the document's day",
    ),
    ("每年12月底前报送总结", ["recurrence --12 P1Y 每年12月底前"], "a month of any year"),
    ("于每年1月31日前公开", ["recurrence --01-31 P1Y 每年1月31日前"], "a day of any year"),
    ("每月7日前，将上月进展报送", ["recurrence ---07 P1M 每月7日前"], "a day of any month"),
    ("每月45日前报送", ["recurrence P1M 每月"], "a day that no month has"),
    ("请各牵头单位于每季度末前报送", ["recurrence P3M 每季度末前"], "a quarter's end"),
    ("每半年召开一次会议", ["recurrence P6M 每半年"], "half a year"),
    ("每两年至少组织一次", ["recurrence P2Y 每两年"], "a number of years"),
    ("每年第一季度公开", ["recurrence --03 P1Y 每年第一季度"], "a quarter of any year"),
    (
        "2020年起，每年2月底前完成考核，3月底前通报",
        ["recurrence 2020-01-01..--02 P1Y 2020年起，每年2月底前", "recurrence --03 P1Y 3月底前"],
        "from a year on; what follows in the sentence comes again too",
    ),
    ("力争三年内，占比超过50%", ["period 2023-05-10..2026-05-10 力争三年内"], "from the document's day on"),
    ("用3年时间，打造标杆", ["period 2023-05-10..2026-05-10 用3年时间"], "as above"),
    ("自印发之日起3个月内制定细则", ["period 2023-05-10..2023-08-10 自印发之日起3个月内"], "months"),
    # Inside clauses.
    ("（省发展改革委牵头，2025年6月底前完成）", ["month 2025-06-30 2025年6月底前"], "behind the bodies"),
    ("（市商务局牵头，持续推进）", ["none 持续推进"], "an item of its own"),
    ("（责任单位：市商务局、市贸促会、长期）", ["none 长期"], "listed with the bodies"),
    ("（省财政厅按职责分工负责，并长期坚持）", ["none 长期坚持"], "behind 并"),
    (
        "（市经信局负责，2023—2025年持续推进）",
        ["period 2023-01-01..2025-12-31 2023—2025年"],
        "a range and what goes on",
    ),
    ("（县财政局牵头，会同县林业局，按季度开展督查）", ["recurrence P3M 按季度"], "every quarter"),
    (
        "（牵头单位：省发展改革委；完成时限：2025年12月底）",
        ["month 2025-12-31 2025年12月底"],
        "a label inside a clause",
    ),
    (
        "（完成时限：2025年12月；责任单位：市国土资源局）",
        ["month 2025-12-31 2025年12月"],
        "behind a label a bare month will do",
    ),
    (
        "完成时限：2025年12月。2026年是关键一年",
        ["month 2025-12-31 2025年12月"],
        "the label reaches to the end of its value",
    ),
    (
        "（责任单位：市经信局；完成时限：2023年12月底前，并持续推进）",
        ["month 2023-12-31 2023年12月底前", "none 持续推进"],
        "two in one value",
    ),
]

NOT_IN_TEXT = [
    ("较2020年底增长5%", "what a figure is compared with"),
    ("以2020年为基期", "as above"),
    ("2025年版目录", "a name"),
    ("2025年度工作总结", "as above"),
    ("第2025年", "an ordinal"),
    ("《发展规划（2021—2025年）》", "a title"),
    ("发展规划（2021—2025年）", "a title without its marks"),
    ("自2022年7月1日起施行", "the day on which something begins"),
    ("2023年12月出台的方案", "what was done by then"),
    ("今年前三季度，增加值增长5%", "前 begins another word"),
    ("2025年前后发射", "as above"),
    ("5月3日内蒙古发生地震", "内 begins another word"),
    ("上半年，社会消费品零售总额增长8%", "a time in which things happened"),
    ("6月末贷款余额1.23万亿元", "a day of a fact"),
    ("截至4月底，全市完成造林12万亩", "as above"),
    ("1月至6月，完成投资300亿元", "a range of months that are over"),
    ("两年内有三次以上违法行为", "a condition"),
    ("三年内不得申报", "a ban"),
    ("每0年修订一次", "no number of years"),
    ("下月45日前报送", "no day"),
    ("每年最高补贴500万元", "a ceiling"),
    ("年均增长5%，平均每年新增10家", "a mean"),
    ("持续推进智能制造发展", "a verb and its object"),
    ("必须长期坚持绿色发展", "as above"),
    ("0403年底前建成", "no year"),
    ("2025年13月底前完成", "no month"),
    ("2025年6月31日", "no day"),
    ("申请延期应当在期限届满三十日前提出", "a day before another"),
    ("3个月大的婴儿", "an age"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), IN_TEXT, ids=[entry[0][:24] for entry in IN_TEXT])
def test_in_text(text: str, expected: list[str], reason: str) -> None:
    assert list(map(row, READER.find(text, on=DAY))) == expected, reason


@pytest.mark.parametrize(("text", "reason"), NOT_IN_TEXT, ids=[entry[0][:24] for entry in NOT_IN_TEXT])
def test_not_in_text(text: str, reason: str) -> None:
    assert list(map(row, READER.find(text, on=DAY))) == [], reason


def test_a_stretch_of_a_text_is_read_as_it_stands_there() -> None:
    text = "2023年底前完成。2024年底前完成。2025年底前完成。"
    [found] = READER.find(text, Span(10, 20))
    assert (found.words, text[found.span.start : found.span.end], found.end) == (
        "2024年底前",
        "2024年底前",
        "2024-12-31",
    )


@pytest.mark.parametrize(
    ("text", "day", "past"),
    [
        ("2023年6月底前", "2023-07-01", True),
        ("2023年6月底前", "2023-06-30", False),
        ("2023年6月底前", "", False),
        ("每年6月底前", "2023-07-01", False),
        ("长期坚持。", "2023-07-01", False),
    ],
)
def test_past(text: str, day: str, past: bool) -> None:
    [deadline] = READER.find(text)
    assert deadline.is_past(day) is past


WORDINGS = {text for text, *_ in IN_TEXT} | {text for text, _ in NOT_IN_TEXT}
PIECES = sorted(WORDINGS) + list("年月日底前至到—、，。；（）0123每十五“”")
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=6).map("".join)
FULL = re.compile(r"\d{4}-\d{2}-\d{2}")
END = re.compile(r"(\d{4}-\d{2}-\d{2}|--\d{2}(-\d{2})?|---\d{2})?")


@given(TEXTS, st.sampled_from(["", DAY, "2099-12-31"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_deadlines_stand_in_order_and_are_days(text: str, day: str, whole: bool) -> None:
    found = READER.read(text, day) if whole else READER.find(text, on=day)
    for deadline in found:
        assert deadline.words == text[deadline.span.start : deadline.span.end] != ""
        assert END.fullmatch(deadline.end)
        assert FULL.fullmatch(deadline.start) or not deadline.start
        assert not (deadline.start and FULL.fullmatch(deadline.end)) or deadline.start <= deadline.end
        assert bool(deadline.every) == (deadline.kind == "recurrence")
        assert not (deadline.kind == "none" and (deadline.start or deadline.end))
    for earlier, later in pairwise(found):
        assert earlier.span == later.span or earlier.span.end <= later.span.start


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_full_width_digits_are_read_as_others(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})
    plain = [(d.kind, d.span, d.start, d.end, d.every) for d in READER.find(text, on=DAY)]
    assert [(d.kind, d.span, d.start, d.end, d.every) for d in READER.find(wide, on=DAY)] == plain


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("十四五: [2021, 2025]", "十四五: [2025, 2021]", "the plan 十四五 runs from 2025 to 2021"),
        ("年中: [1, 6]", "年中: [1, 16]", "年中 runs from month 1 to month 16"),
        ("每半年: P6M", "每半年: 6M", "每半年 comes again every 6M"),
        ("weak_before: [在]", "weak_before: [于]", "weak_before has 于"),
        ("ordinal:", "ordinals:", "ordinals"),
        ("done: [完成", 'done: ["", 完成', "holds an empty word"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    sound = (ontology_root() / "lexicons" / "deadlines.yaml").read_text(encoding="utf-8")
    assert old in sound
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "deadlines.yaml").write_text(sound.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        load_deadlines(tmp_path)
