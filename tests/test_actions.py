"""Actions: who does or orders what, with what, for whom and where, told from nouns, strangers and the past."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import EXTRACTORS, LEXICONS, READER, ROOT, ExtractText
from hypothesis import given
from hypothesis import strategies as st

from kg.extractors.actions import PolicyAction
from kg.extractors.actions.predicates import HIDDEN, AddresseeFinder, PredicateFinder, hide
from kg.extractors.reader import extract_file
from kg.model.facts import Extraction
from kg.text.fold import fold

FINDER = PredicateFinder(LEXICONS.acts)
ADDRESSEES = AddresseeFinder(LEXICONS.acts)


def row(action: PolicyAction) -> str:
    """Write an action as act | actors | instruments | addressees > beneficiaries | regions, with ! where it is past."""
    groups = ["、".join(one.surface for one in some) for some in (action.addressees, action.beneficiaries)]
    parts = [
        action.act + ("!" if action.status == "reported" else ""),
        "、".join(actor.name for actor in action.actors),
        "、".join(instrument.name for instrument in action.instruments),
        groups[0] + (f">{groups[1]}" if groups[1] else ""),
        "、".join(region.name for region in action.regions),
    ]
    return "|".join(parts)


def actions(extractions: list[Extraction]) -> list[str]:
    return [row(action) for extraction in extractions for action in extraction.of(PolicyAction)]


# title of an article, its paragraphs, actions, reason
NEWS = [
    # who acts
    (
        "某报讯",
        ["上海银保监局将鼓励保险机构推广科技保险。"],
        ["encourage|上海银保监局|科技保险|保险机构|"],
        "a body as subject",
    ),
    (
        "某报讯",
        ["中国人民银行、国家发展改革委要求银行机构加大绿色信贷投放。"],
        ["require|中国人民银行、国家发展改革委|绿色信贷|银行机构|"],
        "two bodies as subject",
    ),
    (
        "某报讯",
        ["证监会副主席王某某表示，将支持上市公司发行绿色债券。"],
        ["support|证监会|绿色债券|上市公司|"],
        "an official speaks for the body",
    ),
    (
        "某报讯",
        ["记者从北京市地方金融监管局获悉，下一步将推动绿色基金发展。"],
        ["promote|北京市地方金融监管局|绿色基金||"],
        "a body as source",
    ),
    (
        "某报讯",
        ["浙江银保监局有关负责人表示，要引导保险公司推广巨灾保险。"],
        ["guide|浙江银保监局|巨灾保险|保险公司|"],
        "an unnamed official of a body",
    ),
    (
        "上海银保监局：支持小微企业",
        ["会议强调，要加大信用贷款投放力度。"],
        ["increase|上海银保监局|信用贷款||"],
        "a meeting of the body that the title names",
    ),
    (
        "上海银保监局：支持小微企业",
        ["一是鼓励发展科技保险。", "二是引导企业参加责任保险。"],
        ["encourage|上海银保监局|科技保险||", "guide|上海银保监局|责任保险|企业|"],
        "points of the body that the title names",
    ),
    (
        "某报讯",
        ["人民银行将用好碳减排支持工具。进一步完善再贷款管理，支持金融机构扩大绿色信贷。"],
        ["carry-out|人民银行|碳减排支持工具||", "improve|人民银行|再贷款||", "support|人民银行|绿色信贷|金融机构|"],
        "carried to the next sentence",
    ),
    (
        "某报讯",
        ["人民银行印发《关于绿色金融的通知》。《通知》明确，鼓励银行机构发行绿色金融债券。"],
        ["formulate|人民银行|||", "encourage|人民银行|绿色金融债券|银行机构|"],
        "what a document says is said by who issued it",
    ),
    (
        "某报讯",
        ["财政部将通过贴息、风险补偿等方式支持小微企业融资。"],
        ["support|财政部|贷款贴息、风险补偿|小微企业|"],
        "a phrase before the verb bears the instruments",
    ),
    # for whom
    (
        "上海银保监局：做好服务",
        ["要为小微企业提供信用贷款。"],
        ["provide|上海银保监局|信用贷款|>小微企业|"],
        "who gains stands before the verb",
    ),
    (
        "上海银保监局：做好服务",
        ["鼓励银行机构为小微企业提供信用贷款。"],
        ["encourage|上海银保监局|信用贷款|银行机构>小微企业|"],
        "who acts and who gains",
    ),
    (
        "上海银保监局：做好服务",
        ["加强对民营企业的融资支持。"],
        ["strengthen|上海银保监局||>民营企业|"],
        "who gains in an attribute",
    ),
    (
        "上海银保监局：做好服务",
        ["各银行保险机构要压降不良贷款。"],
        ["require|上海银保监局||银行保险机构|"],
        "a group is told to",
    ),
    (
        "上海银保监局：做好服务",
        ["银行机构不得违规收费。"],
        ["prohibit|上海银保监局||银行机构|"],
        "a group is told not to",
    ),
    (
        "上海银保监局：做好服务",
        ["保险公司也应当公开费率。"],
        ["require|上海银保监局||保险公司|"],
        "a link before the modal",
    ),
    (
        "上海银保监局：做好服务",
        ["严禁金融机构违规收费。"],
        ["prohibit|上海银保监局||金融机构|"],
        "a ban with its addressee",
    ),
    (
        "上海银保监局：做好服务",
        ["支持符合条件的企业上市。"],
        ["support|上海银保监局||企业|"],
        "an attribute before the addressee",
    ),
    (
        "上海银保监局：做好服务",
        ["督促和指导辖内银行完善绿色信贷制度。"],
        ["require|上海银保监局|绿色信贷|银行|"],
        "two verbs joined",
    ),
    (
        "上海银保监局：做好服务",
        ["鼓励银行机构创新产品，开发绿色信贷和绿色保险。"],
        ["encourage|上海银保监局|绿色信贷、绿色保险|银行机构|"],
        "what others are to do runs on over a comma",
    ),
    # where
    (
        "上海银保监局：做好服务",
        ["支持浦东打造引领区。"],
        ["support|上海银保监局|||上海市浦东新区"],
        "a place alone, in news",
    ),
    (
        "上海银保监局：做好服务",
        ["在长三角，推动绿色债券发行。"],
        ["promote|上海银保监局|绿色债券||长三角"],
        "the place in a phrase before",
    ),
    (
        "北京市地方金融监管局：推动试点",
        ["以城市副中心为载体，推动绿色信贷先行先试。"],
        ["promote|北京市地方金融监管局|绿色信贷||北京城市副中心"],
        "a phrase that leads up to the verb",
    ),
    # verbs
    (
        "上海银保监局：做好服务",
        ["建立健全信息披露制度。"],
        ["establish|上海银保监局|信息披露||"],
        "two verbs, the first counts",
    ),
    (
        "上海银保监局：做好服务",
        ["研究出台绿色信贷指引。"],
        ["formulate|上海银保监局|绿色信贷||"],
        "a verb before the verb",
    ),
    ("上海银保监局：做好服务", ["探索发展绿色保险。"], ["explore|上海银保监局|绿色保险||"], "explore before develop"),
    (
        "上海银保监局：做好服务",
        ["将绿色信贷纳入考核评价。"],
        ["integrate|上海银保监局|绿色信贷||"],
        "the object stands before the verb",
    ),
    ("上海银保监局：做好服务", ["放宽绿色信贷准入条件。"], ["relax|上海银保监局|绿色信贷||"], "relax"),
    ("上海银保监局：做好服务", ["降低绿色信贷利率，减免手续费。"], ["reduce|上海银保监局|绿色信贷||"], "reduce"),
    # what has been done
    (
        "上海银保监局：做好服务",
        ["今年以来，上海银保监局指导银行机构开展无还本续贷。"],
        ["guide!|上海银保监局|无还本续贷|银行机构|"],
        "a report of the year",
    ),
    (
        "上海银保监局：做好服务",
        ["上海银保监局推动成立了中国集成电路共保体。"],
        ["promote|上海银保监局|中国集成电路共保体||"],
        "了 far behind the verb is not read",
    ),
    (
        "上海银保监局：做好服务",
        ["上海银保监局累计处罚保险机构12家次。"],
        ["penalise!|上海银保监局||保险机构|"],
        "累计 before the verb",
    ),
    (
        "上海银保监局：做好服务",
        ["上半年，上海银保监局推动绿色信贷增长。下一步，将引导企业参加责任保险。"],
        ["promote!|上海银保监局|绿色信贷||", "guide|上海银保监局|责任保险|企业|"],
        "the report ends where the plans begin",
    ),
]

# title of an article, its paragraphs, reason
NO_NEWS = [
    ("某报讯", ["某集团将推出绿色债券，支持中小企业转型。"], "a company acts"),
    ("某报讯", ["工商银行行长王某某表示，将加大绿色信贷投放。支持企业发行绿色债券。"], "a banker speaks, and goes on"),
    ("某报讯", ["清华大学教授李某认为，应鼓励金融机构发展绿色信贷。"], "an expert asks for it"),
    ("某报讯", ["业内人士指出，要推动绿色债券发展。"], "somebody unnamed speaks"),
    ("某报讯", ["鼓励发展绿色信贷。"], "nobody known acts"),
    ("上海银保监局：做好服务", ["辖内银行推出绿色信贷产品，支持企业转型。"], "banks act"),
    ("上海银保监局：做好服务", ["在沪保险公司扩展责任保险，为企业提供保障。"], "insurers act"),
    ("上海银保监局：做好服务", ["绿色信贷支持力度不断加大。"], "verbs as nouns"),
    ("上海银保监局：做好服务", ["《关于支持绿色信贷发展的指导意见》近日公布。"], "a verb in a title"),
    ("上海银保监局：做好服务", ["围绕“推动绿色信贷”主题座谈。"], "a verb in quotes"),
    ("上海银保监局：做好服务", ["要增强大局意识，坚定信心。"], "no instrument, nobody, no place"),
    ("上海银保监局：做好服务", ["推动各项工作。"], "an empty object"),
    (
        "上海银保监局：做好服务",
        ["深入学习贯彻党的二十大精神，增强“四个意识”，坚定“四个自信”，做到“两个维护”。"],
        "ceremony",
    ),
    ("上海银保监局：做好服务", ["在推动绿色信贷方面成效明显。"], "a verb within a phrase"),
    ("上海银保监局：做好服务", ["绿色信贷余额增长，发展势头良好。"], "no verb of policy"),
    (
        "上海银保监局：做好服务",
        ["各级政府部门要加强绿色信贷宣传。"],
        "what public bodies have to do is for assignments",
    ),
]

# body of a plan, actions, reason
PLANS = [
    ("一、推进甲事。鼓励企业发行绿色债券。", ["encourage|广东省人民政府|绿色债券|企业|"], "the issuer acts"),
    ("一、甲事\n（一）设立风险补偿基金。", ["establish|广东省人民政府|风险补偿基金||"], "an item"),
    (
        "一、甲事\n1．对新认定的民口企业，按每证50万元给予一次性奖励。",
        ["provide|广东省人民政府|财政补贴|>民口企业|"],
        "who gains in the phrase before",
    ),
    (
        "一、甲事\n支持骨干企业建平台，支持高校、科研院所开展攻关。",
        ["support|广东省人民政府||骨干企业|", "support|广东省人民政府||高校、科研院所|"],
        "two predicates of a sentence",
    ),
    (
        "一、甲事\n任何单位和个人不得拒收现金。",
        ["prohibit|广东省人民政府||单位、个人|"],
        "everybody is told not to",
    ),
    ("一、甲事\n平台企业要提供技术措施。", ["require|广东省人民政府||平台企业|"], "enterprises are told to"),
    (
        "一、甲事\n鼓励企业参加环境污染强制责任保险。（省生态环境厅牵头，省财政厅配合）",
        ["encourage|广东省人民政府|环境污染强制责任保险|企业|"],
        "an assignment is none of it, and its bodies are not the actor",
    ),
    (
        "一、甲事\n省财政厅要设立专项资金。",
        ["establish|广东省人民政府|专项资金||"],
        "a body that 要 is told by the issuer",
    ),
    (
        "一、甲事\n省科技厅将支持企业申报专项资金。",
        ["support|广东省科技厅|专项资金|企业|"],
        "a body that 将 acts itself",
    ),
    ("一、甲事\n引导社会资本参与绿色基金。", ["guide|广东省人民政府|绿色基金|社会资本|"], "capital as addressee"),
    (
        "一、甲事\n鼓励有条件的地区开展绿色信贷。",
        ["encourage|广东省人民政府|绿色信贷|有条件的地区|"],
        "places as addressee",
    ),
    (
        "一、甲事\n推动各地建立风险补偿机制。",
        ["promote|广东省人民政府|风险补偿机制|各地|"],
        "local governments as addressee",
    ),
]

# body of a plan, reason
NO_PLANS = [
    ("一、总体要求\n鼓励企业发行绿色债券。\n二、推进甲事", "principles set no task"),
    ("一、甲事\n在广州开展宣传。", "a place alone is not enough in a plan"),
    ("一、甲事\n各有关部门要支持绿色信贷发展。", "a general duty of departments"),
    ("一、甲事\n（省财政厅负责支持企业发行绿色债券）", "within the words of an assignment"),
    ("一、甲事\n鼓励类产业目录另行公布。", "a verb as part of a noun"),
    ("一、甲事\n提升服务水平，优化营商环境。", "nobody and nothing named"),
]


@pytest.mark.parametrize(("title", "paragraphs", "wanted", "reason"), NEWS, ids=[r[-1] for r in NEWS])
def test_news(extract_text: ExtractText, title: str, paragraphs: list[str], wanted: list[str], reason: str) -> None:
    assert actions(_news(extract_text, title, paragraphs)) == wanted, reason


@pytest.mark.parametrize(("title", "paragraphs", "reason"), NO_NEWS, ids=[r[-1] for r in NO_NEWS])
def test_no_action_in_news(extract_text: ExtractText, title: str, paragraphs: list[str], reason: str) -> None:
    assert actions(_news(extract_text, title, paragraphs)) == [], reason


@pytest.mark.parametrize(("body", "wanted", "reason"), PLANS, ids=[r[-1] for r in PLANS])
def test_plans(extract_text: ExtractText, body: str, wanted: list[str], reason: str) -> None:
    assert actions(_plan(extract_text, body)) == wanted, reason


@pytest.mark.parametrize(("body", "reason"), NO_PLANS, ids=[r[-1] for r in NO_PLANS])
def test_no_action_in_plans(extract_text: ExtractText, body: str, reason: str) -> None:
    assert actions(_plan(extract_text, body)) == [], reason


def _news(extract_text: ExtractText, title: str, paragraphs: list[str]) -> list[Extraction]:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return extract_text(f"---\ntitle: '{title}'\nauthor: 新华社\ncategories: \n - 金融\n---\n<div>{body}</div>")


def _plan(extract_text: ExtractText, body: str) -> list[Extraction]:
    return extract_text(f"---\ntitle: 广东省绿色发展实施方案\nissuer: 广东省人民政府\n---\n{body}")


# clause, where the verb stands, reason
VERBS = [
    ("鼓励企业投保", "鼓励", "opens the clause"),
    ("将进一步加大投放", "加大", "behind adverbs"),
    ("一是推动创新", "推动", "behind a number"),
    ("（一）建立制度", "建立", "behind a number in brackets"),
    ("2021年底前完善标准", "完善", "behind a date"),
    ("通过科技赋能进一步提升质效", "提升", "behind a phrase"),
    ("对加大投放的银行给予奖励", "给予", "behind a phrase that holds a verb"),
    ("在推动创新方面提供支持", "提供", "behind a phrase that holds a verb and is closed"),
    ("将“信息披露”纳入考核", "纳入", "the object first"),
    ("支持力度加大", "", "a noun"),
    ("低碳发展水平", "", "a noun behind its attribute"),
    ("指导意见印发", "", "a noun"),
    ("“推动创新”活动", "", "in quotes"),
    ("《支持办法》", "", "in a title"),
    ("推动", "", "without an object"),
    ("聚焦实体经济和社会发展领域", "", "会 within a word is no adverb"),
]


@pytest.mark.parametrize(("clause", "cue", "reason"), VERBS, ids=[r[-1] for r in VERBS])
def test_the_verb_of_a_clause(clause: str, cue: str, reason: str) -> None:
    found = FINDER.find(hide(fold(clause)), 0, len(clause))
    assert (clause[found.cue.start : found.cue.end] if found else "") == cue, reason


def test_every_act_says_what_it_takes_and_what_not() -> None:
    assert all(act.examples and act.counterexamples and act.zh and act.en for act in LEXICONS.acts.acts)


@given(
    st.lists(st.sampled_from(["鼓励", "企业", "，", "“", "”", "（", "）", "《", "》", "将", "绿色信贷", "。", "的"]))
)
def test_hiding_keeps_the_length(words: list[str]) -> None:
    text = "".join(words)
    hidden = hide(text)
    assert len(hidden) == len(text)
    assert hidden.count("。") == sum(1 for at, mark in enumerate(text) if mark == "。" and hidden[at] != HIDDEN)


@given(
    st.lists(
        st.sampled_from(["鼓励", "银行", "、", "保险公司", "，", "将", "为", "小微企业", "提供", "绿色信贷", "。"])
    )
)
def test_addressees_stand_where_they_say(words: list[str]) -> None:
    text = hide("".join(words))
    for found in (ADDRESSEES.at(text, 0, len(text)), ADDRESSEES.gaining(text, 0, len(text))):
        for one in found:
            assert text[one.span.start : one.span.end] == one.surface


# file of gold, least precision, least recall; lowering one is a visible act
FLOORS = [
    ("000_4132cb05bd4c0840", 1.0, 1.0),
    ("001_8e30f979f6a84caa", 1.0, 0.94),
    ("003_8c147d79411f414c", 1.0, 1.0),
    ("004_a8897888fa520002", 0.92, 1.0),
]


@pytest.mark.parametrize(("name", "precision", "recall"), FLOORS)
def test_the_actions_of_the_news(name: str, precision: float, recall: float) -> None:
    gold = _gold(ROOT / "tests" / "gold" / "actions" / f"{name}.jsonl")
    (extraction,) = extract_file(str(ROOT / "seeds" / f"{name}.txt"), READER, EXTRACTORS)
    found = list(extraction.of(PolicyAction))
    right = [one for one in gold if any(_same(extraction, action, one) for action in found)]
    assert len(right) >= precision * len(found)
    assert len(right) >= recall * len(gold)


def _gold(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _same(extraction: Extraction, action: PolicyAction, gold: dict[str, object]) -> bool:
    """Tell whether an action has the verb, the act, the actors and the status of a gold record, and meets its quote."""
    start = -1
    for _ in range(int(str(gold["occurrence"]))):
        start = extraction.document.text.index(str(gold["quote"]), start + 1)
    meets = action.evidence.span.start < start + len(str(gold["quote"])) and start < action.evidence.span.end
    told = (action.act, action.cue, action.status, [actor.name for actor in action.actors])
    return meets and told == (gold["act"], gold["cue"], gold["status"], gold["actors"])


def test_the_same_file_gives_the_same_actions() -> None:
    path = str(ROOT / "seeds" / "000_4132cb05bd4c0840.txt")
    first, second = (list(extract_file(path, READER, EXTRACTORS)[0].of(PolicyAction)) for _ in range(2))
    assert first == second
    assert len({action.id for action in first}) == len(first)


def test_a_page_that_prints_a_policy_says_nothing_twice() -> None:
    news, policy = extract_file(str(ROOT / "seeds" / "002_b34dc753216e611d.txt"), READER, EXTRACTORS)
    assert not list(news.of(PolicyAction))
    assert 60 < len(list(policy.of(PolicyAction))) < 200


OBJECTS = [
    ("支持企业发行绿色债券、申请碳减排支持工具。", "发行绿色债券、申请碳减排支持工具", "short enough to stay whole"),
    (
        "支持企业发行绿色债券用于清洁能源和资源循环利用项目建设，申请碳减排支持工具用于节能降碳技术改造和绿色工厂绿色园区建设，"
        "申报国家绿色制造名单和绿色供应链管理企业。",
        "发行绿色债券用于清洁能源和资源循环利用项目建设",
        "the first of many things",
    ),
]


@pytest.mark.parametrize(("sentence", "wanted", "reason"), OBJECTS, ids=[row[2] for row in OBJECTS])
def test_objects(extract_text: ExtractText, sentence: str, wanted: str, reason: str) -> None:
    found = _plan(extract_text, f"一、甲事\n{sentence}")
    assert wanted in {action.object for extraction in found for action in extraction.of(PolicyAction)}, reason
