"""What nodes are grouped by: the province that a region lies in, the families that an instrument belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Store

from kg.view.data import Name
from kg.view.subjects import NOTHING, Description, describe


@dataclass(frozen=True, slots=True)
class Wider:
    """Regions and instruments as the graph describes them, by identifier."""

    regions: Mapping[str, Description]
    instruments: Mapping[str, Description]

    def province(self, region: str) -> str:
        """Return the province that `region` is or lies in, nothing where the graph says of none."""
        seen: set[str] = set()
        while region in self.regions and region not in seen:
            if self.regions[region].text("zc:adminLevel") == "province":
                return region
            seen.add(region)
            region = self.regions[region].text("geo:sfWithin")
        return ""

    def families(self, instrument: str) -> tuple[str, ...]:
        """Return the wider instruments, the widest first; the placings in schemes of classification are not among them.

        A placing (``rz-financial``) is told by having no reason for a placing of its own.
        """
        chain: list[str] = []
        above = self._broader(instrument)
        while above and above not in {instrument, *chain}:
            chain.append(above)
            above = self._broader(above)
        return tuple(reversed(chain))

    def names(self, identifiers: set[str]) -> tuple[Name, ...]:
        """Return what these provinces and families are called, sorted by identifier."""
        known = {**self.regions, **self.instruments}
        described = {key: known.get(key, NOTHING) for key in sorted(identifiers)}
        return tuple(
            Name(key, it.text("skos:prefLabel"), it.english("skos:prefLabel")) for key, it in described.items()
        )

    def _broader(self, instrument: str) -> str:
        above = self.instruments.get(instrument, NOTHING).texts("skos:broader")
        families = (it for it in above if self.instruments.get(it, NOTHING).text("zc:classificationReason"))
        return next(families, "")


def read_wider(store: Store) -> Wider:
    """Return the regions and instruments of the store."""
    return Wider(describe(store, "?s a zc:Region"), describe(store, "?s a zc:Instrument"))
