"""Reads a request of the SPARQL 1.1 Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.wrappers import Request

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
READ_ONLY = "this endpoint is read-only: it answers queries (SELECT, ASK, CONSTRUCT, DESCRIBE) and takes no update"


@dataclass(frozen=True, slots=True)
class Operation:
    """The query of a request and the graphs it names; `query` is None where there is no query."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def read_operation(request: Request) -> Operation:
    """Return what a GET or POST request asks.

    Raises BadRequest for a request that the protocol does not allow or that would change the graph,
    UnsupportedMediaType for a body that is neither a form nor a query.
    """
    _text(unquote_to_bytes(request.query_string))
    values = request.args
    queries = values.getlist("query")
    if request.method == "POST":
        media_type = request.mimetype
        if media_type == UPDATE:
            raise BadRequest(READ_ONLY)
        if media_type == QUERY:
            queries = [*queries, _text(request.get_data())]
        elif media_type == FORM:
            _text(unquote_to_bytes(request.get_data()))
            values = request.form
            queries = [*queries, *values.getlist("query")]
        else:
            raise UnsupportedMediaType(f"send the query as {FORM} or {QUERY}, not as {media_type or 'nothing'}")
    if "update" in values or "update" in request.args:
        raise BadRequest(READ_ONLY)
    return _operation(request, queries)


def _operation(request: Request, queries: list[str]) -> Operation:
    if len(queries) > 1:
        raise BadRequest("there is more than one query in the request; send one")
    if request.method == "POST" and not queries:
        raise BadRequest("there is no query in the request; send it as the parameter query")
    graphs = request.values
    return Operation(
        queries[0] if queries else None,
        tuple(graphs.getlist("default-graph-uri")),
        tuple(graphs.getlist("named-graph-uri")),
    )


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"the request is not UTF-8 text (byte {error.start})") from error
