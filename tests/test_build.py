"""The build: six files, the same bytes every time, and answers that a reader of the documents would give."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import format_files as files
import openpyxl
import pyarrow
import pyarrow.parquet
import pyoxigraph
import pytest
import rdflib
from conftest import ROOT, SEEDS, call_kg, kg_process, run_kg
from playwright.sync_api import Browser

from kg import api
from kg.documents import Source
from kg.errors import InputError, KgError
from kg.extractors.measures import Measure
from kg.extractors.reader import Reader, extract_file
from kg.extractors.reading import Reading
from kg.extractors.registry import Extractor
from kg.graph import term
from kg.model.options import Options
from kg.query import Solutions
from kg.store import open_store
from kg.workflows import build

FILES = ("facts.jsonl", "graph.html", "graph.nq", "graph.slim.ttl", "graph.ttl", "report.json")
PLAN = "广东省发展绿色金融支持碳达峰行动的实施方案"


def digests(folder: Path) -> dict[str, str]:
    """Return what lies in a folder, hidden files too, with the digest of each file."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


# ---- the files


def test_a_build_is_six_files(built: Path) -> None:
    assert tuple(digests(built)) == FILES
    assert all((built / name).stat().st_size for name in FILES)


def test_the_committed_exports_are_what_a_rebuild_gives(built: Path) -> None:
    assert digests(ROOT / "exports") == digests(built), "run: kg build seeds -o exports"


# arguments, seed of the hashes, reason; the seed of the build that they are compared with is a random one
AGAIN = [
    (["seeds/00[2-4]*", *(f"seeds/{path.name}" for path in reversed(SEEDS)), "seeds"], "4711",
     "another order, globs, and files that are named twice"),
    (["seeds", "--workers", "2"], "0", "more workers than it needs"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "seed", "reason"), AGAIN)
def test_same_input_same_bytes(built: Path, tmp_path: Path, arguments: list[str], seed: str, reason: str) -> None:
    done = kg_process("build", *arguments, "-o", tmp_path / "out", seed=seed)
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "out") == digests(built), reason


