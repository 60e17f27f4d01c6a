"""Plain text to blocks: one paragraph a line, with hard-wrapped lines joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from kg.documents.blocks import RawBlock

_CLOSERS = {"（": "）", "(": ")", "【": "】", "［": "］", "〔": "〕"}
_ENDS = "。！？；：:.!?;"
_RULE = re.compile(r"[|:\-\s]+")
_LONGEST_BRACKET = 400
# A table of so many columns goes on behind lines of no more characters than these.
_WIDE, _SHORT = 3, 60


def plain_blocks(text: str, starts_item: Callable[[str], bool], is_noise: Callable[[str], bool]) -> list[RawBlock]:
    """Return the paragraphs of a text.

    Where most lines have about one length, the text was wrapped at a margin: a line that reaches the margin goes on
    in the next unless that one begins a numbered item. A bracket that a line leaves open is closed by the next
    lines. `is_noise` tells page numbers and the like, which would otherwise stand between the halves.
    """
    lines = [line for line in (_clean(line) for line in text.splitlines()) if line and not is_noise(line)]
    margin = _margin(lines)
    if any(_cells(line) for line in lines):
        return list(_with_tables(lines, starts_item))
    joined = _join(lines, lambda line, after: _wraps(line, margin) and not starts_item(after)) if margin else lines
    return [RawBlock(line) for line in _close_brackets(joined, starts_item)]


def _with_tables(lines: list[str], starts_item: Callable[[str], bool]) -> Iterator[RawBlock]:
    """Yield lines that are parted by tabs or bars as tables, the rest as paragraphs.

    A line alone is a row where others have as many cells. A table goes on behind short lines, such as headings
    between its rows.
    """
    widths = Counter(len(cells) for line in lines if (cells := _cells(line)))
    table, row, width, between = -1, 0, 0, 0
    for is_table, run in groupby(lines, key=lambda line: bool(_cells(line))):
        held = list(run)
        rows = [cells for line in held if not _RULE.fullmatch(line) and (cells := _cells(line))]
        if is_table and rows and (len(held) > 1 or widths[len(rows[0])] > 1 < len(rows[0]) - 1):
            if len(rows[0]) != width or width < _WIDE or between > _SHORT:
                table, row, width = table + 1, 0, len(rows[0])
            yield from (
                RawBlock(cell, "cell", table=table, row=row + down, column=column, header=row + down == 0)
                for down, cells in enumerate(rows)
                for column, cell in enumerate(cells)
            )
            row += len(rows)
            between = 0
        else:
            between += sum(map(len, held))
            yield from map(RawBlock, _close_brackets(held, starts_item))


def _cells(line: str) -> list[str]:
    """Return the cells of a line of a table: parted by tabs, or by bars at least twice."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell.strip() for cell in line.strip("|").split("|")] if line.count("|") >= 2 else []


def _clean(line: str) -> str:
    return line.replace("﻿", "").replace("​", "").strip()


def _margin(lines: list[str]) -> int:
    """Return the length at which lines were wrapped, or 0 where they were not."""
    lengths = Counter(len(line) for line in lines)
    if len(lines) < 12:
        return 0
    margin, _ = max(
        ((length, sum(lengths[length + step] for step in (-2, -1, 0, 1, 2))) for length in lengths if length >= 15),
        key=lambda pair: (pair[1], pair[0]),
        default=(0, 0),
    )
    near = sum(count for length, count in lengths.items() if abs(length - margin) <= 3)
    running = sum(1 for line in lines if abs(len(line) - margin) <= 3 and line[-1] not in _ENDS)
    return margin if margin <= 60 and near >= 0.4 * len(lines) and running >= 0.3 * len(lines) else 0


def _wraps(line: str, margin: int) -> bool:
    return len(line) >= margin - 4 and line[-1] not in "。！？"


def _join(lines: list[str], goes_on: Callable[[str, str], bool]) -> list[str]:
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and goes_on(last, line):
            joined[-1] += line
        else:
            joined.append(line)
        last = line
    return joined


def _close_brackets(lines: list[str], starts_item: Callable[[str], bool]) -> Iterator[str]:
    """Join a line to the next while it leaves a bracket open that the next lines close."""
    pending = ""
    for line in lines:
        if pending and (starts_item(line) or len(pending) > _LONGEST_BRACKET or not _closes(pending, line)):
            yield pending
            pending = ""
        pending += line
        if _open_bracket(pending) is None:
            yield pending
            pending = ""
    if pending:
        yield pending


def join_open(blocks: list[RawBlock], starts_item: Callable[[str], bool]) -> Iterator[RawBlock]:
    """Join a paragraph of a page to the next while it leaves a bracket open that the next ones close."""
    pending: RawBlock | None = None
    for block in blocks:
        if (
            pending is not None
            and block.kind != "cell"
            and not starts_item(block.text)
            and _closes(pending.text, block.text)
        ):
            pending = replace(pending, text=pending.text + block.text)
            continue
        if pending is not None:
            yield pending
        pending = block
    if pending is not None:
        yield pending


def _open_bracket(text: str) -> str | None:
    """Return the closer that `text` still waits for in its last hundred characters or so, if any."""
    tail = text[-_LONGEST_BRACKET:]
    for opener, closer in _CLOSERS.items():
        if tail.count(opener) > tail.count(closer) and tail.rfind(opener) > tail.rfind(closer):
            return closer
    return None


def _closes(pending: str, line: str) -> bool:
    closer = _open_bracket(pending)
    return closer is not None and closer in re.split(r"[。！？]", line)[0]
