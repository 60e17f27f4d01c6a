"""What is above a node where nodes are grouped: the province of a region, the families of an instrument."""

from __future__ import annotations

from kg.graph.things import NOTHING, Things
from kg.view.data import Name


def province_of(things: Things, region: str) -> str:
    """Return the IRI of the province that a region is or lies in, empty where the graph names none."""
    seen: set[str] = set()
    while region and region not in seen:
        thing = things.get(region, NOTHING)
        if thing.text("zc:adminLevel") == "province":
            return region
        seen.add(region)
        region = thing.link("geo:sfWithin")
    return ""


def families_of(things: Things, instrument: str) -> tuple[str, ...]:
    """Return the IRIs of the wider instruments, the widest first, without the categories of classification schemes.

    A category (``rz-financial``) has no reason for its own classification, by which it is known here.
    """
    chain: list[str] = []
    above = _family_above(things, instrument)
    while above and above not in {instrument, *chain}:
        chain.append(above)
        above = _family_above(things, above)
    return tuple(reversed(chain))


def group_names(things: Things, identifiers: set[str]) -> tuple[Name, ...]:
    """Return what provinces and families are called, sorted by IRI."""
    found = ((iri, things.get(iri, NOTHING)) for iri in sorted(identifiers))
    return tuple(Name(iri, thing.name, thing.label("en")) for iri, thing in found)


def _family_above(things: Things, instrument: str) -> str:
    above = things.get(instrument, NOTHING).links("skos:broader")
    return next((iri for iri in above if things.get(iri, NOTHING).texts("zc:classificationReason")), "")
