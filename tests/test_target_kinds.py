"""Targets by kinds of wording: shared names, changes, ranges, rates, ratios, units; and the kinds that are none."""

from __future__ import annotations

import pytest
from conftest import ExtractText
from target_rows import HEAD, targets

from kg.extractors.targets import Target

# sentence, targets as indicator|value|unit|comparator|change|deadline, reason
WANTED = [
    (
        "到2025年，单位产值能耗、水耗分别下降12%、8%。",
        ["单位产值能耗|12|%|equal|decrease|2025", "单位产值水耗|8|%|equal|decrease|2025"],
        "分别 hands out the fall, and what both are of",
    ),
    (
        "到2025年，核桃种植、收获机械化率分别达到40%和35%。",
        ["核桃种植机械化率|40|%|equal|level|2025", "核桃收获机械化率|35|%|equal|level|2025"],
        "what is measured stands only with the last",
    ),
    (
        "到2024年，软件业、电子制造业规模分别达到600亿元和200亿元。",
        ["软件业规模|600|亿元|equal|level|2024", "电子制造业规模|200|亿元|equal|level|2024"],
        "as above, of names that share nothing else",
    ),
    (
        "到2025年，污水处理率、垃圾处理率分别提高10个百分点和5个百分点。",
        ["污水处理率|10|个百分点|equal|increase|2025", "垃圾处理率|5|个百分点|equal|increase|2025"],
        "whole names, and increases",
    ),
    (
        "到2025年，甲类、乙类设备普及率分别提高3.5个和2.1个百分点。",
        ["甲类设备普及率|3.5|个百分点|equal|increase|2025", "乙类设备普及率|2.1|个百分点|equal|increase|2025"],
        "a unit of which the first figure bears the beginning",
    ),
    (
        "到2023年，交易额、零售额年均增长分别达到15%、12%。",
        ["交易额|15|%|equal|growth|2023", "零售额|12|%|equal|growth|2023"],
        "分别 between the word of growth and the figures",
    ),
    ("提升监管效率20%。", ["监管效率|20|%|equal|increase|"], "a change that opens the clause of its share"),
    ("降低企业综合成本不低于10%。", ["企业综合成本|10|%|at-least|decrease|"], "as above, with a bound"),
    ("减少85%的现场检查。", ["现场检查|85|%|equal|decrease|"], "what falls stands behind the figure"),
    ("审批环节平均压缩35%。", ["审批环节|35|%|equal|decrease|"], "平均 is no part of the name"),
    ("平均办理时间减少50%以上。", ["平均办理时间|50|%|at-least|decrease|"], "平均 that begins the name is"),
    ("总体近视率每年降低不少于1个百分点。", ["总体近视率|1|个百分点|at-least|decrease|"], "总体 is no 总"),
    ("到2025年，公共充电桩占比达到20%—30%。", ["公共充电桩占比|20—30|%|equal|level|2025"], "percent at both ends"),
    ("到2025年，产业规模达到100亿—150亿元。", ["产业规模|100—150|亿元|equal|level|2025"], "a scale at both ends"),
    ("每年选取30-50个应用成效较好的县。", ["应用成效较好的县|30-50|个|equal|level|"], "应用 is no 应"),
    ("到2025年，车桩比达到2:1。", ["车桩比|2:1||equal|level|2025"], "a ratio"),
    ("到2025年，城乡居民收入比缩小到1.8：1。", ["城乡居民收入比|1.8:1||equal|level|2025"], "a ratio, full-width colon"),
    ("PM2.5浓度控制在30微克每立方米以内。", ["PM2.5浓度|30|微克每立方米|at-most|level|"], "a rate in words"),
    (
        "到2025年，公共机构能耗控制在300千克标准煤/人以内。",
        ["公共机构能耗|300|千克标准煤/人|at-most|level|2025"],
        "a rate",
    ),
    (
        "到2025年，新增海洋牧场30海里、巡航20批次、服务时长不少于1200小时。",
        [
            "海洋牧场|30|海里|equal|level|2025",
            "巡航|20|批次|equal|level|2025",
            "服务时长|1200|小时|at-least|level|2025",
        ],
        "units seldom seen",
    ),
    ("到2025年，完成造林１２．５万公顷。", ["造林|12.5|万公顷|equal|level|2025"], "full-width digits"),
    ("人均预期寿命达到79.5岁。", ["人均预期寿命|79.5|岁|equal|level|"], "years of life"),
    ("群众满意度达到95分以上。", ["群众满意度|95|分|at-least|level|"], "points"),
    ("开办时间压缩至1个工作日内。", ["开办时间|1|个工作日|at-most|level|"], "a time that is cut"),
    ("绿地率不低于百分之三十五。", ["绿地率|35|%|at-least|level|"], "a percentage in words of several signs"),
    ("降水利用率达到百分之十二点五。", ["降水利用率|12.5|%|equal|level|"], "as above, with a point"),
    ("培训乡村医生3000人次。", ["培训乡村医生|3000|人次|equal|level|"], "a verb that opens the clause"),
    ("选拔80名青年科技人才。", ["青年科技人才|80|名|equal|level|"], "选拔"),
    ("选择12个左右城市开展试点。", ["城市|12|个|about|level|"], "选择"),
    ("吸引95家左右企业入驻。", ["企业入驻|95|家|about|level|"], "吸引"),
    ("推动全市80%以上的工程采用新工艺。", ["工程采用新工艺|80|%|at-least|level|"], "a share is no threshold"),
    (
        "实现100%的乡镇和90%以上的行政村通光纤。",
        ["乡镇|100|%|full-coverage|level|", "行政村通光纤|90|%|at-least|level|"],
        "shares of a list",
    ),
    (
        "建设验证平台 4 个以上、公共服务平台 3 个以上。",
        ["验证平台|4|个|at-least|level|", "公共服务平台|3|个|at-least|level|"],
        "a list of bounds",
    ),
    (
        "培育单项冠军企业（产品）60个、龙头企业5家。",
        ["单项冠军企业（产品）|60|个|equal|level|", "龙头企业|5|家|equal|level|"],
        "an aside within a name",
    ),
    (
        "开展2000场课堂和20000场（次）志愿服务。",
        ["课堂|2000|场|equal|level|", "志愿服务|20000|场|equal|level|"],
        "an aside behind the unit",
    ),
    (
        "创建国家级示范县1—2个，省级5个左右。",
        ["国家级示范县|1—2|个|equal|level|", "省级|5|个|about|level|"],
        "a clause that goes on",
    ),
    ("培育10个规模超千亿元的特色产业集群。", ["规模超千亿元的特色产业集群|10|个|equal|level|"], "a size within a name"),
    (
        "实现“一是回收人员30万人；二是回收率达到40%”的两大发展目标。",
        ["回收人员|30|万人|equal|level|", "回收率|40|%|equal|level|"],
        "a quotation with figures",
    ),
    ("到2025年，综合产值突破20亿元大关。", ["综合产值|20|亿元|at-least|level|2025"], "大关 is not what is counted"),
    ("森林覆盖率保持在65%以上。", ["森林覆盖率|65|%|at-least|level|"], "覆盖率 tells no past, 保持在 no place"),
    ("到2025年，等离子设备等20项以上产品完成研制。", ["产品|20|项|at-least|level|2025"], "a bound and a year"),
    ("2021年8月底前，完成老旧小区改造50个。", ["老旧小区改造|50|个|equal|level|2021"], "a month of the year to come"),
    ("基本医疗保险参保率稳定在95%以上。", ["基本医疗保险参保率|95|%|at-least|level|"], "参保率 is no condition"),
]

