"""News: told from policies by what a text is, and its measures from what is only reported, by who speaks in it."""

from __future__ import annotations

import pytest
from conftest import ExtractText, ReadText

from kg.extractors.measures import Measure
from kg.model.facts import Extraction

PRESS = "---\ntitle: 某报道\nauthor: 某网\ndate: 2022-07-13\n---\n"


def told(extractions: list[Extraction]) -> list[str]:
    found = (measure for extraction in extractions for measure in extraction.of(Measure))
    return [f"{m.path}:{m.label[:6]}:{'、'.join(actor.name for actor in m.actors)}" for m in found]


# what follows 人民银行 in a sentence that announces, reason
ANNOUNCED = [
    ("宣布，将扩大试点", "宣布 with a will"),
    ("宣布扩大试点", "宣布 with an act"),
    ("决定扩大试点", "决定"),
    ("近期将扩大试点", "a time before the verb"),
    ("今年将扩大试点", "a year before the verb"),
    ("明年将扩大试点", "next year"),
    ("下一阶段将扩大试点", "the next stage"),
    ("近日表示，将扩大试点", "近日 does not make a report"),
    ("日前表示，将扩大试点", "日前 does not either"),
    ("周五表示，将持续扩大试点", "a day of the week"),
    ("7月1日表示，将扩大试点", "a day of the month"),
    ("今天（7月1日）表示，将扩大试点", "a day in brackets"),
    ("今天推出五项措施，扩大试点", "what is brought out, and what it orders"),
    ("印发通知，要求扩大试点", "a notice that requires"),
    ("发布公告称，将扩大试点", "a notice that says"),
    ("联合财政部印发通知，扩大试点", "with another body"),
    ("等七部门近日联合印发《关于金融支持消费的意见》，明确扩大试点", "several bodies, one of them named"),
    ("发布《管理办法》（以下简称《办法》），进一步明确扩大试点", "a short name in between"),
    ("联合发布公告，从11月1日起，商品由45大类提高至47大类，允许扩大试点", "a late clause"),
    ("就管理办法公开征求意见，拟扩大试点", "a draft"),
    ("新闻发言人李某称，要扩大试点", "a spokesman with his name"),
    ("有关司局负责人说，将扩大试点", "an official of a division"),
    ("货币政策司司长邹某在发布会上介绍，下半年将扩大试点", "a division, its head, where and when"),
    ("副行长张某表示，一方面继续实施政策，另一方面将扩大试点", "the will in a later clause"),
    ("启动专项行动，将扩大试点", "what is begun, and what will come of it"),
    ("拟扩大试点", "拟"),
    ("提出，扩大试点", "提出"),
    ("强调，必须扩大试点", "强调"),
    ("呼吁扩大试点", "呼吁"),
    ("鼓励扩大试点", "鼓励"),
    ("会同财政部、商务部印发方案，明确要求扩大试点", "together with others"),
]


@pytest.mark.parametrize(("words", "reason"), ANNOUNCED)
def test_announcing(extract_text: ExtractText, words: str, reason: str) -> None:
    (line,) = told(extract_text(f"{PRESS}<p>人民银行{words}。</p>"))
    assert line.split(":")[2].startswith("人民银行"), reason


# what follows 人民银行 in a sentence that announces nothing, reason
REPORTED = [
    ("发布数据，贷款余额增长", "figures"),
    ("公布的数据显示，提振消费政策发挥了作用", "what figures show"),
    ("表示，目前贷款已经扩大", "what has been done"),
    ("介绍，试点成效明显", "what came of it"),
    ("召开会议总结上半年工作", "a meeting that looks back"),
    ("推动贷款增长了两成", "what was brought about"),
    ("将于9月举行论坛", "what only takes place"),
    ("有关负责人认为，扩大试点是稳增长的重要举措", "an opinion"),
    ("已宣布扩大试点", "已"),
    ("行长会见国际货币基金组织总裁", "a visit"),
    ("决定免去李某职务", "a dismissal"),
    ("有关负责人表示，贷款增速有望保持平稳", "a forecast"),
    ("发布报告，报告显示整改问题金额100亿元", "a report"),
]


@pytest.mark.parametrize(("words", "reason"), REPORTED)
def test_reporting(extract_text: ExtractText, words: str, reason: str) -> None:
    assert told(extract_text(f"{PRESS}<p>人民银行{words}。</p>")) == [], reason


