"""Targets: the numbers that policy commits to, and the many that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.extractors.targets.find import TargetFinder
from kg.extractors.targets.match import TargetMatch
from kg.extractors.times.reader import DeadlineReader
from kg.lexicons.deadlines import load_deadlines
from kg.lexicons.files import ontology_root
from kg.lexicons.targets import load_targets

FINDER = TargetFinder(load_targets(ontology_root()), DeadlineReader(load_deadlines(ontology_root())))
GOAL = (
    "力争到2025年，与碳达峰相适应的绿色金融服务体系基本建立。"
    "全省设立绿色专营机构40家，绿色贷款余额增速不低于各项贷款余额增速，"
    "信用类绿色债券和绿色金融债发行规模较2020年翻两番。绿色保险深入参与风险治理，累积提供风险保障超3000亿元。"
)


def find(text: str, heading_deadline: str = "") -> list[TargetMatch]:
    return FINDER.find(FINDER.read(text), heading_deadline)


def found(text: str, heading_deadline: str = "") -> list[tuple[str, str, str]]:
    return [(match.value, match.unit, match.deadline) for match in find(text, heading_deadline)]


ROWS = [
    ("到2027年，全社会研发经费投入强度达到2.8%左右", [("2.8", "%", "2027")], "左右 is dropped"),
    ("到2027年，全省高新技术企业达到5万家", [("5", "万家", "2027")], "the scale belongs to the unit"),
    ("到2025年，培育10万个经营主体", [("10", "万个", "2025")], "as above"),
    ("到2025年，产业规模超3000亿元", [("3000", "亿元", "2025")], "超 is dropped"),
    ("到2025年，产业规模突破1．5万亿元", [("1.5", "万亿元", "2025")], "full-width point"),
    ("到2025年，产业规模达到１５００亿元", [("1500", "亿元", "2025")], "full-width digits"),
    ("到2025年，产业规模达到1,500亿元", [("1500", "亿元", "2025")], "thousands separator"),
    ("到2025年，占比不低于80％", [("80", "%", "2025")], "full-width percent"),
    ("到2025年，占比达到百分之八", [("8", "%", "2025")], "a percentage in words"),
    ("到2025年，发行规模较2020年翻两番", [("2", "番", "2025")], "两 is 2, unit 番"),
    ("到2025年，发行规模比2020年翻一番", [("1", "番", "2025")], "翻一番"),
    ("在新一代信息技术等领域建设2—3家省实验室", [("2—3", "家", "")], "a range keeps its dash"),
    ("到2025年，争创1-2个国家级平台", [("1-2", "个", "2025")], "a range with a hyphen"),
    (GOAL, [("40", "家", "2025"), ("2", "番", "2025"), ("3000", "亿元", "2025")], "the first sentence's year carries"),
    (
        "突出企业主体地位。开展专项行动，力争到2027年全省覆盖率达到70%左右。每年培育600家科技小巨人企业。",
        [("70", "%", "2027"), ("600", "家", "")],
        "a year inside a later sentence does not carry",
    ),
    (
        "（三）目标。到2025年，建成10个园区。培育20家企业。",
        [("10", "个", "2025"), ("20", "家", "2025")],
        "a year that opens its sentence carries",
    ),
    (
        "到2025年，产值达到100亿元；到2030年，产值达到300亿元。",
        [("100", "亿元", "2025"), ("300", "亿元", "2030")],
        "the nearest year before",
    ),
    ("2025年底前，建成5座加氢站", [("5", "座", "2025")], "底前 makes a deadline"),
    ("力争2026年培育100家企业", [("100", "家", "2026")], "力争 makes a deadline"),
    ("到“十四五”末，全省新增国家技术创新中心3—5家", [("3—5", "家", "2025")], "the plan's last year"),
    ("企业牵头重大项目比例达到80%以上。", [("80", "%", "")], "no year: the aim is enough"),
    ("力争标志性产业链布局比重达到70%，其中依托企业建设比重不低于80%。", [("70", "%", ""), ("80", "%", "")], "其中"),
    (
        "每年培育600家科技小巨人企业和200家科技领军企业。",
        [("600", "家", ""), ("200", "家", "")],
        "the verb reaches over 和",
    ),
    (
        "到2027年，形成200项左右重大创新成果，新增高层次人才2400人",
        [("200", "项", "2027"), ("2400", "人", "2027")],
        "noun behind, noun before",
    ),
    ("到2025年，审批时限压减到3天以内", [("3", "天", "2025")], "at most"),
    ("到2025年，单位产值能耗下降13.5%", [("13.5", "%", "2025")], "a fall"),
    ("到2025年，新能源装机达到2000万千瓦", [("2000", "万千瓦", "2025")], "a compound unit"),
    ("到2027年，算力规模达到14EFlops（每秒百亿亿次浮点运算）", [("14", "EFlops", "2027")], "a Latin unit"),
    (
        "打造10个以上人工智能产业集聚区、3个以上示范区",
        [("10", "个", ""), ("3", "个", "")],
        "以上 after a verb's figure is a bound",
    ),
    (
        "到2025年，关键工序数控化率、工具普及率分别超过75%、90%",
        [("75", "%", "2025"), ("90", "%", "2025")],
        "two figures",
    ),
    ("到2025年，累计培育企业500家", [("500", "家", "2025")], "累计 with a deadline"),
    # Traps.
    ("6月末辖内制造业贷款余额1.23万亿元，较年初增长44.2%。", [], "past: 月末"),
    ("已覆盖739万人。", [], "past: 已"),
    ("北京已聚集了900多家法人机构；金融资产总量超过170万亿元", [], "past: 已 earlier in the sentence"),
    ("同比增长12.5%。", [], "past: 同比"),
    ("辖内中资银行无缝续贷累计投放超5000亿元", [], "past: 累计 without a deadline"),
    ("2021年全年共处罚银行保险机构126家次，罚没总金额1.06亿元。", [], "past: 共处罚"),
    ("目前全省高新技术企业达到3万家", [], "past: 目前"),
    ("对获批企业给予最高500万元补助", [], "an award"),
    ("对新认定的企业给予一次性奖励50万元，每年不超过100家", [], "an award's bound"),
    ("年销售收入不超过2000万元的企业可申报", [], "eligibility"),
    ("注册资本不低于1000万元", [], "eligibility"),
    ("力争到2027年营业收入5000万元以上的规上工业企业无研发活动实现清零", [], "a threshold inside a name"),
    ("制定14条措施，共14条", [], "a count of items"),
    ("根据国发〔2014〕64号文件", [], "a document number"),
    ("制定新市民“10+N”综合金融服务方案", [], "a number in a name"),
    ("建设5G基站和5A级景区", [], "a letter behind the number"),
    ("为60岁以上老年人提供服务", [], "an age"),
    ("2022年6月24日印发，自2022年7月1日起施行", [], "dates"),
    ("培训时间不少于3个月", [], "a duration is no count"),
    ("重点开展5个方面工作", [], "a count of the text's parts"),
    ("面向3万家企业开展调查", [], "no aim: a mere count"),
    ("推进“两区一圈一带”和“3+6”产业体系建设", [], "slogans"),
    ("实施“十百千”工程“培育100家”行动", [], "a short quotation is a name"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[0][:24] for row in ROWS])
def test_find(text: str, expected: list[tuple[str, str, str]], reason: str) -> None:
    assert found(text) == expected, reason


def only(text: str) -> TargetMatch:
    [match] = find(text)
    return match


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("到2025年，全省设立绿色专营机构40家", "绿色专营机构"),
        ("到2027年，形成200项左右重大创新成果", "重大创新成果"),
        ("绿色信贷占全部贷款余额的比重力争达到10%左右", "绿色信贷占全部贷款余额的比重"),
        ("建设2—3家省实验室；推进重组", "省实验室"),
    ],
)
def test_indicator(text: str, indicator: str) -> None:
    assert only(text).indicator == indicator


def test_indicator_of_listed_figures() -> None:
    listed = find("每年培育600家科技小巨人企业和200家科技领军企业。")
    assert [match.indicator for match in listed] == ["科技小巨人企业", "科技领军企业"]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("到2025年，占比达到80%", "equal"),
        ("到2025年，占比不低于80%", "at-least"),
        ("到2025年，占比达到80%以上", "at-least"),
        ("到2025年，占比达到80%左右", "about"),
        ("到2025年，时限控制在3天以内", "at-most"),
        ("到2025年，规模翻一番", "times"),
    ],
)
def test_comparator(text: str, comparator: str) -> None:
    assert only(text).comparator == comparator


def test_baseline_is_no_deadline() -> None:
    match = only("到2025年，发行规模较2020年翻两番")
    assert (match.baseline, match.deadline) == ("2020", "2025")


def test_quote_reaches_from_the_deadline_to_the_end_of_the_clause() -> None:
    text = "一、目标。到2025年，体系建立。全省设立机构40家，其他工作推进。"
    match = only(text)
    assert text[match.quote.start : match.quote.end] == "到2025年，体系建立。全省设立机构40家"
    assert text[match.sentence.start : match.sentence.end] == "全省设立机构40家，其他工作推进"


def test_heading_deadline_is_inherited_and_gives_way_to_one_in_the_text() -> None:
    assert found("培育20家企业。到2030年，培育50家企业。", "2025") == [("20", "家", "2025"), ("50", "家", "2030")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("（二）发展目标。到2026年，能级持续提升。", "2026"),
        ("第一步，到2020年人工智能总体技术与世界先进水平同步。", "2020"),
        ("优化布局。开展行动，力争到2027年覆盖率达到70%。", ""),
        ("", ""),
    ],
)
def test_carried_deadline(text: str, year: str) -> None:
    assert FINDER.read(text).carried_year == year


PIECES = sorted(
    {row[0] for row in ROWS} | {"到2025年，", "达到", "3", "%", "家", "。", "，", "“", "”", "和", "2—3", "以上的"}
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=6).map("".join)


@given(TEXTS, st.sampled_from(["", "2025"]))
@settings(max_examples=200, deadline=None)
def test_spans_nest_and_keep_their_order(text: str, heading: str) -> None:
    end = 0
    for match in find(text, heading):
        assert end <= match.span.start < match.span.end <= len(text)
        assert match.sentence.contains(match.span)
        assert match.quote.contains(match.span)
        assert match.value
        assert match.unit
        assert match.deadline == "" or len(match.deadline) == 4
        assert match.comparator in {"equal", "at-least", "at-most", "about", "times"}
        end = match.span.end


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_a_paragraph_of_figures_without_units_has_no_target(text: str) -> None:
    assert find("".join(c for c in text if c.isdigit())) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: about", "id: at-most", "the id at-most stands twice"),
        ("id: about", "id: roughly", "has 'roughly', which is none of its values"),
        ("  cleared:", "  full-coverage:", "full-coverage"),
        ("id: growth", "id: level", "has 'level', which is none of its values"),
        ("more: [余", 'more: ["", 余', "holds an empty word"),
        ("per_year:", "each_year:", r"targets\.yaml"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    sound = (ontology_root() / "lexicons" / "targets.yaml").read_text(encoding="utf-8")
    assert old in sound
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "targets.yaml").write_text(sound.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        load_targets(tmp_path)
