"""Files to the texts in them: a file is one, a corpus has one a row."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from kg.documents.corpora.columns import choose_columns, fits, row_meta, row_text
from kg.documents.corpora.read import CORPUS_FORMATS, read_tables
from kg.documents.corpora.tables import Row, Table, ledger_markup
from kg.documents.find import format_of, is_document
from kg.documents.formats import is_archive
from kg.documents.limits import MEGABYTE, UNPACKED_RATIO, UNPACKED_SIZE
from kg.documents.loading import STDIN, load_file, load_stdin
from kg.documents.zipped import members
from kg.errors import InputError, printable
from kg.lexicons.corpora import CorpusWords
from kg.processes import Failure, Limits, Pool

PER_SOURCE = Limits(seconds=120, memory=2048 * MEGABYTE)
"""What reading one file, or one row of a corpus, and drawing its facts may take."""

_HEAD = 64


@dataclass(frozen=True, slots=True)
class Source:
    """One text to read: a file, or a row of a corpus.

    Attributes:
        path: where it is, as it is shown; that of a row names the row too (``corpus.csv:12``).
        format: what its name says it is.
        file: the name of the file to open; none where it is `path`, which differs where a name is no UTF-8.
        data: what came from standard input.
        text: the text of a row.
        meta: what a row says of its document, as front matter would.
        fault: why there is nothing to read.
        rows: how many rows of a table it stands for, 0 for what is none.
    """

    path: str
    format: str
    text: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    fault: InputError | None = None
    file: str = ""
    data: bytes | None = None
    rows: int = 0

    def load(self) -> bytes:
        """Return the bytes of a file; raise InputError where it cannot be read."""
        return load_file(self.file or self.path, self.path) if self.data is None else self.data


def file_source(file: str) -> Source:
    """Return the source that a file is, as a whole; for ``-`` what comes from standard input."""
    if file != STDIN:
        return Source(printable(file), format_of(file), file=file)
    try:
        return Source(STDIN, format_of(STDIN), data=load_stdin())
    except InputError as error:
        return Source(STDIN, format_of(STDIN), fault=error)


def list_sources(files: Iterable[str], mapping: Mapping[str, str], words: CorpusWords) -> Iterator[Source]:
    """Yield the texts of `files` in order, a row at a time, never a corpus whole.

    `mapping` names columns by what they hold, ``{"text": "正文"}``; the others are known by their usual names. What
    cannot be read is a source with a fault, and the next follows. Corpora are read in a process of their own, because
    a workbook or a Parquet file can end the process that reads it.
    """
    pool = Pool(partial(_rows, dict(mapping), words), _failed, limits=PER_SOURCE)
    try:
        for file in files:
            if format_of(file) in CORPUS_FORMATS and not _is_page(file):
                yield from pool.run([file])
            elif format_of(file) == "zip":
                yield from _archived(file)
            else:
                yield file_source(file)
    finally:
        pool.close()


def _is_page(file: str) -> bool:
    """Tell whether a workbook by its name is a page: what many sites give to download as .xls."""
    if format_of(file) not in {"xls", "xlsx"}:
        return False
    try:
        with open(file, "rb") as stream:
            return stream.read(_HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    except OSError:
        return False


def _archived(file: str) -> Iterator[Source]:
    """Yield the files of an archive; one that is a document in spite of its name is itself the source."""
    path = printable(file)
    try:
        data = load_file(file, path)
        if not is_archive(data):
            yield file_source(file)
            return
        for place, content in members(path, data):
            yield _member(printable(place), content)
    except InputError as error:
        yield Source(path, format_of(file), fault=error)


def _member(place: str, content: bytes | InputError) -> Source:
    format_ = format_of(place)
    if isinstance(content, InputError):
        return Source(place, format_, fault=content)
    if format_ in CORPUS_FORMATS or is_archive(content):
        what = "is a table or an archive within an archive and not read"
        return Source(place, format_, fault=InputError(place, what, "unpack it first"))
    if not is_document(place):
        return Source(
            place, format_, fault=InputError(place, "is no document by its name", "unpack what is to be read")
        )
    return Source(place, format_, data=content)


def _failed(file: str, failure: Failure) -> Source:
    return Source(printable(file), format_of(file), fault=InputError(file, failure.what, failure.remedy))


def _rows(mapping: Mapping[str, str], words: CorpusWords, file: str) -> Iterator[Source]:
    """Yield the rows of a corpus, and a source with a fault for each table that cannot be read.

    A text in Parquet or a workbook can stand in many rows and lie in the file once, so that a small file holds texts
    without end; there is a limit to how often it is read.
    """
    format_ = format_of(file)
    rows = chars = 0
    try:
        for table in read_tables(file, format_, lambda columns: fits(columns, mapping, words)):
            for source in _table_rows(table, format_, mapping, words):
                rows, chars = rows + 1, chars + len(source.text or "")
                if chars > UNPACKED_SIZE and chars > UNPACKED_RATIO * os.path.getsize(file):
                    what = f"unpacks to over {UNPACKED_RATIO} times its size; nothing from here on is read"
                    raise InputError(source.path, what, "do not open it")
                yield source
        if not rows:
            raise InputError(file, "holds no rows below its header", "check that it is the right file")
    except InputError as error:
        yield Source(error.where, format_, fault=error)


def _table_rows(
    table: Table | InputError, format_: str, mapping: Mapping[str, str], words: CorpusWords
) -> Iterator[Source]:
    try:
        if isinstance(table, InputError):
            raise table
        if not mapping and words.is_ledger(table.columns):
            yield from _ledger(table, format_)
            return
        chosen = choose_columns(table, mapping, words)
    except InputError as error:
        rows = sum(1 for _ in table.rows(table.columns)) if isinstance(table, Table) else 0
        yield Source(error.where, format_, fault=error, rows=rows)
        return
    for row in table.rows(list(chosen.values())):
        yield _source(row, format_, chosen, words)


def _ledger(table: Table, format_: str) -> Iterator[Source]:
    """Yield a table of tasks as one document, and a source with a fault for each row that cannot be read."""
    markup, faults = ledger_markup(table)
    yield Source(printable(table.place), format_, markup, rows=markup.count("<tr>") - 1)  # the first is the header
    for fault in faults:
        yield Source(fault.where, format_, fault=fault, rows=1)


def _source(row: Row, format_: str, chosen: Mapping[str, str], words: CorpusWords) -> Source:
    try:
        text, meta = row_text(row, chosen, words), row_meta(row, chosen, words)
        return Source(printable(row.place), format_, text, meta, rows=1)
    except InputError as error:
        return Source(error.where, format_, fault=error, rows=1)
