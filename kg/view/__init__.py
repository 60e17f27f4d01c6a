"""The graph as one HTML file that opens from disk: who leads and who supports what, each edge with its sentence.

``write_view`` writes the page; ``to_pyvis`` gives a network for notebooks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.store import replacing
from kg.view.data import neighbourhood
from kg.view.page import render_page
from kg.view.payload import make_payload
from kg.view.reading import read_view_data

if TYPE_CHECKING:
    from kg.view.pyvis_network import OfflineNetwork

__all__ = ["to_pyvis", "write_pyvis", "write_view"]


def to_pyvis(store: Store, *, around: str = "", hops: int = 1) -> OfflineNetwork:
    """Return measures and bodies with their stated roles as a pyvis network, for notebooks and small graphs.

    `around` is a name, an alias or an identifier: only what lies within `hops` edges of it is shown.

    Raises GraphError where nothing is called so.
    """
    from kg.view.pyvis_network import to_pyvis as convert  # noqa: PLC0415  # pyvis loads IPython

    data = read_view_data(store)
    return convert(neighbourhood(data, around, hops) if around else data)


def write_pyvis(store: Store, out: Path, *, title: str) -> None:
    """Write a plain pyvis page without network requests; `out` is replaced only once it is complete."""
    _replace(out, to_pyvis(store).generate_html(title))


def write_view(store: Store, out: Path, *, title: str) -> None:
    """Write the page for all that `store` holds; `out` is replaced only once the new page is complete.

    Raises KgError where `out` cannot be written.
    """
    payload = make_payload(read_view_data(store), title=title)
    _replace(out, render_page(payload, title=title))


def _replace(out: Path, text: str) -> None:
    """Write a file whole or not at all; raise KgError where it cannot be written."""
    with replacing(out) as stream:
        stream.write(text.encode())
