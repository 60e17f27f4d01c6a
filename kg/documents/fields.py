"""What a document says of itself: a box of labels and values (发文字号：粤办函〔2022〕219号), who signs it and when.

A box stands as a table, a list or a run of paragraphs; read as blocks, all of these are labels followed by values. A
signature stands below a notice and above its attachments, or at the end of a letter; a plain text without metadata says
its issuer and its day nowhere else but in its title (苏州市人民政府办公室关于…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.documents.blocks import RawBlock
from kg.lexicons.documents import DocumentWords
from kg.text.dates import day_of, iso_day
from kg.text.fold import fold, simplify
from kg.text.numerals import read_number

_BOX = 3
_LONGEST_VALUE = 120
_SENTENCE = "。"
_DEPARTMENT = "department"
_MOST = 12
_HEAD, _FOOT = 6, 3
_HAN = "\u3400-\u9fff"


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


def find_labelled(lines: Sequence[str], words: DocumentWords) -> dict[str, str]:
    """Return what single labels above the first sentence of a plain text say, each with a value that is of its kind.

    No colon is needed: 文号 赣府发〔2021〕3号, 【公布日期】2020-10-12; a value may stand on the line below its label.
    """
    first = next((at for at, line in enumerate(lines) if _SENTENCE in line), len(lines))
    found: dict[str, str] = {}
    for at, line in enumerate(lines[: min(first, _MOST)]):
        matches = list(words.loose_label.finditer(fold(line)))
        ends = [match.start() for match in matches[1:]] + [len(line)]
        for match, end in zip(matches, ends, strict=False):
            below = lines[at + 1] if at + 1 < len(lines) else ""
            value = line[match.end() : end].strip() or below.strip()
            field = words.labels[_bare(match.group(1))]
            if kept := _fitting(field, value, words):
                found.setdefault(field, kept)
    return found


def _fitting(field: str, value: str, words: DocumentWords) -> str:
    """Return as much of a value as its field may hold; empty where it holds something else."""
    if field == "number":
        match = re.match(words.number, simplify(value))
        return match.group() if match else ""
    if field == "issuer":
        return value if _bodies(value, words) else ""
    return value if iso_day(value) else ""


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


@dataclass(frozen=True, slots=True)
class Signature:
    """Those who sign or pass a document, parted by blanks, the ISO day, the number of the decree; empty if unsaid."""

    issuer: str = ""
    day: str = ""
    number: str = ""


def find_signature(lines: Sequence[str], words: DocumentWords) -> Signature:
    """Return the first signature among the lines of a document, else the day alone at its head or its foot."""
    days = [(at, *found) for at, line in enumerate(lines) if (found := _day_line(line, words))]
    for at, before, day in days:
        signers = _bodies(before, words) if before else _above(lines[:at], words)
        if signers:
            return Signature(" ".join(signers), day)
    near = (day for at, before, day in days if not before and (at < _HEAD or at >= len(lines) - _FOOT))
    return Signature(day=next(near, ""))


def find_passing(lines: Sequence[str], words: DocumentWords) -> Signature | None:
    """Return who passed or promulgated a law, as the first such words below its title say, and when.

    Where the same body promulgated by decree what it had agreed to in a meeting, the decree is meant.
    """
    found = [passing for line in lines[:_MOST] if (passing := _passing(line, words))]
    decreed = (passing for passing in found if passing.number and passing.issuer == found[0].issuer)
    return next(decreed, found[0] if found else None)


def _passing(line: str, words: DocumentWords) -> Signature | None:
    match = re.search(words.passed, fold(line))
    if match is None:
        return None
    bodies = [re.sub(words.passing_body, "", body) for body in match.group("body").split("、")]
    if not all(_bodies(body, words) for body in bodies):
        return None
    number = "、".join(bodies) + _bare(match.group("decree")) if match.group("decree") else ""
    return Signature(" ".join(bodies), day_of(*match.group("year", "month", "day")), number)


def find_head(lines: Sequence[str], title: str, words: DocumentWords) -> Signature:
    """Return what stands above a title: the head of a decree, else those whose paper it is (某政府办公厅文件)."""
    above = [fold(line).strip() for line in lines[:_HEAD]]
    for line in (*above, *map("".join, pairwise(above))):
        match = re.fullmatch(words.decree, line)
        if match and (bodies := _bodies(match["body"], words)):
            return Signature(" ".join(bodies), number=_bare("、".join(bodies) + line[match.end("body") :].strip("()")))
    start = above.index(fold(title).strip()) if fold(title).strip() in above else 0
    named = (
        _bodies(re.sub(words.head_marks, "", line), words) for line in above[:start] if not words.is_no_title(line)
    )
    return Signature(" ".join(next(filter(None, named), [])))


def title_issuers(title: str, words: DocumentWords) -> str:
    """Return the bodies before 关于 in a title, parted by blanks: 民政部 财政部关于…; empty where it names none."""
    match = re.match(words.issued_title, fold(title).lstrip())
    return " ".join(_bodies(match.group(1), words)) if match else ""


def part_title(title: str, words: DocumentWords) -> tuple[str, str]:
    """Return a title without the number before or behind it, and the number: 关于养老的通知（某办发〔2021〕9号）."""
    alone = rf"[(（【\[]?(?P<number>{words.number})[)）】\]]?"
    match = re.match(rf"\s*{alone}\s*(?=\S{{4}})", title) or re.search(rf"(?:\s|(?=[(（【\[])){alone}\s*$", title)
    return (title[: match.start()] + title[match.end() :]).strip() if match else title, match["number"] if match else ""


def _day_line(line: str, words: DocumentWords) -> tuple[str, str] | None:
    """Return what stands before the day on a line that ends in one, and the ISO day; None for any other line."""
    match = re.fullmatch(words.signed_day, fold(line).strip())
    if match is None:
        return None
    year, month, number = (_figures(match.group(part), words) for part in ("year", "month", "day"))
    day = day_of(year, month, number)
    return (match.group("before").strip(), day) if day else None


def _figures(numeral: str, words: DocumentWords) -> str:
    """Write a year, a month or a day in figures: 二〇二四 as 2024, 二十一 as 21."""
    signs = words.counting
    return str(read_number(numeral, ones=signs["digits"][1:], places=signs["places"], noughts=signs["noughts"]))


def _above(lines: Sequence[str], words: DocumentWords) -> list[str]:
    """Return the bodies on the lines right above a day, in text order."""
    signers: list[str] = []
    for line in reversed(lines[-_MOST:]):
        bodies = _bodies(line, words)
        if not bodies:
            break
        signers[:0] = bodies
    return signers


def _bodies(line: str, words: DocumentWords) -> list[str]:
    """Return the bodies that a line consists of, without blanks in a name (科 技 部); none where it holds more."""
    text = re.sub(words.seals, "", fold(line).strip()).strip()
    spaced = re.fullmatch(rf"[{_HAN}](?:\s+[{_HAN}])+", text)
    parts = ["".join(text.split())] if spaced else [part for part in re.split(r"[\s、]+", text) if part]
    pattern = re.compile(rf"[{_HAN}()]{{0,28}}(?:{'|'.join(words.signers)})")
    return (
        parts
        if all(pattern.fullmatch(part) and len(part) > 1 and part not in words.not_signers for part in parts)
        else []
    )
