"""A small province plan and a news article, built by hand: what the graph tests share."""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec.structs import replace

from kg.extractors.actions import PolicyAction
from kg.extractors.assignments import Assignment
from kg.extractors.entities import Entity
from kg.extractors.measures import Measure
from kg.extractors.reader import tools
from kg.extractors.targets import Target
from kg.graph import Reference
from kg.graph.reference_instruments import Category
from kg.lexicons.acts import Act
from kg.lexicons.agency_entries import CentralBody, Reform
from kg.lexicons.agency_names import Agencies
from kg.lexicons.entry import Day, Validity
from kg.lexicons.instruments import Concept, Family, Placing
from kg.lexicons.regions import Division, RegionGroup, Regions
from kg.model.document import Document, Section, Span, content_id
from kg.model.entities import Agency, AgencyGroup, Instrument, Participant, Region, Resolution, Role
from kg.model.facts import Evidence, Extraction, Fact, identified

PLAN = """广东省绿色金融实施方案
一、发展绿色信贷
鼓励银行发行绿色债券。到2025年设立绿色专营机构40家。（省财政厅、人民银行广州分行牵头，珠三角各地级以上市政府配合）
二、建设碳市场
在广州市开展碳排放权交易。（省生态环境厅牵头，省财政厅、各有关部门配合）
三、加强宣传
加强“绿色”宣传，讲好故事\\报告。（各有关部门按职责分工负责）
"""
NEWS = """上海银保监局：推动绿色保险
一是在浦东新区推广绿色债券。
"""

GUANGDONG = Region("440000", "广东省", "province", "100000")
GUANGZHOU = Region("440100", "广州市", "prefecture", "440000")
PUDONG = Region("310115", "上海市浦东新区", "county", "310000")

FINANCE = Agency("440000-finance-department", "广东省财政厅", "广东省财政厅", "province", "440000")
ECOLOGY = Agency("440000-ecology-environment-department", "广东省生态环境厅", "广东省生态环境厅", "province", "440000")
PBC = Agency(
    "pbc-guangzhou",
    "人民银行广州分行",
    "中国人民银行广州分行",
    "province",
    "440000",
    regulator=True,
    vertical=True,
    parent="pbc",
)
OFFICE = Agency("440000-government-office", "广东省人民政府办公厅", "广东省人民政府办公厅", "province", "440000")
CBIRC = Agency(
    "cbirc-shanghai",
    "上海银保监局",
    "中国银行保险监督管理委员会上海监管局",
    "province",
    "310000",
    regulator=True,
    parent="cbirc",
)
CITIES = tuple(
    Agency(f"{code}-government", f"{name}政府", f"{name}人民政府", "prefecture", code)
    for code, name in (("440100", "广州市"), ("440300", "深圳市"))
)
PRD = AgencyGroup("prd-city-governments", "珠三角各地级以上市政府", "closed", "prd", CITIES)
OTHERS = AgencyGroup("departments-concerned", "各有关部门", "open")
BOND = Instrument("green-bond", "绿色债券", "green-bond", "bonds")
CARBON = Instrument("x-碳 trading", "碳排放权交易", "", "carbon-market")

LEXICONS = tools()[0].lexicons
NO_REGIONS, NO_INSTRUMENTS = (
    Regions((), (), LEXICONS.regions.cues),
    replace(LEXICONS.instruments, families=(), concepts=()),
)
_BODIES = tuple(body for body in LEXICONS.agencies.words.bodies if body.id == "government")
NO_WORDS = replace(LEXICONS.agencies.words, functions=(), bodies=_BODIES, inverted=(), offices=(), unique=())
NO_AGENCIES = Agencies(NO_WORDS, (), LEXICONS.agencies.levels, ())
NOTHING = Reference(NO_REGIONS, NO_INSTRUMENTS, NO_AGENCIES)
"""What lexicons give that know no region, no instrument and no body."""


def division(code: str, name: str, short: str, level: Literal["province", "prefecture", "county"]) -> Division:
    """Return a line of regions.csv; what a division lies in follows from its code."""
    above = {"province": "", "prefecture": f"{code[:2]}0000", "county": f"{code[:2]}0000"}
    return Division(
        id=code, name=name, short=short, level=level, parent=above[level], alt=(), abbr=(), valid_to=Day(), spelled=()
    )


def central(id_: str, official: str, short: str, en: str, start: str = "", end: str = "") -> CentralBody:
    """Return a central body that supervises finance, with the days between which it stands."""
    valid = Validity(start=Day(start), end=Day(end))
    return CentralBody(
        id=id_, official=official, short=short, en=en, branch="government", regulator=True, validity=valid
    )


