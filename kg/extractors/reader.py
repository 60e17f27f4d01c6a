"""Sources to facts: the lexicons compiled to finders, what they find in a document, every extractor over that.

A source is read at a time, in any number of workers; one that cannot be read stops no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from kg.documents import PER_SOURCE, Source, list_sources, read_source
from kg.errors import InputError, KgError
from kg.extractors.agencies.aliases import EnglishNames, find_aliases, short_divisions
from kg.extractors.agencies.find import AgencyFinder
from kg.extractors.agencies.jurisdiction import JurisdictionReader
from kg.extractors.agencies.offices import runs_of
from kg.extractors.agencies.parsed_names import Formed, Listed
from kg.extractors.citations.titles import TitleReader
from kg.extractors.clauses import INTERPRETATION, Clause
from kg.extractors.clauses.bodies import BodyReader
from kg.extractors.clauses.find import ClauseFinder
from kg.extractors.instruments.examples import check_examples
from kg.extractors.instruments.find import InstrumentFinder
from kg.extractors.reading import Reading
from kg.extractors.regions.find import RegionFinder
from kg.extractors.regions.standpoint import Standpoint
from kg.extractors.registry import Extractor, load_extractors
from kg.extractors.sections import SectionTree
from kg.extractors.sections.find import find_sections
from kg.lexicons import Lexicons, load_lexicons
from kg.model.document import Document, Span, Work
from kg.model.entities import Agency, Mention, Region, Resolution
from kg.model.facts import Extraction, Fact, Outcome, identified, identity_of
from kg.model.options import DEFAULT, Setup
from kg.processes import Failure, Limits, run_apart
from kg.text.fold import fold, simplify
from kg.text.spans import SpanIndex

_NEAR = 40  # characters behind a body's name within which it issues something


class Reader:
    """Reads documents; made once from the lexicons, used for every document.

    Raises LexiconError where the vocabulary of instruments misses one of its own examples.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        corps = lexicons.jurisdictions.corps
        self._corps = Region(corps.id, corps.name, "corps", corps.parent)
        self._agencies = AgencyFinder(lexicons.agencies)
        self._english = EnglishNames(lexicons.agencies, lexicons.regions)
        self._regions = RegionFinder(lexicons.regions)
        self._jurisdictions = JurisdictionReader(
            lexicons.jurisdictions, lexicons.agencies, lexicons.regions, self._regions
        )
        self._instruments = InstrumentFinder(lexicons.instruments)
        check_examples(self._instruments, lexicons.instruments, lexicons.root / "lexicons" / "instruments.yaml")
        self._titles = TitleReader(lexicons.citations)
        bodies = BodyReader(lexicons.cues, lexicons.agencies)
        self._clauses = ClauseFinder(lexicons.cues, lexicons.numbering, self._agencies, bodies)

    def open(self, source: str | Source) -> list[Reading]:
        """Read a source file, or one row of a corpus; return one reading for each document it carries.

        Raises InputError where it cannot be read; in a corpus that is opened whole, where any row cannot.
        """
        sources = list_sources([source], {}, self.lexicons.corpora) if isinstance(source, str) else [source]
        words, starts_item = self.lexicons.documents, self.lexicons.numbering.starts_item
        return [reading for one in sources for reading in self.read(read_source(one, words, starts_item).documents)]

    def read(self, documents: Iterable[Document]) -> list[Reading]:
        """Read documents that came from one file."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Reading:
        folded = fold(document.text)
        standpoint = self._standpoint(document, folded)
        clauses = self._clauses.find(document, standpoint)
        agencies = _by_place(self._agencies_in(document, standpoint, clauses))
        instruments, regions = self._apart(
            list(self._instruments_in(document)), list(self._regions_in(document, folded, standpoint, agencies))
        )
        sections = find_sections(document, folded, self.lexicons.numbering)
        titled = self._named(document.title, standpoint) if document.kind == "news" else ()
        return Reading(
            document=document,
            folded=folded,
            sections=sections,
            tree=SectionTree(sections),
            standpoint=standpoint,
            agencies=agencies,
            regions=_by_place(regions),
            instruments=_by_place(instruments),
            clauses=tuple(clause for clause in clauses if clause.form != INTERPRETATION),
            interpretations=tuple(clause for clause in clauses if clause.form == INTERPRETATION),
            actors=self._actors(document, standpoint, agencies, titled),
            titled=titled,
            work=self._work(document, standpoint),
        )

    def _standpoint(self, document: Document, folded: str) -> Standpoint:
        """Return where and when a document speaks from, with the short names that it gives to bodies."""
        region = self._jurisdictions.find(document, folded[document.span.start : document.span.end])
        place = Standpoint(self.lexicons.regions, region, document.date or document.published, self._corps)
        place = replace(place, speaker=self._speaker(document, place))
        return replace(place, aliases=find_aliases(document.quote(document.span), place, self._agencies))

    def _speaker(self, document: Document, place: Standpoint) -> Agency | None:
        """Return the department that issued a document, alone or through its office; a government has departments."""
        issuer = fold(document.issuer)
        offices = (office for office in self.lexicons.agencies.levels.speaking_offices if issuer.endswith(office))
        for words in (issuer, *(issuer.removesuffix(office) for office in offices)):
            name = self._agencies.names.read_known(words, place)
            if isinstance(name, Listed) or (isinstance(name, Formed) and name.stems[0].type):
                return name.resolve(place, self.lexicons.agencies).agency
        return None

    def _work(self, document: Document, standpoint: Standpoint) -> Work:
        """Return what others may cite a document by."""
        region = standpoint.region.name if standpoint.region else ""
        return self._titles.work(document.title, self._titles.number(document.number), document.issuer, region)

    def _agencies_in(self, document: Document, standpoint: Standpoint, clauses: Iterable[Clause]) -> list[Mention]:
        """Put the participants of clauses, which a list makes surer, before what running text alone says."""
        participants = [participant for clause in clauses for participant in clause.participants]
        listed = [
            Mention(p.span, p.mention, p.body, p.resolution, p.confidence)
            for p in participants
            if isinstance(p.body, Agency)
        ]
        taken = SpanIndex((p.span for p in participants if p.group or isinstance(p.body, Agency)), _itself)
        found = _shifted(self._agencies.find(document.quote(document.span), standpoint), document.span.start)
        named = list(found)
        short = short_divisions(document.quote(document.span), named, standpoint, self._agencies)
        free = [one for one in [*named, *_shifted(short, document.span.start)] if not taken.overlaps(one.span)]
        return list({mention.span: mention for mention in [*free, *listed]}.values())

    def _actors(
        self, document: Document, standpoint: Standpoint, agencies: SpanIndex[Mention], titled: tuple[Agency, ...]
    ) -> tuple[Agency, ...]:
        """Return who speaks: a policy's issuers; in news the body the title names, else those who issue or convene what
        the page reports, else the one named most.
        """
        if document.kind == "policy":
            issuer = document.issuer
            return self._in_english(issuer, agencies) if issuer.isascii() else self._named(issuer, standpoint)
        leading = self._in_english(document.title, agencies) if document.title.isascii() else titled
        counts = Counter(m.refers_to for m in agencies if isinstance(m.refers_to, Agency))
        most = min(counts, key=lambda body: (-counts[body], body.id), default=None)
        return leading[:1] or self._issuing(document, agencies) or ((most,) if most else ())

    def _named(self, words: str, standpoint: Standpoint) -> tuple[Agency, ...]:
        """Return the bodies that a title or a line of issuers names."""
        named = [mention.refers_to for mention in self._agencies.find(words, standpoint)]
        return tuple(dict.fromkeys(body for body in named if isinstance(body, Agency)))

    def _in_english(self, words: str, agencies: SpanIndex[Mention]) -> tuple[Agency, ...]:
        """Return the bodies that an English title or line of issuers names, local ones as the text calls them."""
        known = {m.refers_to.id: m.refers_to for m in agencies if isinstance(m.refers_to, Agency)}
        bodies = self._english.find(words)
        return tuple(body if body.level == "central" else known.get(body.id, body) for body in bodies)

    def _issuing(self, document: Document, agencies: Iterable[Mention]) -> tuple[Agency, ...]:
        """Return the bodies that together issue or convene what a page of news reports on (A、B联合印发通知)."""
        words = self.lexicons.announcements
        for run in runs_of(document, agencies, words.joints):
            if words.issues(document.text[run[-1].span.end : run[-1].span.end + _NEAR]):
                return tuple(dict.fromkeys(m.refers_to for m in run if isinstance(m.refers_to, Agency)))
        return ()

    def _apart(self, instruments: list[Mention], regions: list[Mention]) -> tuple[list[Mention], list[Mention]]:
        """Let a zone be a region, but a national pilot (中国（山东）自由贸易试验区) the instrument it says it is."""
        national = self.lexicons.agencies.levels.country_names
        pilots = {m.span for m in regions if m.text.startswith(national)} & {m.span for m in instruments}
        zones = {m.span for m in regions} - pilots
        return [m for m in instruments if m.span not in zones], [m for m in regions if m.span not in pilots]

    def _regions_in(
        self, document: Document, folded: str, standpoint: Standpoint, agencies: SpanIndex[Mention]
    ) -> Iterator[Mention]:
        """Find regions outside bodies' names."""
        within = document.span
        found = self._regions.find(folded[within.start : within.end], standpoint.region, on=standpoint.day)
        for span, region in found:
            moved = span.moved(within.start)
            if not agencies.overlaps(moved):
                words = document.quote(moved)
                how = Resolution.VERBATIM if region.name == words else Resolution.RESTORED
                yield Mention(moved, words, region, how)

    def _instruments_in(self, document: Document) -> Iterator[Mention]:
        for span, instrument in self._instruments.find(simplify(document.quote(document.span))):
            moved = span.moved(document.span.start)
            yield Mention(moved, document.quote(moved), instrument)


