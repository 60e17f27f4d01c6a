"""``kg push``: a build into a triple store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.options import say, watched
from kg.errors import StoreError


@click.command()
@click.argument("graph", type=click.Path(path_type=Path), metavar="DIR|FILE")
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
@click.option("--prune", is_flag=True, help="Go on where most of what an earlier push loaded would be deleted.")
@click.option("--ontology/--no-ontology", default=True, show_default=True, help="Send the ontology too, as a graph.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, graph by graph, and change nothing.")
@click.option("--retries", default=4, show_default=True, type=click.IntRange(0), help="Further tries after a failure.")
@click.option(
    "--timeout",
    default=300.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds that the store may keep silent.",
)
@click.option("--base", default="", metavar="IRI", help="Where the things of the graph live, if it does not say so.")
def push(
    graph: Path,
    endpoint: str,
    user: str,
    password: str,
    password_file: Any,
    auth: Any,
    merged: bool,
    everything: bool,
    prune: bool,
    ontology: bool,
    dry_run: bool,
    retries: int,
    timeout: float,
    base: str,
) -> None:
    """Load a build into a triple store, named graph by named graph, sending only what changed.

    Any store that speaks the SPARQL 1.1 Graph Store HTTP Protocol will do. What an earlier push loaded and the build no
    longer has is deleted; other graphs of the store are left alone. The store itself keeps the record, in the graph
    BASE/graph/push: a hash for each graph. What others changed in a graph since then is not seen; --all sends all anew.
    Broken connections, 429 and 5xx are tried again: at once, after 1, 2, 4 ... seconds, or as the store says. Examples:

    \b
        kg push exports --endpoint http://localhost:7878/store                 # oxigraph serve
        KG_PASSWORD=dba kg push exports --user dba --endpoint http://localhost:8890/sparql-graph-crud-auth  # Virtuoso
        kg push exports --endpoint http://localhost:7878/store --dry-run
    """
    try:
        from kg.push import Client, Login, add_ontology, make_plan
        from kg.push import push as run
    except ModuleNotFoundError as error:
        raise StoreError("push", f"needs {error.name}", "pip install 'zhengce-kg[push]'") from error
    from kg.store import open_store

    secret = password_file.read().rstrip("\r\n") if password_file else password
    client = Client(endpoint, Login(user, secret, auth), retries=retries, timeout=timeout)
    if client.tells_password():
        say(f"warning: the password goes to {endpoint} over http, readable on its way")
    store = open_store(graph)
    if ontology and not merged:
        add_ontology(store)
    if dry_run:
        plan = make_plan(store, client, merged=merged, everything=everything, base=base)
        for verb, names in (("put", plan.put), ("delete", plan.delete)):
            for name in names:
                click.echo(f"{verb} {name}")
    else:
        plan = run(store, client, merged=merged, everything=everything, prune=prune, base=base, watch=_pushing)
    say(_pushed(plan, endpoint, dry_run=dry_run))


def _pushing(names: Sequence[str]) -> Iterable[str]:
    return watched(names, "pushing")


def _pushed(plan: Any, endpoint: str, *, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    counts = f"{len(plan.put)} graphs {would}put, {len(plan.unchanged)} unchanged, {len(plan.delete)} {would}deleted"
    return f"{endpoint}: {counts}"
