"""Blocks to documents: the one text, the metadata, and a policy that a news page prints in full."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.documents.blocks import Content, RawBlock, StartsItem
from kg.documents.fields import Signature, find_head, find_passing, find_signature, part_title, title_issuers
from kg.documents.limits import SQUARES
from kg.errors import InputError
from kg.lexicons.documents import DocumentWords
from kg.model.document import Block, Document, DocumentKind, Span, content_id
from kg.text.dates import day_of, iso_day
from kg.text.fold import fold, legible, simplify

_TITLE_LINES = 8
_TRAILING = re.compile(r"\s*[-—_=~*]{3,}\s*$")
_HEAD, _LEAD = 300, 4  # how much of how many paragraphs tells what a text is


def find_works(
    path: str, meta: Mapping[str, object], content: Content, words: DocumentWords, starts_item: StartsItem
) -> tuple[Document, ...]:
    """Return the works in a file; the front matter (`meta`) wins over what the file itself says (`content.meta`).

    Raises InputError where nothing is left but page furniture.
    """
    blocks = [replace(block, text=printed) for block in content.blocks if (printed := legible(block.text))]
    _require_grids(path, blocks)
    noise = [block.text for block in blocks if _is_noise(block, words)]
    kept = [block for block in blocks if not _is_noise(block, words)]
    if not any(block.text for block in kept):
        raise InputError(path, "the file holds no text", "check that it is the right file")
    text, placed = _place(kept)
    whole = _document(path, meta, content.meta, noise, text, placed, words, starts_item)
    return tuple(_typed(one, words) for one in _split(whole, words))


def _typed(document: Document, words: DocumentWords) -> Document:
    lines = [document.quote(block.span) for block in document.blocks if block.kind != "cell"]
    return replace(document, type=words.type_of(document.kind, document.title, lines))


def _require_grids(path: str, blocks: Iterable[RawBlock]) -> None:
    """Raise InputError where merged cells would multiply the places in which their text stands without end."""
    if sum(block.rows * block.columns - 1 for block in blocks) > SQUARES:
        raise InputError(path, f"holds merged cells over more than {SQUARES} squares", "part them")


def _is_noise(block: RawBlock, words: DocumentWords) -> bool:
    """Tell page furniture; a bare number is that of a page, but in a table it is a value."""
    return words.is_boilerplate(block.text) and not (block.kind == "cell" and block.text.strip().isdecimal())


def _place(blocks: Sequence[RawBlock]) -> tuple[str, tuple[Block, ...]]:
    """Set the blocks into one text, a line each, cells of a row parted by tabs."""
    parts: list[str] = []
    placed: list[Block] = []
    at = 0
    for before, block in zip([None, *blocks], blocks, strict=False):
        gap = "" if before is None else "\t" if _same_row(before, block) else "\n"
        at += len(gap)
        parts += [gap, block.text]
        placed += _cells(block, Span(at, at + len(block.text)))
        at += len(block.text)
    return "".join(parts), tuple(placed)


def _same_row(before: RawBlock, block: RawBlock) -> bool:
    return before.kind == block.kind == "cell" and (before.table, before.row) == (block.table, block.row)


def _cells(block: RawBlock, span: Span) -> Iterable[Block]:
    """Yield the block, once for every place in the grid that a merged cell covers."""
    kind = "heading" if block.bold and block.kind == "paragraph" else block.kind
    if kind != "cell":
        return [Block(span, kind)]
    return [
        Block(span, kind, block.table, block.row + down, block.column + right, block.header)
        for down in range(block.rows)
        for right in range(block.columns)
    ]


def _document(
    path: str,
    front: Mapping[str, object],
    said: Mapping[str, str],
    noise: Sequence[str],
    text: str,
    blocks: tuple[Block, ...],
    words: DocumentWords,
    starts_item: StartsItem,
) -> Document:
    """Choose each value: the front matter's, else what the file says of itself, else what the text shows."""
    meta = {**said, **{key: value for key, value in front.items() if value}}
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    title = _title(front, meta, text, blocks, words, starts_item)
    span = Span(0, len(text))
    lines = [text[block.span.start : block.span.end] for block in blocks if block.kind != "cell"]
    kind = _kind([*front, *(key for key in ("number",) if key in said)], meta, title, [*noise, *lines], words)
    title, numbered = part_title(title, words)
    signed = _signed(title, lines, words) if kind == "policy" else Signature()
    named = title_issuers(title, words) if kind == "policy" else ""
    return Document(
        id=content_id("document", sha256, span.start, span.end),
        path=path,
        kind=kind,
        title=title,
        text=text,
        sha256=sha256,
        span=span,
        blocks=blocks,
        issuer=_word(meta, "issuer") or named or signed.issuer or _word(meta, "issuer_en"),
        publisher=_word(front, "publisher")
        or _word(front, "author")
        or _word(said, "publisher")
        or _publisher(noise, words)
        or _word(said, "site"),
        number=_own_number(_word(meta, "number"), words)
        or (_number(text, words) or _without_blanks(numbered) or signed.number if kind == "policy" else ""),
        date=(iso_day(meta.get("date")) or signed.day) if kind == "policy" else "",
        published=_published(front, said, kind, noise) or (_day_in_title(title) if kind == "news" else ""),
        source=_word(front, "source") or _word(front, "link") or _word(said, "source") or _source(noise, words),
        jurisdiction=_word(meta, "jurisdiction"),
    )


