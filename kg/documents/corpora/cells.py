"""The value of a cell as text: what a spreadsheet, JSON or Parquet holds, and dates in any usual form."""

from __future__ import annotations

import datetime
import math
import re

_DAY = re.compile(r"\D{0,4}((?:19|20)\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)")
_STAMP = re.compile(r"\d{9,10}(?:\d{3})?(?:\.0*)?")
_HALF = re.compile("[\ud800-\udfff]")
_CHINA = datetime.timezone(datetime.timedelta(hours=8))


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


def cell_day(text: str) -> str:
    """Return a date as the ISO day it says: ``2022年6月24日``, ``2022/6/24``, seconds or milliseconds since 1970.

    What is ISO 8601 already stays as it is, because the day of a moment with a time zone is not the one it shows; so
    does what is no date.
    """
    if _STAMP.fullmatch(text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
        return datetime.datetime.fromtimestamp(seconds, _CHINA).date().isoformat()
    found = _DAY.match(text)
    if found is None or _is_iso(text):
        return text
    return "{:0>4}-{:0>2}-{:0>2}".format(*found.groups())


def _is_iso(text: str) -> bool:
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
