"""Files made to harm, and files that are broken: each is a fault of one line, the others are read."""

from __future__ import annotations

import datetime
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import format_files as files
import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
from conftest import LEXICONS, ReadText
from growth import grows_with_length, limited, steps_of  # noqa: F401  # a fixture

from kg.documents import Source, find_sources, list_sources, read_documents, read_source
from kg.documents.read import read_document
from kg.errors import InputError, printable
from kg.extractors.reader import extract_sources
from kg.graph.namespaces import is_address
from kg.model.options import Options
from kg.processes import Limits
from kg.text.dates import iso_day
from kg.text.numerals import read_number
from kg.workflows import build

WORDS = LEXICONS
PLAN = "某省绿色发展实施方案\n一、推进绿色发展。（省财政厅牵头，省科技厅配合）"
ODD = os.fsdecode("公告".encode("gb18030") + b".txt")  # a name as unpacking a Chinese archive leaves it
SHOWN = r"\xb9\xab\xb8\xe6.txt"


def sources_of(path: Path, **mapping: str) -> list[Source]:
    return list(list_sources([str(path)], mapping, WORDS.corpora))


def faults_of(path: Path, **mapping: str) -> list[str]:
    return [str(source.fault) for source in sources_of(path, **mapping) if source.fault]


# ---- front matter, and dates wherever they stand

# front matter, title, day, reason
FRONT = [
    ("1: x\ntitle: 甲", "甲", "", "a key that is a number"),
    ("yes: x\nnull: y\ntitle: 甲", "甲", "", "keys that YAML takes for truths and for nothing"),
    ("title: 2035", "2035", "", "a title of figures"),
    ("title: [甲, 乙]", "正文。", "", "a list is no title"),
    ("title: {甲: 乙}", "正文。", "", "nor is a mapping"),
    ("title: ~", "正文。", "", "nothing"),
    ("title: !!timestamp foo", "foo", "", "a tag of YAML that does not fit its value"),
    ("title: !!bool foo", "foo", "", "another"),
    ("title: !!int ''", "正文。", "", "a number without figures"),
    ("title: !!binary $$$", "$$$", "", "bytes that are none"),
    ("title: !unknown 甲", "甲", "", "a tag that nobody knows"),
    ('title: "甲\\0乙"', "甲乙", "", "a null character written as an escape"),
    ("date: 0001-01-01T00:00:00+14:00", "正文。", "", "a moment before the first year"),
    ("date: 9999-12-31T23:59:59-14:00", "正文。", "", "and behind the last"),
    ("date: 2021-13-45", "正文。", "", "no such day"),
    ("date: [2021-01-02]", "正文。", "", "a list is no day"),
    ("date: true", "正文。", "", "nor is a truth"),
    ("date: 20210102", "正文。", "2021-01-02", "a day without signs"),
    ("date: 2021-01-02 16:22:09 +0800", "正文。", "2021-01-02", "a moment as YAML writes it"),
    ("date: Tue, 99 Aug 9999 99:99:99 +9999", "正文。", "", "a moment of a feed that cannot be"),
]


@pytest.mark.parametrize(("front", "title", "day", "reason"), FRONT, ids=[row[-1] for row in FRONT])
def test_any_value_of_front_matter(read_text: ReadText, front: str, title: str, day: str, reason: str) -> None:
    (document,) = read_text(f"---\nkind: news\n{front}\n---\n正文。\n")
    assert (document.title, document.published) == (title, day), reason


# front matter, what the one line says, reason
NO_FRONT = [
    ("? [a]\n: b", "is not YAML", "a key that is a list"),
    ("a: &a [*a]", "is not YAML", "a list within itself"),
    ("a: *b", "is not YAML", "a name that is given to nothing"),
    ("a: " + "[" * 5000, "is not YAML", "lists without end"),
    ("甲", "is not a list of keys and values", "a word"),
]


