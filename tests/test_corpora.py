"""Corpora: the rows of a table are read as the files they would be, wherever they stand and however it is written."""

from __future__ import annotations

import csv
import datetime
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
import xlwt
from conftest import LEXICONS, SEEDS, ExtractText
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import Source, list_sources, parse_mapping, read_document, read_documents
from kg.documents.corpora.columns import checked_mapping
from kg.documents.corpora.tables import cell_text
from kg.documents.front_matter import split_front_matter
from kg.errors import InputError
from kg.exports.records import records_of
from kg.extractors.reader import Reader
from kg.lexicons import Lexicons
from kg.model.document import Document
from kg.model.options import Options
from kg.text.dates import cell_day, iso_day
from kg.workflows import extract_records

Rows = Sequence[Mapping[str, Any]]
Write = Callable[[Path, Rows], None]
WORDS = LEXICONS
PLAN = "某省绿色发展实施方案\n一、推进绿色发展。（省财政厅牵头，省科技厅配合）"


# ---- writing, with the libraries that write such files


def write_csv(path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def write_xlsx(path: Path, rows: Rows) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("corpus")
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        sheet.append(row)
    book.save(path)


def write_xls(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("corpus")
    for number, row in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(path))


def write_json_lines(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_json(path: Path, rows: Rows) -> None:
    path.write_text(json.dumps(list(rows), indent=1), encoding="utf-8")


def write_parquet(path: Path, rows: Rows) -> None:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(rows)), path)


# name of the file, how it is written, the place of its first row, reason
FORMATS: list[tuple[str, Write, str, str]] = [
    ("c.csv", write_csv, "2", "CSV, its header the first row"),
    ("mark.csv", lambda path, rows: write_csv(path, rows, encoding="utf-8-sig"), "2", "with a byte order mark"),
    ("gbk.csv", lambda path, rows: write_csv(path, rows, encoding="gb18030"), "2", "as Excel in China writes"),
    ("wide.csv", lambda path, rows: write_csv(path, rows, encoding="utf-16"), "2", "as Excel writes Unicode text"),
    ("semi.csv", lambda path, rows: write_csv(path, rows, delimiter=";"), "2", "as Excel in Europe writes"),
    ("tabs.csv", lambda path, rows: write_csv(path, rows, delimiter="\t"), "2", "tabs under the wrong name"),
    ("c.tsv", lambda path, rows: write_csv(path, rows, delimiter="\t"), "2", "TSV"),
    ("c.xlsx", write_xlsx, "2", "a workbook"),
    ("c.XLS", write_xls, "2", "an old workbook, its suffix in capitals"),
    ("c.jsonl", write_json_lines, "1", "JSON Lines"),
    ("c.ndjson", write_json_lines, "1", "JSON Lines by another name"),
    ("lines.json", write_json_lines, "1", "JSON Lines under the name of JSON"),
    ("c.json", write_json, "1", "an array of objects"),
    ("c.parquet", write_parquet, "1", "Parquet"),
]
IDS = [row[0] for row in FORMATS]


def whole_files() -> Rows:
    """A row for each seed, the file in one cell."""
    return [{"编号": number, "正文": path.read_text(encoding="utf-8")} for number, path in enumerate(SEEDS, 1)]


def parted_files() -> Rows:
    """A row for each seed, its front matter in columns."""
    parted = [split_front_matter(path.name, path.read_text(encoding="utf-8")) for path in SEEDS]
    return [
        {
            "标题": meta["title"],
            "来源": meta.get("author", ""),
            "文档种类": "新闻",
            "发布时间": iso_day(meta["date"]),
            "正文": body,
        }
        for meta, body in parted
    ]