# sentence, reason why nothing is found
UNWANTED = [
    ("按不低于采购金额的35%提前预付。", "a payment in advance"),
    ("将18项基本公共服务项目调整增加为26项。", "a change of a list"),
    ("建成总装、焊接、切割等6种生产线。", "a sum of what is listed"),
    ("组织制定如下11项工程标准。", "what follows"),
    ("形成囊括17个子类的标准体系。", "parts of a scheme"),
    ("实现7×24小时智能咨询。", "a product"),
    ("实现360度全方位监控。", "a circle"),
    ("占比=甲数量/乙数量×100%。", "a formula"),
    ("设立了三江源等5个国家公园。", "了"),
    ("推出了15条冬春旅游线路。", "了, as above"),
    ("各省推荐典型案例不超过25个。", "a quota"),
    ("每月开展1次安全检查。", "routine"),
    ("每季度至少召开2次会议。", "meetings"),
    ("处以5万元以上20万元以下的罚款。", "a fine"),
    ("申报企业须具有3项以上发明专利，研发人员占比不低于10%。", "conditions, and a noun that looks like a verb"),
    ("对年产值5亿元以上的企业，按设备投资额的10%给予补助。", "a subsidy and whom it is for"),
    ("培育产值超10亿元的行业龙头企业。", "a size that says which are meant"),
    ("建立50人以上的应急队伍。", "a size, as above"),
    ("自收到申请之日起20个工作日内作出决定。", "a procedure"),
    ("各地在生均拨款水平达到12000元的基础上加大投入。", "what something rests on"),
    ("健全业务全覆盖、机制全贯通的服务体系。", "a pledge that only describes"),
    ("排名第3位。", "an ordinal"),
    ("2021年4月底，全省工业机器人达到5万台。", "a month before that of the document"),
    ("2021年一季度末，企业贷款余额达到3万亿元。", "a quarter before that of the document"),
]