RAISING, TRADING = (
    Placing(id="raising", rothwell_zegveld="financial", howlett="treasure", zh="筹集资金", en="raises money"),
    Placing(id="trading", rothwell_zegveld="legal-regulatory", howlett="authority", zh="设定总量", en="sets a cap"),
)
REFERENCE = Reference(
    Regions(
        (
            division("110000", "北京市", "北京", "province"),
            division("310000", "上海市", "上海", "province"),
            division("310115", "浦东新区", "浦东", "county"),
            division("310116", "金山区", "金山", "county"),
            division("440000", "广东省", "广东", "province"),
            division("440100", "广州市", "广州", "prefecture"),
            division("440300", "深圳市", "深圳", "prefecture"),
        ),
        (
            RegionGroup(
                id="prd",
                name="珠三角",
                en="",
                kind="group",
                examples=(),
                members=("440100", "440300"),
                source="规划纲要",
            ),
        ),
        LEXICONS.regions.cues,
    ),
    replace(
        LEXICONS.instruments,
        placings=(RAISING, TRADING),
        families=(
            Family(id="bonds", zh="债券", en="bonds", placing="raising"),
            Family(id="carbon-market", zh="碳市场", en="carbon market", placing="trading"),
        ),
        concepts=(Concept(id="green-bond", pref="绿色债券", en="green bond", family="bonds"),),
    ),
    Agencies(
        NO_WORDS,
        (
            central("pbc", "中国人民银行", "人民银行", "People's Bank of China"),
            central("cbrc", "中国银行业监督管理委员会", "银监会", "", end="2018-04-08"),
            central("cbirc", "中国银行保险监督管理委员会", "银保监会", "", start="2018-04-08"),
        ),
        LEXICONS.agencies.levels,
        (Reform(id="cbirc-2018", date=Day("2018-04-08"), before=("cbrc",), after=("cbirc",)),),
    ),
    acts=(Act(id="promote", zh="推动", en="promote", words=("推动", "推广")),),
    categories=(
        Category("rz-environment", "rz-environment", "RothwellZegveld", "环境型", "environment side"),
        Category("rz-financial", "rz-financial", "RothwellZegveld", "金融", "financial", ("rz-environment",)),
        Category("rz-legal-regulatory", "rz-legal-regulatory", "RothwellZegveld", "法规", "legal", ("rz-environment",)),
        Category("ho-treasure", "ho-treasure", "Howlett", "财力", "treasure"),
        Category("ho-authority", "ho-authority", "Howlett", "权威", "authority"),
    ),
)


def span(text: str, words: str, start: int = 0) -> Span:
    """Return where `words` first stand at or after `start`."""
    at = text.index(words, start)
    return Span(at, at + len(words))


