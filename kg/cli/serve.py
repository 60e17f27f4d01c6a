"""The command that serves a build over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import base_option, say


@click.command()
@click.argument("graph", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; any but loopback opens it to the network.",
)
@click.option(
    "--port", default=8433, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--timeout", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Seconds a query may run.")
@click.option("--max-rows", default=10_000, show_default=True, type=click.IntRange(1), help="Rows an answer may have.")
@click.option(
    "--max-memory", default=2048, show_default=True, type=click.IntRange(0), help="MB a query may take; 0 for any."
)
@click.option("--max-body", default=1_000_000, show_default=True, type=click.IntRange(1), help="Bytes of a request.")
@click.option(
    "--workers", type=click.IntRange(1), help="Queries answered at a time.  [default: one more than the processors]"
)
@click.option("--allow-host", "allow_hosts", multiple=True, metavar="NAME", help="A name to be called by; repeatable.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Pages that may read answers, or *; may be repeated.")
@click.option("-q", "--quiet", is_flag=True, help="Do not print a line for each request.")
@base_option
def serve(
    graph: Path,
    host: str,
    port: int,
    timeout: float,
    max_rows: int,
    max_memory: int,
    max_body: int,
    workers: int | None,
    allow_hosts: tuple[str, ...],
    cors: tuple[str, ...],
    quiet: bool,
    base: str,
) -> None:
    """Serve a build at http://127.0.0.1:8433/: pages to read, SPARQL to ask. Nothing can be changed through it.

    \b
    /            what the graph holds          /query    an editor with the named queries
    /view        the picture                   /sparql   the SPARQL 1.1 Protocol endpoint
    /ontology    the terms                     /id/...   a page, Turtle, JSON-LD ... for each thing

    Without FROM a query reads all named graphs as one; the prefixes of the project need no declaration. A query that
    runs too long is stopped (503), one with too many rows is cut (header Kg-Truncated); SERVICE, updates and graphs
    from elsewhere are refused. Needs pip install 'zhengce-kg[serve]'. Examples:

    \b
        kg serve exports
        curl http://127.0.0.1:8433/sparql -H 'Accept: text/csv' \\
             --data-urlencode 'query=SELECT ?m ?a { ?m zc:leadAgency ?a } LIMIT 5'
        curl -L http://127.0.0.1:8433/id/agency/pboc -H 'Accept: text/turtle'
    """
    from kg.serve import Limits, Settings
    from kg.serve import serve as run
    from kg.serve.settings import usual_workers

    limits = Limits(timeout, max_rows, max_memory)
    settings = Settings(graph, base, host, port, limits, max_body, workers or usual_workers(), allow_hosts, cors, quiet)
    run(settings, say)
