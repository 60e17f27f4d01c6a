"""How much is read of one source: the one place where limits stand. Sizes in bytes unless a name says otherwise.

The longest policy known (a five-year plan) is under 1 MB as text and takes some eight seconds; the limits leave room
for many times that, and keep a file that is no document, or one that is made to harm, from stopping a build.
"""

from __future__ import annotations

MEGABYTE = 1 << 20

TEXT_SIZE = 50 * MEGABYTE
"""A file of text: plain, Markdown or HTML; the text in a row of a corpus."""

FILE_SIZE = 200 * MEGABYTE
"""A DOCX or PDF file, whose pictures are never opened; a JSON file, which is read whole."""

UNPACKED_SIZE = 64 * MEGABYTE
"""All parts of a DOCX that are read, unpacked; texts of a corpus that may be packed at any ratio."""

UNPACKED_RATIO = 200
"""How many times a part of a DOCX, or a corpus, may grow when unpacked; real ones grow five to fifty times."""

SMALL_PART = MEGABYTE
"""A part of a DOCX that unpacks to no more than this may grow by any ratio."""

PDF_PAGES = 3000
"""Pages of a PDF."""

PAGE_CHARS = 200_000
"""Characters on a page of a PDF; a page of a newspaper has some 20,000."""

NESTING = 200
"""Elements of a page or a DOCX inside one another; real pages stay under 60."""

SQUARES = 100_000
"""Squares of the grids of tables that merged cells of a document cover."""
