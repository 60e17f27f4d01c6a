"""``kg evaluate``: facts against gold records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.options import PATHS, reading, reading_options


@click.command()
@click.option(
    "--gold",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of gold records, a .jsonl for each document.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@reading_options
@PATHS
def evaluate(gold: Path, as_json: bool, paths: tuple[str, ...]) -> None:
    """Score the extraction against gold records: precision, recall, F1. Example:

    \b
        kg evaluate --gold tests/gold seeds
    """
    from kg.workflows import evaluate_paths

    scores = evaluate_paths(gold, paths, reading())
    click.echo(_scores_json(scores) if as_json else scores_table(scores))


def _scores_json(scores: Any) -> str:
    figures = {
        name: {"right": s.right, "found": s.found, "wanted": s.wanted, "f1": round(s.f1, 4)}
        for name, s in scores.items()
    }
    return json.dumps(figures, ensure_ascii=False)


def scores_table(scores: Any) -> str:
    """Return scores as a table: a line for each kind of fact, with its figures and counts."""
    head = f"{'':28}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'found':>8}{'gold':>8}"
    lines = (
        f"{name:28}{s.precision:10.4f}{s.recall:10.4f}{s.f1:10.4f}{s.right:8}{s.found:8}{s.wanted:8}"
        for name, s in scores.items()
    )
    return "\n".join([head, *lines])
