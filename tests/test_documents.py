"""Reading: metadata, the visible text of both kinds of page, plain text, tables, two works in one file, bad input."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from conftest import LEXICONS, ROOT, SEEDS, ReadText
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import find_sources, read_documents, survey
from kg.documents.front_matter import split_front_matter
from kg.documents.read import read_document
from kg.errors import InputError
from kg.lexicons import Lexicons
from kg.model.document import Document, Span
from kg.text.dates import iso_day

WORDS = LEXICONS


def paragraphs(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


# ---- front matter

# the value as it stands in the metadata, the day in China, reason
DATES = [
    ("Tue, 24 Aug 2021 09:49:58 GMT", "2021-08-24", "RFC 2822, as in seeds 000 to 003"),
    ("Tue, 24 Aug 2021 16:30:00 GMT", "2021-08-25", "after four in the afternoon GMT it is the next day in China"),
    ("2022-01-29 16:22:09 +0800", "2022-01-29", "YAML reads a date and time with a zone, as in seed 004"),
    ("2022-01-29 23:30:00 -0500", "2022-01-30", "a zone far west of China"),
    ("2022-01-29T20:00:00Z", "2022-01-30", "UTC"),
    ("'2022-01-29T20:00:00Z'", "2022-01-30", "the same as a string"),
    ("2022-01-29", "2022-01-29", "YAML reads a day"),
    ("'2022-01-29'", "2022-01-29", "a day as a string"),
    ("2022-01-29 08:00:00", "2022-01-29", "no zone means local time"),
    ("昨天", "", "no date"),
    ("''", "", "empty"),
    ("20", "", "a number is no date"),
    ("'2022-13-45'", "", "no such day"),
]


@pytest.mark.parametrize(("value", "day", "reason"), DATES)
def test_dates_become_days_in_china(read_text: ReadText, value: str, day: str, reason: str) -> None:
    (document,) = read_text(f"---\nauthor: 新华社\ndate: {value}\n---\n<p>记者获悉，会议召开。</p>")
    assert document.kind == "news"
    assert document.published == day, reason


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_and_its_iso_form_are_one_day(moment: object) -> None:
    assert iso_day(moment) == iso_day(str(moment))


# front matter, title, publisher, source, issuer, reason
METADATA = [
    ("title: 甲\nauthor: 新浪财经", "甲", "新浪财经", "", "", "an author is the publisher"),
    ("title: 甲\nauthor: 乙\npublisher: 丙", "甲", "丙", "", "", "a publisher goes before the author"),
    ("title: 甲\nlink: http://a.example/b", "甲", "", "http://a.example/b", "", "a link is the source"),
    ("title: 甲\nissuer: 某省人民政府", "甲", "", "", "某省人民政府", "who issued"),
    ("title: [甲, 乙]", "正文第一段。", "", "", "", "a list is no title: the first line is"),
    ("", "正文第一段。", "", "", "", "empty front matter"),
]


@pytest.mark.parametrize(("head", "title", "publisher", "source", "issuer", "reason"), METADATA)
def test_metadata(
    read_text: ReadText, head: str, title: str, publisher: str, source: str, issuer: str, reason: str
) -> None:
    (document,) = read_text(f"---\n{head}\n---\n正文第一段。\n正文第二段。\n")
    assert (document.title, document.publisher) == (title, publisher), reason
    assert (document.source, document.issuer) == (source, issuer), reason
    assert document.text == "正文第一段。\n正文第二段。", reason


def test_without_front_matter_nothing_is_cut() -> None:
    assert split_front_matter("x", "正文\n---\n后文") == ({}, "正文\n---\n后文")


# ---- the seeds

# seed, documents, title, publisher, published, first words, last words
SEED_ROWS = [
    (
        0,
        1,
        "上海银保监局：鼓励银行保险机构参与碳排放权交易市场建设",
        "新浪财经",
        "2021-08-24",
        "上海银保监局副局长刘琦8月24日在上海市政府新闻发布会上表示",
        "为经济金融稳定保驾护航。",
    ),
    (
        1,
        1,
        "北京市地方金融监管局：将选择部分园区推动近零排放试点，率先实现碳中和",
        "新浪财经",
        "2021-08-30",
        "8月30日，记者从北京市地方金融监管局获悉",
        "让市场更加充满活力。",
    ),
    (
        2,
        2,
        "广东：支持广州期货交易所加快推动电力、硅、锂等服务绿色发展的期货品种上市",
        "新浪财经",
        "2022-07-13",
        "全省设立绿色专营机构40家",
        "推进绿色金融工作的监测。",
    ),
    (
        3,
        1,
        "上海银保监局：保持房地产融资平稳有序 支持上海市做好保交楼工作",
        "新浪财经",
        "2022-08-05",
        "8月4日，上海银保监局召开2022年年中工作推进会",
        "迎接党的二十大胜利召开。",
    ),
    (
        4,
        1,
        "上海银保监局召开2022年工作会议 重点围绕五方面开展工作",
        "上海证券报·中国证券网",
        "2022-01-29",
        "上海证券报获悉，上海银保监局近日召开2022年工作会议",
        "巩固“亲”“清”监管关系。",
    ),
]


def read_seed(number: int) -> tuple[Document, ...]:
    return read_documents(str(SEEDS[number]), WORDS.documents, WORDS.numbering.starts_item)


@pytest.mark.parametrize(("seed", "works", "title", "publisher", "published", "first", "last"), SEED_ROWS)
def test_seed(seed: int, works: int, title: str, publisher: str, published: str, first: str, last: str) -> None:
    documents = read_seed(seed)
    assert len(documents) == works
    article = documents[0]
    assert (article.kind, article.title, article.publisher) == ("news", title, publisher)
    assert (article.published, article.date) == (published, "")
    assert article.text.startswith(first)
    assert article.text.endswith(last)


@pytest.mark.parametrize("seed", range(5))
def test_the_page_around_the_article_is_gone(seed: int) -> None:
    text = read_seed(seed)[0].text
    for noise in (
        "<",
        ">",
        "&#",
        "&nbsp",
        "news_keyword_pub",
        "appendQr",
        "责任编辑",
        "二维码",
        "海量资讯",
        "APP",
        "原标题",
        "返回首页",
        "http",
        "文章来源",
        "陈月石",
        "\u3000",
    ):
        assert noise not in text, noise


# seed, number of paragraphs: counted in the source
@pytest.mark.parametrize(("seed", "count"), [(0, 6), (1, 8), (3, 10), (4, 10)])
def test_every_paragraph_of_the_source_is_a_block(seed: int, count: int) -> None:
    (document,) = read_seed(seed)
    assert len(document.blocks) == count
    assert "\n".join(paragraphs(document)) == document.text


def test_an_inline_link_does_not_part_a_word() -> None:
    text = read_seed(3)[0].text
    assert "展现了上海银行业保险业的良好风貌。一是攻坚克难" in text


def test_the_post_says_where_it_came_from() -> None:
    assert read_seed(4)[0].source == "http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201292266787880"


def test_a_policy_printed_in_an_article_is_a_work_of_its_own() -> None:
    article, policy = read_seed(2)
    assert (article.kind, policy.kind) == ("news", "policy")
    assert policy.title == "广东省发展绿色金融支持碳达峰行动的实施方案"
    assert policy.issuer == "广东省人民政府办公厅"
    assert (policy.quoted_from, article.quoted_from) == (article.id, "")
    assert policy.id != article.id
    assert (policy.text, policy.sha256) == (article.text, article.sha256)
    assert article.span.start == 0
    assert article.quote(article.span).endswith("新型抵质押融资模式。")
    assert policy.quote(policy.span).startswith("广东省发展绿色金融支持碳达峰行动的实施方案\n为深入贯彻落实党中央")
    assert policy.span.end == len(policy.text)
    assert not article.span.overlaps(policy.span)
    assert [len(article.blocks), policy.quote(policy.blocks[0].span)[:5]] == [4, "为深入贯彻"]


# ---- markup

# HTML, the paragraphs in it, reason
MARKUP = [
    ("<p>甲</p><p>乙</p>", ["甲", "乙"], "paragraphs"),
    ("<div>甲<br>乙</div>", ["甲", "乙"], "a break parts"),
    ("<p>上海<a href='x'>银行</a>业</p>", ["上海银行业"], "a link joins"),
    ("<p>上海<span><b>银</b></span>行</p>", ["上海银行"], "nested inline markup joins"),
    ("<p>甲&amp;乙&nbsp;丙&#8220;丁&#8221;</p>", ["甲&乙\xa0丙“丁”"], "entities are characters"),
    ("<p>甲<!-- 乙 --></p><!-- 丙 -->", ["甲"], "comments"),
    ("<p>甲</p><script>var a='<p>乙</p>';</script><style>.a{}</style>", ["甲"], "script and style"),
    ("<p>甲\n  乙</p>", ["甲乙"], "line breaks of the source mean nothing between Han characters"),
    ("<p> \u3000甲\u3000 </p><p> </p>", ["甲"], "blanks around, and an empty paragraph"),
    ("<p>甲\u200b乙\ufeff</p>", ["甲乙"], "characters without width"),
    ("<p>前<p>后", ["前", "后"], "ends of paragraphs may be left out throughout"),
    ("<P CLASS=a>甲</P>", ["甲"], "capitals"),
    ("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"], "a list"),
    ("<ol><li>甲</li><li><p>乙</p></li></ol>", ["1. 甲", "2. 乙"], "numbers that the browser puts before items"),
    ("<ol start=3><li>甲</li></ol>", ["3. 甲"], "a list that goes on"),
    ("<ol><li>（一）甲</li><li>二、乙</li></ol>", ["（一）甲", "二、乙"], "items with numbers of their own"),
    ("<ol style='list-style: none'><li>甲</li></ol>", ["甲"], "a list without its numbers"),
    ("<div><div>甲<p>乙</p>丙</div></div>", ["甲", "乙", "丙"], "text beside a paragraph"),
]


@pytest.mark.parametrize(("markup", "wanted", "reason"), MARKUP)
def test_markup(read_text: ReadText, markup: str, wanted: list[str], reason: str) -> None:
    assert paragraphs(read_text(markup)[0]) == wanted, reason


# HTML, the kind of its first block, reason
KINDS = [
    ("<h2>甲</h2><p>乙</p>", "heading", "a heading"),
    ("<p><strong>甲</strong></p>", "heading", "a paragraph set bold as a whole"),
    ("<p><font cms-style='strong-Bold'>甲</font></p>", "heading", "bold by style, as in seed 002"),
    ("<p><b>甲</b>乙</p>", "paragraph", "bold in part"),
    ("<p>甲</p>", "paragraph", "plain"),
]


@pytest.mark.parametrize(("markup", "kind", "reason"), KINDS)
def test_headings(read_text: ReadText, markup: str, kind: str, reason: str) -> None:
    assert read_text(markup)[0].blocks[0].kind == kind, reason


def test_text_outside_paragraphs_is_dropped_where_paragraphs_hold_nearly_all(read_text: ReadText) -> None:
    body = "<p>" + "正文" * 50 + "</p>"
    assert read_text(f"<div><div>下载客户端</div>{body}</div>")[0].text == "正文" * 50
    assert read_text(f"<div><div>{'导语' * 30}</div>{body}</div>")[0].text == "导语" * 30 + "\n" + "正文" * 50


def grid(document: Document) -> dict[tuple[int, int, int], str]:
    return {(b.table, b.row, b.column): document.quote(b.span) for b in document.blocks if b.kind == "cell"}


# table, what stands in each place of the grid, reason
TABLES = [
    (
        "<table><tr><th>任务</th><th>单位</th></tr><tr><td>甲</td><td>乙</td></tr></table>",
        [["任务", "单位"], ["甲", "乙"]],
        "plain",
    ),
    (
        "<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>",
        [["甲", "乙"], ["甲", "丙"]],
        "a cell that reaches down",
    ),
    (
        "<table><tr><td colspan='2'>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>",
        [["甲", "甲"], ["乙", "丙"]],
        "a cell that reaches right",
    ),
    (
        "<table><tr><td rowspan=2 colspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr><tr><td>丁</td><td>戊</td>"
        "<td>己</td></tr></table>",
        [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "己"]],
        "both ways",
    ),
    ("<table><tr><td>甲</td><td rowspan=x>乙</td></tr></table>", [["甲", "乙"]], "a reach that is no number"),
    (
        "<table><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr></table>",
        [["甲\n乙", "丙"]],
        "paragraphs in a cell stand on lines of their own",
    ),
]


@pytest.mark.parametrize(("table", "rows", "reason"), TABLES)
def test_tables(read_text: ReadText, table: str, rows: list[list[str]], reason: str) -> None:
    wanted = {(0, r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)}
    assert grid(read_text(f"<p>前言一段。</p>{table}")[0]) == wanted, reason


def test_tables_are_counted_and_cells_of_a_row_stand_on_one_line(read_text: ReadText) -> None:
    table = "<table><tr><th>甲</th><th>乙</th></tr></table>"
    (document,) = read_text(f"<p>前</p>{table}{table}")
    assert {place[0] for place in grid(document)} == {0, 1}
    assert document.text == "前\n甲\t乙\n甲\t乙"
    assert all(block.header for block in document.blocks if block.kind == "cell")


# ---- plain text

WRAPPED = [
    "各市人民政府，各县（市、区）人民政府，省政府各部门、各",
    "直属机构，各大企业，各高等院校：为加快推进全省科技创新",
    "工作，经省政府同意，现就有关事项通知如下，请认真贯彻执",
    "行。",
    "一、完善政策体系，健全工作机制，统筹推进各项重点任务落",
    "实到位，确保取得实效，推动经济社会高质量发展。（省科技",
    "厅牵头，省财政厅、省发展改革委、省工业和信息化厅等部门",
    "配合）",
    "二、加强组织领导，压实工作责任，强化督促检查，及时研究",
    "解决工作中的困难和问题，形成工作合力，推动任务落实见效",
    "三、强化宣传引导，及时总结推广典型经验做法，营造良好氛",
    "围，凝聚社会各方面的共识和力量，共同推进有关工作落实。",
]


def test_hard_wrapped_lines_are_joined(read_text: ReadText) -> None:
    joined = paragraphs(read_text("\n".join(WRAPPED))[0])
    assert joined == [
        "".join(WRAPPED[:4]),
        "".join(WRAPPED[4:8]),
        "".join(WRAPPED[8:10]),
        "".join(WRAPPED[10:]),
    ]


def test_a_page_number_does_not_part_a_wrapped_paragraph(read_text: ReadText) -> None:
    broken = [*WRAPPED[:2], "— 2 —", *WRAPPED[2:]]
    assert paragraphs(read_text("\n".join(broken))[0])[0] == "".join(WRAPPED[:4])


# lines, paragraphs, reason
LINES = [
    ("第一段。\n第二段。", ["第一段。", "第二段。"], "a line is a paragraph"),
    ("一、甲（省财政厅\n牵头）\n二、乙", ["一、甲（省财政厅牵头）", "二、乙"], "a bracket closes on the next line"),
    ("一、甲（省财政厅\n省科技厅\n牵头）", ["一、甲（省财政厅", "省科技厅", "牵头）"], "one line at a time at most"),
    ("一、甲（省财政厅\n二、乙）", ["一、甲（省财政厅", "二、乙）"], "a numbered line begins anew"),
    ("甲（乙\n丙。丁）", ["甲（乙", "丙。丁）"], "not over a full stop"),
    ("  甲  \n\n\n\u3000乙", ["甲", "乙"], "blanks and empty lines"),
    ("甲\r\n乙\r\n", ["甲", "乙"], "line ends of Windows"),
    ("\ufeff甲\u200b乙", ["甲乙"], "characters without width"),
    ("<甲> 与 3 < 4", ["<甲> 与 3 < 4"], "signs that are no markup"),
]


@pytest.mark.parametrize(("lines", "wanted", "reason"), LINES)
def test_plain_lines(read_text: ReadText, lines: str, wanted: list[str], reason: str) -> None:
    assert paragraphs(read_text(lines)[0]) == wanted, reason


# ---- laws

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
PARAGRAPH = st.text(HAN, min_size=3, max_size=14).map(lambda text: f"甲{text}乙。")
PARAGRAPHS = st.lists(PARAGRAPH, min_size=1, max_size=10)
FORMS = st.sampled_from(["lines", "paragraphs", "breaks", "cells", "front"])


def laid_out(parts: list[str], form: str) -> str:
    match form:
        case "lines":
            return "\n".join(parts)
        case "paragraphs":
            return "<div>" + "".join(f"<p>　　{part}</p>\n" for part in parts) + "</div>"
        case "breaks":
            return "<div>" + "<br/>".join(parts) + "</div>"
        case "cells":
            return "<table>" + "".join(f"<tr><td>{part}</td></tr>" for part in parts) + "</table>"
        case _:
            return "---\ntitle: 题\n---\n" + "\n\n".join(parts)


@given(PARAGRAPHS, FORMS)
@settings(max_examples=150)
def test_paragraphs_survive_in_order_and_blocks_quote_them(parts: list[str], form: str) -> None:
    raw = laid_out(parts, form)
    documents = read_document("x", raw, WORDS.documents, WORDS.numbering.starts_item)
    assert documents == read_document("x", raw, WORDS.documents, WORDS.numbering.starts_item)
    (document,) = documents
    assert paragraphs(document) == parts
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


ANYTHING = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<br>",
                "<table><tr><td>",
                "</td></tr></table>",
                "<b>",
                "</b>",
                "\n",
                "（",
                "）",
                "一、",
                "—2—",
                "责任编辑：甲",
                "印发",
                "实施方案\n",
                "&amp;",
                "<!--",
                "-->",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=25,
).map("".join)


def read_or_refuse(raw: str) -> tuple[Document, ...] | InputError:
    try:
        return read_document("x", raw, WORDS.documents, WORDS.numbering.starts_item)
    except InputError as error:
        return error


@given(ANYTHING)
@settings(max_examples=300)
def test_whatever_is_read_blocks_cover_their_text_or_one_clear_error_is_raised(raw: str) -> None:
    documents = read_or_refuse(raw)
    if isinstance(documents, InputError):
        assert "\n" not in str(documents)
        return
    assert documents == read_document("x", raw, WORDS.documents, WORDS.numbering.starts_item)
    for document in documents:
        whole = Span(0, len(document.text))
        assert whole.contains(document.span)
        for block in document.blocks:
            assert document.span.contains(block.span)
            assert document.quote(block.span).strip()
        assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


@given(st.integers(0, 4), st.floats(0.0, 1.0, exclude_max=True))
@settings(max_examples=60)
def test_a_page_cut_off_anywhere_inside_its_frame_is_refused(seed: int, share: float) -> None:
    """Seeds 000 to 003 stand in one <div>: no cut before its end goes unseen. 004 is open between its paragraphs."""
    raw = SEEDS[seed].read_text(encoding="utf-8")
    start = raw.index("\n---\n", 5) + 6
    end = raw.rindex("</div>") if seed < 4 else raw.rindex("</p>")
    cut = raw[: start + int(share * (end - start))]
    if seed == 4 and not cut.rpartition("</p>")[2].strip():
        return
    with pytest.raises(InputError, match=r"breaks off|holds no text"):
        read_document("x", cut, WORDS.documents, WORDS.numbering.starts_item)


# ---- what cannot be read

# name, content, what the error says, reason
BAD = [
    ("empty.txt", b"", "the file is empty", "nothing"),
    ("blank.txt", b" \n\t\n ", "the file is empty", "blanks only"),
    ("null.txt", "正\0文".encode(), "null bytes", "null bytes"),
    ("latin.txt", "déjà vu, où ça, à côté".encode("latin-1"), "is not UTF-8 text, nor", "another encoding"),
    ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture (PNG)", "a picture"),
    (
        "yaml.txt",
        "---\ntitle: 甲\ndate: [2021\n---\n正文".encode(),
        "yaml.txt:4: the front matter is not YAML",
        "front matter that is not YAML, with the line after the one at fault",
    ),
    ("colon.txt", "---\ntitle: 甲: 乙\n---\n正文".encode(), "colon.txt:2: the front matter is not YAML", "two colons"),
    ("list.txt", "---\n- 甲\n---\n正文".encode(), "not a list of keys and values", "a list"),
    ("open.txt", "---\ntitle: 甲\n正文".encode(), "the front matter is never closed", "never closed"),
    ("tag.txt", '<div><p>甲</p><p cms-style="fo'.encode(), "breaks off in the middle of a tag", "cut in a tag"),
    ("first.txt", b"<div", "breaks off in the middle of a tag", "cut in the first tag"),
    ("comment.txt", "<p>甲</p><!-- 正文".encode(), "breaks off in the middle of a tag", "cut in a comment"),
    ("div.txt", "<div><p>甲</p>".encode(), "breaks off with <div> still open", "cut between paragraphs"),
    ("p.txt", "<p>甲</p><p>乙".encode(), "breaks off with <p> still open", "cut in a paragraph"),
    ("p1.txt", "<p>甲".encode(), "breaks off with <p> still open", "cut in the first paragraph"),
    ("table.txt", "<p>甲</p><table><tr><td>乙</td></tr>".encode(), "with <table> still open", "cut in a table"),
    ("style.txt", "<p>甲</p><style>.a{".encode(), "breaks off", "cut in a style sheet"),
    ("noise.txt", "责任编辑：郑景\n".encode(), "the file holds no text", "nothing but the page"),
    ("head.txt", "---\ntitle: 甲\n---\n".encode(), "the file holds no text", "metadata alone"),
]


@pytest.mark.parametrize(("name", "content", "message", "reason"), BAD, ids=[row[0] for row in BAD])
def test_bad_files_raise_one_clear_line(
    tmp_path: Path, lexicons: Lexicons, name: str, content: bytes, message: str, reason: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_documents(str(file), lexicons.documents)
    assert message in str(caught.value), reason
    assert str(file) in str(caught.value), reason
    assert "\n" not in str(caught.value), reason


def test_a_vanished_file_is_told(tmp_path: Path, lexicons: Lexicons) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_documents(str(tmp_path / "gone.txt"), lexicons.documents)


# ---- which files

# given, found, reason
SOURCES = [
    (["a.txt"], ["a.txt"], "a file"),
    (["."], ["a.txt", "b/c.md", "b/d/e.html"], "a folder, searched through; other endings are left out"),
    (["b"], ["b/c.md", "b/d/e.html"], "a folder below"),
    (["*.txt"], ["a.txt"], "a glob"),
    (["**/*.html"], ["b/d/e.html"], "a deep glob"),
    (["b/x.yaml"], ["b/x.yaml"], "a file named outright may end in anything"),
    (["b/.hidden.txt"], ["b/.hidden.txt"], "and be hidden"),
    (["b", "a.txt", "b/c.md"], ["a.txt", "b/c.md", "b/d/e.html"], "each once, sorted"),
    (["-"], ["-"], "standard input"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a.txt", "b/c.md", "b/d/e.html", "b/x.yaml", "b/.hidden.txt", "b/.git/f.txt", "b/~$c.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("正文", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("given", "found", "reason"), SOURCES)
def test_sources(given: list[str], found: list[str], reason: str) -> None:
    assert find_sources(given) == found, reason
    assert find_sources(reversed(given)) == found, reason


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("given", "count", "reason"),
    [
        (["."], 4, "another ending, two hidden ones, what an office program keeps beside an open file"),
        ([".", "b"], 4, "each once"),
        ([".", "b/x.yaml"], 3, "what is named outright is taken"),
        (["a.txt", "b/*.md"], 0, "files and globs leave nothing"),
    ],
)
def test_what_a_folder_holds_besides_is_counted(given: list[str], count: int, reason: str) -> None:
    assert len(survey(given).left_alone) == count, reason
    assert list(survey(given).files) == find_sources(given)


@pytest.mark.parametrize(
    "name",
    ["a.csv", "a.doc", "a.docx", "a.htm", "a.html", "a.json", "a.jsonl", "a.markdown", "a.md", "a.ndjson",
     "a.parquet", "a.pdf", "a.tsv", "a.TXT", "a.xls", "a.xlsx"],
)  # fmt: skip
def test_a_folder_is_searched_for_every_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("正文", encoding="utf-8")
    (tmp_path / "MANIFEST.yaml").write_text("files: []", encoding="utf-8")
    assert survey([str(tmp_path)]).files == (str(tmp_path / name),)
    assert survey([str(tmp_path)]).left_alone == (str(tmp_path / "MANIFEST.yaml"),)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "nowhere: no such file or folder"),
        ("empty", "empty: the folder holds no documents"),
        ("*.xml", r"\*.xml: nothing matches the pattern"),
    ],
)
def test_paths_without_documents_raise(path: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        find_sources(["a.txt", path])


def test_the_seeds_are_the_five_we_know() -> None:
    assert [path.name[:3] for path in SEEDS] == ["000", "001", "002", "003", "004"]
    assert find_sources([str(ROOT / "seeds")]) == [str(path) for path in SEEDS]
