"""Bodies that are named together: 人民银行、金融监管总局和证监会."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.model.document import Document, Span
from kg.model.entities import Mention


def runs_of(document: Document, mentions: Iterable[Mention], joints: Collection[str]) -> list[list[Mention]]:
    """Part mentions, given in text order, into runs between whose members one of `joints` stands and nothing else."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        last = runs[-1][-1].span.end if runs else mention.span.end
        if runs and document.quote(Span(last, mention.span.start)).strip() in joints:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs
