"""The SPARQL endpoint: reads the request, has a worker answer it, writes the answer as HTTP."""

from __future__ import annotations

from pyoxigraph import Store
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from kg.serve.answering import Answer, Asked, Refused
from kg.serve.description import describe_service
from kg.serve.formats import GRAPHS, SOLUTIONS
from kg.serve.graphs import write_graph
from kg.serve.guard import TRUNCATED
from kg.serve.negotiation import Choice, choose, names_html, require_graph_format, require_known_format
from kg.serve.protocol import Operation, read_operation
from kg.serve.settings import Settings
from kg.serve.workers import Pool


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
