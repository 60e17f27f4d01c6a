"""Markdown to blocks: its marks go, the numbers of its lists stay, as the text they are in a policy.

markdown-it-py is chosen over mistune (twice as fast, reads the same) and Python-Markdown (loses nested lists) because
its rules can be left out one by one and its tokens keep the numbers of lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.documents.blocks import RawBlock, StartsItem
from kg.documents.html import html_blocks
from kg.documents.plain import plain_blocks

SUFFIXES = frozenset({".md", ".markdown"})
_PAGE = re.compile(r"<(?:!doctype|html|head|body|p|div)\b", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_STRESS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LEFT_OVER = re.compile(r"\*{2,3}")
_INLINE = frozenset({"code_inline", "text"})


def is_markdown(path: str, text: str) -> bool:
    """Tell whether a text is Markdown: by its headings and stress, or by its name; a page of HTML never is."""
    if _PAGE.search(text):
        return False
    headings = len(_HEADING.findall(text))
    marked = headings >= 2 or (headings == 1 and _STRESS.search(text) is not None)
    return marked or PurePath(path).suffix.lower() in SUFFIXES


def markdown_blocks(path: str, text: str, starts_item: StartsItem, is_noise: Callable[[str], bool]) -> list[RawBlock]:
    """Return the blocks of a Markdown text; lines of a paragraph are joined where plain text's would be."""
    kept = "\n".join(line for line in text.splitlines() if not is_noise(line.strip()))
    blocks = html_blocks(path, _to_html(kept))
    return list(_rewrapped(blocks, starts_item, is_noise))


def _to_html(text: str) -> str:
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
    parser.disable(["code", "lheading"])  # Chinese paragraphs are indented, and a line of --- parts the text
    tokens = parser.parse(text)
    _number_items(tokens)
    for token in _leaves(tokens):
        token.content = _LEFT_OVER.sub("", token.content)
    return f"<html><body>{parser.renderer.render(tokens, parser.options, {})}</body></html>"


def _leaves(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the pieces of running text, in which marks beside Chinese signs (**注意：**请) were left standing."""
    return (child for token in tokens for child in token.children or () if child.type in _INLINE)


def _number_items(tokens: Sequence[Token]) -> None:
    """Write the numbers of ordered lists into their text: 1. 1. 1. counts, any other numbers stand as they are."""
    lists: list[list[str]] = []
    for at, token in enumerate(tokens):
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append([])
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and token.info:
            held = lists[-1]
            held.append(token.info)
            lazy = len(held) > 1 and held[-1] == held[0]
            _write_number(tokens[at:], f"{int(held[0]) + len(held) - 1 if lazy else token.info}{token.markup} ")


def _write_number(tokens: Sequence[Token], number: str) -> None:
    first = next((token for token in tokens if token.type in {"inline", "list_item_close"}), None)
    if first is not None and first.children is not None:
        first.children.insert(0, Token("text", "", 0, content=number))


def _rewrapped(
    blocks: Sequence[RawBlock], starts_item: StartsItem, is_noise: Callable[[str], bool]
) -> Iterator[RawBlock]:
    """Yield the blocks, runs of paragraphs joined as plain text is joined."""
    for plain, run in groupby(blocks, key=lambda block: block.kind == "paragraph" and not block.bold):
        held = list(run)
        if plain and not any("\t" in block.text or block.text.count("|") > 1 for block in held):
            yield from plain_blocks("\n".join(block.text for block in held), starts_item, is_noise)
        else:
            yield from held
