"""Puts the data into the page: one file, made of the sources in ``assets/`` and what ``kg.view.payload`` gives.

``assets/bundle.json`` names the libraries, the modules of the page's script in the order in which they build on each
other, and the style sheets.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from kg.view.sealed import escape_json, seal

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
