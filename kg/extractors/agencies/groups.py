"""Names of groups of bodies: 各有关部门, 各市政府, 珠三角各地级以上市政府, 省有关部门.

A group of local governments takes the jurisdiction it lies in; one that names its own area, and one without area,
stay as they are. A group is closed, and its members known, where it is each of a level (各) without 有关.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from kg.extractors.agencies.group_meanings import GroupMeanings, GroupName
from kg.extractors.agencies.group_patterns import GroupPatterns
from kg.extractors.agencies.parsed_names import Formed, ParsedName
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_names import Agencies
from kg.model.document import Span
from kg.model.entities import AgencyGroup
from kg.text.fold import fold

_LONGEST_KIND = 40
_REMEMBERED = 1 << 14


class GroupReader:
    """Reads whole strings as names of groups."""

    def __init__(self, agencies: Agencies) -> None:
        self.agencies = agencies
        self._meanings = GroupMeanings(agencies)
        self._patterns = GroupPatterns(agencies)
        self._read = lru_cache(_REMEMBERED)(self._read_anew)

    def last_of_places(self, words: str, standpoint: Standpoint) -> str | None:
        """Return what the last of the places before 等 means: 保定市政府 for 保定等3市政府; None for other words."""
        return self._meanings.last_of_places(fold(words), standpoint)

    @cached_property
    def _many_alone(self) -> frozenset[str]:
        """Regions that are many where they stand alone, and of which rules do not say so: 市县人民政府."""
        return frozenset(map(fold, self.agencies.words.groups.many)) - set(
            map(fold, self.agencies.levels.kinds_of_areas)
        )

    def kind_before(self, text: str, end: int) -> int | None:
        """Return where a kind of body begins that ends at `end` of a folded text; None where there is none."""
        first = self._first_of_areas
        starts = (start for start in range(max(0, end - _LONGEST_KIND), end - 2) if text[start] in first)
        return next((start for start in starts if self._is_kind(text[start:end])), None)

    @cached_property
    def _first_of_areas(self) -> frozenset[str]:
        return frozenset(area[0] for area in self.agencies.levels.kinds_of_areas)

    @cached_property
    def ends_of_areas(self) -> frozenset[str]:
        """The characters before the last part of a kind: ) and 、, and the ends of what bodies are of."""
        levels = self.agencies.levels
        return frozenset((")", *levels.area_joints, *(fold(area)[-1] for area in levels.kinds_of_areas)))

    def _is_kind(self, item: str) -> bool:
        """Tell whether rules name bodies so; a level alone (县人民政府) may be the body of the place that speaks."""
        match = self._patterns.kind.fullmatch(item)
        return match is not None and match.group("areas") not in self._plain_levels

    @cached_property
    def _plain_levels(self) -> frozenset[str]:
        return frozenset(level.word for level in self.agencies.levels.levels)

    def is_kind(self, name: ParsedName | GroupName, standpoint: Standpoint) -> bool:
        """Tell whether a name is that of many: 街道办事处, and 县人民政府 in a document of the country or of a city."""
        if isinstance(name, Formed) and not name.prefix.text and self._patterns.many.fullmatch(name.text):
            return True
        unplaced = isinstance(name, Formed) and name.prefix.word is not None and name.prefix.region is None
        if not unplaced or standpoint.region is None or not isinstance(name, Formed):
            return False
        match = self._patterns.kind.fullmatch(name.text)
        return match is not None

    def may_go_on(self, text: str, end: int) -> bool:
        """Tell by its last characters whether a group may go on behind a 、 at `end`: 各市、县政府."""
        return (
            text[end - 1 : end] in self._patterns.before_joints
            or text[max(0, end - 2) : end] in self._patterns.before_joints
        )

    def says_who(self, group: GroupName) -> bool:
        """Tell whether a group is told apart by its field or its kind: 民政部门, 税务机关, 人民银行各分支机构."""
        if group.area_word and not group.local:
            return True  # a kind of body, or departments by their fields
        if group.local:
            return bool(group.head) or group.area_word not in self.agencies.levels.wide_areas
        text = fold(group.text)
        if self._patterns.branches.fullmatch(text) or text in self._called_by_kind:
            return True
        said = self._patterns.said_fields.search(text)
        return said is not None and said.end() == len(text)

    def says_whose(self, group: GroupName) -> bool:
        """Tell whether a group is told apart by its level alone: 国务院其他有关部门, 省直部门."""
        return bool(group.before) and group.text.endswith(self.agencies.levels.group_heads)

    @cached_property
    def _called_by_kind(self) -> frozenset[str]:
        return frozenset(map(fold, (*self.agencies.words.groups.whole, *self.agencies.levels.organs)))

    @cached_property
    def _last_words(self) -> tuple[str, ...]:
        return tuple(map(fold, self.agencies.words.groups.heads))

    def fields_at(self, text: str, start: int) -> int:
        """Return where departments named by their fields (市场监管、公安等部门) end that begin at `start`; else 0."""
        match = self._patterns.fields.match(text, start)
        return match.end() if match else 0

    def fields_of(self, words: str) -> list[Span]:
        """Return where the fields stand in words that name departments by them (公安、教育等部门); else none."""
        item = fold(words)
        match = self._patterns.fields.fullmatch(item)
        if match is None:
            return []
        fields = re.compile(self._patterns.field).finditer(item, match.start("fields"), match.end("fields"))
        return [Span(*field.span()) for field in fields]

    def is_department(self, words: str) -> bool:
        """Tell whether words are nothing but what a department deals with: 教育行政部门."""
        return self._patterns.said_fields.fullmatch(fold(words)) is not None

    def several_at(self, text: str, start: int) -> int:
        """Return where a group ends that several items name from `start` on: 有关省、自治区、直辖市人民政府; else 0."""
        match = self._patterns.local.match(text, start)
        joined = (
            match is not None
            and match.start("q") == start
            and any(joint in match.group("area") for joint in self.agencies.levels.area_joints)
        )
        return match.end() if match is not None and joined and match.group("head") else 0

    def several_before(self, text: str, start: int, end: int) -> int | None:
        """Return where a group begins, not before `start`, that several items name up to `end`: 公安、教育部门."""
        if not text.endswith(self._last_of_several, start, end):
            return None
        starts = [m.start() for m in self._patterns.fields.finditer(text, start, end) if m.end() == end]
        fields = [at for at in starts if self._begins_fields(text, at)][:1]
        kind = self.kind_before(text, end)
        return min([*fields, *([kind] if kind is not None else [])], default=None)

    def _begins_fields(self, text: str, start: int) -> bool:
        """Tell whether a list of fields may begin there: not behind 各级, nor behind 县级以上人民政府."""
        before = text[start - 1 : start]
        return not before.isalnum() or before in self.agencies.levels.before_fields

    @cached_property
    def _last_of_several(self) -> tuple[str, ...]:
        levels = self.agencies.levels
        return tuple(map(fold, (*levels.group_heads, *levels.kinds_of_bodies)))

    def read(self, text: str, standpoint: Standpoint) -> GroupName | None:
        """Read `text` as one group, or return None where it is none."""
        return self._read(text, standpoint)

    def _read_anew(self, text: str, standpoint: Standpoint) -> GroupName | None:
        item = fold(text)
        if item in self.agencies.words.groups.whole or item in self.agencies.levels.organs:
            return GroupName(text, "", "", "", item, False)
        match = self._patterns.local.fullmatch(item)
        if match and self._is_area(match.group("before"), standpoint):
            before, each, area, head = match.group("before", "q", "area", "head")
            return GroupName(text, before, each, area, head, True, match.group("both") is not None)
        kind = self._patterns.kind.fullmatch(item)
        areas = kind.group("areas") if kind is not None else ""
        if kind is not None and areas not in self._many_alone and not self._meanings.level_region(areas, standpoint):
            return GroupName(text, "", "", areas, kind.group("head"), False)
        if self._patterns.branches.fullmatch(item):
            return GroupName(text, "", "", "", item, False)
        many = self._patterns.many.fullmatch(item)
        if many is not None:
            return GroupName(text, "", "", many.group("area"), many.group("head"), True)
        fields = self._patterns.fields.fullmatch(item)
        if fields is not None:
            owner = fields.group("owner") or ""
            return GroupName(text, owner, "", fields.group("fields"), fields.group("head"), False)
        if not item.endswith(self._last_words):
            return None
        for before in self._befores(item, standpoint):
            match = self._patterns.heads.fullmatch(item, len(before))
            if match and (
                match.group("q") or (before and not match.group("kind")) or self._says_which(item, match.group("head"))
            ):
                return GroupName(text, before, match.group("q"), "", match.group("head"), False)
        return None

    def _befores(self, item: str, standpoint: Standpoint) -> Iterator[str]:
        """Yield the areas that an item may begin with, the longest first, then none; 市场监管部门 begins with none."""
        for end in range(0 if self.is_department(item) else min(len(item) - 2, 12), 0, -1):
            if self._is_area(item[:end], standpoint):
                yield item[:end]
        yield ""

    def _says_which(self, item: str, head: str) -> bool:
        """A head alone (单位) names nobody; one that says of what (行业主管部门, 成员单位) or whose (省级部门) does."""
        levels = self.agencies.levels
        return any(head.endswith(word) for word in levels.group_heads) and len(item) > max(map(len, levels.group_heads))

    def _is_area(self, before: str, standpoint: Standpoint) -> bool:
        return (
            not before
            or self._is_stationed(before, standpoint)
            or before in self.agencies.words.groups.levels
            or self._meanings.region(before, standpoint) is not None
            or (self._meanings.level_region(before, standpoint) is not None)
        )

    def _is_stationed(self, before: str, standpoint: Standpoint) -> bool:
        """Tell whether it says where bodies sit: 在陕有关, 驻川, 中央驻粤."""
        match = self._patterns.stationed.fullmatch(before)
        if match is None:
            return False
        where, regions = match.group("where"), standpoint.regions
        return bool(regions.named(where)) or (len(where) == 1 and regions.abbreviated(where) is not None)

    def resolve(self, name: GroupName, standpoint: Standpoint) -> AgencyGroup:
        """Return the group a name means as a document speaks of it."""
        return self._meanings.resolve(name, standpoint)
