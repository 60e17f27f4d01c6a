"""Names of things: which hold some words, which are near them, and which names in a question nothing is called by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.namespaces import term
from kg.graph.terms import key_of
from kg.graph.things import DOCUMENTS, StoredThings, known_names, name_of
from kg.graph.vocabulary import local_name
from kg.query.catalogue import THINGS, NamedQuery

_FEW = 5
_LIKE = 0.3
"""How alike words must be to be called near: 1 for the same ones, 0 for those that share no character."""
_AS_LIKE = 0.6
"""How near a name must be, measured by the nearest, to be listed beside it."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names of things with the IRI of the thing, in any order; a thing may have several."""

    entries: tuple[tuple[str, str], ...]

    def search(self, words: str, most: int) -> tuple[tuple[str, str], ...]:
        """Return things, as IRI and name, one of whose names or whose IRI holds `words`; the shortest names first."""
        wanted = words.strip().lower()
        if not wanted:
            return ()
        found = {iri: name for name, iri in reversed(self.entries) if wanted in name.lower() or wanted in iri.lower()}
        return tuple(sorted(found.items(), key=lambda item: (len(item[1]), item[1], item[0]))[:most])

    def near(self, words: str, most: int) -> tuple[tuple[str, str], ...]:
        """Return things, as IRI and name, whose names or the ends of whose IRIs are like `words`; the likest first.

        A thing comes once, by the name that is most like.
        """
        parts = _parts(words.strip().lower())
        scored = (
            (max(_likeness(parts, name), _likeness(parts, local_name(iri))), name, iri) for name, iri in self.entries
        )
        ordered = sorted((-score, -len(name), name, iri) for score, name, iri in scored if score >= _LIKE)
        best: dict[str, str] = {}
        for score, _, name, iri in ordered:
            if score <= _AS_LIKE * ordered[0][0]:
                best.setdefault(iri, name)
        return tuple(best.items())[:most]


def _parts(text: str) -> frozenset[str]:
    """Return the characters of a name and the pairs of neighbours, which keep their order."""
    return frozenset(text) | {text[at : at + 2] for at in range(len(text) - 1)}


def _likeness(parts: frozenset[str], text: str) -> float:
    folded = text.lower()
    shared = sum(part in folded for part in parts)
    return 2 * shared / (len(parts) + 2 * len(folded) - 1) if shared else 0.0


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name in a question that nothing is called by: the kind of thing it should be, and the names most like it."""

    kind: str
    name: str
    near: tuple[str, ...]

    def __str__(self) -> str:
        """Tell it in a line: no body is called 省财政庁; near: 省财政厅."""
        near = f"; near: {', '.join(self.near)}" if self.near else ""
        return f"no {_KINDS[self.kind].called} is called {self.name}{near}"


@dataclass(frozen=True, slots=True)
class _Named:
    """How a kind of thing is named: what to call it in a message, its classes, whether a part of a name is enough."""

    called: str
    classes: tuple[str, ...]
    by_part: bool = False
    by_end: bool = False

    def is_name(self, words: str, names: Iterable[str]) -> bool:
        if self.by_part:
            return any(words in name for name in names)
        return any(name == words or (self.by_end and name.endswith(words)) for name in names)


_KINDS: Mapping[str, _Named] = {
    "agency": _Named("body", ("zc:Agency", "zc:AgencyGroup"), by_end=True),
    "place": _Named("place", ("zc:Region", "zc:RegionGroup")),
    "instrument": _Named("instrument", ("zc:Instrument",)),
    "document": _Named(
        "document",
        (*DOCUMENTS, "zc:DocumentStub"),
        by_part=True,
    ),
}
assert set(_KINDS) == set(THINGS)


def why_empty(store: Store, named: NamedQuery, params: Mapping[str, str]) -> tuple[str, ...]:
    """Say, in a line each, why a named query may have no row with these values; at least one line.

    A name that nothing bears, with those near it; a year without documents, with the years that have some; what a
    known body came from or became; else what was asked for.
    """
    given = {name: text for name, text in sorted(params.items()) if text}
    kinds = {parameter.name: parameter.kind.name for parameter in named.parameters}
    years = [text for name, text in given.items() if kinds.get(name) == "year" and name == "year"]
    bodies = [text for name, text in given.items() if kinds.get(name) == "agency"]
    told = (
        *map(str, unknown_names(store, named, params)),
        *(line for year in years for line in _no_such_year(store, year)),
        *(line for body in bodies for line in _before_and_after(store, body)),
    )
    asked = ", ".join(f"{name} {text}" for name, text in given.items())
    return told or (f"nothing in the graph fits {asked}" if asked else "the graph holds nothing that this asks for",)


_DAYS = ("eli:date_document", "eli:date_publication", "schema:datePublished")


def _no_such_year(store: Store, year: str) -> Iterator[str]:
    days = (quad.object for name in _DAYS for quad in store.quads_for_pattern(None, term(name), None))
    years = sorted({day.value[:4] for day in days if isinstance(day, Literal)})
    if year not in years:
        yield f"no document is of {year}; there are of {', '.join(years) or 'no year'}"


_HISTORY = (("zc:successor", "became"), ("zc:dutiesTo", "handed duties to"))


def _before_and_after(store: Store, words: str) -> Iterator[str]:
    """Yield what the bodies of a name came from and became, each pair once, so that one can ask for those."""
    things = StoredThings(store)
    for iri in sorted({iri for name, iri in known_names(store) if name == words}):
        for property_, verb in _HISTORY:
            after = ((iri, other) for other in things[iri].links(property_))
            quads = store.quads_for_pattern(None, term(property_), NamedNode(iri))
            before = ((key_of(quad.subject), iri) for quad in quads)
            for one, other in sorted({*after, *before}):
                yield f"{name_of(things, one)} {verb} {name_of(things, other)}"


def unknown_names(store: Store, named: NamedQuery, params: Mapping[str, str]) -> tuple[Unknown, ...]:
    """Return those values of `params` that should name a body, place, instrument or document, and name none."""
    kinds = {parameter.name: parameter.kind.name for parameter in named.parameters}
    asked = ((kinds.get(name, ""), text) for name, text in sorted(params.items()) if text)
    found = (_unknown(store, kind, text) for kind, text in asked if kind in _KINDS)
    return tuple(each for each in found if each)


def _unknown(store: Store, kind: str, words: str) -> Unknown | None:
    of_kind = {
        key_of(quad.subject)
        for name in _KINDS[kind].classes
        for quad in store.quads_for_pattern(None, term("rdf:type"), term(name))
    }
    index = NameIndex(tuple((name, iri) for name, iri in known_names(store) if iri in of_kind))
    if _KINDS[kind].is_name(words, (name for name, _ in index.entries)):
        return None
    return Unknown(kind, words, tuple(name for _, name in index.near(words, _FEW)))
