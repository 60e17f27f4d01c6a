"""Copies: what is one document, what is only nearly alike, and what the one document keeps of its copies."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import openpyxl
import pytest
from conftest import SEEDS, ExtractText, call_kg
from hypothesis import given
from hypothesis import strategies as st

from kg.copies import merge_copies, shingles
from kg.graph import Reference, build_quads
from kg.lexicons import Lexicons
from kg.model.document import Span
from kg.model.facts import Extraction
from kg.model.options import Options
from kg.store import load
from kg.workflows import NearCopies, build

PLAN = SEEDS[2].read_text(encoding="utf-8")
BODY = re.sub(r"<[^>]*>", "", PLAN[2000:])[:6000]


def page(title: str, body: str, **meta: str) -> str:
    """Write a file with front matter; a policy unless `kind` says otherwise."""
    fields = "\n".join(f"{key}: '{value}'" for key, value in ({"kind": "policy"} | meta).items())
    return f"---\ntitle: '{title}'\n{fields}\n---\n\n{body}\n"


def less(body: str, share: float) -> str:
    """Take a share of the characters away, spread over the text."""
    chance = random.Random(7)
    return "".join(mark for mark in body if mark == "\n" or chance.random() >= share)


NOISE = "\n打印本页 关闭窗口 分享到微信 责任编辑李某某 上一篇关于开放征求意见的公告 下一篇关于会议的通知"
TITLE, OTHER = "某省绿色金融发展实施方案", "某省绿色低碳转型工作要点"

# two files, whether they are one document, whether the pair is told as nearly alike, reason
PAIRS = [
    (page(TITLE, BODY), page(TITLE, BODY, source="https://a.example/1"), True, False, "the same text"),
    (page(TITLE, BODY), page(OTHER, BODY), True, False, "the same text under another heading"),
    (page(TITLE, BODY), page(TITLE, BODY, kind="news"), True, False, "the same text once as policy and once as news"),
    (page(TITLE, BODY), page(TITLE, BODY + NOISE), True, False, "the noise of a page"),
    (page(TITLE, BODY), page(f"《{TITLE}》", BODY[:-900]), True, False, "a page that leaves out the end"),
    (page(TITLE, BODY, number="某政发〔2022〕1号"), page("通知", less(BODY, 0.005), number="某政发[2022]1号"),
     True, False, "one number, written in two ways"),
    (page(TITLE, BODY, number="某政发〔2022〕1号"), page(TITLE, less(BODY, 0.002), number="某政发〔2023〕1号"),
     False, True, "two numbers, whatever else agrees"),
    (page(TITLE, BODY, date="2021-05-01"), page(TITLE, less(BODY, 0.002), date="2023-05-01"),
     False, True, "the same plan of another year"),
    (page(TITLE, BODY), page(TITLE + "（征求意见稿）", less(BODY, 0.002)), False, True, "a draft and what came of it"),
    (page(TITLE, BODY), page(OTHER, less(BODY, 0.002)), False, True, "another title, nearly the same words"),
    (page(TITLE, BODY), page(TITLE, less(BODY, 0.002), kind="news"), False, True, "a report is no policy"),
    (page("关于印发通知", BODY), page("关于印发通知", less(BODY, 0.002)), False, True, "a title that says nothing"),
    (page(TITLE, BODY + "\n（财政厅牵头）"), page(TITLE, BODY + "\n（教育厅牵头）"), False, True, "another body leads"),
    (page(TITLE, BODY[:3000]), page(TITLE, BODY[3000:]), False, False, "one title over two texts"),
    (page(TITLE, BODY), page(OTHER, less(BODY, 0.3)), False, False, "a third is different"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same", "near", "reason"), PAIRS)
def test_pairs(extract_text: ExtractText, one: str, other: str, same: bool, near: bool, reason: str) -> None:
    merged = merge_copies([*extract_text(one), *extract_text(other)])
    assert (len(merged.extractions) == 1, len(merged.near) == 1) == (same, near), reason


def test_a_document_keeps_what_its_copies_know(extract_text: ExtractText) -> None:
    bare = page(TITLE, BODY, source="https://a.example/1", publisher="甲网")
    told = page(TITLE, less(BODY, 0.002), number="某政发〔2022〕1号", date="2022-06-24", source="https://b.example/2")
    (one,) = merge_copies([*extract_text(bare), *extract_text(told)]).extractions
    document = one.document
    assert (document.number, document.date, document.publisher) == ("某政发〔2022〕1号", "2022-06-24", "甲网")
    assert {document.source, *(copy.source for copy in document.copies)} == {
        "https://a.example/1",
        "https://b.example/2",
    }
    assert all(document.text[fact.spans[0].start : fact.spans[0].end] == fact.mention for fact in entities(one))


def entities(extraction: Extraction) -> list:  # type: ignore[type-arg]  # of entities, told apart by their field
    return [fact for fact in extraction.facts if hasattr(fact, "spans")]


def test_the_order_does_not_matter(extract_text: ExtractText) -> None:
    texts = [
        page(TITLE, BODY),
        page(TITLE, BODY + NOISE, source="https://a.example/1"),
        page(TITLE, less(BODY, 0.004), number="某政发〔2022〕1号"),
        page(OTHER, less(BODY, 0.01)),
    ]
    given_ = [extraction for text in texts for extraction in extract_text(text)]
    told = set()
    for order in permutations(given_):
        merged = merge_copies(order)
        documents = sorted(repr(e.document) for e in merged.extractions)
        told.add((tuple(documents), merged.near))
    assert len(told) == 1


def on(day: str, body: str = BODY, **meta: str) -> str:
    return page(TITLE, body, date=day, **meta)


# pages of one document, what it is given, what the pages disagree on, reason
CONTRADICTIONS = [
    ([on("2013-08-10"), on("2024-06-13")], ("2013-08-10", ""), ["date"], "two dates: the earliest"),
    ([on("2022-06-24", issuer="某省人民政府办公厅"), on("2022-06-24", issuer="某省人民政府")],
     ("2022-06-24", "某省人民政府"), [], "a name and a longer form of it are no contradiction"),
    ([on("2022-06-24"), on("", BODY + NOISE)], ("2022-06-24", ""), [], "one page knows, the other does not"),
    ([on("2013-08-10", issuer="某省人民政府"), on("2024-06-13", issuer="某市人民政府")],
     ("2013-08-10", "某省人民政府"), ["date", "issuer"], "what one page says stays together"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "given_", "fields", "reason"), CONTRADICTIONS, ids=[row[-1] for row in CONTRADICTIONS]
)
def test_pages_that_disagree_give_one_document_whatever_their_order(
    extract_text: ExtractText, pages: list[str], given_: tuple[str, str], fields: list[str], reason: str
) -> None:
    for order in permutations(pages):
        read = [
            replace(extraction, document=replace(extraction.document, path=f"rows.csv:{row}"))
            for row, text in enumerate(order)
            for extraction in extract_text(text)
        ]
        merged = merge_copies(read)
        (document,) = (extraction.document for extraction in merged.extractions)
        assert (document.date, document.issuer) == given_, reason
        assert [one.field for one in merged.disagreements] == fields, reason


def test_texts_with_unlike_sketches_are_not_compared_by_their_shingles(extract_text: ExtractText) -> None:
    (extraction,) = extract_text(page(TITLE, BODY))
    sizes = range(210, 4200, 40)
    texts = ["".join(map(chr, random.Random(size).choices(range(0x4E00, 0x9000), k=size))) for size in sizes]
    documents = [
        replace(extraction.document, id=str(n), path=f"{n}.txt", number=f"{n}号", text=text, span=Span(0, len(text)))
        for n, text in enumerate(texts)
    ]
    before = shingles.cache_info()
    merged = merge_copies([replace(extraction, document=document, facts=()) for document in documents])
    after = shingles.cache_info()
    assert len(merged.extractions) == len(documents)
    assert after.hits + after.misses - before.hits - before.misses <= 2 * len(documents)


def test_the_report_names_clusters_of_what_is_nearly_alike(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_text(
            page(f"某省绿色金融方案{number}", less(BODY[:2000], 0.001 * number)), encoding="utf-8"
        )
    done = call_kg("build", folder, "-o", out)
    (cluster,) = json.loads((out / "report.json").read_text(encoding="utf-8"))["nearly alike"]
    assert [Path(path).name for path in cluster["documents"]] == [f"{number}.txt" for number in range(8)]
    assert 0.8 <= cluster["likeness"] < 1
    assert done.stderr.count("nearly alike") == 1
    assert "and 3 more" in done.stderr


def test_the_seeds_are_six_works(seeds: tuple[Extraction, ...]) -> None:
    merged = merge_copies(seeds)
    assert (merged.extractions, merged.near) == (seeds, ())


def test_an_article_that_is_a_copy_is_still_what_its_policy_was_quoted_from(seeds: tuple[Extraction, ...]) -> None:
    merged = merge_copies([*seeds, *seeds])
    known = {extraction.document.id for extraction in merged.extractions}
    quoted = {e.document.quoted_from for e in merged.extractions} - {""}
    assert quoted
    assert quoted <= known


def test_the_graph_names_every_source(extract_text: ExtractText, lexicons: Lexicons) -> None:
    files = [page(TITLE, BODY, source=f"https://{host}.example/1", publisher=host) for host in "ab"]
    merged = merge_copies([e for text in files for e in extract_text(text)])
    reference = Reference(lexicons.regions, lexicons.instruments, lexicons.agencies)
    store = load(build_quads(merged.extractions, reference, program_version="1", lexicon_version="1"))
    sources = {
        str(row["s"])
        for row in store.query(
            "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX zc: <https://w3id.org/zhengce/ontology#> "
            "SELECT ?s { ?d a zc:PolicyDocument ; dcterms:source ?s }",
            use_default_graph_as_union=True,
        )  # type: ignore[union-attr]  # a SELECT has rows
    }
    assert sources == {"<https://a.example/1>", "<https://b.example/1>"}


@given(st.text(max_size=40), st.sampled_from(["\n", " ", "　", "，", "。", "“"]))
def test_blanks_and_marks_make_no_difference(text: str, mark: str) -> None:
    assert shingles(mark.join(text)) == shingles(text)


def test_a_build_tells_copies_and_what_is_nearly_alike(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    files = {
        "a.txt": page(TITLE, BODY, source="https://a.example/1"),
        "b.txt": page(TITLE, BODY + NOISE, source="https://b.example/1"),
        "c.txt": page(TITLE + "（征求意见稿）", less(BODY, 0.002)),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = call_kg("build", folder, "-o", out)
    assert (done.returncode, "copies: 1 of" in done.stderr, "nearly alike (0.9" in done.stderr) == (0, True, True)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [(Path(d["path"]).name, [Path(c).name for c in d["copies"]]) for d in report["documents"]] == [
        ("a.txt", ["b.txt"]),
        ("c.txt", []),
    ]
    (pair,) = report["nearly alike"]
    assert [Path(path).name for path in pair["documents"]] == ["a.txt", "c.txt"]
    told = {json.loads(line)["document"] for line in (out / "facts.jsonl").read_text(encoding="utf-8").splitlines()}
    assert {Path(path).name for path in told} == {"a.txt", "c.txt"}


# --- every row of a table is accounted for ---

HEAD = ("部门", "题目", "文本")
WORDS = (
    "关于第{}件事的通知。鼓励银行发行绿色债券，省财政厅牵头，省科技厅配合。"
    + "推动产业园区改造，完善服务体系，加强宣传引导。"
)


def workbook(path: Path, rows: list[tuple[str, str, str]]) -> None:
    """Write a sheet with these rows, a department over two of them merged, and one that lacks the first column."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "甲"
    for row in (HEAD, *rows):
        first.append(row)
    second = book.create_sheet("乙")
    for row in (
        ("发布部门", *HEAD[1:]),
        ("省科技厅", "通知", WORDS.format("九")),
        ("省财政厅", "通知", WORDS.format("十")),
    ):
        second.append(row)
    book.save(path)


