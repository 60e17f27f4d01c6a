"""The server as a WSGI application, and how it starts and ends.

The application says which address is answered by what, and what holds for every answer.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pyoxigraph import Store
from waitress.server import create_server
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed
from werkzeug.routing import Map, RequestRedirect, Rule
from werkzeug.wrappers import Request, Response

from kg.errors import GraphError, QueryError
from kg.serve.endpoint import Endpoint
from kg.serve.formats import HTML, accepted
from kg.serve.pages import Addresses, Pages
from kg.serve.settings import Settings, allow_origins, bracketed, require_known_host, secure
from kg.serve.site import Site
from kg.serve.things import Library
from kg.serve.workers import Pool
from kg.store import open_store, write_nquads

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


Say = Callable[[str], None]
_ENDPOINT = "/sparql"


class Application:
    """Answers requests about one build; `say` is given a line for each."""

    def __init__(self, settings: Settings, store: Store, pool: Pool, say: Say) -> None:
        library, addresses = Library(store), Addresses(settings.base)
        self._settings, self._say = settings, say
        self._pages = Pages(library, addresses)
        self._site = Site(settings, library, self._pages, addresses)
        self._endpoint = Endpoint(settings, library.store, pool)
        rules = [Rule(_ENDPOINT, endpoint=self._endpoint.answer, methods=["GET", "POST"])]
        rules += [Rule(path, endpoint=view, methods=["GET"]) for path, view in self._site.views().items()]
        self._map = Map(rules, merge_slashes=False)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI has it."""
        request = Request(environ)
        response = self._checked(request)
        secure(response)
        allow_origins(request, response, self._settings.cors)
        self._log(request, response)
        return response(environ, start_response)

    def _checked(self, request: Request) -> Response:
        try:
            require_known_host(request, self._settings.hosts)
            return self._dispatched(request)
        except RequestRedirect as redirect:
            return Response("", redirect.code, {"Location": redirect.new_url})
        except HTTPException as error:
            return self._failed(request, error)

    def _dispatched(self, request: Request) -> Response:
        routes = self._map.bind_to_environ(request.environ)
        if request.method == "OPTIONS":
            return Response("", 204, {"Allow": ", ".join(sorted(routes.allowed_methods()))})
        view, values = routes.match()
        try:
            response: Response = view(request, **values)
        except QueryError as error:
            raise BadRequest(str(error)) from error
        return response

    def _failed(self, request: Request, error: HTTPException) -> Response:
        """Return an error as a page to a browser, as a line of text to a program."""
        code, text = error.code or 500, error.description or ""
        if request.path != _ENDPOINT and _wants_page(request):
            response = Response(self._site.error_page(request, error), code, mimetype=HTML)
        else:
            response = Response(f"{text}\n", code, mimetype="text/plain")
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return response

    def _log(self, request: Request, response: Response) -> None:
        if not self._settings.quiet:
            path = ascii(request.full_path.rstrip("?"))[1:-1]
            size = response.headers.get("Content-Length", "-")
            self._say(f"{request.remote_addr} {ascii(request.method)[1:-1]} {path} {response.status_code} {size}")


def _wants_page(request: Request) -> bool:
    return accepted(request).best_match(["text/plain", HTML]) == HTML


_THREADS_BESIDE_WORKERS = 6


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Answer requests until interrupted; `say` is given the address, then a line for each request.

    Raises GraphError where there is no graph, or none of its things live under the base, or where the port is taken.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that workers and files go with the server
    store = open_store(settings.graph)
    _require_base(store, settings)
    with TemporaryDirectory(prefix="kg-serve-") as folder:
        # Workers that start later read what the first ones read, though the build be made anew meanwhile.
        snapshot = Path(folder) / "graph.nq"
        write_nquads(store, snapshot)
        pool = Pool(snapshot, settings.limits, base=settings.base, size=settings.workers)
        try:
            _listen(settings, Application(settings, store, pool, say), say)
        finally:
            pool.close()


def _listen(settings: Settings, application: Application, say: Callable[[str], None]) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server = create_server(
            application,
            host=settings.host.strip("[]"),
            port=settings.port,
            threads=settings.workers + _THREADS_BESIDE_WORKERS,
            max_request_body_size=settings.max_body,
            ident=None,
        )
    except OSError as error:
        where = f"{bracketed(settings.host)}:{settings.port}"
        raise GraphError(where, f"cannot listen there ({error.strerror})", "choose another --host or --port") from error
    if not settings.is_local:
        say(f"warning: {settings.host} is no loopback address: others on the network can ask this graph")
    say(f"serving {settings.graph} at {' '.join(_addresses(server))} (Ctrl-C ends)")
    try:
        server.run()
    finally:
        server.close()


def _addresses(server: object) -> list[str]:
    """Return where a server listens: in one place, or in several where the host has several addresses."""
    several = getattr(server, "effective_listen", None)
    places = several or [(getattr(server, "effective_host", ""), getattr(server, "effective_port", 0))]
    return [f"http://{bracketed(host)}:{port}/" for host, port in places]


def _require_base(store: Store, settings: Settings) -> None:
    """Raise GraphError where no thing lives under the base: its pages could not be found."""
    if not any(quad.subject.value.startswith(settings.base) for quad in store if hasattr(quad.subject, "value")):
        raise GraphError(str(settings.graph), f"holds no thing under {settings.base}", "give its --base")
