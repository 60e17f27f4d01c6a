"""The items of a clause and the bodies in them.

A clause is cut at separators and labels; each stretch between them is an item and is read as one body or one
group, from where the document speaks. Stretches that only together name a group (各市、省直管县) are one item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extractors.agencies.group_meanings import GroupName
from kg.extractors.agencies.groups import GroupReader
from kg.extractors.agencies.names import NameReader
from kg.extractors.agencies.offices import Endings
from kg.extractors.agencies.parsed_names import Formed, ParsedName, RegionAlone, Unknown
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agency_names import Agencies
from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.passage import Passage


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch between separators.

    Attributes:
        passage: The words.
        tier: How many commas and the like stand before it in its clause.
        joined: Whether a 、 stands right before it.
    """

    passage: Passage
    tier: int = 0
    joined: bool = False

    def cut(self, start: int, end: int) -> Item:
        """Return a part of the item without the blanks at its ends, at the same place in its list."""
        return Item(self.passage.cut(start, end).stripped(), self.tier, self.joined)


def cut_items(passage: Passage, cues: Cues) -> Iterator[Item]:
    """Cut a passage at separators outside brackets; blanks around an item are left out.

    省财政厅、省科技厅牵头，省教育厅配合 has three items: the second joined to the first, the third of another tier.
    """
    start, depth, tier, joined = passage.start, 0, 0, False
    for match in passage.find(cues.mark):
        mark = match.group()
        depth += (mark in cues.open) - (mark in cues.close)
        if depth <= 0 and mark in cues.separators:
            yield from _item(passage.cut(start, match.start()), tier, joined=joined)
            start, depth, joined = match.end(), 0, mark in cues.run
            tier += not joined
    yield from _item(passage.behind(start), tier, joined=joined)


def _item(passage: Passage, tier: int, *, joined: bool) -> Iterator[Item]:
    words = passage.stripped()
    if len(words):
        yield Item(words, tier, joined)


@dataclass(frozen=True, slots=True)
class Cut:
    """A conjunction or a blank, at which an item may fall into two."""

    start: int
    end: int
    blank: bool


def cuts_of(passage: Passage, cues: Cues) -> list[Cut]:
    """Return the conjunctions and blanks outside closed brackets, where an item may fall into two."""
    found: list[Cut] = []
    opened: list[int] = []
    for match in cues.cut.finditer(passage.text, passage.start + 1, passage.end - 1):
        if match.group() in cues.open:
            opened.append(len(found))
        elif match.group() not in cues.close:
            found.append(Cut(match.start(), match.end(), blank=match.group().isspace()))
        elif opened:
            del found[opened.pop() :]
    return found


UNLISTED = 0.7
"""How sure it is that a name is a body by nothing but its place among bodies."""

