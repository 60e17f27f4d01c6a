"""What is found in the seeds, against gold; and laws that hold for every extractor over any document."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import pytest
from conftest import EXTRACTORS, LEXICONS, READER, ROOT, SEEDS, ExtractText, kg_process
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.checks.evaluate import Score
from kg.documents.read import read_document
from kg.errors import KgError
from kg.extractors.actions import PolicyAction
from kg.extractors.assignments import Assignment
from kg.extractors.citations import Citation
from kg.extractors.measures import Measure
from kg.extractors.reader import extract_reading
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor, load_extractors
from kg.extractors.targets import Target
from kg.model.facts import Extraction, Fact
from kg.workflows import evaluate_paths

# ---- quality


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return evaluate_paths(ROOT / "tests" / "gold", [str(ROOT / "seeds")])


# what is scored, the least F1; lowering one is a visible act
FLOORS = [
    ("assignment participants", 1.0),
    ("assignment clauses exact", 1.0),
    ("agency mention", 0.97),
    ("agency resolved", 0.97),
    ("region mention", 0.97),
    ("region resolved", 0.97),
    ("instrument overlap", 0.92),
    ("measure", 0.95),
    ("measure actors", 0.97),
    ("measure instruments", 0.90),
    ("measure regions", 0.95),
    ("target", 1.0),
]


@pytest.mark.parametrize(("name", "floor"), FLOORS)
def test_quality_on_the_seeds(scores: dict[str, Score], name: str, floor: float) -> None:
    assert scores[name].f1 >= floor


def test_every_clause_and_target_of_the_gold_is_there(scores: dict[str, Score]) -> None:
    clauses, targets = scores["assignment clauses exact"], scores["target"]
    assert (clauses.right, clauses.found, clauses.wanted) == (22, 22, 22)
    assert (targets.right, targets.found, targets.wanted) == (4, 4, 4)


def test_no_assignment_and_no_target_outside_the_plan(seeds: tuple[Extraction, ...]) -> None:
    counts = [len([*extraction.of(Assignment), *extraction.of(Target)]) for extraction in seeds]
    assert counts == [0, 0, 0, 22 + 4 + 1, 0, 0]  # clauses, figures, and full coverage as a pledge


# ---- evidence


def check_facts(extraction: Extraction) -> None:
    """Every fact names its document, lies in it, and quotes it letter for letter."""
    document = extraction.document
    for fact in extraction.facts:
        assert fact.document == document.id
        for span, words in fact.quotes(document):
            assert document.span.contains(span), (span, words)
            assert words
            assert document.text[span.start : span.end] == words


def test_every_quote_of_the_seeds_equals_the_text_at_its_offsets(seeds: tuple[Extraction, ...]) -> None:
    assert sum(len(extraction.facts) for extraction in seeds) > 300
    for extraction in seeds:
        check_facts(extraction)


def test_ids_are_unique_and_assignments_lead_to_measures(seeds: tuple[Extraction, ...]) -> None:
    for kind in (Measure, Assignment, Target, Citation, PolicyAction):
        ids = [fact.id for extraction in seeds for fact in extraction.facts if isinstance(fact, kind)]
        assert len(ids) == len(set(ids))
    for extraction in seeds:
        known = {measure.id for measure in extraction.of(Measure)}
        assert {assignment.measure for assignment in extraction.of(Assignment)} <= known


def test_participants_are_numbered_in_the_order_of_the_text(seeds: tuple[Extraction, ...]) -> None:
    for extraction in seeds:
        for assignment in extraction.of(Assignment):
            people = assignment.participants
            assert [p.order for p in people] == list(range(1, len(people) + 1))
            assert [p.span for p in people] == sorted(p.span for p in people)


# ---- laws

BODIES = st.sampled_from(
    [
        "省财政厅",
        "省发展改革委",
        "科技厅",
        "各市政府",
        "人民银行广州分行",
        "广东银保监局",
        "各有关部门",
        "财政部",
        "国家发展改革委",
        "珠三角各地级以上市政府",
        "广州、深圳市政府",
        "市委组织部",
        "银保监会",
        "省政府办公厅",
    ]
)
ROLES = st.sampled_from(
    ["牵头", "配合", "负责", "按职责分工负责", "牵头负责", "参与", "落实", "会同", "：", "牵头单位"]
)
LISTS = st.lists(BODIES, min_size=1, max_size=4).flatmap(
    lambda bodies: st.sampled_from(["、", "，", "和"]).map(lambda mark: mark.join(bodies))
)
CLAUSES = st.lists(st.tuples(LISTS, ROLES).map("".join), min_size=1, max_size=3).map("，".join)
PROSE = st.lists(
    st.sampled_from(
        [
            "推进",
            "绿色债券",
            "绿色金融改革创新试验区",
            "到2025年建成40家",
            "增长10%",
            "在广州市",
            "浦东",
            "长三角",
            "由",
            "“碳账户”",
            "不低于",
            "。",
            "；",
            "，",
            "专项资金",
            "下一步，",
            "会议要求，要",
            "12万元",
            "根据《甲法》和《关于印发〈乙方案〉的通知》（国发〔2021〕23号，以下简称《方案》）",
            "《方案》同时废止",
            "《",
            "》",
            "2022年完成",
            "负责",
            "我省",
            "A",
            "ESG",
            "\t",
        ]
    ),
    max_size=8,
).map("".join)
HEADS = st.sampled_from(["", "一、", "二、", "（一）", "1．", "２．", "一是", "二是", "第一条 ", "（1）", "附件："])
LINES = st.tuples(HEADS, PROSE, st.one_of(st.just(""), CLAUSES.map("（{}）".format), CLAUSES.map("由{}。".format)))
FRONT = st.sampled_from(
    [
        "",
        "某省绿色发展实施方案\n",
        "---\ntitle: 广东省实施方案\njurisdiction: 广东省\n---\n",
        "---\ntitle: 甲\nauthor: 新华社\ndate: 2022-01-02\n---\n",
        "---\nissuer: 上海市人民政府\n---\n",
    ]
)
BODY = st.lists(LINES.map("".join), min_size=1, max_size=8).map("\n".join)
RAW = st.tuples(FRONT, st.one_of(BODY, BODY.map(lambda text: f"<p>{'</p><p>'.join(text.splitlines())}</p>"))).map(
    "".join
)


def check_extractor(extractor: Extractor, reading: Reading, again: Reading) -> None:
    facts = tuple(extractor.find(reading))
    assert facts == tuple(extractor.find(reading)) == tuple(extractor.find(again)), extractor.name
    assert all(isinstance(fact, extractor.emits) for fact in facts), extractor.name
    check_facts(Extraction(reading.document, reading.sections, facts))


def begins(fact: Fact) -> tuple[int, int]:
    return fact.position[:2]


def check_order(reading: Reading) -> None:
    extraction = extract_reading(reading, EXTRACTORS)
    assert [begins(fact) for fact in extraction.facts] == sorted(begins(fact) for fact in extraction.facts)
    assert extraction == extract_reading(reading, EXTRACTORS[::-1])
    known = {measure.id for measure in extraction.of(Measure)}
    assert {assignment.measure for assignment in extraction.of(Assignment)} <= known


@given(raw=RAW)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_extractor_quotes_the_text_in_order_and_says_the_same_twice(raw: str) -> None:
    words = READER.lexicons
    documents = read_document("x", raw + "\n正文。", words.documents, words.numbering.starts_item)
    for reading, again in zip(READER.read(documents), READER.read(documents), strict=True):
        for extractor in EXTRACTORS:
            check_extractor(extractor, reading, again)
        check_order(reading)


# ---- the registry


def test_the_extractors_of_this_package() -> None:
    assert [extractor.name for extractor in EXTRACTORS] == [
        "actions",
        "assignments",
        "citations",
        "deadlines",
        "entities",
        "measures",
        "targets",
    ]


PLUGIN = '''
from kg.extractors.registry import Extractor, ExtractorMaker
from kg.extractors.targets import Target
from kg.model.document import Span, content_id
from kg.model.facts import Evidence


def find_titles(reading):
    """Yield a target for the first character of every document, which is enough to be seen."""
    document = reading.document
    at = Span(document.span.start, document.span.start + 1)
    evidence = Evidence(document.id, at, document.quote(at))
    yield Target(content_id("first", document.id), document.id, "first character", "1", "", evidence)


def find_provinces(lexicons):
    """Return what yields a target for every document that begins with a province."""
    provinces = tuple(region.name for region in lexicons.regions if region.level == "province")
    return lambda reading: find_titles(reading) if reading.document.text.startswith(provinces) else iter(())


EXTRACTOR = Extractor("{name}", (Target,), find_titles)
MAKER = ExtractorMaker("{name}", (Target,), find_provinces)
NOT_ONE = find_titles
'''


def install(folder: Path, name: str, entry: str) -> Path:
    """Lay a distribution with one entry point into `folder`, as pip would, and return the folder."""
    (folder / "zhengce_kg_plugin.py").write_text(PLUGIN.replace("{name}", name), encoding="utf-8")
    info = folder / "zhengce_kg_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zhengce-kg-plugin\nVersion: 1.0\n", encoding="utf-8")
    entries = f"[zhengce_kg.extractors]\nplugin = zhengce_kg_plugin:{entry}\n"
    (info / "entry_points.txt").write_text(entries, encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path in which distributions may be installed."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "zhengce_kg_plugin", raising=False)
    importlib.invalidate_caches()
    return tmp_path


def test_a_third_party_adds_an_extractor_by_an_entry_point(site: Path) -> None:
    install(site, "first-characters", "EXTRACTOR")
    extractors = load_extractors(LEXICONS)
    assert sorted({e.name for e in extractors} - {e.name for e in EXTRACTORS}) == ["first-characters"]
    (reading,) = READER.open(str(SEEDS[0]))
    (found,) = extract_reading(reading, extractors).of(Target)
    assert (found.indicator, found.evidence.quote) == ("first character", "上")


def test_an_extractor_that_needs_words_is_made_with_the_lexicons(site: Path) -> None:
    install(site, "provinces", "MAKER")
    (extractor,) = (one for one in load_extractors(LEXICONS) if one.name == "provinces")
    words = LEXICONS.documents, LEXICONS.numbering.starts_item
    for text, count in (("上海市发布方案", 1), ("市政府发布方案", 0)):
        (reading,) = READER.read(read_document("x", text + "。\n正文。", *words))
        assert len(list(extractor.find(reading))) == count


def test_an_installed_extractor_runs_with_the_command(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(site, "first-characters", "EXTRACTOR")
    monkeypatch.chdir(ROOT)
    lines = kg_process("extract", SEEDS[0], path=site).stdout.splitlines()
    assert [record["indicator"] for record in map(json.loads, lines) if record["kind"] == "target"] == [
        "first character"
    ]


def test_a_second_extractor_of_one_name_is_refused(site: Path) -> None:
    install(site, "targets", "EXTRACTOR")
    with pytest.raises(KgError, match="entry point plugin: a second extractor is named targets"):
        load_extractors(LEXICONS)


def test_an_entry_point_that_is_no_extractor_is_refused(site: Path) -> None:
    install(site, "first-characters", "NOT_ONE")
    with pytest.raises(KgError, match="entry point plugin: is no Extractor or ExtractorMaker"):
        load_extractors(LEXICONS)


@pytest.mark.parametrize("entry", ["MISSING", "EXTRACTOR.nothing"])
def test_an_entry_point_that_does_not_load_is_told_in_one_line(site: Path, entry: str) -> None:
    install(site, "first-characters", entry)
    with pytest.raises(KgError, match="entry point plugin: cannot be loaded"):
        load_extractors(LEXICONS)


# what stands before the first line, who issued the policy, reason
ISSUED = [
    ("issuer: 工业和信息化部办公厅", {"miit"}, "a general office speaks for its ministry"),
    ("issuer: 教育部", {"moe"}, "one body"),
    ("issuer: 市场监管总局办公厅 工业和信息化部办公厅", {"miit", "samr"}, "two offices together"),
    ("issuer: 国家发展改革委、财政部", {"ndrc", "mof"}, "two bodies with a mark between"),
    ("issuer: Ministry of Education", {"moe"}, "in English"),
    ("issuer: 广东省人民政府办公厅", {"440000-government-general-office"}, "the office of a government"),
    ("kind: news\nissuer: 教育部", set(), "news is issued by nobody"),
]


@pytest.mark.parametrize(("meta", "issuers", "reason"), ISSUED)
def test_who_issued_a_document(meta: str, issuers: set[str], reason: str, extract_text: ExtractText) -> None:
    (one,) = extract_text(f"---\ntitle: 关于做好有关工作的通知\n{meta}\n---\n各单位要认真做好有关工作，确保取得实效。")
    assert {body.id for body in one.issuers} == issuers, reason
