"""One source to the documents it carries: usually one; two where a news page prints a policy in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.documents.assemble import find_works
from kg.documents.blocks import Content, RawBlock, StartsItem
from kg.documents.docx.read import read_docx
from kg.documents.encodings import decode
from kg.documents.fields import find_labelled, take_fields
from kg.documents.formats import Format, tell_format
from kg.documents.front_matter import split_front_matter
from kg.documents.html import is_html
from kg.documents.limits import TEXT_SIZE
from kg.documents.loading import require_size
from kg.documents.markdown import is_markdown, markdown_blocks
from kg.documents.opendocument import odt_markup
from kg.documents.page import read_page
from kg.documents.pdf.read import read_pdf
from kg.documents.plain import join_open, plain_blocks
from kg.documents.sources import Source, file_source
from kg.documents.wrapped import epub_markup, mhtml_markup, ofd_text, rtf_text
from kg.errors import InputError
from kg.lexicons.documents import DocumentWords
from kg.model.document import Document

_HEAD = 600


@dataclass(frozen=True, slots=True)
class ReadSource:
    """The documents that a source carries, and what in it could not be read (a page without text), if anything."""

    documents: tuple[Document, ...]
    unread: tuple[InputError, ...] = ()


def _never(_line: str) -> bool:
    return False


def read_documents(path: str, words: DocumentWords, starts_item: StartsItem = _never) -> tuple[Document, ...]:
    """Read a file (or standard input for ``-``) into its documents, as `read_source` does."""
    return read_source(file_source(path), words, starts_item).documents


def read_source(source: Source, words: DocumentWords, starts_item: StartsItem = _never) -> ReadSource:
    """Read a file, or a row of a corpus, into its documents, as what its content shows it to be.

    `starts_item` tells whether a line begins a numbered item; it keeps wrapped lines apart.
    Raises InputError, in one line, for a file that is missing, empty, too large, broken off, protected, or of a
    format that is not read.
    """
    if source.fault:
        raise source.fault
    path = source.path
    if source.text is not None:
        return ReadSource(read_document(path, source.text, words, starts_item, meta=source.meta))
    data = source.load()
    match tell_format(path, data):
        case Format.DOCX:
            content = read_docx(path, data, words.counting)
        case Format.PDF:
            content = read_pdf(path, data, words.is_boilerplate, starts_item)
        case format_:
            text, unread = _text(path, data, format_, words)
            require_size(path, len(text), TEXT_SIZE)
            return ReadSource(read_document(path, text, words, starts_item), unread)
    said, blocks = take_fields(content.blocks, words)
    return ReadSource(find_works(path, {}, Content(tuple(blocks), said), words, starts_item), content.unread)


def _text(path: str, data: bytes, format_: Format, words: DocumentWords) -> tuple[str, tuple[InputError, ...]]:
    """Return the text or the markup that a file holds, and what in it could not be read."""
    match format_:
        case Format.EPUB:
            return epub_markup(path, data), ()
        case Format.MHTML:
            return mhtml_markup(path, data)
        case Format.ODT:
            return odt_markup(path, data, words.counting), ()
        case Format.OFD:
            return ofd_text(path, data)
        case Format.RTF:
            return rtf_text(path, data), ()
        case _:
            require_size(path, len(data), TEXT_SIZE)
            return decode(path, data), ()


def read_document(
    path: str,
    raw: str,
    words: DocumentWords,
    starts_item: StartsItem = _never,
    *,
    meta: Mapping[str, object] = MappingProxyType({}),
) -> tuple[Document, ...]:
    """Read the text of a file (HTML, Markdown or plain), as `read_documents` does.

    `meta` goes before what its front matter says.
    """
    said, body = split_front_matter(path, raw)
    return find_works(path, {**said, **meta}, _text_content(path, body, words, starts_item), words, starts_item)


def _text_content(path: str, body: str, words: DocumentWords, starts_item: StartsItem) -> Content:
    if "\0" in body:
        raise InputError(path, "is not text (it holds null bytes)", "give a text, Markdown, HTML, DOCX or PDF file")
    if is_markdown(path, body):
        blocks = markdown_blocks(path, body, starts_item, words.is_boilerplate)
    elif is_html(body):
        page = read_page(path, body, words)
        return Content(tuple(join_open(_drop_loose(page.blocks), starts_item)), page.meta)
    else:
        blocks = plain_blocks(body, starts_item, words.is_boilerplate)
    said, rest = take_fields(blocks, words)
    labelled = find_labelled([block.text for block in rest if block.kind != "cell"], words)
    return Content(tuple(rest), {**_byline(body, words), **labelled, **said})


def _byline(body: str, words: DocumentWords) -> dict[str, str]:
    """Return the line near the head that says who wrote a report: it is no part of the text, but tells what it is."""
    lines = (line for line in body[:_HEAD].splitlines() if words.is_boilerplate(line) and words.is_byline(line))
    line = next(lines, "").strip()
    return {"byline": line} if line else {}


def _drop_loose(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Drop text outside paragraphs where paragraphs hold nearly all of it: banners, QR codes, buttons."""
    loose = sum(len(block.text) for block in blocks if block.loose)
    total = sum(len(block.text) for block in blocks)
    if 5 * loose > total:
        return list(blocks)
    return [block if not block.loose else replace(block, text="") if not _is_link(block) else block for block in blocks]


def _is_link(block: RawBlock) -> bool:
    return "://" in block.text