def without_place(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [{key: value for key, value in record.items() if key != "document"} for record in records]


def documents_in(path: Path) -> list[tuple[str, Document]]:
    """Return the documents of a file or a corpus, each with the place it was read from."""
    words, starts_item = WORDS.documents, WORDS.numbering.starts_item
    found: list[Document] = []
    for source in list_sources([str(path)], {}, WORDS.corpora):
        assert source.fault is None
        if source.text is None:
            found += read_documents(source.path, words, starts_item)
        else:
            found += read_document(source.path, source.text, words, starts_item, meta=source.meta)
    return [(document.path, replace(document, path="")) for document in found]


@pytest.fixture(scope="module")
def plain() -> list[Document]:
    """The documents of the seeds as files."""
    return [document for path in SEEDS for _, document in documents_in(path)]


# ---- the same documents, and so the same facts, from every format


@pytest.mark.parametrize("rows", [whole_files, parted_files], ids=["whole", "parted"])
@pytest.mark.parametrize(("name", "write", "first", "reason"), FORMATS, ids=IDS)
def test_a_row_gives_the_documents_of_the_file_it_would_be(
    tmp_path: Path, plain: list[Document], rows: Callable[[], Rows], name: str, write: Write, first: str, reason: str,
) -> None:  # fmt: skip
    write(tmp_path / name, rows())
    found = documents_in(tmp_path / name)
    assert [document for _, document in found] == plain, reason
    places = list(dict.fromkeys(place for place, _ in found))
    assert places == [f"{tmp_path / name}:{int(first) + number}" for number in range(len(SEEDS))], reason


@pytest.mark.parametrize("rows", [whole_files, parted_files], ids=["whole", "parted"])
def test_a_row_gives_the_facts_of_the_file_it_would_be(tmp_path: Path, rows: Callable[[], Rows]) -> None:
    write_csv(tmp_path / "c.csv", rows())
    records = list(extract_records([str(tmp_path / "c.csv")], Options(strict=True)))
    assert without_place(records) == without_place(list(extract_records(map(str, SEEDS))))
    assert list(dict.fromkeys(record["document"] for record in records)) == [
        f"{tmp_path / 'c.csv'}:{number}" for number in range(2, 2 + len(SEEDS))
    ]


def test_a_row_says_what_front_matter_would(tmp_path: Path, reader: Reader) -> None:
    write_xlsx(
        tmp_path / "c.xlsx",
        [
            {
                "题名": "关于促进绿色发展的意见",
                "发文机关": "广东省人民政府",
                "文号": "粤府〔2022〕1号",
                "成文日期": datetime.date(2022, 6, 24),
                "发布日期": "2022年7月3日",
                "网址": "http://a.example/1",
                "地区": "广东省",
                "内容": "一、推进绿色发展。（省财政厅牵头，省科技厅配合）",
            }
        ],
    )
    (reading,) = reader.open(str(tmp_path / "c.xlsx"))
    document = reading.document
    assert (document.title, document.issuer) == ("关于促进绿色发展的意见", "广东省人民政府")
    assert (document.number, document.date, document.published) == ("粤府〔2022〕1号", "2022-06-24", "2022-07-03")
    assert (document.source, document.jurisdiction) == ("http://a.example/1", "广东省")
    assert [p.body.name for clause in reading.clauses for p in clause.participants] == ["广东省财政厅", "广东省科技厅"]
    assert [agency.official for agency in reading.actors] == ["广东省人民政府"]


def test_a_row_goes_before_the_front_matter_in_its_text(lexicons: Lexicons, reader: Reader) -> None:
    text = f"---\ntitle: 旧题\nnumber: 一号\n---\n{PLAN}"
    (reading,) = reader.open(Source("c.csv:2", "csv", text, {"title": "新题"}))
    assert (reading.document.title, reading.document.number, reading.document.path) == ("新题", "一号", "c.csv:2")
    assert lexicons.version


# ---- which column holds what

# columns, what is mapped, the column of each key, reason
COLUMNS = [
    (["标题", "正文"], "", {"title": "标题", "text": "正文"}, "usual names"),
    (["Title", "Full_Text", "pub-date"], "", {"title": "Title", "text": "Full_Text", "published": "pub-date"},
     "in English, without regard to case and signs"),
    (["内容", "正文"], "", {"text": "正文"}, "of two usual names the more usual"),
    (["内容", "正文"], "text=内容", {"text": "内容"}, "what is said goes before what is usual"),
    (["甲", "乙"], "text=乙,title=甲", {"text": "乙", "title": "甲"}, "names that nobody knows"),
    (["标题", "正文"], "text=标题", {"text": "标题"}, "a column holds one thing"),
    (["发布时间", "成文日期", "正文"], "date=发布时间", {"text": "正文", "date": "发布时间"},
     "a key is not guessed where it is said"),
    (["甲,乙", "丙"], "text=甲,乙,title=丙", {"text": "甲,乙", "title": "丙"}, "a comma in a name"),
    (["正文", "text"], "", {"text": "正文"}, "the order of names is the order of the lexicon"),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "mapped", "chosen", "reason"), COLUMNS, ids=[row[-1] for row in COLUMNS])
def test_columns_are_known_or_said(
    lexicons: Lexicons, tmp_path: Path, columns: list[str], mapped: str, chosen: dict[str, str], reason: str
) -> None:
    values = {column: f"2022-01-{index:02}" for index, column in enumerate(columns, 1)}
    write_json_lines(tmp_path / "c.jsonl", [values])
    mapping = parse_mapping([mapped] if mapped else [])
    (source,) = list_sources([str(tmp_path / "c.jsonl")], mapping, lexicons.corpora)
    wanted = {key: values[column] for key, column in chosen.items() if key != "text"}
    assert source.text == values[chosen["text"]], reason
    assert source.meta == wanted, reason


