"""Builds real files from a text: DOCX by python-docx, PDF by Chromium, pages in the manner of government sites."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import docx
from docx.oxml import parse_xml
from playwright.sync_api import Browser

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEVELS = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．"), ("decimal", "（%4）")]
NUMERALS = [r"[一二三四五六七八九十]{1,3}、", r"（[一二三四五六七八九十]{1,3}）", r"\d{1,2}．", r"（\d{1,2}）"]

Cell = str | tuple[str, int, int]
"""What a cell says, or that with how many rows and columns it reaches over."""

Table = Sequence[Sequence[Cell]]


def numbering(*levels: tuple[str, str]) -> Any:
    """Return an abstract list of Word's: for each level its style and its pattern."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (style, pattern) in enumerate(levels)
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return parse_xml(f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="99">{kind}{inner}</w:abstractNum>')


def with_list(document: Any, *levels: tuple[str, str], number: str = "99") -> None:
    """Give a document the list 99, so that paragraphs can be numbered by it."""
    root = document.part.numbering_part.element
    root.insert(0, numbering(*levels))
    root.append(parse_xml(f'<w:num xmlns:w="{W}" w:numId="{number}"><w:abstractNumId w:val="99"/></w:num>'))


def number_paragraph(paragraph: Any, level: int, number: str = "99") -> None:
    """Number a paragraph by the list 99."""
    own = f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(own))


def docx_bytes(document: Any) -> bytes:
    """Return a document as python-docx saves it."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def to_docx(title: str, paragraphs: Sequence[str], *, automatic: bool = False) -> bytes:
    """Return a DOCX of paragraphs; with `automatic` the numbers at their heads are left to the list."""
    document = docx.Document()
    if automatic:
        with_list(document, *LEVELS)
    document.add_heading(title, 0)
    for text in paragraphs:
        level = next((at for at, pattern in enumerate(NUMERALS) if automatic and re.match(pattern, text)), -1)
        paragraph = document.add_paragraph(re.sub(NUMERALS[level], "", text, count=1) if level >= 0 else text)
        if level >= 0:
            number_paragraph(paragraph, level)
    return docx_bytes(document)


def docx_table(table: Table, lead: str = "") -> bytes:
    """Return a DOCX with a table; merged cells are merged as Word does (gridSpan, vMerge)."""
    document = docx.Document()
    for line in filter(None, lead.split("\n")):
        document.add_paragraph(line)
    places = dict(placed(table))
    high = max(row + rows for (row, _), (_, rows, _) in places.items())
    wide = max(column + columns for (_, column), (_, _, columns) in places.items())
    grid = document.add_table(rows=high, cols=wide, style="Table Grid")
    for (row, column), (text, rows, columns) in places.items():
        cell = grid.cell(row, column)
        if rows > 1 or columns > 1:
            cell = cell.merge(grid.cell(row + rows - 1, column + columns - 1))
        cell.text = text
    return docx_bytes(document)


def placed(table: Table) -> Iterator[tuple[tuple[int, int], tuple[str, int, int]]]:
    """Yield where each cell stands in the grid, and how far it reaches."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table):
        column = 0
        for cell in line:
            text, rows, columns = (cell, 1, 1) if isinstance(cell, str) else cell
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            yield (row, column), (text, rows, columns)


def html_table(table: Table) -> str:
    """Return a table as HTML, merged cells with rowspan and colspan."""
    lines = []
    for line in table:
        cells = [(cell, 1, 1) if isinstance(cell, str) else cell for cell in line]
        inner = "".join(f'<td rowspan="{r}" colspan="{c}">{html.escape(text)}</td>' for text, r, c in cells)
        lines.append(f"<tr>{inner}</tr>")
    return f"<table>{''.join(lines)}</table>"


STYLE = """<style>
body { font-size: 12pt; line-height: 1.8 } h1 { font-size: 18pt; text-align: center }
p { text-indent: 2em; margin: 0; text-align: justify }
table { border-collapse: collapse; width: 100% } td { border: 1px solid; padding: 3px }
</style>"""


