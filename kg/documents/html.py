"""HTML to blocks of visible text: paragraphs, headings and table cells, in reading order.

Inline markup never breaks a word: the text of a link joins what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from kg.documents.blocks import RawBlock
from kg.documents.limits import NESTING
from kg.errors import InputError
from kg.model.document import BlockKind

_TAG = re.compile(r"<(?:p|div|br|table|span|html|body|h[1-6]|ul|ol|article|section)\b[^<>]*>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*\?>")
_XHTML = re.compile(r"\s*(?:<\?xml|<!doctype html[^<>]*xhtml|<html[^<>]*xmlns)", re.IGNORECASE)
_EMPTY = re.compile(r"<([A-Za-z][\w:.-]*)(?=[\s/])([^<>]*)/>")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_PAGE_END = re.compile(r"</html>(?:\s|<!--(?:(?!-->).){0,500}-->)*\Z", re.IGNORECASE | re.DOTALL)
_UNFINISHED = re.compile(r"\s*<[a-z!/]?[^<>]*\Z", re.IGNORECASE)
_HIDDEN = frozenset(
    {"script", "style", "noscript", "iframe", "template", "nav", "footer", "head", "form", "button", "select"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {
        "p",
        "div",
        "article",
        "section",
        "main",
        "li",
        "ul",
        "ol",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
        "body",
        "html",
        "header",
        "aside",
        "figure",
        "figcaption",
        "center",
        "hr",
        "br",
        "address",
        "fieldset",
        "details",
        "summary",
    }
)
_PARTING = _BLOCKS | {"table"}
_FARTHEST = 200  # rows or columns that a merged cell is followed over
_LAYOUT_SHARE, _LAYOUT_PARAGRAPHS = 0.8, 4
_CIRCLED, _FIRST_CIRCLED = 20, 0x2460
_NUMBERED = re.compile(r"\W*(?:\d|[^\W\d]{1,4}[、．.）)])")
_BOLD = frozenset({"b", "strong"})
_MUST_CLOSE = frozenset(
    {"div", "table", "tr", "td", "ul", "ol", "article", "section", "body", "html", "script", "style"}
)


def is_html(text: str) -> bool:
    """Tell whether the text is marked up, be it only by the beginning of a first tag."""
    return _TAG.search(text) is not None or _UNFINISHED.match(text) is not None


def html_blocks(path: str, markup: str) -> list[RawBlock]:
    """Return the visible blocks of a page.

    Raises InputError where the markup breaks off in the middle, because what is missing cannot be known.
    """
    return soup_blocks(parse_html(path, markup))


def parse_html(path: str, markup: str) -> BeautifulSoup:
    """Return the tree of a page.

    Raises InputError where the markup breaks off in the middle, or holds elements too deep inside one another.
    """
    _require_whole(path, markup)
    if _XHTML.match(markup):
        markup = xhtml_as_html(_DECLARATION.sub("", markup))
    soup = BeautifulSoup(_AUTOLINK.sub(r"&lt;\1&gt;", markup), "lxml")  # Markdown's <http://...> is no element
    _require_shallow(path, soup)
    return soup


def xhtml_as_html(markup: str) -> str:
    """Return XHTML as HTML has it: <title/> opens an element that HTML would not close."""
    return _EMPTY.sub(lambda tag: tag[0] if tag[1].lower() in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", markup)


def soup_blocks(soup: BeautifulSoup) -> list[RawBlock]:
    """Return the visible blocks of a page's tree."""
    return list(_Walk().blocks(soup))


def _require_shallow(path: str, soup: BeautifulSoup) -> None:
    level: list[Tag] = [soup]
    for _ in range(NESTING):
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
        if not level:
            return
    raise InputError(path, f"the HTML holds over {NESTING} elements inside one another", "fetch the page again")


class _Walk:
    """Goes through a page once, counting its tables."""

    def __init__(self) -> None:
        self.tables = 0
        self.items: dict[int, int] = {}

    def blocks(self, node: Tag, kind: BlockKind = "paragraph", loose: bool = True) -> Iterator[RawBlock]:
        """Yield the blocks below `node`; runs of inline text between block elements are blocks too.

        Right under the body such text is Markdown, in which an empty line parts paragraphs.
        """
        apart = node.name == "body"
        inline: list[tuple[str, bool]] = []
        for child in node.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, Comment) and type(child) is NavigableString:
                    inline.append((str(child), False))
            elif isinstance(child, Tag) and child.name not in _HIDDEN:
                if self._is_inline(child):
                    inline.append((child.get_text(), _is_bold(child)))
                    continue
                yield from _flush(inline, kind, loose, apart)
                inline = []
                yield from self._block(child)
        yield from _flush(inline, kind, loose, apart)

    def _block(self, tag: Tag) -> Iterator[RawBlock]:
        if tag.name == "table":
            yield from self._table(tag)
        elif tag.name in _HEADINGS:
            yield from self.blocks(tag, "heading", loose=False)
        elif tag.name == "li" and (number := self._shown_number(tag)):
            first, *rest = list(self.blocks(tag, loose=False)) or [RawBlock("")]
            lead = "" if _NUMBERED.match(first.text) or not first.text else _list_number(number, tag)
            yield from (replace(first, text=lead + first.text), *rest)
        else:
            yield from self.blocks(tag, loose=tag.name not in {"p", "li", "blockquote", "pre", "dd", "dt"})

    def _shown_number(self, item: Tag) -> int:
        """Return the number that a browser puts before an item of an ordered list, or 0 where it puts none."""
        holder = item.parent
        if holder is None or holder.name != "ol" or "none" in str(holder.get("style", "")):
            return 0
        start = str(holder.get("start", "1"))
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
        number = self.items.get(id(holder), first - 1) + 1
        self.items[id(holder)] = number
        return number

    def _is_inline(self, tag: Tag) -> bool:
        names = (inner.name for inner in tag.descendants if isinstance(inner, Tag))
        return tag.name not in _PARTING and not any(name in _PARTING for name in names)

    def _table(self, tag: Tag) -> Iterator[RawBlock]:
        """Yield a table's cells with their place in the grid, merged cells with how far they reach.

        A table that only lays out the page is no table: what its cells hold is read as if it were not there.
        """
        if _is_layout(tag):
            for cell in _cells(tag):
                yield from self.blocks(cell)
            return
        number, self.tables = self.tables, self.tables + 1
        reached: dict[int, int] = {}  # the row below the last one that a cell above reaches down to, by column
        for row, line in enumerate(line for line in tag.find_all("tr") if line.find_parent("table") is tag):
            column = 0
            for cell in line.find_all(["td", "th"], recursive=False):
                while reached.get(column, 0) > row:
                    column += 1
                rows, columns = _reach(cell, "rowspan"), _reach(cell, "colspan")
                for at in range(column, column + columns):
                    reached[at] = max(reached.get(at, 0), row + rows)
                text = "\n".join(block.text for block in _Walk().blocks(cell))
                yield RawBlock(
                    text,
                    "cell",
                    table=number,
                    row=row,
                    column=column,
                    rows=rows,
                    columns=columns,
                    header=cell.name == "th" or row == 0,
                )
                column += columns