@pytest.mark.parametrize(
    ("part", "told"), [("text", "KEY=COLUMN"), ("=正文", "KEY=COLUMN"), ("txt=正文", "no known key")]
)
def test_a_mapping_that_is_none_is_told(part: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_mapping([part])


def test_a_mapping_in_python_is_held_against_the_keys() -> None:
    assert checked_mapping({"text": "正文"}) == {"text": "正文"}
    with pytest.raises(InputError, match="map one of text, title"):
        checked_mapping({"body": "正文"})


# a value of the column that says the kind, the kind, reason
KINDS = [("新闻", "news", "a word for news"), ("Policy", "policy", "in any case"), ("表格", "", "says nothing")]


@pytest.mark.parametrize(("said", "kind", "reason"), KINDS)
def test_a_column_can_say_the_kind(lexicons: Lexicons, tmp_path: Path, said: str, kind: str, reason: str) -> None:
    write_csv(tmp_path / "c.csv", [{"kind": said, "text": PLAN}])
    (source,) = list_sources([str(tmp_path / "c.csv")], {}, lexicons.corpora)
    assert source.meta.get("kind", "") == kind, reason


# ---- cells

# value, text, reason
CELLS = [
    (" 正文\n", "正文", "blanks around"),
    (None, "", "nothing"),
    (True, "", "a truth is no word"),
    ({"a": 1}, "", "nor is an object"),
    (float("nan"), "", "what pandas writes for nothing"),
    (3.0, "3", "a whole number in a sheet"),
    (2.5, "2.5", "another number"),
    (["一段", None, "二段"], "一段\n二段", "a list of paragraphs"),
    (datetime.datetime(2022, 6, 24), "2022-06-24", "a day in a sheet"),
    (datetime.datetime(2022, 6, 24, 8, 30), "2022-06-24T08:30:00", "a moment"),
    (datetime.date(2022, 6, 24), "2022-06-24", "a day in Parquet"),
    ("省\ud800厅", "省\ufffd厅", "half a pair of surrogates, as broken JSON has"),
]


@pytest.mark.parametrize(("value", "text", "reason"), CELLS, ids=[row[-1] for row in CELLS])
def test_cells_as_text(value: object, text: str, reason: str) -> None:
    assert cell_text(value) == text, reason


@given(st.text(st.characters()))
def test_the_text_of_any_cell_can_be_written(value: str) -> None:
    assert cell_text(value).encode("utf-8").decode("utf-8") == cell_text(value)
    assert cell_text(cell_text(value)) == cell_text(value)


# as it stands, the day, reason
DAYS = [
    ("2022年6月24日", "2022-06-24", "as documents write"),
    ("2022/6/4", "2022-06-04", "as Excel shows"),
    ("2022.06.24 10:30", "2022-06-24", "with the hour"),
    ("2022-6-4", "2022-06-04", "without zeros"),
    ("2022-06-24T20:00:00+00:00", "2022-06-25", "a moment elsewhere is a day in China"),
    ("20220624", "2022-06-24", "without signs"),
    ("发布：2022-07-13", "2022-07-13", "behind a short word"),
    ("1656000000000", "2022-06-24", "milliseconds, as pandas writes"),
    ("1656000000", "2022-06-24", "seconds"),
    ("Wed, 13 Jul 2022 08:09:28 GMT", "2022-07-13", "as feeds write"),
    ("近日", "", "no date"),
    ("2022年13月40日", "", "no such day"),
]


@pytest.mark.parametrize(("text", "day", "reason"), DAYS, ids=[row[-1] for row in DAYS])
def test_days_in_any_usual_form(text: str, day: str, reason: str) -> None:
    assert cell_day(text) == day, reason


# ---- what cannot be read


def faults(path: Path, lexicons: Lexicons, **mapping: str) -> list[str]:
    return [str(source.fault) for source in list_sources([str(path)], mapping, lexicons.corpora) if source.fault]


# name, content, what the one line says, reason
BAD: list[tuple[str, bytes, str, str]] = [
    ("c.csv", b"", "holds no rows", "empty"),
    ("c.csv", "标题,正文\n".encode(), "holds no rows below its header", "nothing but a header"),
    ("c.csv", "标题,备注\n甲,乙\n".encode(), "--map text=COLUMN: 标题, 备注", "no column of text"),
    ("c.csv", b"\xff\xff\xff\xff", "is not UTF-8 text, nor GB18030", "no text"),
    ("c.csv", b'"text', "c.csv:1: the quotes are wrong", "a quote in the header never closed"),
    ("c.csv", f'正文\n"{PLAN}'.encode(), "c.csv:2: the quotes are wrong", "a quote never closed"),
    ("c.csv", "标题,正文\n甲,一,二\n".encode(), "c.csv:2: the row has 3 cells where", "a comma too many"),
    ("c.csv", "标题,正文\n甲,\n".encode(), "c.csv:2: the row holds no text under 正文", "an empty cell"),
    ("c.csv", "标题,正文\n甲,无\n".encode(), "c.csv:2: the row holds no text under 正文", "a word for nothing"),
    ("c.xlsx", b"PK\x03\x04", "is no workbook that can be read", "a torn workbook"),
    ("c.xlsx", b"a,b", "is no workbook that can be read", "CSV under another name"),
    ("c.parquet", b"PAR1", "is no Parquet file that can be read", "torn Parquet"),
    ("c.json", b"{", "is not JSON", "broken off"),
    ("c.json", b"[" * 100_000, "nested too deep", "nested to harm"),
    ("c.json", b"[1, 2]", "holds no rows of text", "numbers"),
    ("c.json", b'{"version": 1}', "holds no rows of text", "settings"),
    ("c.jsonl", b"\n", "holds no rows", "nothing"),
    ("c.jsonl", b"{}\n", "holds no rows of text", "an empty object"),
    ("c.jsonl", b"1\n2\n", "holds no rows", "no objects"),
    ("c.jsonl", f'{{"text": "{PLAN[:10]}"}}\n{{"text"\n'.encode(), "c.jsonl:2: the line is not JSON", "a torn line"),
    ("c.jsonl", b'{"kind": "entity", "document": "a.txt", "type": "agency", "mention": "x"}\n', "holds no rows of text",
     "facts as the program prints them"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "told", "reason"), BAD, ids=[f"{row[0]} {row[-1]}" for row in BAD])
def test_what_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, lexicons: Lexicons, name: str, content: bytes, told: str, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (line,) = faults(tmp_path / name, lexicons)
    assert told in line, reason
    assert line.startswith(str(tmp_path / name)), reason
    assert "\n" not in line, reason


@pytest.mark.parametrize(("name", "write", "first", "reason"), FORMATS, ids=IDS)
def test_a_missing_column_is_told_with_those_there_are(
    tmp_path: Path, lexicons: Lexicons, name: str, write: Write, first: str, reason: str
) -> None:
    write(tmp_path / name, whole_files())
    (line,) = faults(tmp_path / name, lexicons, number="发文字号")
    assert line == f"{tmp_path / name}: has no column 发文字号; map number to one of: 编号, 正文", reason
    assert first


@pytest.mark.parametrize(("name", "write", "first", "reason"), FORMATS, ids=IDS)
def test_a_row_without_text_is_skipped_alone(
    tmp_path: Path, lexicons: Lexicons, name: str, write: Write, first: str, reason: str
) -> None:
    write(tmp_path / name, [{"标题": "甲", "正文": PLAN}, {"标题": "乙", "正文": ""}, {"标题": "丙", "正文": PLAN}])
    sources = list(list_sources([str(tmp_path / name)], {}, lexicons.corpora))
    assert [source.meta.get("title") for source in sources] == ["甲", None, "丙"], reason
    assert str(sources[1].fault).startswith(f"{tmp_path / name}:{int(first) + 1}: the row holds no text"), reason


def test_rows_before_damage_are_kept(tmp_path: Path, lexicons: Lexicons) -> None:
    text = f'正文\n"{PLAN}"\n\n"{PLAN}" x\n"{PLAN}"\n'
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    sources = list(list_sources([str(tmp_path / "c.csv")], {}, lexicons.corpora))
    assert [source.path for source in sources] == [f"{tmp_path}/c.csv:2", f"{tmp_path}/c.csv:4"]
    assert [bool(source.fault) for source in sources] == [False, True]
    data = pyarrow.Table.from_pylist([{"正文": f"{number} {PLAN}"} for number in range(200)])
    pyarrow.parquet.write_table(data, tmp_path / "c.parquet", row_group_size=100, compression="snappy")
    file = (tmp_path / "c.parquet").read_bytes()
    start = pyarrow.parquet.ParquetFile(tmp_path / "c.parquet").metadata.row_group(1).column(0).data_page_offset
    (tmp_path / "c.parquet").write_bytes(file[: start - 200] + b"\xff" * 400 + file[start + 200 :])
    sources = list(list_sources([str(tmp_path / "c.parquet")], {}, lexicons.corpora))
    assert [bool(source.fault) for source in sources] == [False] * (len(sources) - 1) + [True]


def test_a_text_that_excel_cut_is_not_read_as_whole(tmp_path: Path, lexicons: Lexicons) -> None:
    write_xlsx(tmp_path / "c.xlsx", [{"正文": "甲" * 32_767}, {"正文": "甲" * 32_766}])
    (line,) = faults(tmp_path / "c.xlsx", lexicons)
    assert "c.xlsx:2: the cell under 正文 is cut off" in line


@pytest.mark.parametrize(
    ("name", "library", "extra"), [("c.xlsx", "python_calamine", "xlsx"), ("c.parquet", "pyarrow", "parquet")]
)
def test_a_missing_library_is_told_with_how_to_get_it(
    tmp_path: Path, lexicons: Lexicons, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    monkeypatch.setitem(sys.modules, library, None)
    (line,) = faults(tmp_path / name, lexicons)
    assert f"pip install 'zhengce-kg[{extra}]'" in line


# ---- sheets


def test_a_title_may_stand_above_the_header(tmp_path: Path, lexicons: Lexicons) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["2022年政策汇总表"], [], ["序号", "标题", "正文"], [1, "甲", PLAN], [], [2, "乙", PLAN]):
        sheet.append(row)
    book.save(tmp_path / "c.xlsx")
    sources = list(list_sources([str(tmp_path / "c.xlsx")], {}, lexicons.corpora))
    assert [source.path.rpartition(":")[2] for source in sources] == ["4", "6"]
    assert [source.meta["title"] for source in sources] == ["甲", "乙"]


def test_every_sheet_with_texts_is_read_and_named(tmp_path: Path, lexicons: Lexicons) -> None:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in {"说明": [["本表说明"]], "省": [["正文"], [PLAN]], "市": [["正文"], [PLAN], [PLAN]]}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "c.xlsx")
    sources = list(list_sources([str(tmp_path / "c.xlsx")], {}, lexicons.corpora))
    assert [source.path.partition(":")[2] for source in sources] == ["说明", "省:2", "市:2", "市:3"]
    assert [source.path.partition(":")[2] for source in sources if source.fault] == ["说明"]


