"""The formats in which the server answers, each with its media types and the name that ``?format=`` takes."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat


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
