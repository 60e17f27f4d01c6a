"""Instruments: the vocabulary is sound, its examples hold, and names are found where a reader would find them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.lexicons.files import ontology_root
from kg.lexicons.instruments import Instruments, load_instruments
from kg.mentions.instruments import InstrumentFinder, check_examples

INSTRUMENTS = load_instruments(ontology_root())
FINDER = InstrumentFinder(INSTRUMENTS)


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span, _ in FINDER.find(text)]


ROWS = [
    (
        "支持绿色信贷、绿色债券、绿色保险、绿色基金发展",
        ["绿色信贷", "绿色债券", "绿色保险", "绿色基金"],
        "a plain list",
    ),
    ("信用类绿色债券和绿色金融债发行规模", ["信用类绿色债券", "绿色金融债"], "和 parts two names of bonds"),
    ("支持各地级以上市设立绿色金融发展专项资金", ["绿色金融发展专项资金"], "the name begins after the verb"),
    ("率先开展企业碳账户试点", ["企业碳账户"], "X in X试点 is a tool itself"),
    ("开展应对气候变化投融资试点", ["应对气候变化投融资试点"], "X is no tool; 对 in 应对 does not end the name"),
    ("纳入碳排放交易试点", ["碳排放交易"], "a tool in a pilot"),
    ("省级绿色普惠金融创新试点", ["绿色普惠金融创新试点"], "level words are dropped"),
    ("申报国家煤炭清洁高效利用专项再贷款", ["煤炭清洁高效利用专项再贷款"], "国家 is dropped"),
    ("加快建设国家自主贡献项目库", ["国家自主贡献项目库"], "国家 belongs to 国家自主贡献"),
    ("设立省自然科学基金", ["自然科学基金"], "省 is a level word too"),
    (
        "实施“零碳”（低碳）机构网点建设示范、绿色金融产品创新示范",
        ["“零碳”（低碳）机构网点建设示范", "绿色金融产品创新示范"],
        "quotes and brackets belong to the name, and so does 建设 before 示范",
    ),
    (
        "充分利用基础设施领域不动产投资信托基金（REITs）",
        ["基础设施领域不动产投资信托基金（REITs）"],
        "an abbreviation behind the name belongs to it",
    ),
    (
        "合格境外机构投资者（QFII）、合格境外有限合伙人（QFLP）",
        ["合格境外机构投资者（QFII）", "合格境外有限合伙人（QFLP）"],
        "as above",
    ),
    ("加快建设中国—上海合作组织地方经贸合作示范区", ["中国—上海合作组织地方经贸合作示范区"], "one dash inside a name"),
    ("——农业技术研究试验区", ["农业技术研究试验区"], "two dashes open an item"),
    (
        "建设1个省级政务云平台",
        ["省级政务云平台"],
        "a number with its measure word is cut off; a platform keeps its level",
    ),
    ("探索峰谷分时电价、可中断负荷电价", ["峰谷分时电价", "可中断负荷电价"], "可 begins a name"),
    ("纳入我市创新产品目录", ["创新产品目录"], "我市 is dropped"),
    ("把绿色金融产品的设计与REITs、ABS等产品相结合", ["REITs", "ABS"], "Latin labels"),
    ("ABSTRACT", [], "not inside a Latin word"),
    (
        "开展“环境、社会和公司治理（ESG）”评价体系等产品创新",
        ["“环境、社会和公司治理（ESG）”评价体系"],
        "、 and 和 inside quotes",
    ),
    (
        "依托省中小微企业信用信息和融资对接平台",
        ["省中小微企业信用信息和融资对接平台"],
        "和 inside the name of a platform",
    ),
    ("深化科技奖励和科技人才评价改革试点", ["科技奖励", "科技人才评价改革试点"], "和 behind a tool parts"),
    ("完善“鲁科贷”“鲁科担”“鲁科保”金融服务体系", ["鲁科贷", "鲁科担", "鲁科保"], "quoted products"),
    (
        "成功上线城市定制型商业补充医疗保险“沪惠保”",
        ["城市定制型商业补充医疗保险", "沪惠保"],
        "the kind and the product",
    ),
    ("有效发挥“银税互动”的积极作用", ["银税互动"], "a known name in quotes"),
    ("持续开展电信普遍服务试点", ["电信普遍服务"], "a known tool in a pilot"),
    (
        "发布智慧健康养老产品及服务推广目录",
        ["智慧健康养老产品及服务推广目录"],
        "及 inside the name; 推广 before 目录 is no verb",
    ),
    ("相关结果纳入积极应对人口老龄化综合评估", ["积极应对人口老龄化综合评估"], "积极 in 积极应对 belongs to the name"),
    ("实施一流学科建设“811”项目", ["一流学科建设“811”项目"], "a project with a name in quotes"),
    ("（一）产业基础创新工程", ["产业基础创新工程"], "the number of the heading is no part of the name"),
    ("推进第三方环境信用评价", ["环境信用评价"], "an adjective does not lengthen a concept of assessment"),
    ("发展碳排放权收益结构性存款等金融产品", ["碳排放权收益结构性存款"], "a kind of deposit"),
    ("培育龙头企业，优化营商环境", [], "activities and goals"),
    ("健全体制机制，建立长效机制", [], "bare mechanisms"),
    ("指导辖内银行保险机构、保险公司和基金公司", [], "firms that carry a tool's name"),
    ("科技型企业贷款余额6541亿元", [], "a balance is no tool"),
    ("给予最高500万元补助", [], "an amount does not make a name"),
    ("培养卓越工程师，发展工程机械", [], "工程 in other words"),
    ("计划单列市", [], "计划 in other words"),
    ("引导网约车平台公司和平台企业", [], "平台 in other words"),
    ("推进试点工作，总结试点经验", [], "试点 without a name"),
    ("开展中小企业数字化转型城市试点工作", ["中小企业数字化转型城市试点"], "a named pilot before 工作"),
    ("提供“一键叫车”功能，解决“数字鸿沟”问题", [], "quotes without a cue"),
    ("按国家标准化工作要求", [], "标准 in 标准化"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[0][:20] for row in ROWS])
def test_find(text: str, expected: list[str], reason: str) -> None:
    assert names(text) == expected, reason


def test_known_name_is_its_concept() -> None:
    [(_, instrument)] = FINDER.find("推广绿色贷款")
    assert (instrument.id, instrument.name, instrument.family) == ("green-credit", "绿色信贷", "credit")


def test_formed_name_is_its_own_under_the_concept_it_ends_in() -> None:
    [(_, instrument)] = FINDER.find("发行信用类绿色债券")
    assert (instrument.name, instrument.concept, instrument.family) == ("信用类绿色债券", "green-bond", "bonds")
    assert instrument.id not in {concept.id for concept in INSTRUMENTS.concepts}


PIECES = sorted(
    {row[0] for row in ROWS} | {c.pref for c in INSTRUMENTS.concepts} | {"，", "。", "和", "“", "”", "（", "）", "的"}
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map("".join)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_spans_are_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for span, instrument in FINDER.find(text):
        assert end <= span.start < span.end <= len(text)
        assert instrument.id
        assert instrument.concept or instrument.name == text[span.start : span.end]
        end = span.end


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_finding_is_repeatable_and_a_full_stop_parts(text: str) -> None:
    once = FINDER.find(text)
    assert once == FINDER.find(text)
    assert once == FINDER.find(text + "\n")


def test_examples_hold() -> None:
    check_examples(INSTRUMENTS)


def test_every_head_and_the_quotes_have_an_example_and_all_but_few_a_counterexample() -> None:
    assert [head.id for head in INSTRUMENTS.heads if not head.examples] == []
    assert len([head for head in INSTRUMENTS.heads if not head.counterexamples]) <= 2
    assert INSTRUMENTS.quoted.examples


def test_the_vocabulary_is_large_enough_to_be_of_use() -> None:
    assert len(INSTRUMENTS.concepts) >= 150
    assert {concept.family for concept in INSTRUMENTS.concepts} == {family.id for family in INSTRUMENTS.families}


def with_concept(**changes: object) -> Instruments:
    first, *rest = INSTRUMENTS.concepts
    return replace(INSTRUMENTS, concepts=(replace(first, **changes), *rest))  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"examples": ("没有工具",)}, "is not found in 没有工具"),
        ({"counterexamples": ("发展绿色信贷",)}, "is found in 发展绿色信贷"),
    ],
)
def test_check_names_the_entry(changes: dict[str, object], message: str) -> None:
    broken = with_concept(**changes)
    with pytest.raises(LexiconError, match=f"entry {broken.concepts[0].id}: {message}"):
        check_examples(broken)


SOUND = """
placings: [{id: lending, rothwell_zegveld: financial, howlett: treasure, zh: 借款, en: lends}]
families: [{id: credit, zh: 信贷, en: credit, placing: lending}]
concepts:
  - {id: green-credit, pref: 绿色信贷, en: green credit, family: credit}
  - {id: green-loan, pref: 绿色贷款, en: green loan, family: credit, broader: green-credit}
