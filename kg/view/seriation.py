"""The order of rows in which edges cross little: measures as they are read, others beside what they are joined to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from statistics import fmean

from kg.view.data import ViewData


def reading_order(data: ViewData) -> Mapping[str, tuple[float, str]]:
    """Return what to sort nodes by: measures by document and place, others by the mean place of their measures.

    Documents stand by date, those of news after those that assign roles.

    The mean (barycentre) of neighbours is the usual order of a column beside one that stands; names decide ties.
    """
    dates = {it.id: (it.kind == "news", it.date or it.published) for it in data.documents}
    measures = sorted(
        (node for node in data.nodes if node.kind == "measure"),
        key=lambda node: (dates.get(node.document, (True, "")), node.document, node.position, node.id),
    )
    places = {node.id: float(place) for place, node in enumerate(measures)}
    beside = defaultdict(list)
    for edge in data.edges:
        if edge.source in places and edge.target not in places:
            beside[edge.target].append(places[edge.source])
    return {
        node.id: (places.get(node.id, fmean(beside.get(node.id, [float(len(places))]))), node.label)
        for node in data.nodes
    }


def weigh(data: ViewData) -> Counter[str]:
    """Return how many stated edges each node has."""
    return Counter(end for edge in data.edges if not edge.inferred for end in (edge.source, edge.target))
