"""DOCX to blocks: paragraphs with their automatic numbers, tables with merged cells, text boxes and notes.

Tracked changes are read as accepted: what was struck out is gone, what was put in stays. Headers, footers,
comments, hidden text and the table of contents are no part of the text. The title and author in a file's properties
are those of whoever made the template, and are not believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from kg.documents.blocks import Content, RawBlock
from kg.documents.docx.numbers import Numbers, read_numbers
from kg.documents.docx.parts import Parts, W, child, elements, is_on, number, open_docx, value
from kg.model.document import BlockKind

_LEFT_OUT = frozenset({
    "del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "Fallback", "rt", "sdtPr", "sdtEndPr",
    "comment", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr",
})  # fmt: skip
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_REACH = 64
_STOPS = frozenset(".．")
_BODY = 9  # the level in the outline that is none


def read_docx(path: str, data: bytes, signs: Mapping[str, str]) -> Content:
    """Return the blocks of a DOCX; `signs` are those that Chinese numbers are written with.

    Raises InputError as `open_docx` does.
    """
    parts = open_docx(path, data)
    body = child(parts.document, "body")
    walk = _Walk(read_numbers(parts, signs), _headings(parts), _contents(parts), _notes(parts))
    return Content(tuple(walk.blocks(body)) if body is not None else ())


def _headings(parts: Parts) -> frozenset[str]:
    """Return the styles of headings, by their level in the outline or by their name."""
    styles = [] if parts.styles is None else parts.styles.findall(f"{W}style")
    return frozenset(
        value(style, "styleId")
        for style in styles
        if child(style, "pPr", "outlineLvl") is not None
        or value(child(style, "name")).lower().startswith(("heading", "title"))
    )


def _contents(parts: Parts) -> frozenset[str]:
    styles = [] if parts.styles is None else parts.styles.findall(f"{W}style")
    return frozenset(value(style, "styleId") for style in styles if value(child(style, "name")).lower()[:4] == "toc ")


def _notes(parts: Parts) -> dict[tuple[str, str], etree._Element]:
    roots = {"footnotes": parts.footnotes, "endnotes": parts.endnotes}
    return {
        (name, value(note, "id")): note
        for name, root in roots.items()
        if root is not None
        for note in root
        if isinstance(note.tag, str) and value(note, "type") in {"", "normal"}
    }


@dataclass(slots=True)
class _Run:
    """The text of a paragraph as it is gathered, with what it refers to or carries outside its line."""

    text: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class _Walk:
    """Goes through a document once, counting its tables and its numbered paragraphs."""

    def __init__(
        self,
        numbers: Numbers,
        headings: frozenset[str],
        contents: frozenset[str],
        notes: dict[tuple[str, str], etree._Element],
    ) -> None:
        self.numbers = numbers
        self.headings = headings
        self.contents = contents
        self.notes = notes
        self.tables = 0
        self.pending: etree._Element | None = None

    def blocks(self, node: etree._Element) -> Iterator[RawBlock]:
        """Yield the blocks of a body, a cell, a box or a note."""
        held: list[etree._Element] = []
        for paragraph_or_table in _content(node):
            if paragraph_or_table.tag == f"{W}tbl":
                yield from self._paragraph(held)
                held = []
                yield from self._table(paragraph_or_table)
                continue
            held.append(paragraph_or_table)
            if child(paragraph_or_table, "pPr", "rPr", "del") is None:  # else its end was struck out: it goes on
                yield from self._paragraph(held)
                held = []
        yield from self._paragraph(held)

    def _paragraph(self, nodes: list[etree._Element]) -> Iterator[RawBlock]:
        """Yield the lines of a paragraph, then its boxes and its notes; struck-out ends make one of several."""
        if not nodes:
            return
        properties = child(nodes[-1], "pPr")
        style = value(child(properties, "pStyle"))
        if style in self.contents:
            return
        run = _Run()
        for node in nodes:
            _gather(node, run)
        text = "".join(run.text)
        label = self.numbers.label(properties, style)
        outline = number(child(properties, "outlineLvl"), default=0 if style in self.headings else _BODY)
        kind: BlockKind = "heading" if outline < _BODY else "paragraph"
        for at, line in enumerate(part for part in text.split("\n") if part.strip()):
            lead = "" if at else _set_off(label, line.strip())
            yield RawBlock(lead + line.strip(), kind, bold=all(run.bold))
        for box in run.boxes:
            yield from self.blocks(box)
        for key in run.notes:
            note = self.notes.pop(key, None)  # a note is read once, be it named a thousand times or in itself
            if note is not None:
                yield from self.blocks(note)

    def _table(self, table: etree._Element) -> Iterator[RawBlock]:
        """Yield a table's cells with their place in the grid, merged cells once, with how far they reach."""
        at, self.tables = self.tables, self.tables + 1
        cells: list[RawBlock] = []
        above: dict[int, int] = {}
        rows = [row for row in _content(table, "tr") if child(row, "trPr", "del") is None]
        for row, line in enumerate(rows):
            column = min(number(child(line, "trPr", "gridBefore")), _REACH)
            header = row == 0 or is_on(child(line, "trPr", "tblHeader"))
            for cell in _content(line, "tc"):
                width = min(max(number(child(cell, "tcPr", "gridSpan"), default=1), 1), _REACH)
                merge = child(cell, "tcPr", "vMerge")
                if merge is not None and value(merge) != "restart" and column in above:
                    over = cells[above[column]]
                    cells[above[column]] = replace(over, rows=row - over.row + 1)
                elif child(cell, "tcPr", "cellDel") is None:
                    above[column] = len(cells)
                    text = "\n".join(block.text for block in self.blocks(cell))
                    cells.append(RawBlock(text, "cell", table=at, row=row, column=column, columns=width, header=header))
                column += width
        yield from cells


def _set_off(label: str, line: str) -> str:
    """Part a number from a text that begins with a digit: 1. and 2025年 make no 1.2025年."""
    return f"{label.rstrip()} " if label[-1:] in _STOPS and line[0].isdigit() else label


def _content(node: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables (or what is wanted) of a node, through the wrappers around them."""
    names = wanted or ("p", "tbl")
    for name, inner in elements(node):
        if name in names:
            yield inner
        elif name not in _LEFT_OUT and name not in {"p", "tbl", "tr", "tc"}:
            yield from _content(inner, *wanted)


def _gather(node: etree._Element, run: _Run) -> None:
    """Gather the text below a paragraph in reading order."""
    for name, inner in elements(node):
        if name in _LEFT_OUT:
            continue
        if name == "txbxContent":
            run.boxes.append(inner)
        elif name in _NOTES:
            run.notes.append((_NOTES[name], value(inner, "id")))
        elif name == "t":
            run.text.append(inner.text or "")
            if (inner.text or "").strip():
                run.bold.append(is_on(child(node, "rPr", "b")))
        elif name in _SIGNS:
            run.text.append(_SIGNS[name])
        elif name != "r" or not is_on(child(inner, "rPr", "vanish")):
            _gather(inner, run)
