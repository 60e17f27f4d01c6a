"""Bodies by other names than their own: short ones that a text gives them, and English ones.

A short name: 国家外汇管理局陕西省分局（以下简称“陕西省外汇分局”）. English names stand in metadata, which names
issuers so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from kg.extractors.agencies.find import AgencyFinder, extend
from kg.extractors.agencies.names import NameReader
from kg.extractors.agencies.parsed_names import Listed, Unknown
from kg.extractors.agencies.resolve import RESTORED
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_entries import CentralBody, Function, LocalBody
from kg.lexicons.agency_names import Agencies
from kg.lexicons.region_names import Regions
from kg.model.document import Span
from kg.model.entities import Agency, Mention, Region, Resolution
from kg.text.fold import fold
from kg.text.patterns import Matcher, longest_leftmost

_LONGEST = 24
_LONG = 4  # signs of a division's short name


def find_aliases(text: str, standpoint: Standpoint, finder: AgencyFinder) -> Mapping[str, Agency]:
    """Return the bodies that a text gives short names to, by those names and by those of their offices.

    What was given a name must be one body that stands right before the bracket; a name of several (两部门) is none.
    """
    folded, levels = fold(text), finder.agencies.levels
    given = {match.start(): match.group("alias") for match in re.finditer(levels.aliases, folded)}
    if not given:
        return {}
    ends = {mention.span.end: mention for mention in finder.find(text, standpoint)}
    found: dict[str, Agency] = {}
    for at, alias in given.items():
        body = ends[at].refers_to if at in ends else _unlisted(folded, at, standpoint, finder)
        if isinstance(body, Agency) and not alias.startswith(levels.not_aliases):
            found.setdefault(alias, body)
            if at in ends:
                found.setdefault(fold(ends[at].text), body)  # so that a clause reads the whole name as well
            for office in levels.task_offices:
                found.setdefault(alias + office, extend(body, office))
    return found


def short_divisions(
    text: str, mentions: Iterable[Mention], standpoint: Standpoint, finder: AgencyFinder
) -> list[Mention]:
    """Find divisions by signs of their names: 信软司 where the text names 工业和信息化部信息化和软件服务业司.

    The signs keep their order, the first is the first of the division's name, and only one division may be meant.
    """
    found: dict[Span, Mention] = {}
    divisions = {m.refers_to.name: m.refers_to for m in mentions if isinstance(m.refers_to, Agency)}
    for name, body in divisions.items():
        for end in range(len(name) - _LONG, 3, -1) if name.endswith(finder.agencies.levels.divisions) else ():
            if isinstance(finder.names.read_known(name[:end], standpoint), Listed):
                inner = "".join(f"{re.escape(sign)}?" for sign in name[end + 1 : -1])
                for match in re.finditer(rf"{name[end]}(?!{name[end + 1 :]}){inner}{name[-1]}", text):
                    if 2 < len(match.group()) <= _LONG:
                        span = Span(*match.span())
                        found[span] = Mention(span, match.group(), body, Resolution.RESTORED, RESTORED)
                break
    return list(found.values())


def _unlisted(text: str, end: int, standpoint: Standpoint, finder: AgencyFinder) -> Agency | None:
    """Read a body that no lexicon knows, under its jurisdiction, right before `end`: 西安市民营经济促进局."""
    for start in range(max(0, end - _LONGEST), end):
        name = finder.names.read(text[start:end], standpoint)
        if isinstance(name, Unknown) and name.placed:
            return name.resolve(standpoint, finder.agencies).agency
    return None


_SHORTEST = 9  # letters of a central body's name
_NEAR = 16  # letters around what a body deals with, within which its type is said
_LETTERS = re.compile("[A-Za-z]+")


class EnglishNames:
    """Finds bodies in English text: central ones by their names, those of places by what they deal with."""

    def __init__(self, agencies: Agencies, regions: Regions) -> None:
        self.agencies = agencies
        self.regions = regions
        self.names = NameReader(agencies)

    def find(self, text: str) -> list[Agency]:
        """Return the bodies that a text names, each at its longest name; central ones alone where there are any."""
        spans = longest_leftmost(self._central.every(text))
        bodies = {body.id: body for body in (self._by_name[text[span.start : span.end]] for span in spans)}
        central = [
            Agency(b.id, b.short, b.official, "central", kind=b.branch, regulator=b.regulator, parent=b.parent)
            for b in bodies.values()
        ]
        return central or self._local(text)

    @cached_property
    def _by_name(self) -> dict[str, CentralBody]:
        return {body.en: body for body in sorted(self.agencies.central, key=lambda body: body.validity.end or "9")}

    @cached_property
    def _central(self) -> Matcher:
        return Matcher(name for name in self._by_name if len(name) >= _SHORTEST)

    @cached_property
    def _forms(self) -> dict[str, dict[str, str]]:
        """The official form of every kind of department by its English name, for each type that it may have."""
        words = self.agencies.words
        endings = {type_.id: type_.full for type_ in words.types}
        found: dict[str, dict[str, str]] = {}
        for function in sorted(words.functions, key=_by_id):
            found.setdefault(function.en, {type_: function.full + endings[type_] for type_ in function.types})
        return found | {body.en: {"": body.official} for body in sorted(words.bodies, key=_by_id, reverse=True)}

    @cached_property
    def _kinds(self) -> Matcher:
        return Matcher(self._forms)

    def _local(self, text: str) -> list[Agency]:
        places = [
            (m.start(), region) for m in _LETTERS.finditer(text) if (region := self.regions.spelled(m.group().lower()))
        ]
        found: dict[str, Agency] = {}
        for span in longest_leftmost(self._kinds.every(text)) if places else ():
            region = next((region for at, region in reversed(places) if at < span.start), places[0][1])
            near = text[max(0, span.start - _NEAR) : span.end + _NEAR]
            said = [type_ for type_, word in self.agencies.levels.type_english.items() if word in near]
            body = self._body(self._forms[text[span.start : span.end]], region, said)
            if body is not None:
                found.setdefault(body.id, body)
        return list(found.values())

    def _body(self, forms: dict[str, str], region: Region, said: Sequence[str]) -> Agency | None:
        """Name the body that a region has: of the type said, else a province's 厅 or commission, a city's 局."""
        ranked = (*said, *self.agencies.levels.type_ranks.get(region.level, ()))
        form = next((forms[type_] for type_ in ("", *ranked) if type_ in forms), None)
        name = self.names.read_known(region.name + form, Standpoint(self.regions, region)) if form else None
        return name.resolve(Standpoint(self.regions, region), self.agencies).agency if name is not None else None


def _by_id(entry: Function | LocalBody) -> str:
    """Of several entries with one English name, the first by identifier is meant."""
    return entry.id
