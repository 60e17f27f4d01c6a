"""Documents as users have them: every format gives the facts of its plain text, and every bad file one clear line."""

from __future__ import annotations

import io
import json
import random
import re
import struct
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import format_files as files
import pytest
from conftest import LEXICONS, SEEDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from kg.documents import limits as limits_module
from kg.documents import read_documents
from kg.documents.encodings import decode
from kg.errors import InputError
from kg.exports.records import records_of
from kg.extractors.reader import Reader, extract_reading
from kg.extractors.registry import Extractor
from kg.model.document import Block, Document
from kg.text.numerals import write_number

WORDS = LEXICONS
W = f'xmlns:w="{files.W}"'

Read = Callable[..., tuple[Document, ...]]
Facts = Callable[[tuple[Document, ...]], Counter[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes under a name and read them as a user's file."""

    def read_bytes(data: bytes, name: str = "file.bin") -> tuple[Document, ...]:
        file = tmp_path / name
        file.write_bytes(data)
        return read_documents(str(file), WORDS.documents, WORDS.numbering.starts_item)

    return read_bytes


@pytest.fixture(scope="session")
def facts(reader: Reader, extractors: tuple[Extractor, ...]) -> Facts:
    """Give the records of documents, without where they stand."""
    places = {"document", "start", "end", "iri", "measure"}

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(held) for key, held in value.items() if key not in places}
        return [bare(held) for held in value] if isinstance(value, list | tuple) else value

    def facts_of(documents: tuple[Document, ...]) -> Counter[str]:
        done = [extract_reading(reading, extractors) for reading in reader.read(documents)]
        return Counter(json.dumps(bare(record), ensure_ascii=False, sort_keys=True) for record in records_of(done))

    return facts_of


@pytest.fixture(scope="module")
def to_pdf(browser: Browser) -> Iterator[files.Print]:
    with files.printer(browser) as print_page:
        yield print_page


def _policy() -> tuple[str, list[str]]:
    """Return the title and the paragraphs of the policy that seed 002 prints."""
    policy = read_documents(str(SEEDS[2]), WORDS.documents, WORDS.numbering.starts_item)[1]
    return policy.title, [policy.quote(block.span) for block in policy.blocks]


TITLE, PARAGRAPHS = _policy()
PLAIN = "\n".join([TITLE, *PARAGRAPHS])
TRADITIONAL = ["臺北市政府辦公廳關於印發綠色金融實施方案的通知", "一、發展綠色信貸。（財政局牽頭，環境保護局配合）"]

# A plan as a table: a task over two rows, a heading over all columns, who leads and who supports.
PLAN: files.Table = [
    ["序号", "重点任务", "主要措施", "牵头单位", "配合单位"],
    [("一、绿色信贷", 1, 5)],
    ["1", ("发展绿色信贷", 2, 1), "建立绿色信贷统计制度", "省地方金融监管局", "省财政厅、人民银行广州分行"],
    ["2", "开展绿色信贷考核", "人民银行广州分行", "广东银保监局"],
    [("二、绿色债券", 1, 5)],
    ["3", "发展绿色债券", "支持企业发行绿色债券", ("省发展改革委", 1, 2)],
]
PLAN_LEAD = "广东省发展绿色金融重点任务分工方案"


def grid(document: Document) -> dict[tuple[int, int, int], str]:
    cells: list[Block] = [block for block in document.blocks if block.kind == "cell"]
    return {(cell.table, cell.row, cell.column): document.quote(cell.span) for cell in cells}


def lines(documents: tuple[Document, ...]) -> list[str]:
    return [document.quote(block.span) for document in documents for block in document.blocks]


# ---- the same facts in every format


@pytest.fixture(scope="session")
def plain_facts(tmp_path_factory: pytest.TempPathFactory, facts: Facts) -> Counter[str]:
    file = tmp_path_factory.mktemp("plain") / "plain.txt"
    file.write_text(PLAIN, encoding="utf-8")
    found = facts(read_documents(str(file), WORDS.documents, WORDS.numbering.starts_item))
    assert found.total() > 200
    return found


@pytest.mark.parametrize("automatic", [False, True], ids=["numbers in the text", "numbers in the list"])
def test_docx_gives_the_facts_of_its_text(
    read: Read, facts: Facts, plain_facts: Counter[str], *, automatic: bool
) -> None:
    documents = read(files.to_docx(TITLE, PARAGRAPHS, automatic=automatic), "plan.docx")
    assert lines(documents) == PLAIN.split("\n")
    assert facts(documents) == plain_facts


@pytest.mark.browser
def test_pdf_gives_the_facts_of_its_text(
    read: Read, facts: Facts, plain_facts: Counter[str], to_pdf: files.Print
) -> None:
    documents = read(to_pdf(files.printable(TITLE, PARAGRAPHS), head=TITLE), "plan.pdf")
    assert lines(documents) == PLAIN.split("\n")
    assert facts(documents) == plain_facts


def test_markdown_gives_the_facts_of_its_text(read: Read, facts: Facts, plain_facts: Counter[str]) -> None:
    marked = [f"## {line}" if re.match("[一二三]、", line) else line for line in PARAGRAPHS]
    stressed = [re.sub("^（[一二三四五六]）([^。]{4,12}。)", r"**\g<0>**", line) for line in marked]
    documents = read("\n\n".join([f"# {TITLE}", *stressed]).encode(), "plan.md")
    assert lines(documents) == PLAIN.split("\n")
    assert facts(documents) == plain_facts


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_document(
    read: Read, facts: Facts, plain_facts: Counter[str], encoding: str
) -> None:
    documents = read(PLAIN.encode(encoding), "plan.txt")
    assert "\n".join(lines(documents)) == PLAIN
    assert facts(documents) == plain_facts


def test_big5_keeps_its_characters_and_gives_the_facts_of_its_text(read: Read, facts: Facts) -> None:
    text = "\n".join(TRADITIONAL)
    documents = read(text.encode("big5"))
    assert documents[0].text == text
    assert facts(documents) == facts(read(text.encode()))


# ---- pages of government sites


def with_page(title: str, paragraphs: list[str]) -> bytes:
    """Return the bare text with what the page says of it as front matter."""
    front = f"title: {title}\nissuer: 广东省人民政府办公厅\nnumber: 粤办函〔2022〕219号\ndate: 2022-06-24\n"
    return "\n".join(["---", f"{front}published: 2022-07-13\n---", title, *paragraphs]).encode()


@pytest.mark.parametrize("box", ["table", "dl", "divs", "bare"])
def test_a_page_of_a_site_gives_the_facts_of_its_text(read: Read, facts: Facts, box: str) -> None:
    page = read(files.gov_page(TITLE, PARAGRAPHS, box=box).encode(), "page.html")
    bare = read(with_page(TITLE, PARAGRAPHS), "bare.txt")
    assert lines(page) == lines(bare)
    assert facts(page) == facts(bare)


@pytest.mark.parametrize("box", ["table", "dl", "divs", "bare"])
def test_a_page_says_who_issued_the_document_and_when(read: Read, box: str) -> None:
    (document,) = read(files.gov_page(TITLE, PARAGRAPHS, box=box).encode(), "page.html")
    assert (document.kind, document.title) == ("policy", TITLE)
    assert (document.issuer, document.number) == ("广东省人民政府办公厅", "粤办函〔2022〕219号")
    assert (document.date, document.published) == ("2022-06-24", "2022-07-13")
    assert document.publisher == "广东省人民政府办公厅"
    assert document.source == "http://www.example.gov.cn/zwgk/wjk/qbwj/yfb/content_3972424.html"


def test_front_matter_goes_before_what_the_page_says(read: Read) -> None:
    front = "---\ntitle: 甲\nissuer: 乙局\npublisher: 丙网\nsource: http://d.example/\ndate: 2020-01-02\n---\n"
    (document,) = read((front + files.gov_page(TITLE, PARAGRAPHS)).encode())
    assert (document.title, document.issuer, document.publisher) == ("甲", "乙局", "丙网")
    assert (document.source, document.date) == ("http://d.example/", "2020-01-02")
    assert document.number == "粤办函〔2022〕219号"


def test_without_a_box_the_elements_of_the_head_say_it(read: Read) -> None:
    (document,) = read(files.gov_page(TITLE, PARAGRAPHS, box="").encode())
    assert (document.title, document.published) == (TITLE, "2022-07-13")
    assert document.publisher == "广东省人民政府办公厅"


# what stands around two paragraphs of a page, what is left of it, reason
AROUND = [
    ('<div class="nav">首页 要闻</div>{}', [], "a navigation"),
    ("<div>当前位置：首页 &gt; 文件</div>{}", [], "a breadcrumb"),
    ("<div>首页 &gt; 政务公开 &gt; 通知</div>{}", [], "a breadcrumb without a label"),
    ("{}<p>【打印】 【关闭】</p>", [], "buttons"),
    ("{}<p>[<a>大</a>] [<a>中</a>] [<a>小</a>]</p>", [], "sizes of the type"),
    ("{}<p>主办：某省政府 承办：某中心</p><p>粤ICP备1234号</p>", [], "a footer in no element of its own"),
    ("{}<p>某省财政厅</p><p>2022年6月24日</p>", ["某省财政厅", "2022年6月24日"], "who signs and when stays"),
    ("{}<p>附件：重点任务分工表.docx</p>", ["附件：重点任务分工表.docx"], "an attachment stays"),
    ('{}<div style="display: none">看不见</div>', [], "what is hidden"),
    ("{}<ul><li><a>相关一</a></li><li><a>相关二</a></li></ul>", [], "a list of links"),
    (
        '{}<p>见<a href="#">《甲规划》</a>和<a>《乙》</a>所列。</p>',
        ["见《甲规划》和《乙》所列。"],
        "links in a text stay",
    ),
    ("<table><tr><td>导航</td><td><div>栏目</div>{}<p></p></td></tr></table>", [], "a table for layout"),
    ("<table><tr><td><table><tr><td>{}<br><br></td></tr></table></td></tr></table>", [], "tables in one another"),
    ("<p>2022-01-29 16:22　来源：某报　作者：张三</p>{}", [], "a line of day, source and author"),
    ('<form id="aspnetForm">{}</form>', [], "a site that wraps its pages in a form"),
    ('<div class="header main">{}</div>', [], "an article in an element with the name of furniture"),
    ("{}<p>主办单位：省科技厅。请各单位报名。</p>", ["主办单位：省科技厅。请各单位报名。"], "a sentence of the text"),
]


@pytest.mark.parametrize(("around", "left", "reason"), AROUND, ids=[row[2] for row in AROUND])
def test_what_stands_around_an_article(read: Read, around: str, left: list[str], reason: str) -> None:
    article = ["第一段由省财政厅牵头实施，并做好有关工作。", "第二段由省科技厅牵头实施，并做好有关工作。"]
    inner = around.format("".join(f"<p>{text}</p>" for text in article))
    found = lines(read(f"<html><head><title>网</title></head><body>{inner}</body></html>".encode()))
    assert [line for line in found if line not in article] == left, reason
    assert [line for line in found if line in article] == article, reason


def test_a_line_that_begins_with_the_day_says_when_and_whence(read: Read) -> None:
    line = "<p>2022-01-29 16:22　来源：某报　作者：张三</p>"
    (document,) = read(f"<html><body><h1>会议召开</h1>{line}<p>记者获悉，会议召开。</p></body></html>".encode())
    assert (document.kind, document.published, document.publisher) == ("news", "2022-01-29", "某报")


def test_a_table_whose_header_reads_like_labels_is_no_box(read: Read) -> None:
    table = files.html_table([["名称", "文号", "发布日期"], ["甲办法", "甲发〔2020〕1号", "2020-01-01"]])
    (document,) = read(f"<html><body><p>下列文件废止。</p>{table}</body></html>".encode())
    assert document.number == ""
    assert grid(document)[0, 0, 0] == "名称"


# ---- tables with merged cells


def plan_page() -> bytes:
    return f"<html><body><h1>{PLAN_LEAD}</h1>{files.html_table(PLAN)}</body></html>".encode()


WANTED = {(0, r + d, c + e): text for (r, c), (text, down, right) in files.placed(PLAN)
          for d in range(down) for e in range(right)}  # fmt: skip


def test_merged_cells_of_docx_stand_where_those_of_html_do(read: Read, facts: Facts) -> None:
    page, word = read(plan_page(), "plan.html"), read(files.docx_table(PLAN, PLAN_LEAD), "plan.docx")
    assert grid(page[0]) == grid(word[0]) == WANTED
    found = facts(word)
    assert found == facts(page)
    assert sum('"kind": "assignment"' in record for record in found.elements()) >= 3


@pytest.mark.browser
def test_merged_cells_of_pdf_stand_where_those_of_html_do(read: Read, facts: Facts, to_pdf: files.Print) -> None:
    printed = read(to_pdf(files.printable(PLAN_LEAD, [], PLAN)), "plan.pdf")
    assert grid(printed[0]) == WANTED
    assert facts(printed) == facts(read(plan_page(), "plan.html"))


@pytest.mark.browser
@pytest.mark.parametrize("repeated", [True, False], ids=["header on each page", "header once"])
def test_a_table_broken_over_pages_is_one(read: Read, to_pdf: files.Print, *, repeated: bool) -> None:
    header = ["序号", "重点任务", "责任单位"]
    rows = [[str(n), f"第{n}项任务，" + "推动有关工作落实见效" * 4 + "。", "省财政厅"] for n in range(1, 41)]
    markup = files.printable("任务分工表", ["现将任务分工如下。"], [header, *rows])
    head = markup.replace("<table><tr>", "<table><thead><tr>", 1).replace("</tr>", "</tr></thead>", 1)
    printed = read(to_pdf(head if repeated else markup), "long.pdf")
    found = grid(printed[0])
    assert {place[0] for place in found} == {0}
    assert [found[0, row, column] for row in range(41) for column in range(3)] == [
        cell for row in (header, *rows) for cell in row
    ]


# ---- DOCX: numbers, changes, boxes, notes


def word(body: str, numbering: tuple[tuple[str, str], ...] = (), **parts: str) -> bytes:
    document = docx.Document()
    if numbering:
        files.with_list(document, *numbering)
    data = files.docx_bytes(document)
    extra = {f"word/{name}.xml": text.encode() for name, text in parts.items()}
    return files.repacked(data, {"word/document.xml": files.document_xml(body), **extra})


def para(*runs: str, level: int | None = None, style: str = "") -> str:
    numbered = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{inner}</w:p>"


LISTS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))

