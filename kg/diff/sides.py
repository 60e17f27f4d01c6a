"""One of the two builds of a comparison: its things, told as people name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.graph.direct_triples import STATEMENTS
from kg.graph.namespaces import term
from kg.graph.network import DOCUMENTS, REFERENCE, document_of, is_node, reached
from kg.graph.things import NOTHING, Thing, place_of, quote_of, read_things
from kg.graph.vocabulary import local_name, read_vocabulary

DIRECT = {term(name).value for statement in STATEMENTS for name in statement.properties.values()}
"""The properties of direct triples, which statements tell with more detail."""
REFERENCE_DATA = "reference data"
_STATEMENTS = tuple(statement.type for statement in STATEMENTS)
_WHERE_WORDS_STAND = {
    term(name).value
    for name in ("zc:evidence", "zc:sourceText", "zc:statedIn", "zc:order", "oa:start", "oa:end", "prov:wasDerivedFrom")
} | {term("skos:hiddenLabel").value}  # words that stood for a body in some document: not said of the body


@dataclass(frozen=True, slots=True)
class Side:
    """The things of a build that a comparison speaks of, by the document they stand in or as `REFERENCE_DATA`."""

    things: Mapping[str, Thing]
    by_document: Mapping[str, tuple[Thing, ...]]
    has_statements: bool = False

    def get(self, iri: str) -> Thing:
        """Return a thing, an empty one where there is none."""
        return self.things.get(iri, NOTHING)

    def documents(self) -> list[Thing]:
        """Return the documents, by IRI."""
        return [thing for thing in self.things.values() if is_document(thing)]

    def within(self, document: str, kind: str = "") -> list[Thing]:
        """Return what stands in a document, in its order; of one class, such as ``zc:Measure``, where one is given."""
        return [thing for thing in self.by_document.get(document, ()) if not kind or thing.is_a(kind)]

    def name(self, iri: str) -> str:
        """Return what a node is called."""
        thing = self.get(iri)
        return thing.label("zh") or thing.label("en") or local_name(iri)

    def quote(self, thing: Thing) -> str:
        """Return the words a thing rests on."""
        return quote_of(self.things, thing)

    def place(self, thing: Thing) -> tuple[int, int, str]:
        """Return where a thing stands in its document, for the order of reading."""
        order = thing.text("zc:order") or thing.text("zc:part")
        return place_of(self.things, thing), int(order) if order.isdecimal() else 0, thing.iri

    def where(self, thing: Thing) -> str:
        """Return path and label of the measure that a thing is or speaks of, or else the path of its section."""
        if thing.is_a("zc:Measure"):
            return thing.text("zc:path")
        links = (iri for values in thing.values.values() for value in values if (iri := value.value) in self.things)
        measures = (self.get(iri) for iri in links)
        measure = next((one for one in measures if one.is_a("zc:Measure")), NOTHING)
        if measure.iri:
            return f"{measure.text('zc:path')} {self.name(measure.iri)}".strip()
        return self.get(thing.link("zc:statedIn")).text("zc:path")

    def label(self, thing: Thing) -> str:
        """Return what a thing is called where it is told by itself: a statement by its role and its body."""
        for statement in STATEMENTS:
            if thing.is_a(statement.type):
                choice = read_vocabulary().label(thing.link(statement.choice))
                return f"{choice} {self.name(thing.link(statement.object))}"
        if is_document(thing) and thing.text("eli:id_local"):
            return f"{self.name(thing.iri)} {thing.text('eli:id_local')}"
        parts = (thing.text(name) for name in ("zc:comparator", "zc:valueText", "zc:unitText"))
        return " ".join(filter(None, (self.name(thing.iri), *parts)))


def is_document(thing: Thing) -> bool:
    """Tell whether a thing is a policy document or a news article."""
    return any(map(thing.is_a, DOCUMENTS))


def is_statement(thing: Thing) -> bool:
    """Tell whether a thing speaks of a direct triple, as an assignment does."""
    return any(map(thing.is_a, _STATEMENTS))


def kind_of(thing: Thing) -> str:
    """Return the kind of a thing in words, such as ``measure``."""
    return read_vocabulary().kind(thing.types)


def subject_of(thing: Thing) -> str:
    """Return the IRI of what a statement speaks of, such as an assignment's measure; nothing for other things."""
    return next((thing.link(one.subject) for one in STATEMENTS if thing.is_a(one.type)), "")


def properties_of(thing: Thing) -> list[str]:
    """Return the properties that say something; where the words stand in their text does not count."""
    return [name for name in thing.values if name not in _WHERE_WORDS_STAND]


def read_side(quads: Iterable[Quad]) -> Side:
    """Read the things of a build; bookkeeping and what is inferred through groups are not spoken of."""
    things = read_things(quads)
    taking_part = reached(things)
    found: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in things.values():
        if is_document(thing) or not _spoken_of(thing, taking_part):
            continue
        document = "" if any(map(thing.is_a, REFERENCE)) else document_of(things, thing)
        found[document or REFERENCE_DATA].append(thing)
    side = Side(things, {})
    ordered = {iri: tuple(sorted(group, key=side.place)) for iri, group in sorted(found.items())}
    return Side(things, ordered, any(map(is_statement, things.values())))


def _spoken_of(thing: Thing, taking_part: set[str]) -> bool:
    if is_statement(thing):
        return term("zc:viaGroup").value not in thing.values
    return is_node(thing) and thing.iri in taking_part
