"""Targets as documents set them: headings, lists, baselines, regions, and what is no target."""

from __future__ import annotations

import pytest
from conftest import ExtractText
from target_rows import HEAD, row, targets

# body of a policy of 2021, targets as indicator|value|unit|comparator|baseline|deadline|regions, reason
WANTED = [
    (
        "一、发展目标\n到2025年，城镇污水处理率达到98%以上。\n",
        ["城镇污水处理率|98|%|at-least||2025|"],
        "the sentence's deadline",
    ),
    (
        "一、发展目标\n到2025年，森林覆盖率由2020年的58.6%提高到58.9%。\n",
        ["森林覆盖率|58.9|%|equal|2020|2025|"],
        "where things stand is the baseline, what they come to the target",
    ),
    (
        "一、发展目标\n到2025年，单位GDP能耗比2020年下降14%。\n",
        ["单位GDP能耗|14|%|equal|2020|2025|"],
        "a fall against a year",
    ),
    (
        "一、发展目标\n到2025年，装机规模在2020年基础上翻一番，年均增长8%左右。\n",
        ["装机规模|1|番|times|2020|2025|", "装机规模|8|%|about||2025|"],
        "在2020年基础上; a growth rate without a subject of its own",
    ),
    (
        "一、发展目标\n到2025年，珠三角地区公交电动化率达到95%，粤东西北地区公交电动化率达到80%。\n",
        ["公交电动化率|95|%|equal||2025|珠三角", "公交电动化率|80|%|equal||2025|粤东西北地区"],
        "one target for each region",
    ),
    (
        "一、发展目标\n到2025年，广州、深圳力争建成5个国家级平台。\n",
        ["国家级平台|5|个|equal||2025|广州市、深圳市"],
        "regions that are the subject",
    ),
    (
        "一、发展目标\n到2025年，浙江省绿色贷款余额达到5000亿元，绿色债券规模达到800亿元。碳账户达到9万个。\n",
        [
            "绿色贷款余额|5000|亿元|equal||2025|浙江省",
            "绿色债券规模|800|亿元|equal||2025|浙江省",
            "碳账户|9|万个|equal||2025|",
        ],
        "the subject of a sentence goes on",
    ),
    (
        "一、发展目标\n到2025年，全省建成绿色工厂200家，其中赣州市30家，培育国家级园区10家。\n",
        ["绿色工厂|200|家|equal||2025|", "赣州市|30|家|equal||2025|赣州市", "国家级园区|10|家|equal||2025|"],
        "a whole and its parts",
    ),
    (
        "一、重点任务\n支持珠海、佛山建设3个产业园区。\n",
        ["产业园区|3|个|equal|||珠海市、佛山市"],
        "支持 leads to the regions",
    ),
    (
        "一、发展目标\n到2025年，珠三角、粤东西北地区覆盖率分别达到90%、80%。\n",
        ["覆盖率|90|%|equal||2025|珠三角", "覆盖率|80|%|equal||2025|粤东西北地区"],
        "分别 hands out regions",
    ),
    (
        "一、发展目标\n到2025年、2030年，绿色建筑占比分别达到70%、90%。\n",
        ["绿色建筑占比|70|%|equal||2025|", "绿色建筑占比|90|%|equal||2030|"],
        "分别 hands out years",
    ),
    (
        "一、发展目标\n到2025年，产值达到500亿元；到2030年，突破1000亿元。\n",
        ["产值|500|亿元|equal||2025|", "产值|1000|亿元|at-least||2030|"],
        "phases, the second without a subject",
    ),
    (
        "一、到2025年的目标\n新建加氢站200座。\n培育龙头企业20家。\n二、重点任务\n培育中小企业30家。\n",
        ["加氢站|200|座|equal||2025|", "龙头企业|20|家|equal||2025|", "中小企业|30|家|equal|||"],
        "a heading's year holds for its section",
    ),
    (
        "一、总体要求\n到2025年，实现以下目标：\n1．新建加氢站200座。\n2．培育龙头企业20家。\n二、重点任务\n培育中小企业30家。\n",
        ["加氢站|200|座|equal||2025|", "龙头企业|20|家|equal||2025|", "中小企业|30|家|equal|||"],
        "an introduction's year holds for its items",
    ),
    (
        "一、发展目标\n2025年的主要目标是：\n——创新能力增强。研发投入强度超过3%。\n——产业规模壮大。产值突破2万亿元。\n",
        ["研发投入强度|3|%|at-least||2025|", "产值|2|万亿元|at-least||2025|"],
        "a year and 目标 introduce a list",
    ),
    (
        "一、战略目标\n第一步，到2023年，水平显著提升。\n——规模超过150亿元。\n第二步，到2025年，水平领先。\n——规模超过400亿元。\n",
        ["规模|150|亿元|at-least||2023|", "规模|400|亿元|at-least||2025|"],
        "steps, each with its list",
    ),
    (
        "一、重点任务\n2022年6月底前，建成2个省级平台。\n",
        ["省级平台|2|个|equal||2022|"],
        "a month before 底前",
    ),
    (
        "一、重点任务\n“十四五”末，全省建成高速公路1.25万公里。\n",
        ["高速公路|1.25|万公里|equal||2025|"],
        "a plan's end is its last year",
    ),
    (
        "一、重点任务\n到 2025 年，建成 500 个以上示范工厂。\n",
        ["示范工厂|500|个|at-least||2025|"],
        "blanks that a PDF leaves",
    ),
    (
        "一、重点任务\n每年组织不少于10场产销对接活动。\n",
        ["产销对接活动|10|场|at-least|||"],
        "no year, but every year",
    ),
    (
        "一、重点任务\n力争新增境内外上市公司2—3家。\n",
        ["境内外上市公司|2—3|家|equal|||"],
        "a range keeps its dash",
    ),
    (
        "一、重点任务\n到2025年，政务服务事项网上可办率达到100%。\n",
        ["政务服务事项网上可办率|100|%|full-coverage||2025|"],
        "100% is full coverage with a number",
    ),
    (
        "一、重点任务\n到2025年，实现5G网络县城以上区域全覆盖。\n",
        ["5G网络县城以上区域|||full-coverage||2025|"],
        "full coverage without a number",
    ),
    (
        "一、重点任务\n推动规模以上企业研发活动空白清零。\n",
        ["规模以上企业研发活动空白|||cleared|||"],
        "none is to be left",
    ),
    (
        "一、重点任务\n首批支持建设十个示范场景。\n",
        ["示范场景|10|个|equal|||"],
        "a number in words behind a verb",
    ),
    (
        "一、重点任务\n将平均审批时间压缩到15天以内。\n",
        ["平均审批时间|15|天|at-most|||"],
        "an upper bound",
    ),
    (
        "一、发展目标\n2020年，全省高新技术企业达到5.3万家。到2025年，力争达到6万家。\n",
        ["高新技术企业|6|万家|equal||2025|"],
        "the past figure is none, the target is",
    ),
    (
        "一、重点任务\n力争每年服务企业超万家。\n",
        ["服务企业|1|万家|at-least|||"],
        "a scale without a number is one",
    ),
    (
        "一、发展目标\n到2025年，创新能力保持在全国前六位，孵化企业数量翻番。\n",
        ["创新能力|6|位|at-most||2025|", "孵化企业数量|1|番|times||2025|"],
        "a place in a ranking, and a doubling without a numeral",
    ),
    (
        "一、重点任务\n“十四五”期间，每年实施50项左右重大项目。\n",
        ["重大项目|50|项|about||2025|"],
        "a plan that runs is due with its last year",
    ),
    (
        "一、重点任务\n平台每年上线应用不少于50个，开展不少于12场对接活动，每年给予平台补贴500万元。\n",
        ["平台每年上线应用|50|个|at-least|||", "对接活动|12|场|at-least|||"],
        "what is done every year and only then paid for",
    ),
]