@pytest.mark.parametrize(("front", "told", "reason"), NO_FRONT, ids=[row[-1] for row in NO_FRONT])
def test_front_matter_that_is_none(read_text: ReadText, front: str, told: str, reason: str) -> None:
    with pytest.raises(InputError, match=told):
        read_text(f"---\n{front}\n---\n正文。\n")
    assert reason


def test_merged_keys_do_not_multiply(read_text: ReadText) -> None:
    levels = "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))
    (document,) = read_text(f"---\na0: &a0 {{x: y}}\n{levels}title: 甲\n---\n正文。\n")
    assert document.title == "甲"


# value, reason
NO_DAYS: list[tuple[object, str]] = [
    (datetime.datetime(1, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=14))), "before the first year"),
    (datetime.datetime(9999, 12, 31, 23, tzinfo=datetime.timezone(-datetime.timedelta(hours=9))), "behind the last"),
    (["2022-01-01"], "a list"),
    (True, "a truth"),
    (20220101, "a number"),
    ("2022-02-30", "no such day"),
    ("9" * 5000, "figures without end"),
]


@pytest.mark.parametrize(("value", "reason"), NO_DAYS, ids=[row[-1] for row in NO_DAYS])
def test_what_is_no_day(value: object, reason: str) -> None:
    assert iso_day(value) == "", reason


# numeral, what it counts, reason
NUMERALS = [
    ("12", 12, "figures"),
    ("十", 10, "ten alone"),
    ("二十一", 21, "tens and ones"),
    ("一百零五", 105, "an empty place"),
    ("一百一十", 110, "no ones"),
    ("二〇二四", 2024, "a year"),
    ("十百", 0, "places that rise"),
    ("二十十", 0, "a place twice"),
    ("甲", 0, "no numeral"),
    ("一" * 5000, 0, "signs without end"),
]


@pytest.mark.parametrize(("numeral", "value", "reason"), NUMERALS, ids=[row[-1] for row in NUMERALS])
def test_numerals_are_read(numeral: str, value: int, reason: str) -> None:
    assert read_number(numeral, ones="一二三四五六七八九", places="十百", noughts="零〇") == value, reason


# ---- text that no file can hold

# text of a file, the text of its document, reason
SIGNS = [
    ("甲\x07乙。", "甲乙。", "a control character"),
    ("<p>甲\x0b乙。</p>", "甲 乙。", "a break of the line from a word processor"),
    ("<p>甲&#xD800;乙。</p>", None, "half a character, written as a number"),
]


@pytest.mark.parametrize(("raw", "text", "reason"), SIGNS, ids=[row[-1] for row in SIGNS])
def test_every_text_can_be_written(read_text: ReadText, raw: str, text: str | None, reason: str) -> None:
    (document,) = read_text(raw)
    assert document.text.encode(), reason
    assert text is None or document.text == text, reason


# ---- Parquet

BAD_UTF8 = pyarrow.Array.from_buffers(
    pyarrow.string(), 2, [None, pyarrow.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pyarrow.py_buffer(b"\xff\xe4")]
)
FAR = pyarrow.array([2**62, 0], pyarrow.timestamp("us"))
FINE = pyarrow.array([1_656_000_000_123_456_789, None], pyarrow.timestamp("ns"))

# columns beside the text, which rows are faults, what is said of the document in the last row, reason
COLUMNS: list[tuple[dict[str, object], list[int], dict[str, str], str]] = [
    ({"标题": ["甲", "乙"]}, [], {"title": "乙"}, "words"),
    ({"注": BAD_UTF8}, [], {}, "bytes that are no UTF-8, in a column that nobody asked for"),
    ({"时刻": FAR}, [], {}, "a moment too far away, in a column that nobody asked for"),
    ({"标题": BAD_UTF8}, [1, 2], {}, "bytes that are no UTF-8"),
    ({"日期": FAR}, [1], {"date": "1970-01-01"}, "a moment too far away"),
    ({"日期": FINE}, [], {}, "a moment in nanoseconds"),
    ({"标题": pyarrow.array([{"a": 1}, {"a": 2}])}, [], {}, "values that hold others are no words"),
]


