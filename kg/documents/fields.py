"""The box of labels and values in which an office says what its document is: 发文字号：粤办函〔2022〕219号.

It stands as a table, a list or a run of paragraphs; read as blocks, all of these are labels followed by values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.documents.blocks import RawBlock
from kg.lexicons.documents import DocumentWords
from kg.text.dates import iso_day
from kg.text.fold import fold

_BOX = 3
_LONGEST_VALUE = 120
_SENTENCE = "。"
_DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A field with its value, and the blocks from `start` to before `end` that hold them."""

    field: str
    value: str
    start: int
    end: int


def take_fields(
    blocks: Sequence[RawBlock], words: DocumentWords, *, page: bool = False
) -> tuple[dict[str, str], list[RawBlock]]:
    """Return what the boxes among `blocks` say by field, and the blocks outside them.

    A box is a run of three or more different labels with values; above the first sentence of a whole page
    (`page`) a single label is enough.
    """
    shown = [block for block in blocks if block.text.strip()]
    first = next((at for at, block in enumerate(shown) if _SENTENCE in block.text), len(shown))
    found: dict[str, str] = {}
    taken: set[int] = set()
    for run in _runs(list(_pairs(shown, words))):
        if len({(pair.field, pair.start) for pair in run if pair.value}) < _BOX and not (page and run[0].start < first):
            continue
        if {pair.field for pair in run} == {_DEPARTMENT}:
            continue
        taken |= {at for pair in run for at in range(pair.start, pair.end)}
        for pair in run:
            if pair.value:
                found.setdefault(pair.field, pair.value)
    found.pop("none", "")
    if department := found.pop(_DEPARTMENT, ""):
        found.setdefault("issuer", department)
    return found, [block for at, block in enumerate(shown) if at not in taken]


def _pairs(blocks: Sequence[RawBlock], words: DocumentWords) -> Iterator[_Pair]:
    at = 0
    while at < len(blocks):
        pairs = list(_inside(blocks[at].text, at, words))
        if pairs and not pairs[-1].value and at + 1 < len(blocks):
            value = blocks[at + 1].text.strip()
            if len(value) <= _LONGEST_VALUE and not _label(value, words) and not list(_inside(value, at, words)):
                pairs[-1] = replace(pairs[-1], value=value, end=at + 2)
        yield from (pair for pair in pairs if pair.value or len(pairs) > 1 or ":" in fold(blocks[at].text))
        at = pairs[-1].end if pairs else at + 1


def _inside(text: str, at: int, words: DocumentWords) -> Iterator[_Pair]:
    """Yield the labels of one block with what follows each; a block that is nothing but a label has no value yet."""
    if len(text) > 3 * _LONGEST_VALUE or _SENTENCE in text:
        return
    folded = fold(text)
    if field := _label(text, words):
        yield _Pair(field, "", at, at + 1)
        return
    matches = list(words.label_pattern.finditer(folded))
    if not matches:
        return
    before = folded[: matches[0].start()].strip("[(|, ")
    if before and not iso_day(before):
        return
    if before:  # the day stands without a label before those that have one
        yield _Pair("published", before, at, at + 1)
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        value = text[match.end() : end].strip().strip("|;；,，").strip()
        yield _Pair(words.labels[_bare(match.group(1))], value, at, at + 1)


def _label(text: str, words: DocumentWords) -> str:
    """Return the field that a text names where it is a label and nothing else."""
    return words.labels.get(_bare(fold(text)).strip(":[]()"), "")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _runs(pairs: list[_Pair]) -> Iterator[list[_Pair]]:
    """Yield the pairs that follow one another without a block between."""
    run: list[_Pair] = []
    for pair in pairs:
        if run and pair.start > run[-1].end:
            yield run
            run = []
        run.append(pair)
    if run:
        yield run
