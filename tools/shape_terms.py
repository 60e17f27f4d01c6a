"""Writes into ontology/shapes.ttl the list of terms that ontology/ontology.ttl defines."""

from __future__ import annotations

import re
import textwrap

from kg.data import ontology_root

_LIST = re.compile(r"(\?value NOT IN \(\n)(.*?)( \)\)\n)", re.DOTALL)
_INDENT = " " * 20


def with_terms(shapes: str, ontology: str) -> str:
    """Return the shapes with the terms of the ontology in the one list that names them all."""
    terms = sorted(set(re.findall(r"^(zc:[\w-]+) a ", ontology, re.MULTILINE)))
    wrap = textwrap.TextWrapper(120, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)
    lines = wrap.fill(", ".join(terms))
    written, count = _LIST.subn(lambda match: f"{match[1]}{lines}{match[3]}", shapes)
    if count != 1:
        raise ValueError("ontology/shapes.ttl has no list of terms")
    return written


if __name__ == "__main__":
    shapes = ontology_root() / "shapes.ttl"
    text = with_terms(shapes.read_text("utf-8"), (ontology_root() / "ontology.ttl").read_text("utf-8"))
    shapes.write_text(text, encoding="utf-8")