# paragraphs, measures as path:label:actors, reason
PAGES = [
    (
        "<p>在今天举行的发布会上，财政部相关负责人表示，将继续实施积极财政政策。</p>",
        [":在今天举行的:财政部"],
        "who speaks at a conference",
    ),
    (
        "<p>1、国新办举行发布会介绍情况。</p><p>2、美国三大股指收涨，道指涨0.55%。</p><p>3、财政部将招标发行国债。</p>",
        ["3:财政部将招标:财政部"],
        "of a digest only what announces",
    ),
    (
        "<p>浙江省住房和城乡建设厅公布《关于发展租赁住房的意见》。</p><p>一是到2025年，住房保障体系基本完善。</p>"
        "<p>二是到2035年，基本实现现代化。</p><p>支持各地将闲置的公租房调整为租赁住房。</p>",
        [":支持各地将闲:浙江省住房和城乡建设厅"],
        "goals are none, the provision is one",
    ),
    (
        "<p>宁波银保监局通报上半年工作：</p><p>一是推动普惠贷款增长20%。</p><p>二是查处违规机构12家。</p>",
        [],
        "finished work, point by point",
    ),
    (
        "<p>国新办举行发布会。</p><p>一是财政部将安排专项资金。</p><p>二是人民银行将设立再贷款。</p>",
        ["一:财政部将安排:财政部", "二:人民银行将设:人民银行"],
        "each point has its own speaker",
    ),
    (
        "<p>2021年3月18日，北京金融法院正式成立。</p><p>下一步，北京市将推进营商环境改革。</p>",
        [":下一步，北京:"],
        "a body that is only named does not announce",
    ),
    (
        "<p>证监会负责人表示：</p><p>一是加强监管。</p><p>二是不断加强监管合作。</p><p>三是优化存量。</p>",
        ["一:加强监管:证监会", "二:不断加强监管:证监会", "三:优化存量:证监会"],
        "二是不断 is a point",
    ),
    (
        "<p>证监会负责人表示，将做好三项工作。一是加强监管；二是不断加强监管合作；三是优化存量。</p>",
        ["一:加强监管:证监会", "二:不断加强监管:证监会", "三:优化存量:证监会"],
        "points inside a paragraph",
    ),
    (
        "<p>证监会回顾上半年工作，取得显著成效：一是加强监管；二是加强监管合作。</p>",
        [],
        "points inside a paragraph that looks back",
    ),
    (
        "<p>人民银行副行长张某介绍了有关情况。</p><p>张某表示，将扩大再贷款规模。</p>",
        [":张某表示，将:人民银行"],
        "a name stands for the body that sent him",
    ),
    (
        "<p>人民银行表示，将扩大再贷款规模。</p><p>某证券首席分析师李某表示，后续将加快落地。</p>",
        [":人民银行表示:人民银行"],
        "a stranger announces nothing",
    ),
    (
        "<p>记者从农业农村部了解到，今年我国将继续实施保护性耕作1亿亩以上。</p>",
        [":记者从农业农:农业农村部"],
        "heard from a body",
    ),
    (
        "<p>央视网消息（新闻联播）：今天是世界地球日。我国完成了红线划定，面积占比超过三成。"
        "下一步，自然资源部将定期开展保护成效评估。</p>",
        [":下一步，自然:自然资源部"],
        "a measure begins with the sentence that announces",
    ),
    (
        "<p>近年来，工信部出台了规划，提出要以信息化为主导，建设创新体系。</p>",
        [],
        "what was issued in the past years",
    ),
    (
        "<p>商务部部长王某会见来宾。王某表示，中方愿同贵国加强合作，推动贸易发展。</p>",
        [],
        "one state speaks to another",
    ),
    (
        "<p>中央统战部部长石某向党外人士通报会议精神。石某指出，会议十分重要。各民主党派要深入调研，推动落实。</p>",
        [":各民主党派要:中央统战部"],
        "what the one who speaks goes on to ask for",
    ),
    (
        "<p>《行动计划》中的主要任务包括：一是突破关键技术，推动产业化。二是完善标准体系。</p>",
        ["一:突破关键技术:", "二:完善标准体系:"],
        "tasks of a plan are counted",
    ),
    (
        "<p>本期节目主要内容：一、某国总统访华。二、我国服务贸易保持增长。</p>",
        [],
        "headlines of a programme are counted too",
    ),
    (
        "<p>人民银行、金融监管总局表示，将扩大试点。证监会表示，将优化存量。</p>",
        [":人民银行、金:人民银行、金融监管总局", ":证监会表示，:证监会"],
        "bodies that speak together, and another",
    ),
    (
        "<p>财政部近日印发《办法》。</p><p>《办法》规定，补贴资金不得挪用。</p>",
        [":《办法》规定:财政部"],
        "a document speaks for the body that issued it",
    ),
    (
        "<p>当前消费市场呈现以下特点：</p><p>一是推动升级的作用增强。</p><p>二是加快恢复的势头明显。</p>",
        [],
        "points that describe",
    ),
    (
        "<p>据俄罗斯国防部消息，将加强训练。</p>",
        [],
        "a body of another state",
    ),
    (
        "<p>第一，人民银行将扩大试点。</p><p>第二，财政部将安排资金。</p>",
        [":第一，人民银:人民银行", ":第二，财政部:财政部"],
        "one point a paragraph, each a measure",
    ),
]


