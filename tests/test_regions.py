from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import LEXICONS
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.extractors.regions.find import RegionFinder
from kg.lexicons.files import ontology_root
from kg.lexicons.regions import CUES, DIVISIONS, GROUPS, RegionGroup, Regions, load_regions
from kg.text.fold import fold

REGIONS = LEXICONS.regions
FINDER = RegionFinder(REGIONS)

# text, code or id of the document's jurisdiction, what must be found as mention=resolved, reason
ROWS = [
    ("隆重庆祝建国七十周年", "", "", "隆重 and 庆祝 meet inside 重庆"),
    ("养老机构可申请医保定点资格", "", "", "医保 and 定点"),
    ("适应城市发展，推广元素分析", "420000", "", "适应 and 城市, 推广 and 元素"),
    ("突出千佛山和大明湖", "370100", "", "a mountain holds 佛山"),
    ("在重庆市召开庆祝大会", "", "重庆市=重庆市", "the city itself"),
    ("支持重庆某某软件有限公司落户", "", "", "the name of a firm"),
    ("支持重庆建设和有限公司改制", "", "重庆=重庆市", "a word that breaks the name of a firm"),
    ("开放苏州河与深圳湾口岸", "310000", "", "a river and a bay"),
    ("山东河北两省、广东湖南两省", "", "山东=山东省 河北=河北省 广东=广东省 湖南=湖南省", "no river"),
    ("推进老城区改造", "", "", "an old town anywhere"),
    ("推进老城区改造", "410300", "老城区=洛阳市老城区", "the district in its city"),
    ("支持广州、深圳建设绿色金融", "440000", "广州=广州市 深圳=深圳市", "short names of cities"),
    ("广东省与广西开展合作", "440000", "广东省=广东省 广西=广西壮族自治区", "provinces, short and full"),
    ("推进浦东高水平改革开放", "310000", "浦东=上海市浦东新区", "a free county name"),
    ("在青岛市崂山区开展试点", "", "青岛市崂山区=青岛市崂山区", "city and district are one mention"),
    ("山东省青岛市崂山区", "", "山东省青岛市崂山区=青岛市崂山区", "the whole chain is one mention"),
    ("支持崂山区、即墨建设", "370200", "崂山区=青岛市崂山区 即墨=青岛市即墨区", "short in the city itself"),
    ("支持即墨建设", "440000", "", "district short names nowhere else"),
    ("在鼓楼区开展试点", "350100", "鼓楼区=福州市鼓楼区", "an ambiguous name in its city's paper"),
    ("在鼓楼区开展试点", "320000", "", "two of them in the province"),
    ("在鼓楼区开展试点", "", "", "ambiguous, nothing known"),
    ("在朝阳区开展试点", "", "", "nor may 朝阳 in Liaoning win"),
    ("朝阳、海淀先行", "110000", "朝阳=北京市朝阳区 海淀=北京市海淀区", "short districts of a municipality"),
    ("发展朝阳产业", "110000", "", "a sunrise industry"),
    ("支持和平发展，建设新城", "120000", "", "peace and a new town"),
    ("在沪保险公司、驻粤金融管理部门、来鲁创业", "", "沪=上海市 粤=广东省 鲁=山东省", "abbreviations after a cue"),
    ("“鲁科贷”和粤省事", "370000", "", "no cue, no place"),
    ("支持驻济高校，来济创业", "370100", "济=济南市 济=济南市", "a city's abbreviation"),
    ("在深化改革中进入新阶段，在新发展阶段", "440000", "", "深 and 新 are words"),
    ("未来云谷，引入港澳资金", "", "港澳=港澳", "来 in 未来, 入 in 引入"),
    ("在京津冀落地", "", "京津冀=京津冀", "the group wins over 京"),
    ("在京东平台销售", "110000", "", "a company"),
    ("珠三角核心区与粤北生态区", "440000", "珠三角核心区=珠三角 粤北生态区=北部生态发展区", "groups by other names"),
    ("沿海经济带绿色产业", "440000", "沿海经济带=沿海经济带", "bare name at home"),
    ("沿海经济带绿色产业", "210000", "", "bare name elsewhere"),
    ("用好自贸区机制", "310000", "自贸区=上海自贸区", "the zone of the document's province"),
    ("用好自贸区机制", "", "", "which one is unknown"),
    ("以城市副中心为示范区", "110000", "城市副中心=北京城市副中心", "bare name in Beijing"),
    ("省域副中心城市汕头", "440000", "汕头=汕头市", "another kind of sub-centre"),
    ("中国（山东）自由贸易试验区济南片区", "", "中国（山东）自由贸易试验区济南片区=山东自贸试验区济南片区", "longest"),
    ("中国(上海)自由贸易试验区", "", "中国(上海)自由贸易试验区=上海自贸区", "half-width brackets"),
    ("临港新片区科技保险", "310000", "临港新片区=上海市临港新片区", "zone"),
    ("发展临港产业", "370000", "", "near a port"),
    ("依托横琴粤澳深度合作区", "440000", "横琴粤澳深度合作区=横琴粤澳深度合作区", "the zone wins over 粤澳"),
    ("支持赤水河流域酒企", "520300", "", "a river"),
    ("加大对宁波前湾新区的支持", "330200", "宁波前湾新区=宁波前湾新区", "a zone with a name of its own"),
    ("成都东部新区和杭州钱塘新区", "", "成都东部新区=成都东部新区 杭州钱塘新区=杭州钱塘新区", "two of them"),
    ("合肥滨湖科学城", "340000", "合肥滨湖科学城=合肥滨湖科学城", "a science city"),
    ("推动杭州建设国家级新区", "330000", "杭州=杭州市", "a verb between"),
    ("长沙、株洲等新区", "430000", "长沙=长沙市 株洲=株洲市", "等 between"),
    ("青岛市多个新区", "370200", "青岛市=青岛市", "no name between"),
    ("在豫西地区和湘赣边布局", "", "豫西地区=豫西 湘赣边=湘赣边", "areas by direction and by border"),
    ("罗霄山片区、武陵山区", "430000", "罗霄山片区=罗霄山片区 武陵山区=武陵山片区", "mountain areas"),
    ("四川西部、银川西站", "", "四川=四川省 银川=银川市", "a direction behind a name is no area of its own"),
    ("川东北、鄂西北巩固脱贫成果", "", "川东北=川东北经济区 鄂西北=鄂西北", "between two directions"),
    ("青岛高新区、济南经开区", "", "青岛高新区=青岛高新区 济南经开区=济南经开区", "formed zones"),
    ("促进上海合作组织合作，中国南方电网", "", "", "an organisation and a company"),
    ("山东大学、西安交通大学、上海国际能源交易中心", "", "上海=上海市", "universities are proper names"),
    ("上海银行与上海银行业", "310000", "上海=上海市", "the bank, and banking in Shanghai"),
    ("上海证券报、北京时间8月", "", "", "newspaper, time"),
    ("新疆生产建设兵团科技局", "", "", "the Corps is a body"),
    ("海南州与海南省", "", "海南州=海南藏族自治州 海南省=海南省", "two of the name"),
    ("吉林市与吉林省、吉林", "", "吉林市=吉林市 吉林省=吉林省 吉林=吉林省", "the short name is the province's"),
    ("山西、陕西两省", "", "山西=山西省 陕西=陕西省", "near homophones"),
    ("天下大同，长治久安", "140000", "", "phrases"),
    ("中山大学与中山市", "", "中山市=中山市", "a university, a city"),
    ("西宁、海东两市", "", "西宁=西宁市 海东=海东市", "a cautious name joined to a sure one"),
    ("沿海东部", "", "", "海东 across words"),
    ("重大理论创新，推广安全生产", "530000", "", "大理 and 广安 across words"),
    ("东海、黄海沿岸", "320700", "", "seas"),
    ("山东省级高新区", "", "山东=山东省", "省级 is one word"),
    ("北京市场、合作市场", "", "北京=北京市", "市场 is one word"),
    ("农村产业融合发展示范县", "410000", "", "a model county, not 范县"),
    ("地方和有关中央企业", "610000", "", "有关 + 中央, not 关中"),
    ("我省、全省、辖内、三省一市", "310000", "", "deictic words"),
    ("一带一路", "", "", "no region"),
    ("晋城市城区与城区建设", "140500", "晋城市城区=晋城市城区", "a common word needs its city in front"),
]  # fmt: skip


