"""``kg build``: documents into a graph."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path, PurePath
from typing import Any

import click

from kg.cli.options import PATHS, base_option, reading, reading_options, say

_FEW = 5


@click.command()
@PATHS
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder to write the build into.",
)
@click.option("--title", default="", help="Title of the HTML view.")
@click.option(
    "--license",
    default="",
    metavar="IRI",
    help="Address of the licence you give the dataset. None by default: it holds the texts, which are other people's.",
)
@click.option(
    "--also",
    multiple=True,
    metavar="FORMAT",
    help="Write this export too (kg export --list), such as turtle-star or xlsx; may be repeated.",
)
@click.option(
    "--near",
    type=click.Choice(["keep", "drop", "link"]),
    default="keep",
    show_default=True,
    help="What becomes of documents that are nearly alike: keep all, drop the lesser of each two, or link them.",
)
@base_option
@reading_options
def build(
    paths: tuple[str, ...], out: Path, title: str, license: str, also: tuple[str, ...], near: Any, base: str
) -> None:
    """Build the graph of documents: Turtle, N-Quads, HTML view, facts, report.

    \b
    DIR/graph.ttl       everything, RDF 1.1 Turtle, named graphs merged
    DIR/graph.slim.ttl  measures with who leads, supports, is responsible; the reference data they use
    DIR/graph.nq        everything with its named graphs, sorted N-Quads
    DIR/graph.html      the view: one file, opens from disk, no network
    DIR/facts.jsonl     the facts, one JSON object a line
    DIR/report.json     counts, versions, what was skipped and why

    In a corpus (CSV, TSV, XLSX, XLS, JSON Lines, JSON, Parquet) a row is a document. What cannot be read is skipped
    with a line on standard error, and the exit code is 0; it is 1 where nothing can be read, and with --strict.
    What an earlier build wrote into DIR is replaced in one step when all new files are complete; other files stay.
    Examples:

    \b
        kg build seeds -o exports
        kg build policies.xlsx -o exports --map text=正文,title=标题,number=文号
        kg build seeds -o exports --also turtle-star    # RDF 1.2: the evidence of each direct triple
    """
    from kg.workflows import build as run

    done = run(paths, out, reading(base), title=title, license=license, also=also, near=near)
    _summary(done.report, out)


def _summary(report: Any, out: Path) -> None:
    """Say what was built: documents, facts and triples; what was read, skipped and left alone."""
    counts = ", ".join(f"{count['number']} {count['en']}" for count in report["counts"].values() if count["number"])
    say(f"{counts}; {report['triples']['all']} triples in {out}/")
    say(f"read: {_tally(report['sources'])}")
    if rows := sum(table["rows"] for table in report["rows"]):
        fates = {fate: sum(table[fate] for table in report["rows"]) for fate in ("read", "refused", "copies")}
        say(f"rows of tables: {rows} ({_tally(fates)})")
    if report["skipped"]:
        reasons = _tally(_reasons(report["skipped"]))
        say(f"skipped: {len(report['skipped'])} ({reasons}); see {out}/report.json")
    if copies := sum(len(document["copies"]) for document in report["documents"]):
        say(f"copies: {copies} of documents that stand in the graph once, with every source")
    for one in report["copies that disagree"][:_FEW]:
        say(f"copies of {one['document']} disagree on the {one['field']}: {_listed(one['values'])}")
    for paths in report["one identifier"][:_FEW]:
        say(f"one number or title, several documents: {_listed(paths)}; told apart by title, issuer and date")
    for cluster in report["nearly alike"][:_FEW]:
        say(f"nearly alike ({cluster['likeness']:.2f}): {_listed(cluster['documents'])}")
    if report["left alone"]:
        kinds = Counter(PurePath(path).suffix.lower() or "no ending" for path in report["left alone"])
        say(f"left alone: {_tally(dict(sorted(kinds.items())))}; see {out}/report.json")


def _listed(words: list[str]) -> str:
    more = [f"{len(words) - _FEW} more"] if len(words) > _FEW else []
    return " and ".join((*words[:_FEW], *more))


def _reasons(skipped: Any) -> dict[str, int]:
    """Count the reasons, without the particulars that stand in brackets, the most frequent first."""
    counts = Counter(re.sub(r"\s*\(.*?\)", "", line["reason"]) for line in skipped)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _tally(counts: Any) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())
