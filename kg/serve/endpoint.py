"""The SPARQL endpoint: reads a request of the SPARQL 1.1 Protocol and has a worker answer it.

Its service description says what it can do and which graphs it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from pyoxigraph import Literal, NamedNode, Store, Triple
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from kg.graph.namespaces import term
from kg.serve.answering import Answer, Asked, Refused
from kg.serve.formats import (
    GRAPHS,
    SOLUTIONS,
    Choice,
    choose,
    names_html,
    require_graph_format,
    require_known_format,
    write_graph,
)
from kg.serve.settings import TRUNCATED, Settings
from kg.serve.workers import Pool

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


_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)


def describe_service(store: Store, endpoint: str) -> Iterator[Triple]:
    """Yield the description of the endpoint at that address; the default graph of a query is the union of all."""
    service, dataset, union = (NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset", "default-graph"))
    yield Triple(service, term("rdf:type"), _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _WRITTEN:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, term("rdf:type"), _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), union)
    yield from _graph(union, len({quad.triple for quad in store}))
    for graph in sorted(store.named_graphs(), key=str):
        if isinstance(graph, NamedNode):
            yield from _named(store, dataset, graph, endpoint)


def _named(store: Store, dataset: NamedNode, name: NamedNode, endpoint: str) -> Iterator[Triple]:
    part = NamedNode(f"{endpoint}#{name.value.rsplit('/', 1)[-1]}")
    graph = NamedNode(f"{part.value}-graph")
    yield Triple(dataset, _sd("namedGraph"), part)
    yield Triple(part, term("rdf:type"), _sd("NamedGraph"))
    yield Triple(part, _sd("name"), name)
    yield Triple(part, _sd("graph"), graph)
    yield from _graph(graph, sum(1 for _ in store.quads_for_pattern(None, None, None, name)))


def _graph(graph: NamedNode, size: int) -> Iterator[Triple]:
    yield Triple(graph, term("rdf:type"), _sd("Graph"))
    yield Triple(graph, term("void:triples"), Literal(size))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


class Endpoint:
    """Answers the requests of the SPARQL 1.1 Protocol."""

    def __init__(self, settings: Settings, store: Store, pool: Pool) -> None:
        self._settings, self._store, self._pool = settings, store, pool

    def answer(self, request: Request) -> Response:
        """Return the answer to a query, or the service description where there is none."""
        operation = read_operation(request)
        if operation.query is None:
            return self._description(request)
        require_known_format(request)
        solutions, graph = choose(request, SOLUTIONS), choose(request, GRAPHS)
        answer = self._pool.ask(_asked(operation, operation.query, solutions, graph))
        if isinstance(answer, Refused):
            return Response(answer.reason + "\n", answer.status, _retry(answer), mimetype="text/plain")
        chosen = graph if answer.kind == "graph" else solutions
        assert chosen is not None
        return self._written(answer, chosen)

    def _written(self, answer: Answer, chosen: Choice) -> Response:
        response = Response(answer.body, content_type=content_type(chosen.media_type))
        response.vary.add("Accept")
        if answer.rows is not None:
            response.headers[TRUNCATED] = str(answer.rows)
        return response

    def _description(self, request: Request) -> Response:
        if names_html(request):
            return redirect("/query", 303)
        chosen = require_graph_format(request)
        triples = describe_service(self._store, request.base_url)
        response = Response(
            write_graph(triples, chosen.name, self._settings.base), content_type=content_type(chosen.media_type)
        )
        response.vary.add("Accept")
        return response


def content_type(media_type: str) -> str:
    """Return a media type with its charset where it is text, which would else be taken for ASCII."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _asked(operation: Operation, query: str, solutions: Choice | None, graph: Choice | None) -> Asked:
    return Asked(
        query,
        solutions.name if solutions else None,
        graph.name if graph else None,
        operation.default_graphs,
        operation.named_graphs,
    )


def _retry(refused: Refused) -> dict[str, str]:
    return {"Retry-After": "5"} if refused.retry else {}
