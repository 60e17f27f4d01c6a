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
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

MOST_PLAIN = 2_000_000
"""Data of more characters than this go into the page compressed."""

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class|let)", re.MULTILINE)
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def render_page(payload: Mapping[str, object], *, title: str) -> str:
    """Return the whole page for what `kg.view.payload` makes; the same payload and title give the same text."""
    parts = json.loads(_asset("bundle.json"))
    libraries = [_asset(name) for name in parts["libraries"]]
    script = _bundle(parts["modules"])
    style = "".join(map(_asset, parts["styles"]))
    kind, data = _embed(escape_json(payload))
    slots = {
        "policy": _policy(scripts=[*libraries, script], styles=[style]),
        "title": html.escape(title),
        "style": style,
        "data": data,
        "data_type": kind,
        "strings": escape_json(json.loads(_asset("strings.json"))),
        "library": "</script>\n<script>".join(libraries),
        "script": script,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))


def escape_json(value: object) -> str:
    """Return JSON that cannot end the script block it stands in, whatever text it carries."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).translate(_UNSAFE)


def _embed(text: str) -> tuple[str, str]:
    """Return media type and content of the script block with the data: short data as it is, to be read by eye."""
    if len(text) <= MOST_PLAIN:
        return "application/json", text
    return "application/zlib", base64.b64encode(zlib.compress(text.encode(), 9)).decode()


@cache
def _asset(name: str) -> str:
    return files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")


def _bundle(modules: Iterable[str]) -> str:
    """Return the modules of the page's script as one module: imports go, exports become plain declarations."""
    return "".join(_EXPORT.sub("", _IMPORT.sub("", _asset(f"{name}.js"))) for name in modules)


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
