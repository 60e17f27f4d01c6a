"""Bodies as clauses name them: one stretch of text read as one body or group, from a document's standpoint."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extractors.agencies.endings import Endings
from kg.extractors.agencies.groups import GroupName, GroupReader
from kg.extractors.agencies.names import NameReader
from kg.extractors.agencies.parsed_names import ParsedName, Unknown
from kg.extractors.clauses.items import Item
from kg.extractors.regions.standpoint import Standpoint
from kg.lexicons.agencies import Agencies
from kg.lexicons.cues import Cues
from kg.model.document import Span
from kg.text.fold import fold
from kg.text.passage import Passage

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
        if named is None or isinstance(named, Unknown):
            named = self.groups.read(words, self.standpoint) or named
        return NamedBody(passage.span, item.tier, item.joined, named) if named is not None else None

    def read_unlisted(self, item: Item, before: NamedBody) -> list[NamedBody]:
        """Read an item that no lexicon knows as a body where a run puts it right behind one: 市科技局、中国一重."""
        between = item.passage.text[before.span.end : item.passage.start]
        if not item.joined or between.strip() not in self.cues.run:
            return []
        name = self.reader.names.read_unlisted(item.passage.words, self.standpoint)
        return [NamedBody(item.passage.span, item.tier, True, name, UNLISTED)] if name is not None else []

    def is_private(self, body: NamedBody) -> bool:
        """Tell whether a body is known by its ending alone, and that of a firm, a school or the like."""
        return not body.known and body.name.text.endswith(self.reader.private_endings)

    def is_credible(self, body: NamedBody) -> bool:
        """Tell whether it is surely a body of the state: known, or unknown under a jurisdiction and no firm."""
        return body.known or (body.placed and not self.is_private(body))

    def may_end(self, passage: Passage) -> bool:
        """Tell by its last characters whether a passage may end in a body; it spares reading what is none."""
        if passage.ends_with(self.reader.behind_names):
            return True
        return self.reader.endings.fit(passage.text, passage.end, self.standpoint)
