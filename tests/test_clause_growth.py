"""Laws of growth: twice the text takes no more than about twice the steps, however hostile it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from re import _parser  # type: ignore[attr-defined]  # the only way to look into a pattern

import pytest
from growth import grows_with_length, limited, open_choices, steps_of  # noqa: F401  # a fixture

from kg.documents.read import read_document
from kg.extractors.agencies.aliases import find_aliases
from kg.extractors.agencies.find import AgencyFinder
from kg.extractors.agencies.groups import GroupReader
from kg.extractors.agencies.names import NameReader
from kg.extractors.clauses.bodies import BodyReader
from kg.extractors.clauses.body_lists import ListReader
from kg.extractors.clauses.find import ClauseFinder
from kg.extractors.clauses.office_seats import SeatReader
from kg.extractors.clauses.role_patterns import Triggers
from kg.extractors.regions.standpoint import Place
from kg.lexicons import Lexicons
from kg.lexicons.cues import DefaultKind

SIZE = 900  # characters, more than the reach of any search

# before, what is repeated, after, reason
HOSTILE = [
    ("（牵头单位：", "甲乙和", "）", "unknown words joined by 和 behind a label"),
    ("（", "省财政厅和", "省科技厅牵头）", "bodies joined by 和"),
    ("（", "省财政厅、", "省科技厅牵头）", "bodies joined by 、"),
    ("（", "省财政厅/", "牵头）", "bodies joined by a slash"),
    ("（", "某某某 ", "省科技厅牵头）", "words joined by blanks"),
    ("（", "（", "省财政厅牵头", "brackets in brackets"),
    ("省财政厅", "（甲）", "牵头", "brackets behind each other"),
    ("（省财政厅", "）", "牵头）", "brackets that close nothing"),
    ("（省财政厅", "等", "甲牵头）", "等 again and again"),
    ("（省财政厅", "组织实施", "甲）", "role words that may be read in two ways"),
    ("（省财政厅牵头，", "持续推进", "）", "words of a deadline"),
    ("（", "各有关", "甲牵头）", "quantifiers that may be read in two ways"),
    ("（", "各区、县和", "甲牵头）", "areas that may be read in two ways"),
    ("（", "规划和自然资源、", "甲部门牵头）", "fields that may be read in two ways"),
    ("（", "牵头", "单位）", "parts of labels"),
    ("（", "广州市", "政府牵头）", "regions in regions"),
    ("牵头单位：", "省财政厅、", "省科技厅", "a label line of many bodies"),
    ("", "牵头单位：省财政厅\n", "", "label lines"),
    ("", "牵头单位：省财政厅；", "", "labels in a line"),
    ("", "监督单位：省财政厅；", "", "labels that are none of ours"),
    ("省财政厅", "  ", "牵头", "blanks"),
    ("省财政厅牵头", "\t　", "牵头", "blanks of other kinds"),
    ("工", "按职责分工", "", "adverbials that may be read in two ways"),
    ("省财政厅", "加强建设推动发展完善机制", "牵头", "words without marks"),
    ("", "省财政厅要加强建设推动发展牵头", "", "subjects without marks"),
    ("", "由省财政厅牵头做好工作", "", "clauses without marks"),
    ("", "省财政厅牵头，", "", "clauses in one sentence"),
    ("", "省财政厅会同", "", "会同 without end"),
    ("省财政厅牵头", "会同有关部门", "", "partners without end"),
    ("", "领导小组办公室设在省金融办，", "", "seats of offices"),
    ("", "列第一位的为牵头单位，下同。（省财政厅、省科技厅）\n", "", "rules that a default sets"),
    ("", "以下任务均涉及各市人民政府，不再列出。（省财政厅、省科技厅）\n", "", "rules that add a group"),
    ("", "以下所有由", "", "the beginnings of rules"),
    ("", "（一）优化服务。由省财政厅牵头，省科技厅配合。\n", "", "items with a clause in prose"),
    ("", "1．优化服务。（省财政厅牵头，省科技厅配合）\n", "", "items with a clause in brackets"),
    ("", "优化服务（省财政厅牵头，省科技厅配合）。", "", "clauses in one paragraph"),
    ("", "省财政厅（以下简称财政厅）", "", "short names"),
    ("", "绿色金融领导小组", "", "bodies formed for a task"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finders:
    """What reads bodies and clauses, made once for all rows."""

    lexicons: Lexicons
    agencies: AgencyFinder
    clauses: ClauseFinder

    def read_through(self, text: str) -> Callable[[], object]:
        """Return the reading of clauses, bodies and short names of a policy of Guangdong."""
        words = self.lexicons
        head = "---\ntitle: 广东省行动方案\nissuer: 广东省人民政府\ndate: 2022-01-01\n---\n"
        documents = read_document("x.txt", head + text, words.documents, words.numbering.starts_item)
        place = Place(words.regions, words.regions.by_id("440000"), "2022-01-01")

        def work() -> None:
            for document in documents:
                find_aliases(document.text, place, self.agencies)
                self.clauses.find(document, place)
                self.agencies.find(document.text, place)

        return work


@pytest.fixture(scope="module")
def finders(lexicons: Lexicons) -> Finders:
    """Finders whose patterns and indexes, which come but once, are made before the steps are counted."""
    agencies = AgencyFinder(lexicons.agencies)
    bodies = BodyReader(lexicons.cues, lexicons.agencies)
    made = Finders(lexicons, agencies, ClauseFinder(lexicons.cues, lexicons.numbering, agencies, bodies))
    made.read_through("一、服务。（省财政厅牵头，各市政府配合）由省科技厅牵头做好工作。")()
    return made


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize(("before", "unit", "after", "reason"), HOSTILE, ids=[row[-1] for row in HOSTILE])
def test_twice_the_text_takes_twice_the_steps(
    before: str, unit: str, after: str, reason: str, finders: Finders
) -> None:
    number = SIZE // len(unit)
    once, twice, four = (
        steps_of(finders.read_through(before + unit * (number * times) + after)) for times in (1, 2, 4)
    )
    assert grows_with_length(once, twice, four), reason


def patterns_of(holder: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every pattern that an object makes of its lexicon."""
    for name, member in vars(type(holder)).items():
        if isinstance(member, cached_property) and isinstance(pattern := getattr(holder, name), re.Pattern):
            yield f"{type(holder).__name__}.{name}", pattern


