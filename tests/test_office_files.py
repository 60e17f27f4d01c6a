"""What offices have beside DOCX and PDF: each kind gives the facts of its text, or one line that says what to do."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import format_files as files
import openpyxl
import pytest
from conftest import LEXICONS, SEEDS

from kg.documents import list_sources, read_documents
from kg.documents.find import find_sources
from kg.exports.records import records_of
from kg.extractors.reader import Reader, extract_reading
from kg.extractors.registry import Extractor
from kg.model.document import Document
from kg.model.options import Options
from kg.workflows import build

WORDS = LEXICONS
Facts = Callable[[tuple[Document, ...]], Counter[str]]


def read(file: Path) -> tuple[Document, ...]:
    """Read a file as a user's."""
    return read_documents(str(file), WORDS.documents, WORDS.numbering.starts_item)


def lines(documents: tuple[Document, ...]) -> list[str]:
    """The blocks of documents."""
    return [document.quote(block.span) for document in documents for block in document.blocks]


@pytest.fixture(scope="session")
def facts(reader: Reader, extractors: tuple[Extractor, ...]) -> Facts:
    """Give what is said in the records of documents, without where it stands."""
    kept = ("kind", "indicator", "value", "unit", "deadline", "mention", "resolved", "role", "starts", "words", "due")

    def facts_of(documents: tuple[Document, ...]) -> Counter[str]:
        done = [extract_reading(reading, extractors) for reading in reader.read(documents)]
        records = json.loads(json.dumps(list(records_of(done))))
        said = [{key: record[key] for key in kept if key in record} for record in records]
        shared = [one for record in records for one in record.get("participants", ())]
        said += [{"role": one["role"], "resolved": one["resolved"]} for one in shared]
        return Counter(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in said)

    return facts_of


def _policy() -> list[str]:
    policy = read(SEEDS[2])[1]
    return [policy.title, *(policy.quote(block.span) for block in policy.blocks)]


LINES = _policy()
PARAGRAPHS = "".join(f"<p>{html.escape(line)}</p>" for line in LINES)
KINDS = {
    "plan.odt": files.opendocument("".join(f"<text:p>{html.escape(line)}</text:p>" for line in LINES)),
    "plan.epub": files.epub([PARAGRAPHS]),
    "plan.mht": files.mhtml(f"<html><body>{PARAGRAPHS}</body></html>"),
    "plan.rtf": files.rtf(LINES),
    "plan.ofd": files.ofd(LINES),
    "plan.xhtml": (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a"/>'
        f"<title/></head><body><div/>{PARAGRAPHS}</body></html>"
    ).encode(),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_gives_the_facts_of_its_text(tmp_path: Path, facts: Facts, name: str) -> None:
    (tmp_path / "plan.txt").write_text("\n".join(LINES), encoding="utf-8")
    (tmp_path / name).write_bytes(KINDS[name])
    wanted = facts(read(tmp_path / "plan.txt"))
    assert wanted.total() > 200
    assert lines(read(tmp_path / name)) == LINES
    assert facts(read(tmp_path / name)) == wanted


def test_a_folder_that_mixes_all_kinds_is_told_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    plan = "某省绿色发展方案\n一、推进绿色发展。（省财政厅牵头，省科技厅配合）\n"
    read_whole = {
        **KINDS,
        "plan.txt": plan.encode(),
        "plan.html": f"<html><body><p>{plan}</p></body></html>".encode(),
        "plan.docx": files.to_docx("某省方案", ["一、推进。（省财政厅牵头）"]),
        "ledger.csv": "序号,重点任务,牵头单位\n1,推进绿色发展,省财政厅\n".encode(),
        "page.xls": files.html_table([["重点任务", "牵头单位"], ["推进绿色发展", "省财政厅"]]).encode(),
        "box.zip": files.archive({"甲/方案.txt": plan, "b.rtf": files.rtf(["某省方案", "一、推进。"]), "c.csv": "a,b"}),
    }
    told_of = {
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "old.wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "scan.png": b"\x89PNG\r\n\x1a\n",
        "table.ods": files.archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "packed.rar": b"Rar!\x1a\x07",
    }
    for name, content in {**read_whole, **told_of}.items():
        (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "notes.yaml").write_text("a: b")
    told: list[str] = []
    report = build(["in"], tmp_path / "out", Options(tell=lambda fault: told.append(str(fault)))).report
    assert sorted(line.split(": ")[0] for line in told) == sorted(
        ["in/box.zip/c.csv", *(f"in/{name}" for name in told_of)]
    )
    assert all(";" in line and "\n" not in line for line in told), "each line has its remedy"
    assert report["left alone"] == ["in/notes.yaml"]


STYLES = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
    'style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" '
    'style:num-suffix="）"/></text:list-style>'
)
ODT = [
    (
        '<text:list text:style-name="L"><text:list-item><text:p>甲</text:p><text:list><text:list-item>'
        "<text:p>乙</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>丙</text:p></text:list-item></text:list>",
        ["一、甲", "（1）乙", "二、丙"],
        "numbers of lists at their levels",
    ),
    ("<text:p>甲<text:s/>乙<text:span>丙</text:span><text:tab/>丁</text:p>", ["甲 乙丙 丁"], "signs and spans"),
    (
        "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:p>甲</text:p>",
        ["甲"],
        "what was struck out",
    ),
    (
        '<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>甲</text:p>'
        "</table:table-cell><table:table-cell><text:p>乙</text:p></table:table-cell></table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>丙</text:p></table:table-cell></table:table-row></table:table>",
        ["甲", "甲", "乙", "丙"],
        "merged cells",
    ),
]


