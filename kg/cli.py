"""The command line: parse, call one function, print. Data goes to standard output, talk to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import KgError, QueryError, StoreError

F = TypeVar("F", bound=Callable[..., Any])
_FEW = 5
_NARROW, _WIDE = 60, 1_000_000

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


def watched(files: Sequence[str], label: str = "reading") -> Iterable[str]:
    """Show a progress bar on a terminal's standard error where there are more than a few files."""
    if len(files) <= _FEW or not sys.stderr.isatty():
        return files
    return _bar(files, label)


def _bar(files: Sequence[str], label: str) -> Iterator[str]:
    with click.progressbar(files, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar


def _base_option(command: F) -> F:
    return click.option(
        "--base",
        default="https://w3id.org/zhengce/id/",
        show_default=True,
        metavar="IRI",
        help="Where the things of the graph live.",
    )(command)


def _workers_option(command: F) -> F:
    return click.option(
        "--workers",
        default=1,
        show_default=True,
        type=click.IntRange(1),
        help="Processes; more than one pays from a few hundred documents on.",
    )(command)


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
    "--definition",
    "definitions",
    multiple=True,
    metavar="GROUP=N",
    help="Expand a contested group of regions by its Nth definition, such as guangdong-coast=1; may be repeated.",
)
@_base_option
@_workers_option
def build(paths: tuple[str, ...], out: Path, title: str, definitions: tuple[str, ...], base: str, workers: int) -> None:
    """Build the graph of documents: Turtle, N-Quads, HTML view, facts, report.

    \b
    DIR/graph.ttl       everything, RDF 1.1 Turtle, named graphs merged
    DIR/graph.slim.ttl  measures with who leads, supports, is responsible; the reference data they use
    DIR/graph.nq        everything with its named graphs, sorted N-Quads
    DIR/graph.html      the view: one file, opens from disk, no network
    DIR/facts.jsonl     the facts, one JSON object a line
    DIR/report.json     counts and versions

    Files that stand in DIR are replaced only when all new ones are complete. Example:

    \b
        kg build seeds -o exports
    """
    from kg.pipeline import Setup  # noqa: PLC0415  # the graph libraries load only when they are used
    from kg.workflows import build as run  # noqa: PLC0415

    setup = Setup(definitions=_definitions(definitions))
    done = run(paths, out, setup=setup, base=base, workers=workers, title=title, watch=watched)
    _summary(done.report, out)


def _definitions(pairs: Sequence[str]) -> tuple[tuple[str, int], ...]:
    for pair in pairs:
        if not pair.rpartition("=")[2].isdigit() or "=" not in pair:
            raise click.UsageError(f"--definition {pair}: write it as GROUP=N")
    return tuple(sorted((name, int(number)) for name, _, number in (pair.rpartition("=") for pair in pairs)))


def _summary(report: Any, out: Path) -> None:
    facts = report["facts"]
    counts = ", ".join(
        f"{facts.get(name, 0)} {name}"
        for name in ("measures", "assignments", "agencies", "regions", "instruments", "targets", "citations")
    )
    click.echo(
        f"{len(report['documents'])} documents: {counts}; {report['triples']['all']} triples in {out}/", err=True
    )


@main.command()
@PATHS
@_base_option
@_workers_option
def extract(paths: tuple[str, ...], base: str, workers: int) -> None:
    """Print the facts of documents as JSON Lines.

    One object a line: assignment, entity (agency, region, instrument), target, measure, citation; each with the
    document, the place (start, end, in code points of the normalised text) and the identifiers of what it names.
    Example:

    \b
        kg extract seeds/*.txt | jq 'select(.kind == "assignment") | .quote'
    """
    from kg.workflows import extract_records  # noqa: PLC0415

    for record in extract_records(paths, base=base, workers=workers, watch=watched):
        click.echo(json.dumps(record, ensure_ascii=False))


@main.command()
@click.argument("query", required=False, metavar="NAME|FILE|-")
@click.option("--graph", type=click.Path(path_type=Path), metavar="DIR|FILE", help="A build folder or an RDF file.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    show_default=True,
    help="How to print rows; turtle is for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="Give a parameter of a named query; may be repeated.",
)
@click.option("--wide", is_flag=True, help="Do not cut long cells of a table.")
@click.option("--list", "list_", is_flag=True, help="List the named queries and what they answer.")
@_base_option
def query(
    query: str | None, graph: Path | None, format_: str, params: tuple[str, ...], wide: bool, list_: bool, base: str
) -> None:
    """Ask a graph: a named query, a file with SPARQL, or - for standard input.

    All named graphs are read as one; the prefixes of the project need no declaration. Examples:

    \b
        kg query --list
        kg query agency-counts --graph exports
        kg query who-leads --graph exports -p measure=绿色金融 --format csv
        echo 'SELECT * { ?m zc:leadAgency ?a } LIMIT 5' | kg query - --graph exports
    """
    if list_:
        _list_queries()
        return
    if query is None:
        raise click.UsageError("give the name of a query, a file, or - (or --list)")
    if graph is None:
        raise click.UsageError("say which graph to ask: --graph DIR")
    from kg.query import run_query  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    answer = run_query(open_store(graph), _query_text(query), _parameters(params), base=base)
    click.echo(_formatted(answer, format_, base, wide=wide), nl=False)