COMMITMENTS = [
    ("到2025年，万元产值用水量下降16%（约束性）。", "binding", "", "an aside"),
    ("到2025年，劳动生产率达到20万元/人（预期性）。", "expected", "", "an aside, as above"),
    ("确保耕地保有量不低于30万公顷。", "binding", "", "确保"),
    ("力争到2025年，粮食产量稳定在500万吨以上，确保供应。", "expected", "", "力争, not the 确保 behind it"),
    ("到2025年，建成平台5个。", "", "", "neither"),
    ("人均预期寿命达到79岁。", "", "", "预期 is part of the name"),
    ("每年培育企业20家。", "", "P1Y", "every year"),
    ("每季度举办对接活动5场。", "", "P3M", "every quarter"),
    ("到2025年，产值年均增长6%。", "", "P1Y", "a rate of each year"),
    ("PM2.5年均浓度达到35微克/立方米。", "", "", "an average of a year comes once"),
]


def row(target: Target) -> str:
    """A target as indicator|value|unit|comparator|change|deadline."""
    return "|".join((target.indicator, target.value, target.unit, target.comparator, target.change, target.deadline))


@pytest.mark.parametrize(("sentence", "expected", "reason"), WANTED, ids=[reason for *_, reason in WANTED])
def test_wanted(extract_text: ExtractText, sentence: str, expected: list[str], reason: str) -> None:
    found = targets(extract_text(f"{HEAD}一、重点任务\n{sentence}\n"))
    assert sorted(map(row, found)) == sorted(expected), reason


@pytest.mark.parametrize(("sentence", "reason"), UNWANTED, ids=[reason for _, reason in UNWANTED])
def test_unwanted(extract_text: ExtractText, sentence: str, reason: str) -> None:
    assert list(map(row, targets(extract_text(f"{HEAD}一、重点任务\n{sentence}\n")))) == [], reason


@pytest.mark.parametrize(("sentence", "commitment", "every", "reason"), COMMITMENTS, ids=[r for *_, r in COMMITMENTS])
def test_commitment(extract_text: ExtractText, sentence: str, commitment: str, every: str, reason: str) -> None:
    [target] = targets(extract_text(f"{HEAD}一、重点任务\n{sentence}\n"))
    assert (target.commitment, target.every) == (commitment, every), reason


def test_rules_set_no_targets(extract_text: ExtractText) -> None:
    articles = "".join(
        f"第{n}条 新建项目的绿地率不低于{k}%。\n" for n, k in zip("一二三四五", range(30, 35), strict=True)
    )
    assert targets(extract_text(HEAD + articles)) == []


def test_a_table_says_what_binds(extract_text: ExtractText) -> None:
    table = "指标\t2025年目标值\t属性\n研发经费投入强度（%）\t≥3\t预期性\n森林覆盖率\t58.9%\t约束性\n"
    found = targets(extract_text(HEAD + "一、发展目标\n到2025年，体系建立。\n" + table))
    assert {target.indicator: target.commitment for target in found} == {
        "研发经费投入强度": "expected",
        "森林覆盖率": "binding",
    }