def document(text: str, kind: str = "policy", **fields: str) -> Document:
    """Return a document that fills `text`."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    title = text.partition("\n")[0]
    whole = Span(0, len(text))
    made = Document(content_id(text, kind), "x.txt", "news" if kind == "news" else "policy", title, text, sha, whole)
    return Document(**{name: getattr(made, name) for name in Document.__slots__} | fields)


def entity(doc: Document, mention: str, thing: Agency | Region | Instrument, how: str = "verbatim") -> Entity:
    """Return the fact that `mention` stands in the document, at every place where it does."""
    starts = [at for at in range(len(doc.text)) if doc.text.startswith(mention, at)]
    spans = tuple(Span(at, at + len(mention)) for at in starts)
    return Entity(doc.id, mention, thing, spans, Resolution(how))


def items(doc: Document, numerals: str) -> list[tuple[Section, Measure]]:
    """Return a section and a measure for each numbered item of the text."""
    starts = [doc.text.index(f"\n{numeral}") + 1 for numeral in numerals]
    made = []
    for numeral, start, end in zip(numerals, starts, [*starts[1:], len(doc.text)], strict=True):
        whole = Span(start, end)
        head = Span(start + 2, doc.text.index("\n", start))
        section = Section((numeral,), whole, head, "chinese", leaf=True)
        measure = Measure(content_id(doc.id, start), doc.id, numeral, whole, doc.quote(head))
        made.append((section, measure))
    return made


Said = tuple[Role, str, Agency | AgencyGroup, str]


def clause(doc: Document, measure: Measure, quote: str, *participants: Said) -> Assignment:
    """Return an assignment of `measure` in the words of `quote`."""
    at = span(doc.text, quote)
    people, start = [], at.start
    for order, (role, mention, body, raw) in enumerate(participants, 1):
        place = span(doc.text, mention, start)
        start = place.end
        how = Resolution.RESTORED if mention.startswith("省") else Resolution.VERBATIM
        people.append(Participant(role, mention, place, body, raw, order, how, 0.95 if how == "restored" else 1.0))
    evidence = Evidence(doc.id, at, doc.quote(at))
    return Assignment(content_id(doc.id, at.start), doc.id, measure.id, evidence, tuple(people), "suffix")


def plan() -> Extraction:
    """Return the facts of the plan: two co-leads, one measure with a lead, one without, one target."""
    doc = document(PLAN, number="粤办函〔2022〕1号", date="2022-06-24", published="2022-07-13", issuer="省府办公厅")
    doc = Document(**{name: getattr(doc, name) for name in Document.__slots__} | {"issuer": OFFICE.official})
    pairs = items(doc, "一二三")
    made = [Measure(m.id, m.document, m.path, m.span, m.label, (OFFICE,)) for _, m in pairs]
    lead, support, responsible = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE
    quotes = ["（" + part.partition("）")[0] + "）" for part in PLAN.split("（")[1:]]
    target = span(PLAN, "到2025年设立绿色专营机构40家")
    facts: list[Fact] = [
        entity(doc, "绿色债券", BOND),
        entity(doc, "碳排放权交易", CARBON),
        entity(doc, "广州市", GUANGZHOU),
        entity(doc, "省财政厅", FINANCE, "restored"),
        *made,
        clause(
            doc,
            made[0],
            quotes[0],
            (lead, "省财政厅", FINANCE, "牵头"),
            (lead, "人民银行广州分行", PBC, "牵头"),
            (support, "珠三角各地级以上市政府", PRD, "配合"),
        ),
        clause(
            doc,
            made[1],
            quotes[1],
            (lead, "省生态环境厅", ECOLOGY, "牵头"),
            (support, "省财政厅", FINANCE, "配合"),
            (support, "各有关部门", OTHERS, "配合"),
        ),
        clause(doc, made[2], quotes[2], (responsible, "各有关部门", OTHERS, "按职责分工负责")),
        Target(
            content_id(doc.id, "target"),
            doc.id,
            "绿色专营机构",
            "40",
            "家",
            Evidence(doc.id, target, doc.quote(target)),
            "2025",
            "at-least",
            "2020",
            number="40",
            quantity="NUM",
            regions=(GUANGZHOU,),
        ),
    ]
    sections = tuple(section for section, _ in pairs)
    return identified(Extraction(doc, sections, tuple(facts), GUANGDONG, issuers=(OFFICE,)), doc.id)


def promotion(doc: Document) -> PolicyAction:
    """Return the action of the article: the bureau promotes bonds in Pudong."""
    at = span(NEWS, "在浦东新区推广绿色债券")
    return PolicyAction(
        id=content_id(doc.id, "action"),
        document=doc.id,
        actors=(CBIRC,),
        act="promote",
        cue="推广",
        status="announced",
        instruments=(BOND,),
        addressees=(),
        beneficiaries=(),
        regions=(PUDONG,),
        object="绿色债券",
        evidence=Evidence(doc.id, at, doc.quote(at)),
    )


def news() -> Extraction:
    """Return the facts of the article: one announced measure, its instrument and its place."""
    doc = document(NEWS, "news", published="2023-03-01", publisher="新浪财经", source="http://finance.example/a?b=1")
    at = span(NEWS, "在浦东新区推广绿色债券。")
    measure = Measure(content_id(doc.id, at.start), doc.id, "一", at, "在浦东新区推广绿色债券", (CBIRC,))
    facts: tuple[Fact, ...] = (
        entity(doc, "上海银保监局", CBIRC),
        entity(doc, "浦东新区", PUDONG),
        entity(doc, "绿色债券", BOND),
        measure,
        promotion(doc),
    )
    return identified(Extraction(doc, (), facts), doc.id)


def shared() -> Extraction:
    """Return a second work that stands in the plan's text: an article that carries it."""
    plan_document = plan().document
    fields = {"id": content_id("carrier"), "kind": "news", "title": "转载", "number": "", "date": "", "issuer": ""}
    carrier = Document(**{name: getattr(plan_document, name) for name in Document.__slots__} | fields)
    return Extraction(carrier, (), ())


EXTRACTIONS = (plan(), news(), shared())
