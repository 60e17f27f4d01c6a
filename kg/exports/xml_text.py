"""Text as XML can hold it, for files that people open in other programs."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> str:
    """Return `text` with each character that XML 1.0 cannot hold as U+FFFD, and every line end as a line feed.

    >>> fit_for_xml("省\\x0b财政厅\\r\\n")
    '省\ufffd财政厅\\n'
    """
    return NO_XML.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
