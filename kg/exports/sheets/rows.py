"""The rows of an analyst's sheets, each a mapping from the keys of `layouts.yaml` to cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from pyoxigraph import Store

from kg.exports.sheets.book import SEPARATOR, Book, read_book
from kg.exports.sheets.sheets import Cell, Sheet, other_sheets, read_layouts, readme, sheet
from kg.graph.counts import count_things
from kg.graph.direct_triples import DIRECT_PROPERTIES
from kg.graph.things import Thing
from kg.graph.vocabulary import local_name

Row = Mapping[str, Cell]
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")


def read_sheets(store: Store) -> tuple[Sheet, ...]:
    """Return all sheets of a store: assignments, measures, agencies, targets, instruments, others, counts, readme."""
    book = read_book(store)
    own = tuple(
        sheet(name, read_layouts().sheets[name].columns, [make(book, thing) for thing in find(book)])
        for name, (find, make) in _SHEETS.items()
    )
    counts = sheet("counts", read_layouts().sheets["counts"].columns, [asdict(count) for count in count_things(store)])
    sheets = (*own, *other_sheets(book), counts)
    return (*sheets, readme(sheets))


def _assignments(book: Book) -> list[Thing]:
    return book.in_order(one for one in book.of("zc:Assignment") if not one.links("zc:viaGroup"))


def _assignment(book: Book, thing: Thing) -> Row:
    agent, measure = book.get(thing.link("zc:agent")), book.get(thing.link("zc:measure"))
    return {
        **_document(book, thing),
        "path": measure.text("zc:path"),
        "measure": book.name(measure.iri),
        "role": local_name(thing.link("zc:role")).lower(),
        "raw_role": thing.text("zc:rawRole"),
        "order": _number(thing.text("zc:order")),
        "surface": thing.text("zc:surfaceForm"),
        **_body(book, agent),
        "group": _yes(agent.is_a("zc:AgencyGroup")),
        "members": book.short_names(agent.links("zc:groupMember")),
        "deadline": _joined(one.text("zc:deadline") for one in book.targets.get(measure.iri, ())),
        "targets": _targets_of(book, measure),
        "instruments": book.names(measure.links("zc:usesInstrument")),
        "quote": book.quote(thing),
        "confidence": _number(thing.text("zc:confidence")),
        "resolution": thing.text("zc:resolution"),
        "id": thing.iri,
    }


def _measures(book: Book) -> list[Thing]:
    return book.in_order(book.of("zc:Measure"))


def _measure(book: Book, thing: Thing) -> Row:
    return {
        **_document(book, thing),
        "path": thing.text("zc:path"),
        "part": _number(thing.text("zc:part")),
        "measure": book.name(thing.iri),
        **{role: book.short_names(book.bodies(thing.iri, role)) for role in DIRECT_PROPERTIES},
        "announced_by": book.short_names(thing.links("zc:announcedBy")),
        "instruments": book.names(thing.links("zc:usesInstrument")),
        "regions": book.names(thing.links("dcterms:spatial")),
        "targets": _targets_of(book, thing),
        "quote": book.quote(thing),
        "id": thing.iri,
    }


def _agencies(book: Book) -> list[Thing]:
    """Return the bodies that have a role or announce something; the others are in the graph for reference only."""
    roles = ("zc:announcedBy", *DIRECT_PROPERTIES.values())
    named = {iri for one in book.of("zc:Measure") for role in roles for iri in one.links(role)}
    found = (book.get(iri) for iri in (named | set(book.by_body)) & book.things.keys())
    return sorted(found, key=lambda one: (book.name(one.iri), one.iri))


def _agency(book: Book, thing: Thing) -> Row:
    roles = [(one.link("zc:role"), one) for one in book.by_body.get(thing.iri, ())]
    stated = {(role, one.link("zc:measure")) for role, one in roles if not one.links("zc:viaGroup")}
    counts = Counter(local_name(role).lower() for role, _ in stated)
    return {
        **_body(book, thing),
        "aliases": _joined(thing.texts("skos:altLabel")),
        "kind": thing.kind,
        "branch": thing.text("zc:bodyKind"),
        "regulator": _yes(thing.is_a("zc:Regulator")),
        "vertical": _yes(thing.text("zc:verticallyManaged") == "true"),
        **{role: counts[role] for role in DIRECT_PROPERTIES},
        "through_groups": sum(bool(one.links("zc:viaGroup")) for _, one in roles),
        "valid_from": thing.text("zc:validFrom"),
        "valid_to": thing.text("zc:validTo"),
        "successor": book.names(thing.links("zc:successor")),
        "id": thing.iri,
    }


def _targets(book: Book) -> list[Thing]:
    return book.in_order(book.of("zc:Target"))


def _target(book: Book, thing: Thing) -> Row:
    measure = book.get(thing.link("zc:targetOf"))
    written, number = thing.text("zc:valueText"), thing.text("qudt:numericValue")
    return {
        **_document(book, thing),
        "path": measure.text("zc:path") or book.get(thing.link("zc:statedIn")).text("zc:path"),
        "measure": book.name(measure.iri),
        "indicator": thing.text("zc:indicator"),
        "comparator": thing.text("zc:comparator"),
        "value": _number(written) if _FIGURE.fullmatch(written) else written,
        "unit": thing.text("zc:unitText"),
        "number": _number(number),
        "quantity": thing.link("qudt:hasUnit").rpartition("/")[2],
        "change": thing.text("zc:change"),
        "deadline": thing.text("zc:deadline"),
        "baseline": " ".join(filter(None, (thing.text("zc:baseline"), thing.text("zc:baselineValue")))),
        "regions": book.names(thing.links("dcterms:spatial")),
        "lead": book.short_names(book.bodies(measure.iri, "lead")),
        "quote": book.quote(thing),
        "id": thing.iri,
    }


def _instruments(book: Book) -> list[Thing]:
    """Return the instruments that a document names or a measure uses."""
    found = (one for one in book.of("zc:Instrument") if one.iri in book.users or one.iri in book.naming)
    return sorted(found, key=lambda one: (book.name(one.iri), one.iri))


def _instrument(book: Book, thing: Thing) -> Row:
    users = [one.iri for one in book.users.get(thing.iri, ())]
    return {
        "zh": thing.label("zh"),
        "en": thing.label("en"),
        "broader": book.names(thing.links("skos:broader")),
        "kind": book.names(thing.links("zc:toolKind")),
        "resource": book.names(thing.links("zc:governingResource")),
        "coded": book.names(thing.links("zc:codedAs")),
        "aliases": _joined(thing.texts("skos:altLabel")),
        "measures": len(users),
        "documents": len(book.naming.get(thing.iri, ())),
        "lead": book.short_names(body for measure in users for body in book.bodies(measure, "lead")),
        "definition": thing.text("skos:definition", "zh") or thing.text("skos:definition"),
        "id": thing.iri,
    }


_SHEETS: Mapping[str, tuple[Callable[[Book], list[Thing]], Callable[[Book, Thing], Row]]] = {
    "assignments": (_assignments, _assignment),
    "measures": (_measures, _measure),
    "agencies": (_agencies, _agency),
    "targets": (_targets, _target),
    "instruments": (_instruments, _instrument),
}


def _document(book: Book, thing: Thing) -> Row:
    document = book.document(thing)
    dates = map(document.text, ("eli:date_document", "eli:date_publication", "schema:datePublished"))
    return {
        "document": book.name(document.iri) if document.iri else "",
        "number": document.text("eli:id_local"),
        "date": next(filter(None, dates), ""),
        "source": book.get(book.get(document.link("zc:wording")).link("zc:sourceText")).text("dcterms:source"),
    }


def _body(book: Book, agent: Thing) -> Row:
    return {
        "resolved": book.short_name(agent.iri),
        "official": book.name(agent.iri),
        "level": agent.text("zc:adminLevel"),
        "region": book.names(agent.links("dcterms:spatial") or agent.links("zc:overRegionGroup")),
    }


def _targets_of(book: Book, measure: Thing) -> str:
    parts = ("zc:indicator", "zc:valueText", "zc:unitText")
    return _joined(" ".join(filter(None, map(one.text, parts))) for one in book.targets.get(measure.iri, ()))


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(filter(None, texts)))


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _number(text: str) -> Cell:
    """Return digits as a number, an empty cell for nothing; what is too long for a double stays as text."""
    if not text or len(text) > 15:
        return text or None
    return int(text) if text.lstrip("-").isdecimal() else float(text)
