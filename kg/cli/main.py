"""The command line: parse, call one function, print. Data goes to standard output, talk to standard error."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.diff import diff
from kg.cli.export import export
from kg.cli.options import base_option
from kg.cli.progress import watched
from kg.cli.push import push
from kg.cli.query import formatted, query
from kg.cli.serve import serve
from kg.errors import KgError

_FEW = 5
F = TypeVar("F", bound=Callable[..., Any])

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
GRAPH_ARGUMENT = click.argument("graph", type=click.Path(path_type=Path), metavar="DIR|FILE")


class Group(click.Group):
    """Turns the project's errors into one line and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user can mend is told in one line."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="zhengce-kg", prog_name="kg")
def main() -> None:
    """Who leads (牵头) and who supports (配合) what in Chinese public policy.

    Reads policy plans and news about regulators, finds who has to do what and where a document says so, and builds
    an RDF graph with the proving sentence behind every fact.

    \b
    kg build seeds -o exports                build the graph of a folder of documents
    kg query who-leads --graph exports       ask it a named question
    kg view exports -o graph.html            draw it as one HTML file

    A PATH is a file, a folder (searched through), a glob in quotes, or - for standard input.
    """


def _workers_option(command: F) -> F:
    return click.option(
        "--workers",
        default=1,
        show_default=True,
        type=click.IntRange(1),
        help="Processes; more than one pays from a few hundred documents on.",
    )(command)


def _reading_options(command: F) -> F:
    """Add what every command that reads documents takes."""
    mapping = click.option(
        "--map",
        "mapping",
        multiple=True,
        metavar="KEY=COLUMN,...",
        help="Columns of corpora: text, title, issuer, number, date, ... Usual names are known; may be repeated.",
    )
    definitions = click.option(
        "--definition",
        "definitions",
        multiple=True,
        metavar="GROUP=N",
        help="Expand a contested group of regions by its Nth definition, such as guangdong-coast=1; may be repeated.",
    )
    strict = click.option("--strict", is_flag=True, help="Stop at the first document that cannot be read; exit code 1.")
    return mapping(definitions(strict(command)))


def _reading(mapping: Sequence[str], definitions: Sequence[str], strict: bool) -> dict[str, Any]:
    """Return the options as the workflows take them."""
    from kg.documents import parse_mapping  # noqa: PLC0415  # nothing loads before it is used
    from kg.pipeline import Setup  # noqa: PLC0415

    setup = Setup(definitions=_definitions(definitions))
    return {"setup": setup, "mapping": parse_mapping(mapping), "strict": strict, "watch": watched, "tell": _skipped}


def _skipped(fault: KgError) -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)  # takes the progress bar's line, which is drawn again
    click.echo(f"skipped: {fault}", err=True)


