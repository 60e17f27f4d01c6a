"""OpenDocument text (ODT) to HTML: paragraphs, headings, lists with their numbers, tables with merged cells.

What was struck out, comments, headers and footers are no part of the text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from kg.documents.zipped import parse_part, read_parts
from kg.errors import InputError
from kg.text.numerals import write_number

_KIND = "OpenDocument file"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LEFT_OUT = frozenset({
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "table-of-content", "bibliography",
    "alphabetical-index", "note-citation", "ruby-text", "variable-decls",
})  # fmt: skip
_SIGNS = {"s": " ", "tab": " ", "line-break": "<br>"}
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_REPEATED = 64  # cells that one may stand for; empty ones at the end of a row repeat by the thousand


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered; without a format it is not."""

    style: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1


_Levels = Mapping[str, Mapping[int, _Level]]


def odt_markup(path: str, data: bytes, signs: Mapping[str, str]) -> str:
    """Return the text of an ODT as HTML; `signs` are those that Chinese numbers are written with.

    Raises InputError where the file is broken off, too large, protected or not well-formed.
    """
    names = ("content.xml", "styles.xml")
    parts = read_parts(path, _KIND, data, lambda _: names)
    if names[0] not in parts:
        raise InputError(path, f"the {_KIND} holds no content.xml", "save it again with a word processor")
    roots = [parse_part(path, _KIND, name, parts[name]) for name in names if name in parts]
    body = next((node for node in roots[0].iter() if _name(node) == "text" and node.tag != f"{_TEXT}text"), None)
    if body is None:
        raise InputError(path, "is an OpenDocument file that holds no text", "save it as DOCX, XLSX or PDF")
    levels = {name: styles for root in reversed(roots) for name, styles in _list_styles(root)}
    return "\n".join(_Walk(levels, signs).blocks(body))


def _name(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _list_styles(root: etree._Element) -> Iterator[tuple[str, dict[int, _Level]]]:
    for style in root.iter(f"{_TEXT}list-style", f"{_TEXT}outline-style"):
        numbered = {_count(level, f"{_TEXT}level"): _level(level) for level in style if isinstance(level.tag, str)}
        yield style.get(f"{_STYLE}name") or "", numbered


def _level(level: etree._Element) -> _Level:
    format_ = level.get(f"{_STYLE}num-format") or ""
    style = _FORMATS.get(format_) or _other_format(format_)
    prefix, suffix = level.get(f"{_STYLE}num-prefix") or "", level.get(f"{_STYLE}num-suffix") or ""
    return _Level(style, prefix, suffix, _count(level, f"{_TEXT}start-value"))


def _other_format(format_: str) -> str:
    """Return the style of a format that shows how it counts: 一, 二, 三, … and ①, ②, ③, …."""
    first = format_[:1]
    if not first:
        return "none"
    return "decimalEnclosedCircleChinese" if ord(first) in range(0x2460, 0x2474) else "chineseCounting"


def _count(node: etree._Element, attribute: str, most: int = 9999) -> int:
    value = node.get(attribute) or ""
    return min(int(value), most) if value.isascii() and value.isdigit() and 0 < len(value) < 7 else 1


class _Walk:
    """Goes through a text once, counting the items of its lists."""

    def __init__(self, levels: _Levels, signs: Mapping[str, str]) -> None:
        self._levels = levels
        self._signs = signs
        self._counts: dict[tuple[str, int], int] = {}

    def blocks(self, node: etree._Element) -> Iterator[str]:
        """Yield the blocks of a body, a section or a cell."""
        for child in node:
            name = _name(child)
            if name in _LEFT_OUT:
                continue
            if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield self._paragraph(child)
            elif child.tag == f"{_TEXT}list":
                yield from self._list(child, "", 1)
            elif child.tag == f"{_TABLE}table":
                yield self._table(child)
            elif isinstance(child.tag, str):
                yield from self.blocks(child)

    def _paragraph(self, node: etree._Element, lead: str = "") -> str:
        boxes: list[etree._Element] = []
        element = "h2" if node.tag == f"{_TEXT}h" else "p"
        line = f"<{element}>{html.escape(lead)}{_inline(node, boxes)}</{element}>"
        return "\n".join([line, *(block for box in boxes for block in self.blocks(box))])

    def _list(self, node: etree._Element, style: str, depth: int) -> Iterator[str]:
        """Yield the items of a list, each with its number; one that names no list before it begins anew."""
        style = node.get(f"{_TEXT}style-name") or style
        level = self._levels.get(style, {}).get(depth, _Level())
        if node.get(f"{_TEXT}continue-numbering") != "true" and not node.get(f"{_TEXT}continue-list"):
            self._counts[style, depth] = level.start - 1
        for item in node:
            if _name(item) in {"list-item", "list-header"}:
                yield from self._item(item, style, depth, level)

    def _item(self, item: etree._Element, style: str, depth: int, level: _Level) -> Iterator[str]:
        lead = self._number(item, style, depth, level) if _name(item) == "list-item" else ""
        for child in item:
            if child.tag == f"{_TEXT}list":
                yield from self._list(child, style, depth + 1)
            elif child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield self._paragraph(child, lead)
                lead = ""

    def _number(self, item: etree._Element, style: str, depth: int, level: _Level) -> str:
        count = self._counts.get((style, depth), level.start - 1) + 1
        if item.get(f"{_TEXT}start-value"):
            count = _count(item, f"{_TEXT}start-value")
        first = next((child for child in item if isinstance(child.tag, str)), None)
        if first is None or first.tag == f"{_TEXT}list":
            return ""  # an item that only holds a deeper list shows no number
        self._counts[style, depth] = count
        number = write_number(count, level.style or "none", self._signs)
        return f"{level.prefix}{number}{level.suffix}" if number else ""

    def _table(self, node: etree._Element) -> str:
        rows = [f"<tr>{''.join(self._cells(row))}</tr>" for row in node.iter(f"{_TABLE}table-row") if _own(row, node)]
        return f"<table>{''.join(rows)}</table>"

    def _cells(self, row: etree._Element) -> Iterator[str]:
        for cell in row:
            if cell.tag != f"{_TABLE}table-cell":
                continue
            down, across = (_count(cell, f"{_TABLE}number-{way}-spanned", _REPEATED) for way in ("rows", "columns"))
            inner = "\n".join(self.blocks(cell))
            yield from [f'<td rowspan="{down}" colspan="{across}">{inner}</td>'] * _count(
                cell, f"{_TABLE}number-columns-repeated", _REPEATED if inner else 1
            )


def _own(row: etree._Element, table: etree._Element) -> bool:
    return next(row.iterancestors(f"{_TABLE}table"), None) is table


def _inline(node: etree._Element, boxes: list[etree._Element]) -> str:
    """Return the text of a paragraph; its text boxes and the bodies of its notes are gathered in `boxes`."""
    parts = [html.escape(node.text or "")]
    for child in node:
        name = _name(child)
        if name in {"text-box", "note-body"}:
            boxes.append(child)
        elif name in _SIGNS and child.tag.startswith(_TEXT):
            parts.append(_SIGNS[name])
        elif name and name not in _LEFT_OUT:
            parts.append(_inline(child, boxes))
        parts.append(html.escape(child.tail or ""))
    return "".join(parts)
