"""Named bodies in running text: listed ones, formed ones with their jurisdiction before them, offices, task bodies.

A bare stem (财政厅) is a body in a clause only; in running text a jurisdiction must stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kg.extractors.agencies.groups import GroupReader
from kg.extractors.agencies.names import NameReader
from kg.extractors.agencies.parsed_names import LocalOffice, RegionAlone, Zone
from kg.extractors.agencies.resolve import RESTORED, Prefix
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_names import Agencies
from kg.model.document import Span
from kg.model.entities import Agency, Mention, Region, Resolution
from kg.model.ids import task_body_id
from kg.text.fold import fold
from kg.text.patterns import Matcher, any_of, longest_leftmost

_LONGEST_PREFIX = 14
_LONGEST_TASK = 32
_LONGEST_COUNTRY = 8


class AgencyFinder:
    """Finds named bodies."""

    def __init__(self, agencies: Agencies) -> None:
        self.agencies = agencies
        self.names = NameReader(agencies)
        self.groups = GroupReader(agencies)

    @cached_property
    def _listed(self) -> Matcher:
        return Matcher([*self.agencies.central_labels, *self.agencies.unique_labels])

    @cached_property
    def _stems(self) -> Matcher:
        return Matcher(self.agencies.stems)

    @cached_property
    def _tasks(self) -> re.Pattern[str]:
        levels = self.agencies.levels
        return re.compile(f"(?:{any_of(levels.task_bodies)})(?:{any_of(levels.task_offices)})?")

    def find(self, text: str, standpoint: Standpoint) -> list[Mention]:
        """Return the bodies named in `text`, longest leftmost, none overlapping."""
        folded = fold(text)
        formed = (*self._find_formed(folded, standpoint), *self._find_offices(folded, standpoint))
        formed = (*formed, *self._find_departments(folded, standpoint))
        aliases = self._find_aliases(folded, standpoint) if standpoint.aliases else ()
        known = dict.fromkeys((*self._find_listed(folded, standpoint), *formed, *aliases))
        tasks = dict(self._find_tasks(folded, standpoint))
        mentions = []
        for span in longest_leftmost([*known, *tasks]):
            agency = tasks.get(span)
            mention = self._task(text, span, agency) if agency is not None else self._known(text, span, standpoint)
            if mention is not None:
                mentions.append(mention)
        return mentions

    def find_task_bodies(self, text: str, standpoint: Standpoint) -> list[Mention]:
        """Return the bodies formed for a task (绿色金融领导小组), and what 领导小组 alone means after them."""
        return [self._task(text, span, agency) for span, agency in self._find_tasks(fold(text), standpoint)]

    def _known(self, text: str, span: Span, standpoint: Standpoint) -> Mention | None:
        words = text[span.start : span.end]
        name = self.names.read_known(words, standpoint)
        if (
            name is None
            or self.groups.is_kind(name, standpoint)
            or isinstance(name, RegionAlone)
            or (isinstance(name, Zone) and not name.head)
        ):
            return None  # a region: who governs it is not named
        resolved = name.resolve(standpoint, self.agencies)
        return Mention(span, words, resolved.agency, resolved.resolution, resolved.confidence)

    def _task(self, text: str, span: Span, agency: Agency) -> Mention:
        words = text[span.start : span.end]
        same = agency.name == words
        return Mention(
            span, words, agency, Resolution.VERBATIM if same else Resolution.RESTORED, 1.0 if same else RESTORED
        )

    def _find_listed(self, text: str, standpoint: Standpoint) -> Iterator[Span]:
        words = standpoint.regions.words
        for span in self._listed.every(text):
            if (
                self._ends_well(text, span)
                and self._begins_well(text, span)
                and not words.cross(text, span.start, span.end)
            ):
                yield span
                division = self._division.match(text, span.end)
                below = Span(span.start, division.end()) if division else span
                if (
                    division
                    and self._ends_well(text, below)
                    and self.names.read_known(text[below.start : below.end], standpoint)
                ):
                    yield below

    @cached_property
    def _division(self) -> re.Pattern[str]:
        """Match what stands behind a ministry up to the end of its division: 货币政策司."""
        return re.compile(rf"[\u3400-\u9fff]{{2,12}}?(?:{any_of(self.agencies.levels.ministry_divisions)})")

    def _find_aliases(self, text: str, standpoint: Standpoint) -> Iterator[Span]:
        return (span for span in Matcher(standpoint.aliases).every(text) if self._ends_well(text, span))

    def _ends_well(self, text: str, span: Span) -> bool:
        """教育部 is not the beginning of 教育部门."""
        followers = self.agencies.levels.not_followed_by
        ends = (text[start : span.end] for start in range(max(span.start, span.end - self._longest_end), span.end))
        return not any(text.startswith(followers[end], span.end) for end in ends if end in followers)

    @cached_property
    def _longest_end(self) -> int:
        return max(map(len, self.agencies.levels.not_followed_by))

    def _begins_well(self, text: str, span: Span) -> bool:
        """农工党中央 is no 党中央, and 美国国防部 and 美国防部 are no bodies of ours."""
        levels = self.agencies.levels
        before = next((b for name, b in levels.not_preceded_by.items() if text.startswith(name, span.start)), ())
        return not text.endswith(
            (*levels.foreign, *before), max(0, span.start - _LONGEST_COUNTRY), span.start
        ) and not (text.endswith(levels.foreign, max(0, span.start - _LONGEST_COUNTRY), span.start + 1))

    def _find_formed(self, text: str, standpoint: Standpoint) -> Iterator[Span]:
        for stem in self._stems.every(text):
            start = self._prefix_start(text, stem.start, standpoint)
            if (
                start is not None
                and self._ends_well(text, stem)
                and not self._is_of_a_kind(text, start, stem.end)
                and self.names.read_known(text[start : stem.end], standpoint)
            ):
                yield Span(start, stem.end)

    def _find_departments(self, text: str, standpoint: Standpoint) -> Iterator[Span]:
        """Find 国务院教育行政部门 and 省交通运输主管部门."""
        if self.agencies.levels.department not in text:
            return
        for match in self.names.departments.finditer(text):
            council = match.group("whose") in self.agencies.levels.councils
            start = match.start() if council else self._prefix_start(text, match.start("department"), standpoint)
            kind = self.groups.kind_before(text, match.end())
            if start is not None and (kind is None or kind >= start):
                yield Span(start, match.end())

    def _is_of_a_kind(self, text: str, start: int, end: int) -> bool:
        """民委员会 is the end of 村(居)民委员会, 市人民政府 that of 省、自治区、直辖市人民政府: kinds, no bodies."""
        before = self.groups.kind_before(text, end) if text[start - 1 : start] in self.groups.ends_of_areas else None
        return before is not None and before < start

    def _prefix_start(self, text: str, end: int, standpoint: Standpoint) -> int | None:
        """Return where the jurisdiction that ends at `end` begins, the longest one that reads as one."""
        for start in range(max(0, end - _LONGEST_PREFIX), end):
            prefix = self.names.read_prefix(text[start:end], standpoint)
            if (
                prefix is not None
                and self._governs(prefix)
                and (prefix.word is None or not self.agencies.inside_word(text, start))
            ):
                return start
        return None

    def _governs(self, prefix: Prefix) -> bool:
        """Tell whether a jurisdiction has bodies of its own: 计划单列市, a group of cities, has none; 鲁南 may."""
        region, levels = prefix.region, self.agencies.levels.levels
        many = region is not None and region.level == "group"
        return not many or not prefix.text.endswith(tuple(level.word for level in levels))

    def _find_offices(self, text: str, standpoint: Standpoint) -> Iterator[Span]:
        for span in self.names.offices.find(text, standpoint.regions):
            name = self.names.read(text[span.start : span.end], standpoint)
            if isinstance(name, LocalOffice):
                yield span

    def _find_tasks(self, text: str, standpoint: Standpoint) -> Iterator[tuple[Span, Agency]]:
        """Find 绿色金融领导小组 and what 领导小组 alone means after it."""
        last: dict[str, Agency] = {}
        for match in self._tasks.finditer(text):
            start = self._task_start(text, match.start())
            agency = (
                self._task_agency(text[start : match.end()], standpoint)
                if start < match.start()
                else last.get(match.group())
            )
            if agency is None and (base := self._base_of(match.group())) in last:
                agency = extend(last[base], match.group()[len(base) :])
            if agency is not None:
                if start < match.start():
                    last |= dict.fromkeys(self._shorts_of(match.group()), agency)
                yield Span(start, match.end()), agency

    def _shorts_of(self, words: str) -> list[str]:
        """Return what a task body may be called later by its ending: 领导小组 for 工作领导小组."""
        return [words, *(body for body in self.agencies.levels.task_bodies if words.endswith(body))]

    def _base_of(self, words: str) -> str:
        offices = self.agencies.levels.task_offices
        return next((words[: -len(office)] for office in offices if words.endswith(office)), "")

    def _task_start(self, text: str, end: int) -> int:
        """Return where a task body's name begins: after the last word that cannot stand in it."""
        floor = end - len(re.search(r"[\u3400-\u9fff]*\Z", text[max(0, end - _LONGEST_TASK) : end]).group())  # type: ignore[union-attr]  # always matches
        if floor and text[floor - 1].isdigit() and floor < end:
            floor += 1  # a unit: 2025年春运工作专班
        levels = self.agencies.levels
        words = self._not_stops.sub(_blank, text[floor:end])  # 自由贸易 holds no 由
        strong = floor + _after_last(words, levels.task_stops)
        if self._begins_with_place(text[strong:end]):
            return strong
        return max(strong, floor + _after_last(words, levels.weak_task_stops))

    @cached_property
    def _not_stops(self) -> re.Pattern[str]:
        return re.compile(any_of(self.agencies.levels.not_stops))

    def _begins_with_place(self, words: str) -> bool:
        return words.startswith(
            (*self.agencies.levels.country_names, *(level.word for level in self.agencies.levels.levels))
        )

    def _task_agency(self, words: str, standpoint: Standpoint) -> Agency | None:
        """A task body takes its jurisdiction unless it names a standpoint or the centre itself."""
        if words in standpoint.aliases:
            return standpoint.aliases[words]
        if len(words) < 4:
            return None
        shown, region = words, None
        prefix = next(
            (
                p
                for level in self.agencies.levels.levels
                if words.startswith(level.word) and (p := standpoint.of_word(level))
            ),
            None,
        )
        word = next((level.word for level in self.agencies.levels.levels if words.startswith(level.word)), "")
        if prefix is not None:
            shown, region = prefix.name + words[len(word) :], prefix
        elif not self._names_place(words, standpoint) and standpoint.chain():
            region = standpoint.chain()[0]
            shown = region.name + words
        return _task_body(shown, region)

    def _names_place(self, words: str, standpoint: Standpoint) -> bool:
        names_country = words.startswith(self.agencies.levels.country_names)
        return names_country or standpoint.regions.longest_at(words, 0) is not None


def _task_body(shown: str, region: Region | None) -> Agency:
    return Agency(
        task_body_id(shown),
        shown,
        shown,
        level=region.level if region else "",
        region=region.id if region else "",
        kind="organization",
    )


def extend(agency: Agency, ending: str) -> Agency:
    """Return the office of a body, named after it: 绿色金融领导小组 and 办公室."""
    shown = agency.name + ending
    return Agency(task_body_id(shown), shown, shown, agency.level, agency.region, agency.kind, parent=agency.id)


def _after_last(words: str, stops: tuple[str, ...]) -> int:
    """Return where the last of some stops ends, 0 where there is none."""
    return max((at + len(stop) for stop in stops if (at := words.rfind(stop)) >= 0), default=0)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
