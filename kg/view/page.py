"""Puts the data into the page: one file that asks for nothing from outside and runs no script but its own.

The page is made of the sources in ``assets/`` and the data, whatever text the data holds.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def seal(
    template: str,
    *,
    title: str,
    scripts: Sequence[str],
    style: str,
    blocks: Mapping[str, str],
) -> str:
    """Return the page: all but the last of `scripts` are libraries, `blocks` fill further slots as they are.

    Slots of the template: policy, title, style, library, script, and the names of `blocks`.
    """
    slots = {
        "policy": _policy(scripts=scripts, styles=[style]),
        "title": html.escape(title),
        "style": style,
        "library": "</script>\n<script>".join(scripts[:-1]),
        "script": scripts[-1],
        **blocks,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], template)


def escape_json(value: object) -> str:
    """Return JSON that cannot end the script block it stands in, whatever text it carries."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).translate(_UNSAFE)


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


MOST_PLAIN = 2_000_000
"""Data of more characters than this go into the page compressed."""

_IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|async function|class|let)", re.MULTILINE)


def render_page(payload: Mapping[str, object], *, title: str) -> str:
    """Return the whole page for what `kg.view.payload` makes; the same payload and title give the same text."""
    parts = json.loads(_asset("bundle.json"))
    kind, data = _embed(escape_json(payload))
    strings = escape_json(json.loads(_asset("strings.json")))
    return seal(
        _asset("page.html"),
        title=title,
        scripts=[*map(_asset, parts["libraries"]), _bundle(parts["modules"])],
        style="".join(map(_asset, parts["styles"])),
        blocks={"data_type": kind, "data": data, "strings": strings},
    )


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
