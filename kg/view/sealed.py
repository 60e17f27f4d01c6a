"""Pages that ask for nothing from outside and run no script but their own, whatever text the data brings along.

Text travels as JSON in a script block that browsers do not run, with every character escaped that could end it.
The Content-Security-Policy names the scripts and styles by their hash, so nothing else could run or load even if it
reached the page.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence

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
