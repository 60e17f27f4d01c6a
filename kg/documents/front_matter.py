"""The YAML block between two lines of --- at the head of a source file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import yaml

from kg.errors import InputError

_BLOCK = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DAY = re.compile(r"((?:19|20)\d\d)\s?[^\s\d]\s?(\d{1,2})\s?[^\s\d]\s?(\d{1,2})(?!\d)")
_CHINA = datetime.timezone(datetime.timedelta(hours=8))


def split_front_matter(path: str, raw: str) -> tuple[Mapping[str, object], str]:
    """Return the metadata and what follows it; no metadata is an empty mapping.

    Raises InputError with the line when the block is never closed, is not YAML, or is not a mapping.
    """
    match = _BLOCK.match(raw)
    if match is None:
        if raw.lstrip().startswith("---"):
            raise InputError(path, "the front matter is never closed", "end it with a line of ---")
        return {}, raw
    return _parse(path, match.group(1), raw[: match.start(1)].count("\n")), raw[match.end() :]


def _parse(path: str, block: str, lines_before: int) -> Mapping[str, object]:
    try:
        data = yaml.load(block, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{lines_before + mark.line + 1}" if mark else path
        raise InputError(
            where, "the front matter is not YAML", "mend this line, for example by quoting the value"
        ) from error
    except ValueError as error:
        raise InputError(path, f"the front matter holds a value that cannot be ({error})", "mend the date") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise InputError(path, "the front matter is not a list of keys and values", "write it as key: value")
    return data


def iso_date(value: object) -> str:
    """Return a date of any usual form as the ISO day in China, or an empty string when it is none."""
    if isinstance(value, datetime.datetime):
        return _china_day(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _parse_date(value.strip()) if isinstance(value, str) and value.strip() else ""


def _parse_date(text: str) -> str:
    for parse in (datetime.datetime.fromisoformat, parsedate_to_datetime, _loose_day):
        try:
            return _china_day(parse(text))
        except (ValueError, TypeError):
            continue
    return ""


def _loose_day(text: str) -> datetime.datetime:
    """Read 2022年6月24日, 2022/6/24 10:00 and 2022.06.24; raise ValueError for anything else."""
    match = _DAY.match(text)
    if match is None:
        raise ValueError(text)
    return datetime.datetime(*map(int, match.groups()))  # type: ignore[arg-type]  # three numbers


def _china_day(moment: datetime.datetime) -> str:
    return (moment.astimezone(_CHINA) if moment.tzinfo else moment).date().isoformat()
