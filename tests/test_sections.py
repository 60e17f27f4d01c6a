"""The numbered tree: every style, nesting, counts that begin anew, where items end, headings that assign nothing."""

from __future__ import annotations

import pytest
from conftest import LEXICONS, ReadText
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.read import read_document
from kg.extractors.sections import SectionTree
from kg.extractors.sections.find import find_sections
from kg.lexicons import Lexicons
from kg.model.document import Document, Section
from kg.text.fold import fold

WORDS = LEXICONS
HEAD = "某省绿色发展实施方案\n"


def sections_of(body: str) -> tuple[Document, tuple[Section, ...]]:
    (document,) = read_document("x", HEAD + body, WORDS.documents, WORDS.numbering.starts_item)
    return document, find_sections(document, fold(document.text), WORDS.numbering)


def outline(body: str) -> list[str]:
    return [section.label for section in sections_of(body)[1]]


# the head of a line, its style, its numeral in a path, what follows the numeral
NUMERALS = [
    ("第一章 总则", "chapter", "第一章", "总则"),
    ("第三篇 保障", "chapter", "第三章", "保障"),
    ("第二节 保障措施", "part", "第二节", "保障措施"),
    ("第十条 市科技局负责管理。", "article", "第十条", "市科技局负责管理。"),
    ("第二十一条 市科技局负责。", "article", "第二十一条", "市科技局负责。"),
    ("一、加快发展", "one", "一", "加快发展"),
    ("十二、加快发展", "one", "十二", "加快发展"),
    ("一．加快发展", "one", "一", "加快发展"),
    ("（一）加快发展", "bracket", "（一）", "加快发展"),
    ("(十一) 加快发展", "bracket", "（十一）", "加快发展"),
    ("1．加快发展", "arabic", "1", "加快发展"),
    ("１２．加快发展", "arabic", "12", "加快发展"),
    ("3、加快发展", "arabic", "3", "加快发展"),
    ("10.加快发展", "arabic", "10", "加快发展"),
    ("5.2 加快发展", "decimal", "5.2", "加快发展"),
    ("5．2．10加快发展", "decimal", "5.2.10", "加快发展"),
    ("5.2.1、加快发展", "decimal", "5.2.1", "加快发展"),
    ("（1）加快发展", "bracket-arabic", "（1）", "加快发展"),
    ("1）加快发展", "arabic-bracket", "（1）", "加快发展"),
    ("③加快发展", "circled", "③", "加快发展"),
    ("三是加快发展", "point", "三", "加快发展"),
]


@pytest.mark.parametrize(("line", "style", "numeral", "rest"), NUMERALS)
def test_every_style_of_numbering(line: str, style: str, numeral: str, rest: str) -> None:
    document, (section,) = sections_of(line)
    assert (section.style, section.path, document.quote(section.head)) == (style, (numeral,), rest)
    assert section.leaf


def test_every_style_of_the_lexicon_has_a_row(lexicons: Lexicons) -> None:
    assert {style.id for style in lexicons.numbering.styles} == {row[1] for row in NUMERALS}


# lines that begin like an item and are none, reason
NO_ITEMS = [
    ("3.5亿元用于绿色发展", "a decimal"),
    ("3.5%的企业达标", "a share"),
    ("2.1倍于去年", "a multiple"),
    ("1.5米以上的树木", "a length"),
    ("5 应急响应", "a number alone, above no decimal numbers"),
    ("3.14", "no words"),
    ("二是不是可行，再作研究", "是不是"),
    ("一是否可行，再作研究", "是否"),
    ("第一条线路开通", "条 counts"),
    ("第三条和第四条的规定", "a reference"),
    ("一些地方先行先试", "no mark after the numeral"),
    ("2025年底前完成", "a year"),
    ("1 000家企业", "a number"),
]