# No name is longer than this.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body or a group as a list names it, before it is resolved.

    Attributes:
        span: Where its words stand.
        tier: The tier of the list that it stands in, counted by commas.
        joined: Whether it stands in one run with the body before it.
        name: Its name as it is read: a name of one body, or of a group.
        confidence: How sure it is that the words name a body at all.
    """

    span: Span
    tier: int
    joined: bool
    name: ParsedName | GroupName
    confidence: float = 1.0

    @property
    def group(self) -> GroupName | None:
        """The name of the group, where it is one."""
        return self.name if isinstance(self.name, GroupName) else None

    @property
    def known(self) -> bool:
        """Whether the lexicons know it: a group, or a name that is listed or formed."""
        return not isinstance(self.name, Unknown)

    @property
    def is_place(self) -> bool:
        """Whether it is a region named alone, for its government: 威海."""
        return isinstance(self.name, RegionAlone)

    @property
    def placed(self) -> bool:
        """Whether no lexicon knows it but it is named under a jurisdiction: 市民营经济局, 宁波某某公司."""
        return isinstance(self.name, Unknown) and self.name.placed


class BodyReader:
    """Reads names of bodies and groups; made once, and bound to the standpoint of each document by `at`."""

    def __init__(self, cues: Cues, agencies: Agencies) -> None:
        self.cues = cues
        self.agencies = agencies
        self.names = NameReader(agencies)
        self.groups = GroupReader(agencies)
        self.endings = Endings(agencies)
        self.private_endings = agencies.levels.private_endings
        # What may stand behind a name: 等, 等单位, an alias in brackets, 职责范围内.
        self.behind_names = (*cues.close, *map(fold, (*cues.words.etc, *cues.words.etc_heads, *cues.words.scopes)))

    def at(self, standpoint: Standpoint) -> Bodies:
        """Return what reads bodies as a document means them."""
        return Bodies(self, standpoint)


class Bodies:
    """Reads stretches of one document as bodies."""

    def __init__(self, reader: BodyReader, standpoint: Standpoint) -> None:
        self.reader = reader
        self.cues = reader.cues
        self.agencies = reader.agencies
        self.standpoint = standpoint
        self.groups = reader.groups

    def read(self, item: Item) -> NamedBody | None:
        """Return the one body or group that the whole item names: a name that is known, a group, or an unknown name."""
        passage = item.passage
        if len(passage) > _LONGEST:
            return None
        words = passage.words
        named: ParsedName | GroupName | None = self.reader.names.read(words, self.standpoint)
        if named is None or isinstance(named, Unknown) or self.groups.is_kind(named, self.standpoint):
            named = self._last_of_places(words) or self.groups.read(words, self.standpoint) or named
        return NamedBody(passage.span, item.tier, item.joined, named) if named is not None else None

    def _last_of_places(self, words: str) -> ParsedName | None:
        """Read 保定等3市政府, the end of a list of places, as the body of the last."""
        listed = any(mark in words for mark in self.cues.words.etc)
        place = self.groups.last_of_places(words, self.standpoint) if listed else None
        return self.reader.names.read(place, self.standpoint) if place is not None else None

    def read_name(self, words: str) -> ParsedName | None:
        """Return the name that words outside the text are, where it is surely one of a body of the state."""
        name = self.reader.names.read(words, self.standpoint)
        return name if name is not None and (name.known or (isinstance(name, Unknown) and name.placed)) else None

    def read_words(self, words: str) -> ParsedName | GroupName | None:
        """Return the known name or the group that words outside the text are."""
        return self.reader.names.read_known(words, self.standpoint) or self.groups.read(words, self.standpoint)

    def read_unlisted(self, item: Item, before: NamedBody) -> list[NamedBody]:
        """Read an item that no lexicon knows as a body where a run puts it right behind one: 市科技局、中国一重."""
        between = item.passage.text[before.span.end : item.passage.start]
        if not item.joined or between.strip() not in self.cues.run:
            return []
        name = self.reader.names.read_unlisted(item.passage.words, self.standpoint)
        return [NamedBody(item.passage.span, item.tier, True, name, UNLISTED)] if name is not None else []

    def read_short(self, item: Item) -> list[NamedBody]:
        """Read a body of the document's own place that is named without it: 教委 in a district's plan."""
        region = self.standpoint.region
        name = self.reader.names.read(region.name + item.passage.words, self.standpoint) if region is not None else None
        if not isinstance(name, Formed) or len(item.passage) > _LONGEST:
            return []
        return [NamedBody(item.passage.span, item.tier, item.joined, name)]

    def is_private(self, body: NamedBody) -> bool:
        """Tell whether a body is known by its ending alone, and that of a firm, a school or the like."""
        return not body.known and body.name.text.endswith(self.reader.private_endings)

    def is_credible(self, body: NamedBody) -> bool:
        """Tell whether it is surely a body of the state: known, or unknown under a jurisdiction and no firm.

        A group called by nothing but its role (配合部门) is none.
        """
        if body.group is not None and self.cues.label_word.fullmatch(fold(body.group.text)):
            return False
        return body.known or (body.placed and not self.is_private(body))

    def may_end(self, passage: Passage) -> bool:
        """Tell by its last characters whether a passage may end in a body; it spares reading what is none."""
        if passage.ends_with(self.reader.behind_names):
            return True
        return self.reader.endings.fit(passage.text, passage.end, self.standpoint)


# So many items at most name one group together: 各省、自治区、直辖市人民政府.
_MOST = 7


def items_of(passage: Passage, bodies: Bodies) -> Iterator[Item]:
    """Yield the items of a clause in order."""
    items = [part for item in cut_items(passage, bodies.cues) for part in _at_labels(item, bodies)]
    at = 0
    while at < len(items):
        number = _number_in_group(items, at, bodies)
        first, last = items[at], items[at + number - 1]
        yield first.cut(first.passage.start, last.passage.end) if number > 1 else first
        at += number


def _at_labels(item: Item, bodies: Bodies) -> Iterator[Item]:
    """Cut an item where a label follows a blank (牵头单位：X 责任单位：Y) or stands in brackets (【牵头单位】X).

    A name in the same item must go on behind the brackets: 省科技厅（牵头单位） is one name with its role.
    """
    cues, passage = bodies.cues, item.passage
    rest = item
    for mark in passage.find(cues.before_label):
        behind = passage.behind(mark.end())
        label = behind.match(cues.label) or behind.match(cues.other_label)
        if label and mark.start() > passage.start and label.end() < passage.end:
            yield rest.cut(rest.passage.start, mark.start())
            rest = Item(behind, item.tier)
    yield rest


def _number_in_group(items: Sequence[Item], at: int, bodies: Bodies) -> int:
    """Return how many items from `at` on name one group together; 1 where there is no such group."""
    passage = items[at].passage
    if not bodies.groups.may_go_on(passage.text, passage.end):
        return 1
    last = at + 1
    while last < min(at + _MOST, len(items)) and items[last].joined:
        last += 1
    counts = range(last - at, 1, -1)
    return next((count for count in counts if _is_one_group(items[at : at + count], bodies)), 1)


def _is_one_group(items: Sequence[Item], bodies: Bodies) -> bool:
    """Tell whether items name a group together, whose areas or what is before them a 、 joins."""
    passage = items[0].passage.to(items[-1].passage.end)
    label, suffix = passage.match(bodies.cues.label), passage.search(bodies.cues.suffix)
    cuts = cuts_of(items[0].passage, bodies.cues)
    start = cuts[-1].end if cuts else label.end() if label is not None else passage.start
    end = suffix.start() if suffix is not None else passage.end
    group = bodies.groups.read(passage.text[start:end], bodies.standpoint)
    if group is None:
        return bodies.groups.several_at(passage.text, start) > items[-1].passage.start
    if group.together and len(items) == 2:
        return True
    if not any(mark in group.area_word + group.before for mark in bodies.cues.run):
        return False
    return group.local or bool(group.area_word) or len(items) == 2
