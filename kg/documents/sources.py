"""Files to the texts in them: a file is one, a corpus has one a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.documents.corpora.columns import choose_columns, fits, row_meta, row_text
from kg.documents.corpora.read import CORPUS_FORMATS, read_tables
from kg.documents.corpora.tables import Row
from kg.documents.find import format_of
from kg.errors import InputError
from kg.lexicons.corpora import CorpusWords


@dataclass(frozen=True, slots=True)
class Source:
    """One text to read: a file, or a row of a corpus, whose path names the row too (``corpus.csv:12``).

    `text` is none for a file, which is opened when it is read; `meta` is what a row says, as front matter would;
    `fault` is why there is nothing to read.
    """

    path: str
    format: str
    text: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    fault: InputError | None = None


def list_sources(files: Iterable[str], mapping: Mapping[str, str], words: CorpusWords) -> Iterator[Source]:
    """Yield the texts of `files` in order, a row at a time, never a corpus whole.

    `mapping` names columns by what they hold, ``{"text": "正文"}``; the others are known by their usual names. What
    cannot be read is a source with a fault, and the next follows.
    """
    for file in files:
        format_ = format_of(file)
        if format_ not in CORPUS_FORMATS:
            yield Source(file, format_)
            continue
        try:
            yield from _rows(file, format_, mapping, words)
        except InputError as error:
            yield Source(error.where, format_, fault=error)


def _rows(file: str, format_: str, mapping: Mapping[str, str], words: CorpusWords) -> Iterator[Source]:
    empty = True
    for table in read_tables(file, format_, lambda columns: fits(columns, mapping, words)):
        chosen = choose_columns(table, mapping, words)
        for row in table.rows:
            empty = False
            yield _source(row, format_, chosen, words)
    if empty:
        raise InputError(file, "holds no rows below its header", "check that it is the right file")


def _source(row: Row, format_: str, chosen: Mapping[str, str], words: CorpusWords) -> Source:
    try:
        return Source(row.place, format_, row_text(row, chosen, words), row_meta(row, chosen, words))
    except InputError as error:
        return Source(row.place, format_, fault=error)
