"""A made-up graph of any size that looks like a real one: documents of many places and years, bodies of all levels.

Names come from the lexicons, words from view_words.yaml. The same size gives the same graph.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, islice
from pathlib import Path

import yaml

from kg.graph.things import Quote
from kg.lexicons import Lexicons, load_lexicons
from kg.view.data import Edge, Heading, Name, Node, SourceDocument, ViewData

BASE = "https://w3id.org/zhengce/id/"
MEASURES_A_DOCUMENT = 24
REPEATED = 6
"""Each so many measures of a document, the sentence of the one before is said again, word for word."""

_WORDS = yaml.safe_load((Path(__file__).parent / "view_words.yaml").read_text(encoding="utf-8"))
_DIRECT = {"lead": "zc:leadAgency", "support": "zc:supportAgency"}
_YEARS = range(2014, 2026)


@dataclass(frozen=True, slots=True)
class _Place:
    """A region with its bodies, the weightiest first."""

    node: Node
    bodies: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _World:
    """All that documents can speak of."""

    centre: tuple[Node, ...]
    places: tuple[_Place, ...]
    instruments: tuple[Node, ...]


def make_graph(nodes: int, edges: int) -> ViewData:
    """Return a graph with exactly that many edges and about that many nodes, three of five of them measures."""
    chance = random.Random(nodes * 31 + edges)
    lexicons = load_lexicons()
    world = _world(lexicons, bodies=nodes * 3 // 10, instruments=nodes // 12)
    return _Writer(world, chance).write(measures=nodes * 3 // 5, edges=edges, names=_names(lexicons))


# --- the world ---


def _world(lexicons: Lexicons, *, bodies: int, instruments: int) -> _World:
    centre = tuple(_agency(f"central-{body.id}", body.official, "country") for body in lexicons.agencies.central[:60])
    regions = [_region(division.id, division.name, division.level) for division in lexicons.regions.divisions.values()]
    chosen = sorted(
        (it for it in regions if it.level in {"province", "prefecture"}), key=lambda it: it.level != "province"
    )
    stems = sorted({stem[0].official for stem in lexicons.agencies.stems.values()}, key=lambda name: (len(name), name))
    chosen = chosen[: max(2, bodies // 16)]
    each = -(-max(bodies - len(centre), 0) // len(chosen))
    places = (_Place(region, tuple(_local(region, stems[:each]))) for region in chosen)
    return _World(centre, tuple(places), tuple(islice(_instruments(lexicons, chosen), instruments)))


def _region(code: str, name: str, level: str) -> Node:
    province = f"{BASE}region/{code[:2]}0000"
    named = "skos:prefLabel@zh"
    return Node(f"{BASE}region/{code}", "region", name, level=level, province=province, type="zc:Region", named=named)


def _agency(key: str, label: str, level: str, region: Node | None = None) -> Node:
    return Node(
        f"{BASE}agency/{key}",
        "agency",
        label,
        level=level,
        region=region.label if region else "",
        province=region.province if region else "",
        type="zc:Agency",
        named="skos:prefLabel@zh",
    )


def _local(region: Node, stems: Sequence[str]) -> Iterator[Node]:
    for number, stem in enumerate(stems):
        yield _agency(f"{region.id[-6:]}-{number}", region.label + stem, region.level, region)


def _instruments(lexicons: Lexicons, regions: Sequence[Node]) -> Iterator[Node]:
    for place in chain([""], (region.label for region in regions)):
        for concept in lexicons.instruments.concepts:
            families = (f"{BASE}instrument/{concept.family}",)
            label, alias = place + concept.pref, tuple(place + name for name in concept.alt)
            key = f"{BASE}instrument/{concept.id}{place and '-' + str(abs(hash_of(place)))}"
            yield Node(
                key,
                "instrument",
                label,
                aliases=alias,
                families=families,
                type="zc:Instrument",
                named="skos:prefLabel@zh",
            )


def hash_of(text: str) -> int:
    """Return a number for a text that is the same in every run."""
    return sum(place * ord(char) for place, char in enumerate(text, start=1))


def _names(lexicons: Lexicons) -> tuple[Name, ...]:
    families = (Name(f"{BASE}instrument/{it.id}", it.zh, it.en) for it in lexicons.instruments.families)
    divisions = lexicons.regions.divisions.values()
    return (*families, *(Name(f"{BASE}region/{it.id}", it.name) for it in divisions if it.level == "province"))


# --- the documents ---


class _Writer:
    """Writes documents until the graph is large enough."""

    def __init__(self, world: _World, chance: random.Random) -> None:
        self._world = world
        self._chance = chance
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self._evidence: list[Quote] = []
        self._documents: list[SourceDocument] = []
        self._texts: dict[str, str] = {}
        self._headings: list[Heading] = []
        seeds = (path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt")))
        self._sentences = sorted(
            {it + "。" for text in seeds for it in text.replace("\n", "").split("。") if 8 < len(it) < 90}
        )

    def write(self, *, measures: int, edges: int, names: tuple[Name, ...]) -> ViewData:
        """Return what is written when there are so many measures, with the edges shared out among them."""
        unused = self._unused_bodies()
        for number in count():
            left = measures - number * MEASURES_A_DOCUMENT
            if left <= 0:
                break
            self._document(number, min(left, MEASURES_A_DOCUMENT), edges / measures, unused)
        self._fill(edges)
        kept = self._edges[:edges]
        used = {end for edge in kept for end in (edge.source, edge.target)}
        return ViewData(
            nodes=tuple(sorted(node for node in self._nodes.values() if node.kind == "measure" or node.id in used)),
            edges=tuple(sorted(kept)),
            evidence=tuple(sorted(self._evidence)),
            documents=tuple(sorted(self._documents)),
            texts=dict(sorted(self._texts.items())),
            headings=tuple(sorted(self._headings)),
            names=names,
        )

    def _unused_bodies(self) -> dict[str, list[Node]]:
        """Return the bodies of each place, so that each is named once before the weightiest are named again."""
        return defaultdict(list, {place.node.id: list(reversed(place.bodies)) for place in self._world.places})

    def _document(self, number: int, measures: int, load: float, unused: dict[str, list[Node]]) -> None:
        place = self._world.places[number % len(self._world.places)]
        year = self._chance.choice(_YEARS)
        iri, source = f"{BASE}document/{number:016x}", f"{BASE}source/{number:016x}"
        parts = {"place": place.node.label, "object": self._chance.choice(_WORDS["objects"]), "year": year}
        title = _WORDS["title"].format(**parts, number=number)
        date = f"{year}-{self._chance.randrange(1, 13):02}-{self._chance.randrange(1, 29):02}"
        link = f"https://example.org/{number}"
        province, publisher = place.node.province, place.node.label
        self._documents.append(
            SourceDocument(
                iri, "policy", title, date=date, publisher=publisher, link=link, source=source, province=province
            )
        )
        text, before = title + "\n", ""
        for place_in in range(measures):
            chapter = place_in * len(_WORDS["chapters"]) // measures
            path = f"{_WORDS['numerals'][chapter + 1]}/{place_in + 1}"
            if place_in * len(_WORDS["chapters"]) % measures < len(_WORDS["chapters"]):
                self._headings.append(Heading(iri, path.split("/")[0], _WORDS["chapters"][chapter]))
                text += _WORDS["chapters"][chapter] + "\n"
            again = bool(before) and place_in % REPEATED == 0
            label = self._label()
            bodies = self._bodies(place, load, unused[place.node.id])
            said = before if again else _clause(bodies)
            opening = f"{place_in + 1}. {label}，{self._chance.choice(_WORDS['ends'])}。{self._filler()}"
            start = len(text) + len(opening)
            text += f"{opening}{said}\n"
            self._measure(f"{number:08x}{place_in:08x}", (iri, source, path), label, (start, said), bodies, place)
            before = said
        self._texts[source] = text

    def _filler(self) -> str:
        """Return some sentences of the seeds, so that texts are as long and as various as real ones."""
        return "".join(self._chance.choices(self._sentences, k=4))

    def _label(self) -> str:
        return f"{self._chance.choice(_WORDS['verbs'])}{self._chance.choice(_WORDS['objects'])}"

    def _bodies(self, place: _Place, load: float, unused: list[Node]) -> list[Node]:
        """Return the leading body and those that support; the first ones of a place are named most."""
        wanted = max(1, round(load * 0.7 + self._chance.choice((-1, 0, 0, 1))))
        found = [unused.pop()] if unused else []
        while len(found) < wanted:
            pool = self._world.centre if self._chance.random() < 0.12 else place.bodies or self._world.centre
            body = pool[min(int(self._chance.expovariate(0.12)), len(pool) - 1)]
            if body not in found:
                found.append(body)
            elif len(found) >= len(pool):
                break
        return found

    def _measure(
        self,
        key: str,
        place_in: tuple[str, str, str],
        label: str,
        said: tuple[int, str],
        bodies: Sequence[Node],
        place: _Place,
    ) -> None:
        (document, source, path), (start, quote) = place_in, said
        measure, proof = f"{BASE}measure/{key}", f"{BASE}evidence/{key}"
        self._evidence.append(Quote(proof, source, start, start + len(quote), quote))
        named = "rdfs:label@zh"
        self._put(
            Node(
                measure, "measure", label, document=document, path=path, position=start, type="zc:Measure", named=named
            )
        )
        for number, body in enumerate(bodies):
            role = "support" if number else "lead"
            iri = f"{BASE}assignment/{key[:12]}{number:04x}{key[12:]}"
            self._join(iri, role, measure, body, proof, _DIRECT[role])
        if self._chance.random() < 0.6:
            tool = self._world.instruments[min(int(self._chance.expovariate(0.004)), len(self._world.instruments) - 1)]
            self._join(f"{measure}|instrument|{tool.id}", "instrument", measure, tool, proof, "zc:usesInstrument")
        if self._chance.random() < 0.3:
            self._join(f"{measure}|region|{place.node.id}", "region", measure, place.node, proof, "dcterms:spatial")

    def _join(self, iri: str, kind: str, measure: str, end: Node, proof: str, predicate: str) -> None:
        self._put(end)
        edge = Edge(iri, kind, measure, end.id, evidence=proof, predicate=predicate)
        if kind in _DIRECT:
            edge = replace(edge, raw=kind, surface=end.label, resolution="verbatim", confidence=1.0)
        self._edges.append(edge)

    def _put(self, node: Node) -> None:
        self._nodes[node.id] = node

    def _fill(self, edges: int) -> None:
        """Use instruments once more until there are enough edges."""
        known = {(edge.source, edge.target) for edge in self._edges}
        proofs = {edge.source: edge.evidence for edge in self._edges}
        for number, (measure, proof) in enumerate(sorted(proofs.items()) * 40):
            if len(self._edges) >= edges:
                return
            tool = self._world.instruments[number * 7 % len(self._world.instruments)]
            if (measure, tool.id) not in known:
                known.add((measure, tool.id))
                self._join(f"{measure}|instrument|{tool.id}", "instrument", measure, tool, proof, "zc:usesInstrument")


def _clause(bodies: Sequence[Node]) -> str:
    """Return the words that give a measure to its bodies: （X牵头，Y、Z配合）."""
    parts = [_WORDS["leads"].format(body=bodies[0].label)]
    if bodies[1:]:
        parts.append(_WORDS["supports"].format(bodies="、".join(body.label for body in bodies[1:])))
    return str(_WORDS["clause"].format(parts="，".join(parts)))
