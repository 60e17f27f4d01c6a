"""What every extractor is given: one document with its sections, its place, its mentions and its clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.clauses.bodies import BodyReader
from kg.clauses.clause import Clause
from kg.clauses.find import ClauseFinder
from kg.documents import read_documents
from kg.lexicons import Lexicons
from kg.mentions.addressees import AddresseeFinder
from kg.mentions.agencies import AgencyFinder
from kg.mentions.instruments import InstrumentFinder, check_examples
from kg.mentions.jurisdiction import find_jurisdiction
from kg.mentions.place import Place
from kg.mentions.predicates import PredicateFinder
from kg.mentions.regions import RegionFinder
from kg.mentions.targets import TargetFinder
from kg.sections import find_sections
from kg.types import Agency, Document, Mention, Region, Resolution, Section, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as understood before facts are drawn from it.

    `agencies` are the bodies named in the text and as participants of clauses, `regions` those outside bodies'
    names; all mentions are in text order.
    """

    document: Document
    sections: tuple[Section, ...]
    place: Place
    agencies: tuple[Mention, ...]
    regions: tuple[Mention, ...]
    instruments: tuple[Mention, ...]
    clauses: tuple[Clause, ...]
    actors: tuple[Agency, ...]
    reader: Reader = field(repr=False)

    @property
    def jurisdiction(self) -> Region | None:
        """The region the document speaks for."""
        return self.place.region


class Reader:
    """The lexicons compiled to finders; made once, used for every document.

    Raises LexiconError where the vocabulary of instruments misses one of its own examples.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self.agencies = AgencyFinder(lexicons.agencies)
        corps = lexicons.agencies.levels.corps
        self._corps = Region(corps["id"], corps["name"], "corps", corps["parent"])
        self.regions = RegionFinder(lexicons.regions)
        check_examples(lexicons.instruments)
        self.instruments = InstrumentFinder(lexicons.instruments)
        self.targets = TargetFinder(lexicons.targets)
        self.predicates = PredicateFinder(lexicons.acts)
        self.addressees = AddresseeFinder(lexicons.acts)
        self.clauses = ClauseFinder(
            lexicons.cues, lexicons.numbering, self.agencies, BodyReader(lexicons.cues, lexicons.agencies)
        )

    def open(self, path: str) -> list[Reading]:
        """Read a source file; return one reading for each document it carries."""
        documents = read_documents(path, self.lexicons.documents, self.lexicons.numbering.starts_item)
        return self.read(documents)

    def read(self, documents: Iterable[Document]) -> list[Reading]:
        """Read documents that came from one file."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Reading:
        region = find_jurisdiction(document, self.lexicons)
        place = Place(self.lexicons.regions, region, document.date or document.published, self._corps)
        clauses = self.clauses.find(document, place)
        agencies = tuple(self._agencies(document, place, clauses))
        tools, regions = self._parted(
            list(self._instruments(document)),
            list(self._regions(document, place, [mention.span for mention in agencies])),
        )
        sections = find_sections(document, self.lexicons.numbering)
        actors = self._actors(document, place, agencies)
        return Reading(document, sections, place, agencies, regions, tools, clauses, actors, self)

    def _agencies(self, document: Document, place: Place, clauses: Iterable[Clause]) -> list[Mention]:
        """Put the participants of clauses, which a list makes surer, before what running text alone says."""
        listed = [
            Mention(p.span, p.mention, p.body, p.resolution, p.confidence)
            for clause in clauses
            for p in clause.participants
            if isinstance(p.body, Agency)
        ]
        groups = [p.span for clause in clauses for p in clause.participants if p.group]
        taken = [mention.span for mention in listed] + groups
        free = [
            m
            for m in _shifted(self.agencies.find(document.quote(document.span), place), document.span.start)
            if not any(m.span.overlaps(span) for span in taken)
        ]
        return sorted(
            {mention.span: mention for mention in [*free, *listed]}.values(), key=lambda mention: mention.span
        )

    def _actors(self, document: Document, place: Place, agencies: Iterable[Mention]) -> tuple[Agency, ...]:
        """Return who speaks: a policy's issuers; in news the body the title names, else the one named most."""
        said = document.issuer if document.kind == "policy" else document.title
        named = [mention.refers_to for mention in self.agencies.find(said, place)]
        bodies = list(dict.fromkeys(body for body in named if isinstance(body, Agency)))
        if said.isascii():
            bodies = self.agencies.find_english(said)
        if document.kind == "policy":
            return tuple(bodies)
        counts = Counter(m.refers_to for m in agencies if isinstance(m.refers_to, Agency))
        ranked = sorted(counts, key=lambda body: (-counts[body], body.id))
        return tuple(bodies[:1] or ranked[:1])

    def _parted(
        self, instruments: list[Mention], regions: list[Mention]
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Let a zone be a region, but a national pilot (中国（山东）自由贸易试验区) the instrument it says it is."""
        national = self.lexicons.agencies.levels.country_names
        pilots = {m.span for m in regions if m.text.startswith(national)} & {m.span for m in instruments}
        zones = {m.span for m in regions} - pilots
        return tuple(m for m in instruments if m.span not in zones), tuple(m for m in regions if m.span not in pilots)

    def _regions(self, document: Document, place: Place, taken: list[Span]) -> Iterator[Mention]:
        """Find regions outside bodies' names."""
        found = self.regions.find(document.quote(document.span), place.region, on=place.day)
        for span, words, region in found:
            moved = _shift(span, document.span.start)
            if not any(moved.overlaps(other) for other in taken):
                how = Resolution.VERBATIM if region.name == words else Resolution.RESTORED
                yield Mention(moved, words, region, how)

    def _instruments(self, document: Document) -> Iterator[Mention]:
        for span, instrument in self.instruments.find(document.quote(document.span)):
            moved = _shift(span, document.span.start)
            yield Mention(moved, document.quote(moved), instrument)


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _shifted(mentions: Iterable[Mention], by: int) -> Iterator[Mention]:
    return (Mention(_shift(m.span, by), m.text, m.refers_to, m.resolution, m.confidence) for m in mentions)
