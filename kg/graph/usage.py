"""Remembers, while facts stream by, which bodies, places and instruments they name and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.graph.terms import Values, zh
from kg.model.entities import Agency, AgencyGroup, Instrument, Named, Region, Resolution, path_of
from kg.model.facts import Extraction


@dataclass(slots=True)
class Usage:
    """What the documents of a build name, gathered once and read when the reference graph is written.

    Attributes:
        agencies: The records of each body by its identifier; documents may know it differently.
        groups: Those of each group of bodies.
        regions: Those of each region.
        instruments: Those of each instrument.
        names: Words that stand for a thing anywhere, by its identifier.
        short: Words that do so only in their documents (财政厅 for 广东省财政厅), by path, with those documents.
        documents: The SHA-256 of the source text of each document.
    """

    agencies: dict[str, set[Agency]] = field(default_factory=lambda: defaultdict(set))
    groups: dict[str, set[AgencyGroup]] = field(default_factory=lambda: defaultdict(set))
    regions: dict[str, set[Region]] = field(default_factory=lambda: defaultdict(set))
    instruments: dict[str, set[Instrument]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    short: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    documents: dict[str, str] = field(default_factory=dict)

    def add(self, extraction: Extraction) -> None:
        """Take in one document's facts."""
        self.documents[extraction.document.id] = extraction.document.sha256
        if extraction.jurisdiction:
            self._see(extraction.jurisdiction)
        for issuer in extraction.issuers:
            self._see(issuer)
        for thing, mention, resolution in (name for fact in extraction.facts for name in fact.names()):
            self._see(thing)
            if mention and resolution is Resolution.VERBATIM:
                self.names[thing.id].add(mention)
            elif mention:
                self.short[path_of(thing)].add((extraction.document.id, mention))

    def _see(self, thing: Named) -> None:
        match thing:
            case Agency():
                self.agencies[thing.id].add(thing)
            case AgencyGroup():
                self.groups[thing.id].add(thing)
                for member in thing.members:
                    self._see(member)
            case Instrument():
                self.instruments[thing.id].add(thing)
            case Region():
                self.regions[thing.id].add(thing)

    def region_ids(self) -> set[str]:
        """Return every region that is named, or that a named body or group belongs to."""
        agencies = (agency.region for same in self.agencies.values() for agency in same)
        groups = (group.over for same in self.groups.values() for group in same)
        return {*self.regions, *agencies, *groups} - {""}

    def labels(self, identifier: str, name: str, aliases: Iterable[str] = ()) -> dict[str, Values]:
        """Return the labels of a thing: its name and the other words that mean it wherever they stand."""
        others = {*aliases, *self.names.get(identifier, ())} - {name, ""}
        return {
            "skos:prefLabel": zh(name),
            "skos:altLabel": [zh(other) for other in sorted(others)],
        }


def chosen(same: Iterable[Agency]) -> Agency:
    """Return one of several records of a body, the same whatever the order they came in: the longest official name."""
    return min(same, key=lambda agency: (-len(agency.official), repr(agency)))