def test_workers_change_no_byte_and_skip_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From 128 files on the work is really shared out."""
    sources = tmp_path / "in"
    sources.mkdir()
    for number in range(130):
        text = f"某省绿色发展实施方案\n一、推进第{number}项工作。（省财政厅牵头，省科技厅配合）\n"
        (sources / f"{number:03}.txt").write_text(text if number not in {0, 77} else " ", encoding="utf-8")
    rows = ["text", *(f"{number}。" if number % 50 else "" for number in range(1, 102))]
    (sources / "rows.csv").write_text("".join(f"{row},x\n" for row in rows), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told: dict[int, list[str]] = {}
    for workers in (1, 3):
        told[workers] = []
        build(["in"], Path(f"out{workers}"), Options(workers=workers, tell=told_to(told[workers])))
    bad = ["in/000.txt", "in/077.txt", *(f"in/rows.csv:{row}" for row in (51, 101))]
    assert [line.partition(": ")[0] for line in told[1]] == bad
    assert told[1] == told[3]
    assert digests(tmp_path / "out1") == digests(tmp_path / "out3")
    report = json.loads((tmp_path / "out3" / "report.json").read_text(encoding="utf-8"))
    assert [line["path"] for line in report["skipped"]] == bad
    assert report["sources"] == {"csv": 99, "txt": 128}
    assert report["counts"]["clauses"]["number"] == 128


@pytest.mark.parametrize("workers", [1, 2])
def test_strict_stops_at_the_first_bad_file(tmp_path: Path, workers: int) -> None:
    for number in range(130):
        (tmp_path / f"{number:03}.txt").write_text("正文。" if number not in {77, 99} else " ", encoding="utf-8")
    with pytest.raises(InputError, match=r"077\.txt: the file is empty"):
        build([str(tmp_path)], tmp_path / "out", Options(workers=workers, strict=True))
    assert not (tmp_path / "out").exists()


def told_to(lines: list[str]) -> Callable[[InputError], None]:
    return lambda fault: lines.append(str(fault))


def test_paths_in_the_build_are_as_given(built: Path) -> None:
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert [line["path"] for line in report["documents"]] == [
        f"seeds/{SEEDS[number].name}" for number in (0, 1, 2, 2, 3, 4)
    ]
    for name in FILES:
        assert str(ROOT) not in (built / name).read_text(encoding="utf-8"), name


def test_the_report_counts_what_was_found(built: Path) -> None:
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    counts = {name: count["number"] for name, count in report["counts"].items()}
    assert (counts["measures"], counts["clauses"], counts["participants"], counts["targets"]) == (46, 22, 180, 4)
    facts = sum((Counter(document["facts"]) for document in report["documents"]), Counter())
    for name in ("measures", "actions", "clauses", "targets", "deadlines", "citations"):
        assert facts[name] == counts[name], name
    people = Counter(p["role"] for record in gold_clauses() for p in record["participants"])
    assert {role: facts[f"participants: {role}"] for role in people} == people
    assert report["program"]["name"] == "zhengce-kg"
    assert report["lexicons"]["version"] == (ROOT / "ontology" / "VERSION").read_text(encoding="utf-8").strip()


def test_the_records_of_a_build_are_those_that_extract_prints(built: Path) -> None:
    assert run_kg("extract", "seeds") == (built / "facts.jsonl").read_text(encoding="utf-8")


# ---- the graph


def test_both_libraries_read_the_same_number_of_triples(built: Path) -> None:
    turtle = (built / "graph.ttl").read_bytes()
    store = pyoxigraph.Store()
    store.load(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    merged = {str(quad.triple) for quad in open_store(built)}
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == len(store) == len(merged)
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert report["triples"]["all"] == len(open_store(built))


def test_the_merged_turtle_is_the_named_graphs(built: Path) -> None:
    turtle, quads = open_store(built / "graph.ttl"), open_store(built)
    assert {str(quad.triple) for quad in turtle} == {str(quad.triple) for quad in quads}


def test_the_slim_graph_is_a_part_of_the_whole(built: Path) -> None:
    slim = {str(quad.triple) for quad in open_store(built / "graph.slim.ttl")}
    assert slim < {str(quad.triple) for quad in open_store(built / "graph.ttl")}
    assert len(slim) > 500


def test_the_dataset_names_files_that_are_there(built: Path) -> None:
    store = open_store(built)
    files = {quad.object for quad in store.quads_for_pattern(None, term("dcat:distribution"), None)}
    named = [quad for file in files for quad in store.quads_for_pattern(file, term("dcterms:title"), None)]  # type: ignore[arg-type]  # no literals
    titles = {quad.object.value for quad in named}  # type: ignore[union-attr]  # no triple terms
    assert titles == {name for name in FILES if name.endswith((".nq", ".ttl"))}
    assert all((built / title).is_file() for title in titles)
    assert not list(store.quads_for_pattern(None, term("dcterms:license"), None))


def test_a_licence_is_given_by_its_address(tmp_path: Path) -> None:
    by = "https://creativecommons.org/licenses/by/4.0/"
    run_kg("build", SEEDS[0], "-o", tmp_path / "out", "--license", by)
    found = {
        quad.object for quad in open_store(tmp_path / "out").quads_for_pattern(None, term("dcterms:license"), None)
    }
    assert {str(node) for node in found} == {f"<{by}>"}
    done = call_kg("build", SEEDS[0], "-o", tmp_path / "none", "--license", "CC BY")
    assert (done.returncode, done.stderr) == (
        1,
        "error: CC BY: is no address of a licence; give its http(s) address with --license\n",
    )
    assert not (tmp_path / "none").exists()


def test_there_is_no_blank_node(built: Path) -> None:
    nodes = (node for quad in open_store(built) for node in (quad.subject, quad.object))
    assert not any(isinstance(node, pyoxigraph.BlankNode) for node in nodes)


def test_the_shapes_pass() -> None:
    report = api.validate(ROOT / "exports")
    assert report.conforms, str(report)


def test_python_builds_the_same(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = api.build("seeds", out=tmp_path / "out")
    assert digests(tmp_path / "out") == digests(built)
    assert done.report == json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert len(done.store) == len(open_store(built))


def test_python_takes_paths_one_by_one_or_as_a_list() -> None:
    one_by_one = list(api.records(*SEEDS[:2]))
    assert list(api.records(list(SEEDS[:2]))) == one_by_one
    assert list(api.records(str(path) for path in SEEDS[:2])) == one_by_one
    assert list(api.extract(SEEDS[0], [str(SEEDS[1])])) == list(api.extract(*SEEDS[:2]))


@pytest.mark.parametrize("path", [None, 3, {"a": 1}, b"seeds", [None]])
def test_what_is_no_path_is_told(path: Any) -> None:
    with pytest.raises(InputError, match="is no path"):
        list(api.read(path))


def test_python_warns_of_what_it_skips(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "c.csv").write_text(f"标题,甲\n{PLAN},一、推进甲。（省财政厅牵头）\n", encoding="utf-8")
    with pytest.warns(api.SkippedWarning, match=r"a\.txt: the file is empty"):
        (done,) = api.read(tmp_path, options=Options(mapping={"text": "甲"}))
    assert done.document.title == PLAN
    with pytest.raises(InputError, match=r"a\.txt: the file is empty"):
        list(api.read(tmp_path, options=Options(mapping={"text": "甲"}, strict=True)))


# ---- what stood there before


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text(f"the old {name}", encoding="utf-8")
    return folder


# name of the file, its content, what is wrong with it
BAD = [
    ("a.txt", b"", "empty"),
    ("a.txt", b"\0\0", "null bytes"),
    ("a.txt", "déjà vu, où ça, à côté".encode("latin-1"), "another encoding"),
    ("a.txt", "---\na: [\n---\n正文".encode(), "front matter that is not YAML"),
    ("a.txt", b"---\na: b\n", "front matter never closed"),
    ("a.html", "<div><p>正文</p>".encode(), "HTML cut off"),
    ("a.csv", "标题\n甲\n".encode(), "a corpus without a column of text"),
    ("a.csv", '正文\n""\n'.encode(), "a corpus of one empty row"),
    ("a.xlsx", b"PK", "a torn workbook"),
    ("a.parquet", b"PAR1", "torn Parquet"),
    ("a.json", b"{}", "JSON without rows"),
    ("a.jsonl", b"[" * 100_000, "JSON nested to harm"),
]
IDS = [row[-1] for row in BAD]


@pytest.mark.parametrize("strict", [False, True], ids=["", "strict"])
@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=IDS)
def test_a_build_of_nothing_but_a_bad_file_leaves_the_old_export_as_it_was(
    old: Path, tmp_path: Path, name: str, content: bytes, reason: str, strict: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    before = digests(old)
    told: list[str] = []
    with pytest.raises(InputError) as caught:
        build([str(tmp_path / name)], old, Options(strict=strict, tell=told_to(told)))
    assert str(caught.value).startswith(str(tmp_path / name)), reason
    assert "\n" not in str(caught.value), reason
    assert told == [], "said once"
    assert digests(old) == before, reason


@pytest.fixture(scope="module")
def built_among_bad_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The build of a seed with each bad file in a folder of its own beside it, and what it told."""
    folder = tmp_path_factory.mktemp("among")
    for number, (name, content, _) in enumerate(BAD):
        (folder / str(number)).mkdir()
        (folder / str(number) / name).write_bytes(content)
    told: list[str] = []
    build([str(SEEDS[0]), str(folder)], folder / "out", Options(tell=told_to(told)))
    build([str(SEEDS[0])], folder / "alone")
    return folder, told


