"""What a graph says fits the domains and ranges of the ontology's own properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
import rdflib
from conftest import ROOT
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN

from kg.graph.namespaces import VOCABULARIES, term
from kg.store import open_store

Classes = Mapping[str, frozenset[str]]
Sides = Mapping[str, tuple[frozenset[str], frozenset[str]]]
DOMAIN, RANGE = ("rdfs:domain", "schema:domainIncludes"), ("rdfs:range", "schema:rangeIncludes")

# The published vocabularies are no part of the ontology: what they say of the classes that our domains name.
PUBLISHED = {term("schema:NewsArticle").value: {term("schema:CreativeWork").value}}


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "ontology.ttl")


@pytest.fixture(scope="module")
def classes(ontology: rdflib.Graph, built: Path) -> Classes:
    """Each thing's classes, in the build or in the ontology, with those above them."""
    above = defaultdict(set, {name: set(more) for name, more in PUBLISHED.items()})
    for one, other in ontology.subject_objects(RDFS.subClassOf):
        above[str(one)].add(str(other))
    found = defaultdict(set)
    for thing, type_ in ontology.subject_objects(RDF.type):
        found[str(thing)].add(str(type_))
    for quad in open_store(built).quads_for_pattern(None, term("rdf:type"), None):
        found[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]  # no triple terms
    return {thing: closure(types, above) for thing, types in found.items()}


def closure(types: set[str], above: Mapping[str, set[str]]) -> frozenset[str]:
    """Return the classes with all that stand above them."""
    waiting, done = set(types), set[str]()
    while waiting:
        one = waiting.pop()
        done.add(one)
        waiting |= above.get(one, set()) - done
    return frozenset(done)


@pytest.fixture(scope="module")
def sides(ontology: rdflib.Graph) -> Sides:
    """The classes that each own property takes as subject and as value."""
    own = {str(one) for one in ontology.subjects(RDFS.isDefinedBy) if str(one).startswith(VOCABULARIES["zc"])}
    return {one: (named(ontology, one, *DOMAIN), named(ontology, one, *RANGE)) for one in sorted(own)}


def named(ontology: rdflib.Graph, property_: str, *how: str) -> frozenset[str]:
    subject = rdflib.URIRef(property_)
    return frozenset(str(value) for name in how for value in ontology.objects(subject, rdflib.URIRef(term(name).value)))


def kinds(quad: Quad, classes: Classes) -> frozenset[str]:
    """Return the datatype of a value, or the classes of a thing."""
    if isinstance(quad.object, Literal):
        return frozenset({quad.object.datatype.value})
    return classes.get(quad.object.value, frozenset())  # type: ignore[union-attr]  # no triple terms


def misfits(quads: Iterable[Quad], sides: Sides, classes: Classes) -> set[tuple[str, str]]:
    """Return property and side wherever a subject or value is of no class that the property takes."""
    found = set()
    for quad in quads:
        domain, range_ = sides.get(quad.predicate.value, (frozenset(), frozenset()))
        name = quad.predicate.value.rpartition("#")[2]
        if domain and not domain & classes.get(quad.subject.value, frozenset()):  # type: ignore[union-attr]
            found.add((name, "domain"))
        if range_ and not range_ & kinds(quad, classes):
            found.add((name, "range"))
    return found


def test_every_own_property_has_a_domain_and_a_range(ontology: rdflib.Graph, sides: Sides) -> None:
    properties = {
        str(one)
        for kind in ("owl:ObjectProperty", "owl:DatatypeProperty")
        for one in ontology.subjects(RDF.type, rdflib.URIRef(term(kind).value))
    }
    assert len(properties) > 40
    assert [one for one in sorted(properties) if not all(sides[one])] == []


# rdflib carries these vocabularies, so that a misspelt term of theirs is told.
CARRIED = {str(one): one for one in (DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN)}
ALIGNMENTS = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, SKOS.closeMatch)


def aligned(ontology: rdflib.Graph) -> set[tuple[str, str]]:
    """Return each own term with each term that it is aligned to."""
    return {(str(one), str(other)) for by in ALIGNMENTS for one, other in ontology.subject_objects(by)}


def test_what_own_terms_are_aligned_to_exists(ontology: rdflib.Graph) -> None:
    for own, other in sorted(aligned(ontology)):
        namespace = max((one for one in CARRIED if other.startswith(one)), key=len, default="")
        assert not namespace or rdflib.URIRef(other) in CARRIED[namespace], (own, other)


def test_most_own_properties_are_aligned(ontology: rdflib.Graph, sides: Sides) -> None:
    properties = {one for one in sides if all(sides[one])}
    published = {own for own, other in aligned(ontology) if not other.startswith(VOCABULARIES["zc"])}
    assert len(properties & published) > len(properties) / 2


def test_superproperties_take_what_their_subproperties_take(ontology: rdflib.Graph, sides: Sides) -> None:
    own = [(one, other) for one, other in ontology.subject_objects(RDFS.subPropertyOf) if str(other) in sides]
    assert own
    for one, other in own:
        assert all(less <= more for less, more in zip(sides[str(one)], sides[str(other)], strict=True)), (one, other)


def test_the_ontology_says_whose_it_is_and_under_which_licence(ontology: rdflib.Graph) -> None:
    head = next(ontology.subjects(RDF.type, OWL.Ontology))
    assert str(ontology.value(head, VANN.preferredNamespaceUri)) == VOCABULARIES["zc"] == f"{head}#"
    assert str(ontology.value(head, VANN.preferredNamespacePrefix)) == "zc"
    assert all(ontology.value(head, one) for one in (OWL.versionInfo, DCTERMS.license, DCTERMS.creator))


def test_the_build_fits_them(built: Path, sides: Sides, classes: Classes) -> None:
    assert misfits(open_store(built), sides, classes) == set()


MEASURE, TEXT = NamedNode("https://example.org/measure"), Literal("文")
# property, value, side that does not fit, reason
WRONG = [
    ("zc:leadAgency", MEASURE, "range", "a measure leads nothing"),
    ("zc:leadAgency", TEXT, "range", "words are no body"),
    ("zc:confidence", Literal("high"), "range", "a text for a number"),
    ("zc:baseline", Literal("2020"), "range", "a text for a year"),
    ("zc:adminLevel", Literal("province"), "domain", "a measure has no level"),
]


@pytest.mark.parametrize(("property_", "value", "side", "reason"), WRONG, ids=[row[-1] for row in WRONG])
def test_what_does_not_fit(
    property_: str, value: NamedNode | Literal, side: str, reason: str, sides: Sides, classes: Classes
) -> None:
    with_measure = {**classes, MEASURE.value: frozenset({term("zc:Measure").value})}
    found = misfits([Quad(MEASURE, term(property_), value)], sides, with_measure)
    assert (property_.partition(":")[2], side) in found, reason
