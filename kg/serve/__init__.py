"""A local web server for a build: pages for people, a SPARQL 1.1 Protocol endpoint for programs.

It only reads. ``Settings`` says what to serve where and within which limits, ``serve`` runs until it is interrupted.
Requests are the business of werkzeug and waitress: both are small, well kept and in pure Python; the first brings the
choice of format by weight, the second a server with limits. Queries run in processes of their own (``workers``).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from kg.errors import InputError
from kg.serve.answering import Limits
from kg.serve.settings import PORT, Settings

__all__ = ["PORT", "Limits", "Settings", "serve"]


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Answer requests until interrupted; `say` is given the address, then a line for each request.

    Raises InputError where the libraries of the extra ``serve`` are missing, GraphError where the graph or the address
    is at fault.
    """
    missing = [name for name in ("jinja2", "waitress", "werkzeug") if find_spec(name) is None]
    if missing:
        raise InputError("kg serve", f"needs {', '.join(missing)}", "pip install 'zhengce-kg[serve]'")
    from kg.serve.server import serve as run  # noqa: PLC0415  # what it needs is an extra

    run(settings, say)
