"""Instruments: the vocabulary is sound, its examples hold, and names are found where a reader would find them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from conftest import ExtractText
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.errors import LexiconError
from kg.extractors.entities import Entity
from kg.extractors.instruments.examples import check_examples
from kg.extractors.instruments.find import InstrumentFinder
from kg.extractors.targets import Target
from kg.lexicons.files import ontology_root
from kg.lexicons.instruments import Instruments, load_instruments

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
    ("支持企业投保环境污染责任保险", ["环境污染责任保险"], "投保 is a verb"),
    ("鼓励乡村医生购买医疗责任保险", ["医疗责任保险"], "购买 too"),
    ("引导养殖户参保生猪目标价格保险", ["生猪目标价格保险"], "and 参保"),
    ("推动保险机构发展科技保险", ["科技保险"], "who develops it is not its name"),
    ("完善政府购买服务机制", ["政府购买服务"], "购买 inside a name"),
    ("发放首台套投保补贴", ["首台套投保补贴"], "投保 inside a name"),
    ("采取监管约谈、出具警示函", ["监管约谈", "警示函"], "tools of a supervisor"),
    ("落实阶段性延期还本付息政策", ["阶段性延期还本付息"], "a relief for borrowers"),
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

# Names of other fields than those the vocabulary was first made for, and texts that hold none.
UNSEEN = [
    # what a regime is called by
    ("建立行政执法统计年报制度", ["行政执法统计年报制度"], "a yearly report"),
    ("健全执法全过程记录制度", ["执法全过程记录制度"], "a record of the whole"),
    ("完善执法音像记录管理制度", ["执法音像记录管理制度"], "how records are kept"),
    ("建立学生品行表现纪实制度", ["学生品行表现纪实制度"], "a record of conduct"),
    ("完善项目管理制度", [], "管理 of a firm's own is no regime"),
    ("取得专利代理师资格证", ["专利代理师资格证"], "a certificate of a person"),
    ("无须出具全权证书", [], "a paper of a treaty"),
    ("吊销执业许可证", ["执业许可证"], "the verb is no part of it"),
    ("修订中小学建设标准", [], "a norm of building"),
    ("修订专业教学标准", ["专业教学标准"], "a standard of teaching"),
    ("注册证券投资基金", [], "a fund sold to the public"),
    ("租用购买服务器", [], "购买服务 inside another word"),
    ("落实专项附加扣除政策", ["专项附加扣除"], "a relief"),
    ("实行工资总额预算管理", ["工资总额预算管理"], "a rule on state firms"),
    # industry and small firms
    ("对专精特新企业开展“小巨人”贷款贴息", ["“小巨人”贷款贴息"], "a quoted word inside the name"),
    ("设立制造业高质量发展专项资金", ["制造业高质量发展专项资金"], "a fund of the budget"),
    ("建设国家级战略性新兴产业集群创新发展示范区", ["战略性新兴产业集群创新发展示范区"], "the level is dropped"),
    ("推行“链长+链主”负责制", ["“链长+链主”负责制"], "a regime with a quoted name"),
    ("将政府采购合同面向中小企业预留采购份额", ["政府采购", "预留采购份额"], "the tool and its share"),
    ("开展中小企业特色产业集群认定", ["中小企业特色产业集群认定"], "a recognition"),
    ("实施首台（套）重大技术装备保险补偿", ["首台（套）重大技术装备保险补偿"], "a known tool with brackets"),
    ("建立产能预警和产能置换监管机制", ["产能预警和产能置换监管机制"], "和 inside the name of a mechanism"),
    # digital government and data
    ("建设全省公共数据资源登记平台", ["公共数据资源登记平台"], "全省 is dropped"),
    ("推行行政审批告知承诺制", ["告知承诺制"], "a known regime"),
    ("深化数据要素市场化配置改革试点", ["数据要素市场化配置改革试点"], "a pilot longer than the known one"),
    ("上线“鲁通码”，推动一码通行", ["鲁通码"], "a code in quotes"),
    ("开展数据出境安全评估和个人信息保护认证", ["数据出境安全评估", "个人信息保护认证"], "two tools"),
    ("建立首席数据官制度", ["首席数据官制度"], "a post made by rule"),
    # environment
    ("实行排污许可证管理，完善排污许可制度", ["排污许可证", "排污许可制度"], "a permit and its regime"),
    ("健全流域横向生态保护补偿机制", ["流域横向生态保护补偿"], "a known tool before 机制"),
    ("落实生态环境损害赔偿制度", ["生态环境损害赔偿制度"], "a liability"),
    ("衔接“三线一单”生态环境分区管控要求", ["“三线一单”生态环境分区管控"], "a known tool in quotes"),
    ("全面推行河湖长制和林长制", ["河湖长制", "林长制"], "two regimes"),
    ("接受中央生态环境保护督察", ["生态环境保护督察"], "an inspection"),
    ("创建国家生态文明建设示范区", ["生态文明建设示范区"], "国家 is dropped"),
    ("发布重点行业环境信用评价结果", ["环境信用评价"], "an evaluation"),
    ("开展农村黑臭水体治理试点", ["农村黑臭水体治理试点"], "a pilot"),
    # health
    ("落实国家组织药品集中带量采购", ["药品集中带量采购"], "joint purchase"),
    ("推进DRG/DIP付费改革", ["DRG/DIP"], "Latin labels with a stroke"),
    ("建设紧密型县域医共体，完善分级诊疗制度", ["紧密型县域医共体", "分级诊疗"], "a consortium and a regime"),
    ("探索商业健康保险与基本医疗保险衔接", ["商业健康保险", "基本医疗保险"], "two kinds of insurance"),
    ("建立短缺药品清单和监测预警机制", ["短缺药品清单"], "和 behind a tool parts; a bare mechanism is none"),
    ("落实医疗器械注册人制度", ["医疗器械注册人制度"], "a licence regime"),
    # science and talent
    ("对关键核心技术攻关实行“揭榜挂帅”“赛马”等制度", ["揭榜挂帅", "赛马"], "tools in quotes"),
    ("扩大科研经费“包干制”试点范围", ["科研经费“包干制”"], "a known tool in a pilot"),
    ("实施青年科技人才培育计划", ["青年科技人才培育计划"], "a programme"),
    ("发放科技创新券和检测券", ["科技创新券", "检测券"], "vouchers"),
    ("设立省自然科学基金企业创新发展联合基金", ["自然科学基金企业创新发展联合基金"], "省 is dropped"),
    ("推进职务科技成果单列管理试点", ["职务科技成果单列管理"], "a tool in a pilot"),
    ("举办博士后创新创业大赛", ["博士后创新创业大赛"], "a contest"),
    ("给予顶尖人才安家补贴", ["顶尖人才安家补贴"], "an allowance with those it is for"),
    # agriculture
    ("落实稻谷最低收购价政策和玉米大豆生产者补贴", ["稻谷最低收购价", "玉米大豆生产者补贴"], "a price and a subsidy"),
    ("扩大三大粮食作物完全成本保险覆盖面", ["三大粮食作物完全成本保险"], "an insurance"),
    ("开展农村宅基地制度改革试点", ["农村宅基地制度改革试点"], "a pilot"),
    ("创建农业绿色发展先行区", ["农业绿色发展先行区"], "a zone"),
    ("推广“农担+保险”模式，发放“强村贷”", ["农担+保险", "强村贷"], "products in quotes"),
    ("落实耕地地力保护补贴", ["耕地地力保护补贴"], "a subsidy"),
    # employment, social, housing, education
    ("落实失业保险稳岗返还和一次性扩岗补助", ["失业保险稳岗返还", "一次性扩岗补助"], "refund and subsidy"),
    ("开发公益性岗位，给予社会保险补贴", ["公益性岗位", "社会保险补贴"], "posts and a subsidy"),
    ("筹集保障性租赁住房，发放租金补贴", ["保障性租赁住房", "租金补贴"], "housing"),
    ("提高住房公积金贷款额度", ["住房公积金贷款"], "a fund"),
    ("落实国家助学贷款免息政策，推行现代学徒制", ["助学贷款", "现代学徒制"], "国家 is dropped"),
    ("组织职业技能等级认定", ["职业技能等级认定"], "a certificate"),
    # trade and transport
    ("扩大出口信用保险覆盖面，建设跨境电商综试区", ["出口信用保险", "跨境电商综试区"], "insurance and zone"),
    ("升级国际贸易“单一窗口”", ["国际贸易“单一窗口”"], "a platform"),
    ("核发网络货运道路运输经营许可", ["网络货运道路运输经营许可"], "a permit"),
    ("对新能源汽车免征车辆购置税", ["免征车辆购置税"], "tax relief"),
    ("发布鼓励外商投资产业目录", ["鼓励外商投资产业目录"], "a catalogue"),
    # energy
    ("完善煤电容量电价机制，扩大绿证交易规模", ["煤电容量电价", "绿证交易"], "a price and certificates"),
    ("开展虚拟电厂参与电力辅助服务市场试点", ["电力辅助服务市场"], "a market in a pilot"),
    ("探索可再生能源绿色电力证书核发", ["可再生能源绿色电力证书"], "a certificate"),
    # competition and consumers
    ("落实公平竞争审查制度", ["公平竞争审查制度"], "a review"),
    ("推行线下七日无理由退货", ["七日无理由退货"], "a right"),
    ("对平台企业经营者集中申报依法审查", ["经营者集中申报"], "a review of mergers"),
    ("发行绿色中期票据和乡村振兴票据", ["绿色中期票据", "乡村振兴票据"], "notes"),
    ("建立知识产权侵权惩罚性赔偿制度", ["知识产权侵权惩罚性赔偿制度"], "a liability"),
    ("发放山东省创新券", ["创新券"], "a place before a voucher is no part of its name"),
    ("其中担保费补贴不超过50万元", ["担保费补贴"], "the name begins after 其中"),
    ("开展2022年度智能制造标准应用试点", ["智能制造标准应用试点"], "a year is no part of the name"),
    ("推进汽车OTA 升级联合备案", ["汽车OTA 升级联合备案"], "a space beside Latin letters parts nothing"),
    # nothing to be found
    ("每家企业年补贴额不超过100万元", [], "an amount"),
    ("到2025年，规模以上工业企业营业收入突破5万亿元", [], "a goal"),
    ("大力发展新能源汽车、生物医药等新兴产业", [], "sectors"),
    ("加强组织领导，压实工作责任", [], "an activity"),
    ("推动产业链上下游企业协同创新", [], "an activity"),
    ("建设一批高水平实验室和技术创新中心", [], "places of research"),
    ("提升关键零部件配套能力", [], "a goal"),
    ("企业应当建立健全安全管理制度", [], "a firm's own rules"),
    ("引导平台经济规范健康发展", [], "平台 in another word"),
    ("完善工作机制，形成工作合力", [], "a bare mechanism"),
    ("制定年度工作计划", [], "a plan of work"),
    ("推进重大工程建设", [], "works"),
    ("开展工程建设项目招标", [], "works"),
    ("加强基金公司和保险公司合规管理", [], "firms"),
    ("证券公司应当报备风险指标", [], "firms"),
    ("积累试点经验，发挥示范作用", [], "bare words"),
    ("列出问题清单，逐项整改", [], "a list of faults"),
    ("依法取得营业执照的企业", [], "a condition"),
    ("研发工业控制系统和生产管理系统", [], "software"),
    ("打造数字化供应链协同平台", [], "a platform of firms"),
    ("参加国际体育竞赛", [], "sport"),
    ("完善基础设施，补齐民生短板", [], "an activity"),
    ("保持债券市场平稳运行", [], "a market"),
    ("举行签约仪式，签订合作协议", [], "an event"),
    ("认真学习贯彻会议精神", [], "an exhortation"),
    ("规范市场秩序，优化消费环境", [], "a goal"),
    ("贷款余额同比增长10%", [], "a figure"),
]


@pytest.mark.parametrize(
    ("text", "expected", "reason"), [*ROWS, *UNSEEN], ids=[row[0][:20] for row in [*ROWS, *UNSEEN]]
)
def test_find(text: str, expected: list[str], reason: str) -> None:
    assert names(text) == expected, reason


def test_known_name_is_its_concept() -> None:
    [(_, instrument)] = FINDER.find("推广绿色贷款")
    assert (instrument.id, instrument.name, instrument.family) == ("green-credit", "绿色信贷", "credit")


def test_formed_name_is_its_own_under_the_concept_it_ends_in() -> None:
    [(_, instrument)] = FINDER.find("发行信用类绿色债券")
    assert (instrument.name, instrument.concept, instrument.family) == ("信用类绿色债券", "green-bond", "bonds")
    assert instrument.id not in {concept.id for concept in INSTRUMENTS.concepts}


# a formed name, its family, its concept
FORMED = [
    ("建立科技信贷风险补偿机制", "guarantee", "risk-compensation", "the tool before the head"),
    ("健全试点示范成效评价机制", "assessment", "", "by how the modifier ends"),
    ("健全药品价格监测机制", "pricing", "", "the longer ending first"),
    ("建立数字化信息共享机制", "cooperation", "", "as the head"),
    ("建立数据资产统计制度", "disclosure", "statistics", "the concept it ends in"),
    ("落实软件企业税收优惠", "tax", "tax-preference", "the concept it ends in"),
    ("推出专属电信资费优惠", "pricing", "", "as the head"),
    ("设立机器人产业发展专项资金", "fiscal", "special-fund", "the concept of the head"),
    ("推广“鲁科贷”", "credit", "", "a quoted name by how it ends"),
    ("创建低空经济发展示范区", "pilots-zones", "", "as the head"),
]


@pytest.mark.parametrize(("text", "family", "concept", "reason"), FORMED, ids=[row[0] for row in FORMED])
def test_a_formed_name_is_placed(text: str, family: str, concept: str, reason: str) -> None:
    [(_, instrument)] = FINDER.find(text)
    assert (instrument.family, instrument.concept) == (family, concept), reason


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
    check_examples(FINDER, INSTRUMENTS)


def test_every_head_and_the_quotes_have_an_example_and_all_but_few_a_counterexample() -> None:
    assert [head.id for head in INSTRUMENTS.heads if not head.examples] == []
    assert len([head for head in INSTRUMENTS.heads if not head.counterexamples]) <= 2
    assert INSTRUMENTS.quoted.examples


# how many concepts a family holds at least
FAMILIES = {
    "credit": 35,
    "bonds": 20,
    "insurance": 30,
    "funds": 20,
    "leasing": 4,
    "guarantee": 12,
    "securitisation": 6,
    "capital-market": 12,
    "carbon-environment": 45,
    "monetary": 15,
    "fiscal": 35,
    "tax": 18,
    "procurement": 12,
    "consumption": 6,
    "land-energy": 12,
    "talent": 28,
    "technology": 18,
    "intellectual-property": 10,
    "data": 16,
    "standards": 24,
    "disclosure": 8,
    "assessment": 28,
    "pilots-zones": 22,
    "platforms": 32,
    "licensing": 48,
    "catalogues": 13,
    "pricing": 18,
    "awards": 6,
    "cooperation": 13,
    "public-services": 28,
    "trade": 15,
}


def test_every_family_holds_its_concepts() -> None:
    counts = Counter(concept.family for concept in INSTRUMENTS.concepts)
    assert {family.id for family in INSTRUMENTS.families} == set(FAMILIES)
    assert {family: counts[family] for family in FAMILIES if counts[family] < FAMILIES[family]} == {}


def test_every_kind_and_resource_of_the_two_classifications_is_used() -> None:
    used = {family.placing for family in INSTRUMENTS.families} | {concept.placing for concept in INSTRUMENTS.concepts}
    placings = {placing.id: placing for placing in INSTRUMENTS.placings}
    assert set(placings) == used - {""}
    assert len({placing.rothwell_zegveld for placing in placings.values()}) == 12
    assert len({placing.howlett for placing in placings.values()}) == 4
    assert all(placing.zh and placing.en for placing in placings.values())


# concepts apart from their family: concept, kind, resource
PLACED = [
    ("green-credit", "financial", "treasure"),
    ("pollution-liability-insurance", "legal-regulatory", "authority"),
    ("basic-medical-insurance", "public-services", "treasure"),
    ("green-certification", "legal-regulatory", "nodality"),
    ("mandatory-standard", "legal-regulatory", "authority"),
    ("title-evaluation", "education", "authority"),
    ("talent-subsidy", "education", "treasure"),
    ("modern-apprenticeship", "education", "organisation"),
    ("carbon-inclusion", "political", "nodality"),
    ("carbon-trading", "legal-regulatory", "authority"),
    ("ecological-compensation", "financial", "treasure"),
    ("carbon-tax", "taxation", "treasure"),
    ("challenge-lists", "scientific-technical", "organisation"),
    ("volume-procurement", "procurement", "treasure"),
    ("temporary-storage", "public-enterprise", "organisation"),
    ("overseas-warehouse", "overseas-agents", "organisation"),
    ("export-control", "commercial", "authority"),
    ("white-list", "political", "nodality"),
    ("mutual-access", "legal-regulatory", "authority"),
]


@pytest.mark.parametrize(("identifier", "kind", "resource"), PLACED, ids=[row[0] for row in PLACED])
def test_a_concept_is_placed_by_what_it_does(identifier: str, kind: str, resource: str) -> None:
    families = {family.id: family.placing for family in INSTRUMENTS.families}
    placings = {placing.id: placing for placing in INSTRUMENTS.placings}
    [concept] = [concept for concept in INSTRUMENTS.concepts if concept.id == identifier]
    placing = placings[concept.placing or families[concept.family]]
    assert (placing.rothwell_zegveld, placing.howlett) == (kind, resource)


def test_a_short_label_has_an_example_and_a_counterexample() -> None:
    short = [concept for concept in INSTRUMENTS.concepts if any(len(label) <= 3 for label in concept.spoken)]
    assert len(short) > 90
    assert [c.id for c in short if not (c.examples and c.counterexamples)] == []


def test_labels_of_two_concepts_do_not_differ_by_case_or_width_alone() -> None:
    folded = [{unicodedata.normalize("NFKC", label).casefold() for label in c.labels} for c in INSTRUMENTS.concepts]
    counts = Counter(label for labels in folded for label in labels)
    assert [label for label, count in counts.items() if count > 1] == []


def test_a_general_label_is_not_looked_for() -> None:
    assert names("制定国家标准和行业标准") == []
    assert names("修订强制性国家标准") == ["强制性国家标准"]


def test_a_level_word_before_a_label_is_left_out() -> None:
    assert names("申报国家重点研发计划") == ["重点研发计划"]


def with_concept(**changes: object) -> Instruments:
    first, *rest = INSTRUMENTS.concepts
    return replace(INSTRUMENTS, concepts=(replace(first, **changes), *rest))


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
        check_examples(InstrumentFinder(broken), broken)


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
        ("words: [贷款]", "words: [贷款], families: {专项: gone}", "entry loans names the unknown family gone"),
        ("words: [贷款]", "words: [贷款], concept: gone", "entry loans names the unknown concept gone"),
        ("broader: green-credit", "broader: green-loan", "entry green-loan is, by its broader concepts, broader than"),
        ("longest: 9, family: credit", "longest: 9, family: gone", "quoted names the unknown family gone"),
        ("howlett: treasure", "howlett: money", "entry lending"),
        ("rothwell_zegveld: financial", "rothwell_zegveld: finance", "entry lending"),
        ("en: credit, placing: lending", "en: credit, placing: gone", "entry credit names the unknown placing gone"),
        ("en: green loan,", "en: green loan, placing: gone,", "entry green-loan names the unknown placing gone"),
        (
            "en: green loan,",
            "en: green loan, general: [绿贷],",
            "entry green-loan calls general what is no label of it",
        ),
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


def test_traditional_characters_name_the_same_tools(extract_text: ExtractText) -> None:
    text = "某省綠色發展實施方案\n一、設立綠色發展專項資金，發展綠色債券，到2025年建成綠色專營機構40家。\n"
    (extraction,) = extract_text(text)
    found = [(e.mention, e.refers_to.name) for e in extraction.of(Entity) if e.type == "instrument"]
    assert found == [("綠色發展專項資金", "绿色发展专项资金"), ("綠色債券", "绿色债券")]
    (target,) = extraction.of(Target)
    assert (target.value, target.unit, target.deadline) == ("40", "家", "2025")
    assert target.evidence.quote in text