@pytest.mark.parametrize(("body", "expected", "reason"), ODT, ids=[reason for *_, reason in ODT])
def test_opendocument(tmp_path: Path, body: str, expected: list[str], reason: str) -> None:
    (tmp_path / "a.odt").write_bytes(files.opendocument(f"<text:p>标题</text:p>{body}", STYLES))
    assert lines(read(tmp_path / "a.odt"))[1:] == expected, reason


NESTED = [
    ("<ol><li>甲<ol><li>乙</li><li>丙</li></ol></li><li>丁</li></ol>", ["1. 甲", "（1）乙", "（2）丙", "2. 丁"]),
    ("<ol><li>甲<ol><li>乙<ol><li>丙</li></ol></li></ol></li></ol>", ["1. 甲", "（1）乙", "①丙"]),
    ("<ul><li>甲<ol><li>乙</li></ol></li></ul>", ["甲", "1. 乙"]),
]


@pytest.mark.parametrize(("markup", "expected"), NESTED)
def test_lists_within_lists_keep_their_levels(tmp_path: Path, markup: str, expected: list[str]) -> None:
    (tmp_path / "a.html").write_text(f"<html><body><p>某市绿色发展方案</p>{markup}</body></html>", encoding="utf-8")
    assert lines(read(tmp_path / "a.html"))[1:] == expected


# ---- ledgers

HEADS = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"]
TASKS = [
    ["1", "建设10个省级示范园区", "市工业和信息化局", "市财政局、市科技局", "2024年12月底前"],
    ["2", "完善绿色信贷统计制度", "市地方金融监管局", "各区（市）政府", "2024年6月底前"],
]
TITLE = "青岛市2024年重点任务台账"


def _workbook(file: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [[TITLE], HEADS, *TASKS]:
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    book.save(file)


def _table(file: Path) -> None:
    file.write_text("\n".join([f'"{TITLE}"', *(",".join(f'"{cell}"' for cell in row) for row in [HEADS, *TASKS])]))


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", _workbook), ("a.csv", _table)])
def test_a_ledger_gives_the_facts_of_the_same_table_in_a_document(
    tmp_path: Path, facts: Facts, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    (tmp_path / "a.docx").write_bytes(files.docx_table([HEADS, *TASKS], TITLE))
    [source] = list_sources([str(tmp_path / name)], {}, WORDS.corpora)
    (tmp_path / "read.html").write_text(source.text or "", encoding="utf-8")
    found = read(tmp_path / "read.html")
    assert found[0].title == TITLE
    assert facts(found) == facts(read(tmp_path / "a.docx"))
    assert facts(found)['{"resolved": "青岛市工业和信息化局", "role": "lead"}'] == 1


def test_a_cell_merged_over_rows_stands_in_each_row_of_a_ledger(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [HEADS, *TASKS]:
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    book.save(tmp_path / "a.xlsx")
    [source] = list_sources([str(tmp_path / "a.xlsx")], {}, WORDS.corpora)
    assert (source.text or "").count("市工业和信息化局") == 2


CORPORA = [
    ("标题,正文,责任单位\n甲,乙,丙\n", {}, "a title and a text for each row"),
    ("序号,任务,牵头单位\n1,乙,丙\n", {"text": "任务"}, "the user says what the text is"),
]


@pytest.mark.parametrize(("table", "mapping", "reason"), CORPORA, ids=[reason for *_, reason in CORPORA])
def test_a_corpus_is_no_ledger(tmp_path: Path, table: str, mapping: dict[str, str], reason: str) -> None:
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    [source] = list_sources([str(tmp_path / "a.csv")], mapping, WORDS.corpora)
    assert source.text == "乙", reason


def test_files_of_an_archive_keep_their_names(tmp_path: Path) -> None:
    packed = files.archive(
        {"a.txt": "甲", "__MACOSX/a.txt": "x", ".hidden.txt": "x", "inner.zip": files.archive({"b.txt": "乙"})}
    )
    (tmp_path / "box.zip").write_bytes(packed)
    (tmp_path / "plan.zip").write_bytes(files.to_docx("方案", ["一、推进。"]))
    found = list(list_sources(find_sources([str(tmp_path)]), {}, WORDS.corpora))
    assert [Path(source.path).relative_to(tmp_path).as_posix() for source in found] == [
        "box.zip/a.txt", "box.zip/inner.zip", "plan.zip",
    ]  # fmt: skip
    assert [str(source.fault).partition("; ")[2] for source in found if source.fault] == ["unpack it first"]
