"""An item's words to the bodies they name: leaders and 等 taken off, conjunctions parted, shared prefixes put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extractors.agencies.endings import Endings
from kg.extractors.agencies.groups import GroupName, GroupReader
from kg.extractors.agencies.names import Name, NameReader, Prefix
from kg.extractors.agencies.resolve import RESTORED, Resolved, resolve, resolve_office
from kg.extractors.clauses.items import Item, cut_items
from kg.extractors.regions.standpoint import Place
from kg.lexicons.agencies import Agencies
from kg.lexicons.cues import Cues
from kg.lexicons.levels import LevelWords
from kg.model.document import Span
from kg.model.entities import Agency, AgencyGroup, Region, Resolution
from kg.text.fold import fold

_BLANK = re.compile(r"\s+")
_MOST = 7
# No name is longer than this, nor is a name with the brackets and words that may stand around it.
_LONGEST, _LONGEST_STRETCH, _LONGEST_ETC = 120, 240, 16
# No name holds more conjunctions and blanks than this.
_MOST_CUTS = 8
# No more layers of words stand around a name than this: 由 before it; 等, brackets and a scope behind it.
_MOST_LAYERS = 6
UNLISTED = 0.7


@dataclass(frozen=True, slots=True)
class Listed:
    """A body named in a list, before it is resolved: a name, or a group, and the tier and run it stands in."""

    span: Span
    tier: int
    joined: bool
    name: Name | None = None
    group: GroupName | None = None
    sure: float = 1.0

    @property
    def known(self) -> bool:
        """Whether the lexicons know it: a group, or a name that is listed or formed."""
        return self.group is not None or (self.name is not None and self.name.known)

    @property
    def placed(self) -> bool:
        """Whether it is unknown but named under a jurisdiction (市民营经济局, 宁波某某公司)."""
        prefix = self.name.prefix if self.name is not None else None
        return prefix is not None and (prefix.word is not None or prefix.region is not None)


@dataclass(frozen=True, slots=True)
class Cut:
    """A conjunction or a blank, at which an item may fall into two."""

    start: int
    end: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A listed body resolved."""

    listed: Listed
    body: Agency | AgencyGroup
    resolution: Resolution
    confidence: float


