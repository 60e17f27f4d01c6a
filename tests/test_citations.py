"""Citations: which documents a text names, in which relation, and which document of a build each one is."""

from __future__ import annotations

import csv
import io
import itertools
import random

import pytest
from conftest import EXTRACTORS, READER
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store
from small_graph import REFERENCE

from kg.checks.validate import validate
from kg.documents.read import read_document
from kg.errors import LexiconError
from kg.exports.records import records_of
from kg.extractors.citations import Citation
from kg.extractors.citations.extractor import check_examples
from kg.extractors.citations.find import CitationFinder
from kg.extractors.reader import extract_reading
from kg.graph import build_quads, prefixes
from kg.graph.cited_documents import Works
from kg.lexicons.citations import load_citations
from kg.lexicons.files import ontology_root
from kg.model.document import Span, Work
from kg.model.facts import Extraction
from kg.model.ids import work_id
from kg.query import Solutions, format_csv, run_query
from kg.store import load

FINDER = CitationFinder(READER.lexicons.citations)

Row = tuple[str, list[tuple[str, str, str]], str]
BASE, RULE, DO, END = "based-on", "follows", "implements", "repeals"
MEND, PLAN, NAME = "amends", "plans-to-amend", "cites"

ROWS: list[Row] = [
    # words that govern
    ("根据《中华人民共和国预算法》，制定本办法。", [("中华人民共和国预算法", "", BASE)], "根据"),
    ("依据《甲省水利条例》开展检查", [("甲省水利条例", "", RULE)], "依据"),
    ("依照《甲省水利条例》的规定处罚", [("甲省水利条例", "", RULE)], "依照"),
    ("按《甲市专项资金管理办法》执行", [("甲市专项资金管理办法", "", RULE)], "按 right before the title"),
    ("按时完成《甲市三年行动方案》各项工作", [("甲市三年行动方案", "", NAME)], "按 in 按时 governs nothing"),
    ("以《甲市总体规划》为指导，统筹布局", [("甲市总体规划", "", RULE)], "以…为指导"),
    ("为贯彻落实《国家标准化发展纲要》，制定本方案", [("国家标准化发展纲要", "", DO)], "贯彻落实"),
    ("贯彻《甲省促进条例》精神", [("甲省促进条例", "", DO)], "贯彻"),
    ("深入实施《“十三五”国家科技创新规划》", [("“十三五”国家科技创新规划", "", DO)], "quotes within a title"),
    (
        "围绕《〈中国制造2025〉甲省行动纲要》实施，布局装备",
        [("〈中国制造2025〉甲省行动纲要", "", DO)],
        "围绕…实施, nested marks",
    ),
    ("推动《甲市行动计划》落地见效", [("甲市行动计划", "", DO)], "推动…落地"),
    ("《甲市条例》实施以来，成效明显", [("甲市条例", "", NAME)], "实施以来 tells of the past"),
    ("加快修订《甲省科学技术进步条例》等法规", [("甲省科学技术进步条例", "", PLAN)], "修订"),
    ("现对《甲市管理办法》作如下修改：", [("甲市管理办法", "", MEND)], "作如下修改"),
    ("根据《甲法》修订本市规定", [("甲法", "", RULE)], "a word that binds in front goes before one behind"),
    ("制定出台《甲市数据条例》", [("甲市数据条例", "", "reports")], "an intention names the document and no more"),
    ("参照《甲省创新券使用管理办法》给予补助", [("甲省创新券使用管理办法", "", NAME)], "参照"),
    ("落实主体责任，参照《甲省办法》给予补助", [("甲省办法", "", NAME)], "the nearest word; a comma parts"),
    ("落实主体责任并参照《甲省办法》给予补助", [("甲省办法", "", NAME)], "the nearest word without a comma"),
    ("鼓励申报《甲市行动计划》项目", [("甲市行动计划", "", NAME)], "no word governs"),
    # ends of force
    (
        "《甲市专项资金管理办法》（甲府〔2015〕1号）同时废止。",
        [("甲市专项资金管理办法", "甲府〔2015〕1号", END)],
        "同时废止",
    ),
    (
        "自本办法施行之日起，《甲市补贴办法》和《甲市奖励细则》废止。",
        [("甲市补贴办法", "", END), ("甲市奖励细则", "", END)],
        "one word behind two titles",
    ),
    ("本办法自2022年5月1日起施行，原《甲市办法》同时废止", [("甲市办法", "", END)], "原"),
    ("决定废止《甲省排污费征收办法》", [("甲省排污费征收办法", "", END)], "废止 in front"),
    ("《甲市办法》中有关补贴的条款停止执行", [("甲市办法", "", END)], "停止执行"),
    ("《甲市办法》自2023年1月1日起失效", [("甲市办法", "", END)], "失效"),
    ("按照《甲市办法》，落后产能停止执行电价优惠", [("甲市办法", "", RULE)], "停止执行 is of something else"),
    ("《甲市办法》（甲府〔2019〕3号）有效期延长至2025年", [("甲市办法", "甲府〔2019〕3号", "continues")], "有效期延长"),
    (
        "继续执行《甲市实施意见》（甲政办字〔2020〕7号）",
        [("甲市实施意见", "甲政办字〔2020〕7号", "continues")],
        "继续执行",
    ),
    # notices
    ("现将《甲省碳达峰实施方案》印发给你们，请认真贯彻执行。", [("甲省碳达峰实施方案", "", "issues")], "印发给你们"),
    ("《甲市行动计划》已经市政府同意，现印发给你们。", [("甲市行动计划", "", "issues")], "beyond a comma"),
    ("现将《乙部关于丙的通知》转发给你们", [("乙部关于丙的通知", "", "issues")], "转发"),
    ("2021年，国务院印发《2030年前碳达峰行动方案》。", [("2030年前碳达峰行动方案", "", "reports")], "others issued it"),
    (
        "《甲函》（甲函〔2019〕44号）收悉，现将指南予以公布",
        [("甲函", "甲函〔2019〕44号", NAME)],
        "another thing is issued",
    ),
    # runs
    (
        "根据《甲法》《乙条例》和《丙办法》，制定本细则",
        [("甲法", "", BASE), ("乙条例", "", BASE), ("丙办法", "", BASE)],
        "one word, three titles",
    ),
    (
        "按照《甲意见》（国办发〔2020〕20号）、省政府《乙办法》等文件要求",
        [("甲意见", "国办发〔2020〕20号", RULE), ("乙办法", "", RULE)],
        "numbers and issuers within a run",
    ),
    (
        "紧紧围绕深入实施《甲规划》和贯彻落实《乙纲要》",
        [("甲规划", "", DO), ("乙纲要", "", DO)],
        "each with its own word",
    ),
    (
        "为落实《甲纲要》，根据《乙办法》，参照《丙细则》",
        [("甲纲要", "", DO), ("乙办法", "", RULE), ("丙细则", "", NAME)],
        "three clauses",
    ),
    ("根据《甲办法》第十二条和《乙规定》", [("甲办法", "", RULE), ("乙规定", "", RULE)], "an article between"),
    # nested and malformed
    (
        "根据《国务院关于印发〈2030年前碳达峰行动方案〉的通知》（国发〔2021〕23号）",
        [("国务院关于印发〈2030年前碳达峰行动方案〉的通知", "国发〔2021〕23号", RULE)],
        "nested with 〈〉",
    ),
    ("按照《关于印发《甲方案》的通知》要求", [("关于印发《甲方案》的通知", "", RULE)], "nested with 《》"),
    ("按照《关于印发《甲方案的通知》要求", [("关于印发《甲方案的通知", "", RULE)], "one 》 for two 《"),
    ("按照《甲省《乙方案》要求", [("乙方案", "", RULE)], "a 《 that nothing closes"),
    (
        "根据《关于印发<甲细则>的通知》（甲工信〔2022〕82号）",
        [("关于印发<甲细则>的通知", "甲工信〔2022〕82号", RULE)],
        "ASCII marks",
    ),
    (
        "按照省政府关于印发《甲方案》的通知（甲府〔2022〕1号）要求",
        [("甲方案", "甲府〔2022〕1号", RULE)],
        "the notice around it",
    ),
    ("《甲方案", [], "broken off"),
    ("落实《》", [], "nothing inside"),
    # numbers
    ("按照国发〔2021〕23号文要求", [("", "国发〔2021〕23号", RULE)], "a number alone"),
    ("落实粤府办［２０１９］ 第15号文件精神", [("", "粤府办〔2019〕15号", DO)], "full width, 第, blanks"),
    ("原甲府(2015)001号同时废止", [("", "甲府〔2015〕1号", END)], "原 is no sign; no leading zeros"),
    ("银保监发〔2022〕15号", [("", "银保监发〔2022〕15号", NAME)], "no word"),
    ("《甲条例》（国务院令第735号）", [("甲条例", "国务院令第735号", NAME)], "an order"),
    (
        "依照《甲条例》（中华人民共和国国务院令第735号）",
        [("甲条例", "国务院令第735号", RULE)],
        "the same order in full",
    ),
    (
        "按照《甲公告》（财政部 税务总局公告2021年第13号）",
        [("甲公告", "税务总局公告2021年第13号", RULE)],
        "an announcement",
    ),
    ("《智能工厂 通用技术要求》（GB/T 41255-2022）", [("智能工厂 通用技术要求", "GB/T41255-2022", NAME)], "a standard"),
    ("《甲意见》(国办发〔2020]20号)", [("甲意见", "国办发〔2020〕20号", NAME)], "brackets of two kinds"),
    (
        "根据国务院关于印发2030年前碳达峰行动方案的通知（国发〔2021〕23号）要求",
        [("关于印发2030年前碳达峰行动方案的通知", "国发〔2021〕23号", RULE)],
        "a title without marks before its number",
    ),
    ("设备编号（2021）12号", [], "a year in brackets with 编号 before it and no agency's sign in use"),
    # what is said in brackets
    (
        "根据《甲方案》（国发〔2021〕23号，以下简称《方案》）",
        [("甲方案", "国发〔2021〕23号", RULE)],
        "number and short name",
    ),
    ("根据《甲法》（2020年修订）", [("甲法", "", RULE)], "a revision"),
    ("《甲行动计划（2021—2025年）》", [("甲行动计划（2021—2025年）", "", NAME)], "years in the title"),
    ("落实《甲办法（试行）》", [("甲办法（试行）", "", DO)], "试行 stays"),
    ("详见《甲实施方案》（附件1）", [("甲实施方案", "", "has-part")], "an attachment is a part"),
    # without marks
    ("依照中华人民共和国环境保护法第十条", [("中华人民共和国环境保护法", "", RULE)], "a law"),
    ("中华人民共和国最高人民法院", [], "a court is no law"),
    (
        "对接落实甲省国民经济和社会发展第十四个五年规划纲要",
        [("甲省国民经济和社会发展第十四个五年规划纲要", "", DO)],
        "a plan",
    ),
    ("“十四五”规划期间，碳排放下降", [], "a period, not a plan"),
    # issuing that only describes
    ("根据国务院发布的《甲规划》", [("甲规划", "", RULE)], "发布的 describes the title"),
    ("按照科技部等六部门联合印发的《甲意见》", [("甲意见", "", RULE)], "联合印发的"),
    # forms that were not looked at while the words were gathered
    ("对《甲市停放条例》第三条、第五条进行修改。", [("甲市停放条例", "", PLAN)], "articles between"),
    ("现将《甲市重点任务》（以下简称《任务》）印发给你单位", [("甲市重点任务", "", "issues")], "你单位"),
    (
        "贯彻执行国办发〔2022〕14号和甲政办发〔2022〕30号文件精神",
        [("", "国办发〔2022〕14号", DO), ("", "甲政办发〔2022〕30号", DO)],
        "two numbers",
    ),
    (
        "废止《甲办法》（甲府令第12号）和《乙办法》（甲府令第15号）",
        [("甲办法", "甲府令第12号", END), ("乙办法", "甲府令第15号", END)],
        "orders",
    ),
    ("《甲通知》（财金〔2021〕8号）自本通知印发之日起停止执行", [("甲通知", "财金〔2021〕8号", END)], "a date between"),
    ("《甲省实施〈乙法〉办法》已由甲省人大常委会通过，现予公布", [("甲省实施〈乙法〉办法", "", "issues")], "现予公布"),
    ("取得《排污许可证》，并按照《排污许可管理条例》监测", [("排污许可管理条例", "", RULE)], "a licence and a rule"),
    (
        "依据《甲办法》（国家发展改革委令2023年第2号）",
        [("甲办法", "国家发展改革委令2023年第2号", RULE)],
        "an order with its year",
    ),
    (
        "按照《国务院关于落实〈政府工作报告〉分工的意见》（国发[2022]9号）",
        [("国务院关于落实〈政府工作报告〉分工的意见", "国发〔2022〕9号", RULE)],
        "a cue within",
    ),
    ("出版《绿色金融研究》丛书，办好《今日甲省》栏目", [], "a series and a column"),
    ("入选《时代》周刊，参加《财富》世界500强评选", [], "magazines"),
    # no documents
    ("填写《项目申报书》（附件2）", [], "a form"),
    ("提交《专项资金申请表》", [], "a form"),
    ("据《人民日报》报道", [], "a paper"),
    ("阅读《红楼梦》", [], "a novel"),
    ("《读者》杂志社", [], "a magazine"),
    ("颁发《营业执照》", [], "a licence"),
    ("列入《目录》的企业", [], "a general word"),
    ("贯彻《红船精神》", [("红船精神", "", DO)], "what is implemented counts whatever its ending"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_citations(text: str, expected: list[tuple[str, str, str]], reason: str) -> None:
    found = [(match.title, match.number, match.relation.value) for match in FINDER.find(text)]
    assert found == expected, reason


def extract(raw: str) -> list[Extraction]:
    words = READER.lexicons
    documents = read_document("x.txt", raw, words.documents, words.numbering.starts_item)
    return [extract_reading(reading, EXTRACTORS) for reading in READER.read(documents)]


def told(raw: str) -> list[tuple[str, str, str, str]]:
    return [
        (one.document.quote(c.span), c.title, c.number, c.relation.value)
        for one in extract(raw)
        for c in one.of(Citation)
    ]


DOCUMENTS = [
    (
        "乙市落实方案\n为落实《甲省数字经济意见》（甲府〔2021〕3号，以下简称《意见》），制定本方案。\n一、总体要求\n按照《意见》要求推进。",
        [
            ("《甲省数字经济意见》", "甲省数字经济意见", "甲府〔2021〕3号", "implements"),
            ("《意见》", "甲省数字经济意见", "甲府〔2021〕3号", "follows"),
        ],
        "a short name that is given",
    ),
    (
        "乙市落实方案\n为落实《甲省数字经济发展规划（2021—2025年）》，制定本方案。\n一、总体要求\n按照《规划》要求推进。",
        [
            ("《甲省数字经济发展规划（2021—2025年）》", "甲省数字经济发展规划（2021—2025年）", "", "implements"),
            ("《规划》", "甲省数字经济发展规划（2021—2025年）", "", "follows"),
        ],
        "a short name that is not given stands for the last title that ends so",
    ),
    ("乙市落实方案\n一、总体要求\n按照《规划》要求推进。", [], "a short name of nothing"),
    (
        "---\ntitle: 乙市节能管理办法\nnumber: 乙府〔2022〕5号\n---\n乙府〔2022〕5号\n乙市节能管理办法\n"
        "第一条 根据《中华人民共和国节约能源法》，制定本办法。\n"
        "第二条 《乙市节能管理办法》由市发展改革委解释。",
        [("《中华人民共和国节约能源法》", "中华人民共和国节约能源法", "", "based-on")],
        "its own title and number are no citation",
    ),
    (
        "---\ntitle: 《乙市数据条例》解读\nkind: news\n---\n市政府印发《乙市数据条例》。\n"
        "《条例》根据《中华人民共和国数据安全法》制定。",
        [
            ("《乙市数据条例》", "乙市数据条例", "", "interprets"),
            ("《条例》", "乙市数据条例", "", "interprets"),
            ("《中华人民共和国数据安全法》", "中华人民共和国数据安全法", "", "follows"),
        ],
        "a commentary interprets what its title names",
    ),
    (
        "---\ntitle: 甲省出台新规\nkind: news\n---\n近日，甲省发布《甲省绿色金融条例》。",
        [("《甲省绿色金融条例》", "甲省绿色金融条例", "", "reports")],
        "news reports",
    ),
    (
        "乙市管理办法\n第一条 2021年，国务院印发《2030年前碳达峰行动方案》。",
        [("《2030年前碳达峰行动方案》", "2030年前碳达峰行动方案", "", "cites")],
        "in a policy 印发 by others says little",
    ),
]


@pytest.mark.parametrize(("raw", "expected", "reason"), DOCUMENTS)
def test_citations_of_documents(raw: str, expected: list[tuple[str, str, str, str]], reason: str) -> None:
    assert told(raw) == expected, reason


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("根据财政部、国家税务总局《关于延续优惠政策的公告》", "财政部、国家税务总局"),
        ("根据科技部《甲指引》要求", "科技部"),
        ("根据国务院印发的《甲规划》", "国务院"),
        ("根据省政府《甲规划》", "省政府"),
        ("根据《甲规划》", ""),
    ],
)
def test_the_issuer_before_a_title(text: str, issuer: str) -> None:
    (extraction,) = extract(f"广东省落实方案\n{text}，推进工作。")
    (citation,) = extraction.of(Citation)
    assert citation.issuer == issuer