@pytest.mark.parametrize(("body", "wanted", "reason"), PAGES)
def test_who_speaks(extract_text: ExtractText, body: str, wanted: list[str], reason: str) -> None:
    assert told(extract_text(PRESS + body)) == wanted, reason


def test_a_digest_gives_what_its_articles_announce(extract_text: ExtractText) -> None:
    text = (
        "# 《某新闻》 (20250317)\n\n## 新闻摘要\n\n本期节目主要内容：\n\n1.多部门将出台举措；\n\n"
        "2.财政部提高补助标准；\n\n## 详细新闻\n\n### 多部门将出台举措\n\n"
        "<p>央视网消息：商务部表示，将扩大试点。</p><p>会议要求，要抓好落实。</p>\n\n"
        "### 财政部提高补助标准\n\n<p>央视网消息：财政部今天印发通知，提高补助标准。</p>"
    )
    assert told(extract_text(text)) == [
        ":商务部表示，:商务部",
        ":会议要求，要:商务部",
        ":财政部今天印:财政部",
    ]


# title, text, kind, reason
KINDS = [
    ("甲市出台绿色金融行动方案", "人民银行表示，将继续实施政策。", "news", "a body and what it did"),
    ("国务院印发《农业规划》", "国务院日前印发规划。", "news", "印发 behind the body"),
    ("教育部等五部门联合发布规范培训十项措施", "规范培训。", "news", "several bodies"),
    ("省财政厅召开专题会议", "会议研究了预算。", "news", "a meeting"),
    ("金融支持实体经济政策", "新华社北京5月1日电（记者李某）人民银行表示，将扩大试点。", "news", "a dateline"),
    ("绿色金融行动方案", "证券时报记者 张三\n人民银行表示，将扩大试点。", "news", "a byline of its own line"),
    ("会议通过有关文件", "5月17日，产业论坛在天津举行。有关部门出席。", "news", "what happened when"),
    ("新政策来了", "近日，商务部印发通知，要求扩大试点。", "news", "近日"),
    ("车联网有了新蓝图", "为加快发展，工业和信息化部日前印发了行动计划。", "news", "a purpose, and then what was done"),
    ("关于政策的解读", "现将有关政策解读如下。", "news", "an interpretation"),
    ("国务院关于印发农业规划的通知", "各省、自治区、直辖市人民政府：\n现将规划印发给你们。", "policy", "关于印发"),
    ("教育部关于发布课程标准的公告", "根据有关规定，现予公告。", "policy", "关于发布"),
    ("新闻记者证管理办法", "第一条 为了规范新闻记者证的管理，制定本办法。", "policy", "a journalist is no byline"),
    ("政府信息公布办法", "第一条 为规范信息公布工作，制定本办法。", "policy", "公布 is a noun"),
    (
        "某市制定地方性法规条例",
        "2017年2月27日某市人民代表大会通过\n第一条 为了规范立法，制定本条例。",
        "policy",
        "制定",
    ),
    ("某市绿色金融发展实施方案", "为贯彻落实有关部署，制定本方案。\n一、总体要求", "policy", "a plan"),
    ("某市工作要点", "2024年3月5日，国务院令第778号公布条例。\n一、总体要求", "policy", "a day of promulgation"),
]


@pytest.mark.parametrize(("title", "text", "kind", "reason"), KINDS)
def test_kinds(read_text: ReadText, title: str, text: str, kind: str, reason: str) -> None:
    assert read_text(f"{title}\n\n{text}")[0].kind == kind, reason


def test_an_office_may_put_up_a_report(read_text: ReadText) -> None:
    front = '---\nissuer_en: "Ministry of Industry"\ntitle_en: "Summit Held in Beijing"\n---\n'
    assert read_text(front + "9月29日，产业峰会在北京举行，有关负责人出席会议。")[0].kind == "news"
    assert read_text(front + "为加快产业发展，制定本行动计划。")[0].kind == "policy"


def test_markdown_that_holds_pieces_of_html(read_text: ReadText) -> None:
    (document,) = read_text("# 证监会将加强监管\n\n<div><p>证监会表示，将加强监管。</p></div>")
    assert document.title == "证监会将加强监管"
    assert document.text == "证监会将加强监管\n证监会表示，将加强监管。"