# lines, outline, reason
DECIMALS = [
    (
        "5 应急响应\n5.1 报告\n5.2 响应\n5.2.1 投放\n5.2.2 加工",
        ["5", "5/5.1", "5/5.2", "5/5.2/5.2.1", "5/5.2/5.2.2"],
        "digits",
    ),
    ("5应急响应\n5.1报告\n6后期处置\n6.1 补偿", ["5", "5/5.1", "6", "6/6.1"], "without blanks"),
    (
        "5.2 响应\n5.2.1 管控\n（1）划定。\n（2）发布。\n5.3 终止",
        ["5.2", "5.2/5.2.1", "5.2/5.2.1/（1）", "5.2/5.2.1/（2）", "5.3"],
        "brackets",
    ),
    ("4.4 保障\n5.1.6 救助\n5.1.7 安置", ["4.4", "5.1.6", "5.1.7"], "below no number that is none of theirs"),
    ("一、保障\n1.1 资金\n1.2 人员\n二、附则", ["一", "一/1.1", "一/1.2", "二"], "below another style"),
    ("5.1 报告\n12个县完成任务\n5.2 响应", ["5.1", "5.2"], "a count of others is no head"),
    ("5.1 报告\n5 个县完成任务，成效明显。\n5.2 响应", ["5.1", "5.2"], "nor is a sentence"),
]


@pytest.mark.parametrize(("body", "wanted", "reason"), DECIMALS)
def test_decimal_numbers_nest_as_their_digits_say(body: str, wanted: list[str], reason: str) -> None:
    assert outline(body) == wanted, reason


@pytest.mark.parametrize(("line", "reason"), NO_ITEMS)
def test_what_is_no_item(line: str, reason: str) -> None:
    assert outline(line) == [], reason


# text, paths in order, reason
TREES = [
    (
        "一、甲\n（一）乙\n1．丙\n（1）丁\n①戊\n（二）己\n二、庚",
        ["一", "一/（一）", "一/（一）/1", "一/（一）/1/（1）", "一/（一）/1/（1）/①", "一/（二）", "二"],
        "down and up again",
    ),
    ("一、甲\n1.乙\n2.丙\n二、丁\n1.戊", ["一", "一/1", "一/2", "二", "二/1"], "numbers begin anew under each item"),
    ("一、甲\n1.乙\n2.丙\n二、丁\n3.戊", ["一", "一/1", "一/2", "二", "二/3"], "numbers that go on"),
    ("（一）甲\n1.乙\n（二）丙", ["（一）", "（一）/1", "（二）"], "nothing above"),
    (
        "第一章 总则\n第一条 甲办法。\n第二章 保障\n第二条 乙办法。",
        ["第一章", "第一章/第一条", "第二章", "第二章/第二条"],
        "rules",
    ),
    ("一、甲\n一是乙\n二是丙", ["一", "一/一", "一/二"], "points"),
    ("1.甲。（省财政厅牵头）2.乙。（省科技厅牵头）３．丙。", ["1", "2", "3"], "items inside a paragraph"),
    ("9．甲。（省财政厅牵头）１０．乙。", ["9", "10"], "as scans have them, in full-width figures"),
    ("1.甲。（省财政厅牵头）3.乙。", ["1"], "a count that does not go on is none"),
    ("甲。（省财政厅牵头）2.乙。", [], "nor is one without a first"),
    ("1.完成2.5亿元投资。3.乙。", ["1"], "a decimal, and a gap in the count"),
    ("目录\n一、形势......1\n（一）甲......2\n二、任务……3\n一、形势\n二、任务", ["一", "二"], "a table of contents"),
    (
        "一、甲\n（一）乙\n专栏1 理论\n1．丙。\n2．丁。\n（二）戊\n二、己",
        ["一", "一/（一）", "一/（二）", "二"],
        "a box",
    ),
    (
        "一、甲\n1．乙\n专栏2：技术\n1．丙。\n2．丁。\n3．戊。\n2．己\n",
        ["一", "一/1", "一/2"],
        "the count around a box goes on behind it",
    ),
    ("一、甲\n专栏一\n（一）乙。\n（二）丙。\n二、丁", ["一", "二"], "a box right under a heading"),
    (
        "一、甲\n（一）乙\n专栏3 行动\n（三）丙",
        ["一", "一/（一）", "一/（三）"],
        "a count that went on in the box's text",
    ),
    (
        "一、甲\n（一）乙。专栏引导资金。\n（二）丙",
        ["一", "一/（一）", "一/（二）"],
        "no box: the word inside a sentence",
    ),
    (
        "一、甲\n附件：1．指南\n2．申报表\n3．说明\n附件1\n一、乙\n（一）丙",
        ["一", "附件1", "附件1/一", "附件1/一/（一）"],
        "the list of attachments is no count, an attachment has its own",
    ),
    (
        "一、甲\n（一）乙。 （二）丙。\n（三）丁",
        ["一", "一/（一）", "一/（二）", "一/（三）"],
        "a count that goes on inside a paragraph, as text taken out of a PDF has it",
    ),
]