class BodyReader:
    """Reads stretches of text as bodies, in the light of a place."""

    def __init__(self, cues: Cues, agencies: Agencies) -> None:
        self.cues = cues
        self.agencies = agencies
        self.names = NameReader(agencies)
        self.groups = GroupReader(agencies)

    def items(self, text: str, span: Span, place: Place) -> Iterator[Item]:
        """Yield the items, those that only together name a group as one: 各省、自治区、直辖市人民政府."""
        items = [part for item in cut_items(text, span, self.cues) for part in self._at_labels(text, item)]
        at = 0
        while at < len(items):
            reach = next(
                (
                    n
                    for n in range(min(_MOST, len(items) - at), 1, -1)
                    if self._is_one_group(text, items[at : at + n], n, place)
                ),
                1,
            )
            first, last = items[at], items[at + reach - 1]
            yield Item(Span(first.span.start, last.span.end), first.tier, first.joined)
            at += reach

    def _at_labels(self, text: str, item: Item) -> Iterator[Item]:
        """Cut an item where a blank stands before a label: 牵头单位：X 责任单位：Y."""
        start = item.span.start
        for match in _BLANK.finditer(text, item.span.start + 1, item.span.end):
            label = self.cues.label.match(text, match.end(), item.span.end)
            if label or self.cues.other_label.match(text, match.end(), item.span.end):
                yield Item(Span(start, match.start()), item.tier, item.joined)
                start = match.end()
        yield Item(Span(start, item.span.end), item.tier, item.joined and start == item.span.start)

    def _is_one_group(self, text: str, items: list[Item], count: int, place: Place) -> bool:
        if len(items) < count or not all(item.joined for item in items[1:]):
            return False
        start, end = items[0].span.start, items[-1].span.end
        label = self.cues.label.match(text, start, end)
        suffix = self.cues.suffix.search(text, start, end)
        words = text[label.end() if label else start : suffix.start() if suffix else end]
        group = self.groups.read(words, place)
        marked = group is not None and any(mark in group.area_word + group.before for mark in self.cues.run)
        return marked and group is not None and (group.local or bool(group.area_word) or count == 2)

    @cached_property
    def _endings(self) -> Endings:
        return Endings(self.agencies)

    @cached_property
    def _behind_names(self) -> tuple[str, ...]:
        """What may stand behind a name: 等, 等单位, an alias in brackets, 职责范围内."""
        words = self.cues.words
        return (*self.cues.close, *map(fold, (*words.etc, *words.etc_heads, *words.scopes)))

    def may_end(self, text: str, end: int, place: Place) -> bool:
        """Tell by its last characters whether a body may end at `end`; it spares reading what is none."""
        return text.endswith(self._behind_names, 0, end) or self._endings.fit(text, end, place)

    def is_private(self, listed: Listed) -> bool:
        """Tell whether it is known by its ending alone, and that of a firm, a school or the like."""
        name = listed.name
        return not listed.known and name is not None and name.text.endswith(self.agencies.levels.private_endings)

    def is_credible(self, listed: Listed) -> bool:
        """Tell whether it is surely a body of the state: known, or unknown under a jurisdiction and no firm."""
        return listed.known or (listed.placed and not self.is_private(listed))

    def read(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        """Return the bodies that `span` of the folded text names, or nothing where it is not a list of bodies."""
        return ItemReader(self, text, span, tier, place).read(span.start, span.end, joined=joined)

    def read_unlisted(self, text: str, item: Item, before: Listed, place: Place) -> list[Listed]:
        """Read an item that no lexicon knows as a body where a run puts it right behind one (市科技局、中国一重)."""
        between = text[before.span.end : item.span.start]
        if not item.joined or between.strip() not in self.cues.run:
            return []
        name = self.names.read_unlisted(text[item.span.start : item.span.end], place)
        return [Listed(item.span, item.tier, True, name=name, sure=UNLISTED)] if name is not None else []

    def read_one(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> Listed | None:
        """Return the one body that `span` of the folded text names as a whole, a name before a group."""
        words = text[span.start : span.end]
        name = self.names.read(words, place)
        if name is not None and name.known:
            return Listed(span, tier, joined, name=name)
        group = self.groups.read(words, place)
        if group is not None:
            return Listed(span, tier, joined, group=group)
        return Listed(span, tier, joined, name=name) if name is not None else None

    def resolve(self, listed: Sequence[Listed], place: Place) -> list[Body]:
        """Resolve a list in order; a prefix lives within its run and ends at a comma, a suffix runs backwards."""
        found: list[Body] = []
        shared: Region | None = None
        tier = -1
        before: Resolved | None = None
        for item in _suffixed(listed, place, self.agencies.levels):
            if item.tier != tier:
                tier, shared, before = item.tier, None, None
            body, before = self._resolve(item, place, shared, before)
            shared = before.shares if before is not None and before.shares is not None else shared
            found.append(body)
        return found

    def _resolve(
        self, item: Listed, place: Place, shared: Region | None, before: Resolved | None
    ) -> tuple[Body, Resolved | None]:
        if item.group is not None:
            group = self.groups.resolve(item.group, place)
            how = Resolution.VERBATIM if group.name == item.group.text else Resolution.RESTORED
            return Body(item, group, how, 1.0 if how is Resolution.VERBATIM else RESTORED), None
        assert item.name is not None
        resolved = self._bare_office(item.name, place, before) or resolve(
            item.name, place, self.agencies, shared=shared
        )
        return Body(item, resolved.agency, resolved.resolution, resolved.confidence), resolved

    def _bare_office(self, name: Name, place: Place, before: Resolved | None) -> Resolved | None:
        """Lend 证监局 the region of the office before it in the run: 广东银保监局、证监局."""
        office = self.names.read_bare_office(name.text)
        if office is None or before is None or not before.agency.vertical or not before.agency.region:
            return None
        region = place.regions.by_id(before.agency.region)
        short = place.regions.short(region.id) or region.name
        resolved = resolve_office(short + name.text, office, region, place.regions)
        return replace(resolved, resolution=Resolution.RESTORED, confidence=RESTORED)


class ItemReader:
    """Reads the bodies in one item, and in parts of it, each stretch once.

    A list is read from its last cut to its first: what follows a cut is known by the time the words before it are
    read, so that the work grows with the number of cuts and not with the number of ways to choose among them.
    """

    def __init__(self, bodies: BodyReader, text: str, span: Span, tier: int, place: Place) -> None:
        self.bodies = bodies
        self.cues = bodies.cues
        self.text = text
        self.tier = tier
        self.place = place
        self._cuts = cuts_of(text, span, bodies.cues)
        self._stretches: dict[tuple[int, int, bool, int], list[Listed]] = {}
        self._behind: dict[int, dict[int, list[Listed]]] = {}

    def read(self, start: int, end: int, *, joined: bool) -> list[Listed]:
        """Return the bodies from `start` to `end`; `joined` tells whether a 、 stands before the first."""
        whole = self._whole(start, end, joined)
        if whole is not None and whole.known and whole.group is None:
            return [whole]
        cuts = [cut for cut in self._cuts if start < cut.start and cut.end <= end]
        behind = self._behind.setdefault(end, {})
        for number in range(len(cuts) - 1, -1, -1):
            begin = cuts[number].end
            if begin not in behind:
                behind[begin] = self._list(begin, end, cuts[number + 1 : number + 1 + _MOST_CUTS], joined=True)
        return self._list(start, end, cuts, joined=joined)

    def _list(self, start: int, end: int, cuts: Sequence[Cut], *, joined: bool) -> list[Listed]:
        """Read from `start` to the item's end: one body, or bodies before a cut and the list behind it."""
        whole = self._whole(start, end, joined)
        if whole is not None and whole.known and whole.group is None:
            return [whole]
        return self._parted(start, cuts, self._behind[end], joined=joined) or self._stretch(start, end, joined)

    def _parted(
        self, start: int, cuts: Sequence[Cut], behind: Mapping[int, list[Listed]], *, joined: bool
    ) -> list[Listed]:
        """Part at the first cut with bodies on both sides: 和 stands in names more often than between them."""
        credible = self.bodies.is_credible
        for cut in cuts[:_MOST_CUTS]:
            right = behind[cut.end]
            if not right or not (cut.blank or credible(right[0])):
                continue
            begin = self._behind_leader(start, cut.start) if cut.blank else start
            left = self._stretch(begin, cut.start, joined) or self._stretch(start, cut.start, joined)
            if left and (cut.blank or credible(left[-1])):
                return [*left, *right]
        return []

    def _whole(self, start: int, end: int, joined: bool) -> Listed | None:
        if end - start > _LONGEST:
            return None
        return self.bodies.read_one(self.text, Span(start, end), self.tier, joined, self.place)

    def _stretch(self, start: int, end: int, joined: bool, layers: int = _MOST_LAYERS) -> list[Listed]:
        """Read a stretch between two cuts: a body, with up to `layers` of what may stand around its name taken off."""
        if end - start > _LONGEST_STRETCH or not layers:
            return []
        key = (start, end, joined, layers)
        if key not in self._stretches:
            self._stretches[key] = self._read_stretch(start, end, joined, layers)
        return self._stretches[key]

    def _read_stretch(self, start: int, end: int, joined: bool, layers: int) -> list[Listed]:
        whole = self._whole(start, end, joined)
        if whole is not None and self._is_enough(whole):
            return [whole]
        for part in (self._without_leader, self._without_etc, self._without_bracket, self._without_scope):
            if found := part(start, end, joined, layers - 1):
                return found
        return [whole] if whole is not None else []

    def _is_enough(self, whole: Listed) -> bool:
        """Tell whether a reading as one body needs no other beside it: a blank in an unknown name may part two."""
        blank = _BLANK.search(self.text, whole.span.start, whole.span.end)
        return whole.known or (self.bodies.is_credible(whole) and not blank)

    def _behind_leader(self, start: int, end: int) -> int:
        match = self.cues.leaders.match(self.text, start, end)
        return match.end() if match is not None and match.end() < end else start

    def _without_leader(self, start: int, end: int, joined: bool, layers: int) -> list[Listed]:
        begin = self._behind_leader(start, end)
        return self._stretch(begin, end, joined, layers) if begin > start else []

    def _without_etc(self, start: int, end: int, joined: bool, layers: int) -> list[Listed]:
        """Take 等 and what follows it off; 等有关部门 is a group of its own."""
        match = self.cues.etc.search(self.text, max(start, end - _LONGEST_ETC), end)
        if match is None or match.start() == start:
            return []
        before = self._stretch(start, match.start(), joined, layers)
        if not before or match.group("rest") in ("", *self.cues.words.etc_heads):
            return before
        after = self._stretch(match.start("rest"), end, True, layers)
        return [*before, *after] if after else []

    def _without_bracket(self, start: int, end: int, joined: bool, layers: int) -> list[Listed]:
        """Take an alias in brackets off the end: 省文化和旅游厅（省文物局）."""
        if end <= start or self.text[end - 1] not in self.cues.close:
            return []
        depth = 0
        for at in range(end - 1, start, -1):
            depth += (self.text[at] in self.cues.close) - (self.text[at] in self.cues.open)
            if depth == 0:
                return self._stretch(start, at, joined, layers)
        return []

    def _without_scope(self, start: int, end: int, joined: bool, layers: int) -> list[Listed]:
        for scope in self.cues.words.scopes:
            if self.text.endswith(scope, start, end) and len(scope) < end - start:
                return self._stretch(start, end - len(scope), joined, layers)
        return []


def cuts_of(text: str, span: Span, cues: Cues) -> list[Cut]:
    """Return the conjunctions and blanks outside closed brackets, where an item may fall into two."""
    found: list[Cut] = []
    opened: list[int] = []
    for match in cues.cut.finditer(text, span.start + 1, span.end - 1):
        if match.group() in cues.open:
            opened.append(len(found))
        elif match.group() not in cues.close:
            found.append(Cut(match.start(), match.end(), blank=match.group().isspace()))
        elif opened:
            del found[opened.pop() :]
    return found


def _suffixed(listed: Sequence[Listed], place: Place, levels: LevelWords) -> Iterator[Listed]:
    """Give bare regions of a run the suffix of the body they lead up to: 广州、深圳市政府."""
    items = list(listed)
    for index in range(len(items) - 2, -1, -1):
        lender = items[index + 1]
        name = items[index].name
        if name is not None and lender.joined and lender.tier == items[index].tier:
            lent = _lend_head(name, lender.name, levels) or _lend(name, lender.name, place)
            items[index] = replace(items[index], name=lent) if lent is not None else items[index]
    return iter(items)


def _lend_head(name: Name, lender: Name | None, levels: LevelWords) -> Name | None:
    """Give a zone named alone the head of the zone it leads up to: 成都东部新区、成都高新区管委会."""
    head = next((head for head in levels.zone_heads if head and lender is not None and lender.text.endswith(head)), "")
    region = name.prefix.region
    zonal = name.open and name.text.endswith(levels.zone_endings + levels.bare_zones)
    alone = name.zone or zonal or (name.government and region is not None and region.level == "zone")
    if not head or lender is None or not (lender.zone or lender.open) or not alone or name.head:
        return None
    return Name(name.text + head, name.prefix, zone=True, head=head)


def _lend(name: Name, lender: Name | None, place: Place) -> Name | None:
    region, from_ = name.prefix.region, lender.prefix.region if lender is not None else None
    if (
        not name.government
        or lender is None
        or not lender.stems
        or from_ is None
        or lender.prefix.word
        or region is None
    ):
        return None
    level = lender.prefix.text.removeprefix(place.regions.short(from_.id))
    short = name.text == place.regions.short(region.id) and name.text[-1] != region.name[-1]
    written = name.text + level if short and len(level) < 4 else region.name if short else name.text
    return replace(lender, text=written + lender.rest, prefix=Prefix(written, region=region, joint=lender.prefix.joint))