# body, reason why nothing is found
UNWANTED = [
    ("一、发展基础\n2020年，全省高新技术企业达到5.3万家，比上年增加3000家。\n", "a heading of the past"),
    ("一、重点任务\n2020年，全省发放贷款300亿元。累计服务企业2万家。\n", "a year that is past, and what follows it"),
    ("一、重点任务\n2020年至2021年3月，全省新增上市公司20家。\n", "a stretch of time that ends in the document's year"),
    ("一、重点任务\n“十三五”期间，建成标准厂房500万平方米。\n", "a plan that is over"),
    ("一、重点任务\n截至2021年3月，全省共有平台20家。\n", "截至"),
    ("一、重点任务\n目前已培育专精特新企业1200家。\n", "已"),
    ("一、重点任务\n对新认定的国家级平台，给予最高500万元奖励。\n", "an award"),
    ("一、重点任务\n单个项目补助不超过总投资的30%，最高1000万元。\n", "a ceiling of a subsidy"),
    ("一、重点任务\n贷款贴息比例不超过50%。\n", "a ceiling of interest paid"),
    ("一、申报条件\n申报企业注册资本不低于500万元，研发人员不少于20人。\n", "admission"),
    ("一、申报条件\n申报单位上年度营业收入应达到1亿元。\n", "admission by 达到"),
    ("一、重点任务\n为60岁以上老年人提供上门服务。\n", "an age"),
    ("一、重点任务\n落实《“百家企业”培育计划（2020—2025年）》和“30条”措施。\n", "titles and slogans"),
    ("一、重点任务\n每季度召开1次联席会议，每年召开2次全体会议。\n", "meetings"),
    ("一、重点任务\n对每年新增就业20人以上的，给予10万元奖励。\n", "to whom an award is due"),
    ("一、重点任务\n全省综合实力位居全国前6位。\n", "a place that is held"),
    ("一、重点任务\n在15个工作日内完成审核。\n", "a time limit of office work"),
    ("一、重点任务\n本方案共5章20条，附件3份。\n", "a count of the text's own parts"),
    ("一、重点任务\n围绕12个重点领域和4个方面开展工作。\n", "fields of work"),
    ("一、重点任务\n根据粤府〔2020〕12号文件和第25条规定执行。\n", "numbers of documents"),
    ("一、重点任务\n严格执行全覆盖检查制度。\n", "全覆盖 that only describes"),
    ("一、重点任务\n全省已实现行政村光纤网络全覆盖。\n", "what has been covered"),
    ("一、名词解释\n“示范园区”是指年产值10亿元以上、企业30家以上的园区。\n", "a definition"),
]


