"""Bodies named in English, as metadata in English names issuers: National Energy Administration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from kg.extractors.agencies.names import NameReader
from kg.extractors.agencies.resolve import resolve
from kg.extractors.regions.standpoint import Place
from kg.lexicons.agencies import Agencies, CentralBody, Function, LocalBody
from kg.lexicons.regions import Regions
from kg.model.entities import Agency, Region
from kg.text.patterns import Matcher, longest_leftmost

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
        name = self.names.read_known(region.name + form, Place(self.regions, region)) if form else None
        return resolve(name, Place(self.regions, region), self.agencies).agency if name is not None else None


def _by_id(entry: Function | LocalBody) -> str:
    """Of several entries with one English name, the first by identifier is meant."""
    return entry.id
