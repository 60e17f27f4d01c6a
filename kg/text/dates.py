"""Days as people and programs write them, to ISO 8601 as the day is counted in China."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime

YEARS = range(1949, 2100)  # what lies outside is a slip of the text

# A year, a month and a day in figures, with any signs or blanks between: 2022年6月24日, 2022/6/24, 2022. 6. 24.
DAY = r"((?:19|20)\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)"

_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_STAMP = re.compile(r"(\d{9,10})(\d{3})?(?:\.0*)?")
_ZONE = re.compile(r"\s+(?=(?:Z|[+-]\d\d(?::?\d\d)?)$)")
_LABELLED = re.compile(r"\D{0,4}" + DAY)
# What the parsers below raise where a text is no date, or one so far away that Python cannot count it.
_NO_DATE = (ValueError, TypeError, OverflowError, IndexError, OSError)


def iso_day(value: object) -> str:
    """Return the ISO day of a date, a moment, or a text that begins with one in any usual form; empty for any other.

    A moment with a time zone is the day it was in China; one without is taken as it stands.

    >>> iso_day("2022年6月24日"), iso_day("Tue, 24 Aug 2021 16:30:00 GMT"), iso_day("2022-13-45"), iso_day(None)
    ('2022-06-24', '2021-08-25', '', '')
    """
    match value:
        case str():
            return next(_days(value.strip(), (_from_iso, parsedate_to_datetime, _from_figures)), "")
        case datetime.datetime():
            return next(_days(value, (_same,)), "")
        case datetime.date():
            return value.isoformat()
        case _:
            return ""


def cell_day(text: str) -> str:
    """Return the ISO day of what a cell of a table holds: also behind a short label, or as seconds since 1970.

    >>> cell_day("发布：2022-07-13"), cell_day("1656000000000"), cell_day("近日")
    ('2022-07-13', '2022-06-24', '')
    """
    parsers = (_from_iso, _from_stamp, parsedate_to_datetime, _from_figures, _from_labelled)
    return next(_days(text.strip(), parsers), "")


def day_of(year: str, month: str, day: str) -> str:
    """Return the ISO day of three numbers in figures; empty where there is no such day.

    >>> day_of("2022", "6", "24"), day_of("2022", "2", "30")
    ('2022-06-24', '')
    """
    return iso_day(f"{year:0>4}-{month:0>2}-{day:0>2}")


def _days(value: object, parsers: tuple[Callable[..., datetime.datetime], ...]) -> Iterator[str]:
    """Yield the day that each parser finds, of those that find one."""
    for parse in parsers:
        try:
            moment = parse(value)
            day = (moment.astimezone(_CHINA) if moment.tzinfo else moment).date()
        except _NO_DATE:
            continue
        yield day.isoformat()


def _same(moment: datetime.datetime) -> datetime.datetime:
    return moment


def _from_iso(text: str) -> datetime.datetime:
    """Read ISO 8601, and as YAML writes it, with a blank before the zone."""
    return datetime.datetime.fromisoformat(_ZONE.sub("", text))


def _from_stamp(text: str) -> datetime.datetime:
    """Read seconds or milliseconds since 1970, as pandas and JavaScript write them."""
    return datetime.datetime.fromtimestamp(int(_matched(_STAMP.fullmatch(text))[0]), _CHINA)


def _from_figures(text: str) -> datetime.datetime:
    return datetime.datetime(*map(int, _matched(re.match(DAY, text))))  # type: ignore[arg-type]  # three numbers


def _from_labelled(text: str) -> datetime.datetime:
    return datetime.datetime(*map(int, _matched(_LABELLED.match(text))))  # type: ignore[arg-type]  # three numbers


def _matched(match: re.Match[str] | None) -> tuple[str, ...]:
    if match is None:
        raise ValueError("no date of this form")
    return match.groups()