@pytest.mark.parametrize(("body", "expected", "reason"), WANTED, ids=[reason for *_, reason in WANTED])
def test_wanted(extract_text: ExtractText, body: str, expected: list[str], reason: str) -> None:
    assert sorted(map(row, targets(extract_text(HEAD + body)))) == sorted(expected), reason


@pytest.mark.parametrize(("body", "reason"), UNWANTED, ids=[reason for _, reason in UNWANTED])
def test_unwanted(extract_text: ExtractText, body: str, reason: str) -> None:
    assert list(map(row, targets(extract_text(HEAD + body)))) == [], reason


CHANGES = [
    # sentence, change, baseline's year and value, reason
    ("到2025年，占比由2020年的30%提高到40%。", ("level", "2020", "30"), "提高到 reaches a level"),
    ("到2025年，占比从5.6%提升至8%。", ("level", "", "5.6"), "a baseline without a year"),
    ("到2025年，占比较2020年提高5个百分点。", ("increase", "2020", ""), "提高 without 到 adds"),
    ("到2025年，能耗比2020年下降14%。", ("decrease", "2020", ""), "下降 without 到 takes away"),
    ("到2025年，产值年均增长6%以上。", ("growth", "", ""), "a rate"),
    ("到2025年，产值增速保持在8%左右。", ("growth", "", ""), "a rate that is held"),
    ("到2025年，规模较2020年翻一番。", ("growth", "2020", ""), "a doubling"),
    ("到2025年，产值达到300亿元。", ("level", "", ""), "a level"),
]


@pytest.mark.parametrize(("sentence", "expected", "reason"), CHANGES)
def test_change_and_baseline(
    extract_text: ExtractText, sentence: str, expected: tuple[str, str, str], reason: str
) -> None:
    (target,) = targets(extract_text(f"{HEAD}一、发展目标\n{sentence}\n"))
    assert (target.change, target.baseline, target.baseline_value) == expected, reason


UNITS = [
    # figure, number in the unit of QUDT, that unit, the ends of a range
    ("3000亿元", "300000000000", "CCY_CNY", ("", "")),
    ("1.5万亿元", "1500000000000", "CCY_CNY", ("", "")),
    ("5万家", "50000", "NUM", ("", "")),
    ("98.5%", "98.5", "PERCENT", ("", "")),
    ("2000万千瓦", "20000000", "KiloW", ("", "")),
    ("14EFLOPS", "14000", "PetaFLOPS", ("", "")),
    ("2—3万家", "", "NUM", ("20000", "30000")),
    ("100万亩", "", "", ("", "")),
]


@pytest.mark.parametrize(("figure", "number", "quantity", "ends"), UNITS)
def test_unit(extract_text: ExtractText, figure: str, number: str, quantity: str, ends: tuple[str, str]) -> None:
    (target,) = targets(extract_text(f"{HEAD}一、发展目标\n到2025年，规模达到{figure}。\n"))
    assert (target.number, target.quantity, (target.lower, target.upper)) == (number, quantity, ends)


def test_a_text_that_stands_twice_in_a_file_sets_its_targets_once(extract_text: ExtractText) -> None:
    body = "一、发展目标\n到2025年，建成加氢站200座。\n"
    assert len(targets(extract_text(HEAD + body + body))) == 1


def test_rules_on_how_to_apply_set_targets_only_with_a_year(extract_text: ExtractText) -> None:
    head = HEAD.replace("发展实施方案", "项目申报指南")
    body = "一、支持方向\n建设10个平台。\n二、目标\n到2025年，建成20个平台。\n"
    assert [target.value for target in targets(extract_text(head + body))] == ["20"]
