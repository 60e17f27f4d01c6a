"""Runs every comparison and prints how many times faster ours is: ``make bench``."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import rdflib
import yaml
from pyoxigraph import RdfFormat, Store

from benchmarks import queries, view
from benchmarks.faults import hold_equal, seed_faults, seeded_part
from kg.checks.validate import engine_violations, validate
from kg.graph import BASE
from kg.lexicons import load_lexicons, ontology_root
from kg.store import open_store, to_merged_rdflib, write_turtle
from kg.text.fold import fold
from kg.text.patterns import Matcher

EXPORTS = Path("exports")
RUNS = 5
JOIN = """PREFIX zc: <https://w3id.org/zhengce/ontology#>
SELECT ?a ?b (COUNT(?m) AS ?n) WHERE { ?m zc:leadAgency ?a ; zc:supportAgency ?b } GROUP BY ?a ?b"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two ways to do one thing, and what they are."""

    what: str
    ours: str
    peer: str
    run_ours: Callable[[], object]
    run_peer: Callable[[], object]
    runs: int = RUNS


def seconds(run: Callable[[], object], runs: int) -> float:
    """Return the median time of several runs after one to warm up; of one run alone where it takes minutes."""
    if runs > 1:
        run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return median(times)


def names() -> Comparison:
    words = sorted(load_lexicons().agencies.stems)
    text = fold("".join(path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))))
    matcher, pattern = Matcher(words), re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return Comparison(
        f"find {len(words)} names in {len(text)} characters",
        "ahocorasick_rs",
        "one re alternation",
        lambda: matcher.every(text),
        lambda: pattern.findall(text),
    )


def loading() -> Comparison:
    data = (EXPORTS / "graph.nq").read_bytes()

    def ours() -> None:
        Store().bulk_load(data, format=RdfFormat.N_QUADS)

    def peer() -> None:
        rdflib.Dataset().parse(data=data, format="nquads")

    return Comparison("load graph.nq", "pyoxigraph", "rdflib", ours, peer)


def joining() -> Comparison:
    store = open_store(EXPORTS)
    graph = to_merged_rdflib(store)
    return Comparison(
        "who leads with whose support",
        "pyoxigraph",
        "rdflib",
        lambda: list(store.query(JOIN, use_default_graph_as_union=True)),  # type: ignore[arg-type]  # a SELECT
        lambda: list(graph.query(JOIN)),
    )


def writing() -> Comparison:
    store = open_store(EXPORTS)
    graph = to_merged_rdflib(store)
    out = Path(tempfile.mkdtemp()) / "graph.ttl"
    return Comparison(
        "write sorted Turtle",
        "kg.store",
        "rdflib",
        lambda: write_turtle(store, out),
        lambda: graph.serialize(destination=str(out), format="turtle"),
    )


def lexicons() -> Comparison:
    text = (ontology_root() / "lexicons" / "central.yaml").read_text(encoding="utf-8")
    return Comparison(
        "read central.yaml",
        "yaml.CSafeLoader",
        "yaml.SafeLoader",
        lambda: yaml.load(text, Loader=yaml.CSafeLoader),
        lambda: yaml.load(text, Loader=yaml.SafeLoader),
    )


def shapes() -> Comparison:
    """Check the shapes on a graph of 1e5 triples: the build again and again, each time with identifiers of its own.

    Each copy has faults of every kind in it, so that what the two find can be held against one another.
    """
    text = (EXPORTS / "graph.nq").read_text(encoding="utf-8")
    store = Store()
    for copy in range(1 + 100_000 // (text.count("\n") + 1)):
        store.bulk_load(text.replace(BASE, f"{BASE}{copy}-").encode(), format=RdfFormat.N_QUADS)
    seed_faults(store)
    rules = ontology_root() / "shapes.ttl"
    plain = Path(tempfile.mkdtemp()) / "shapes.ttl"
    core = rdflib.Graph().parse(rules)
    core.remove((None, rdflib.SH.sparql, None))  # pyshacl needs hours for these, node by node
    core.serialize(plain, format="turtle")
    hold_equal(store, plain, "the core rules on the whole graph")
    hold_equal(seeded_part(), rules, "all rules on a part of one build")
    return Comparison(
        f"check {len(store)} quads against the core shapes",
        "kg.checks.validate",
        "pyshacl",
        lambda: validate(store, plain),
        lambda: list(engine_violations(store, core)),
        runs=1,
    )


def comparisons() -> Iterator[Comparison]:
    for make in (names, loading, joining, writing, lexicons, shapes):
        yield make()


def main() -> None:
    print(f"{'what':44}{'ours':>18}{'peer':>20}{'times faster':>14}")
    for each in comparisons():
        ratio = seconds(each.run_peer, each.runs) / seconds(each.run_ours, each.runs)
        print(f"{each.what:44}{each.ours:>18}{each.peer:>20}{ratio:14.1f}")
    queries.report()
    view.report()


if __name__ == "__main__":
    main()
