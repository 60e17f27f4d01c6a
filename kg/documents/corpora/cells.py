"""The value of a cell as text: what a spreadsheet, JSON or Parquet holds."""

from __future__ import annotations

import datetime
import math
import re

_HALF = re.compile("[\ud800-\udfff]")


def cell_text(value: object) -> str:
    """Return a value as text: nothing for none, ISO 8601 for dates, a line for each of a list of paragraphs.

    Values that cannot be words (true, a nested object) give nothing; half a surrogate pair becomes U+FFFD.
    """
    match value:
        case str():
            return _mended(value).strip()
        case None | bool() | dict():
            return ""
        case datetime.datetime() if value.tzinfo is None and value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case float():
            return "" if not math.isfinite(value) else f"{value:.0f}" if value.is_integer() else str(value)
        case list() | tuple():
            return "\n".join(filter(None, map(cell_text, value)))
        case bytes():
            return cell_text(value.decode("utf-8", "replace"))
        case _:
            return str(value)


def _mended(text: str) -> str:
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