def test_a_json_object_is_one_row(tmp_path: Path, lexicons: Lexicons) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"title": "甲", "content": PLAN}), encoding="utf-8")
    (source,) = list_sources([str(tmp_path / "one.json")], {}, lexicons.corpora)
    assert (source.path, source.text, source.meta) == (str(tmp_path / "one.json"), PLAN, {"title": "甲"})


def test_a_cell_longer_than_the_csv_library_allows(tmp_path: Path, lexicons: Lexicons) -> None:
    write_csv(tmp_path / "c.csv", [{"正文": "绿" * 200_000}])
    (source,) = list_sources([str(tmp_path / "c.csv")], {}, lexicons.corpora)
    assert source.text is not None
    assert len(source.text) == 200_000


def test_rows_are_taken_as_they_are_needed(tmp_path: Path, lexicons: Lexicons) -> None:
    """The first rows are there though the last line is none."""
    with (tmp_path / "c.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps({"text": f"{number}"}) + "\n" for number in range(1000))
        stream.write("{")
    sources = list_sources([str(tmp_path / "c.jsonl")], {}, lexicons.corpora)
    assert [next(sources).text for _ in range(10)] == [str(number) for number in range(10)]
    assert [source.fault is not None for source in sources] == [False] * 990 + [True]


@settings(max_examples=40)  # each reads in a process of its own
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1, max_size=5))
def test_csv_gives_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever stands in a cell: line breaks, quotes, commas."""
    path = tmp_path_factory.mktemp("csv") / "c.csv"
    write_csv(path, [{"正文": text + "。", "标题": "甲"} for text in texts])
    sources = list(list_sources([str(path)], {}, WORDS.corpora))
    assert [source.text for source in sources] == [cell_text(text + "。") for text in texts]


def test_the_same_facts_by_hand(extract_text: ExtractText, tmp_path: Path) -> None:
    write_csv(tmp_path / "c.csv", [{"text": PLAN}])
    (extraction,) = extract_text(PLAN)
    found = list(extract_records([str(tmp_path / "c.csv")]))
    assert without_place(found) == without_place(list(records_of([extraction])))
    assert any(record["kind"] == "assignment" for record in found)
