"""Names of groups of bodies: 各有关部门, 各市政府, 珠三角各地级以上市政府, 省有关部门.

A group of local governments takes the jurisdiction it lies in; one that names its own area, and one without area,
stay as they are. A group is closed, and its members known, where it is each of a level (各) without 有关.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from kg.extractors.agencies.group_meanings import GroupMeanings, GroupName
from kg.extractors.agencies.parsed_names import Formed, ParsedName
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_names import Agencies
from kg.model.entities import AgencyGroup
from kg.text.fold import fold
from kg.text.patterns import any_folded

# A group names no more areas or fields than this, and no more words like 各 and 有关 stand before it.
_MOST_PARTS, _MOST_QUANTIFIERS = 8, 4
_LONGEST_KIND = 40
_REMEMBERED = 1 << 14


class GroupReader:
    """Reads whole strings as names of groups."""

    def __init__(self, agencies: Agencies) -> None:
        self.agencies = agencies
        self._meanings = GroupMeanings(agencies)
        self._read = lru_cache(_REMEMBERED)(self._read_anew)

    @cached_property
    def _local(self) -> re.Pattern[str]:
        words = self.agencies.words.groups
        area, joint = f"(?:{any_folded(words.area_words)})", f"[{''.join(self.agencies.levels.area_joints)}]"
        return re.compile(
            rf"(?P<before>.{{0,12}}?)(?P<q>{any_folded(words.quantifiers)}|\d{{1,2}}(?:{any_folded(self.agencies.levels.measure_words)})?)(?P<area>{area}(?:{joint}{area}){{0,{_MOST_PARTS}}})(?:\([^()]*\))?"
            rf"(?P<head>(?:(?P<both>{self._both})|{any_folded(words.local_heads)}|{self._department})?)(?:\([^()]*\))?"
        )

    @cached_property
    def _many(self) -> re.Pattern[str]:
        """Match regions of a kind without 各 before them, perhaps with what each has: 镇街, 市县人民政府."""
        words, governments = self.agencies.words.groups, self.agencies.levels.governments
        return re.compile(rf"(?P<area>{any_folded(words.many)})(?P<head>(?:{any_folded(governments)})?)")

    def last_of_places(self, words: str, standpoint: Standpoint) -> str | None:
        """Return what the last of the places before 等 means: 保定市政府 for 保定等3市政府; None for other words."""
        return self._meanings.last_of_places(fold(words), standpoint)

    @cached_property
    def _both(self) -> str:
        """A pattern of party committee and government: 党委和人民政府, 党工委、办事处."""
        levels = self.agencies.levels
        return (
            rf"(?:{any_folded(levels.party_committees)})[{''.join(levels.area_joints)}]?"
            rf"(?:{any_folded(levels.committee_partners)})"
        )

    @cached_property
    def _kind(self) -> re.Pattern[str]:
        """Match the kinds of bodies that rules name: 乡(镇)人民政府, 省、自治区、直辖市人民政府林业主管部门."""
        levels = self.agencies.levels
        area = rf"(?:{any_folded(levels.kinds_of_areas)})(?:{any_folded(levels.area_reaches)})?"
        fields = rf"{self._field}{{1,2}}(?:[{''.join(levels.area_joints)}]{self._field}){{0,{_MOST_PARTS}}}"
        bodies, local = any_folded(levels.kinds_of_bodies), any_folded(levels.local)
        return re.compile(
            rf"(?P<areas>{area}(?:[{''.join(levels.area_joints)}]{area}){{0,{_MOST_PARTS}}})(?:{local})?"
            rf"(?P<head>(?:{bodies})(?:(?:{any_folded(levels.relevant)}|{fields})?"
            rf"(?:{any_folded(levels.field_etc)}|{any_folded(levels.department_marks)})?{levels.department})?)"
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
        match = self._kind.fullmatch(item)
        return match is not None and match.group("areas") not in self._plain_levels

    @cached_property
    def _plain_levels(self) -> frozenset[str]:
        return frozenset(level.word for level in self.agencies.levels.levels)

    def is_kind(self, name: ParsedName | GroupName, standpoint: Standpoint) -> bool:
        """Tell whether a name is that of many: 街道办事处, and 县人民政府 in a document of the country or of a city."""
        if isinstance(name, Formed) and not name.prefix.text and self._many.fullmatch(name.text):
            return True
        unplaced = isinstance(name, Formed) and name.prefix.word is not None and name.prefix.region is None
        if not unplaced or standpoint.region is None or not isinstance(name, Formed):
            return False
        match = self._kind.fullmatch(name.text)
        return match is not None

    def may_go_on(self, text: str, end: int) -> bool:
        """Tell by its last characters whether a group may go on behind a 、 at `end`: 各市、县政府."""
        return text[end - 1 : end] in self._before_joints or text[max(0, end - 2) : end] in self._before_joints

    @cached_property
    def _before_joints(self) -> frozenset[str]:
        """The last characters of kinds of areas, and the last two of fields."""
        words, joints = self.agencies.words.groups, self.agencies.levels.area_joints
        inner = [before for word in (*words.levels, *words.area_words) for joint in joints
                 for before in fold(word).split(joint)[:-1]]  # fmt: skip
        areas = {word[-1] for word in (*map(fold, words.area_words), *inner) if word}
        areas |= {word[-1] for word in self.agencies.levels.party_committees}
        return frozenset(areas | {fold(stem)[-2:] for stem in self._field_words})

    @cached_property
    def _field(self) -> str:
        """A pattern of what a department deals with: 自然资源, 中小企业."""
        return f"(?:{any_folded(self._field_words)})"

    @cached_property
    def _field_words(self) -> frozenset[str]:
        functions = self.agencies.words.functions
        stems = (stem for function in functions for stem in (function.full, *function.short) if len(stem) > 1)
        return frozenset((*stems, *self.agencies.levels.fields))

    @cached_property
    def _forbidden_field(self) -> str:
        """A pattern of fields that hold what else stands in no name of a group: 人力资源社会保障."""
        never = self.agencies.levels.never_in_groups
        return any_folded(field for field in self._field_words if any(word in field for word in never))

    @cached_property
    def _department(self) -> str:
        """A pattern of departments by what they deal with: 自然资源主管部门, 住房和城乡建设部门."""
        levels = self.agencies.levels
        return rf"{self._field}{{1,2}}(?:{any_folded(levels.department_marks)})?{levels.department}"

    @cached_property
    def _branches(self) -> re.Pattern[str]:
        """Match the branches of a central body: 人民银行各分支机构, 各银保监局."""
        levels = self.agencies.levels
        quantifiers = any_folded(levels.branch_quantifiers)
        bodies = any_folded(tuple(self.agencies.central_labels))
        return re.compile(
            rf"(?:(?P<body>{bodies})(?:{quantifiers})?(?:{any_folded(levels.branches)})|"
            rf"(?:{quantifiers})(?:{any_folded(levels.office_kinds)}))"
        )

    @cached_property
    def _said_fields(self) -> re.Pattern[str]:
        return re.compile(self._department)

    def says_who(self, group: GroupName) -> bool:
        """Tell whether a group is told apart by its level and its field, as 省级民政部门 and 人民银行各分支机构 are."""
        if group.area_word and not group.local:
            return True  # a kind of body, or departments by their fields
        if group.local:
            return bool(group.head) or group.area_word not in self.agencies.levels.wide_areas
        if self._branches.fullmatch(fold(group.text)):
            return True
        said = self._said_fields.search(fold(group.text), len(group.before))
        told = bool(group.before) or group.quantifier in self.agencies.levels.same_level
        return told and said is not None and said.end() == len(group.text)

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        words = self.agencies.words.groups
        levels = self.agencies.levels
        kind = (
            rf"(?:{self._forbidden_field}|(?!{any_folded(levels.group_heads)})[^{''.join(levels.never_in_groups)}\s])"
        )
        return re.compile(
            rf"(?P<q>(?:{any_folded(words.quantifiers)}){{0,{_MOST_QUANTIFIERS}}})(?P<kind>{kind}{{0,10}}?)(?P<head>{any_folded(words.heads)})"
        )

    @cached_property
    def _last_words(self) -> tuple[str, ...]:
        return tuple(map(fold, self.agencies.words.groups.heads))

    def fields_at(self, text: str, start: int) -> int:
        """Return where departments named by their fields (市场监管、公安等部门) end that begin at `start`; else 0."""
        match = self._fields.match(text, start)
        return match.end() if match else 0

    def several_before(self, text: str, start: int, end: int) -> int | None:
        """Return where a group begins, not before `start`, that several items name up to `end`: 公安、教育部门."""
        if not text.endswith(self._last_of_several, start, end):
            return None
        kind = self.kind_before(text, end)
        fields = (m.start() for m in self._fields.finditer(text, start, end) if m.end() == end)
        return kind if kind is not None else next((at for at in fields if self._begins_fields(text, at)), None)

    def _begins_fields(self, text: str, start: int) -> bool:
        """Tell whether a list of fields may begin there: not behind 各级, nor behind 县级以上人民政府."""
        before = text[start - 1 : start]
        return not before.isalnum() or before in self.agencies.levels.before_fields

    @cached_property
    def _last_of_several(self) -> tuple[str, ...]:
        levels = self.agencies.levels
        return tuple(map(fold, (*levels.group_heads, *levels.kinds_of_bodies)))

    @cached_property
    def _fields(self) -> re.Pattern[str]:
        """Match departments named by their fields: 市场监管、公安等部门."""
        levels = self.agencies.levels
        return re.compile(
            rf"(?P<fields>{self._field}(?:[{''.join(levels.area_joints)}]{self._field}){{1,{_MOST_PARTS}}})"
            rf"(?P<head>(?:{any_folded(levels.field_etc)})?(?:{any_folded(levels.group_heads)}))"
        )

    def read(self, text: str, standpoint: Standpoint) -> GroupName | None:
        """Read `text` as one group, or return None where it is none."""
        return self._read(text, standpoint)

    def _read_anew(self, text: str, standpoint: Standpoint) -> GroupName | None:
        item = fold(text)
        if item in self.agencies.words.groups.whole:
            return GroupName(text, "", "", "", item, False)
        match = self._local.fullmatch(item)
        if match and self._is_area(match.group("before"), standpoint):
            before, each, area, head = match.group("before", "q", "area", "head")
            return GroupName(text, before, each, area, head, True, match.group("both") is not None)
        kind = self._kind.fullmatch(item)
        if kind is not None and self._meanings.level_region(kind.group("areas"), standpoint) is None:
            return GroupName(text, "", "", kind.group("areas"), kind.group("head"), False)
        if self._branches.fullmatch(item):
            return GroupName(text, "", "", "", item, False)
        many = self._many.fullmatch(item)
        if many is not None:
            return GroupName(text, "", "", many.group("area"), many.group("head"), True)
        fields = self._fields.fullmatch(item)
        if fields is not None:
            return GroupName(text, "", "", fields.group("fields"), fields.group("head"), False)
        if not item.endswith(self._last_words):
            return None
        for before in self._befores(item, standpoint):
            match = self._heads.fullmatch(item, len(before))
            if match and (
                match.group("q") or (before and not match.group("kind")) or self._says_which(item, match.group("head"))
            ):
                return GroupName(text, before, match.group("q"), "", match.group("head"), False)
        return None

    def _befores(self, item: str, standpoint: Standpoint) -> Iterator[str]:
        """Yield the areas that an item may begin with, the longest first, then none."""
        for end in range(min(len(item) - 2, 12), 0, -1):
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
        match = self._stationed.fullmatch(before)
        if match is None:
            return False
        where, regions = match.group("where"), standpoint.regions
        return bool(regions.named(where)) or (len(where) == 1 and regions.abbreviated(where) is not None)

    @cached_property
    def _stationed(self) -> re.Pattern[str]:
        levels = self.agencies.levels
        return re.compile(rf"(?:{any_folded(levels.stationed)})(?P<where>.{{1,3}}?)(?:{any_folded(levels.relevant)})?")

    def resolve(self, name: GroupName, standpoint: Standpoint) -> AgencyGroup:
        """Return the group a name means as a document speaks of it."""
        return self._meanings.resolve(name, standpoint)
