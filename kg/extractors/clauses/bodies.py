"""An item's words to the bodies they name: leaders and 等 taken off, conjunctions parted, shared prefixes put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.agencies.groups import GroupName, GroupReader
from kg.extractors.agencies.names import Name, NameReader, Prefix
from kg.extractors.agencies.resolve import RESTORED, Resolved, resolve, resolve_office
from kg.extractors.clauses.items import Item, cut_items
from kg.extractors.regions.standpoint import Place
from kg.lexicons.agencies import Agencies
from kg.lexicons.agency_names import LevelWords
from kg.lexicons.cues import Cues
from kg.model.types import Agency, AgencyGroup, Region, Resolution, Span

_BLANK = re.compile(r"\s+")
_MOST = 7
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
            if self.cues.label.match(text, match.end(), item.span.end):
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

    def is_private(self, listed: Listed) -> bool:
        """Tell whether it is known by its ending alone, and that of a firm, a school or the like."""
        name = listed.name
        return not listed.known and name is not None and name.text.endswith(self.agencies.levels.private_endings)

    def is_credible(self, listed: Listed) -> bool:
        """Tell whether it is surely a body of the state: known, or unknown under a jurisdiction and no firm."""
        return listed.known or (listed.placed and not self.is_private(listed))

    def read(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        """Return the bodies that `span` of the folded text names, or nothing where it is not a list of bodies."""
        whole = self._one(text, span, tier, joined, place)
        if whole is not None and whole.group is not None and (parted := self._parted(text, span, tier, joined, place)):
            return parted
        if whole is not None and (whole.group is not None or (whole.name is not None and whole.name.known)):
            return [whole]
        if parted := self._parted(text, span, tier, joined, place):
            return parted
        if whole is not None and self.is_credible(whole) and not _BLANK.search(text, span.start, span.end):
            return [whole]
        for part in (
            self._without_leader,
            self._without_etc,
            self._at_blank,
            self._without_bracket,
            self._without_scope,
        ):
            found = part(text, span, tier, joined, place)
            if found:
                return found
        return [whole] if whole is not None else []

    def read_unlisted(self, text: str, item: Item, before: Listed, place: Place) -> list[Listed]:
        """Read an item that no lexicon knows as a body where a run puts it right behind one (市科技局、中国一重)."""
        between = text[before.span.end : item.span.start]
        if not item.joined or between.strip() not in self.cues.run:
            return []
        name = self.names.read_unlisted(text[item.span.start : item.span.end], place)
        return [Listed(item.span, item.tier, True, name=name, sure=UNLISTED)] if name is not None else []

    def _one(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> Listed | None:
        words = text[span.start : span.end]
        name = self.names.read(words, place)
        if name is not None and name.known:
            return Listed(span, tier, joined, name=name)
        group = self.groups.read(words, place)
        if group is not None:
            return Listed(span, tier, joined, group=group)
        return Listed(span, tier, joined, name=name) if name is not None else None

    def _at_blank(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        """Part at a blank where both sides are bodies."""
        for match in _BLANK.finditer(text, span.start, span.end):
            left = self.read(text, Span(span.start, match.start()), tier, joined, place)
            right = self.read(text, Span(match.end(), span.end), tier, True, place) if left else []
            if right:
                return [*left, *right]
        return []

    def _without_leader(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        match = self.cues.leaders.match(text, span.start, span.end)
        if match is None or match.end() >= span.end:
            return []
        return self.read(text, Span(match.end(), span.end), tier, joined, place)

    def _without_etc(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        """Take 等 and what follows it off; 等有关部门 is a group of its own."""
        match = self.cues.etc.search(text, span.start, span.end)
        if match is None or match.start() == span.start:
            return []
        before = self.read(text, Span(span.start, match.start()), tier, joined, place)
        if not before or match.group("rest") in ("", *self.cues.words.etc_heads):
            return before
        after = self.read(text, Span(match.start("rest"), span.end), tier, True, place)
        return [*before, *after] if after else []

    def _parted(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        """Part at a conjunction where both sides are bodies: 和 stands in names more often than between them."""
        for match in self.cues.conjunction.finditer(text, span.start + 2, span.end - 1):
            left = self.read(text, Span(span.start, match.start()), tier, joined, place)
            if left and self.is_credible(left[-1]):
                right = self.read(text, Span(match.end(), span.end), tier, True, place)
                if right and self.is_credible(right[0]):
                    return [*left, *right]
        return []

    def _without_bracket(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        """Take an alias in brackets off the end: 省文化和旅游厅（省文物局）."""
        if text[span.end - 1] not in self.cues.close:
            return []
        depth = 0
        for at in range(span.end - 1, span.start, -1):
            depth += (text[at] in self.cues.close) - (text[at] in self.cues.open)
            if depth == 0:
                return self.read(text, Span(span.start, at), tier, joined, place)
        return []

    def _without_scope(self, text: str, span: Span, tier: int, joined: bool, place: Place) -> list[Listed]:
        words = text[span.start : span.end]
        for scope in self.cues.words.trailing_scope:
            if words.endswith(scope) and len(scope) < len(words):
                return self.read(text, Span(span.start, span.end - len(scope)), tier, joined, place)
        return []

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
