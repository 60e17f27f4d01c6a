"""From facts to quads: the one way into the RDF model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.graph.citations import Links, link_quads
from kg.graph.documents import document_quads
from kg.graph.namespaces import Names, term
from kg.graph.provenance import Build, Tally, provenance_quads
from kg.graph.reference import Reference, reference_quads
from kg.graph.registry import quads_of
from kg.graph.usage import Usage
from kg.model.facts import Extraction
from kg.model.ids import BASE


def build_quads(
    extractions: Iterable[Extraction],
    reference: Reference,
    *,
    base: str = BASE,
    program_version: str,
    lexicon_version: str,
    license: str = "",
    definitions: Iterable[tuple[str, int]] = (),
    alike: Iterable[tuple[str, str]] = (),
) -> Iterator[Quad]:
    """Yield all quads of a build: a graph for each document, then reference, inferred and provenance.

    Extractions are read once, one at a time. The set of quads does not depend on their order; a quad may come twice,
    since two facts can rest on the same words. Which documents are cited is told last, when all are known.
    `license` is the address of a licence, left out when empty; `definitions` are those chosen for groups of regions,
    `alike` the pairs of documents, by identifier, that are to be linked as nearly alike.
    """
    names, usage, links = Names(base), Usage(), Links()
    tally = Tally(names.graph("inferred"))
    for extraction in extractions:
        usage.add(extraction)
        links.add(extraction)
        yield from tally.watch(extraction_quads(names, extraction))
    yield from tally.watch(link_quads(names, links))
    yield from tally.watch(reference_quads(names, reference, usage, tally.used))
    for one, other in alike:
        yield Quad(
            names.node("document", one), term("zc:nearlyAlike"), names.node("document", other), names.graph("inferred")
        )
    build = Build(program_version, lexicon_version, license, tuple(definitions))
    yield from provenance_quads(names, build, usage.documents, tally)


def extraction_quads(names: Names, extraction: Extraction) -> Iterator[Quad]:
    """Yield what one document states and what follows from it, without the reference data."""
    yield from document_quads(names, extraction)
    yield from quads_of(names, extraction)