def found(text: str, jurisdiction: str, on: str = "") -> list[str]:
    place = REGIONS.by_id(jurisdiction) if jurisdiction else None
    return [f"{text[span.start : span.end]}={region.name}" for span, region in FINDER.find(fold(text), place, on=on)]


@pytest.mark.parametrize(("text", "jurisdiction", "expected", "reason"), ROWS)
def test_finds_the_places_named(text: str, jurisdiction: str, expected: str, reason: str) -> None:
    assert found(text, jurisdiction) == expected.split(), reason


def test_a_division_that_stood_then_wins() -> None:
    assert found("支持莱芜发展", "370000", on="2017-05-01") == ["莱芜=莱芜市"]
    assert found("支持莱芜发展", "370100", on="2021-05-01") == ["莱芜=济南市莱芜区"]


def home_of(group: RegionGroup) -> str:
    return next(iter(group.homes), "")


@pytest.mark.parametrize("group", REGIONS.groups.values(), ids=lambda group: group.id)
def test_examples_of_every_group_and_zone(group: RegionGroup) -> None:
    place = REGIONS.by_id(home_of(group)) if home_of(group) else None
    for text in group.examples:
        assert group.id in {region.id for _, region in FINDER.find(fold(text), place)}, text
    for text in group.counterexamples:
        assert group.id not in {region.id for _, region in FINDER.find(fold(text), place)}, text


LABELS = sorted(REGIONS.readings)
PIECES = st.lists(
    st.one_of(st.sampled_from(LABELS), st.text(max_size=3), st.sampled_from("在驻来、（）市区大学")), max_size=8
).map("".join)
PLACES = st.sampled_from([None, *(REGIONS.by_id(code) for code in ("110000", "370200", "440000", "320106"))])


