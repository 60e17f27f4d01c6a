"""Text as a terminal may be given it."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: str) -> str:
    r"""Return `text` with U+FFFD for each control character but tab and line feed: a terminal would obey it.

    >>> printable("省\x1b[31m财政厅")
    '省\ufffd[31m财政厅'
    """
    return _CONTROL.sub("\ufffd", text)