@pytest.mark.parametrize(("columns", "bad", "meta", "reason"), COLUMNS, ids=[row[-1] for row in COLUMNS])
def test_values_of_parquet(
    tmp_path: Path, columns: dict[str, object], bad: list[int], meta: dict[str, str], reason: str
) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"正文": [PLAN, PLAN], **columns}), tmp_path / "c.parquet")
    sources = sources_of(tmp_path / "c.parquet")
    assert [number for number, source in enumerate(sources, 1) if source.fault] == bad, reason
    if 2 not in bad:
        assert dict(sources[-1].meta) == meta, reason


def test_a_text_that_lies_once_in_parquet_is_not_read_without_end(tmp_path: Path) -> None:
    texts = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 100, pyarrow.int32()), ["甲" * (8 << 20)])
    pyarrow.parquet.write_table(pyarrow.table({"正文": texts}), tmp_path / "c.parquet", compression="zstd")
    assert (tmp_path / "c.parquet").stat().st_size < 10_000
    *read, last = sources_of(tmp_path / "c.parquet")
    assert "unpacks to over 200 times its size" in str(last.fault)
    assert len(read) < 20


# ---- workbooks


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: str = "") -> None:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    book.save(path)


def test_a_workbook_that_asks_for_all_memory_is_a_fault(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.cell(1_048_576, 16_384, "x")  # type: ignore[union-attr]  # there is a sheet
    book.save(tmp_path / "far.xlsx")
    (line,) = faults_of(tmp_path / "far.xlsx")
    assert line.startswith(f"{tmp_path}/far.xlsx: ")


PARTED = {
    "甲": [["部门", "题目", "文本"], ["甲局", "子", PLAN]],
    "乙": [["发布部门", "题目", "文本"], ["乙局", "丑", PLAN]],
}


def test_a_sheet_that_lacks_a_mapped_column_is_told(tmp_path: Path) -> None:
    workbook(tmp_path / "c.xlsx", PARTED)
    sources = sources_of(tmp_path / "c.xlsx", text="文本", title="题目", issuer="部门")
    assert [bool(source.fault) for source in sources] == [False, True]
    assert str(sources[1].fault) == (
        f"{tmp_path}/c.xlsx:乙: has no column 部门; map issuer to one of: 发布部门, 题目, 文本"
    )
    mapping = {"text": "文本", "title": "题目", "issuer": "部门"}
    with pytest.raises(InputError, match="has no column 部门"):
        build([str(tmp_path / "c.xlsx")], tmp_path / "out", Options(mapping=mapping, strict=True))
    report = build([str(tmp_path / "c.xlsx")], tmp_path / "out", Options(mapping=mapping)).report
    assert [line["path"] for line in report["skipped"]] == [f"{tmp_path}/c.xlsx:乙"]  # type: ignore[attr-defined]  # a list


def test_every_row_of_a_workbook_is_read_or_told(tmp_path: Path) -> None:
    rows = {"甲": [["正文"], [PLAN], [""], [PLAN]], "暗": [["正文"], [PLAN]], "空": [], "表": [["值"], ["a"]]}
    workbook(tmp_path / "c.xlsx", {**rows, "甲": [["标题", "正文"], ["a", PLAN], ["b", ""], ["c", PLAN]]}, hidden="暗")
    sources = sources_of(tmp_path / "c.xlsx")
    places = [(source.path.partition(".xlsx:")[2], bool(source.fault)) for source in sources]
    assert places == [("甲:2", False), ("甲:3", True), ("甲:4", False), ("暗:2", False), ("表", True)]


def test_a_merged_cell_speaks_for_each_of_its_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in (["发文机关", "正文"], ["甲局", PLAN], [None, PLAN], ["乙局", PLAN]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "c.xlsx")
    assert [source.meta.get("issuer") for source in sources_of(tmp_path / "c.xlsx")] == ["甲局", "甲局", "乙局"]


# name, how its rows are written, reason
CUT: list[tuple[str, Callable[[str], str], str]] = [
    ("c.csv", lambda text: f"正文\n{text}\n", "CSV that Excel wrote"),
    ("c.jsonl", lambda text: json.dumps({"正文": text}) + "\n", "JSON made of a workbook"),
]


@pytest.mark.parametrize(("name", "write", "reason"), CUT, ids=[row[0] for row in CUT])
def test_a_text_that_excel_cut_is_told_in_any_format(
    tmp_path: Path, name: str, write: Callable[[str], str], reason: str
) -> None:
    for length, cut in ((32_766, False), (32_767, True), (32_768, False)):
        (tmp_path / name).write_text(write("甲" * length), encoding="utf-8")
        (source,) = sources_of(tmp_path / name)
        assert bool(source.fault) == cut, reason
        assert not cut or "cut off, as Excel does at 32,767 characters" in str(source.fault)


def test_a_line_of_json_longer_than_any_text_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.documents.corpora.json_rows.TEXT_SIZE", 1000)
    lines = [json.dumps({"正文": text}) for text in (PLAN[:20], "x" * 5000, PLAN[:20])]
    (tmp_path / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [bool(source.fault) for source in sources_of(tmp_path / "c.jsonl")] == [False, True, False]


# ---- DOCX and PDF


def packed(data: bytes, method: int) -> bytes:
    """Pack the parts of a DOCX in another way."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


WORD = files.to_docx("甲方案", ["一、由省财政厅牵头。"] * 20)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_docx_damaged_in_any_packing_is_a_fault(tmp_path: Path, method: int) -> None:
    data = bytearray(packed(WORD, method))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("word/document.xml")
    middle = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    data[middle : middle + 20] = b"\xff" * 20
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(InputError, match=r"a\.docx: the DOCX is broken off or damaged"):
        read_documents(str(tmp_path / "a.docx"), WORDS.documents)


def docx(body: str, **parts: str) -> bytes:
    extra = {f"word/{name}.xml": text.encode() for name, text in parts.items()}
    return files.repacked(WORD, {"word/document.xml": files.document_xml(body), **extra})


def test_a_note_that_names_itself_is_read_once(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    inner = f'<w:footnote w:id="2"><w:p><w:r><w:t>注文</w:t></w:r>{mark}</w:p></w:footnote>'
    note = f'<w:footnotes xmlns:w="{files.W}">{inner}</w:footnotes>'
    (tmp_path / "a.docx").write_bytes(docx(f"<w:p><w:r><w:t>甲</w:t></w:r>{mark * 50}</w:p>", footnotes=note))
    (document,) = read_documents(str(tmp_path / "a.docx"), WORDS.documents)
    assert document.text == "甲\n注文"


def test_a_part_of_a_docx_that_is_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:altChunk/>"))
    read = read_source(Source(str(tmp_path / "a.docx"), "docx"), WORDS.documents)
    assert [document.text for document in read.documents] == ["甲"]
    assert [fault.where for fault in read.unread] == [str(tmp_path / "a.docx")]


def pages(*contents: bytes, picture: int = -1) -> bytes:
    """Return a PDF with a page for each content; the page numbered `picture` shows a picture too."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(contents)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
               b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
               b"stream\n\0\nendstream"]  # fmt: skip
    for number, content in enumerate(contents):
        drawn = content + (b" q 500 0 0 700 0 0 cm /I Do Q" if number == picture else b"")
        stream = zlib.compress(drawn)
        objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>"
                    b"/XObject<</I 4 0 R>>>>>>" % (6 + 2 * number),
                    b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream)]  # fmt: skip
    return files.pdf(*objects)


