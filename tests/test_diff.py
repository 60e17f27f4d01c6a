"""What two builds say differently: hand-made pairs with known differences, the patch, laws that hold for any pair."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from conftest import ExtractText, call_kg
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from small_graph import REFERENCE

from kg import api
from kg.diff import Change, Diff, How, apply_patch, compare, diff_csv, diff_json, diff_text, patch_lines
from kg.diff.pairing import Round, pair_up
from kg.errors import GraphError, QueryError
from kg.graph import build_quads, term
from kg.model.ids import BASE
from kg.store import load, read_quads, write_nquads

PLAN = """广东省绿色金融发展实施方案
粤办函〔2022〕1号
一、发展绿色信贷。到2025年，设立绿色专营机构40家。（省财政厅牵头，省生态环境厅、省教育厅配合）
二、建设碳市场。开展碳排放权交易。（省生态环境厅牵头，省财政厅配合）
三、加强宣传教育，讲好绿色金融故事。（各有关部门按职责分工负责）
"""
OTHER = """广东省数字经济发展实施方案
一、发展数字产业。（省科技厅牵头）
"""

Build = Callable[..., set[Quad]]


@pytest.fixture(scope="module")
def build(extract_text: ExtractText) -> Build:
    def make(*texts: str) -> set[Quad]:
        extractions = [one for text in texts for one in extract_text(text)]
        return set(load(build_quads(extractions, REFERENCE, program_version="1", lexicon_version="1")))

    return make


def told(diff: Diff) -> list[tuple[str, str, str, str]]:
    """Return how, kind, label and the fields, with what they were and are, of each change."""
    return [
        (
            change.how.value,
            change.kind,
            f"{change.where}: {change.label}" if change.kind == "assignment" else change.label,
            "; ".join(
                f"{f.name}: {'+'.join(f.before)} > {'+'.join(f.after)}" for f in change.fields if f.name != "quote"
            ),
        )
        for change in diff.changes
    ]


CREDIT, MARKET = "一 发展绿色信贷", "二 建设碳市场"
LEADS_ECOLOGY = "lead 广东省生态环境厅"

# words to replace in the plan, by what, what is told of the assignments, reason
ASSIGNMENTS = [
    (
        "（省生态环境厅牵头，省财政厅配合）",
        "（省教育厅牵头，省财政厅配合）",
        [
            (
                "changed",
                f"{MARKET}: lead 广东省教育厅",
                "body: 广东省生态环境厅 > 广东省教育厅; name as written: 省生态环境厅 > 省教育厅",
            )
        ],
        "another lead is one change",
    ),
    (
        "（省生态环境厅牵头，省财政厅配合）",
        "（省财政厅牵头，省生态环境厅配合）",
        [
            ("changed", f"{MARKET}: lead 广东省财政厅", "role as written: 配合 > 牵头; role: support > lead"),
            ("changed", f"{MARKET}: support 广东省生态环境厅", "role as written: 牵头 > 配合; role: lead > support"),
        ],
        "two bodies change places",
    ),
    (
        "省生态环境厅、省教育厅配合",
        "省生态环境厅配合",
        [("gone", f"{CREDIT}: support 广东省教育厅", "")],
        "a body is gone; the order of the others does not count",
    ),
    (
        "省生态环境厅、省教育厅配合",
        "省水利厅、省生态环境厅、省教育厅配合",
        [("added", f"{CREDIT}: support 广东省水利厅", "")],
        "a body comes first among others",
    ),
    (
        "省生态环境厅、省教育厅配合",
        "省水利厅、省科技厅、省商务厅配合",
        [
            ("added", f"{CREDIT}: support 广东省水利厅", ""),
            ("added", f"{CREDIT}: support 广东省科学技术厅", ""),
            ("added", f"{CREDIT}: support 广东省商务厅", ""),
            ("gone", f"{CREDIT}: support 广东省生态环境厅", ""),
            ("gone", f"{CREDIT}: support 广东省教育厅", ""),
        ],
        "several for several: no pair is guessed",
    ),
    ("讲好绿色金融故事", "讲好绿色发展故事", [], "a word that no assignment rests on"),
    ("粤办函〔2022〕1号", "粤办函〔2022〕2号", [], "another number: known again by its title"),
    ("广东省绿色金融发展实施方案", "广东省绿色金融发展的实施方案", [], "another title: known again by its number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted", "reason"), ASSIGNMENTS, ids=[row[-1] for row in ASSIGNMENTS])
def test_assignments(build: Build, old: str, new: str, wanted: list[tuple[str, str, str]], reason: str) -> None:
    assert old in PLAN
    found = compare(build(PLAN), build(PLAN.replace(old, new)))
    assignments = [(how, label, fields) for how, kind, label, fields in told(found) if kind == "assignment"]
    assert sorted(assignments) == sorted(wanted), reason
    documents = [change for change in found.changes if "document" in change.topics]
    assert {change.how for change in documents} <= {How.CHANGED}, reason
    measures = [change for change in found.changes if change.kind == "measure"]
    assert {change.how for change in measures} <= {How.CHANGED}, reason


# words to replace in the plan, by what, the changes of that kind, reason
OTHERS = [
    ("设立绿色专营机构40家", "设立绿色专营机构50家", "target",
     [("changed", "value as written: 40 > 50")], "another figure"),
    ("到2025年，设立绿色专营机构40家。", "", "target", [("gone", "")], "a target is gone"),
    ("二、建设碳市场。", "二、加快建设全国碳市场。", "measure",
     [("changed", "label: 建设碳市场 > 加快建设全国碳市场")], "an item is reworded"),
    ("三、加强宣传教育", "三、做好宣传教育", "measure",
     [("changed", "label: 加强宣传教育，讲好绿色金融故事 > 做好宣传教育，讲好绿色金融故事")], "a sentence is reworded"),
    ("三、加强宣传教育，讲好绿色金融故事。（各有关部门按职责分工负责）\n", "", "measure",
     [("gone", "")], "an item is gone"),
    ("粤办函〔2022〕1号", "粤办函〔2022〕2号", "policy-document",
     [("changed", "id local: 粤办函〔2022〕1号 > 粤办函〔2022〕2号")], "another number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind", "wanted", "reason"), OTHERS, ids=[row[-1] for row in OTHERS])
def test_measures_targets_and_documents(
    build: Build, old: str, new: str, kind: str, wanted: list[tuple[str, str]], reason: str
) -> None:
    assert old in PLAN
    found = told(compare(build(PLAN), build(PLAN.replace(old, new))))
    ours = [(how, fields) for how, of_kind, _, fields in found if of_kind == kind]
    assert [how for how, _ in ours] == [how for how, _ in wanted], reason
    assert all(want in fields for (_, fields), (_, want) in zip(ours, wanted, strict=True)), reason


def test_an_item_put_before_the_others_moves_their_paths_and_changes_nothing_else(build: Build) -> None:
    body = PLAN.replace("三、", "四、").replace("二、", "三、").replace("一、", "二、")
    moved = body.replace("1号\n", "1号\n一、完善组织体系。（省财政厅负责）\n")
    found = compare(build(PLAN), build(moved))
    measures = [row for row in told(found) if row[1] == "measure"]
    assert [(how, label) for how, _, label, _ in measures if how == "added"] == [("added", "完善组织体系")]
    assert [fields for how, _, _, fields in measures if how == "changed"] == [
        "path: 一 > 二",
        "path: 二 > 三",
        "path: 三 > 四",
    ]
    assert [row[0] for row in told(found) if row[1] == "assignment"] == ["added"]


def test_documents_come_and_go_with_what_they_hold(build: Build) -> None:
    one, both = build(PLAN), build(PLAN, OTHER)
    grown = compare(one, both)
    assert {(change.how, change.document) for change in grown.changes if change.document} == {
        (How.ADDED, "广东省数字经济发展实施方案")
    }
    lines = list(diff_text(grown))
    assert lines[0] == "广东省数字经济发展实施方案"
    assert lines[1] == "  + policy-document 广东省数字经济发展实施方案: 1 assignment, 1 measure"
    assert ("added", "agency", "广东省科学技术厅", "") in told(grown)
    shrunk = compare(both, one)
    assert {change.how for change in shrunk.changes if change.document} == {How.GONE}
    assert ("gone", "agency", "广东省科学技术厅", "") in told(shrunk)


def test_what_is_inferred_through_a_group_is_told_by_its_group_alone(build: Build) -> None:
    after = PLAN.replace("（省生态环境厅牵头，省财政厅配合）", "（省生态环境厅牵头，珠三角各地级以上市政府配合）")
    found = compare(build(PLAN), build(after))
    labels = [label for _, kind, label, _ in told(found) if kind == "assignment"]
    assert labels == [f"{MARKET}: support 珠三角各地级以上市政府"]


def slim(quads: Iterable[Quad]) -> set[Quad]:
    """Leave out the assignments and all that only they lead to."""
    return {quad for quad in quads if "/assignment/" not in quad.subject.value}  # type: ignore[union-attr]


def test_graphs_without_assignments_are_compared_by_their_direct_triples(build: Build) -> None:
    after = build(PLAN.replace("（省生态环境厅牵头", "（省教育厅牵头"))
    found = compare(slim(build(PLAN)), slim(after))
    (measure,) = [row for row in told(found) if row[1] == "measure"]
    assert measure[3] == "led by: 广东省生态环境厅 > 广东省教育厅"


def test_a_class_that_nobody_has_heard_of_is_compared_too(build: Build) -> None:
    before, after = build(PLAN), build(PLAN.replace("教育，", "教育 ，"))
    zc = term("zc:Measure").value.removesuffix("Measure")

    def permit(quads: set[Quad], note: str, name: str) -> set[Quad]:
        """Add a thing of a new class to the first measure of the document."""
        measures = {q.subject for q in quads if q.object == term("zc:Measure")}
        measure = next(q.subject for q in quads if q.subject in measures and q.object == Literal("一"))
        node = NamedNode(BASE + name)
        return quads | {
            Quad(node, term("rdf:type"), NamedNode(zc + "BuildingPermit")),
            Quad(node, term("rdfs:label"), Literal("许可", language="zh")),
            Quad(node, NamedNode(zc + "permitNote"), Literal(note)),
            *(Quad(node, term("zc:targetOf"), measure) for _ in [0] if isinstance(measure, NamedNode)),
        }

    found = compare(permit(before, "旧", "permit/1"), permit(after, "新", "permit/2"))
    assert [row for row in told(found) if row[1] == "building-permit"] == [
        ("changed", "building-permit", "许可", "permit note: 旧 > 新")
    ]
    same = compare(permit(before, "旧", "permit/1"), permit(after, "旧", "permit/2"))
    assert [row for row in told(same) if row[1] == "building-permit"] == []


# ---- laws

TEXTS = [PLAN, PLAN.replace("财政厅", "科技厅"), PLAN.replace("二、建设碳市场。", "二、甲。"), OTHER, PLAN + OTHER]


@pytest.mark.parametrize("text", TEXTS)
def test_a_build_does_not_differ_from_itself(build: Build, text: str) -> None:
    assert compare(build(text), build(text)).changes == ()


@pytest.mark.parametrize("one", TEXTS)
@pytest.mark.parametrize("other", TEXTS)
def test_looked_at_from_the_other_side_added_is_gone(build: Build, one: str, other: str) -> None:
    there, back = compare(build(one), build(other)), compare(build(other), build(one))
    assert {c.after for c in there.changes if c.how is How.ADDED} == {
        c.before for c in back.changes if c.how is How.GONE
    }
    pairs = {(c.before, c.after) for c in there.changes if c.how is How.CHANGED}
    assert pairs == {(c.after, c.before) for c in back.changes if c.how is How.CHANGED}


@pytest.mark.parametrize("one", TEXTS)
@pytest.mark.parametrize("other", TEXTS)
def test_the_patch_makes_the_one_build_of_the_other(build: Build, one: str, other: str) -> None:
    before, after = build(one), build(other)
    assert apply_patch(before, patch_lines(before, after)) == after


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
QUADS = st.builds(
    lambda subject, text, language, graph: Quad(
        NamedNode(f"http://e.org/{subject}"),
        term("rdfs:label"),
        Literal(text, language=language) if language else Literal(text, datatype=term("xsd:decimal")),
        *([NamedNode("http://e.org/g")] if graph else []),
    ),
    st.sampled_from("ab"),
    WORDS,
    st.sampled_from(["", "zh", "en"]),
    st.booleans(),
)


@given(st.sets(QUADS), st.sets(QUADS), st.sets(QUADS))
def test_a_patch_holds_any_quads(shared: set[Quad], one: set[Quad], other: set[Quad]) -> None:
    before, after = shared | one, shared | other
    text = "".join(f"{line}\n" for line in patch_lines(before, after))
    assert apply_patch(before, text.split("\n")) == after
    assert text == "".join(f"{line}\n" for line in patch_lines(sorted(before, key=str), sorted(after, key=str)))


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_pairing_loses_nobody_and_takes_nobody_twice(one: list[str], other: list[str]) -> None:
    before, after = [(0, *pair) for pair in enumerate(one)], [(1, *pair) for pair in enumerate(other)]
    found = pair_up(
        before, after, [Round(lambda t: t[2], lambda t: t[2], lone=True)], alike=lambda a, b: float(a[2] <= b[2])
    )
    assert sorted([*found.gone, *(pair[0] for pair in found.pairs)]) == before
    assert sorted([*found.added, *(pair[1] for pair in found.pairs)]) == after
    assert not (found.gone and found.added and min(t[2] for t in found.gone) <= max(t[2] for t in found.added))


# ---- the patch


def test_a_patch_is_lines_of_deletions_and_additions() -> None:
    old = Quad(
        NamedNode("http://e.org/s"), term("rdfs:label"), Literal("旧", language="zh"), NamedNode("http://e.org/g")
    )
    new = Quad(NamedNode("http://e.org/s"), term("rdfs:label"), Literal("a\nb"))
    head, *lines = patch_lines([old], [new])
    assert head.startswith("H id <uuid:")
    assert lines == [
        "TX .",
        'D <http://e.org/s> <http://www.w3.org/2000/01/rdf-schema#label> "旧"@zh <http://e.org/g> .',
        'A <http://e.org/s> <http://www.w3.org/2000/01/rdf-schema#label> "a\\nb" .',
        "TC .",
    ]


QUAD = "<http://e.org/s> <http://e.org/p> <http://e.org/o> ."

# line, what the error says, reason
BAD_LINES = [
    (f"D {QUAD}", "is to be deleted but not there", "another graph"),
    (f"X {QUAD}", "line 1: X is no operation of a patch", "an unknown operation"),
    ("A <http://e.org/s> .", "line 1: is no quad", "a broken quad"),
    ("A", "line 1: is no quad", "no quad at all"),
]


@pytest.mark.parametrize(("line", "message", "reason"), BAD_LINES, ids=[row[-1] for row in BAD_LINES])
def test_a_bad_patch_is_told(line: str, message: str, reason: str) -> None:
    with pytest.raises(GraphError, match=message):
        apply_patch([], [line])
    assert apply_patch([], ["", "# nothing", "TX .", f"A {QUAD}", "TC ."]), reason


def test_a_quad_that_is_there_is_not_added_again() -> None:
    quads = apply_patch([], [f"A {QUAD}"])
    with pytest.raises(GraphError, match="is to be added but there already"):
        apply_patch(quads, [f"A {QUAD}"])


def test_blank_nodes_are_refused_in_a_patch() -> None:
    with pytest.raises(GraphError, match="blank nodes cannot be patched"):
        list(patch_lines([Quad(BlankNode("x"), term("rdfs:label"), Literal("x"))], []))


# ---- as text, CSV, JSON, and the command


@pytest.fixture(scope="module")
def pair(build: Build, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("pair")
    after = PLAN.replace("（省生态环境厅牵头", "（省教育厅牵头").replace("、省教育厅配合", "配合")
    for name, text in (("before", PLAN), ("after", after)):
        (folder / name).mkdir()
        write_nquads(load(build(text)), folder / name / "graph.nq")
    return folder / "before", folder / "after"


def test_as_text_by_document(pair: tuple[Path, Path]) -> None:
    lines = list(diff_text(api.diff(*pair)))
    assert lines[0] == "广东省绿色金融发展实施方案 粤办函〔2022〕1号"
    at = lines.index("  ~ assignment 二 建设碳市场: lead 广东省教育厅")
    assert lines[at + 1] == "      body: 广东省生态环境厅 → 广东省教育厅"
    assert "  - assignment 一 发展绿色信贷: support 广东省教育厅" in lines
    assert lines[-1].endswith("changed")
    assert all("\n" not in line for line in lines)


def test_csv_and_json_tell_the_same(pair: tuple[Path, Path]) -> None:
    diff = api.diff(*pair)
    rows = list(csv.DictReader(io.StringIO(diff_csv(diff), newline="")))
    record = json.loads(diff_json(diff))
    assert record["counts"] == {how.value: diff.count(how) for how in How}
    assert len(record["changes"]) == len(diff.changes)
    fields = [
        (change["change"], change["kind"], change["label"], field["name"], "; ".join(field["before"]))
        for change in record["changes"]
        for field in change["fields"] or [{"name": "", "before": []}]
    ]
    assert [(r["change"], r["kind"], r["label"], r["field"], r["before"]) for r in rows] == fields
    lead = next(change for change in record["changes"] if change["label"] == "lead 广东省教育厅")
    assert lead["fields"][0]["property"] == term("zc:agent").value
    assert lead["fields"][0]["after"] == ["广东省教育厅"]
    assert lead["before"] != lead["after"]


# words to ask by, the kinds that are told, reason
ONLY = [
    (["assignment"], {"assignment"}, "a kind"),
    (["measure", "document"], {"measure", "policy-document"}, "two of them; document is any kind of document"),
    (["role"], set(), "no role changed"),
    (["body"], {"assignment"}, "a field: the body of an assignment"),
    (["quote"], {"measure", "assignment"}, "the words themselves"),
    ([], {"measure", "assignment", "policy-document"}, "everything"),
]


@pytest.mark.parametrize(("words", "kinds", "reason"), ONLY, ids=[row[-1] for row in ONLY])
def test_only_what_is_asked_for(pair: tuple[Path, Path], words: list[str], kinds: set[str], reason: str) -> None:
    found = {change.kind for change in api.diff(*pair).only(words).changes}
    assert found & {"measure", "assignment", "policy-document"} <= kinds, reason
    assert kinds - found <= {"policy-document"}, reason


def test_a_word_that_could_be_no_topic_is_refused(pair: tuple[Path, Path]) -> None:
    with pytest.raises(QueryError, match="lede: is no kind of thing and no field"):
        api.diff(*pair).only(["lede"])


def test_hostile_words_do_not_break_lines() -> None:
    nasty = Change(How.ADDED, "measure", "甲", "", "a\nb\x1b[31m" + "长" * 100, "", "x")
    (line,) = [line for line in diff_text(Diff((nasty,))) if line.startswith("  +")]
    assert "\x1b" not in line
    assert len(line) < 80


# arguments, exit code, words on standard output, reason
RUNS = [
    ([], 0, "lead 广东省教育厅", "they differ, and all is well"),
    (["--exit-code"], 1, "lead 广东省教育厅", "they differ, and one wants to know"),
    (["--format", "csv"], 0, "change,kind,document,where,label,field,before,after", "CSV"),
    (["--format", "json", "--only", "role"], 0, '"changes": []', "JSON of nothing"),
    (["--exit-code", "--only", "role"], 0, "0 added, 0 gone, 0 changed", "nothing of what was asked"),
    (["--format", "patch"], 0, "TX .\nD ", "a patch"),
    (["--format", "patch", "--exit-code"], 1, "TC .\n", "a patch that does something"),
]


@pytest.mark.parametrize(("arguments", "code", "printed", "reason"), RUNS, ids=[row[-1] for row in RUNS])
def test_the_command(pair: tuple[Path, Path], arguments: list[str], code: int, printed: str, reason: str) -> None:
    done = call_kg("diff", *pair, *arguments)
    assert (done.returncode, done.stderr) == (code, ""), reason
    assert printed in done.stdout, reason
    assert "\x1b" not in done.stdout, "no colour where no terminal is"


def test_the_command_says_that_nothing_differs(pair: tuple[Path, Path]) -> None:
    done = call_kg("diff", pair[0], pair[0], "--exit-code")
    assert (done.returncode, done.stdout) == (0, "0 added, 0 gone, 0 changed\n")
    patch = call_kg("diff", pair[0], pair[0] / "graph.nq", "--format", "patch", "--exit-code")
    assert (patch.returncode, patch.stdout.splitlines()[1:]) == (0, ["TX .", "TC ."])


def test_faults_of_the_command(pair: tuple[Path, Path]) -> None:
    missing = call_kg("diff", pair[0], "nowhere")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "nowhere: there is no such graph" in missing.stderr
    half = call_kg("diff", *pair, "--format", "patch", "--only", "measure")
    assert half.returncode == 2
    assert "half a patch" in half.stderr


def test_the_printed_patch_makes_the_one_of_the_other(pair: tuple[Path, Path]) -> None:
    printed = call_kg("diff", *pair, "--format", "patch").stdout
    before, after = (set(read_quads(folder)) for folder in pair)
    assert apply_patch(before, printed.split("\n")) == after
