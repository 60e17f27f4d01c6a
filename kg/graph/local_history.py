"""What became of the local offices that documents name: reforms of kinds of offices, worked out for each region.

广东银保监局 is one of those that became 国家金融监督管理总局X监管局 on 2023-07-20: its successor is that of 广东.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.graph.known import KnownAgency, KnownOffice, KnownReform, KnownRegion, Reference
from kg.graph.usage import Usage


def local_history(reference: Reference, usage: Usage) -> tuple[list[KnownAgency], list[KnownReform]]:
    """Return the predecessors and successors of the offices named, and the reforms that tie them."""
    offices = {office.id: office for office in reference.offices}
    regions = {region.id: region for region in reference.regions}
    agencies: dict[str, KnownAgency] = {}
    reforms: dict[str, KnownReform] = {}
    named = [*usage.agencies, *(body for reform in reference.reforms for body in (*reform.before, *reform.after))]
    waiting = [pair for identifier in named if (pair := _kind_and_region(identifier, offices, regions))]
    done: set[tuple[str, str]] = set()
    while waiting:
        kind, place = waiting.pop()
        if (kind, place) in done:
            continue
        done.add((kind, place))
        for reform in reference.local_reforms:
            if kind in (*reform.before, *reform.after):
                local = _local(reform, place, offices)
                reforms[local.id] = local
                waiting += [(other, place) for other in (*reform.before, *reform.after) if other in offices]
        if f"{kind}-{place}" not in usage.agencies:
            agencies[f"{kind}-{place}"] = _agency(offices[kind], regions[place])
    return [agencies[key] for key in sorted(agencies)], [reforms[key] for key in sorted(reforms)]


def office_names(reference: Reference, usage: Usage) -> dict[str, tuple[str, ...]]:
    """Return, for each local office that the documents name, what else it is called (广东金融监管局)."""
    offices = {office.id: office for office in reference.offices}
    regions = {region.id: region for region in reference.regions}
    found = ((identifier, _kind_and_region(identifier, offices, regions)) for identifier in usage.agencies)
    return {identifier: _names(offices[pair[0]], regions[pair[1]]) for identifier, pair in found if pair}


def _names(office: KnownOffice, region: KnownRegion) -> tuple[str, ...]:
    patterns = (*office.names, *(pattern for pattern, places in office.shared if region.id in places))
    return tuple(pattern.replace("{region}", region.short or region.name) for pattern in patterns)


def _kind_and_region(
    identifier: str, offices: dict[str, KnownOffice], regions: dict[str, KnownRegion]
) -> tuple[str, str] | None:
    kind, _, place = identifier.rpartition("-")
    return (kind, place) if kind in offices and place in regions else None


def _local(reform: KnownReform, place: str, offices: dict[str, KnownOffice]) -> KnownReform:
    def there(kinds: tuple[str, ...]) -> Iterator[str]:
        return (f"{kind}-{place}" for kind in kinds if kind in offices)

    return replace(
        reform, id=f"{reform.id}-{place}", before=tuple(there(reform.before)), after=tuple(there(reform.after))
    )


def _agency(office: KnownOffice, region: KnownRegion) -> KnownAgency:
    name = office.official.replace("{region}", region.short or region.name).replace("{full}", region.name)
    return KnownAgency(
        f"{office.id}-{region.id}",
        name,
        aliases=_names(office, region),
        level=region.level,
        region="" if office.seat else region.id,
        kind=office.kind,
        regulator=office.regulator,
        vertical=True,
        parent=office.parent,
        valid_from=office.valid_from,
        valid_to=office.valid_to,
    )