heads: [{id: loans, words: [贷款], family: credit}]
reach: {longest: 9, stops: [], protected: [], conjunctions: [], levels: [], generic: [], kept: [], measures: [],
  joined: 9, followers: [], decoys: []}
quoted: {shortest: 2, longest: 9, family: credit, ends: [], cues: []}
"""


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "instruments.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_small_sound_file_loads(tmp_path: Path) -> None:
    assert len(load_instruments(written(tmp_path, SOUND)).concepts) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: green-loan", "id: green-credit", "the id green-credit stands twice"),
        ("broader: green-credit", "broader: gone", "entry green-loan names the unknown concept gone"),
        ("pref: 绿色贷款", "pref: 绿色信贷", "the label 绿色信贷 stands twice, on green-credit and on green-loan"),
        ("pref: 绿色贷款", "pref: 绿色贷款, alt: [绿色信贷]", "the label 绿色信贷 stands twice"),
        ("family: credit, broader", "family: gone, broader", "entry green-loan names the unknown family gone"),
        ("words: [贷款], family: credit", "words: [贷款], family: gone", "entry loans names the unknown family gone"),
        ("words: [贷款]", "words: [贷款], concept: gone", "entry loans names the unknown concept gone"),
        ("broader: green-credit", "broader: green-loan", "entry green-loan is, by its broader concepts, broader than"),
        ("longest: 9, family: credit", "longest: 9, family: gone", "quoted names the unknown family gone"),
        ("howlett: treasure", "howlett: money", "entry lending"),
        ("rothwell_zegveld: financial", "rothwell_zegveld: finance", "entry lending"),
        ("en: credit, placing: lending", "en: credit, placing: gone", "entry credit names the unknown placing gone"),
        ("en: green loan,", "en: green loan, placing: gone,", "entry green-loan names the unknown placing gone"),
        ("en: green loan,", "en: green loan, general: [绿贷],", "entry green-loan calls general what is no label of it"),
        ("pref: 绿色贷款", "perf: 绿色贷款", "entry green-loan"),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_entry(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SOUND
    root = written(tmp_path, SOUND.replace(old, new, 1))
    with pytest.raises(LexiconError, match=message) as caught:
        load_instruments(root)
    assert "instruments.yaml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"instruments\.yaml"):
        load_instruments(tmp_path)
