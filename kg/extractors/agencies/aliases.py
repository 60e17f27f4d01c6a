"""Short names that a text gives to bodies: 国家外汇管理局陕西省分局（以下简称“陕西省外汇分局”）."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extractors.agencies.find import AgencyFinder, extend
from kg.extractors.agencies.resolve import resolve
from kg.extractors.regions.standpoint import Place
from kg.model.entities import Agency
from kg.text.fold import fold

_LONGEST = 24


def find_aliases(text: str, place: Place, finder: AgencyFinder) -> Mapping[str, Agency]:
    """Return the bodies that a text gives short names to, by those names and by those of their offices.

    What was given a name must be one body that stands right before the bracket; a name of several (两部门) is none.
    """
    folded, levels = fold(text), finder.agencies.levels
    given = {match.start(): match.group("alias") for match in re.finditer(levels.aliases, folded)}
    if not given:
        return {}
    ends = {mention.span.end: mention for mention in finder.find(text, place)}
    found: dict[str, Agency] = {}
    for at, alias in given.items():
        body = ends[at].refers_to if at in ends else _unlisted(folded, at, place, finder)
        if isinstance(body, Agency) and not alias.startswith(levels.not_aliases):
            found.setdefault(alias, body)
            if at in ends:
                found.setdefault(fold(ends[at].text), body)  # so that a clause reads the whole name as well
            for office in levels.task_offices:
                found.setdefault(alias + office, extend(body, office))
    return found


def _unlisted(text: str, end: int, place: Place, finder: AgencyFinder) -> Agency | None:
    """Read a body that no lexicon knows, under its jurisdiction, right before `end`: 西安市民营经济促进局."""
    for start in range(max(0, end - _LONGEST), end):
        name = finder.names.read(text[start:end], place)
        if name is not None and name.open and (name.prefix.word or name.prefix.region):
            return resolve(name, place, finder.agencies).agency
    return None
