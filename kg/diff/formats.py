"""A diff as text for people, as CSV and JSON for programs, and as RDF Patch.

An RDF Patch holds the quads to delete and to add that turn one build into the other, exactly.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kg.diff.sides import REFERENCE_DATA, Change, Diff, Field, How
from kg.errors import GraphError
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


_BEGIN, _COMMIT = "TX .", "TC ."


def patch_lines(before: Iterable[Quad], after: Iterable[Quad]) -> Iterator[str]:
    """Yield the lines of the patch, without their ends: header, transaction, deletions, additions, each sorted.

    The header's id comes from the changes. Raises GraphError for blank nodes, whose labels do not outlive a file.
    """
    old, new = _named(before), _named(after)
    changes = [f"D {line}" for line in sorted(old - new)] + [f"A {line}" for line in sorted(new - old)]
    yield f"H id <uuid:{_uuid(changes)}> ."
    yield _BEGIN
    yield from changes
    yield _COMMIT


def apply_patch(quads: Iterable[Quad], lines: Iterable[str]) -> set[Quad]:
    """Return the quads that a patch makes of `quads`.

    Raises GraphError where a line is no line of a patch, where a quad to delete is not there or one to add is: the
    patch then belongs to another graph.
    """
    found = set(quads)
    for number, line in enumerate(lines, 1):
        operation, _, rest = line.strip().partition(" ")
        if operation == "D":
            _delete(found, _quad(number, rest))
        elif operation == "A":
            _add(found, _quad(number, rest))
        elif operation and operation not in {"H", "TX", "TC", "PA", "PD"} and not operation.startswith("#"):
            raise GraphError(f"line {number}", f"{operation} is no operation of a patch", "make the patch anew")
    return found


def _named(quads: Iterable[Quad]) -> set[str]:
    found = set()
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise GraphError(str(quad.subject), "blank nodes cannot be patched", "name every node with an IRI")
        found.add(f"{quad} .")
    return found


def _uuid(lines: list[str]) -> str:
    """Return an identifier of version 8, made of a hash: the same changes have the same one."""
    digits = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def _quad(number: int, text: str) -> Quad:
    try:
        quad: Quad = next(parse(text.encode(), format=RdfFormat.N_QUADS))
    except (SyntaxError, ValueError, StopIteration) as error:
        message = " ".join(str(error).split())
        raise GraphError(f"line {number}", f"is no quad ({message})", "make the patch anew") from error
    return quad


def _delete(quads: set[Quad], quad: Quad) -> None:
    if quad not in quads:
        raise GraphError(str(quad), "is to be deleted but not there", "take the graph that the patch was made from")
    quads.remove(quad)


def _add(quads: set[Quad], quad: Quad) -> None:
    if quad in quads:
        raise GraphError(str(quad), "is to be added but there already", "take the graph that the patch was made from")
    quads.add(quad)