def printable(title: str, paragraphs: Sequence[str], table: Table = ()) -> str:
    """Return a page as an office prints it: the title in the middle, paragraphs set in by two signs."""
    inner = "".join(f"<p>{html.escape(text)}</p>\n" for text in paragraphs)
    grid = html_table(table) if table else ""
    head = f"<!DOCTYPE html><html><head><meta charset=utf-8>{STYLE}</head>"
    return f"{head}<body><h1>{title}</h1>{inner}{grid}</body></html>"


Print = Callable[..., bytes]


@contextmanager
def printer(browser: Browser) -> Iterator[Print]:
    """Give a function that prints a page to the bytes of a PDF, with a running head and page numbers."""
    page = browser.new_page()

    def to_pdf(markup: str, *, head: str = "", **options: Any) -> bytes:
        page.set_content(markup)
        return page.pdf(
            format="A4",
            display_header_footer=True,
            header_template=f'<span style="font-size:9px;margin:auto">{head}</span>',
            footer_template='<span style="font-size:9px;margin:auto">— <span class=pageNumber></span> —</span>',
            margin={"top": "3cm", "bottom": "3cm", "left": "2.8cm", "right": "2.6cm"},
            **options,
        )

    yield to_pdf
    page.close()


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a DOCX with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def document_xml(body: str) -> bytes:
    """Return the main part of a DOCX with the given body."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    )


GOV_PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="SiteName" content="某省人民政府门户网站">
<meta name="ColumnName" content="省政府办公厅文件">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2022-07-13 10:22">
<meta name="ContentSource" content="广东省人民政府办公厅">
<meta name="Author" content="张三">
<meta name="Keywords" content="绿色金融，碳达峰">
<meta name="Description" content="广东省发展绿色金融支持碳达峰行动。">
<link rel="canonical" href="http://www.example.gov.cn/zwgk/wjk/qbwj/yfb/content_3972424.html">
<title>{title}_某省人民政府门户网站</title>
<style>.nav {{ color: red }}</style>
<script>document.write("<p>请由省财政厅牵头。</p>");</script>
</head>
<body>
<div class="top-bar"><a href="/">无障碍</a> <a href="/">长者模式</a> <a href="/">登录</a></div>
<div class="header"><a href="/"><img alt="某省人民政府" src="logo.png"></a><p>今天是2024年5月6日 星期一</p></div>
<ul class="main-nav"><li><a href="/">首页</a></li><li><a href="/">省情</a></li><li><a href="/">要闻动态</a></li>
<li><a href="/zwgk">政务公开</a></li><li><a href="/">政务服务</a></li><li><a href="/">政民互动</a></li></ul>
<div class="position">您现在的位置： <a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 文件库</div>
{box}
<div class="article">
<h1>{title}</h1>
<div class="info">发布日期：2022-07-13 10:22:31　来源：广东省人民政府办公厅　浏览次数：<span id="hits">1024</span>
　字体：[<a href="#">大</a>] [<a href="#">中</a>] [<a href="#">小</a>]</div>
<div class="bdsharebuttonbox">分享到：<a href="#" title="微信">微信</a><a href="#">微博</a></div>
<div class="content" id="zoom">
{content}
</div>
<p class="ops">【<a href="javascript:print()">打印本页</a>】【<a href="javascript:close()">关闭窗口</a>】</p>
<div>相关链接</div>
<ul><li><a href="/1.html">一图读懂：发展绿色金融支持碳达峰行动的实施方案</a></li>
<li><a href="/2.html">省地方金融监管局解读绿色金融支持碳达峰行动实施方案</a></li></ul>
</div>
<div class="footer-wrap">
<p>主办单位：某省人民政府办公厅　承办单位：数字某省研究院</p>
<p>网站标识码：4400000131　粤ICP备05070829号　粤公网安备 44010402001160号</p>
<p>版权所有：某省人民政府门户网站。未经书面授权禁止转载。</p>
</div>
</body></html>
"""