def shown(*lines: str) -> bytes:
    return b"BT /F 12 Tf 50 700 Td 14 TL " + b"".join(b"(%s) Tj T* " % line.encode() for line in lines) + b"ET"


def test_a_page_of_a_pdf_that_is_a_scan_is_told(tmp_path: Path) -> None:
    first, last = shown("Some words that can be read.", "And more of them."), shown("Other words.", "Yet more.")
    (tmp_path / "a.pdf").write_bytes(pages(first, shown("2"), last, b"", picture=1))
    read = read_source(Source(str(tmp_path / "a.pdf"), "pdf"), WORDS.documents)
    assert len(read.documents) == 1
    assert list(map(str, read.unread)) == [f"{tmp_path}/a.pdf:2: the page holds a picture and no text; run OCR first"]
    told: list[str] = []
    report = build([str(tmp_path / "a.pdf")], tmp_path / "out", Options(tell=lambda f: told.append(f.where))).report
    assert told == [f"{tmp_path}/a.pdf:2"]
    assert [line["path"] for line in report["skipped"]] == told  # type: ignore[attr-defined]  # a list
    with pytest.raises(InputError, match=r"a\.pdf:2: the page holds a picture and no text"):
        build([str(tmp_path / "a.pdf")], tmp_path / "out", Options(strict=True))


