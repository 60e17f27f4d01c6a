"""What every extractor is given: one document with its sections, its place, its mentions and its clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.documents import Source, list_sources, read_document, read_documents
from kg.extractors.actions.addressees import AddresseeFinder
from kg.extractors.actions.predicates import PredicateFinder
from kg.extractors.agencies.aliases import find_aliases
from kg.extractors.agencies.english import EnglishNames
from kg.extractors.agencies.find import AgencyFinder
from kg.extractors.agencies.jurisdiction import find_jurisdiction
from kg.extractors.agencies.runs import runs_of
from kg.extractors.citations.find import CitationFinder
from kg.extractors.citations.find import check_examples as check_citations
from kg.extractors.clauses.bodies import BodyReader
from kg.extractors.clauses.clause import Clause
from kg.extractors.clauses.find import ClauseFinder
from kg.extractors.instruments.examples import check_examples
from kg.extractors.instruments.find import InstrumentFinder
from kg.extractors.regions.find import RegionFinder
from kg.extractors.regions.standpoint import Place
from kg.extractors.sections.tree import find_sections
from kg.extractors.targets.find import TargetFinder
from kg.lexicons import Lexicons
from kg.model.types import Agency, Document, Mention, Region, Resolution, Section, Span, Work
from kg.text.deadlines import DeadlineReader
from kg.text.fold import simplify

_NEAR = 40  # characters behind a body's name within which it issues something


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
    def work(self) -> Work:
        """What others may cite the document by."""
        document, titles = self.document, self.reader.citations.titles
        place = self.place.region.name if self.place.region else ""
        return titles.work(document.title, titles.number(document.number), document.issuer, place)

    @property
    def jurisdiction(self) -> Region | None:
        """The region the document speaks for."""
        return self.place.region


class Reader:
    """The lexicons compiled to finders; made once, used for every document.

    Raises LexiconError where the vocabularies of instruments or citations miss one of their own examples.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self.agencies = AgencyFinder(lexicons.agencies)
        corps = lexicons.agencies.levels.corps
        self._corps = Region(corps["id"], corps["name"], "corps", corps["parent"])
        self.english = EnglishNames(lexicons.agencies, lexicons.regions)
        self.regions = RegionFinder(lexicons.regions)
        check_examples(lexicons.instruments)
        self.instruments = InstrumentFinder(lexicons.instruments)
        self.deadlines = DeadlineReader(lexicons.deadlines)
        self.targets = TargetFinder(lexicons.targets, self.deadlines)
        check_citations(lexicons.citations, str(lexicons.root / "lexicons" / "citations.yaml"))
        self.citations = CitationFinder(lexicons.citations)
        self.predicates = PredicateFinder(lexicons.acts)
        self.addressees = AddresseeFinder(lexicons.acts)
        self.clauses = ClauseFinder(
            lexicons.cues, lexicons.numbering, self.agencies, BodyReader(lexicons.cues, lexicons.agencies)
        )

    def open(self, source: str | Source) -> list[Reading]:
        """Read a source file, or one row of a corpus; return one reading for each document it carries.

        Raises InputError where it cannot be read; in a corpus that is opened whole, where any row cannot.
        """
        sources = list_sources([source], {}, self.lexicons.corpora) if isinstance(source, str) else [source]
        return [reading for one in sources for reading in self.read(self._documents(one))]

    def _documents(self, source: Source) -> tuple[Document, ...]:
        if source.fault:
            raise source.fault
        words, starts_item = self.lexicons.documents, self.lexicons.numbering.starts_item
        if source.text is None:
            return read_documents(source.path, words, starts_item)
        return read_document(source.path, source.text, words, starts_item, meta=source.meta)

    def read(self, documents: Iterable[Document]) -> list[Reading]:
        """Read documents that came from one file."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Reading:
        region = find_jurisdiction(document, self.lexicons)
        place = Place(self.lexicons.regions, region, document.date or document.published, self._corps)
        place = replace(place, aliases=find_aliases(document.quote(document.span), place, self.agencies))
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
        """Return who speaks: a policy's issuers; in news the body the title names, else those who issue or convene what
        the page reports, else the one named most.
        """
        said = document.issuer if document.kind == "policy" else document.title
        named = [mention.refers_to for mention in self.agencies.find(said, place)]
        bodies = list(dict.fromkeys(body for body in named if isinstance(body, Agency)))
        if said.isascii():
            known = {m.refers_to.id: m.refers_to for m in agencies if isinstance(m.refers_to, Agency)}
            bodies = [body if body.level == "central" else known.get(body.id, body) for body in self.english.find(said)]
        if document.kind == "policy":
            return tuple(bodies)
        counts = Counter(m.refers_to for m in agencies if isinstance(m.refers_to, Agency))
        ranked = sorted(counts, key=lambda body: (-counts[body], body.id))
        return tuple(bodies[:1]) or self._issuing(document, agencies) or tuple(ranked[:1])

    def _issuing(self, document: Document, agencies: Iterable[Mention]) -> tuple[Agency, ...]:
        """Return the bodies that together issue or convene what a page of news reports on (A、B联合印发通知)."""
        words = self.lexicons.announcements
        for run in runs_of(document, agencies, words.joints):
            if words.issues(document.text[run[-1].span.end : run[-1].span.end + _NEAR]):
                return tuple(dict.fromkeys(m.refers_to for m in run if isinstance(m.refers_to, Agency)))
        return ()

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
        for span, instrument in self.instruments.find(simplify(document.quote(document.span))):
            moved = _shift(span, document.span.start)
            yield Mention(moved, document.quote(moved), instrument)


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _shifted(mentions: Iterable[Mention], by: int) -> Iterator[Mention]:
    return (Mention(_shift(m.span, by), m.text, m.refers_to, m.resolution, m.confidence) for m in mentions)