def _by_place(mentions: Iterable[Mention]) -> SpanIndex[Mention]:
    return SpanIndex(mentions, lambda mention: mention.span)


def _itself(span: Span) -> Span:
    return span


def _shifted(mentions: Iterable[Mention], by: int) -> Iterable[Mention]:
    """Return mentions of a part of a document by their place in the whole."""
    if not by:
        return mentions
    return (Mention(m.span.moved(by), m.text, m.refers_to, m.resolution, m.confidence) for m in mentions)


def extract_reading(reading: Reading, extractors: Sequence[Extractor]) -> Extraction:
    """Run the extractors over a reading; facts come out in document order whatever order they were found in."""
    facts = {fact: None for extractor in extractors for fact in _emitted(extractor, reading)}
    ordered = tuple(sorted(facts, key=lambda fact: fact.position))
    issuers = reading.actors if reading.document.kind == "policy" else ()
    found = Extraction(reading.document, reading.sections, ordered, reading.jurisdiction, reading.work, issuers)
    return identified(found, identity_of(found))


def _extract_all(readings: Iterable[Reading], extractors: Sequence[Extractor]) -> tuple[Extraction, ...]:
    """Extract from the documents of one file; a policy names the article that prints it as that is now named."""
    found = {reading.document.id: extract_reading(reading, extractors) for reading in readings}
    ids = {old: extraction.document.id for old, extraction in found.items()}
    carriers = ((one, ids.get(one.document.quoted_from, "")) for one in found.values())
    return tuple(replace(one, document=replace(one.document, quoted_from=carrier)) for one, carrier in carriers)


