"""How much is read of one file: the one place where limits stand. Sizes in bytes unless a name says otherwise.

The longest policy known (a five-year plan) is under 1 MB as text; the limits leave room for fifty of it, and keep
a file that is no document from filling the memory.
"""

from __future__ import annotations

MEGABYTE = 1 << 20

TEXT_SIZE = 50 * MEGABYTE
"""A file of text: plain, Markdown or HTML."""

FILE_SIZE = 200 * MEGABYTE
"""A DOCX or PDF file, whose pictures are never opened."""

UNPACKED_SIZE = 64 * MEGABYTE
"""All parts of a DOCX that are read, unpacked."""

UNPACKED_RATIO = 200
"""How many times a part of a DOCX may grow when unpacked; real ones grow five to fifty times."""

SMALL_PART = MEGABYTE
"""A part of a DOCX that unpacks to no more than this may grow by any ratio."""

PDF_PAGES = 3000
"""Pages of a PDF."""

NESTING = 200
"""Elements of a page or a DOCX inside one another; real pages stay under 60."""
