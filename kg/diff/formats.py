"""A diff as text for people, and as CSV and JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from kg.diff.changes import Change, Diff, Field, How
from kg.diff.sides import REFERENCE_DATA
from kg.text.csv_rows import csv_row

SIGNS = {How.ADDED: "+", How.GONE: "-", How.CHANGED: "~"}
_AROUND, _LONGEST = 8, 60
_COLUMNS = ("change", "kind", "document", "where", "label", "field", "before", "after", "before_iri", "after_iri")


def diff_text(diff: Diff) -> Iterator[str]:
    """Yield lines without their ends: a document, its changes with a sign each, and their fields; then the counts.

    A document that only one build has takes one line, with the number of things of each kind that stand in it.
    """
    for document, group in groupby(diff.changes, key=lambda change: change.document):
        yield document or REFERENCE_DATA
        yield from _document(list(group))
        yield ""
    yield ", ".join(f"{diff.count(how)} {how.value}" for how in How)


def _document(changes: list[Change]) -> Iterator[str]:
    whole = next((one for one in changes if "document" in one.topics and one.how is not How.CHANGED), None)
    if whole:
        counts = Counter(one.kind for one in changes if one is not whole)
        content = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
        yield f"  {SIGNS[whole.how]} {whole.kind} {whole.label}" + (f": {content}" if content else "")
        return
    for change in changes:
        what = f"{change.where}: {change.label}" if change.where != change.label and change.where else change.label
        yield f"  {SIGNS[change.how]} {change.kind} {_one_line(what)}"
        for field in change.fields:
            yield f"      {field.name}: {_difference(field)}"


def _difference(field: Field) -> str:
    if len(field.before) == len(field.after) == 1:
        return " → ".join(_cut_alike(field.before[0], field.after[0]))
    changes = (("-", field.before), ("+", field.after))
    return "; ".join(f"{sign} {_one_line(value)}" for sign, values in changes for value in values)


def _cut_alike(before: str, after: str) -> tuple[str, str]:
    """Return two values from shortly before where they part."""
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(0, same - _AROUND) if max(len(before), len(after)) > _LONGEST else 0
    lead = "…" if start else ""
    return lead + _one_line(before[start:]), lead + _one_line(after[start:])


def _one_line(text: str) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def diff_csv(diff: Diff) -> str:
    """Return a row for each field of each change, one row for what was added or is gone; several values by ``; ``."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for one in diff.changes:
        for field in one.fields or (Field("", (), ()),):
            values = (field.name, "; ".join(field.before), "; ".join(field.after))
            rows.append((one.how.value, one.kind, one.document, one.where, one.label, *values, one.before, one.after))
    return "".join(map(csv_row, rows))


def diff_json(diff: Diff) -> str:
    """Return the counts and the changes as one JSON object."""
    document = {
        "counts": {how.value: diff.count(how) for how in How},
        "changes": [_record(change) for change in diff.changes],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _record(change: Change) -> dict[str, object]:
    return {
        "change": change.how.value,
        "kind": change.kind,
        "document": change.document,
        "where": change.where,
        "label": change.label,
        "before": change.before or None,
        "after": change.after or None,
        "fields": [
            {"name": one.name, "property": one.property or None, "before": one.before, "after": one.after}
            for one in change.fields
        ],
    }
