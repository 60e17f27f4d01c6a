"""Chooses the format a client likes best among those there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import BadRequest, NotAcceptable
from werkzeug.wrappers import Request

from kg.serve.formats import GRAPHS, SOLUTIONS, Format, find_format

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Choice:
    """A format and the media type under which the client asked for it."""

    name: str
    media_type: str


def accepted(request: Request) -> MIMEAccept:
    """Return what a request accepts; a request that says nothing takes anything."""
    return request.accept_mimetypes or MIMEAccept([("*/*", 1)])


def choose(request: Request, formats: Sequence[Format]) -> Choice | None:
    """Return the best of `formats` for a request, or None where it takes none; ``?format=`` goes before Accept."""
    asked = request.values.get("format")
    if asked is not None:
        named = find_format(asked, tuple(formats))
        return Choice(named.name, named.media_type) if named else None
    return _best(accepted(request), formats)


def _best(accept: MIMEAccept, formats: Sequence[Format]) -> Choice | None:
    offers = {media_type: each.name for each in formats for media_type in reversed(each.media_types)}
    ordered = sorted(offers, key=lambda media_type: _rank(media_type, formats))
    best = accept.best_match(ordered)
    return Choice(offers[best], best) if best else None


def _rank(media_type: str, formats: Sequence[Format]) -> tuple[int, int]:
    """Return the place of an offer: names of their own first, in the order of the formats, then other names."""
    index, each = next((i, each) for i, each in enumerate(formats) if media_type in each.media_types)
    return each.media_types.index(media_type), index


def require_known_format(request: Request) -> None:
    """Raise BadRequest where ``?format=`` names no format at all."""
    asked = request.values.get("format")
    if asked is not None and not find_format(asked, SOLUTIONS + GRAPHS):
        names = ", ".join(each.name for each in SOLUTIONS + GRAPHS)
        raise BadRequest(f"there is no format {asked!r}; choose one of {names}")


def require_graph_format(request: Request) -> Choice:
    """Return the best RDF format; raises NotAcceptable, with those there are, where the client takes none."""
    require_known_format(request)
    choice = choose(request, GRAPHS)
    if choice is None:
        offered = ", ".join(each.media_type for each in GRAPHS)
        raise NotAcceptable(f"this is available as {offered}; ask for one of these in Accept or with ?format=")
    return choice


def prefers_html(request: Request) -> bool:
    """Return whether a page suits the client as well as any RDF format does."""
    if "format" in request.values:
        return False
    accept = accepted(request)
    offers = [HTML, *(media_type for each in GRAPHS for media_type in each.media_types)]
    return accept.best_match(offers) == HTML


def names_html(request: Request) -> bool:
    """Return whether the client asks for a page by name, and as well as for any RDF format: ``*/*`` is a program's."""
    return prefers_html(request) and any(media_type == HTML for media_type, _ in request.accept_mimetypes)
