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
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kg.documents.blocks import RawBlock, StartsItem
from kg.documents.html import html_blocks
from kg.documents.plain import plain_blocks
from kg.errors import InputError

SUFFIXES = frozenset({".md", ".markdown"})
_PAGE = re.compile(r"<(?:!doctype|html|head|body|meta)\b", re.IGNORECASE)
_PIECE = re.compile(r"<(?:p|div)\b", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_OPENS_STRESS = re.compile(r"\*\*(?=\S)|__(?=\S)")
_CLOSES_STRESS = re.compile(r"(?<=\S)(?:(?=\*\*)|(?=__))")
_LEFT_OVER = re.compile(r"\*{2,3}")
# Lists in lists deeper than this would be dropped without a word; before that, they are too deep for Python or HTML.
_ALL_BLOCKS = 100_000
_INLINE_NESTING = 20
_INLINE = frozenset({"code_inline", "text"})


def is_markdown(path: str, text: str) -> bool:
    """Tell whether a text is Markdown: by its headings and stress, or by its name; a page of HTML never is.

    One that begins with a heading is Markdown; where a text holds pieces of HTML, other marks may be those of a script.
    """
    if _PAGE.search(text):
        return False
    if _HEADING.match(text.lstrip("\ufeff\n")):
        return True
    if _PIECE.search(text):
        return False
    headings = len(_HEADING.findall(text))
    marked = headings >= 2 or (headings == 1 and any(map(_is_stressed, text.splitlines())))
    return marked or PurePath(path).suffix.lower() in SUFFIXES


def _is_stressed(line: str) -> bool:
    """Tell whether a line holds words between marks of stress, in time linear in its length."""
    opening = {match.group(): match.start() for match in reversed([*_OPENS_STRESS.finditer(line)])}
    closing = {line[match.start() : match.start() + 2]: match.start() for match in _CLOSES_STRESS.finditer(line)}
    return any(closing.get(mark, 0) > start + len(mark) for mark, start in opening.items())


def markdown_blocks(path: str, text: str, starts_item: StartsItem, is_noise: Callable[[str], bool]) -> list[RawBlock]:
    """Return the blocks of a Markdown text; lines of a paragraph are joined where plain text's would be.

    Raises InputError where lists or quotations stand too deep in one another.
    """
    kept = "\n".join(line for line in text.splitlines() if not is_noise(line.strip()))
    try:
        markup = _to_html(kept)
    except RecursionError as error:
        raise InputError(path, "the Markdown is nested too deep to be read", "give its text in a plain file") from error
    blocks = html_blocks(path, markup)
    return list(_rewrapped(blocks, starts_item, is_noise))


def _to_html(text: str) -> str:
    options = {"html": True, "breaks": True, "maxNesting": _ALL_BLOCKS}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.core.ruler.before("inline", "bound_inline", _bound_inline)
    parser.disable(["code", "lheading"])  # Chinese paragraphs are indented, and a line of --- parts the text
    tokens = parser.parse(text)
    _number_items(tokens)
    for token in _leaves(tokens):
        token.content = _LEFT_OVER.sub("", token.content)
    return f"<html><body>{parser.renderer.render(tokens, parser.options, {})}</body></html>"


def _bound_inline(state: StateCore) -> None:
    """Follow marks within marks only so far; what is deeper stays as it stands."""
    state.md.options["maxNesting"] = _INLINE_NESTING


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
            _write_number(tokens, at, f"{int(held[0]) + len(held) - 1 if lazy else token.info}{token.markup} ")


def _write_number(tokens: Sequence[Token], at: int, number: str) -> None:
    """Write a number before the first words of the item that begins at `at`."""
    item = (tokens[place] for place in range(at, len(tokens)))
    first = next((token for token in item if token.type in {"inline", "list_item_close"}), None)
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