def _emitted(extractor: Extractor, reading: Reading) -> Iterator[Fact]:
    """Yield what an extractor finds; raise KgError where it yields a type that it does not declare or nobody knows."""
    for fact in extractor.find(reading):
        if type(fact) not in extractor.emits:
            where = f"extractor {extractor.name}"
            raise KgError(
                where,
                f"yields {type(fact).__name__}, which it does not declare or which is no kg.model.facts.Fact",
                "mend it",
            )
        yield fact


def extract_file(source: str | Source, reader: Reader, extractors: Sequence[Extractor]) -> list[Extraction]:
    """Read a source and extract from each document it carries; raise InputError where it cannot be read."""
    try:
        return list(_extract_all(reader.open(source), extractors))
    except RecursionError as error:
        where = source if isinstance(source, str) else source.path
        raise InputError(where, "is nested too deep to be read", "give its text in a plain file") from error


def extract_sources(
    sources: Iterable[Source], *, setup: Setup = DEFAULT, workers: int = 1, limits: Limits = PER_SOURCE
) -> Iterator[Outcome]:
    """Yield what became of each source, in their order; whatever one of them does, it stops no other.

    Sources are taken up as they are needed, never all at once, and read in processes of their own (`kg.processes`), so
    that one that raises an unexpected error, ends its process or goes beyond `limits` becomes a fault like any other.
    What of a source could not be read, such as a page without text, are outcomes of their own behind it.
    """
    tools(setup)  # loaded before processes are forked, which then share it
    yield from run_apart(sources, partial(_outcomes, setup), _failed, limits=limits, workers=workers)


def _outcomes(setup: Setup, source: Source) -> Iterator[Outcome]:
    reader, extractors = tools(setup)
    words = reader.lexicons
    try:
        read = read_source(source, words.documents, words.numbering.starts_item)
        found = _extract_all(reader.read(read.documents), extractors)
    except InputError as error:
        yield Outcome(source.path, source.format, fault=error, rows=source.rows)
        return
    yield Outcome(source.path, source.format, found, rows=source.rows)
    yield from (Outcome(fault.where, source.format, fault=fault) for fault in read.unread)


def _failed(source: Source, failure: Failure) -> Outcome:
    fault = InputError(source.path, failure.what, failure.remedy)
    return Outcome(source.path, source.format, fault=fault, rows=source.rows)


@cache
def tools(setup: Setup = DEFAULT) -> tuple[Reader, tuple[Extractor, ...]]:
    """Return the lexicons compiled to a reader, and the extractors; loaded once for each setup."""
    lexicons = load_lexicons(setup.root, definitions=dict(setup.definitions))
    return Reader(lexicons), load_extractors(lexicons)