@main.command()
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
@_reading_options
@base_option
@_workers_option
def build(
    paths: tuple[str, ...],
    out: Path,
    title: str,
    license: str,
    also: tuple[str, ...],
    mapping: tuple[str, ...],
    definitions: tuple[str, ...],
    strict: bool,
    base: str,
    workers: int,
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
    Files that stand in DIR are replaced only when all new ones are complete. Examples:

    \b
        kg build seeds -o exports
        kg build policies.xlsx -o exports --map text=正文,title=标题,number=文号
        kg build seeds -o exports --also turtle-star    # RDF 1.2: the evidence of each direct triple
    """
    from kg.documents import survey  # noqa: PLC0415  # the graph libraries load only when they are used
    from kg.workflows import build as run  # noqa: PLC0415

    reading = _reading(mapping, definitions, strict)
    done = run(paths, out, base=base, workers=workers, title=title, license=license, also=also, **reading)
    _summary(done.report, out, len(survey(paths).left_alone))


def _definitions(pairs: Sequence[str]) -> tuple[tuple[str, int], ...]:
    for pair in pairs:
        if not pair.rpartition("=")[2].isdigit() or "=" not in pair:
            raise click.UsageError(f"--definition {pair}: write it as GROUP=N")
    return tuple(sorted((name, int(number)) for name, _, number in (pair.rpartition("=") for pair in pairs)))


def _summary(report: Any, out: Path, left_alone: int) -> None:
    """Say what was built: documents, facts and triples; what was read, skipped and left alone."""
    counts = ", ".join(f"{count} {name}" for name, count in _main_counts(report["facts"]))
    documents = len(report["documents"])
    click.echo(f"{documents} documents: {counts}; {report['triples']['all']} triples in {out}/", err=True)
    click.echo(f"read: {_tally(report['sources'])}", err=True)
    if report["skipped"]:
        reasons = _tally(_reasons(report["skipped"]))
        click.echo(f"skipped: {len(report['skipped'])} ({reasons}); see {out}/report.json", err=True)
    if copies := sum(len(document["copies"]) for document in report["documents"]):
        click.echo(f"copies: {copies} of documents that stand in the graph once, with every source", err=True)
    for pair in report["nearly alike"][:_FEW]:
        click.echo(f"nearly alike ({pair['likeness']:.2f}): {' and '.join(pair['documents'])}", err=True)
    if left_alone:
        click.echo(f"left alone: {left_alone} of other kinds", err=True)


def _main_counts(facts: Any) -> list[tuple[str, int]]:
    """Return the counts of facts, without what is counted within them, the measures and who does them first."""
    main = {name: count for name, count in facts.items() if ":" not in name}
    first = {name: main.get(name, 0) for name in ("measures", "assignments")}
    return list({**first, **main}.items())


def _reasons(skipped: Any) -> dict[str, int]:
    """Count the reasons, without the particulars that stand in brackets, the most frequent first."""
    counts = Counter(re.sub(r"\s*\(.*?\)", "", line["reason"]) for line in skipped)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _tally(counts: Any) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


@main.command()
@PATHS
@_reading_options
@base_option
@_workers_option
def extract(
    paths: tuple[str, ...],
    mapping: tuple[str, ...],
    definitions: tuple[str, ...],
    strict: bool,
    base: str,
    workers: int,
) -> None:
    """Print the facts of documents as JSON Lines.

    One object a line: assignment, entity (agency, region, instrument), target, qualitative-target, measure, action,
    citation; each with the document, the place (start, end, in code points of the normalised text) and the
    identifiers of what it names. In a corpus (CSV, XLSX, JSON Lines, Parquet, ...) a row is a document. What cannot
    be read is skipped with a line on standard error, and the exit code is 0; it is 1 where nothing can be read, and
    with --strict. Examples:

    \b
        kg extract seeds/*.txt | jq 'select(.kind == "assignment") | .quote'
        kg extract policies.csv --map text=正文,number=文号
    """
    from kg.workflows import extract_records  # noqa: PLC0415

    reading = _reading(mapping, definitions, strict)
    for record in extract_records(paths, base=base, workers=workers, **reading):
        click.echo(json.dumps(record, ensure_ascii=False))


@main.command()
@GRAPH_ARGUMENT
@base_option
def validate(graph: Path, base: str) -> None:
    """Check a graph against the SHACL shapes and say in words what fails.

    Exit code 0 when all is well, 1 when something fails. Example:

    \b
        kg validate exports
    """
    from kg.checks.validate import validate as run  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    report = run(open_store(graph), base=base)
    if report.conforms:
        click.echo("no violations", err=True)
        return
    click.echo(str(report))
    click.get_current_context().exit(1)


@main.command()
@GRAPH_ARGUMENT
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="File to write.",
)
@click.option("--title", default="zhengce-kg", show_default=True, help="Title of the page.")
@click.option(
    "--engine",
    type=click.Choice(["page", "pyvis"]),
    default="page",
    show_default=True,
    help="page: the full view; pyvis: a plain network for notebooks and small graphs.",
)
def view(graph: Path, out: Path, title: str, engine: str) -> None:
    """Draw a graph as one HTML file that opens from disk without any network request. Example:

    \b
        kg view exports -o graph.html
    """
    from kg.store import open_store  # noqa: PLC0415
    from kg.view import write_pyvis, write_view  # noqa: PLC0415

    write = write_view if engine == "page" else write_pyvis
    write(open_store(graph), out, title=title)


@main.command()
@click.option(
    "--gold",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of gold records, a .jsonl for each document.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.option(
    "--floors", type=click.Path(path_type=Path), metavar="FILE", help="Fail where a figure is below its floor."
)
@click.option("--pin", is_flag=True, help="Write the figures reached to --floors; never lowers one.")
@click.option("--lower", is_flag=True, help="With --pin: let floors fall. A visible act; say why in the change.")
@_reading_options
@PATHS
def evaluate(
    gold: Path,
    as_json: bool,
    floors: Path | None,
    pin: bool,
    lower: bool,
    mapping: tuple[str, ...],
    definitions: tuple[str, ...],
    strict: bool,
    paths: tuple[str, ...],
) -> None:
    """Score the extraction against gold records: precision, recall, F1.

    With --floors the figures are held against pinned ones, and against a hash of the documents; exit code 1 where one
    falls below. Examples:

    \b
        kg evaluate --gold tests/gold seeds
        kg evaluate --gold tests/gold --floors tests/gold/floors.json seeds
    """
    from kg.workflows import evaluate_paths, hold_floors  # noqa: PLC0415

    if (pin and floors is None) or (lower and not pin):
        raise click.UsageError("--pin needs --floors, and --lower needs --pin")
    scores = evaluate_paths(gold, paths, **_reading(mapping, definitions, strict))
    click.echo(_scores_json(scores) if as_json else _scores_table(scores))
    failed = hold_floors(floors, scores, gold, paths, pin=pin, lower=lower) if floors else []
    for line in failed:
        click.echo(f"error: {line}", err=True)
    click.get_current_context().exit(1 if failed else 0)


def _scores_json(scores: Any) -> str:
    figures = {
        name: {"right": s.right, "found": s.found, "wanted": s.wanted, "f1": round(s.f1, 4)}
        for name, s in scores.items()
    }
    return json.dumps(figures, ensure_ascii=False)


def _scores_table(scores: Any) -> str:
    head = f"{'':28}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'found':>8}{'gold':>8}"
    lines = (
        f"{name:28}{s.precision:10.4f}{s.recall:10.4f}{s.f1:10.4f}{s.right:8}{s.found:8}{s.wanted:8}"
        for name, s in scores.items()
    )
    return "\n".join([head, *lines])


@main.command()
@GRAPH_ARGUMENT
@click.option("--below", default=0.95, show_default=True, help="List what is less sure than this.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many at most.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print the rows.",
)
def review(graph: Path, below: float, limit: int, format_: str) -> None:
    """List the assignments that deserve a person's look, the least sure first, each with its sentence.

    A participant is less sure where its name is known by its ending alone, where no region could be put back, where
    its role follows from a default of the document, or where a list ends without a role word. Example:

    \b
        kg review exports --below 0.9
    """
    from kg.query import Solutions, run_query  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    answer = run_query(open_store(graph), "review", {"below": str(below)})
    assert isinstance(answer, Solutions)
    shown = Solutions(answer.variables, answer.rows[:limit])
    click.echo(formatted(shown, format_), nl=False)
    more = len(answer.rows) - len(shown.rows)
    click.echo(f"{len(shown.rows)} to look at" + (f", {more} more with a higher --limit" if more > 0 else ""), err=True)


main.add_command(query)
main.add_command(export)
main.add_command(diff)
main.add_command(push)
main.add_command(serve)