ROWS = [("省财政厅", f"通知{number}", WORDS.format(number)) for number in "一二三"]
FULL = [*ROWS, ROWS[0], ("省财政厅", "空", ""), ("省财政厅", "截断", "甲" * 32_767)]
"""Three rows, the first of them again, one without a text, and one with a text that the cell cut off."""


def test_every_row_of_a_workbook_is_read_refused_or_a_copy_whatever_their_order(tmp_path: Path) -> None:
    graphs = set()
    for number, rows in enumerate((FULL, FULL[::-1], FULL[2:] + FULL[:2])):
        workbook(tmp_path / f"{number}.xlsx", rows)
        options = Options(mapping={"text": "文本", "title": "题目", "issuer": "部门"})
        built = build([str(tmp_path / f"{number}.xlsx")], tmp_path / f"out{number}", options)
        tables = {Path(str(line["table"])).name: line for line in built.report["rows"]}  # type: ignore[attr-defined]
        for name, line in tables.items():
            assert line["read"] + line["refused"] + line["copies"] == line["rows"], name
        found = {name: [line[key] for key in ("rows", "read", "refused", "copies")] for name, line in tables.items()}
        assert found == {f"{number}.xlsx:甲": [6, 3, 2, 1], f"{number}.xlsx:乙": [2, 0, 2, 0]}
        graphs.add((tmp_path / f"out{number}" / "graph.nq").read_bytes())
    assert len(graphs) == 1, "the order of the rows makes no difference to the graph"


@pytest.mark.parametrize(("near", "documents", "links"), [("keep", 3, 0), ("drop", 1, 0), ("link", 3, 3)])
def test_what_is_nearly_alike_is_kept_dropped_or_linked(
    tmp_path: Path, near: NearCopies, documents: int, links: int
) -> None:
    workbook(tmp_path / "in.xlsx", ROWS)
    options = Options(mapping={"text": "文本", "title": "题目", "issuer": "部门"})
    built = build([str(tmp_path / "in.xlsx")], tmp_path / "out", options, near=near)
    graph = (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")
    assert (len(built.report["documents"]), graph.count("nearlyAlike")) == (documents, links)  # type: ignore[arg-type]
    assert built.report["nearly alike"], "told in any case"
