"""Laws that hold for every clause the grammar can compose, in any province and any city."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from conftest import EXTRACTORS, LEXICONS, READER
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.documents.read import read_document
from kg.extractors.assignments import Assignment
from kg.extractors.clauses import ParsedClause
from kg.extractors.clauses.bodies import BodyReader
from kg.extractors.clauses.parse import ClauseParser
from kg.extractors.reader import extract_reading
from kg.extractors.regions.standpoint import Standpoint
from kg.model.entities import Resolution, Role
from kg.text.fold import fold
from kg.text.passage import Passage

BODIES = BodyReader(LEXICONS.cues, LEXICONS.agencies)

ROLE_WORDS = {
    Role.LEAD: ("牵头", "总牵头", "牵头负责", "共同牵头"),
    Role.SUPPORT: ("配合", "参加", "参与", "协助", "按职责配合"),
    Role.RESPONSIBLE: ("负责", "按职责分工负责", "分别负责", "按职责分工落实", "落实"),
    Role.GUIDE: ("指导", "业务指导"),
}
STEMS = (
    "财政厅", "科技厅", "发展改革委", "工业和信息化厅", "生态环境厅", "住房城乡建设厅", "文化和旅游厅", "市场监管局",
    "卫生健康委", "大数据局", "规划和自然资源局", "统计局", "公安厅", "农业农村厅", "地方金融监管局", "医保局",
)  # fmt: skip
PARTY = ("省委组织部", "省委宣传部", "省委网信办", "省委编办")
UNIQUE = ("深圳证券交易所", "国家能源局", "人民银行{city}分行", "{province}银保监局", "{province}证监局", "{city}海关")
GROUPS = ("各有关部门", "各市政府", "相关部门", "各市（州）人民政府", "各县（市、区）政府")
PROVINCES = ("440000", "370000", "510000", "330000", "430000", "610000")


@dataclass(frozen=True)
class Composed:
    """A clause made of parts: for each role word, tiers of runs of bodies."""

    province: str
    parts: tuple[tuple[Role, str, tuple[tuple[str, ...], ...]], ...]

    @property
    def standpoint(self) -> Standpoint:
        """The province it is said in."""
        return Standpoint(LEXICONS.regions, LEXICONS.regions.by_id(self.province))

    @property
    def text(self) -> str:
        """The clause as a document writes it."""
        return "，".join("，".join("、".join(run) for run in tiers) + word for _, word, tiers in self.parts)

    @property
    def bodies(self) -> list[tuple[Role, str]]:
        """Every body with the role said of it."""
        return [(role, body) for role, _, tiers in self.parts for run in tiers for body in run]


def bodies_of(province: str) -> st.SearchStrategy[str]:
    region = LEXICONS.regions.by_id(province)
    city = LEXICONS.regions.children_of(province, "prefecture")[0]
    short = {"province": LEXICONS.regions.short(region.id), "city": LEXICONS.regions.short(city.id)}
    own = [f"省{stem}" for stem in STEMS]
    return st.sampled_from([*own, *PARTY, *(name.format(**short) for name in UNIQUE), *GROUPS])


@st.composite
def composed(draw: st.DrawFn) -> Composed:
    province = draw(st.sampled_from(PROVINCES))
    bodies = draw(st.lists(bodies_of(province), min_size=2, max_size=9, unique=True))
    roles = draw(st.lists(st.sampled_from(list(Role)), min_size=1, max_size=3, unique=True))
    assume(len(bodies) >= len(roles))
    cuts = sorted(draw(st.sets(st.integers(1, len(bodies) - 1), min_size=len(roles) - 1, max_size=len(roles) - 1)))
    stretches = [bodies[start:end] for start, end in zip([0, *cuts], [*cuts, len(bodies)], strict=True)]
    parts = tuple(
        (role, draw(st.sampled_from(ROLE_WORDS[role])), draw(tiers_of(stretch)))
        for role, stretch in zip(roles, stretches, strict=True)
    )
    return Composed(province, parts)


@st.composite
def tiers_of(draw: st.DrawFn, bodies: list[str]) -> tuple[tuple[str, ...], ...]:
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(bodies) - 1)), max_size=2)))
    tiers = [tuple(bodies[start:end]) for start, end in zip([0, *cuts], [*cuts, len(bodies)], strict=True)]
    return tuple(tier for tier in tiers if tier)


def parse(clause: Composed, text: str | None = None) -> ParsedClause | None:
    words = clause.text if text is None else text
    return ClauseParser(LEXICONS.cues, BODIES.at(clause.standpoint)).parse(Passage.of(words))


def roles(parsed: ParsedClause | None) -> list[tuple[Role, str]]:
    assert parsed is not None
    return [(p.role, p.mention) for p in parsed.participants]


@given(composed())
def test_a_role_word_governs_every_body_back_to_the_one_before(clause: Composed) -> None:
    expected = [(role, fold(body)) for role, body in clause.bodies]
    assert roles(parse(clause)) == expected


@given(composed(), st.data())
def test_one_more_body_is_one_more_participant(clause: Composed, data: st.DataObject) -> None:
    extra = data.draw(bodies_of(clause.province).filter(lambda body: body not in clause.text))
    role, word, tiers = clause.parts[0]
    longer = Composed(clause.province, ((role, word, ((*tiers[0], extra), *tiers[1:])), *clause.parts[1:]))
    before, after = roles(parse(clause)), roles(parse(longer))
    assert sorted(after) == sorted([*before, (role, fold(extra))])


@given(composed())
def test_the_order_of_tiers_changes_nothing_but_the_order(clause: Composed) -> None:
    turned = Composed(clause.province, tuple((role, word, tiers[::-1]) for role, word, tiers in clause.parts))
    one, other = parse(clause), parse(turned)
    assert one is not None
    assert other is not None
    assert {(p.role, p.body.name) for p in one.participants} == {(p.role, p.body.name) for p in other.participants}


@given(composed())
def test_a_prefix_put_back_is_the_prefix_said(clause: Composed) -> None:
    """A run that drops 省 after its first body means the same bodies."""
    own = [f"省{stem}" for stem in STEMS]
    run = [body for _, body in clause.bodies if body in own]
    assume(len(run) >= 2)
    short = Composed(clause.province, ((Role.LEAD, "牵头", ((run[0], *(body[1:] for body in run[1:])),)),))
    full = Composed(clause.province, ((Role.LEAD, "牵头", (tuple(run),)),))
    one, other = parse(short), parse(full)
    assert one is not None
    assert other is not None
    assert [p.body.name for p in one.participants] == [p.body.name for p in other.participants]


PROSE = st.text(
    alphabet="加强建设推动发展完善机制支持企业创新平台项目资金政策，、牵头配合负责由省市财政厅局单位",
    min_size=4,
    max_size=40,
)


def extract(raw: str) -> list[Assignment]:
    documents = read_document("x.txt", raw, LEXICONS.documents, LEXICONS.numbering.starts_item)
    readings = READER.read(documents)
    return [fact for reading in readings for fact in extract_reading(reading, EXTRACTORS).of(Assignment)]


def policy(province: str, *paragraphs: str) -> str:
    name = LEXICONS.regions.by_id(province).name
    return f"---\ntitle: {name}行动方案\nissuer: {name}人民政府\n---\n" + "\n".join(paragraphs)


@settings(max_examples=60)
@given(composed(), PROSE, PROSE)
def test_text_outside_brackets_never_changes_a_bracketed_clause(clause: Composed, before: str, after: str) -> None:
    plain = extract(policy(clause.province, f"（一）推进工作。（{clause.text}）"))
    wrapped = extract(policy(clause.province, f"（一）推进工作。{before}。（{clause.text}）", f"（二）{after}。"))
    assert [p.body for p in wrapped[0].participants] == [p.body for p in plain[0].participants]
    assert [p.role for p in wrapped[0].participants] == [p.role for p in plain[0].participants]


@settings(max_examples=60)
@given(
    composed(), st.sampled_from(["", "列第一位的为牵头单位，下同。", "以下任务均涉及各市（州）人民政府，不再列出。"])
)
def test_every_mention_lies_in_the_quote_or_comes_from_a_default(clause: Composed, default: str) -> None:
    raw = policy(clause.province, default or "总体考虑如下。", f"（一）推进工作。（{clause.text}）")
    found = [fact for fact in extract(raw) if clause.text in fact.evidence.quote]
    assert len(found) == 1
    for participant in found[0].participants:
        inside = found[0].evidence.span.contains(participant.span)
        assert inside or participant.resolution is Resolution.DOCUMENT_DEFAULT
        assert not inside or participant.mention in found[0].evidence.quote


@pytest.mark.parametrize("word", [word for words in ROLE_WORDS.values() for word in words])
def test_every_role_word_is_kept_beside_the_role(word: str) -> None:
    parsed = ClauseParser(LEXICONS.cues, BODIES.at(Standpoint(LEXICONS.regions))).parse(Passage.of(f"省财政厅{word}"))
    assert parsed is not None
    assert [p.raw for p in parsed.participants] == [word]