def ruled(count: int) -> bytes:
    """Draw a frame from whose sides short lines stand in, which make a grid of count times count squares."""
    frame = b"0 0 m 590 0 l S 590 0 m 590 800 l S 590 800 m 0 800 l S 0 800 m 0 0 l S "
    stubs = (b"%d 0 m %d 5 l S 0 %d m 5 %d l S " % (4 * at, 4 * at, 4 * at, 4 * at) for at in range(1, count))
    return frame + b"".join(stubs) + shown("Some words in a table.", "And more of them.")


# ---- growth: twice the text takes twice the steps

# name of the file, its text for a number, reason
GROWING: list[tuple[str, Callable[[int], str], str]] = [
    ("a.html", lambda n: "<p>甲</p>" + "<p " * n, "tags never closed"),
    ("a.html", lambda n: "<p>甲（</p>" + "<p>乙）丙（</p>" * n, "brackets that the next paragraph closes"),
    ("a.html", lambda n: "<table>" + "<tr><td rowspan=200 colspan=9>甲</td></tr>" * (n // 8) + "</table>",
     "merged cells over one another"),
    ("a.md", lambda n: "1. 甲\n" * n, "a numbered list"),
    ("a.md", lambda n: "# 甲\n" + "**a " * n, "stress never ended"),
    ("a.md", lambda n: "[" * n + "甲", "links never ended"),
    ("a.md", lambda n: "> - 甲\n\n" * n, "lists in quotations"),
    ("a.md", lambda n: "*a **b " * n, "stress in stress"),
    ("a.txt", lambda n: "发文机关：\n" * n + "甲。", "labels without values"),
    ("a.txt", lambda n: "（甲\n" * n, "brackets never closed"),
]  # fmt: skip


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize(("name", "write", "reason"), GROWING, ids=[row[-1] for row in GROWING])
def test_reading_grows_with_the_text(name: str, write: Callable[[int], str], reason: str) -> None:
    def steps(number: int) -> int:
        return steps_of(lambda: _read_or_refuse(name, write(number)))

    assert grows_with_length(steps(200), steps(400), steps(800)), reason


def _read_or_refuse(name: str, text: str) -> object:
    try:
        return read_document(name, text, WORDS.documents, WORDS.numbering.starts_item)
    except InputError as error:
        return error


@pytest.mark.usefixtures("limited")
def test_lines_drawn_on_a_page_cost_no_more_than_their_squares(tmp_path: Path) -> None:
    def steps(count: int) -> int:
        (tmp_path / "a.pdf").write_bytes(pages(ruled(count)))
        return steps_of(lambda: read_documents(str(tmp_path / "a.pdf"), WORDS.documents))

    assert steps(100) < 5 * steps(50)


def test_lists_nested_deep_are_read_or_refused_never_dropped() -> None:
    for depth in (25, 60, 90):
        text = "\n".join("  " * at + f"- 甲{at}" for at in range(depth))
        (document,) = read_document("a.md", text, WORDS.documents)
        assert f"甲{depth - 1}" in document.text
    with pytest.raises(InputError, match="nested too deep to be read"):
        read_document("a.md", "> " * 5000 + "甲", WORDS.documents)


def test_merged_cells_over_more_than_any_table_holds_are_refused(read_text: ReadText) -> None:
    with pytest.raises(InputError, match="merged cells over more than 100000 squares"):
        read_text("<table>" + "<tr><td rowspan=200 colspan=200>甲</td></tr>" * 60 + "</table>")


# ---- names, addresses, folders

# text, as it is shown, reason
NAMES = [
    ("公告.txt", "公告.txt", "a name like others"),
    (ODD, SHOWN, "bytes that are no UTF-8"),
    ("a\nb.txt", "a b.txt", "a break of the line"),
    ("\x1b[31m.txt", r"\x1b[31m.txt", "what moves a terminal"),
    ("\ud800.txt", r"\ud800.txt", "half a character"),
]


@pytest.mark.parametrize(("name", "wanted", "reason"), NAMES, ids=[row[-1] for row in NAMES])
def test_names_are_shown_on_one_line(name: str, wanted: str, reason: str) -> None:
    assert printable(name) == wanted, reason
    assert str(InputError(name, "is empty")) == f"{wanted}: is empty", reason


def test_a_name_that_is_no_utf8_is_built_and_shown(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in ((ODD, PLAN), (f"x{ODD}", ""), (f"{ODD[:-4]}.csv", f"正文\n{PLAN[11:]}\n\n")):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    told: list[str] = []
    done = build([str(tmp_path / "in")], tmp_path / "out", Options(tell=lambda fault: told.append(str(fault))))
    assert told == [f"{tmp_path}/in/x{SHOWN}: the file is empty; fetch the document again"]
    paths = [line["path"] for line in done.report["documents"]]  # type: ignore[attr-defined]  # a list
    assert paths == [f"{tmp_path}/in/{SHOWN[:-4]}.csv:2", f"{tmp_path}/in/{SHOWN}"]
    assert SHOWN in (done.folder / "facts.jsonl").read_text(encoding="utf-8").replace("\\\\", "\\")


# address, whether it is one, reason
ADDRESSES = [
    ("http://a.example/b?c=d#e", True, "an address"),
    ("http://a.example/公告", True, "with Chinese characters"),
    ("http://a.example/100%", False, "a sign of per cent that escapes nothing"),
    ("http://a.example/a#b#c", False, "two fragments"),
    ("http://a.example/[b]", False, "square brackets"),
    ("http://a.example/a b", False, "a blank"),
    ("http:///b", False, "no host"),
    ("ftp://a.example/", False, "another protocol"),
    ("http://a.example/\ud800", False, "half a character"),
]


@pytest.mark.parametrize(("address", "good", "reason"), ADDRESSES, ids=[row[-1] for row in ADDRESSES])
def test_addresses(address: str, good: bool, reason: str) -> None:
    assert is_address(address) == good, reason


def test_an_address_that_is_none_stays_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"---\nlink: http://a.example/100%\n---\n{PLAN}", encoding="utf-8")
    done = build([str(tmp_path / "a.txt")], tmp_path / "out")
    assert '"http://a.example/100%"' in (done.folder / "graph.nq").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="is no base for identifiers"):
        build([str(tmp_path / "a.txt")], tmp_path / "out", Options(base="http://a.example/100%/"))
    with pytest.raises(InputError, match="is no address of a licence"):
        build([str(tmp_path / "a.txt")], tmp_path / "out", license="http://a.example/a#b#c")


