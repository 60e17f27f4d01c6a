"""What names of groups of bodies are made of, as patterns over folded text."""

from __future__ import annotations

import re
from functools import cached_property

from kg.lexicons.agency_names import Agencies
from kg.text.fold import fold
from kg.text.patterns import any_folded

# A group names no more areas or fields than this, and no more words like 各 and 有关 stand before it.
_MOST_PARTS, _MOST_QUANTIFIERS = 8, 4


class GroupPatterns:
    """The patterns of names of groups; made once from the words of the lexicons."""

    def __init__(self, agencies: Agencies) -> None:
        self.agencies = agencies

    @cached_property
    def local(self) -> re.Pattern[str]:
        """Match each region of a kind with what it has: 各市政府, 珠三角各市财政局; the groups are its parts."""
        words = self.agencies.words.groups
        area, joint = f"(?:{any_folded(words.area_words)})", f"[{''.join(self.agencies.levels.area_joints)}]"
        return re.compile(
            rf"(?P<before>.{{0,12}}?)(?P<q>{any_folded(words.quantifiers)}|\d{{1,2}}(?:{any_folded(self.agencies.levels.measure_words)})?)(?P<area>{area}(?:{joint}{area}){{0,{_MOST_PARTS}}})(?:\([^()]*\))?"
            rf"(?P<head>(?:(?P<both>{self.both})|{any_folded(words.local_heads)}|{self.department})?)(?:\([^()]*\))?"
        )

    @cached_property
    def many(self) -> re.Pattern[str]:
        """Match regions of a kind without 各 before them, perhaps with what each has: 镇街, 市县人民政府."""
        words, governments = self.agencies.words.groups, self.agencies.levels.governments
        return re.compile(rf"(?P<area>{any_folded(words.many)})(?P<head>(?:{any_folded(governments)})?)")

    @cached_property
    def both(self) -> str:
        """A pattern of party committee and government: 党委和人民政府, 党工委、办事处."""
        levels = self.agencies.levels
        return (
            rf"(?:{any_folded(levels.party_committees)})[{''.join(levels.area_joints)}]?"
            rf"(?:{any_folded(levels.committee_partners)})"
        )

    @cached_property
    def kind(self) -> re.Pattern[str]:
        """Match the kinds of bodies that rules name: 乡(镇)人民政府, 省、自治区、直辖市人民政府林业主管部门."""
        levels = self.agencies.levels
        areas = (*levels.kinds_of_areas, *self.agencies.words.groups.many)
        area = rf"(?:{any_folded(areas)})(?:{any_folded(levels.area_reaches)})?"
        fields = rf"{self.field}{{1,2}}(?:[{''.join(levels.area_joints)}]{self.field}){{0,{_MOST_PARTS}}}"
        bodies, local = any_folded(levels.kinds_of_bodies), any_folded(levels.local)
        kind = rf"(?:{any_folded(levels.field_etc)}|{any_folded(levels.department_marks)})?"
        return re.compile(
            rf"(?P<areas>{area}(?:[{''.join(levels.area_joints)}]{area}){{0,{_MOST_PARTS}}})(?:{local})?"
            rf"(?P<head>(?:{bodies})(?:(?:{any_folded(levels.relevant)}|{fields})?{kind}{levels.department})?"
            rf"|{fields}{kind}{levels.department})"
        )

    @cached_property
    def before_joints(self) -> frozenset[str]:
        """The last characters of kinds of areas, and the last two of fields."""
        words, joints = self.agencies.words.groups, self.agencies.levels.area_joints
        inner = [before for word in (*words.levels, *words.area_words) for joint in joints
                 for before in fold(word).split(joint)[:-1]]  # fmt: skip
        areas = {word[-1] for word in (*map(fold, words.area_words), *inner) if word}
        areas |= {word[-1] for word in self.agencies.levels.party_committees}
        return frozenset(areas | {fold(stem)[-2:] for stem in self.field_words})

    @cached_property
    def field(self) -> str:
        """A pattern of what a department deals with: 自然资源, 中小企业."""
        return f"(?:{any_folded(self.field_words)})"

    @cached_property
    def field_words(self) -> frozenset[str]:
        """What departments deal with: 自然资源, 中小企业."""
        functions = self.agencies.words.functions
        stems = (stem for function in functions for stem in (function.full, *function.short) if len(stem) > 1)
        return frozenset((*stems, *self.agencies.levels.fields))

    @cached_property
    def forbidden_field(self) -> str:
        """A pattern of fields that hold what else stands in no name of a group: 人力资源社会保障."""
        never = self.agencies.levels.never_in_groups
        return any_folded(field for field in self.field_words if any(word in field for word in never))

    @cached_property
    def department(self) -> str:
        """A pattern of departments by what they deal with: 自然资源主管部门, 住房和城乡建设部门."""
        levels = self.agencies.levels
        return rf"{self.field}{{1,2}}(?:{any_folded(levels.department_marks)})?{levels.department}"

    @cached_property
    def owned_department(self) -> re.Pattern[str]:
        """Match a department behind whose it is: 国务院教育行政部门, 省交通运输主管部门."""
        levels = self.agencies.levels
        whose = any_folded((*levels.councils, *(level.word for level in levels.levels)))
        return re.compile(rf"(?P<whose>{whose})(?P<department>{self.department})")

    @cached_property
    def branches(self) -> re.Pattern[str]:
        """Match the branches of a central body: 人民银行各分支机构, 各银保监局."""
        levels = self.agencies.levels
        quantifiers = any_folded(levels.branch_quantifiers)
        bodies = any_folded(tuple(self.agencies.central_labels))
        return re.compile(
            rf"(?:(?P<body>{bodies})(?:{quantifiers})?(?:{any_folded(levels.branches)})|"
            rf"(?:{quantifiers})(?:{any_folded(levels.office_kinds)}))"
        )

    @cached_property
    def said_fields(self) -> re.Pattern[str]:
        """Match a department by what it deals with, anywhere."""
        return re.compile(self.department)

    @cached_property
    def heads(self) -> re.Pattern[str]:
        """Match other groups by their last word: 各有关部门, 成员单位."""
        words = self.agencies.words.groups
        levels = self.agencies.levels
        kind = rf"(?:{self.forbidden_field}|(?!{any_folded(levels.group_heads)})[^{''.join(levels.never_in_groups)}\s])"
        return re.compile(
            rf"(?P<q>(?:{any_folded(words.quantifiers)}){{0,{_MOST_QUANTIFIERS}}})(?P<kind>{kind}{{0,10}}?)(?P<head>{any_folded(words.heads)})"
        )

    @cached_property
    def fields(self) -> re.Pattern[str]:
        """Match departments named by their fields: 市场监管、公安等部门."""
        levels = self.agencies.levels
        return re.compile(
            rf"(?P<owner>{any_folded(levels.field_owners)})?(?P<fields>{self.field}(?:[{''.join(levels.area_joints)}]{self.field}){{1,{_MOST_PARTS}}})"
            rf"(?P<head>(?:{any_folded(levels.field_etc)})?(?:{any_folded(levels.group_heads)}))"
        )

    @cached_property
    def stationed(self) -> re.Pattern[str]:
        """Match words that say where bodies sit: 在陕有关, 中央驻粤."""
        levels = self.agencies.levels
        return re.compile(rf"(?:{any_folded(levels.stationed)})(?P<where>.{{1,3}}?)(?:{any_folded(levels.relevant)})?")