# body, lines, reason
BODIES = [
    (para("甲", level=0) + para("乙", level=1) + para("丙", level=1) + para("丁", level=0) + para("戊", level=1),
     ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"], "a level begins anew under the next item above it"),
    (para("2025年实现", level=2), ["1. 2025年实现"], "a number is parted from a year"),
    (para(level=0) + para("乙", level=0), ["二、乙"], "an empty item counts, as Word shows it"),
    (para("甲") + para("乙", level=0), ["甲", "一、乙"], "a paragraph outside the list"),
    (para("由", '<w:del w:id="1"><w:r><w:delText>财政厅</w:delText></w:r></w:del>',
          '<w:ins w:id="2"><w:r><w:t>科技厅</w:t></w:r></w:ins>', "牵头"), ["由科技厅牵头"], "tracked changes"),
    ('<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>由财政厅</w:t></w:r></w:p>' + para("牵头"),
     ["由财政厅牵头"], "a struck-out end of a paragraph"),
    ('<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>', ["甲", "乙"], "a break of the line"),
    (para("甲", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"), ["甲"], "hidden text"),
    (para("甲", "<w:r><w:instrText>PAGE</w:instrText></w:r>", "<w:fldSimple><w:r><w:t>3</w:t></w:r></w:fldSimple>"),
     ["甲3"], "a field shows its result"),
    ("<w:sdt><w:sdtContent>" + para("甲") + "</w:sdtContent></w:sdt>", ["甲"], "a control"),
    (para('<w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink>', "乙"), ["甲乙"], "a link"),
    (para("甲", "<w:r><w:pict><w:txbxContent>" + para("框") + "</w:txbxContent></w:pict></w:r>", "乙"),
     ["甲乙", "框"], "a text box follows the paragraph it hangs on"),
    (para("乙", style="TOC1") + para("甲"), ["乙", "甲"], "a style that the file does not define is none"),
    ("<w:tbl><w:tr><w:tc>" + para("甲") + para("乙") + "</w:tc></w:tr></w:tbl>", ["甲\n乙"], "paragraphs in a cell"),
    ("<w:p><w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>",
     ["甲-乙 丙"], "signs of their own"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted", "reason"), BODIES, ids=[row[2] for row in BODIES])
def test_bodies_of_docx(read: Read, body: str, wanted: list[str], reason: str) -> None:
    assert lines(read(word(body, LISTS))) == wanted, reason


def test_notes_follow_their_paragraph_and_heads_are_left_out(read: Read) -> None:
    note = f'<w:footnotes {W}><w:footnote w:id="2">{para("注文")}</w:footnote></w:footnotes>'
    head = f"<w:hdr {W}>{para('页眉')}</w:hdr>"
    body = para("甲", '<w:r><w:footnoteReference w:id="2"/></w:r>') + para("乙")
    assert lines(read(word(body, footnotes=note, header1=head))) == ["甲", "注文", "乙"]


def test_headings_of_docx_are_headings(read: Read) -> None:
    document = docx.Document()
    document.add_heading("甲", 1)
    document.add_paragraph("乙")
    (found,) = read(files.docx_bytes(document))
    assert [block.kind for block in found.blocks] == ["heading", "paragraph"]


def test_a_list_that_a_style_brings_is_numbered(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Number")
    assert lines(read(files.docx_bytes(document))) == ["1.甲", "2.乙"]


# number, style, written
NUMBERS = [
    (1, "chineseCounting", "一"),
    (10, "chineseCounting", "十"),
    (12, "chineseCountingThousand", "十二"),
    (20, "chineseCounting", "二十"),
    (21, "japaneseCounting", "二十一"),
    (105, "chineseCountingThousand", "一百〇五"),
    (110, "chineseCountingThousand", "一百一十"),
    (3, "chineseLegalSimplified", "叁"),
    (4, "decimalEnclosedCircleChinese", "④"),
    (3, "ideographTraditional", "丙"),
    (2, "ideographZodiac", "丑"),
    (4, "lowerRoman", "iv"),
    (28, "upperLetter", "BB"),
    (7, "decimalFullWidth", "７"),
    (7, "decimalZero", "07"),
    (7, "unheardOf", "7"),
    (7, "bullet", ""),
]


@pytest.mark.parametrize(("number", "style", "written"), NUMBERS)
def test_numbers_are_written_as_word_does(number: int, style: str, written: str) -> None:
    assert write_number(number, style, WORDS.documents.counting) == written


# ---- Markdown

# Markdown, lines, reason
MARKED = [
    ("# 甲\n\n正文**要点**。", ["甲", "正文要点。"], "heading and stress"),
    ("# 甲\n\n**注意：**请各部门__落实__。", ["甲", "注意：请各部门__落实__。"], "stress beside Chinese signs"),
    ("## 甲\n1. 乙\n2. 丙\n\n丁\n\n3. 戊", ["甲", "1. 乙", "2. 丙", "丁", "3. 戊"], "numbers stay"),
    ("## 甲\n1. 乙\n1. 丙\n", ["甲", "1. 乙", "2. 丙"], "numbers left to the program"),
    ("## 甲\n- 乙\n- 丙", ["甲", "乙", "丙"], "a list without numbers"),
    ("## 甲\n　　乙\n\n    丙", ["甲", "乙", "丙"], "indents are no code"),
    ("## 甲\n\n乙[丙](http://a.example/)丁", ["甲", "乙丙丁"], "a link"),
    ("## 甲\n\n> 乙", ["甲", "乙"], "a quotation"),
    ("## 甲\n\n乙\n---\n丙", ["甲", "乙", "丙"], "a rule"),
]


@pytest.mark.parametrize(("marked", "wanted", "reason"), MARKED, ids=[row[2] for row in MARKED])
def test_marks_of_markdown_go(read: Read, marked: str, wanted: list[str], reason: str) -> None:
    assert lines(read(marked.encode(), "a.md")) == wanted, reason


def test_tables_of_markdown_are_tables(read: Read) -> None:
    (document,) = read("# 分工\n\n|任务|单位|\n|---|:-:|\n|**甲**|省财政厅|\n".encode())
    assert grid(document) == {(0, 0, 0): "任务", (0, 0, 1): "单位", (0, 1, 0): "甲", (0, 1, 1): "省财政厅"}


# ---- names that lie

LYING = ["a.txt", "a.html", "a.docx", "a.pdf", "a.doc", "a.md", "a"]


@pytest.mark.parametrize("name", LYING)
def test_a_file_is_read_as_what_it_is(read: Read, name: str) -> None:
    wanted = ["甲方案", "一、由省财政厅牵头。"]
    assert lines(read(files.to_docx(wanted[0], wanted[1:]), name)) == wanted
    assert lines(read(f"<html><body><p>{wanted[0]}</p><p>{wanted[1]}</p></body></html>".encode(), name)) == wanted
    if not name.endswith(".md"):
        assert lines(read("\n".join(wanted).encode(), name)) == wanted


@pytest.mark.browser
@pytest.mark.parametrize("name", LYING)
def test_a_pdf_is_read_as_what_it_is(read: Read, to_pdf: files.Print, name: str) -> None:
    assert lines(read(to_pdf(files.printable("甲方案", ["一、由省财政厅牵头。"])), name)) == [
        "甲方案",
        "一、由省财政厅牵头。",
    ]


@pytest.mark.browser
@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_in_columns_gives_the_paragraphs_of_its_text(read: Read, to_pdf: files.Print, columns: int) -> None:
    clause = "（省财政厅牵头，省商务厅、省生态环境厅、人民银行广州分行配合）"
    items = [f"（{sign}）完善绿色金融标准体系，建立健全环境信息披露制度。{clause}" for sign in "一二三四五六七八九十"]
    wanted = ["广东省绿色金融方案", "一、主要任务", *items]
    style = f"<style>p {{text-indent: 2em; margin: 0}} div {{column-count: {columns}; column-gap: 2em}}</style>"
    markup = "".join(f"<p>{text}</p>" for text in wanted[1:])
    page = f'{style}<h1 style="text-align: center">{wanted[0]}</h1><div>{markup}</div>'
    assert lines(read(to_pdf(page), "gazette.pdf")) == wanted


@pytest.mark.browser
def test_a_table_without_rules_is_no_text_in_columns(read: Read, to_pdf: files.Print) -> None:
    cells = [("绿色信贷", "省财政厅"), ("绿色债券", "省商务厅"), ("绿色保险", "省科技厅"), ("碳市场", "省教育厅")] * 3
    markup = "".join(f"<tr><td width=250>{task}</td><td>{body}</td></tr>" for task, body in cells)
    found = lines(read(to_pdf(f"<h1>任务表</h1><table>{markup}</table>"), "table.pdf"))
    assert "".join("".join(found[1:]).split()) == "".join(task + body for task, body in cells)


# ---- encodings

PAGE = '<html><head><meta charset="{}"></head><body><p>一、由省财政厅牵头，省科技厅配合。</p></body></html>'

# declared, true, reason
DECLARED = [
    ("gb2312", "gbk", "gb2312 is read as what holds it"),
    ("gb2312", "gb18030", "the same"),
    ("gb2312", "utf-8", "says gb2312, is UTF-8"),
    ("utf-8", "gb18030", "says UTF-8, is GB18030"),
    ("big5", "gbk", "says Big5, is GBK"),
    ("gbk", "utf-16", "says GBK, is UTF-16"),
    ("nonsense", "gbk", "says nothing known"),
]


@pytest.mark.parametrize(("declared", "true", "reason"), DECLARED)
def test_a_wrong_declaration_is_noticed(read: Read, declared: str, true: str, reason: str) -> None:
    text = PAGE.format(declared).replace("科技厅", "科技厅、镕基喆㛃" if true == "gb18030" else "科技厅、镕基")
    wanted = re.sub("<[^>]*>", "", text)
    assert lines(read(text.encode(true))) == [wanted], reason


POLICY_TEXT = "".join(PARAGRAPHS)


@given(
    st.integers(0, len(POLICY_TEXT) - 400), st.integers(8, 400), st.sampled_from(["gb18030", "gbk", "utf-16", "utf-8"])
)
@settings(max_examples=200)
def test_any_stretch_of_a_policy_is_decoded(start: int, length: int, encoding: str) -> None:
    text = POLICY_TEXT[start : start + length]
    assert decode("x", text.encode(encoding)) == text


# ---- files made to harm, and files that are broken


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def ole(*names: str) -> bytes:
    """Return what the readers of old Office files look at: the mark, and the names of the parts."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in names)


PAGES = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
)
LOCKED_KEYS = b"/Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>" % (b"41" * 32, b"42" * 32)
LOCKED = files.pdf(*PAGES, b"<<%s>>" % LOCKED_KEYS, trailer=b"/Encrypt 4 0 R/ID[<%s><%s>]" % (b"43" * 16, b"43" * 16))

WORD = files.to_docx("甲方案", ["一、由省财政厅牵头。"] * 50)
BOMB = zipped({"word/document.xml": b"<w:document>" + b" " * (30 << 20)})
LARGE = zipped({"word/document.xml": random.Random(1).randbytes(1 << 20) * 70})
ENTITIES = b"<!DOCTYPE w [" + b"".join(
    b'<!ENTITY e%d "%s">' % (at, b"&e%d;" % (at - 1) * 10 if at else b"x" * 10) for at in range(10)
) + b"]>"  # fmt: skip
BILLION = files.repacked(
    WORD, {"word/document.xml": ENTITIES + files.document_xml("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>")[38:]}
)
DEEP = word("<w:sdt><w:sdtContent>" * 110 + para("甲") + "</w:sdtContent></w:sdt>" * 110)

# name, content, what the error says
HOSTILE = [
    ("locked.pdf", LOCKED, "is protected by a password; save it without one"),
    ("locked.docx", ole("EncryptionInfo", "EncryptedPackage"), "is protected by a password; save it without one"),
    ("old.doc", ole("WordDocument", "1Table"), "is an old Word file (.doc); convert it to DOCX"),
    ("old.xls", ole("Workbook"), "is an old Excel workbook"),
    ("bomb.docx", BOMB, "is a ZIP bomb"),
    ("large.docx", LARGE, "unpacks to 70 MB, at most 64 MB are read"),
    ("entities.docx", BILLION, "declares entities"),
    ("deep.docx", DEEP, "inside one another"),
    ("cut.docx", WORD[: len(WORD) // 2], "the DOCX is broken off or damaged"),
    ("scan.pdf", files.pdf(*PAGES), "is a scan: it holds no text; run OCR first"),
    ("cut.pdf", files.pdf(*PAGES)[:-30], "the PDF breaks off before its end; fetch it again"),
    ("none.pdf", b"%PDF-1.7\n%%EOF", "the PDF is damaged"),
    ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture (PNG), no document"),
    ("picture.docx", b"\xff\xd8\xff\xe0" + bytes(100), "is a picture (JPEG), no document"),
    ("book.docx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "is an Excel workbook"),
    ("text.docx", zipped({"mimetypeapplication/vnd.oasis.opendocument.text": b""}), "holds no content.xml"),
    ("sheet.odt", zipped({"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": b""}), "save it as XLSX or CSV"),
    ("bomb.odt", files.opendocument("0" * 70_000_000), "at most 64 MB are read"),
    ("entities.odt", files.opendocument("&e9;", head=ENTITIES.decode()), "declares entities in content.xml"),
    ("none.epub", zipped({"mimetypeapplication/epub+zip": b""}), "the EPUB book is protected or damaged"),
    ("cut.ofd", files.ofd(["甲"])[:-40], "the OFD file is broken off or damaged"),
    ("scan.ofd", files.ofd([]), "its pages are pictures; run OCR first"),
    ("none.mht", b"MIME-Version: 1.0\nContent-Type: image/png\n\nx", "that holds no text; save it as HTML"),
    ("box.docx", zipped({"a.txt": b"a"}), "is an archive (ZIP), no document"),
    ("no.docx", zipped({"word/styles.xml": b"<a/>"}), "holds no word/document.xml"),
    ("bad.docx", zipped({"word/document.xml": b"<w:document"}), "is damaged in word/document.xml"),
    ("rich.doc", b"{\\rtf1\\ansi}", "holds no text"),
    ("deep.html", b"<div>" * 100_000, "elements open"),
    ("nested.html", b"<html><body>" + b"<b><i>" * 500 + b"</body></html>", "elements inside one another"),
    ("mixed.txt", "由省财政厅牵头".encode("gb18030") + b"\xff" + "由省财政厅牵头。".encode("gb18030"), "(byte 14)"),
    ("noise.txt", random.Random(7).randbytes(5000), "is not UTF-8 text, nor GB18030, Big5 or UTF-16 (byte "),
    ("odd.txt", b"\xff\xfe\x00\xd8\x00", "is marked as UTF-16 but is not UTF-16 text (byte 2)"),
    ("declared.html", b"<html><![if x]><p>\xe7\x94\xb2</p></html>", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_hostile_files_raise_one_clear_line(read: Read, name: str, content: bytes, message: str) -> None:
    if not message:
        assert read(content, name)
        return
    with pytest.raises(InputError) as caught:
        read(content, name)
    assert message in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(200 << 20)  # a hole: no block of it is on the disk
    with pytest.raises(InputError, match=r"too large \(200\.0 MB, at most 50 MB are read\)"):
        read_documents(str(file), WORDS.documents)


def test_a_part_that_lies_about_its_size_unpacks_to_no_more(read: Read) -> None:
    data = bytearray(zipped({"word/document.xml": b" " * (30 << 20)}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    with pytest.raises(InputError, match="damaged"):
        read(bytes(data))


@pytest.mark.parametrize("size", ["TEXT_SIZE", "FILE_SIZE", "UNPACKED_SIZE"])
def test_the_limits_leave_room_for_the_longest_documents(size: str) -> None:
    assert getattr(limits_module, size) >= 50 << 20


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.delitem(sys.modules, "kg.documents.pdf.file", raising=False)
    with pytest.raises(InputError, match=re.escape("pip install 'zhengce-kg[pdf]'")):
        read(files.pdf(*PAGES), "a.pdf")


# ---- law: any bytes give documents or one line


@pytest.fixture(scope="module")
def real_files(to_pdf: files.Print) -> list[bytes]:
    return [
        WORD,
        files.docx_table(PLAN, PLAN_LEAD),
        files.gov_page(TITLE, PARAGRAPHS[:6]).encode("gb18030"),
        plan_page(),
        PLAIN[:2000].encode("utf-16"),
        to_pdf(files.printable("甲方案", PARAGRAPHS[:3], PLAN), head="页眉"),
        LOCKED,
    ]


CHANGE = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["set", "cut", "drop", "insert"]),
    st.binary(min_size=1, max_size=6),
)


def changed(data: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    for share, how, put in changes:
        at = int(share * len(data))
        match how:
            case "set":
                data = data[:at] + put + data[at + len(put) :]
            case "cut":
                data = data[:at] if share > 0.5 else data
            case "drop":
                data = data[:at] + data[at + 3 * len(put) :]
            case _:
                data = data[:at] + put + data[at:]
    return data


@pytest.mark.browser
@given(number=st.integers(0, 6), changes=st.lists(CHANGE, min_size=1, max_size=8))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_bytes_give_documents_or_one_line(
    real_files: list[bytes], read: Read, number: int, changes: list[tuple[float, str, bytes]]
) -> None:
    check(read, changed(real_files[number], changes))


XML = st.lists(st.sampled_from([
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>甲</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
    "<w:tc>", "</w:tc>", '<w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>',
    '<w:tcPr><w:gridSpan w:val="x"/><w:vMerge/></w:tcPr>',
    "<w:pPr><w:numPr><w:ilvl w:val='77'/><w:numId w:val='99'/></w:numPr></w:pPr>", "<w:br/>", "<!-- a -->", "<?a b?>",
    '<w:footnoteReference w:id="7"/>', "<w:txbxContent>", "</w:txbxContent>",
]), max_size=30).map("".join)  # fmt: skip


@given(body=XML)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_body_of_a_docx_gives_documents_or_one_line(read: Read, body: str) -> None:
    check(read, word(body, LISTS))


@given(
    data=st.binary(max_size=300),
    head=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe", b"<html>", b"{\\rtf"]),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_short_bytes_give_documents_or_one_line(read: Read, data: bytes, head: bytes) -> None:
    check(read, head + data)


def check(read: Read, data: bytes) -> None:
    try:
        documents = read(data)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    for document in documents:
        assert all(document.quote(block.span).strip() for block in document.blocks)