FIELDS = {
    "索引号": "006939748/2022-00219",
    "分 类": "财政、金融、审计、其他",
    "发布机构": "广东省人民政府办公厅",
    "成文日期": "2022年06月24日",
    "名　称": "{title}",
    "文　号": "粤办函〔2022〕219号",
    "发布日期": "2022-07-13",
    "主题词": "",
    "有效性": "有效",
}


def number_box(form: str, title: str) -> str:
    """Return the box of labels and values as one of the ways in which sites set it."""
    fields = {label: value.format(title=title) for label, value in FIELDS.items()}
    pairs = list(fields.items())
    match form:
        case "table":
            rows = [pairs[at : at + 2] for at in range(0, len(pairs), 2)]
            cells = ("".join(f"<td><b>{k}：</b></td><td>{v}</td>" for k, v in row) for row in rows)
            return f'<table class="xxgk">{"".join(f"<tr>{row}</tr>" for row in cells)}</table>'
        case "dl":
            return f"<dl>{''.join(f'<dt>{k}：</dt><dd>{v}</dd>' for k, v in pairs)}</dl>"
        case "divs":
            return "".join(f"<div><span>{k}：</span><span>{v}</span></div>" for k, v in pairs)
        case "bare":
            return f"<table>{''.join(f'<tr><th>{k}</th><td>{v}</td></tr>' for k, v in pairs if v)}</table>"
        case _:
            return ""


def gov_page(title: str, paragraphs: Sequence[str], *, box: str = "table", extra: str = "") -> str:
    """Return a page of a government site, with all that such a site puts around a document."""
    content = "\n".join(f'<p style="text-indent:2em">　　{html.escape(text)}</p>' for text in paragraphs)
    return GOV_PAGE.format(title=title, box=number_box(box, title), content=content + extra)


ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of files; its first member is not packed, as OpenDocument and EPUB want it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for at, (name, content) in enumerate(members.items()):
            packed.writestr(name, content, zipfile.ZIP_DEFLATED if at else zipfile.ZIP_STORED)
    return out.getvalue()


def opendocument(body: str, styles: str = "", head: str = "") -> bytes:
    """Return an ODT with what stands in its text, and the styles of its lists."""
    spaces = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "table", "style"))
    content = (
        f"{head}<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def epub(chapters: Sequence[str]) -> bytes:
    """Return an EPUB with what stands in the bodies of its chapters."""
    names = [f"c{at}.xhtml" for at in range(len(chapters))]
    items = "".join(f'<item id="{name}" href="{name}"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    page = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="book/content.opf"/></container>',
            "book/content.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{
                f"book/{name}": f"{page}<body><a id='x'/>{body}</body></html>"
                for name, body in zip(names, chapters, strict=True)
            },
        }
    )


def mhtml(page: str) -> bytes:
    """Return a page as a browser saves it in one file."""
    message = EmailMessage()
    message["Subject"] = "page"
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    return (
        message.as_bytes().replace(b"MIME-Version: 1.0\n", b"", 1).replace(b"Subject", b"MIME-Version: 1.0\nSubject", 1)
    )


def rtf(lines: Sequence[str]) -> bytes:
    """Return an RTF file of paragraphs, signs that are not ASCII by their numbers."""

    def spelled(line: str) -> str:
        return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in line)

    body = "".join(f"\\pard {spelled(line)}\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0 SimSun;}}}}\n{body}}}".encode()


def ofd(lines: Sequence[str]) -> bytes:
    """Return an OFD of one page, each line in two pieces of text, the second before the first."""

    def piece(text: str, left: float, top: float) -> str:
        code = f'<ofd:TextCode X="0" Y="4">{html.escape(text)}</ofd:TextCode>'
        return f'<ofd:TextObject ID="1" Boundary="{left} {top} 90 5" Size="4">{code}</ofd:TextObject>'

    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(piece(line[1:], 24, at * 8) + piece(line[:1], 20, at * 8 + 0.2) for at, line in enumerate(lines))
    root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    pages = '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
    content = f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
    return archive(
        {
            "OFD.xml": f"<ofd:OFD {space}>{root}</ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}>{pages}</ofd:Document>",
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}>{content}</ofd:Page>",
        }
    )


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of hand-written objects, the first its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end