def patterns(lexicons: Lexicons) -> Iterator[tuple[str, re.Pattern[str]]]:
    bodies = BodyReader(lexicons.cues, lexicons.agencies)
    lists = ListReader(lexicons.cues, bodies)
    holders = (
        lexicons.cues, Triggers(lexicons.cues), GroupReader(lexicons.agencies), NameReader(lexicons.agencies),
        SeatReader(lexicons.cues, bodies, lists),
    )  # fmt: skip
    for holder in holders:
        yield from patterns_of(holder)
    kinds: tuple[DefaultKind, ...] = ("first_leads", "others_support", "none_leads", "added_group")
    yield from ((kind, lexicons.cues.default(kind)) for kind in kinds)


# pattern, whether a text may have ever more readings by it
PATTERNS = [
    (r"(?:按职责|分工|按职责分工)*落实", True),
    (r"(?:a+)+b", True),
    (r"(?>按职责分工|按职责|分工)*落实", False),
    (r"(?:按职责|分工|按职责分工){0,6}落实", False),
    (r"[^,]*落实|牵头", False),
]


@pytest.mark.parametrize(("pattern", "open_"), PATTERNS)
def test_the_check_of_patterns_finds_open_choices(pattern: str, open_: bool) -> None:
    assert bool(list(open_choices(_parser.parse(pattern)))) == open_


def test_no_pattern_leaves_a_choice_open_without_end(lexicons: Lexicons) -> None:
    open_ = {name: found for name, pattern in patterns(lexicons)
             if (found := list(open_choices(_parser.parse(pattern.pattern))))}  # fmt: skip
    assert open_ == {}
