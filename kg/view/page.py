"""Puts the data into the page: one file that asks for nothing from outside and runs no script but its own.

Text travels as JSON in a script block that browsers do not run, with every character escaped that could end it.
The Content-Security-Policy names the scripts and styles by their hash, so nothing that a title or a quote brings
along can run even if it reached the page.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files

from kg.view.data import Evidence, Node, ViewData
from kg.view.layout import COLUMN, ROW, Layout

MODULES = ("text", "model", "strings", "dom", "geometry", "scene", "search", "panel", "proof", "page")
"""The parts of the page's script in the order in which they build on each other."""

WHOLE_TEXTS = 2_000_000
"""Up to this many code points in all, texts go into the page whole; beyond it, only the surroundings of quotes."""
SURROUNDINGS = 600
"""How many code points before and after a quote go into the page where texts do not go in whole."""

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class|let)", re.MULTILINE)
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def render_page(data: ViewData, layout: Layout, *, title: str) -> str:
    """Return the whole page; the same data and title give the same text."""
    library, script, style = _asset("vendor/force-graph.min.js"), _bundle(), _asset("page.css")
    slots = {
        "policy": _policy(scripts=[library, script], styles=[style, *_library_styles()]),
        "title": html.escape(title),
        "style": style,
        "data": escape_json(_payload(data, layout, title)),
        "strings": escape_json(json.loads(_asset("strings.json"))),
        "library": library,
        "script": script,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))


def escape_json(value: object) -> str:
    """Return JSON that cannot end the script block it stands in, whatever text it carries."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).translate(_UNSAFE)


@cache
def _asset(name: str) -> str:
    return files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")


def _bundle() -> str:
    """Return the modules of the page's script as one module: imports go, exports become plain declarations."""
    return "".join(_EXPORT.sub("", _IMPORT.sub("", _asset(f"{name}.js"))) for name in MODULES)


def _library_styles() -> Iterable[str]:
    """Return the style sheets that the drawing library adds on load, so that the policy can name their hashes."""
    return json.loads(_asset("vendor/force-graph.styles.json"))  # type: ignore[no-any-return] # a list of strings


def _policy(*, scripts: Iterable[str], styles: Iterable[str]) -> str:
    sources = {
        "default-src": ["'none'"],
        "script-src": map(_hash, scripts),
        "style-src": map(_hash, styles),
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in sources.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _payload(data: ViewData, layout: Layout, title: str) -> dict[str, object]:
    base = _common_base(data)
    return {
        "title": title,
        "base": base,
        "row": ROW,
        "column": COLUMN,
        "nodes": [_node(node, layout, base) for node in data.nodes],
        "edges": [_record(edge, base) for edge in data.edges],
        "evidence": [_record(item, base) for item in data.evidence],
        "documents": [_record(item, base) for item in data.documents],
        "texts": {_short(key, base): excerpts for key, excerpts in _texts(data).items()},
        "blocks": [_record(block, base) for block in layout.blocks],
    }


def _common_base(data: ViewData) -> str:
    """Return what all identifiers begin with, up to the kind of thing (``…/measure/``), or nothing."""
    first = next((node.id for node in data.nodes if "/measure/" in node.id), "")
    return first[: first.rfind("/measure/") + 1]


def _node(node: Node, layout: Layout, base: str) -> dict[str, object]:
    place = layout.places[node.id]
    return _record(node, base) | {"x": round(place.x, 1), "y": round(place.y, 1), "side": place.side}


def _record(item: object, base: str) -> dict[str, object]:
    """Return the fields that say something, with identifiers cut to what tells them apart."""
    fields: Mapping[str, object] = asdict(item)  # type: ignore[call-overload] # always one of our dataclasses
    return {
        name: _short(value, base) if isinstance(value, str) and name in _IDENTIFIERS else value
        for name, value in fields.items()
        if value is not None and value is not False and value not in ("", ())
    }


_IDENTIFIERS = frozenset({"id", "source", "target", "evidence", "document", "via", "key"})


def _short(identifier: str, base: str) -> str:
    return identifier.replace(base, "") if base else identifier


def _texts(data: ViewData) -> dict[str, list[tuple[int, str]]]:
    """Return each source text as stretches with their offsets: one where all of it is there."""
    if sum(map(len, data.texts.values())) <= WHOLE_TEXTS:
        return {source: [(0, text)] for source, text in data.texts.items()}
    return {source: list(_excerpts(source, text, data.evidence)) for source, text in data.texts.items()}


def _excerpts(source: str, text: str, evidence: Iterable[Evidence]) -> Iterable[tuple[int, str]]:
    """Yield the surroundings of every quote, those that touch joined to one."""
    stretches = sorted(
        (max(item.start - SURROUNDINGS, 0), min(item.end + SURROUNDINGS, len(text)))
        for item in evidence
        if item.source == source
    )
    merged: list[tuple[int, int]] = []
    for start, end in stretches:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return ((start, text[start:end]) for start, end in merged)