def _signed(title: str, lines: Sequence[str], words: DocumentWords) -> Signature:
    """Return who issued a policy, when and by which decree; a notice that prints another's law is signed by its own."""
    prints = any(re.search(pattern, fold(title)) for pattern in words.printing)
    passed = None if prints else find_passing(lines, words)
    foot, head = passed or find_signature(lines, words), find_head(lines, title, words)
    return Signature(head.issuer or foot.issuer, foot.day, head.number or foot.number)


def _published(front: Mapping[str, object], said: Mapping[str, str], kind: DocumentKind, noise: Sequence[str]) -> str:
    """Return the day a text appeared; news has one day, whichever of the two names it goes by."""
    names = ("published", "date") if kind == "news" else ("published",)
    days = [iso_day(told.get(name)) for told in (front, said) for name in names]
    return next(filter(None, [*days, *map(iso_day, noise)]), "")


def _day_in_title(title: str) -> str:
    """Return the day that ends the title of a daily digest (新闻联播 (20220928)), or nothing."""
    match = re.search(r"[（(](\d{4})(\d\d)(\d\d)[)）]$", title)
    return day_of(*match.groups()) if match else ""


def _word(meta: Mapping[str, object], key: str) -> str:
    value = meta.get(key)
    return legible(value).strip() if isinstance(value, str) else ""


def _title(
    front: Mapping[str, object],
    meta: Mapping[str, object],
    text: str,
    blocks: tuple[Block, ...],
    words: DocumentWords,
    starts_item: StartsItem,
) -> str:
    """Return the front matter's title as it stands, else the page's where it can be one, else the first block that can.

    Where there is none, an English title, and at last the first line.
    """
    lines = [
        text[block.span.start : block.span.end] for block in blocks[: _TITLE_LINES if "title_en" not in meta else _LEAD]
    ]
    first = [line for line in lines if not words.is_no_title(line)] or lines[:1]
    fitting = (line for line in first if words.title_pattern.fullmatch(fold(line).strip()) and not starts_item(line))
    named = _word(meta, "title")
    given = "" if words.is_no_title(named) else named
    title = _word(front, "title") or given or next(fitting, "") or _word(meta, "title_en") or first[0][:40]
    bare = re.sub(words.title_tails, "", re.sub(words.title_tails, "", title))  # the column, and the site behind it
    return _TRAILING.sub("", bare) or title


