"""The domain data of ``ontology/`` as typed values, loaded by an explicit call and checked while loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.lexicons.acts import ActLexicon, load_acts
from kg.lexicons.agencies import load_agencies
from kg.lexicons.agency_names import Agencies
from kg.lexicons.announcements import Announcements, load_announcements
from kg.lexicons.citations import CitationLexicon, load_citations
from kg.lexicons.corpora import CorpusWords, load_corpus_words
from kg.lexicons.cues import Cues, load_cues
from kg.lexicons.deadlines import DeadlineWords, load_deadlines
from kg.lexicons.documents import DocumentWords, load_document_words
from kg.lexicons.files import load_yaml, ontology_root, read_text
from kg.lexicons.instruments import Instruments, load_instruments
from kg.lexicons.levels import JurisdictionWords
from kg.lexicons.numbering import Numbering, load_numbering
from kg.lexicons.regions import Regions, load_regions
from kg.lexicons.targets import TargetLexicon, load_targets

__all__ = ["Lexicons", "load_lexicons", "ontology_root"]


@dataclass(frozen=True)
class Lexicons:
    """All words about the world, and the version of the data."""

    root: Path
    version: str
    documents: DocumentWords
    corpora: CorpusWords
    numbering: Numbering
    cues: Cues
    announcements: Announcements
    agencies: Agencies
    jurisdictions: JurisdictionWords
    regions: Regions
    instruments: Instruments
    deadlines: DeadlineWords
    targets: TargetLexicon
    citations: CitationLexicon
    acts: ActLexicon


def load_lexicons(root: Path | None = None, *, definitions: Mapping[str, int] | None = None) -> Lexicons:
    """Load the lexicons from `root`, or from the data that comes with the package.

    `definitions` chooses, for contested groups of regions, which definition expands them, counted from 1.
    Raises LexiconError, with file and entry, for the first thing that is wrong.
    """
    folder = root or ontology_root()
    return Lexicons(
        root=folder,
        version=read_text(folder / "VERSION").strip(),
        documents=load_document_words(folder),
        corpora=load_corpus_words(folder),
        numbering=load_numbering(folder),
        cues=load_cues(folder),
        announcements=load_announcements(folder),
        agencies=load_agencies(folder),
        jurisdictions=load_yaml(folder / "lexicons" / "jurisdictions.yaml", JurisdictionWords),
        regions=load_regions(folder).choosing(definitions) if definitions else load_regions(folder),
        instruments=load_instruments(folder),
        deadlines=load_deadlines(folder),
        targets=load_targets(folder),
        citations=load_citations(folder),
        acts=load_acts(folder),
    )