@pytest.mark.parametrize(("body", "paths", "reason"), TREES)
def test_paths(body: str, paths: list[str], reason: str) -> None:
    assert outline(body) == paths, reason


def test_items_inside_a_paragraph_end_where_the_next_begins() -> None:
    document, sections = sections_of("9．推进甲。（省财政厅牵头）　１０．推进乙。（省科技厅牵头）")
    assert [document.quote(section.span) for section in sections] == [
        "9．推进甲。（省财政厅牵头）",
        "１０．推进乙。（省科技厅牵头）",
    ]
    assert [document.quote(section.head)[:3] for section in sections] == ["推进甲", "推进乙"]


def test_an_item_holds_what_stands_under_it() -> None:
    document, sections = sections_of("前言\n一、甲\n甲的第一段。\n甲的第二段。\n（一）乙\n乙的一段。\n二、丙")
    assert [document.quote(section.span) for section in sections] == [
        "一、甲\n甲的第一段。\n甲的第二段。\n（一）乙\n乙的一段。",
        "（一）乙\n乙的一段。",
        "二、丙",
    ]
    assert [section.leaf for section in sections] == [False, True, True]


# lines after the last item, what the last item holds, reason
CLOSINGS = [
    ("加强领导。\n本方案自印发之日起施行。", "三、保障\n加强领导。", "entry into force"),
    ("加强领导。\n附件：任务分工表", "三、保障\n加强领导。", "an annex"),
    ("加强领导。\n某省人民政府\n2022年6月24日", "三、保障\n加强领导。\n某省人民政府", "the date"),
    ("加强领导。\n抄送：省委办公厅。", "三、保障\n加强领导。", "copies"),
    ("加强领导。\n（此件公开发布）", "三、保障\n加强领导。", "how it is made public"),
    ("加强领导。\n压实责任。", "三、保障\n加强领导。\n压实责任。", "nothing closes"),
]


@pytest.mark.parametrize(("lines", "held", "reason"), CLOSINGS)
def test_closing_lines_belong_to_no_item(lines: str, held: str, reason: str) -> None:
    document, sections = sections_of(f"一、甲\n二、乙\n三、保障\n{lines}")
    assert document.quote(sections[-1].span) == held, reason


def test_a_closing_line_before_the_last_item_closes_nothing() -> None:
    assert outline("一、甲\n附件：说明\n二、乙") == ["一", "二"]


# heading, its tags, reason
TAGS = [
    ("一、总体要求", {"overview"}, ""),
    ("（一）指导思想。", {"overview"}, "with a full stop"),
    ("（二）基本原则", {"overview"}, ""),
    ("（三）目标要求。", {"goals"}, "as in seed 002"),
    ("二、工作目标", {"goals"}, ""),
    ("（三）主要目标：到2025年", {"goals"}, "up to the colon"),
    ("一、发展现状", {"background"}, ""),
    ("一、面临的形势和挑战", {"background"}, ""),
    ("第五章 附则", {"supplementary"}, ""),
    ("第一条 为了规范管理，制定本办法。", {"idle"}, "purpose"),
    ("第二条 本办法所称甲，是指乙。", {"idle"}, "definition"),
    ("第九条 本办法自2022年1月1日起施行。", {"idle"}, "entry into force"),
    ("二、重点任务", set(), "tasks"),
    ("一、完善目标管理体系", set(), "目标 inside a task"),
    ("（一）加强基础设施建设", set(), "基础 inside a task"),
    ("第三条 市科技局负责管理。", set(), "a duty"),
    ("第七条 河道规划应当包括规划范围、期限和目标。", {"idle"}, "what a plan contains"),
    ("第七条 市水务局应当编制包括期限在内的河道规划。", set(), "包括 inside a duty"),
    ("第五条 任何单位和个人不得损坏界桩。", {"idle"}, "forbidden to all"),
    ("第五条 任何单位和个人不得损坏界桩。市林业局应当定期巡查。", set(), "a duty behind what is forbidden"),
    ("第六条 湿地规划是湿地保护的依据。", {"idle"}, "what a thing is"),
    ("第九条 规划的修改按照规划编制程序办理。", {"idle"}, "as other rules say"),
    ("第九条 市财政局按照规定给予奖励，依照本办法执行。", set(), "a reward by other rules"),
    ("第八条 国家保护农民的合法权益。", {"idle"}, "whose rights are kept"),
    ("第七条 合作社应当遵守法律、法规，诚实守信。", {"idle"}, "that the law is to be kept"),
    ("第七条 县级以上人民政府应当遵守有关法律，组织巡查。", set(), "a government's duty"),
    ("第十二条 有下列情形之一的，合同终止：", {"idle"}, "when a contract ends"),
    ("第三十条 违反本条例规定，构成犯罪的，依法追究刑事责任。", {"idle"}, "a penalty"),
    ("第三十条 市公安局依法查处违反本条例规定的行为。", set(), "违反 inside a duty"),
    ("第五章 法律责任", {"supplementary"}, "a chapter of penalties"),
    ("（九）法律、法规规定的其他职能。", {"idle"}, "the last of a list of functions"),
    ("1.出院患者手术占比▲", {"idle"}, "an indicator"),
    ("1.提高出院患者手术占比", set(), "an indicator that is to be raised"),
]