@settings(max_examples=300, deadline=None)
@given(text=PIECES, place=PLACES)
def test_mentions_lie_in_the_text_and_do_not_overlap(text: str, place: object) -> None:
    mentions = FINDER.find(fold(text), place)  # type: ignore[arg-type]  # sampled_from loses the type
    assert all(0 <= span.start < span.end <= len(text) for span, _ in mentions)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(mentions))


@settings(max_examples=200, deadline=None)
@given(label=st.sampled_from(LABELS), before=st.text(max_size=2), after=st.text(max_size=2))
def test_the_longest_name_at_and_before_a_place_is_at_least_as_long_as_a_known_one(
    label: str, before: str, after: str
) -> None:
    if not REGIONS.named(label):
        return
    text = before + label + after
    at, ending = REGIONS.longest_at(text, len(before)), REGIONS.longest_before(text, len(before + label))
    assert at is not None
    assert at[0] >= len(before + label)
    assert ending is not None
    assert ending[0] <= len(before)


def test_every_name_leads_back_to_its_region() -> None:
    for region in REGIONS:
        group = REGIONS.groups.get(region.id)
        for label in set(REGIONS.labels(region.id)) - set(group.bare if group else ()):
            assert region in REGIONS.named(label), label


def test_names_and_places_in_the_tree() -> None:
    assert REGIONS.by_id("370212").name == "青岛市崂山区"
    assert REGIONS.by_id("310115").name == "上海市浦东新区"
    assert REGIONS.by_id("429004").name == "仙桃市"
    assert REGIONS.labels("310115") == ("浦东新区", "浦东")
    assert REGIONS.short("440100") == "广州"
    assert REGIONS.short("621221") == "成县"
    assert REGIONS.within("440106", "440000")
    assert REGIONS.within("440106", "prd")
    assert not REGIONS.within("445100", "prd")
    assert len(REGIONS.children_of("440000", "prefecture")) == 21
    assert len(REGIONS.children_of("310000", "county")) == 16
    assert [region.id for region in REGIONS.members_of("jjj")] == ["110000", "120000", "130000"]
    assert REGIONS.members_of("guangdong-coast") == (), "two definitions are in use"
    parent = REGIONS.parent_of("370212")
    assert parent is not None
    assert parent.id == "370200"
    assert REGIONS.parent_of("370000") is None


def test_the_numbers_of_divisions() -> None:
    standing = [division for division in REGIONS.divisions.values() if not division.valid_to]
    assert sum(division.level == "province" for division in standing) == 34
    assert sum(division.level == "prefecture" for division in standing) == 333


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / GROUPS).parent.mkdir()
    for path in (DIVISIONS, GROUPS, CUES):
        shutil.copy(ontology_root() / path, tmp_path / path)
    return tmp_path


# file, words to replace, by what, what the error must name
FAULTS = [
    (DIVISIONS, "370212,崂山区", "370211,崂山区", "370211", "a code twice"),
    (DIVISIONS, "崂山区,崂山,county,370200", "崂山区,崂山,county,379900", "370212", "an unknown parent"),
    (DIVISIONS, "崂山区,崂山,county", "崂山区,崂山,district", "370212", "an unknown level"),
    (DIVISIONS, "崂山区,崂山,county", "李沧区,崂山,county", "370213", "a name twice in one city"),
    (DIVISIONS, "prefecture,370000,,,2019-01-09", "prefecture,370000,,,2019", "371200", "a bad date"),
    (DIVISIONS, "370212,崂山区,崂山,county,370200,,,", "370212,崂山区,崂山", "regions.csv", "a short line"),
    (DIVISIONS, "valid_to,spelled\n", "valid_to,spelled,spelled\n", "regions.csv:1: does not have", "a column twice"),
    (GROUPS, "- id: prd\n", "- id: jjj\n", "jjj", "an id twice"),
    (GROUPS, "- id: prd\n", "- id: 珠三角\n", "珠三角", "an id that is no slug"),
    (GROUPS, 'members: ["110000", "120000", "130000"]', 'members: ["110000", "129999"]', "jjj", "an unknown member"),
    (GROUPS, "names: [京津冀地区, 京津冀城市群]", "names: [珠三角]", "珠三角", "a label twice"),
    (GROUPS, "name: 京津冀\n", "nom: 京津冀\n", "jjj", "an unknown key"),
    (CUES, "\"310115\"", "\"319999\"", "浦东", "an unknown code"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "named", "reason"), FAULTS)
def test_a_fault_in_the_data_is_named(copy: Path, file: Path, old: str, new: str, named: str, reason: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text, reason
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_regions(copy)
    assert file.name in str(caught.value), reason
    assert named in str(caught.value), reason


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / DIVISIONS).unlink()
    with pytest.raises(LexiconError, match=r"regions\.csv"):
        load_regions(copy)


def test_loading_twice_gives_the_same() -> None:
    again: Regions = load_regions(ontology_root())
    assert list(again) == list(REGIONS)