def _list_queries() -> None:
    from kg.query import list_queries  # noqa: PLC0415

    for named in list_queries():
        click.echo(f"{named.name}\n    {named.zh}\n    {named.en}")
        for parameter in named.parameters:
            click.echo(f"    -p {parameter.name}={parameter.default.value or '…'}  {parameter.about}")


def _query_text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    path = Path(query)
    if not path.suffix or any(character.isspace() for character in query):
        return query
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise QueryError(query, f"cannot be read ({reason})", "give a named query, a file of SPARQL, or -") from error


def _parameters(pairs: Sequence[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise click.UsageError(f"--param {pair}: write it as NAME=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)


def _formatted(answer: Any, format_: str, base: str, *, wide: bool = False) -> str:
    from kg.query import Graph, Solutions, format_csv, format_json, format_table, format_turtle  # noqa: PLC0415

    if isinstance(answer, Graph):
        return format_turtle(answer, base=base)
    if isinstance(answer, bool) or format_ == "json":
        return format_json(answer)
    assert isinstance(answer, Solutions)
    if format_ == "turtle":
        raise click.UsageError("--format turtle is for CONSTRUCT and DESCRIBE queries")
    if format_ == "csv":
        return format_csv(answer)
    return format_table(answer, base=base, width=_WIDE if wide else _NARROW)


@main.command()
@GRAPH_ARGUMENT
@_base_option
def validate(graph: Path, base: str) -> None:
    """Check a graph against the SHACL shapes and say in words what fails.

    Exit code 0 when all is well, 1 when something fails. Example:

    \b
        kg validate exports
    """
    from kg.store import open_store  # noqa: PLC0415
    from kg.validate import validate as run  # noqa: PLC0415

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
@PATHS
def evaluate(gold: Path, as_json: bool, floors: Path | None, pin: bool, lower: bool, paths: tuple[str, ...]) -> None:
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
    scores = evaluate_paths(gold, paths, watch=watched)
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
    click.echo(_formatted(shown, format_, "https://w3id.org/zhengce/id/"), nl=False)
    more = len(answer.rows) - len(shown.rows)
    click.echo(f"{len(shown.rows)} to look at" + (f", {more} more with a higher --limit" if more > 0 else ""), err=True)


@main.command()
@GRAPH_ARGUMENT
@click.option(
    "--endpoint", required=True, metavar="URL", help="The Graph Store endpoint, such as http://localhost:7878/store."
)
@click.option("--user", default="", help="User of the store.")
@click.option("--password", default="", envvar="KG_PASSWORD", help="Better set KG_PASSWORD: others see the command.")
@click.option("--password-file", type=click.File(encoding="utf-8"), help="Read the password from a file (- for stdin).")
@click.option(
    "--auth",
    type=click.Choice(["auto", "basic", "digest"]),
    default="auto",
    show_default=True,
    help="How to log in; auto takes what the store offers.",
)
@click.option("--default", "merged", is_flag=True, help="Merge all into the default graph, in place of what it holds.")
@click.option("--all", "everything", is_flag=True, help="Send every graph, also those that did not change.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, graph by graph, and change nothing.")
@click.option("--retries", default=4, show_default=True, type=click.IntRange(0), help="Further tries after a failure.")
@click.option("--timeout", default=300.0, show_default=True, help="Seconds that the store may keep silent.")
@_base_option
def push(
    graph: Path,
    endpoint: str,
    user: str,
    password: str,
    password_file: Any,
    auth: Any,
    merged: bool,
    everything: bool,
    dry_run: bool,
    retries: int,
    timeout: float,
    base: str,
) -> None:
    """Load a build into a triple store, named graph by named graph, sending only what changed.

    Any store that speaks the SPARQL 1.1 Graph Store HTTP Protocol will do. What an earlier push loaded and the build no
    longer has is deleted; other graphs of the store are left alone. The store itself keeps the record, in the graph
    BASE/graph/push: a hash for each graph. Broken connections and answers of 5xx are tried again, after 0.5, 1, 2 ...
    seconds. Examples:

    \b
        kg push exports --endpoint http://localhost:7878/store                 # oxigraph serve
        KG_PASSWORD=dba kg push exports --user dba --endpoint http://localhost:8890/sparql-graph-crud-auth  # Virtuoso
        kg push exports --endpoint http://localhost:7878/store --dry-run
    """
    try:
        from kg.push import Client, Login, make_plan  # noqa: PLC0415
        from kg.push import push as run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise StoreError("push", f"needs {error.name}", "pip install 'zhengce-kg[push]'") from error
    from kg.store import open_store  # noqa: PLC0415

    secret = password_file.read().rstrip("\r\n") if password_file else password
    client = Client(endpoint, Login(user, secret, auth), retries=retries, timeout=timeout)
    if dry_run:
        plan = make_plan(open_store(graph), client, merged=merged, everything=everything, base=base)
        for verb, names in (("put", plan.put), ("delete", plan.delete)):
            for name in names:
                click.echo(f"{verb} {name}")
    else:
        plan = run(open_store(graph), client, merged=merged, everything=everything, base=base, watch=_pushing)
    click.echo(_pushed(plan, endpoint, dry_run=dry_run), err=True)


def _pushing(names: Sequence[str]) -> Iterable[str]:
    return watched(names, "pushing")


def _pushed(plan: Any, endpoint: str, *, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    counts = f"{len(plan.put)} graphs {would}put, {len(plan.unchanged)} unchanged, {len(plan.delete)} {would}deleted"
    return f"{endpoint}: {counts}"