def test_what_a_folder_holds_is_read_or_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    contents = {"a.txt": PLAN, "b.ofd": "PK\x03\x04OFD.xml", "c.zip": "PK\x03\x04", "d.yaml": "a: b",
                "e.mht": "MIME-Version: 1.0\nContent-Type: multipart/related\n", "deep/f.rtf": "{\\rtf1}"}  # fmt: skip
    for name, text in contents.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    told: list[str] = []
    report = build(["in"], tmp_path / "out", Options(tell=lambda fault: told.append(str(fault)))).report
    assert [line.split(";")[0] for line in told] == [
        "in/b.ofd: the OFD file is broken off or damaged (File is not a zip file)",
        "in/c.zip: the archive is broken off or damaged (File is not a zip file)",
        "in/deep/f.rtf: the file holds no text",
        "in/e.mht: is a page saved in one file (MHTML) that holds no text",
        "in/gone.txt: cannot be read (No such file or directory)",
    ]
    assert report["left alone"] == ["in/d.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "in" / "closed").chmod(0)
    found = find_sources([str(tmp_path / "in")])
    assert found == [f"{tmp_path}/in/a.txt", f"{tmp_path}/in/closed"]
    (_, outcome) = extract_sources(list_sources(found, {}, WORDS.corpora))
    assert "the folder cannot be opened (Permission denied)" in str(outcome.fault)


# ---- the net


def test_a_build_outlives_a_poisonous_file_of_each_kind(tmp_path: Path) -> None:
    """Among good files stand those that raise, hang in a library, end the process or ask for all memory."""
    (tmp_path / "in").mkdir()
    bad: dict[str, bytes] = {
        "a.txt": "---\na: *b\n---\n正文".encode(),
        "b.html": b"<table>" + b"<tr><td rowspan=200 colspan=200>x</td></tr>" * 60 + b"</table>",
        "c.md": b"> " * 5000,
        "d.docx": WORD[: len(WORD) // 2],
        "e.pdf": b"%PDF-1.7\n%%EOF",
        "f.json": b"[" * 100_000,
        "g.parquet": b"PAR1",
        "h.csv": '正文\n"'.encode(),
        "i.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    }
    for name, data in bad.items():
        (tmp_path / "in" / name).write_bytes(data)
    book = openpyxl.Workbook()
    book["Sheet"].cell(1_048_576, 16_384, "x")
    book.save(tmp_path / "in" / "j.xlsx")
    good = [f"{number:02}{name}" for number in range(4) for name in ("a.txt", "z.txt")]
    for number, name in enumerate(good):
        text = PLAN.replace("绿色发展。", f"第{number}项工作。")
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    results = {}
    for workers in (1, 3):
        told: list[str] = []
        options = Options(workers=workers, tell=lambda fault: told.append(str(fault)))  # noqa: B023  # used at once
        report = build([str(tmp_path / "in")], tmp_path / f"out{workers}", options).report
        results[workers] = told, (tmp_path / f"out{workers}" / "graph.nq").read_bytes()
        assert [Path(line["path"]).name for line in report["documents"]] == good  # type: ignore[attr-defined]  # a list
    assert results[1] == results[3]
    files_told = [line.removeprefix(f"{tmp_path}/in/").partition(":")[0] for line in results[1][0]]
    assert files_told == [*bad, "j.xlsx"]
    assert not any("\n" in line for line in results[1][0])


def test_a_source_beyond_its_limits_is_a_fault_and_the_next_is_read() -> None:
    long = Source("long.txt", "txt", text=(PLAN + "\n") * 40_000)
    short = Source("short.txt", "txt", text=PLAN)
    outcomes = list(extract_sources([long, short], limits=Limits(seconds=1, memory=4 << 30)))
    assert str(outcomes[0].fault).startswith("long.txt: takes over 1 seconds of processor time")
    assert len(outcomes[1].extractions) == 1
