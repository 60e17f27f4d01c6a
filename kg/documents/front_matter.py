"""The YAML block between two lines of --- at the head of a source file."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from kg.errors import InputError

_BLOCK = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_NOTHING = ["~", "null", "Null", "NULL"]


def split_front_matter(path: str, raw: str) -> tuple[Mapping[str, object], str]:
    """Return the metadata and what follows it; no metadata is an empty mapping, a value of nothing is empty.

    Raises InputError with the line when the block is never closed, is not YAML, or is not a mapping.
    """
    match = _BLOCK.match(raw)
    if match is None:
        if raw.lstrip().startswith("---"):
            raise InputError(path, "the front matter is never closed", "end it with a line of ---")
        return {}, raw
    return _parse(path, match.group(1), raw[: match.start(1)].count("\n")), raw[match.end() :]


def _parse(path: str, block: str, lines_before: int) -> Mapping[str, object]:
    """Read the block with every plain value as the words it is written with.

    YAML's own types are not asked for: a title may be a number, days are read by `kg.text.dates`, and the makers of
    typed values fail in a dozen ways (``!!timestamp foo``) or grow without end (``<<: [*a, *a]``).
    """
    try:
        data = yaml.load(block, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{lines_before + mark.line + 1}" if mark else path
        raise InputError(
            where, "the front matter is not YAML", "mend this line, for example by quoting the value"
        ) from error
    if not data or data in _NOTHING:
        return {}
    if not isinstance(data, dict):
        raise InputError(path, "the front matter is not a list of keys and values", "write it as key: value")
    return {key: "" if value in _NOTHING else value for key, value in data.items()}
