"""What the rows of the sheets are made of: the things of a store, and who points to whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Quad

from kg.graph.direct_triples import DIRECT_PROPERTIES
from kg.graph.namespaces import term
from kg.graph.things import DOCUMENTS, NOTHING, Thing, Things, document_of, name_of, order_of, quote_of, read_things

SEPARATOR = "; "
"""Stands between several values in one cell."""
Pointing = Mapping[str, tuple[Thing, ...]]
"""Things by the IRI of what they point to."""


@dataclass(frozen=True, slots=True)
class Book:
    """The things of a store, by class and by what they point to.

    Attributes:
        things: all of them, by IRI.
        classes: all of them, by class.
        by_measure, by_body: assignments.
        targets: targets, by measure.
        users: measures, by the instrument that they use.
        naming: documents, by what they mention.
    """

    things: Things
    classes: Pointing
    by_measure: Pointing
    by_body: Pointing
    targets: Pointing
    users: Pointing
    naming: Pointing

    def of(self, *names: str) -> list[Thing]:
        """Return the things of these classes, written as ``zc:Measure``, in the order of the classes and the IRIs."""
        return [thing for name in names for thing in self.classes.get(term(name).value, ())]

    def get(self, iri: str) -> Thing:
        """Return a thing, an empty one where there is none."""
        return self.things.get(iri, NOTHING)

    def name(self, iri: str) -> str:
        """Return what a node or a term of the ontology is called."""
        return name_of(self.things, iri)

    def names(self, iris: Iterable[str]) -> str:
        """Return the names of nodes, each once, in their order."""
        return SEPARATOR.join(dict.fromkeys(map(self.name, iris)))

    def short_name(self, iri: str) -> str:
        """Return the name a body usually goes by: of its names the one that the documents use most.

        Where they use none of them (省财政厅 names a body in one document only), it is the longest of its other names
        that is shorter than the official one.
        """
        thing, official = self.get(iri), self.name(iri)
        names = sorted({official, *thing.texts("skos:altLabel", "zh")})
        used = Counter(one.text("zc:surfaceForm") for one in self.by_body.get(iri, ()))
        usual = max(names, key=lambda name: (used[name], -len(name)))
        if used[usual]:
            return usual
        return max((name for name in names if len(name) < len(official)), key=len, default=official)

    def short_names(self, iris: Iterable[str]) -> str:
        """Return the short names of bodies, each once, in their order."""
        return SEPARATOR.join(dict.fromkeys(map(self.short_name, iris)))

    def document(self, thing: Thing) -> Thing:
        """Return the document in which a thing stands; a document stands in itself."""
        return thing if thing.is_a(*DOCUMENTS) else self.get(document_of(self.things, thing))

    def quote(self, thing: Thing) -> str:
        """Return the words that prove a thing."""
        return quote_of(self.things, thing)

    def bodies(self, measure: str, role: str) -> list[str]:
        """Return the IRIs of those who have a stated role, such as ``lead``, in a measure, in the order of the clauses.

        A slim graph has no assignments; there the direct triples are taken.
        """
        chosen = term(f"zc:{role.capitalize()}").value
        assigned = [one for one in self.by_measure.get(measure, ()) if one.link("zc:role") == chosen]
        direct = self.get(measure).links(DIRECT_PROPERTIES[role])
        return [one.link("zc:agent") for one in assigned if not one.links("zc:viaGroup")] or list(direct)

    def in_order(self, things: Iterable[Thing]) -> list[Thing]:
        """Return things by the title of their document, then as they stand in it."""
        return sorted(things, key=self._place)

    def _place(self, thing: Thing) -> tuple[str, str, int, int, str]:
        document = self.document(thing)
        return self.name(document.iri), document.iri, *order_of(self.things, thing)


def read_book(quads: Iterable[Quad]) -> Book:
    """Read the things of a store and sort out who points to whom."""
    things = read_things(quads)
    classes = _pointing(things, things.values(), "rdf:type")
    assignments, measures, targets, *documents = (
        classes.get(term(name).value, ()) for name in ("zc:Assignment", "zc:Measure", "zc:Target", *DOCUMENTS)
    )
    return Book(
        things,
        classes,
        by_measure=_pointing(things, assignments, "zc:measure"),
        by_body=_pointing(things, assignments, "zc:agent"),
        targets=_pointing(things, targets, "zc:targetOf"),
        users=_pointing(things, measures, "zc:usesInstrument"),
        naming=_pointing(things, chain(*documents), "schema:mentions"),
    )


def _pointing(things: Things, pointers: Iterable[Thing], name: str) -> Pointing:
    by_end: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in pointers:
        for iri in thing.links(name):
            by_end[iri].append(thing)
    return {iri: tuple(sorted(group, key=lambda one: order_of(things, one))) for iri, group in sorted(by_end.items())}
