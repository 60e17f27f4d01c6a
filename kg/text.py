"""Folding for comparison: one code point in, one code point out, so that offsets hold."""

from __future__ import annotations

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD = {**_FULL_WIDTH, 0x3000: 0x20, 0xA0: 0x20}


def fold(text: str) -> str:
    """Return `text` with full-width forms as half-width ones and odd blanks as spaces; the length never changes.

    NFKC is not used because it changes lengths (㈠ becomes three characters).
    """
    return text.translate(_FOLD)