def test_the_quote_is_the_sentence_and_a_revision_is_a_date() -> None:
    (extraction,) = extract("乙市办法\n第一句。根据《中华人民共和国甲法》（2020年修订），制定本办法。第三句。")
    (citation,) = extraction.of(Citation)
    assert citation.evidence.quote == "根据《中华人民共和国甲法》（2020年修订），制定本办法"
    assert (citation.date, citation.cue) == ("2020", "根据")


# ---- laws

PIECES = st.sampled_from(
    ["《", "》", "〈", "〉", "甲方案", "关于印发", "的通知", "（国发〔2021〕23号）", "（", "）", "，", "。", "、", "和",
     "根据", "废止",
     "以下简称《意见》", "《意见》", "财政部", "国发〔2021〕1号", "附件1", "落实",
     "印发给你们", "\t", "省", "A", "２０２１", "令第3号", " "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_citations_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    found = FINDER.find(text)
    assert found == CitationFinder(FINDER.lexicon).find(text)
    for one, other in itertools.pairwise(found):
        assert one.span.end <= other.span.start
    for match in found:
        assert match.title or match.number
        assert match.quote.contains(match.span)
        assert 0 <= match.quote.start < match.quote.end <= len(text)
        assert match.cue in text
        assert match.title in text
        assert "\n" not in match.title


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_sentence_before_changes_nothing(first: str, text: str) -> None:
    """What one paragraph says does not reach into the next."""
    if not {"《", "》", "（", "）"} & set(first):
        shift = len(first) + 1
        moved = [
            (m.span.start - shift, m.title, m.number) for m in FINDER.find(f"{first}\n{text}") if m.span.start >= shift
        ]
        assert moved == [(m.span.start, m.title, m.number) for m in FINDER.find(text)]


# ---- what is the same document

TITLES = FINDER.titles
SAME = [
    ("2030年前碳达峰行动方案", "国务院关于印发2030年前碳达峰行动方案的通知", "the notice around a plan"),
    ("2030年前碳达峰行动方案", "关于印发〈2030年前碳达峰行动方案〉的通知", "marks within"),
    ("关于促进甲的意见", "国务院关于促进甲的意见", "with and without issuer"),
    ("甲行动计划（2021-2025年）", "甲行动计划(2021—2025年)", "widths and dashes"),
    ("甲 乙规划", "甲乙规划", "blanks"),
    ("中华人民共和国预算法", "预算法", "a law's country"),
    ("预算法（2018年修正）", "中华人民共和国预算法", "a law's revision"),
    ("省绿色金融条例", "广东省绿色金融条例", "省 in a document of 广东省"),
    ("我省绿色金融条例", "广东省绿色金融条例", "我省"),
    ("广东省政府关于甲的意见", "省人民政府关于甲的意见", "an issuer in two forms"),
]
DISTINCT = [
    ("甲办法", "甲办法（试行）", "试行 is another document"),
    ("甲行动计划（2018-2020年）", "甲行动计划（2021-2025年）", "other years"),
    ("甲指南（2018版）", "甲指南（2021版）", "another edition"),
    ("国务院关于促进甲的意见", "广东省人民政府关于促进甲的意见", "another issuer"),
    ("转发国务院关于甲的通知", "国务院关于乙的通知", "another matter"),
    ("市场准入办法", "广东省场准入办法", "市 of 市场 is no place"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME)
def test_two_ways_to_write_one_title(one: str, other: str, reason: str) -> None:
    assert TITLES.work(one, place="广东省").may_be(TITLES.work(other, place="广东省")), reason


@pytest.mark.parametrize(("one", "other", "reason"), DISTINCT)
def test_titles_of_two_documents(one: str, other: str, reason: str) -> None:
    assert not TITLES.work(one, place="广东省").may_be(TITLES.work(other, place="广东省")), reason


@given(st.integers(1990, 2030), st.integers(1, 999), st.sampled_from(["〔〕", "[]", "［］", "()", "（）", "【】"]))
def test_a_number_is_one_whatever_its_brackets(year: int, count: int, marks: str) -> None:
    words = f"粤府办{marks[0]}{year}{marks[1]}"
    assert (
        TITLES.number(f"{words}{count}号") == TITLES.number(f"{words} 第{count:03}号") == f"粤府办〔{year}〕{count}号"
    )


# ---- linking

PLAN = (
    "---\ntitle: 甲省碳达峰实施方案\nnumber: 甲府〔2022〕5号\ndate: 2022-06-01\njurisdiction: 广东省\n---\n一、推进\n"
    "根据《{}》，推进工作。"
)
TEXT = "---\ntitle: 乙市落实方案{}\ndate: 2023-03-05\njurisdiction: 广州市\n---\n一、推进\n{}，推进工作。"


def documents(*raws: str) -> list[Extraction]:
    return [one for raw in raws for one in extract(raw)]


def graph(*extractions: Extraction) -> Store:
    return load(build_quads(extractions, REFERENCE, program_version="0.1.0", lexicon_version="2024"))


def asked(store: Store, where: str) -> list[str]:
    result = store.query(
        f"SELECT ?x WHERE {{ {where} }} ORDER BY ?x", use_default_graph_as_union=True, prefixes=prefixes()
    )
    assert isinstance(result, QuerySolutions)
    return [row["x"].value for row in result]


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("根据《甲省碳达峰实施方案》（甲府〔2022〕5号）", True),
        ("根据《甲省碳达峰实施方案》", True),
        ("根据《关于印发〈甲省碳达峰实施方案〉的通知》", True),
        ("根据《甲省人民政府关于印发甲省碳达峰实施方案的通知》（甲府[2022]05号）", True),
        ("根据甲府〔2022〕5号文", True),
        ("根据《甲省碳达峰实施方案》（甲府〔2019〕8号）", False),
        ("根据《甲省碳达峰实施方案（试行）》", False),
        ("根据《甲省碳中和实施方案》", False),
    ],
)
def test_a_citation_leads_to_the_document_of_the_build(words: str, held: bool) -> None:
    plan, text = documents(PLAN.format("丙法"), TEXT.format("", words))
    store = graph(plan, text)
    (cited,) = asked(store, f"document:{text.document.id} eli:cites ?x")
    assert (cited.rpartition("/")[2] == plan.document.id) is held
    assert len(asked(store, "?x a zc:DocumentStub")) == (1 if held else 2)
    assert validate(store).conforms


def test_two_documents_of_one_title_are_no_match() -> None:
    raws = [
        PLAN.format("丙法"),
        PLAN.format("丁法").replace("5号", "6号"),
        TEXT.format("", "根据《甲省碳达峰实施方案》"),
    ]
    *plans, text = documents(*raws)
    (cited,) = asked(graph(*plans, text), f"document:{text.document.id} eli:cites ?x")
    assert cited.rpartition("/")[2] not in {plan.document.id for plan in plans}


def stubs(*words: str) -> int:
    return len(
        asked(graph(*documents(*(TEXT.format(at, text) for at, text in enumerate(words)))), "?x a zc:DocumentStub")
    )


@pytest.mark.parametrize(
    ("words", "count", "reason"),
    [
        (["根据《甲法》", "落实《甲法》"], 1, "one title"),
        (["根据《甲规划》（国发〔2021〕23号）", "落实《甲规划》"], 1, "the number is known from elsewhere"),
        (
            ["根据国发〔2021〕23号文", "落实《甲规划》（国发〔2021〕23号）", "落实《甲规划》"],
            1,
            "number and title meet",
        ),
        (
            ["根据《甲意见》（国发〔2021〕23号）", "落实《甲意见》（国发〔2022〕3号）", "按照《甲意见》"],
            3,
            "two numbers: nobody knows",
        ),
        (["根据《国务院关于甲的意见》", "落实《关于甲的意见》"], 1, "the only issuer"),
        (
            ["根据《国务院关于甲的意见》", "落实《丙省人民政府关于甲的意见》", "按照《关于甲的意见》"],
            3,
            "two issuers: nobody knows",
        ),
        (["根据《甲法》（2018年修正）", "依照中华人民共和国甲法"], 1, "a law is one through its revisions"),
    ],
)
def test_stubs_are_one_where_they_are_known_to_be(words: list[str], count: int, reason: str) -> None:
    assert stubs(*words) == count, reason


def test_links_do_not_depend_on_the_order() -> None:
    words = [
        "根据《甲规划》（国发〔2021〕23号）",
        "落实《甲规划》",
        "按照国发〔2021〕23号文",
        "根据《甲省碳达峰实施方案》",
    ]
    extractions = documents(PLAN.format("甲规划"), *(TEXT.format(at, text) for at, text in enumerate(words)))
    whole = {str(quad) for quad in graph(*extractions)}
    for seed in range(4):
        random.Random(seed).shuffle(extractions)
        assert {str(quad) for quad in graph(*extractions)} == whole


def test_a_notice_does_not_cite_the_plan_it_carries_but_one_that_forwards_does() -> None:
    own = "---\ntitle: 关于印发《甲市规划》的通知\n---\n现将《甲市规划》印发给你们。\n一、推进"
    forwards = "---\ntitle: 转发《关于甲的意见》的通知\n---\n现将《关于甲的意见》转发给你们。\n一、推进"
    store = graph(*documents(own, forwards))
    assert len(asked(store, "?x a zc:Citation")) == 1
    assert len(asked(store, "?d zc:issues ?x")) == 1


def test_news_is_about_what_it_reports_and_cites_as_news_does() -> None:
    article = "---\ntitle: 甲省出台新规\nkind: news\n---\n近日，甲省印发《甲省碳达峰实施方案》。"
    plan, report = documents(PLAN.format("丙法"), article)
    store = graph(plan, report)
    for property_ in ("schema:about", "schema:citation"):
        assert asked(store, f"document:{report.document.id} {property_} ?x") == [
            f"https://w3id.org/zhengce/id/document/{plan.document.id}"
        ]
    assert not asked(store, f"document:{report.document.id} eli:cites ?x")


def test_a_citation_in_the_graph() -> None:
    (text,) = documents(TEXT.format("", "根据《甲规划》（国发〔2021〕23号）"))
    store = graph(text)
    where = (
        "?c a zc:Citation ; zc:citedDocument ?d ; zc:citationRelation zc:rel-follows ; zc:cue '根据'@zh ; "
        "zc:evidence/oa:exact ?x ; zc:statedIn ?s . "
        '?d dcterms:title "甲规划"@zh ; eli:id_local "国发〔2021〕23号" ; dcterms:created "2021"^^xsd:gYear .'
    )
    assert asked(store, where) == ["根据《甲规划》（国发〔2021〕23号），推进工作"]


def test_the_record_of_a_citation() -> None:
    text = documents(TEXT.format("", "根据《甲规划》（国发〔2021〕23号）"))
    (record,) = (one for one in records_of(text) if one["kind"] == "citation")
    stub = f"https://w3id.org/zhengce/id/document/{work_id(Work(number='国发〔2021〕23号'))}"
    assert record["cited"] == stub
    assert (record["title"], record["number"], record["relation"], record["cue"]) == (
        "甲规划",
        "国发〔2021〕23号",
        "follows",
        "根据",
    )
    document = text[0].document
    assert document.quote(Span(*record["at"])) == "《甲规划》"  # type: ignore[misc]  # a pair of offsets
    assert record["quote"] == "根据《甲规划》（国发〔2021〕23号），推进工作"
    assert document.text.index(str(record["quote"])) == record["start"]


def test_records_lead_where_the_graph_does_when_all_works_are_known() -> None:
    plan, text = documents(PLAN.format("丙法"), TEXT.format("", "根据《甲省碳达峰实施方案》"))
    (record,) = (one for one in records_of([text], works=Works.of([plan, text])) if one["kind"] == "citation")
    assert str(record["cited"]).endswith(plan.document.id)


# ---- what a document says of law: only what its text does

# a sentence under the first heading, the property it must or must not give, whether it does, reason
SAID_OF_LAW = [
    ("根据《甲法》，制定本办法。", "eli:based_on", True, "empowered by"),
    ("依据《甲法》和《乙条例》，结合我市实际，现就有关事项通知如下：", "eli:based_on", True, "a notice rests on both"),
    ("企业应按照《甲法》有关规定向主管部门申报。", "eli:based_on", False, "firms follow it"),
    ("按照《甲标准》（GB/T 5749-2006）配备设施。", "eli:based_on", False, "a standard is followed"),
    ("现对《甲办法》作如下修改：", "eli:amends", True, "changed here"),
    ("市政府决定修改《甲办法》。", "eli:amends", True, "decided here"),
    ("加快修订《甲条例》等地方性法规。", "eli:amends", False, "a task"),
    ("推进《甲法》修订工作。", "eli:amends", False, "a task"),
    ("全国人大常委会通过《甲法》修订。", "eli:amends", False, "another has done it"),
    ("《甲办法》（甲府〔2015〕1号）同时废止。", "eli:repeals", True, "ended here"),
]


@pytest.mark.parametrize(("sentence", "property_", "said", "reason"), SAID_OF_LAW)
def test_of_law_a_graph_says_what_the_text_does(sentence: str, property_: str, said: bool, reason: str) -> None:
    (text,) = documents(f"---\ntitle: 乙市办法\nissuer: 乙市人民政府\n---\n一、总则\n{sentence}\n二、附则\n落实到位。")
    store = graph(text)
    node = f"document:{text.document.id}"
    assert bool(asked(store, f"{node} {property_} ?x")) is said, reason
    assert asked(store, f"{node} eli:cites ?x")


# ---- questions

CHAIN = (
    "---\ntitle: 国家行动方案\nnumber: 国发〔2021〕23号\ndate: 2021-10-24\nissuer: 国务院\n---\n"
    "一、推进\n根据《中华人民共和国甲法》，推进工作。",
    "---\ntitle: 甲省实施方案\ndate: 2022-06-01\njurisdiction: 广东省\n---\n"
    "一、推进\n落实《国家行动方案》（国发〔2021〕23号），推进工作。",
    "---\ntitle: 乙市工作方案\ndate: 2022-12-05\njurisdiction: 广州市\n---\n"
    "一、推进\n落实《甲省实施方案》，参照《国家行动方案》。",
)


def answers(name: str, *columns: str, **params: str) -> list[tuple[str, ...]]:
    solutions = run_query(graph(*documents(*CHAIN)), name, params)
    assert isinstance(solutions, Solutions)
    rows = csv.DictReader(io.StringIO(format_csv(solutions)))
    return [tuple(row[column] for column in columns) for row in rows]


def test_the_chain_up_to_the_central_document() -> None:
    found = answers("citation-chain", "document", "relation", "cited", "number", "held", document="乙市")
    assert found == [
        ("乙市工作方案", "cites", "国家行动方案", "国发〔2021〕23号", "true"),
        ("乙市工作方案", "implements", "甲省实施方案", "", "true"),
        ("国家行动方案", "follows", "中华人民共和国甲法", "", "false"),
        ("甲省实施方案", "implements", "国家行动方案", "国发〔2021〕23号", "true"),
    ]
    assert [row[0] for row in answers("citation-chain", "cited", document="国家行动")] == ["中华人民共和国甲法"]


@pytest.mark.parametrize("document", ["国家行动方案", "国发〔2021〕23号"])
def test_who_implements_a_document_and_how_long_after(document: str) -> None:
    found = answers("implementing", "place", "document", "date", "relation", "years", "months", document=document)
    assert found == [("广东省", "甲省实施方案", "2022-06-01", "implements", "1", "8")]


# ---- the lexicon


def test_the_lexicon_holds_its_examples() -> None:
    check_examples(CitationFinder(load_citations(ontology_root())), "citations.yaml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: repeals", "id: ends", "relation ends is unknown"),
        ("id: amends", "id: repeals", "stands twice"),
        ("near: [见, 与]", "near: [见, '']", "empty word"),
        ('attachment: "^(?:', 'attachment: "^(((?:', "no regular expression"),
    ],
)
def test_faults_are_told(tmp_path, old: str, new: str, message: str) -> None:  # type: ignore[no-untyped-def]  # pytest's path
    text = (ontology_root() / "lexicons" / "citations.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "citations.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        load_citations(tmp_path)


def test_an_example_that_is_not_read_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]  # pytest's path
    text = (ontology_root() / "lexicons" / "citations.yaml").read_text(encoding="utf-8")
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "citations.yaml").write_text(
        text.replace('["决定', '["x", "决定').replace('"决定废止《广东省', '"废弃《广东省'), encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="repeals"):
        check_examples(CitationFinder(load_citations(tmp_path)), "citations.yaml")