def _kind(
    front: Iterable[str], meta: Mapping[str, object], title: str, lines: Sequence[str], words: DocumentWords
) -> DocumentKind:
    """Tell a report from a policy by what it is: how it is titled, who wrote it, how it begins.

    `front` are the keys of the front matter, and the number where the file itself gives one: an office's page names
    who put it up, a report too. `lines` are the paragraphs, and before them what stood around them.
    """
    keys = list(front)
    said = meta.get("kind")
    if said == "news" or said == "policy":
        return said
    if re.search(words.answers, fold(title)) and ("number" in keys or _number("\n".join(lines[:_TITLE_LINES]), words)):
        return "policy"
    if any(word in title for word in words.commentary_titles):
        return "news"
    if "number" in keys:
        return "policy"
    head = [line[:_HEAD] for line in lines if "".join(line.split()) != "".join(title.split())][:_LEAD]
    reported = any(words.is_report_lead(line) for line in head[:2]) or words.is_report_title(title)
    if any(key.startswith(("issuer", "jurisdiction")) for key in keys):
        return "news" if reported and not words.is_formal(head[0]) else "policy"
    if (
        "byline" in meta
        or words.is_report_title(title)
        or any(map(words.is_byline, head))
        or any(map(words.is_dateline, lines))
    ):
        return "news"
    press = any(key in keys for key in ("author", "tags", "categories"))
    if not press and any(map(words.is_formal, head[:2])):
        return "policy"
    titled = words.title_pattern.fullmatch(fold(title)) is not None
    return "news" if (press and reported) or ((press or reported) and not titled) else "policy"


def _publisher(noise: Sequence[str], words: DocumentWords) -> str:
    found = (re.search(pattern, fold(line)) for line in noise for pattern in words.publishers)
    named = (match.group(1).strip() for match in found if match)
    return next((name for name in named if not words.is_own(name)), "")


def _source(noise: Sequence[str], words: DocumentWords) -> str:
    found = (re.search(words.source_link, line) for line in noise)
    return next((match.group(1) for match in found if match), "")


def _number(text: str, words: DocumentWords) -> str:
    """Return the document's own number: one that stands alone, or behind its label, on a line near the head."""
    lines = (simplify(line.strip()) for line in text[:600].split("\n"))
    found = (
        re.fullmatch(f"{words.number_label}?[(（]?(?P<number>{words.number})[)）]?(?:\\s.*)?", line) for line in lines
    )
    return next((_without_blanks(match["number"]) for match in found if match), "")


def _own_number(value: str, words: DocumentWords) -> str:
    """Return the number within the value of its field, where other labels may have run into it."""
    match = re.match(words.number, simplify(value))
    return _without_blanks(match.group()) if match else value


def _without_blanks(number: str) -> str:
    return "".join(number.split())


def _split(whole: Document, words: DocumentWords) -> tuple[Document, ...]:
    """Part a news page from the policy that it prints in full."""
    if whole.kind == "policy":
        return (whole,)
    blocks = [block for block in whole.blocks if block.row < 0]
    for index, block in enumerate(blocks):
        title = whole.quote(block.span)
        if index and words.title_pattern.fullmatch(fold(title)) and _carries_policy(whole, blocks, index, words):
            return _part(whole, blocks, index, title, words)
    return (whole,)


def _carries_policy(whole: Document, blocks: Sequence[Block], index: int, words: DocumentWords) -> bool:
    """A policy is carried where what stands above reports on it and what follows is numbered in a policy's way."""
    above = whole.text[: blocks[index].span.start]
    below = [whole.quote(block.span) for block in blocks[index + 1 :]]
    tops = sum(1 for line in below if re.match(r"[^\s，。]{1,3}、", line) and len(line) < 40)
    return any(word in above for word in words.reporting) and tops >= 2


def _part(
    whole: Document, blocks: Sequence[Block], index: int, title: str, words: DocumentWords
) -> tuple[Document, ...]:
    start = blocks[index].span.start
    lead, body = Span(0, blocks[index - 1].span.end), Span(start, len(whole.text))
    article = replace(
        whole,
        span=lead,
        id=content_id("document", whole.sha256, lead.start, lead.end),
        blocks=tuple(block for block in whole.blocks if block.span.end <= lead.end),
    )
    issuer = words.issuer_pattern.search(fold(whole.text[:start]))
    policy = replace(
        whole,
        kind="policy",
        span=body,
        id=content_id("document", whole.sha256, body.start, body.end),
        title=title,
        blocks=tuple(block for block in whole.blocks if block.span.start > start),
        number=_number(whole.text[start:], words),
        issuer=issuer.group(1) if issuer else "",
        quoted_from=article.id,
    )
    return article, policy
