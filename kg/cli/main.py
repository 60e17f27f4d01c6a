"""The command line: parse, call one function, print. Data goes to standard output, talk to standard error."""

from __future__ import annotations

import click

from kg.cli.group import Group


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
