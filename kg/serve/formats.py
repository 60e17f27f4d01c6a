"""The formats in which the server answers, and which of them a client likes best.

Each has its media types and the name that ``?format=`` calls it by. Triples are written as text in any of the
RDF formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import BadRequest, NotAcceptable
from werkzeug.wrappers import Request

from kg.graph.namespaces import prefixes
from kg.model.ids import BASE
from kg.store import to_rdf


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its short name (also the ending of files), the media types it goes by, the first being its own."""

    name: str
    media_types: tuple[str, ...]
    other_names: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """The media type the format is registered under."""
        return self.media_types[0]


# What stands first is given to a client that takes anything.
SOLUTIONS = (
    Format("json", ("application/sparql-results+json", "application/json", "text/json")),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Format("csv", ("text/csv",)),
    Format("tsv", ("text/tab-separated-values",)),
)
GRAPHS = (
    Format("ttl", ("text/turtle", "application/x-turtle", "application/turtle"), ("turtle", "n3")),
    Format("nt", ("application/n-triples", "text/plain"), ("ntriples",)),
    Format("rdf", ("application/rdf+xml", "application/xml", "text/xml"), ("rdfxml", "rdf+xml", "xml")),
    Format("jsonld", ("application/ld+json", "application/json"), ("json-ld", "json")),
    Format("trig", ("application/trig",)),
    Format("nq", ("application/n-quads",), ("nquads",)),
)

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


def find_format(name: str, formats: tuple[Format, ...]) -> Format | None:
    """Return the format of that name or media type among `formats`, or None.

    >>> find_format("turtle", GRAPHS).media_type
    'text/turtle'
    """
    return next((each for each in formats if name in (each.name, *each.other_names, *each.media_types)), None)


def results_format(name: str) -> QueryResultsFormat:
    """Return how solutions are written under `name`; raises KeyError where there is none of that name."""
    return _RESULTS[name]


def graph_format(name: str) -> RdfFormat:
    """Return how triples are written under `name`; raises KeyError where there is none of that name."""
    return _GRAPHS[name]


def write_graph(triples: Iterable[Triple], name: str, base: str = BASE) -> bytes:
    """Return the triples, sorted, in the format called `name`, with those of our prefixes that they use."""
    given = tuple(triples)
    text = "\n".join(map(str, given))
    used = {prefix: iri for prefix, iri in prefixes(base).items() if f"<{iri}" in text}
    return to_rdf(given, graph_format(name), used)


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
