"""``kg extract``: the facts of documents."""

from __future__ import annotations

import json

import click

from kg.cli.options import PATHS, base_option, reading, reading_options


@click.command()
@PATHS
@base_option
@reading_options
def extract(paths: tuple[str, ...], base: str) -> None:
    """Print the facts of documents as JSON Lines.

    One object a line: assignment, entity (agency, region, instrument), target, qualitative-target, deadline, measure,
    action, citation; each with the document, the place (start, end, in code points of the normalised text) and the
    identifiers of what it names. In a corpus (CSV, XLSX, JSON Lines, Parquet, ...) a row is a document. What cannot
    be read is skipped with a line on standard error, and the exit code is 0; it is 1 where nothing can be read, and
    with --strict. Examples:

    \b
        kg extract seeds/*.txt | jq 'select(.kind == "assignment") | .quote'
        kg extract policies.csv --map text=正文,number=文号
    """
    from kg.workflows import extract_records

    for record in extract_records(paths, reading(base)):
        click.echo(json.dumps(record, ensure_ascii=False))