@pytest.mark.parametrize(("number", "name"), [(n, row[0]) for n, row in enumerate(BAD)], ids=IDS)
def test_a_bad_file_is_skipped_and_named(built_among_bad_files: tuple[Path, list[str]], number: int, name: str) -> None:
    folder, told = built_among_bad_files
    (line,) = (line for line in told if line.startswith(f"{folder / str(number) / name}:"))
    skipped = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))["skipped"]
    assert dict(zip(("path", "reason", "remedy"), parts_of(line), strict=True)) in skipped
    assert len(told) == len(skipped) == len(BAD)


@pytest.mark.parametrize("name", ["facts.jsonl", "graph.nq"])
def test_bad_files_change_nothing_in_what_is_built(built_among_bad_files: tuple[Path, list[str]], name: str) -> None:
    folder, _ = built_among_bad_files
    assert (folder / "out" / name).read_bytes() == (folder / "alone" / name).read_bytes()


def parts_of(line: str) -> tuple[str, str, str]:
    where, _, rest = line.partition(": ")
    what, _, remedy = rest.rpartition("; ")
    return where, what, remedy


def test_strict_on_the_command_line_stops_and_writes_nothing(old: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    before = digests(old)
    done = call_kg("build", SEEDS[0], tmp_path / "a.txt", "-o", old, "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {tmp_path / 'a.txt'}: the file is empty; fetch the document again\n"
    assert digests(old) == before


def test_where_nothing_can_be_read_each_fault_is_told_and_the_old_export_stays(old: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_bytes(b"")
    before = digests(old)
    done = call_kg("build", tmp_path / "in", "-o", old)
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["skipped", "skipped", "error"]
    assert "none of the 2 sources can be read" in done.stderr
    assert digests(old) == before


def test_a_path_that_names_nothing_is_an_error_though_others_could_be_read(old: Path, tmp_path: Path) -> None:
    before = digests(old)
    done = call_kg("build", SEEDS[0], tmp_path / "gone", "-o", old)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "no such file or folder" in done.stderr
    assert digests(old) == before


def test_a_document_that_nests_too_deep_is_a_fault_of_the_document(reader: Reader) -> None:
    def sink(reading: Reading) -> Iterator[Measure]:
        yield from sink(reading)

    deep = Extractor("deep", (Measure,), sink)
    with pytest.raises(InputError, match=r"c\.csv:2: is nested too deep to be read"):
        extract_file(Source("c.csv:2", "csv", PLAN), reader, [deep])


# ---- a folder of everything


@pytest.fixture(scope="module")
def pdf(browser: Browser) -> bytes:
    with files.printer(browser) as print_page:
        return print_page(files.printable(PLAN, ["一、推进第癸项。（省财政厅牵头，省科技厅配合）"]), head=PLAN)


def everything(folder: Path, pdf: bytes) -> None:
    """Write good and bad files of many formats."""
    clause = f"{PLAN}\n一、推进第{{}}项。（省财政厅牵头，省科技厅配合）"

    def rows(kind: str) -> list[dict[str, str]]:
        return [{"标题": f"方案{n}", "正文": clause.format(f"{kind}{n}") if n else ""} for n in range(3)]

    folder.mkdir()
    (folder / "j.docx").write_bytes(files.to_docx(PLAN, ["一、推进第辛项。（省财政厅牵头，省科技厅配合）"]))
    (folder / "k.md").write_text(
        f"# {PLAN}\n\n## 一、推进第**壬**项。\n\n（省财政厅牵头，省科技厅配合）\n", encoding="utf-8"
    )
    (folder / "l.pdf").write_bytes(pdf)
    (folder / "m.txt").write_text(clause.format("甲"), encoding="utf-8")
    (folder / "a.txt").write_text(clause.format("甲"), encoding="utf-8")
    (folder / "b.html").write_text(f"<html><body><p>{clause.format('乙')}</p></body></html>", encoding="utf-8")
    with (folder / "c.csv").open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, ["标题", "正文"])
        writer.writeheader()
        writer.writerows(rows("子"))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in [list(rows("丑")[0]), *(list(row.values()) for row in rows("丑"))]:
        sheet.append(row)
    book.save(folder / "d.xlsx")
    (folder / "e.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows("寅")), encoding="utf-8")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows("卯")), folder / "f.parquet")
    (folder / "g.txt").write_bytes(b"")
    (folder / "h.xlsx").write_bytes(b"PK")
    (folder / "i.json").write_text('{"name": "settings"}', encoding="utf-8")
    (folder / "MANIFEST.yaml").write_text("files: []", encoding="utf-8")


SKIPPED = ["c.csv:2", "d.xlsx:2", "e.jsonl:1", "f.parquet:1", "g.txt", "h.xlsx", "i.json"]


def test_a_mixed_folder_is_built_from_what_can_be_read(tmp_path: Path, pdf: bytes) -> None:
    everything(tmp_path / "in", pdf)
    done = call_kg("build", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    lines = done.stderr.splitlines()
    assert [line.split(": ")[:2] for line in lines[:7]] == [["skipped", f"in/{name}"] for name in SKIPPED]
    assert lines[7].startswith("13 documents, 13 measures, 13 clauses, ")
    assert lines[7].endswith(" triples in out/")
    assert lines[8:] == [
        "read: 2 csv, 1 docx, 1 html, 2 jsonl, 1 md, 2 parquet, 1 pdf, 2 txt, 2 xlsx",
        "rows of tables: 13 (8 read, 5 refused, 0 copies)",
        "skipped: 7 (4 the row holds no text under 正文, 1 holds no rows of text, 1 is no workbook that can be read, "
        "1 the file is empty); see out/report.json",
        "copies: 1 of documents that stand in the graph once, with every source",
        "one number or title, several documents: in/a.txt and in/j.docx and in/k.md and in/l.pdf; told apart by title, "
        "issuer and date",
        "one number or title, several documents: in/c.csv:3 and in/d.xlsx:3 and in/e.jsonl:2 and in/f.parquet:2; told "
        "apart by title, issuer and date",
        "one number or title, several documents: in/c.csv:4 and in/d.xlsx:4 and in/e.jsonl:3 and in/f.parquet:3; told "
        "apart by title, issuer and date",
        "left alone: 1 .yaml; see out/report.json",
    ]
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["sources"] == {
        "csv": 2, "docx": 1, "html": 1, "jsonl": 2, "md": 1, "parquet": 2, "pdf": 1, "txt": 2, "xlsx": 2
    }  # fmt: skip
    assert [line["path"] for line in report["skipped"]] == [f"in/{name}" for name in SKIPPED]
    assert report["counts"]["clauses"]["number"] == 13
    again = kg_process("build", "in/[d-l]*", "in", "in/a.txt", "-o", "again", cwd=tmp_path, seed="2")
    assert again.returncode == 0, again.stderr
    assert digests(tmp_path / "out") == digests(tmp_path / "again"), "another process, and another order"


def test_a_good_build_replaces_the_old_files_and_leaves_others(old: Path) -> None:
    (old / "notes.txt").write_text("mine", encoding="utf-8")
    run_kg("build", SEEDS[0], "-o", old)
    assert sorted(digests(old)) == sorted([*FILES, "notes.txt"])
    assert not any((old / name).read_bytes().startswith(b"the old") for name in FILES)


def test_further_formats_stand_beside_the_six_until_a_build_without_them(built: Path, tmp_path: Path) -> None:
    run_kg("build", SEEDS[2], "-o", tmp_path, "--also", "csv", "--also", "turtle-star")
    further = (*FILES, "edges.csv", "graph.star.ttl", "nodes.csv")
    assert tuple(digests(tmp_path)) == tuple(sorted(further))
    assert "rdf:reifies" in (tmp_path / "graph.star.ttl").read_text(encoding="utf-8")
    assert "rdf:reifies" not in (built / "graph.ttl").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["files"] == sorted(further)
    before = digests(tmp_path)
    with pytest.raises(KgError, match="no such export format"):
        build([str(SEEDS[2])], tmp_path, also=("star",))
    assert digests(tmp_path) == before
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    run_kg("build", SEEDS[2], "-o", tmp_path, "--also", "turtle-star")
    assert tuple(digests(tmp_path)) == tuple(sorted((*FILES, "graph.star.ttl", "mine.csv")))


# what stands in the place of the report, reason
REPORTS = [
    ("", "nothing"),
    ("[1", "no JSON"),
    ("[]", "no report"),
    ('{"files": 1}', "no list"),
    ("{}", "an old report"),
]


@pytest.mark.parametrize(("text", "reason"), REPORTS, ids=[row[-1] for row in REPORTS])
def test_a_report_that_is_none_takes_nothing_away(old: Path, text: str, reason: str) -> None:
    (old / "report.json").write_text(text, encoding="utf-8")
    (old / "edges.csv").write_text("mine", encoding="utf-8")
    build([str(SEEDS[0])], old)
    assert sorted(digests(old)) == sorted([*FILES, "edges.csv"]), reason


def test_a_folder_in_the_place_of_a_file_is_told_before_anything_is_read(old: Path) -> None:
    (old / "graph.ttl").unlink()
    (old / "graph.ttl").mkdir()
    (old / "graph.ttl" / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(KgError, match=r"graph\.ttl: is a folder where a file is to be written; move it away"):
        build(["nowhere"], old)
    assert (old / "graph.nq").read_text(encoding="utf-8") == "the old graph.nq"
    assert (old / "graph.ttl" / "mine").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = call_kg("build", SEEDS[0], "-o", tmp_path / "file" / "out")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in done.stderr


# ---- the questions of docs/model.md, answered from the gold records and by hand

OFFICIAL = {
    "广东省地方金融监管局": "广东省地方金融监督管理局",
    "广东省发展改革委": "广东省发展和改革委员会",
    "广东省科技厅": "广东省科学技术厅",
    "广东省住房城乡建设厅": "广东省住房和城乡建设厅",
    "广州市政府": "广州市人民政府",
    "深圳市政府": "深圳市人民政府",
    "广东省政府横琴办": "广东省横琴粤澳深度合作区工作办公室",
    "人民银行广州分行": "中国人民银行广州分行",
    "人民银行深圳市中心支行": "中国人民银行深圳市中心支行",
    "广东银保监局": "中国银行保险监督管理委员会广东监管局",
    "深圳银保监局": "中国银行保险监督管理委员会深圳监管局",
    "上海银保监局": "中国银行保险监督管理委员会上海监管局",
    "广东证监局": "中国证券监督管理委员会广东监管局",
    "深圳证监局": "中国证券监督管理委员会深圳监管局",
}


def gold_clauses() -> list[dict[str, Any]]:
    (file,) = (ROOT / "tests" / "gold").glob("002*.jsonl")
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if record["kind"] == "assignment"]


def gold_bodies(clause: dict[str, Any], *roles: str) -> set[str]:
    """The bodies of a clause, groups left out, by official name."""
    return {
        OFFICIAL.get(p["resolved"], p["resolved"])
        for p in clause["participants"]
        if not p["group"] and (not roles or p["role"] in roles)
    }


def ask(built: Path, name: str, **params: str) -> list[dict[str, str]]:
    answer = api.query(built, name, **params)
    assert isinstance(answer, Solutions)
    return [
        {name: getattr(value, "value", "") for name, value in zip(answer.variables, row, strict=True)}
        for row in answer.rows
    ]


def test_1_who_leads_and_supports_and_which_sentence_says_so(built: Path) -> None:
    rows = ask(built, "who-leads", measure="加快培育绿色金融中介服务体系")
    assert [(row["role"], row["body"]) for row in rows] == [
        ("Lead", "广东省生态环境厅"),
        ("Lead", "广东省地方金融监督管理局"),
        ("Support", "广东省财政厅"),
        ("Support", "中国人民银行广州分行"),
        ("Support", "中国银行保险监督管理委员会广东监管局"),
        ("Support", "中国证券监督管理委员会广东监管局"),
        ("Support", "中国人民银行深圳市中心支行"),
        ("Support", "中国银行保险监督管理委员会深圳监管局"),
        ("Support", "中国证券监督管理委员会深圳监管局"),
        ("Support", "广东省各地级以上市政府"),
    ]
    assert {(row["document"], row["path"]) for row in rows} == {(PLAN, "二/（二）/3")}
    assert {row["sentence"] for row in rows} == {
        "（省生态环境厅、地方金融监管局牵头，省财政厅，人民银行广州分行、广东银保监局、广东证监局、人民银行深圳市中心支行、"
        "深圳银保监局、深圳证监局，各地级以上市政府配合）"
    }


def test_2_lead_and_support_counts(built: Path) -> None:
    clauses = gold_clauses()
    wanted = {
        body: tuple(
            str(sum(body in gold_bodies(clause, role) for clause in clauses))
            for role in ("lead", "support", "responsible")
        )
        for body in set().union(*map(gold_bodies, clauses))
    }
    rows = {row["agency"]: (row["leads"], row["supports"], row["responsible"]) for row in ask(built, "agency-counts")}
    assert rows == wanted
    (row,) = ask(built, "agency-counts", agency="广东省地方金融监管局")
    assert (row["leads"], row["supports"], row["responsible"]) == ("8", "12", "2"), "counted by hand in seed 002"
    assert float(row["share"]) == pytest.approx(8 / 22, abs=0.005)


def test_3_the_network_from_leads_to_supports(built: Path) -> None:
    wanted = Counter(
        (lead, support)
        for clause in gold_clauses()
        for lead in gold_bodies(clause, "lead")
        for support in gold_bodies(clause, "support")
    )
    rows = ask(built, "coordination-network")
    assert {(row["lead"], row["support"]): int(row["measures"]) for row in rows if bare(row)} == wanted


def bare(row: dict[str, str]) -> bool:
    """Whether no group takes part: groups lead and support too, but the count by gold is of bodies."""
    return not any(row[key].endswith("市政府") or row[key] == "各有关部门" for key in ("lead", "support"))


def test_4_who_leads_together(built: Path) -> None:
    wanted = Counter(
        (frozenset({one, other}))
        for clause in gold_clauses()
        for one in gold_bodies(clause, "lead")
        for other in gold_bodies(clause, "lead")
        if one < other
    )
    rows = [row for row in ask(built, "co-leads") if row["role"] == "Lead"]
    assert {frozenset({row["first"], row["second"]}): int(row["measures"]) for row in rows} == wanted
    assert wanted[frozenset({"中国人民银行广州分行", "中国人民银行深圳市中心支行"})] == 6, "counted by hand in seed 002"


def test_5_measures_without_a_lead(built: Path) -> None:
    rows = [(row["path"], row["measure"]) for row in ask(built, "no-lead")]
    assert rows == [
        ("二/（二）/5", "推动金融机构绿色转型"),
        ("三/（一）", "加强组织领导与统筹协调"),
        ("三/（二）", "建立数字化信息共享机制"),
        ("三/（三）", "加强统计监测"),
    ]


def test_18_the_most_crowded_measures(built: Path) -> None:
    rows = ask(built, "crowded-measures", min="11")
    assert [(row["path"], row["measure"], row["bodies"]) for row in rows] == [
        ("二/（三）/4", "支持重点领域碳达峰行动", "14"),
        ("二/（五）/1", "强化绿色金融合作发展", "11"),
    ]
    sizes = sorted((len({p["resolved"] for p in clause["participants"]}) for clause in gold_clauses()), reverse=True)
    assert sizes[:3] == [14, 11, 10]


def test_19_agencies_that_never_lead(built: Path) -> None:
    clauses = gold_clauses()
    leads = set().union(*(gold_bodies(clause, "lead") for clause in clauses))
    never = set().union(*map(gold_bodies, clauses)) - leads
    assert "广东省工业和信息化厅" in never
    through_a_group = {"广州市人民政府", "深圳市人民政府"}  # 珠三角各地级以上市政府 lead 二/（一）/1
    assert through_a_group < never
    assert {row["agency"] for row in ask(built, "never-lead")} == never - through_a_group
    assert len(never) == 11


def test_23_what_the_regulators_announce(built: Path) -> None:
    rows = ask(built, "announcements", agency="上海银保监局")
    assert {row["date"] for row in rows} == {"2021-08-24", "2022-01-29", "2022-08-05"}
    third = [row for row in rows if row["measure"] == "创新发展绿色金融，助力碳达峰碳中和"]
    assert [(row["act"], row["instrument"], row["for"], row["sentence"]) for row in third] == [
        ("加强", "联合惩戒", "", "加强信息共享和联合惩戒"),
        ("引导", "", "企业", "引导企业践行低碳发展"),
        ("鼓励", "碳排放权交易", "银行保险机构", "鼓励银行保险机构参与碳排放权交易市场建设和碳金融市场发展"),
    ]
    whole = [row for row in rows if row["measure"] == "加强监管能力建设，提升依法行政能力"]
    assert [(row["act"], row["sentence"][:16]) for row in whole] == [("", "加强监管能力建设，提升依法行政能")]
    measures = {(row["date"], row["measure"]) for row in rows if row["measure"]}
    assert len(measures) == 5 + 5 + 6, "points and paragraphs by gold"
    assert {row["regulator"] for row in ask(built, "announcements")} == {
        OFFICIAL["上海银保监局"],
        "北京市地方金融监督管理局",
    }


def test_the_same_answers_from_the_merged_turtle(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / "graph.ttl", tmp_path / "only.ttl")
    assert ask(tmp_path / "only.ttl", "co-leads") == ask(built, "co-leads")


def test_a_contested_group_is_expanded_only_where_a_definition_is_chosen(built: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "chosen"
    run_kg("build", SEEDS[2], "-o", chosen, "--definition", "guangdong-coast=1")
    question = """SELECT DISTINCT ?name { ?a zc:viaGroup ?g ; zc:agent ?b . ?g skos:prefLabel ?group .
        ?b skos:prefLabel ?name FILTER(CONTAINS(?group, "沿海经济带")) } ORDER BY ?name"""
    names = {city + "市人民政府" for city in ("汕头", "汕尾", "潮州", "揭阳", "湛江", "茂名", "阳江")}
    assert {row["name"] for row in ask(chosen, question)} == names
    assert ask(built, question) == []


@pytest.mark.parametrize(
    ("definition", "told"),
    [
        ("guangdong-coast=9", "一核一带一区"),
        ("prd=1", "guangdong-coast"),
        ("no-such-group=1", "guangdong-coast"),
    ],
)
def test_a_definition_that_is_none_is_told_with_those_there_are(definition: str, told: str, tmp_path: Path) -> None:
    done = call_kg("build", "seeds", "-o", tmp_path / "out", "--definition", definition)
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
