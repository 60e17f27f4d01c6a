"""RDF Patch: the quads to delete and to add that turn one build into another, exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kg.errors import GraphError

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