@pytest.mark.parametrize(("line", "tags", "reason"), TAGS)
def test_headings_are_tagged(line: str, tags: set[str], reason: str) -> None:
    assert set(sections_of(line)[1][0].tags) == tags, reason


def test_tags_are_inherited_downwards_only() -> None:
    _, sections = sections_of("一、总体要求\n（一）甲\n1.工作目标\n二、主要任务\n（一）乙")
    assert [set(section.tags) for section in sections] == [
        {"overview"},
        {"overview"},
        {"overview", "goals"},
        set(),
        set(),
    ]


def test_a_table_is_no_outline(read_text: ReadText) -> None:
    (document,) = read_text("<p>某省绿色发展任务分工方案</p><table><tr><td>1.甲</td><td>一、乙</td></tr></table>")
    assert find_sections(document, fold(document.text), WORDS.numbering) == ()


def test_the_plan_of_seed_002(seeds: tuple[object, ...]) -> None:
    plan = next(e for e in seeds if e.document.kind == "policy")  # type: ignore[attr-defined]  # extractions
    labels = [section.label for section in plan.sections]  # type: ignore[attr-defined]
    assert len(labels) == len(set(labels)) == 41
    assert [label for label in labels if label.count("/") == 0] == ["一", "二", "三"]
    assert [label for label in labels if label.startswith("二/") and label.count("/") == 1] == [
        f"二/（{numeral}）" for numeral in "一二三四五六七"
    ]
    assert sum(label.count("/") == 2 and label.startswith("二/") for label in labels) == 21


STARTS = st.sampled_from(
    [
        "一、",
        "二、",
        "三、",
        "（一）",
        "（二）",
        "1．",
        "2.",
        "3、",
        "（1）",
        "(2)",
        "1）",
        "①",
        "②",
        "一是",
        "二是",
        "第一章 ",
        "第二节 ",
        "第三条 ",
        "",
        "本方案自印发之日起施行。",
        "附件：",
        "１０．",
    ]
)
LINES = st.lists(
    st.tuples(STARTS, st.text("甲乙总体要求目标。（）；1.2 、", max_size=12)).map("".join), min_size=1, max_size=20
).map("\n".join)


@given(LINES)
@settings(max_examples=300)
def test_spans_nest_or_are_apart_and_paths_are_unique_per_place(body: str) -> None:
    document, sections = sections_of(body)
    tree = SectionTree(sections)
    for offset in range(len(document.text) + 1):
        around = [section for section in sections if section.span.start <= offset < section.span.end]
        assert tree.at(offset) == (around[-1] if around else None)
    assert len({(section.path, section.span.start) for section in sections}) == len(sections)
    assert [section.span.start for section in sections] == sorted({section.span.start for section in sections})
    for index, section in enumerate(sections):
        assert document.span.contains(section.span)
        assert section.head.start >= section.span.start
        assert section.leaf == (index + 1 == len(sections) or len(sections[index + 1].path) <= len(section.path))
        holding = [other for other in sections if other.span.contains(section.span) and other != section]
        assert list(tree.above(section)) == holding[::-1]
        assert list(tree.below(section)) == [
            other for other in sections if section.span.contains(other.span) and other != section
        ]
        for other in sections[index + 1 :]:
            nested = section.span.contains(other.span)
            assert nested or not section.span.overlaps(other.span)
            assert nested == (other.path[: len(section.path)] == section.path) or not nested
