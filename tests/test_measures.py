"""Measures: what somebody is to carry out, told from goals, reports of the past and words for the occasion."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ExtractText

from kg.documents.read import read_document
from kg.extractors.measures import Measure
from kg.extractors.measures.extractor import MeasureFinder
from kg.extractors.reader import Reader
from kg.lexicons import Lexicons
from kg.model.facts import Extraction

POLICY = "某省绿色发展实施方案\n"
NEWS = "---\ntitle: 某市银保监局召开会议\nauthor: 新华社\n---\n"


def measures(extractions: list[Extraction]) -> list[str]:
    found = (measure for extraction in extractions for measure in extraction.of(Measure))
    return [f"{measure.path}:{measure.label[:6]}" for measure in found]


# body of a policy, measures as path:label, reason
PLANS = [
    (
        "一、甲事\n（一）推进乙事。\n（二）推进丙事。\n二、推进丁事",
        ["一/（一）:推进乙事", "一/（二）:推进丙事", "二:推进丁事"],
        "the lowest numbered items",
    ),
    ("一、总体要求\n坚持绿色发展。\n二、推进乙事", ["二:推进乙事"], "none under 总体要求"),
    (
        "一、总体要求\n（一）指导思想。坚持。\n（二）基本原则。\n1．政府引导。\n2．市场运作。\n二、推进乙事",
        ["二:推进乙事"],
        "none under 指导思想 and 基本原则, however deep",
    ),
    ("一、工作目标\n到2025年，建成40家。\n二、推进乙事", ["二:推进乙事"], "none under 目标"),
    ("一、面临形势\n形势严峻。\n二、推进乙事", ["二:推进乙事"], "none under background"),
    (
        "第一条 为了规范管理，制定本办法。\n第二条 本办法所称甲。\n第三条 市县给予补助。\n第四条 本办法自印发起施行。",
        ["第三条:市县给予补助"],
        "articles that set a task",
    ),
    ("一、推进甲事\n1．乙。\n2．丙。（省财政厅牵头）", ["一/1:乙", "一/2:丙"], "items with and without a clause"),
    (
        "一、推进甲事\n（1）推进乙。\n（2）推进丙。（省财政厅牵头）",
        ["一:推进甲事"],
        "one clause at the end of sub-items closes the item above them",
    ),
    (
        "一、推进甲事\n（1）推进乙。（省科技厅牵头）\n（2）推进丙。（省财政厅牵头）",
        ["一/（1）:推进乙", "一/（2）:推进丙"],
        "sub-items with a clause each",
    ),
    (
        "一、推进甲事。由省财政厅牵头。\n（1）推进乙。\n（2）推进丙。",
        ["一:推进甲事", "一/（1）:推进乙", "一/（2）:推进丙"],
        "a clause in the heading leaves the items below it measures of their own",
    ),
    (
        "第三条 机构应当具备下列条件：\n（一）依法登记。\n（二）有场所。\n第四条 各市推进甲事。",
        ["第三条:机构应当具备", "第四条:各市推进甲事"],
        "an article is one measure, its list and all",
    ),
    (
        "第三条 职责分工：\n（一）推进甲事。（省财政厅负责）\n（二）推进乙事。（省科技厅负责）",
        ["第三条/（一）:推进甲事", "第三条/（二）:推进乙事"],
        "an article whose items have a clause each",
    ),
    ("一、申报条件\n1．依法注册。\n2．信用良好。\n二、推进乙事", ["二:推进乙事"], "none under conditions"),
    ("一、推进甲事\n1．报送材料。\n（1）咨询电话：010-68104402", ["一/1:报送材料"], "whom to call is no task"),
    ("一、工作的主要进展和成效\n1．完成甲事。\n二、推进乙事", ["二:推进乙事"], "none under what was achieved"),
    (
        "一、推进甲事\n专栏1 工程\n1．乙工程。\n2．丙工程。\n二、推进丁事",
        ["一:推进甲事", "二:推进丁事"],
        "a box is no task",
    ),
    (
        "1 总则\n1.1 编制目的\n为了应对灾害。\n2 应急响应\n2.1 事件分级\n2.2 信息报告。各县及时报告。",
        ["2/2.2:信息报告"],
        "of decimal numbers none under the purpose and the kinds of events",
    ),
    (
        "一、推进甲事\n1.申请单位应当符合下列条件：\n（1）依法登记的；\n（2）诚信的。\n2.推进乙事",
        ["一/2:推进乙事"],
        "a list of conditions",
    ),
    (
        "一、有下列情形之一的，给予表彰：\n1.出色完成任务的；\n2.提出重要建议的。\n二、推进乙事",
        ["二:推进乙事"],
        "rewards for what is done",
    ),
    ("一、申请时提交以下材料：\n1.申请表；\n2.营业执照。\n二、推进乙事", ["二:推进乙事"], "papers"),
]


@pytest.mark.parametrize(("body", "wanted", "reason"), PLANS)
def test_in_a_policy(extract_text: ExtractText, body: str, wanted: list[str], reason: str) -> None:
    assert measures(extract_text(POLICY + body)) == wanted, reason


PLANS_BY_HAND = yaml.load(
    (Path(__file__).parent / "data" / "measure-cases.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


@pytest.mark.parametrize("row", PLANS_BY_HAND, ids=lambda row: row["id"])
def test_rows_written_by_hand(row: dict[str, Any], lexicons: Lexicons, reader: Reader) -> None:
    words, starts_item = lexicons.documents, lexicons.numbering.starts_item
    documents = read_document("row.txt", row["text"], words, starts_item, meta=row.get("meta") or {})
    readings = reader.read(documents)
    finder = MeasureFinder(lexicons)
    found = [measure for reading in readings for measure in finder.find(reading) if not measure.part]
    wanted = [(measure["path"], measure["starts"], measure["actors"]) for measure in row["measures"]]
    starts = [measure["starts"] for measure in row["measures"]]
    labels = [
        (one.path, one.label[: len(start)], [actor.name for actor in one.actors])
        for one, start in zip_longest(found, starts[: len(found)], fillvalue="")
        if isinstance(one, Measure)
    ]
    assert labels == wanted, row["why"]


# paragraphs of news, measures, reason
ARTICLES = [
    (
        "<p>会议指出，要做好以下工作。</p><p>一是推进甲事工作。</p><p>二是推进乙事工作。</p>",
        ["一:推进甲事工作", "二:推进乙事工作"],
        "enumerated points",
    ),
    (
        "<p>今年以来，该局完成了多项工作。一是推进甲。二是推进乙。三是推进丙。</p><p>会议要求，要坚持稳中求进。</p>",
        [":会议要求，要"],
        "points inside a report of the past are none, a demand is one",
    ),
    ("<p>2021年，该局全年共处罚机构126家次。</p><p>近日，该局召开工作会议。</p>", [], "reports"),
    (
        "<p>该局将主要围绕以下几个方面开展工作：</p><p>推动甲事。</p><p>加强乙事。</p>",
        [":推动甲事", ":加强乙事"],
        "paragraphs after one that opens a programme",
    ),
    (
        "<p>该局将主要围绕以下几个方面开展工作：</p><p>推动甲事。</p><p>截至6月末，贷款余额100亿元。</p>",
        [":推动甲事"],
        "a report after the opening is none",
    ),
    (
        "<p>该局将主要围绕以下几个方面开展工作：</p><p>推动甲事。</p><p>截至6月末，推动贷款余额达100亿元。</p>",
        [":推动甲事"],
        "nor is a report that holds a word of intention",
    ),
    (
        "<p>一是推进甲事工作。</p><p>二是推进乙事工作。</p><p>会议强调，要更加紧密地团结在党中央周围，增强四个意识，坚定四个自信，"
        "做到两个维护。</p>",
        ["一:推进甲事工作", "二:推进乙事工作"],
        "ceremonial",
    ),
    (
        "<p>一是推进甲事工作。</p><p>二是推进乙事工作。</p><p>会议指出，要积极推进丙事。</p>",
        ["一:推进甲事工作", "二:推进乙事工作", ":会议指出，要"],
        "a demand after the points",
    ),
    ("<p>下一步，该局将推进甲事。</p>", [":下一步，该局"], "what comes next"),
    ("<p>天气晴朗。</p>", [], "nothing asked"),
    ("<p>某市银保监局鼓励银行扩大信用贷款投放。</p>", [":某市银保监局"], "a body encourages"),
    ("<p>在区域协同方面，人民银行四川省分行将与人民银行重庆市分行一道推动互认。</p>", [":在区域协同方"], "a body will"),
    ("<p>通知提出，稳步扩大试点范围。</p>", [":通知提出，稳"], "a document proposes"),
    ("<p>《方案》鼓励保险机构推广小额贷款保证保险。</p>", [":《方案》鼓励"], "a document encourages"),
    (
        "<p>上海银保监局有关负责人告诉记者，该局将按月监测。</p>",
        [":上海银保监局"],
        "a spokesman says what the body will do",
    ),
    (
        "<p>对于披露不真实的机构，上海银保监局提出，要从严掌握。</p>",
        [":对于披露不真"],
        "the body asks behind its object",
    ),
    ("<p>该局表示，下一阶段将继续完善机制。</p>", [":该局表示，下"], "a pronoun for the body"),
    ("<p>上海银保监局介绍，目前已开放评价结果。</p>", [], "what is done by now"),
    ("<p>上海银保监局推动了信用贷款增长。</p>", [], "what was done"),
    ("<p>记者从上海银保监局获悉，贷款余额增长。</p>", [], "the body is asked, it does not speak"),
    ("<p>某银行负责人表示，将加大投放。</p>", [], "a company"),
    ("<p>会议指出，成绩来之不易。</p>", [], "nothing is wanted"),
]


@pytest.mark.parametrize(("body", "wanted", "reason"), ARTICLES)
def test_in_news(extract_text: ExtractText, body: str, wanted: list[str], reason: str) -> None:
    assert measures(extract_text(NEWS + body)) == wanted, reason


def test_points_end_with_their_paragraph(extract_text: ExtractText) -> None:
    body = "<p>一是推进甲事工作。</p><p>二是推进乙事工作。</p><p>记者从该局获悉，会议圆满结束。</p>"
    (extraction,) = extract_text(NEWS + body)
    spans = [extraction.document.quote(measure.span) for measure in extraction.of(Measure)]
    assert spans == ["一是推进甲事工作。", "二是推进乙事工作。"]


def test_an_article_that_prints_a_policy_states_no_measure_twice(seeds: tuple[Extraction, ...]) -> None:
    article, policy = seeds[2:4]
    assert policy.document.quoted_from == article.document.id
    assert list(article.of(Measure)) == []
    assert len(list(policy.of(Measure))) == 24


def test_actors_are_the_issuer_in_a_policy_and_the_announcing_body_in_news(seeds: tuple[Extraction, ...]) -> None:
    actors = [{tuple(a.name for a in measure.actors) for measure in extraction.of(Measure)} for extraction in seeds]
    assert actors == [
        {("上海银保监局",)},
        {("北京市地方金融监管局",)},
        set(),
        {("广东省人民政府办公厅",)},
        {("上海银保监局",)},
        {("上海银保监局",)},
    ]


def test_several_clauses_in_one_item_part_it(extract_text: ExtractText) -> None:
    text = "一、推进甲事。（省财政厅牵头）推进乙事。（省科技厅牵头）"
    (extraction,) = extract_text(POLICY + text)
    whole, *parts = extraction.of(Measure)
    assert (whole.part, whole.part_of) == (0, "")
    assert [(part.part, part.part_of, part.label[:4]) for part in parts] == [
        (1, whole.id, "推进甲事"),
        (2, whole.id, "推进乙事"),
    ]
    assert all(whole.span.contains(part.span) for part in parts)
    assert not parts[0].span.overlaps(parts[1].span)