def _list_number(number: int, item: Tag) -> str:
    """Return the number of an item as plans write it where lists stand in one another: 1. above （1） above ①."""
    depth = sum(holder.name == "ol" for holder in item.parents)
    if depth == 1:
        return f"{number}. "
    return f"（{number}）" if depth == 2 or number > _CIRCLED else chr(_FIRST_CIRCLED + number - 1)


def _cells(table: Tag) -> list[Tag]:
    return [cell for cell in table.find_all(["td", "th"]) if cell.find_parent("table") is table]


def _is_layout(table: Tag) -> bool:
    """Tell a table that lays out a page: one cell holds nearly all its text, and that in paragraphs or tables."""
    largest = max(_cells(table), key=lambda cell: len(cell.get_text()), default=None)
    if largest is None or len(largest.get_text().strip()) < _LAYOUT_SHARE * len(table.get_text().strip()):
        return False
    return largest.find("table") is not None or len(largest.find_all(["p", "div", "br"])) >= _LAYOUT_PARAGRAPHS


def _reach(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute, "1"))
    return min(max(int(value), 1), _FARTHEST) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _is_bold(tag: Tag) -> bool:
    style = f"{tag.get('style', '')} {tag.get('cms-style', '')} {tag.get('class', '')}".lower()
    return tag.name in _BOLD or "bold" in style or tag.find(list(_BOLD)) is not None


def _flush(inline: list[tuple[str, bool]], kind: BlockKind, loose: bool, apart: bool) -> Iterator[RawBlock]:
    whole = "".join(part for part, _ in inline)
    bold = all(bold for part, bold in inline if part.strip())
    for text in map(_squeeze, re.split(r"\n\s*\n", whole) if apart else [whole]):
        if text:
            yield RawBlock(text, kind, bold=bold, loose=loose)


def _squeeze(text: str) -> str:
    """Take line breaks out of the source's layout: between Han characters they mean nothing."""
    return re.sub(r"\s*[\r\n]+\s*", "", text.replace("​", "").replace("﻿", "")).strip()


class _Balance(HTMLParser):
    """Counts elements that must be closed, and how deep they stand."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.open: dict[str, int] = {}
        self.closed: dict[str, int] = {}
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # the name is html.parser's
        self.open[tag] = self.open.get(tag, 0) + 1
        self.depth += tag in _MUST_CLOSE
        if self.depth > 5 * NESTING:  # a page's own slips leave few open; the tree is measured after
            what = f"the HTML leaves over {5 * NESTING} elements open"
            raise InputError(self.path, what, "fetch the page again")

    def handle_endtag(self, tag: str) -> None:
        self.closed[tag] = self.closed.get(tag, 0) + 1
        self.depth -= tag in _MUST_CLOSE


def _require_whole(path: str, markup: str) -> None:
    balance = _Balance(path)
    try:
        balance.feed(markup)
    except AssertionError as error:  # html.parser's way to refuse <![...
        raise InputError(
            path, f"the HTML holds a declaration that is none ({error})", "fetch the page again"
        ) from error
    if _PAGE_END.search(markup):
        return
    torn = balance.rawdata.lstrip()[:1] == "<"
    unclosed = sorted(
        tag for tag, count in balance.open.items() if _misses_an_end(markup, tag, count, balance.closed.get(tag, 0))
    )
    if torn or unclosed:
        what = "in the middle of a tag" if torn else f"with <{unclosed[0]}> still open"
        raise InputError(path, f"the HTML breaks off {what}", "fetch the page again")


def _misses_an_end(markup: str, tag: str, opened: int, closed: int) -> bool:
    """An end is missed where the element needs one, is given one everywhere else, or is all that the page holds."""
    last_open = tag == "p" and opened == closed + 1 and (closed > 0 or markup.lstrip()[:2].lower() == "<p")
    return opened > closed and (tag in _MUST_CLOSE or last_open)
